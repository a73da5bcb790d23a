//! The programs in `golden`, which are kept for reading. `WATSHOP_WRITE_GOLDEN=1` writes them anew.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

use std::path::Path;

use watshop_protocol::page::{CodeLanguage, ImportsFile};

const FILES: [(CodeLanguage, &str); 4] = [
    (CodeLanguage::JavaScript, "javascript.js"),
    (CodeLanguage::Rust, "rust.rs"),
    (CodeLanguage::Python, "python.py"),
    (CodeLanguage::C, "c.c"),
];

#[test]
fn the_programs_are_those_that_are_kept() {
    let golden = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("tests/golden");
    let mut others = Vec::new();
    let folders: Vec<_> =
        std::fs::read_dir(&golden).unwrap().map(|folder| folder.unwrap().path()).collect();
    assert!(folders.len() >= 4, "{}", golden.display());
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(folder.join("module.wat")).unwrap();
        let module = watshop_module::summarize(&watshop_module::parse(&text).unwrap()).unwrap();
        let object =
            ImportsFile::read(name, &std::fs::read(folder.join("imports.json")).unwrap()).unwrap();
        for (language, file) in FILES {
            let code =
                watshop_codegen::write(language, &format!("{name}.wat"), &module.imports, &object);
            let notes = code.notes.iter().map(|note| format!("{note}\n")).collect::<String>();
            for (file, text) in [(file.to_owned(), &code.text), (format!("{file}.notes"), &notes)] {
                let path = folder.join(&file);
                if std::fs::read_to_string(&path).is_ok_and(|kept| kept == *text) {
                    continue;
                }
                others.push(format!("{name}/{file}"));
                if std::env::var_os("WATSHOP_WRITE_GOLDEN").is_some() {
                    std::fs::write(path, text).unwrap();
                }
            }
        }
    }
    let written = std::env::var_os("WATSHOP_WRITE_GOLDEN").is_some();
    assert!(
        written || others.is_empty(),
        "{others:#?} are other programs; WATSHOP_WRITE_GOLDEN=1 writes them anew"
    );
}

#[test]
fn what_a_program_says_of_an_import_is_a_comment_at_its_place() {
    let text = include_str!("golden/every_kind/rust.rs");
    let function = text.split("let env_sum = ").nth(1).unwrap();
    assert!(
        function
            .lines()
            .take(3)
            .any(|line| line.trim_start().starts_with("// `env.sum` is JavaScript;"))
    );
}
