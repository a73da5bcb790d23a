//! A trap points at its own line with every compiler and engine, or says that it does not know.

use watshop_protocol::page::{Compiler, Engine};
use watshop_tests::terminal::Terminal;

use crate::{combinations, repository};

/// A module in which each function traps at the marked line. Before or behind it is an instruction
/// that would trap in the same way.
const TRAPS: &str = r#"(module
  (type $none (func))
  (import "env" "refuse" (func $refuse))
  (memory $m 1)
  (table $t 4 funcref)
  (elem (table $t) (i32.const 0) func $one)
  (data $passive "abc")
  (elem $functions func $one)
  (func $one (param i32))

  (func (export "unreachable") (param i32)
    (if (local.get 0) (then unreachable))
    nop
    unreachable ;; here
    unreachable)

  (func (export "divide") (param i32) (result i32)
    (drop (i32.div_s (i32.const 7) (i32.const 1)))
    (i32.div_s (i32.const 1) (local.get 0)) ;; here
    (i32.div_s (i32.const 3) (local.get 0))
    i32.add)

  (func (export "remainder") (param i32) (result i64)
    (drop (i64.rem_u (i64.const 7) (i64.const 2)))
    (i64.rem_u (i64.const 9) (i64.extend_i32_u (local.get 0))) ;; here
    (i64.rem_u (i64.const 3) (i64.extend_i32_u (local.get 0)))
    i64.add)

  (func (export "overflow") (param i32) (result i32)
    (drop (i32.div_s (i32.const 7) (i32.sub (local.get 0) (i32.const 1))))
    (i32.div_s (i32.const 0x80000000) (i32.sub (local.get 0) (i32.const 1)))) ;; here

  (func (export "truncate") (param i32) (result i32)
    (drop (i32.trunc_f64_s (f64.const 7.5)))
    (i32.trunc_f32_s (f32.mul (f32.convert_i32_u (i32.add (local.get 0) (i32.const 1))) (f32.const 1e30))) ;; here
    (drop (i32.trunc_f32_s (f32.const 1e30))))

  (func (export "convert") (param i32) (result i64)
    (drop (i64.trunc_f64_u (f64.const 7.5)))
    (i64.trunc_f64_u ;; here
      (f64.sqrt (f64.convert_i32_s (i32.sub (local.get 0) (i32.const 1))))))

  (func (export "load") (param i32) (result i32)
    (drop (i32.load (local.get 0)))
    (i32.load offset=65535 (local.get 0)) ;; here
    (i32.load offset=65533 (local.get 0))
    i32.add)

  (func (export "store") (param i32)
    (i64.store (local.get 0) (i64.const 1))
    (i64.store offset=0xffffffff (local.get 0) (i64.const 1)) ;; here
    (i64.store offset=65530 (local.get 0) (i64.const 1)))

  (func (export "fill") (param i32)
    (memory.fill (local.get 0) (i32.const 1) (i32.const 9))
    (memory.fill (local.get 0) (i32.const 1) (i32.const 65537))) ;; here

  (func (export "copy") (param i32)
    (memory.copy (local.get 0) (i32.const 1) (i32.const 9))
    (memory.copy (local.get 0) (i32.const 65530) (i32.const 9))) ;; here

  (func (export "init") (param i32)
    (memory.init $passive (local.get 0) (i32.const 0) (i32.const 3))
    (memory.init $passive (local.get 0) (i32.const 1) (i32.const 3))) ;; here

  (func (export "past_the_table") (param i32)
    (call_indirect $t (type $none) (i32.add (local.get 0) (i32.const 4))) ;; here
    (call_indirect $t (type $none) (i32.const 5)))

  (func (export "null") (param i32)
    nop
    (call_indirect $t (type $none) (i32.add (local.get 0) (i32.const 2))) ;; here
    (call_indirect $t (type $none) (i32.const 3)))

  (func (export "another_type") (param i32)
    nop
    (call_indirect $t (type $none) (local.get 0)) ;; here
    (call_indirect $t (type $none) (i32.const 0)))

  (func (export "table_get") (param i32)
    (drop (table.get $t (local.get 0)))
    (drop (table.get $t (i32.const 4))) ;; here
    (drop (table.get $t (i32.const 5))))

  (func (export "table_set") (param i32)
    (table.set $t (i32.const 3) (ref.null func))
    (table.set $t (i32.add (local.get 0) (i32.const 9)) (ref.null func))) ;; here

  (func (export "table_fill") (param i32)
    (table.fill $t (i32.const 3) (ref.null func) (i32.const 1))
    (table.fill $t (local.get 0) (ref.null func) (i32.const 5))) ;; here

  (func (export "table_copy") (param i32)
    (table.copy $t $t (i32.const 3) (i32.const 2) (i32.const 1))
    (table.copy $t $t (i32.const 3) (local.get 0) (i32.const 2))) ;; here

  (func (export "table_init") (param i32)
    (table.init $t $functions (i32.const 3) (i32.const 0) (i32.const 1))
    (table.init $t $functions (i32.const 3) (local.get 0) (i32.const 2))) ;; here

  (func (export "host") (param i32)
    (if (local.get 0) (then (call $refuse)))
    (call $refuse) ;; here
    (call $refuse))

  (func $callee (param i32)
    nop
    (i32.div_u (i32.const 1) (local.get 0)) ;; here too
    drop)
  (func (export "called") (param i32)
    (drop (i32.div_u (i32.const 1) (i32.const 1)))
    (call $callee (local.get 0))
    (drop (i32.div_u (i32.const 1) (i32.const 0))))
)"#;

const IMPORTS: &str = r#"{ "schema": 1, "provisions": [
  { "module": "env", "name": "refuse", "provider": { "provide": "trap", "message": "refused" } } ] }"#;

/// Returns the name and line of each trap.
fn cases(text: &str) -> Vec<(String, usize)> {
    let mut export = String::new();
    let mut found = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if let Some((_, rest)) = line.split_once("(func (export \"") {
            export = rest.split('"').next().unwrap().to_owned();
        }
        if line.ends_with(";; here") {
            found.push((export.clone(), number));
        }
    }
    found
}

/// Returns true if the line is unknown. LLVM's JIT code keeps no places, and a load or store that
/// faults stores none.
fn is_unknown(compiler: Compiler, engine: Engine, export: &str) -> bool {
    (compiler, engine) == (Compiler::Llvm, Engine::Jit) && matches!(export, "load" | "store")
}

#[test]
fn every_kind_of_trap_points_at_its_own_line_or_says_that_it_does_not_know() {
    let terminal = Terminal::new();
    terminal.file("traps.wat", TRAPS);
    terminal.file("traps.imports.json", IMPORTS);
    let mut cases = cases(TRAPS);
    assert_eq!(cases.len(), 20);
    let callee = TRAPS.lines().position(|line| line.ends_with(";; here too")).unwrap() + 1;
    cases.push(("called".to_owned(), callee));
    let mut wrong = Vec::new();
    // Code that counts has more instructions than the module, and the same places.
    let counting = [&[][..], &["--count-instructions"]];
    let all = counting.into_iter().flat_map(|count| combinations().map(move |it| (it, count)));
    for ((compiler, engine), count) in all {
        let settings = ["--compiler", compiler.as_str(), "--engine", engine.as_str()];
        let settings = [&settings[..], count].concat();
        for (export, line) in &cases {
            let run =
                ["run", "traps.wat", "--imports", "traps.imports.json", "--invoke", export, "0"];
            let said = terminal.run(&[&run[..], &settings].concat()).stderr;
            let expected = match is_unknown(compiler, engine, export) {
                true => "traps.wat: error: The program reached past the end of its memory. Somewhere in "
                    .to_owned(),
                false => format!("traps.wat:{line}:"),
            };
            if !said.starts_with(&expected) {
                wrong.push(format!(
                    "{compiler:?} {engine:?} {count:?} {export}: expected {expected}, got {said}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// This holds even if the call is the first instruction and the next one is on another line.
#[test]
fn each_call_of_the_stack_has_its_own_line() {
    let terminal = Terminal::new();
    terminal.file("lib.wat", "(module (func $deep (export \"fail\") unreachable))");
    terminal.file(
        "m.wat",
        "(module\n  (import \"lib\" \"fail\" (func $fail))\n  (func $outer\n    (call $fail)\n    nop\n  )\n  \
         (func (export \"f\")\n    nop\n    (call $outer)\n    nop\n  ))",
    );
    terminal.file(
        "m.imports.json",
        r#"{ "schema": 1, "provisions": [{ "module": "lib", "name": "fail", "provider":
            { "provide": "export_of", "of": { "file": "lib.wat" }, "export": "fail" } }] }"#,
    );
    for (compiler, engine) in combinations() {
        let settings = ["--compiler", compiler.as_str(), "--engine", engine.as_str()];
        let run = ["run", "m.wat", "--imports", "m.imports.json", "--invoke", "f", "--json"];
        let told = terminal.run(&[&run[..], &settings].concat()).json();
        let frames = told["error"]["frames"].as_array().unwrap();
        let lines: Vec<_> = frames[1..].iter().map(|frame| frame["at"]["line"].as_u64()).collect();
        if (compiler, engine) == (Compiler::Llvm, Engine::Jit) {
            // The compiler keeps no places of calls, so the lines are those on which the functions
            // begin.
            assert_eq!(lines, [Some(3), Some(7)], "{told}");
            assert!(frames[1..].iter().all(|frame| frame["imprecise"] == true), "{told}");
            assert!(told["error"]["at"].is_null(), "{told}");
        } else {
            assert_eq!(lines, [Some(4), Some(9)], "{compiler:?} {engine:?}: {told}");
            assert_eq!(told["error"]["at"]["line"], 4, "{compiler:?} {engine:?}: {told}");
        }
    }
}

#[test]
fn a_trap_in_a_start_function_points_at_its_line() {
    let terminal = Terminal::new();
    terminal.file(
        "start.wat",
        "(module\n  (func $f (param i32)\n    (drop (i32.div_u (i32.const 1) (local.get 0))))\n  \
         (func $start (call $f (i32.const 1)) (call $f (i32.const 0)))\n  (start $start))",
    );
    for (compiler, engine) in combinations() {
        let settings = ["--compiler", compiler.as_str(), "--engine", engine.as_str()];
        terminal
            .run(&[&["run", "start.wat"][..], &settings].concat())
            .fails(1, &["start.wat:3:", "divided by zero", "In f, called by start"]);
    }
}

/// The compilers of Wasmer's ELF artifacts take lines from a module's own DWARF if it has any.
#[test]
fn a_module_with_dwarf_of_its_own_has_its_traps_where_they_are() {
    let terminal = Terminal::new();
    let text = std::fs::read_to_string(repository("examples/start/add_one.wat")).unwrap();
    let with_dwarf = text.trim_end().strip_suffix(')').unwrap().to_owned()
        + "  (func (export \"zero\") (param i32) (result i32)\n    (i32.div_u (i32.const 1) (local.get 0)))\n\
           (@custom \".debug_info\" \"\\00\") (@custom \".debug_line\" \"\\00\"))";
    let line = with_dwarf.lines().position(|line| line.contains("i32.div_u")).unwrap() + 1;
    terminal.file("dwarf.wat", &with_dwarf);
    for (compiler, engine) in combinations() {
        let settings = ["--compiler", compiler.as_str(), "--engine", engine.as_str()];
        terminal
            .run(&[&["run", "dwarf.wat", "--invoke", "zero", "0"][..], &settings].concat())
            .fails(1, &[&format!("dwarf.wat:{line}:"), "divided by zero"]);
    }
}
