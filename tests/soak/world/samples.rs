//! Sound files of every kind that Watshop opens.

use std::fs;

use watshop_tests::terminal::Terminal;

const MODULE: &str = r#"(module
  (memory (export "m") 1) (data (i32.const 8) "some data")
  (table (export "t") 2 funcref) (elem (i32.const 0) $add)
  (global $g (export "g") (mut i32) (i32.const 7))
  (func $add (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "answer") (result i32)
    (call_indirect (param i32 i32) (result i32) (i32.const 40) (i32.const 2) (i32.const 0))))"#;

/// Makes the files: the name of each, and its bytes.
pub fn make(terminal: &Terminal) -> Vec<(String, Vec<u8>)> {
    terminal.file("sample.wat", MODULE);
    terminal.file("sample.wasm", wat::parse_str(MODULE).unwrap());
    let mut names = vec!["sample.wat".to_owned(), "sample.wasm".to_owned()];
    for engine in ["jit", "native"] {
        for (format, ending) in [("sealed", "wshop"), ("wasmer", "wasmu")] {
            let name = format!("{engine}.{ending}");
            let line =
                ["compile", "sample.wat", "--engine", engine, "--format", format, "-o", &name];
            let made = terminal.run(&line);
            assert_eq!(made.status, Some(0), "{made:?}");
            names.push(name);
        }
    }
    let read = |name: String| {
        let bytes = fs::read(terminal.folder().join(&name)).unwrap();
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}
