//! Instructions that are counted: in the terminal, in a bench, and by a runner that is carried alone.

use std::process::Command;

use serde_json::{Value, json};
use watshop_tests::terminal::{Ended, Terminal};

use crate::combinations;

const FIB: &str = r#"(module
  (memory (export "memory") 1)
  (global (export "g") (mut i32) (i32.const 7))
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1)))
                     (call $fib (i32.sub (local.get $n) (i32.const 2)))))))
  (func $twice (export "twice") (param i32) (result i32)
    (i32.add (call $fib (local.get 0)) (call $fib (local.get 0))))
  (func (export "far") (param i32) (result i32)
    nop
    (drop (call $fib (i32.const 1)))
    (i32.load (local.get 0))))"#;

/// The instructions of `fib`, by hand: five of each call that gives its argument, thirteen of each
/// that adds. Their numbers are the Fibonacci number after the next one, and one less.
fn of_fib(n: u32) -> u64 {
    let leaves = (0..n).fold((1, 1), |(a, b), _| (b, a + b)).0;
    leaves * 5 + (leaves - 1) * 13
}

fn workshop() -> Terminal {
    let terminal = Terminal::new();
    terminal.file("fib.wat", FIB);
    terminal
}

fn run(terminal: &Terminal, line: &str) -> Ended {
    terminal.run(&line.split_whitespace().collect::<Vec<_>>())
}

#[test]
fn every_compiler_and_engine_counts_the_same() {
    let terminal = workshop();
    // `twice` has two `local.get`, two `call` and one `i32.add`.
    let wanted = json!({
        "counted": true,
        "total": 5 + 2 * of_fib(10),
        "count": 2,
        "functions": [
            { "index": 0, "name": "fib", "instructions": 2 * of_fib(10), "calls": 2 * 177 },
            { "index": 1, "name": "twice", "instructions": 5, "calls": 1 },
        ],
    });
    for (compiler, engine) in combinations() {
        let (compiler, engine) = (compiler.as_str(), engine.as_str());
        let line = format!(
            "run fib.wat --invoke twice 10 --count-instructions --json --compiler {compiler} --engine {engine}"
        );
        assert_eq!(run(&terminal, &line).json()["instructions"], wanted, "{compiler} {engine}");
    }
}

#[test]
fn a_run_that_does_not_count_says_nothing_and_is_not_taken_from_the_cache_of_one_that_does() {
    let terminal = workshop();
    for (option, cache) in [("", "miss"), ("--count-instructions", "miss"), ("", "hit")] {
        let report = run(&terminal, &format!("run fib.wat --invoke fib 10 --json {option}")).json();
        assert_eq!(report["cache"], cache, "{option}");
        let wanted = if option.is_empty() { Value::Null } else { json!(of_fib(10)) };
        assert_eq!(report["instructions"]["total"], wanted);
    }
    let counted = run(&terminal, "run fib.wat --invoke fib 10 --count-instructions");
    counted.prints("55\n");
    assert_eq!(
        counted.stderr,
        "fib.wat: 1,589 instructions\n  function  instructions    share  calls\n  fib              1,589  100.0 %    177\n"
    );
}

/// A trap is found in code that counts, and what the guest exports is what its module exports.
#[test]
fn counters_are_not_seen_by_a_person() {
    let terminal = workshop();
    for (compiler, engine) in combinations() {
        let (compiler, engine) = (compiler.as_str(), engine.as_str());
        let settings = format!("--count-instructions --compiler {compiler} --engine {engine}");
        let ended = run(&terminal, &format!("run fib.wat --invoke far 70000 {settings}"));
        ended.fails(1, &["past the end of its memory"]);
        let g = run(&terminal, &format!("run fib.wat --invoke g {settings}"));
        g.fails(1, &["global"]);
    }
}

#[test]
fn an_artifact_counts_wherever_it_is_carried() {
    let terminal = workshop();
    for (compiler, engine) in combinations() {
        let (compiler, engine) = (compiler.as_str(), engine.as_str());
        let line = format!(
            "compile fib.wat -o fib.wshop --count-instructions --compiler {compiler} --engine {engine}"
        );
        assert_eq!(run(&terminal, &line).status, Some(0));
        assert!(run(&terminal, "inspect fib.wshop").stdout.contains("counted while it runs"));
        let mut runner = Command::new(watshop_tests::programs().join("watshop-runner"));
        runner.args(["fib.wshop", "--invoke", "fib", "12", "--json"]);
        let ended = Ended::from(runner.current_dir(terminal.folder()).output().unwrap());
        let total = &ended.json()["instructions"]["total"];
        assert_eq!(*total, json!(of_fib(12)), "{compiler} {engine}");
    }
}

#[test]
fn a_bench_counts_in_code_that_is_not_measured() {
    let terminal = workshop();
    let line =
        "bench fib.wat --invoke fib 10 --compilers singlepass,cranelift --runs 2 --time 20 --json";
    let report = run(&terminal, line).json();
    let entries = report["entries"].as_array().unwrap();
    assert!(entries.iter().all(|entry| entry["instructions"].is_null()), "{report}");
    let counted = run(&terminal, &format!("{line} --count-instructions")).json();
    for entry in counted["entries"].as_array().unwrap() {
        assert_eq!(entry["instructions"], json!(of_fib(10)), "{entry}");
    }
}
