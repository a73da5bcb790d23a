//! Imports that go wrong: host functions that misbehave, files that do not fit, a module that was
//! removed.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use watshop_tests::page::Page;
use watshop_tests::terminal::{Ended, Terminal};

/// Calls a host function of this type that runs this JavaScript.
fn host(kind: &str, source: &str, more: &[&str]) -> Ended {
    let terminal = Terminal::new();
    let wat = format!(
        r#"(module
          (import "env" "work" (func $work {kind}))
          (memory (export "memory") 1)
          (func (export "f") {kind} (call $work)))"#
    );
    terminal.file("m.wat", wat);
    let provider = json!({ "provide": "javascript", "source": source });
    give(&terminal, &json!([{ "module": "env", "name": "work", "provider": provider }]));
    terminal
        .run(&[&["run", "m.wat", "--imports", "m.imports.json", "--invoke", "f"], more].concat())
}

fn give(terminal: &Terminal, provisions: &Value) {
    terminal.file("m.imports.json", json!({ "schema": 1, "provisions": provisions }).to_string());
}

#[test]
fn a_result_of_the_wrong_type_names_the_import_and_what_was_given() {
    for (kind, source, gave) in [
        ("(result i32)", "() => 'seven'", "seven"),
        ("(result i32)", "() => 7n", "big"),
        ("(result i32)", "() => 2 ** 32", "4294967296"),
        ("(result i32)", "() => undefined", "undefined"),
        ("(result i32)", "() => ({})", "object"),
        ("(result i64)", "() => 7", "7"),
        ("(result f64)", "() => 1n", "big"),
    ] {
        let returns = format!("`env.work` returns an {}", &kind[8..kind.len() - 1]);
        host(kind, source, &[]).fails(1, &[&returns, gave]);
    }
}

#[test]
fn a_wrong_number_of_results_names_the_import_and_how_many_were_given() {
    for (kind, source, gave) in [
        ("(result i32)", "() => [1, 2]", "array"),
        ("(result i32 i64)", "() => 1", "1"),
        ("(result i32 i64)", "() => [1]", "an array of 1"),
        ("(result i32 i64)", "() => [1, 2n, 3]", "an array of 3"),
    ] {
        host(kind, source, &[]).fails(1, &["`env.work` returns", gave]);
    }
}

#[test]
fn javascript_that_takes_memory_or_stack_without_end_is_an_error_and_soon() {
    let began = Instant::now();
    for (source, words) in [
        ("() => { const all = []; for (;;) all.push(new Uint8Array(1 << 20)); }", "out of memory"),
        ("() => { const all = []; for (;;) all.push(new Array(1e6).fill(1)); }", "out of memory"),
        ("() => { const all = {}; for (let n = 0; ; n++) all['key' + n] = n; }", "all in use"),
        ("() => { let text = 'x'; for (;;) text += text; }", "string too long"),
    ] {
        host("", source, &[]).fails(1, &["`env.work`", words]);
    }
    host("", "() => { const deeper = () => deeper() + 1; deeper(); }", &[])
        .fails(1, &["`env.work`", "stack"]);
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

#[test]
fn javascript_that_reads_past_the_end_or_grows_past_the_maximum_is_an_error() {
    for (source, words) in [
        ("() => memory.u8(65536)", "past the end"),
        ("() => memory.u8(9007199254740993)", "past the end"),
        ("() => memory.write(65535, [1, 2])", "past the end"),
        ("() => exports.nothing()", "function"),
    ] {
        host("", source, &[]).fails(1, &["`env.work`", words]);
    }
}

#[test]
fn all_imports_that_a_file_does_not_fit_are_told_and_no_other() {
    let terminal = Terminal::new();
    terminal.file(
        "m.wat",
        r#"(module
          (import "env" "right" (func))
          (import "env" "sum" (func (param i32 i32) (result i32)))
          (import "env" "memory" (memory 2 4))
          (import "env" "table" (table 1 funcref))
          (import "env" "limit" (global i64)))"#,
    );
    let provision = |name: &str, provider: Value| json!({ "module": "env", "name": name, "provider": provider });
    give(
        &terminal,
        &json!([
            provision("right", json!({ "provide": "value" })),
            provision("sum", json!({ "provide": "value", "results": ["1.5"] })),
            provision("memory", json!({ "provide": "memory", "minimum": 1 })),
            provision("table", json!({ "provide": "global", "value": "1" })),
            provision("limit", json!({ "provide": "global", "value": "many" })),
        ]),
    );
    let ended = terminal.run(&["run", "m.wat", "--imports", "m.imports.json"]);
    ended.fails(
        1,
        &["`env.sum` (function (i32, i32) -> i32)", "`env.memory`", "`env.table`", "`env.limit`"],
    );
    assert!(!ended.stderr.contains("env.right"), "{ended:?}");
}

#[test]
fn a_tab_that_is_closed_while_another_is_linked_to_it_is_missed_by_the_next_run_only() {
    let mut page = Page::new();
    let library = page.tab(
        r#"(module (global $n (mut i32) (i32.const 0))
             (func (export "next") (result i32)
               (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)))"#,
    );
    page.ask("imports.list", &json!({ "tab": library }));
    let tab = page.tab(
        r#"(module (import "lib" "next" (func $next (result i32)))
             (func (export "f") (result i32) (call $next)))"#,
    );
    let export = json!({ "provide": "export_of", "of": { "tab": library }, "export": "next" });
    page.provide(tab, &json!([{ "module": "lib", "name": "next", "provider": export }]));
    page.run(tab);
    assert_eq!(page.results(tab, "f", &[]), ["1"]);

    page.ask("tab.close", &json!({ "tab": library }));
    assert_eq!(page.results(tab, "f", &[]), ["2"], "the instance has its own of it");
    let outcome = page.ask("tab.run", &json!({ "tab": tab }))["outcome"].take();
    assert_eq!(outcome["error"]["code"], "import_mismatch", "{outcome:#}");
    let why = outcome["error"]["message"].as_str().unwrap();
    assert!(why.contains("not open any more"), "{why}");
    let list = page.ask("imports.list", &json!({ "tab": tab }));
    assert!(
        list["imports"][0]["problem"]["text"].as_str().unwrap().contains("was closed"),
        "{list:#}"
    );
}
