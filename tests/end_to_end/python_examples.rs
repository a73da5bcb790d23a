//! The examples of wasmer-python 1.0, one test for each and named after it. A page on Watshop, or a
//! terminal, shows the values that the example asserts or prints in Python.

use std::process::Command;

use serde_json::{Value, json};
use watshop_protocol::page::{Compiler, Engine};
use watshop_tests::page::Page;
use watshop_tests::terminal::{Ended, Terminal};

const SUM: &str = r#"(module
  (func (export "sum") (param $x i32) (param $y i32) (result i32) (i32.add (local.get $x) (local.get $y))))"#;

/// Returns an export of an instance as it is now.
fn export(page: &mut Page, tab: u64, name: &str) -> Value {
    let list = page.ask("tab.exports", &json!({ "tab": tab }))["exports"].take();
    let exports = list["exports"].as_array().unwrap();
    let mut export = exports.iter().find(|export| export["name"] == name).unwrap().clone();
    // The row has the place of its type.
    let place = export["type"].as_u64().unwrap();
    export["type"] = list["types"][usize::try_from(place).unwrap()].clone();
    export
}

fn global(page: &mut Page, tab: u64, name: &str) -> Value {
    export(page, tab, name)["value"]["value"].take()
}

/// Runs a module in a page with one compiler and engine.
fn sum_with(compiler: Compiler, engine: Engine) -> Vec<String> {
    let mut page = Page::new();
    let tab = page.tab(SUM);
    page.configure(tab, |settings| {
        settings["compiler"] = json!(compiler);
        settings["engine"] = json!(engine);
    });
    page.run(tab);
    page.results(tab, "sum", &["1", "2"])
}

#[test]
fn instance() {
    let mut page = Page::new();
    let tab = page.tab(
        r#"(module (func (export "add_one") (param $value i32) (result i32)
             (i32.add (local.get $value) (i32.const 1))))"#,
    );
    page.run(tab);
    assert_eq!(page.results(tab, "add_one", &["1"]), ["2"]);
}

#[test]
fn imports_exports() {
    let mut page = Page::new();
    let tab = page.tab(
        r#"(module
          (func $host_function (import "" "host_function") (result i32))
          (global $host_global (import "env" "host_global") i32)
          (func (export "guest_function") (result i32) (i32.add (call $host_function) (global.get $host_global)))
          (global (export "guest_global") i32 (i32.const 42))
          (table (export "guest_table") 1 1 funcref)
          (memory (export "guest_memory") 1))"#,
    );
    // A namespace may have no name.
    let provisions = json!([
        { "module": "", "name": "host_function", "provider": { "provide": "javascript", "source": "() => 42" } },
        { "module": "env", "name": "host_global", "provider": { "provide": "global", "value": "42" } },
    ]);
    page.provide(tab, &provisions);
    page.run(tab);
    assert_eq!(page.results(tab, "guest_function", &[]), ["84"]);
    let types = ["guest_function", "guest_global", "guest_memory", "guest_table"]
        .map(|name| export(&mut page, tab, name)["type"].take());
    let wanted = [
        json!({ "kind": "function", "params": [], "results": ["i32"] }),
        json!({ "kind": "global", "value": "i32", "mutable": false }),
        json!({ "kind": "memory", "minimum": 1, "maximum": null, "shared": false, "memory64": false }),
        json!({ "kind": "table", "element": "funcref", "minimum": 1, "maximum": 1 }),
    ];
    assert_eq!(types, wanted);
}

#[test]
fn exports_function() {
    let mut page = Page::new();
    let tab = page.tab(SUM);
    page.run(tab);
    for _ in 0..2 {
        assert_eq!(page.results(tab, "sum", &["1", "2"]), ["3"]);
    }
}

#[test]
fn exports_global() {
    let mut page = Page::new();
    let tab = page.tab(
        r#"(module
          (global $one (export "one") f32 (f32.const 1))
          (global $some (export "some") (mut f32) (f32.const 0))
          (func (export "get_one") (result f32) (global.get $one))
          (func (export "get_some") (result f32) (global.get $some))
          (func (export "set_some") (param f32) (global.set $some (local.get 0))))"#,
    );
    page.run(tab);
    let kind = |mutable: bool| json!({ "kind": "global", "value": "f32", "mutable": mutable });
    assert_eq!(export(&mut page, tab, "one")["type"], kind(false));
    assert_eq!(export(&mut page, tab, "some")["type"], kind(true));
    assert_eq!(page.results(tab, "get_one", &[]), ["1"]);
    assert_eq!(
        (global(&mut page, tab, "one"), global(&mut page, tab, "some")),
        (json!("1"), json!("0"))
    );

    let set = |name: &str| json!({ "tab": tab, "global": name, "value": "42" });
    let refused = page.try_ask("global.set", &set("one"), &[]).unwrap_err();
    assert!(refused["message"].as_str().unwrap().contains("constant"), "{refused:#}");
    assert_eq!(global(&mut page, tab, "one"), json!("1"));

    page.results(tab, "set_some", &["21"]);
    assert_eq!(global(&mut page, tab, "some"), json!("21"));
    page.ask("global.set", &set("some"));
    assert_eq!(page.results(tab, "get_some", &[]), ["42"]);
}

#[test]
fn exports_memory() {
    let mut page = Page::new();
    let tab = page.tab(
        r#"(module
          (memory (export "mem") 1)
          (data (i32.const 42) "Hello, World!")
          (func (export "hello") (result i32) (i32.const 42)))"#,
    );
    page.run(tab);
    let pointer = page.results(tab, "hello", &[]).remove(0);
    assert_eq!(pointer, "42");
    let read = json!({ "tab": tab, "memory": "mem", "offset": pointer, "length": 13 });
    let (_, bytes) = page.try_ask("memory.read", &read, &[]).unwrap();
    assert_eq!(bytes, b"Hello, World!");
}

#[test]
fn imports_function() {
    let mut page = Page::new();
    let tab = page.tab(
        r#"(module
          (import "env" "sum" (func $sum (param i32 i32) (result i32)))
          (func (export "add_one") (param $x i32) (result i32) (call $sum (local.get $x) (i32.const 1))))"#,
    );
    // The type of the host function is that of the import, so it is left out.
    let sum = json!({ "provide": "javascript", "source": "(x, y) => x + y" });
    page.provide(tab, &json!([{ "module": "env", "name": "sum", "provider": sum }]));
    page.run(tab);
    assert_eq!(page.results(tab, "add_one", &["41"]), ["42"]);
}

#[test]
fn imports_function_early_exit() {
    let mut page = Page::new();
    let tab = page.tab(
        r#"(module
          (import "env" "early_exit" (func $early_exit))
          (func (export "run") (param $x i32) (param $y i32) (result i32)
            (call $early_exit)
            (i32.add (local.get $x) (local.get $y))))"#,
    );
    let script = json!({ "provide": "javascript", "source": "() => { throw new Error('oops') }" });
    for provider in [script, json!({ "provide": "trap", "message": "oops" })] {
        page.provide(
            tab,
            &json!([{ "module": "env", "name": "early_exit", "provider": provider }]),
        );
        page.run(tab);
        let outcome = page.call(tab, "run", &["1", "2"]);
        assert_eq!(outcome["outcome"], "failed");
        assert!(outcome["error"]["message"].as_str().unwrap().contains("oops"), "{outcome:#}");
    }
}

/// The example also maps a folder of the machine. Watshop does not give folders to a guest.
#[test]
fn wasi() {
    let mut page = Page::new();
    let tab = page.tab(
        r#"(module
          (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          ;; Writes texts that end with NUL, one a line.
          (func $print (param $at i32) (param $size i32)
            (local $end i32)
            (i32.store (i32.const 8) (local.get $at))
            (i32.store (i32.const 12) (local.get $size))
            (local.set $end (i32.add (local.get $at) (local.get $size)))
            (loop $next
              (if (i32.eqz (i32.load8_u (local.get $at))) (then (i32.store8 (local.get $at) (i32.const 10))))
              (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
            (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16))))
          (func (export "_start")
            (drop (call $args_sizes (i32.const 0) (i32.const 4)))
            (drop (call $args (i32.const 64) (i32.const 1024)))
            (call $print (i32.const 1024) (i32.load (i32.const 4)))
            (drop (call $environ_sizes (i32.const 0) (i32.const 4)))
            (drop (call $environ (i32.const 64) (i32.const 1024)))
            (call $print (i32.const 1024) (i32.load (i32.const 4)))
            ;; There is no folder here: 8 is EBADF.
            (call $exit (i32.ne (call $prestat (i32.const 3) (i32.const 24)) (i32.const 8)))))"#,
    );
    page.configure(tab, |settings| {
        settings["wasi"] = json!({
            "program": "wasi_test_program",
            "arguments": ["--test"],
            "environment": [{ "name": "COLOR", "value": "true" }, { "name": "APP_SHOULD_LOG", "value": "false" }],
        });
    });
    let report = page.run(tab);
    assert_eq!(report["outcome"], json!({ "outcome": "exited", "status": 0 }));
    let console = page.ask("tab.get", &json!({ "tab": tab }))["console"].take();
    let printed: String =
        console.as_array().unwrap().iter().map(|piece| piece["text"].as_str().unwrap()).collect();
    assert_eq!(printed, "wasi_test_program\n--test\nCOLOR=true\nAPP_SHOULD_LOG=false\n");
}

/// The engine was called JIT in 1.0, and Universal after it.
#[test]
fn engine_jit() {
    assert_eq!(sum_with(Compiler::Cranelift, Engine::Jit), ["3"]);
}

/// The engine was called native in 1.0, and Dylib after it.
#[test]
fn engine_native() {
    assert_eq!(sum_with(Compiler::Cranelift, Engine::Native), ["3"]);
}

#[test]
fn engine_headless() {
    let terminal = Terminal::new();
    terminal.file("sum.wat", SUM);
    let made = terminal.run(&["compile", "sum.wat", "--engine", "native", "-o", "sum.wshop"]);
    assert_eq!(made.status, Some(0), "{made:?}");
    let mut runner = Command::new(watshop_tests::programs().join("watshop-runner"));
    let call =
        runner.args(["sum.wshop", "--invoke", "sum", "1", "2"]).current_dir(terminal.folder());
    Ended::from(call.output().unwrap()).prints("3\n");
}

#[test]
fn engine_cross_compilation() {
    let terminal = Terminal::new();
    terminal.file("sum.wat", SUM);
    let target =
        ["--target", "x86_64-unknown-linux-musl", "--cpu-feature", "sse2", "--engine", "native"];
    let line = ["compile", "sum.wat", "-o", "sum.wshop", "--json"];
    let made = terminal.run(&[&line[..], &target].concat()).json();
    let passport = &made["passport"];
    assert_eq!(passport["triple"], "x86_64-unknown-linux-musl", "{made:#}");
    assert_eq!(passport["cpu_features"], json!(["sse2"]), "{made:#}");
}

#[test]
fn compiler_singlepass() {
    assert_eq!(sum_with(Compiler::Singlepass, Engine::Jit), ["3"]);
}

#[test]
fn compiler_cranelift() {
    assert_eq!(sum_with(Compiler::Cranelift, Engine::Jit), ["3"]);
}

#[test]
fn compiler_llvm() {
    if watshop_tests::has_llvm() {
        assert_eq!(sum_with(Compiler::Llvm, Engine::Jit), ["3"]);
    } else {
        println!("not tested: LLVM is not installed here");
    }
}
