//! The known limits of Wasmer, `docs/known.md`: the compilers that refuse a module, and those that
//! take it.

use watshop_module::known::{Effect, ROWS};
use watshop_protocol::page::{Compiler, Proposals};
use watshop_tests::terminal::Terminal;

/// Returns true if a compiler was built. On a system without LLVM 22 there are two.
fn installed(compiler: Compiler) -> bool {
    compiler != Compiler::Llvm || watshop_tests::has_llvm()
}

#[test]
fn what_is_listed_as_missing_is_refused_by_those_compilers_and_taken_by_the_others() {
    let terminal = Terminal::new();
    for row in ROWS.iter().filter(|row| row.effect == Effect::Refused) {
        let file = format!("{}.wat", row.id);
        terminal.file(&file, row.example);
        for compiler in Compiler::ALL.into_iter().filter(|compiler| installed(*compiler)) {
            let made = format!("{}-{}.wshop", row.id, compiler.as_str());
            let mut words = vec!["compile", &file, "--compiler", compiler.as_str(), "-o", &made];
            words.extend(Proposals::NAMES.iter().flat_map(|name| ["--enable", name]));
            if row.only == Some("aarch64") {
                words.extend(["--target", "aarch64-unknown-linux-gnu"]);
            }
            let ended = terminal.run(&words);
            let refused = row.compilers.contains(&compiler);
            assert_eq!(
                ended.status == Some(0),
                !refused,
                "{} with {compiler:?}: {ended:?}",
                row.id
            );
        }
    }
}

#[test]
fn inspect_tells_what_concerns_a_module() {
    let terminal = Terminal::new();
    terminal.file("m.wat", r#"(module (func $f (export "f") (return_call $f)))"#);
    let json = terminal.run(&["inspect", "m.wat", "--json"]).json();
    assert_eq!(json["known"][0]["id"], "tail_calls", "{json}");
    assert_eq!(json["known"][0]["compilers"], serde_json::json!(["singlepass", "cranelift"]));
    let text = terminal.run(&["inspect", "m.wat"]);
    assert!(text.stdout.contains("No tail calls  Singlepass, Cranelift"), "{text:?}");
}
