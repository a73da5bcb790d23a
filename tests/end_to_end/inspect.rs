//! `watshop inspect`: the description of a file, without running it.

use watshop_tests::terminal::Terminal;

#[test]
fn inspect_names_imports_exports_sections_proposals_and_wasi() {
    let terminal = Terminal::new();
    terminal.file(
        "m.wat",
        r#"(module $named
            (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
            (memory (export "memory") 1 2)
            (global (export "g") (mut i64) (i64.const 5))
            (func (export "two") (result i32 i32) i32.const 1 i32.const 2))"#,
    );
    let json = terminal.run(&["inspect", "m.wat", "--json"]).json();
    assert_eq!(json["name"], "named");
    assert_eq!(json["wasi"], "preview1");
    assert_eq!(json["imports"][0]["name"], "proc_exit");
    assert_eq!(json["exports"][0]["type"]["kind"], "memory");
    assert_eq!(json["exports"][1]["type"]["mutable"], true);
    assert_eq!(json["proposals"], serde_json::json!(["multi_value"]));
    let sections: Vec<_> =
        json["sections"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert!(sections.contains(&"code") && sections.contains(&"export"), "{sections:?}");

    let text = terminal.run(&["inspect", "m.wat"]);
    assert_eq!(text.status, Some(0), "{text:?}");
    for word in ["proc_exit", "memory", "two", "multi_value", "preview1"] {
        assert!(text.stdout.contains(word), "`{word}` is missing: {text:?}");
    }
}

#[test]
fn inspect_of_no_module_is_an_error() {
    let terminal = Terminal::new();
    terminal.file("empty.wasm", b"");
    terminal.run(&["inspect", "empty.wasm"]).fails(1, &["empty"]);
}
