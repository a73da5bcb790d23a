//! The program in C, compiled against the `wasm.h` of Wasmer's C interface.

use watshop_tests::modules;

use crate::{Copied, copied, run};

#[test]
fn the_c_is_that_of_wasmers_wasm_h_without_a_warning() {
    let header = modules::wasm_h();
    let include = header.parent().unwrap().to_str().unwrap();
    for everything in [false, true] {
        let Copied { folder, text, .. } = copied("c", everything, true);
        std::fs::write(folder.path().join("m.c"), &text).unwrap();
        let arguments = [
            "-std=c11",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-fsyntax-only",
            "-isystem",
            include,
            "m.c",
        ];
        let ended = run(folder.path(), "cc", &arguments);
        assert_eq!(ended.status, Some(0), "{}\n{text}", ended.stderr);
    }
}

#[test]
fn an_import_object_without_functions_is_c_too() {
    let mut page = watshop_tests::page::Page::new();
    let tab = page.tab(r#"(module (import "env" "memory" (memory 1)))"#);
    page.ask("imports.provide_all", &serde_json::json!({ "tab": tab }));
    let code = page.ask("imports.code", &serde_json::json!({ "tab": tab, "language": "c" }));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("m.c"), code["text"].as_str().unwrap()).unwrap();
    let include = modules::wasm_h();
    let include = include.parent().unwrap().to_str().unwrap();
    let arguments = ["-std=c11", "-Wall", "-Werror", "-fsyntax-only", "-isystem", include, "m.c"];
    let ended = run(folder.path(), "cc", &arguments);
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
}
