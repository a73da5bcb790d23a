//! `watshop run --imports FILE`: every way to provide an import.

use std::time::{Duration, Instant};

use watshop_tests::terminal::{Ended, Terminal};

use crate::combinations;

/// Runs an export of a module with one import object.
fn run(
    terminal: &Terminal,
    wat: &str,
    provisions: &serde_json::Value,
    arguments: &[&str],
) -> Ended {
    terminal.file("m.wat", wat);
    imports(terminal, "m.imports.json", provisions);
    let mut line = vec!["run", "m.wat", "--imports", "m.imports.json"];
    line.extend_from_slice(arguments);
    terminal.run(&line)
}

fn imports(terminal: &Terminal, name: &str, provisions: &serde_json::Value) {
    let file = serde_json::json!({ "schema": 1, "provisions": provisions });
    terminal.file(name, file.to_string());
}

fn one(name: &str, provider: serde_json::Value) -> serde_json::Value {
    serde_json::json!([{ "module": "env", "name": name, "provider": provider }])
}

const SUM: &str = r#"(module
  (import "env" "sum" (func $sum (param i32 i32) (result i32)))
  (func (export "f") (param i32 i32) (result i32) (call $sum (local.get 0) (local.get 1))))"#;

#[test]
fn a_value_a_counter_and_javascript_answer_with_every_compiler() {
    let terminal = Terminal::new();
    for (compiler, engine) in combinations() {
        let options = [
            "--compiler",
            compiler.as_str(),
            "--engine",
            engine.as_str(),
            "--invoke",
            "f",
            "40",
            "2",
        ];
        let value = one("sum", serde_json::json!({ "provide": "value", "results": ["0x2a"] }));
        run(&terminal, SUM, &value, &options).prints("42\n");
        let counter =
            one("sum", serde_json::json!({ "provide": "counter", "start": "7", "step": "1" }));
        run(&terminal, SUM, &counter, &options).prints("7\n");
        let script =
            one("sum", serde_json::json!({ "provide": "javascript", "source": "(x, y) => x + y" }));
        run(&terminal, SUM, &script, &options).prints("42\n");
    }
}

#[test]
fn a_missing_import_says_how_to_provide_it() {
    let terminal = Terminal::new();
    terminal.file("m.wat", SUM);
    let words =
        ["`env.sum`: function (i32, i32) -> i32", "--imports FILE", "--unknown-imports trap"];
    terminal.run(&["run", "m.wat", "--invoke", "f", "1", "2"]).fails(1, &words);
}

#[test]
fn a_log_writes_each_call_and_a_string_is_read_from_the_exported_memory() {
    let terminal = Terminal::new();
    let wat = r#"(module
      (import "env" "log" (func $log (param i32 i64)))
      (import "env" "print" (func $print (param i32 i32)))
      (memory (export "memory") 1)
      (data (i32.const 8) "grüße")
      (func (export "f")
        (call $log (i32.const -1) (i64.const 9007199254740993))
        (call $print (i32.const 8) (i32.const 7))))"#;
    let provisions = serde_json::json!([
        { "module": "env", "name": "log", "provider": { "provide": "log", "template": "{0:x} {1}\\n" } },
        { "module": "env", "name": "print", "provider": { "provide": "read_string", "pointer": 0, "length": 1 } },
    ]);
    run(&terminal, wat, &provisions, &["--invoke", "f"])
        .prints("0xffffffff 9007199254740993\ngrüße\n");
}

#[test]
fn an_exit_ends_the_call_with_its_code_and_a_trap_with_its_message() {
    let terminal = Terminal::new();
    let wat = r#"(module
      (import "env" "leave" (func $leave (param i32)))
      (func (export "f") (param i32) (result i32) (call $leave (local.get 0)) (i32.const 1)))"#;
    let exit = one("leave", serde_json::json!({ "provide": "exit", "code": 0, "parameter": 0 }));
    let ended = run(&terminal, wat, &exit, &["--invoke", "f", "3"]);
    assert_eq!((ended.status, ended.stdout.as_str()), (Some(3), ""), "{ended:?}");
    run(&terminal, wat, &exit, &["--invoke", "f", "0"]).prints("");
    let trap = one("leave", serde_json::json!({ "provide": "trap", "message": "no {0} today" }));
    run(&terminal, wat, &trap, &["--invoke", "f", "3"]).fails(1, &["no 3 today"]);
}

#[test]
fn memory_table_and_global_are_made_as_wanted() {
    let terminal = Terminal::new();
    let wat = r#"(module
      (import "env" "memory" (memory 1 4))
      (import "env" "table" (table $t 2 funcref))
      (import "env" "global" (global $g (mut i64)))
      (func (export "f") (result i32 i32 i32 i64)
        (i32.load8_u (i32.const 16)) (memory.size) (table.size $t) (global.get $g)))"#;
    let provisions = serde_json::json!([
        { "module": "env", "name": "memory", "provider": {
            "provide": "memory", "minimum": 2, "maximum": 3, "init": [{ "at": 16, "content": { "hex": "ff 01" } }] } },
        { "module": "env", "name": "table", "provider": { "provide": "table", "minimum": 5 } },
        { "module": "env", "name": "global", "provider": { "provide": "global", "value": "9007199254740993" } },
    ]);
    run(&terminal, wat, &provisions, &["--invoke", "f"]).prints("255\n2\n5\n9007199254740993\n");
}

#[test]
fn a_file_that_does_not_fit_says_which_imports_differ() {
    let terminal = Terminal::new();
    let bad = one("sum", serde_json::json!({ "provide": "memory", "minimum": 1 }));
    let words = ["`env.sum` (function (i32, i32) -> i32)", "asks for a function"];
    run(&terminal, SUM, &bad, &["--invoke", "f", "1", "2"]).fails(1, &words);
    let bad = one("sum", serde_json::json!({ "provide": "value", "results": ["1", "2"] }));
    run(&terminal, SUM, &bad, &["--invoke", "f", "1", "2"])
        .fails(1, &["has 1 results, and 2 are given"]);
    terminal.file("none.json", "{");
    let line = ["run", "m.wat", "--imports", "none.json"];
    terminal.run(&line).fails(1, &["`none.json` is not an import object"]);
}

#[test]
fn a_name_with_a_slip_in_it_is_told_beside_what_is_missing() {
    let terminal = Terminal::new();
    let slip = one("sun", serde_json::json!({ "provide": "value" }));
    run(&terminal, SUM, &slip, &["--invoke", "f", "1", "2"])
        .fails(1, &["`env.sum`", "does not import: `env.sun`"]);
}

#[test]
fn javascript_reaches_the_memory_and_calls_the_module() {
    let terminal = Terminal::new();
    let wat = r#"(module
      (import "env" "work" (func $work (param i32) (result i32)))
      (memory (export "memory") 1)
      (global (export "count") (mut i32) (i32.const 0))
      (func (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
      (func (export "f") (param i32) (result i32 i32)
        (call $work (local.get 0)) (i32.load (i32.const 64))))"#;
    let source = "x => {\n  memory.u32(64, x + 1);\n  globals.count.value = 5;\n  return exports.double(x) + globals.count.value;\n}";
    let provisions = one("work", serde_json::json!({ "provide": "javascript", "source": source }));
    run(&terminal, wat, &provisions, &["--invoke", "f", "20"]).prints("45\n21\n");
}

#[test]
fn javascript_that_throws_recurses_or_never_ends_is_an_error() {
    let terminal = Terminal::new();
    let wat = r#"(module
      (import "env" "work" (func $work (result i32)))
      (func (export "f") (result i32) (call $work)))"#;
    let script = |source: &str| {
        one("work", serde_json::json!({ "provide": "javascript", "source": source }))
    };
    let call = ["--invoke", "f"];
    let thrown = script("() => {\n  throw new RangeError('too far');\n}");
    run(&terminal, wat, &thrown, &call).fails(1, &["RangeError: too far (line 2 of `env.work`)"]);
    run(&terminal, wat, &script("() => 1.5"), &call)
        .fails(1, &["`env.work` returns an i32", "1.5"]);
    run(&terminal, wat, &script("() => exports.f()"), &call).fails(1, &["more than 64 deep"]);
    run(&terminal, wat, &script("1 +"), &call)
        .fails(1, &["The JavaScript of `env.work` cannot be used"]);

    let began = Instant::now();
    let limited = ["--invoke", "f", "--call-ms", "300"];
    run(&terminal, wat, &script("() => { for (;;); }"), &limited).fails(1, &["300 ms"]);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[test]
fn an_export_of_another_module_is_taken_with_its_own_imports() {
    let terminal = Terminal::new();
    terminal.file(
        "lib.wat",
        r#"(module
          (import "env" "base" (func $base (result i32)))
          (memory (export "memory") 1)
          (global $n (mut i32) (i32.const 0))
          (func (export "next") (result i32)
            (global.set $n (i32.add (global.get $n) (call $base)))
            (i32.store (i32.const 0) (global.get $n))
            (global.get $n)))"#,
    );
    imports(
        &terminal,
        "lib.imports.json",
        &one("base", serde_json::json!({ "provide": "value", "results": ["21"] })),
    );
    let wat = r#"(module
      (import "lib" "next" (func $next (result i32)))
      (import "lib" "memory" (memory 1))
      (func (export "f") (result i32) (drop (call $next)) (drop (call $next)) (i32.load (i32.const 0))))"#;
    let of = |export: &str| serde_json::json!({ "provide": "export_of", "of": { "file": "lib.wat" }, "export": export });
    let provisions = serde_json::json!([
        { "module": "lib", "name": "next", "provider": of("next") },
        { "module": "lib", "name": "memory", "provider": of("memory") },
    ]);
    run(&terminal, wat, &provisions, &["--invoke", "f"]).prints("42\n");

    let wrong = serde_json::json!([
        { "module": "lib", "name": "next", "provider": of("memory") },
        { "module": "lib", "name": "memory", "provider": of("nothing") },
    ]);
    run(&terminal, wat, &wrong, &["--invoke", "f"]).fails(
        1,
        &["`lib.next`", "is a memory of 1 pages", "`lib.memory`", "exports no `nothing`"],
    );
}

#[test]
fn a_tag_of_another_module_catches_what_it_throws_and_both_are_made_with_the_settings_of_the_run() {
    let terminal = Terminal::new();
    terminal.file(
        "lib.wat",
        r#"(module
          (tag $oops (export "oops") (param i32))
          (func (export "throw") (param i32) (throw $oops (local.get 0))))"#,
    );
    let wat = r#"(module
      (import "lib" "oops" (tag $oops (param i32)))
      (import "lib" "throw" (func $throw (param i32)))
      (func (export "f") (param i32) (result i32)
        (block $caught (result i32)
          (try_table (catch $oops $caught) (call $throw (local.get 0)))
          (i32.const 0))))"#;
    let of = |name: &str| {
        serde_json::json!({ "module": "lib", "name": name, "provider":
            { "provide": "export_of", "of": { "file": "lib.wat" }, "export": name } })
    };
    let provisions = serde_json::json!([of("oops"), of("throw")]);
    let call = ["--enable", "exceptions", "--invoke", "f", "42"];
    run(&terminal, wat, &provisions, &call).prints("42\n");
    run(&terminal, wat, &provisions, &call[2..]).fails(1, &["exceptions"]);
}

#[test]
fn a_trap_in_another_module_is_not_given_a_line_of_this_one() {
    let terminal = Terminal::new();
    terminal.file("lib.wat", "(module (func $deep (export \"fail\") unreachable))");
    let wat = r#"(module
      (import "lib" "fail" (func $fail))
      (func $outer (export "f") (call $fail)))"#;
    let provisions = serde_json::json!([{ "module": "lib", "name": "fail", "provider":
        { "provide": "export_of", "of": { "file": "lib.wat" }, "export": "fail" } }]);
    let told = run(&terminal, wat, &provisions, &["--invoke", "f", "--json"]).json();
    let frames = told["error"]["frames"].as_array().unwrap();
    assert_eq!(
        (&frames[0]["name"], &frames[0]["elsewhere"]),
        (&"deep".into(), &true.into()),
        "{told}"
    );
    assert_eq!(
        (&frames[1]["name"], &frames[1]["at"]["line"]),
        (&"outer".into(), &3.into()),
        "{told}"
    );
    assert_eq!(told["error"]["at"]["line"], 3, "{told}");
}

/// A module that makes its memory and its table larger when it starts.
const GROWN: &str = r#"(module
  (memory (export "mem") 1 5)
  (table (export "tab") 1 5 funcref)
  (func $init (drop (memory.grow (i32.const 2))) (drop (table.grow (ref.null func) (i32.const 2))))
  (start $init))"#;

#[test]
fn what_its_owner_has_made_larger_counts_as_large_as_it_is_now() {
    let terminal = Terminal::new();
    terminal.file("p.wat", GROWN);
    let of = |file: &str, name: &str| {
        serde_json::json!({ "module": "p", "name": name, "provider":
            { "provide": "export_of", "of": { "file": file }, "export": name } })
    };
    let user = |pages: u32| {
        format!(
            r#"(module (import "p" "mem" (memory {pages} 5)) (import "p" "tab" (table {pages} 5 funcref))
                 (export "mem" (memory 0)) (export "tab" (table 0))
                 (func (export "f") (result i32 i32) (memory.size) (table.size 0)))"#
        )
    };
    let direct = serde_json::json!([of("p.wat", "mem"), of("p.wat", "tab")]);
    run(&terminal, &user(3), &direct, &["--invoke", "f"]).prints("3\n3\n");
    run(&terminal, &user(4), &direct, &["--invoke", "f"]).fails(
        1,
        &[
            "`p.mem`",
            "`mem` of `p.wat` is a memory of 3 to 5 pages",
            "is a table of 3 to 5 funcref",
        ],
    );
    run(
        &terminal,
        &user(6).replace(" 5)", " 9)").replace(" 5 ", " 9 "),
        &direct,
        &["--invoke", "f"],
    )
    .fails(1, &["`mem` of `p.wat` is a memory of 1"]);

    // One more module is in between, which declares less than the real size.
    terminal.file("between.wat", user(2));
    imports(&terminal, "between.imports.json", &direct);
    let through = serde_json::json!([of("between.wat", "mem"), of("between.wat", "tab")]);
    run(&terminal, &user(3), &through, &["--invoke", "f"]).prints("3\n3\n");
}

#[test]
fn a_file_that_is_named_is_the_one_beside_the_import_object_however_the_path_goes_there() {
    let terminal = Terminal::new();
    let folder = terminal.folder();
    std::fs::create_dir_all(folder.join("own/deep")).unwrap();
    let seven = r#"(module (func (export "seven") (result i32) (i32.const 7)))"#;
    terminal.file("lib.wat", seven);
    terminal.file("own/lib.wat", seven.replace('7', "8"));
    std::os::unix::fs::symlink("../lib.wat", folder.join("own/link.wat")).unwrap();
    terminal.file(
        "own/m.wat",
        r#"(module (import "lib" "seven" (func $f (result i32))) (func (export "f") (result i32) (call $f)))"#,
    );
    for (file, result) in [
        ("lib.wat", "8\n"),
        ("./lib.wat", "8\n"),
        ("deep/../lib.wat", "8\n"),
        ("../lib.wat", "7\n"),
        ("../own/lib.wat", "8\n"),
        ("link.wat", "7\n"),
    ] {
        let provider = serde_json::json!({ "provide": "export_of", "of": { "file": file }, "export": "seven" });
        imports(
            &terminal,
            "own/m.imports.json",
            &serde_json::json!([{ "module": "lib", "name": "seven", "provider": provider }]),
        );
        terminal
            .run(&["run", "own/m.wat", "--imports", "own/m.imports.json", "--invoke", "f"])
            .prints(result);
    }
}

#[test]
fn modules_that_import_in_a_circle_are_refused_with_the_path() {
    let terminal = Terminal::new();
    let module = |from: &str| {
        format!(
            r#"(module (import "other" "f" (func $f)) (func (export "f") (call $f)) (func (export "{from}")))"#
        )
    };
    let of = |file: &str| {
        serde_json::json!([{ "module": "other", "name": "f",
            "provider": { "provide": "export_of", "of": { "file": file }, "export": "f" } }])
    };
    terminal.file("b.wat", module("b"));
    imports(&terminal, "b.imports.json", &of("m.wat"));
    run(&terminal, &module("a"), &of("b.wat"), &["--invoke", "f"])
        .fails(1, &["`m.wat`", "→ `b.wat` →", "circle"]);
}

#[test]
fn a_million_recorded_calls_are_quick() {
    let terminal = Terminal::new();
    let wat = r#"(module
      (import "env" "tick" (func $tick (param i32) (result i32)))
      (func (export "f") (param $n i32) (result i32)
        (loop $again
          (drop (call $tick (local.get $n)))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $n)))"#;
    let value = one("tick", serde_json::json!({ "provide": "value", "results": ["1"] }));
    let ended = run(&terminal, wat, &value, &["--invoke", "f", "1000000", "--json"]);
    let call = ended.json()["timings_ns"]["call"].as_u64().unwrap();
    // The promise is an order of magnitude, on any machine: a microsecond a call.
    assert!(call < 1_000_000_000, "{call} ns for a million calls");
}
