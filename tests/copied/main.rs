//! **Copy as**: an import object as a program in another language, compiled and run by that
//! language's own tools.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]
#![allow(clippy::print_stdout, reason = "what is not tested here is said by name")]

use std::path::Path;
use std::process::Command;
use watshop_protocol::Sentence;

use serde_json::{Value, json};
use tempfile::TempDir;
use watshop_tests::page::Page;
use watshop_tests::terminal::Ended;

// The output of the copied program in Rust goes to its test instead.
macro_rules! print {
    ($($text:tt)*) => { $crate::rust::printed(&format!($($text)*)) };
}
macro_rules! println {
    ($($text:tt)*) => { $crate::rust::printed(&(format!($($text)*) + "\n")) };
}
macro_rules! eprint {
    ($($text:tt)*) => { let _ = format!($($text)*); };
}

mod c;
mod javascript;
mod pieces;
mod python;
mod rust;

/// A module whose export another module imports.
const OTHER: &str = r#"(module
  (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))"#;

/// The output of the two logs of the check, in every language.
const LOGGED: &str = "0xfffffffe 0b11111111111111111111111111111110 4294967294 i32 -2 -2 \
    0xffdfffffffffffff 18437736874454810623 i64 -9007199254740993 1.5 0x3fc00000 -0.25 0xbfd0000000000000 \
    \"{}\" 100% `$ ??/ \\ ü\n€🦀\u{fffd}\n";

/// A program, its notes, and the module that it is for.
struct Copied {
    folder: TempDir,
    text: String,
    notes: Vec<String>,
    module: String,
}

/// Copies the import object of a tab. Its module imports everything that a language can express, or
/// simply everything.
fn copied(language: &str, everything: bool, starts: bool) -> Copied {
    let mut page = Page::new();
    let other = page.tab(OTHER);
    page.ask("imports.list", &json!({ "tab": other }));
    let all = pieces::pieces(other);
    let said = |words: &str| !words.split(' ').any(|word| word == language);
    let some: Vec<_> = all.iter().filter(|piece| everything || said(piece.left_out)).collect();
    let module = pieces::module(&some, language, starts);
    let tab = page.tab(&module);
    let provisions: Vec<_> = some
        .iter()
        .map(|piece| json!({ "module": "env", "name": piece.name, "provider": piece.provider }))
        .collect();
    page.provide(tab, &json!(provisions));
    let list = page.ask("imports.list", &json!({ "tab": tab }));
    assert_eq!((&list["missing"], &list["wrong"]), (&json!(0), &json!(0)), "{list:#}");
    let code = page.ask("imports.code", &json!({ "tab": tab, "language": language }));
    let notes: Vec<Sentence> = serde_json::from_value(code["notes"].clone()).unwrap();
    let notes: Vec<String> = notes.into_iter().map(String::from).collect();
    for piece in &some {
        let noted = notes.iter().any(|note| note.contains(&format!("`env.{}`", piece.name)));
        assert!(
            noted || (said(piece.left_out) && said(piece.zeros)),
            "no note on {}: {notes:#?}",
            piece.name
        );
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("untitled.wasm"), wat::parse_str(&module).unwrap()).unwrap();
    std::fs::write(folder.path().join(format!("tab-{other}.wasm")), wat::parse_str(OTHER).unwrap())
        .unwrap();
    Copied { folder, text: text_of(&code), notes, module }
}

fn text_of(code: &Value) -> String {
    code["text"].as_str().unwrap().to_owned()
}

/// Runs a program in a folder.
fn run(folder: &Path, program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Ended {
    Ended::from(Command::new(program).args(arguments).current_dir(folder).output().unwrap())
}
