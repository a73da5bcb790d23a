//! Data that an earlier Watshop left: the release of November 2026 made
//! `tests/fixtures/data-folder-of-november-2026`. Its signing key was called `hand.key`, and the
//! error code `untrusted_artifact` was `unknown_hand`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use watshop_protocol::passport::WASMER;
use watshop_tests::page::Page;
use watshop_tests::terminal::Terminal;

use crate::repository;

/// The version of Wasmer that compiled the artifacts.
const THEIRS: &str = "7.5.0";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = {
            let e = entry.unwrap();
            (e.path(), to.join(e.file_name()))
        };
        if path.is_dir() { copy(&path, &to) } else { assert!(fs::copy(path, to).unwrap() > 0) }
    }
}

/// A terminal whose data folder is the old one.
fn terminal() -> Terminal {
    let terminal = Terminal::new();
    let old = repository("tests/fixtures/data-folder-of-november-2026");
    copy(Path::new(&old), &terminal.data());
    terminal
}

/// Returns true if artifacts of that release can run here at all.
fn runs() -> bool {
    let runs = cfg!(target_arch = "x86_64") && WASMER == THEIRS;
    if !runs {
        println!("not run: the artifacts are for x86-64 Linux and Wasmer {THEIRS}");
    }
    runs
}

#[test]
fn a_data_folder_of_november_2026_opens_with_all_its_tabs() {
    let terminal = terminal();
    let key = fs::read(terminal.data().join("hand.key")).unwrap();
    let mut page = Page::on(terminal);
    let tabs = page.ask("workbench.hello", &json!({}))["tabs"].take();
    let titles: Vec<&str> =
        tabs.as_array().unwrap().iter().map(|tab| tab["title"].as_str().unwrap()).collect();
    let expected = ["add_one.wat", "imports.wat", "own.wshop", "other.wshop", "not-trusted.wshop"];
    assert_eq!(titles, expected);
    assert_eq!(page.ask("tab.reopen", &json!({}))["tab"]["summary"]["title"], "closed.wat");

    let data = page.terminal().data();
    assert_eq!(fs::read(data.join("signing.key")).unwrap(), key, "it is the same key");
    assert!(!data.join("hand.key").exists(), "under its new name only");
    let aside = fs::read_dir(&data)
        .unwrap()
        .any(|file| file.unwrap().file_name().to_str().unwrap().starts_with("state-damaged"));
    assert!(!aside, "nothing of the database was unknown");

    let settings = page.ask("tab.get", &json!({ "tab": 2 }))["settings"].take();
    assert_eq!(settings["compiler"], "singlepass");
    assert_eq!(settings["limits"]["call_ms"], 7000);
    assert_eq!(settings["wasi"]["arguments"], json!(["one", "two words"]));
    assert_eq!(settings["proposals"]["tail_call"], true);
    let tab = page.ask("tab.get", &json!({ "tab": 4 }));
    let errors: Vec<&Value> =
        tab["history"].as_array().unwrap().iter().map(|record| &record["error"]).collect();
    assert_eq!(errors, [&json!("untrusted_artifact"), &Value::Null]);
}

#[test]
fn its_import_object_still_answers_a_module() {
    let mut page = Page::on(terminal());
    page.run(2);
    assert_eq!(page.results(2, "main", &[]), ["40"]);
    assert_eq!(page.results(2, "main", &[]), ["42"]);
}

#[test]
fn its_artifacts_are_trusted_as_before() {
    let mut page = Page::on(terminal());
    let maker = |page: &mut Page, tab| page.ask("tab.get", &json!({ "tab": tab }))["maker"].take();
    assert_eq!(maker(&mut page, 3), "own", "it was signed with the key of this folder");
    assert_eq!(maker(&mut page, 4), "unknown");
    let refused = page.ask("tab.run", &json!({ "tab": 5 }))["outcome"]["error"]["code"].take();
    assert_eq!(refused, "untrusted_artifact");
    if runs() {
        page.run(3);
        assert_eq!(page.results(3, "add_one", &["41"]), ["42"]);
        page.run(4);
        assert_eq!(page.results(4, "add_two", &["40"]), ["42"]);
    }
}

#[test]
fn a_sealed_file_of_november_2026_is_our_own_to_whoever_has_its_key() {
    let terminal = terminal();
    let file = repository("tests/fixtures/own-of-november-2026.wshop");
    let line = ["run", &file, "--invoke", "add_one", "41"];
    if runs() {
        terminal.run(&line).prints("42\n");
        Terminal::new().run(&line).fails(1, &["--trust"]);
    } else {
        terminal.run(&line).fails(1, &["artifact"]);
    }
}
