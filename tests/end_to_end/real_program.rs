//! QuickJS, an independent program of 2.5 MB, with every compiler and engine.

use watshop_tests::{modules, terminal::Terminal};

use crate::combinations;

#[test]
fn quickjs_says_42_with_every_compiler_and_engine() {
    let terminal = Terminal::new();
    let qjs = modules::qjs();
    let qjs = qjs.to_str().unwrap();
    for (compiler, engine) in combinations() {
        let (compiler, engine) = (compiler.as_str(), engine.as_str());
        let run = [
            "run",
            qjs,
            "--compiler",
            compiler,
            "--engine",
            engine,
            "--",
            "-e",
            "console.log(6*7)",
        ];
        terminal.run(&run).prints("42\n");
    }
}

#[test]
fn quickjs_reports_an_exception_by_its_status() {
    let terminal = Terminal::new();
    let ended = terminal.run(&[
        "run",
        modules::qjs().to_str().unwrap(),
        "--",
        "-e",
        "throw new Error('no')",
    ]);
    // This QuickJS writes the error to standard output.
    assert_eq!(
        (ended.status, ended.stdout.lines().next()),
        (Some(1), Some("Error: no")),
        "{ended:?}"
    );
}

#[test]
fn quickjs_is_known_for_what_it_is() {
    let terminal = Terminal::new();
    let summary = terminal.run(&["inspect", modules::qjs().to_str().unwrap(), "--json"]).json();
    assert_eq!(summary["wasi"], "snapshot0");
    assert_eq!(summary["size"], 2_562_768);
    assert_eq!(summary["command"], true);
    let imports = summary["imports"].as_array().unwrap();
    assert!(imports.iter().all(|import| import["module"] == "wasi_unstable"));
}
