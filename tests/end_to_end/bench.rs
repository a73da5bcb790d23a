//! `watshop bench`: figures of real compilers, reports, and comparisons of them.

use serde_json::Value;
use watshop_tests::terminal::{Ended, Terminal};

const FIB: &str = r#"(module
    (global $calls (mut i32) (i32.const 0))
    (func $fib (export "fib") (param $n i32) (result i32)
        (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
            (then (local.get $n))
            (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1)))
                           (call $fib (i32.sub (local.get $n) (i32.const 2)))))))
    (func (export "divide") (param i32) (result i32)
        (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
        (i32.div_u (i32.const 7) (i32.sub (local.get 0) (global.get $calls))))
    (func (export "longer") (result i32) (local $i i32)
        (global.set $calls (i32.add (global.get $calls) (i32.const 200)))
        (local.set $i (global.get $calls))
        (loop $next (br_if $next (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        (global.get $calls)))"#;

fn workshop() -> Terminal {
    let terminal = Terminal::new();
    terminal.file("fib.wat", FIB);
    terminal
}

/// The series of a phase in the entry at a place.
fn series<'a>(report: &'a Value, entry: usize, phase: &str) -> &'a Value {
    let phases = report["entries"][entry]["phases"].as_array().unwrap();
    phases.iter().find(|series| series["phase"] == phase).unwrap_or_else(|| panic!("{report}"))
}

#[test]
fn a_bench_measures_every_phase_by_turns_and_compares_the_contenders() {
    let terminal = workshop();
    let line = "bench fib.wat --invoke fib 12 --compilers singlepass,cranelift --engines jit,native \
                --runs 6 --time 60 --warm-up 5 --json";
    let ended = terminal.run(&line.split_whitespace().collect::<Vec<_>>());
    assert_eq!(ended.status, Some(0), "{ended:?}");
    let report = ended.json();
    assert_eq!(report["entries"].as_array().unwrap().len(), 4);
    for entry in 0..4 {
        for phase in ["compile", "load", "instantiate", "call"] {
            let series = series(&report, entry, phase);
            let figures = &series["figures"];
            let number = |name: &str| figures[name].as_f64().unwrap();
            assert!(number("min") > 0.0 && number("min") <= number("low"), "{series}");
            assert!(number("low") <= number("median") && number("median") <= number("high"));
            assert!(figures["count"].as_u64().unwrap() >= 6, "{series}");
        }
        let calls = &report["entries"][entry]["calls"];
        assert_eq!(calls["results"][0]["value"], "144", "{calls}");
        assert_eq!(calls["varies"], false);
    }
    // Six pairs of four contenders, in four phases.
    assert_eq!(report["comparisons"].as_array().unwrap().len(), 24);
    assert!(!report["machine"]["cpu"].as_str().unwrap().is_empty());
}

#[test]
fn the_text_has_a_table_for_each_phase_and_the_files_open_without_a_server() {
    let terminal = workshop();
    let line = "bench fib.wat --invoke fib 5 --compilers singlepass --runs 2 --time 20 --html a.html --csv a.csv";
    let ended = terminal.run(&line.split_whitespace().collect::<Vec<_>>());
    assert_eq!(ended.status, Some(0), "{ended:?}");
    for part in ["compile", "load", "instantiate", "call", "median", "95 % interval"] {
        assert!(ended.stdout.contains(part), "`{part}` is missing: {ended:?}");
    }
    let read = |name| std::fs::read_to_string(terminal.folder().join(name)).unwrap();
    let page = read("a.html");
    assert!(page.contains("<svg") && page.contains("default-src 'none'"));
    // Nothing is fetched from elsewhere.
    assert!(!page.contains("src=\"http") && !page.contains("href=\"http"));
    let inside = page.split("id=\"report\">").nth(1).unwrap().split("</script>").next().unwrap();
    let report: Value = serde_json::from_str(inside).unwrap();
    assert_eq!(report["module"]["name"], "fib.wat");
    let table = read("a.csv");
    assert!(table.lines().count() > 6, "{table}");
    assert!(table.contains("\"fib.wat\",\"fib\",singlepass,jit,speed,call,1,"), "{table}");
}

#[test]
fn two_reports_are_compared_and_a_slower_one_fails() {
    let terminal = workshop();
    let bench = |argument: &str, file: &str| {
        let line = format!(
            "bench fib.wat --invoke fib {argument} --compilers singlepass --runs 6 --time 60 --json"
        );
        let ended = terminal.run(&line.split_whitespace().collect::<Vec<_>>());
        assert_eq!(ended.status, Some(0), "{ended:?}");
        terminal.file(file, ended.stdout);
    };
    bench("8", "a.json");
    bench("16", "b.json");
    let compare =
        |more: &[&str]| terminal.run(&[&["bench", "--compare", "a.json", "b.json"], more].concat());
    let told = compare(&[]);
    assert_eq!(told.status, Some(0), "{told:?}");
    assert!(told.stdout.contains("slower"), "{told:?}");
    let failed = compare(&["--fail-above", "5"]);
    failed.fails(1, &["call of Singlepass jit takes", "more than 5"]);
    assert_eq!(compare(&["--fail-above", "5000"]).status, Some(0));
    // A report is not slower than itself.
    let same = terminal.run(&["bench", "--compare", "a.json", "a.json", "--fail-above", "1"]);
    assert_eq!(same.status, Some(0), "{same:?}");
    terminal.file("c.json", r#"{"format": 99}"#);
    terminal.run(&["bench", "--compare", "a.json", "c.json"]).fails(1, &["newer Watshop"]);
    terminal.run(&["bench", "--compare", "a.json", "no.json"]).fails(1, &["no.json"]);
}

#[test]
fn a_trap_in_the_middle_ends_one_contender_and_its_figures_stay() {
    let terminal = workshop();
    let line = "bench fib.wat --invoke divide 5000 --compilers singlepass --runs 1 --calls 9000 --warm-up 0 --json";
    let ended = terminal.run(&line.split_whitespace().collect::<Vec<_>>());
    ended.fails(1, &["Singlepass JIT", "divided by zero"]);
    let report = ended.json();
    let entry = &report["entries"][0];
    assert_eq!(entry["error"]["code"], "trap", "{entry}");
    assert_eq!(entry["error"]["at"]["line"], 10, "{entry}");
    assert!(series(&report, 0, "call")["figures"]["count"].as_u64().unwrap() > 0);
}

#[test]
fn calls_that_change_their_own_state_are_noticed() {
    let terminal = workshop();
    // From the first call to the last the time grows to many times as much, which no noise hides. A
    // warm-up would take the small times away.
    let line = "bench fib.wat --invoke longer --compilers cranelift --runs 10 --calls 3000 --warm-up 0 --json";
    let ended = terminal.run(&line.split_whitespace().collect::<Vec<_>>());
    assert_eq!(ended.status, Some(0), "{ended:?}");
    let report = ended.json();
    assert_eq!(report["entries"][0]["calls"]["varies"], true);
    let drift = series(&report, 0, "call")["figures"]["drift"].as_f64();
    assert!(drift.is_some_and(|change| change > 1.05), "{drift:?}");
}

#[test]
fn a_whole_program_is_run_in_a_new_instance_each_time() {
    let terminal = Terminal::new();
    terminal.file(
        "hello.wat",
        r#"(module
            (import "wasi_snapshot_preview1" "fd_write"
                (func $write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (data (i32.const 0) "\08\00\00\00\03\00\00\00hi\n")
            (func (export "_start")
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 20)))))"#,
    );
    let line = "bench hello.wat --compilers singlepass --runs 3 --json";
    let ended = terminal.run(&line.split_whitespace().collect::<Vec<_>>());
    // The program's own output is not a part of the report.
    let report = ended.json();
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert_eq!(series(&report, 0, "call")["figures"]["count"], 3);
}

#[test]
fn wrong_benches_say_what_is_wrong() {
    let terminal = workshop();
    let run = |line: &str| terminal.run(&line.split_whitespace().collect::<Vec<_>>());
    run("bench").fails(2, &["<FILE>"]);
    run("bench fib.wat --runs 0").fails(2, &["0 is not in"]);
    run("bench fib.wat --fail-above 1").fails(2, &["--fail-above"]);
    run("bench fib.wat --invoke fib --compilers singlepass").fails(1, &["takes 1 argument"]);
    run("bench fib.wat --invoke fob 1 --compilers singlepass").fails(1, &["Did you mean `fib`?"]);
    run("bench --announcement fib.wat").fails(1, &["not the qjs.wasm", "SHA-256"]);
}

#[test]
fn without_a_network_the_announcement_says_what_to_download() {
    let terminal = Terminal::new();
    let mut command = terminal.command(&["bench", "--announcement"]);
    let ended = command.env("CARGO_HOME", terminal.folder()).env("PATH", "").output().unwrap();
    let words = ["https://static.crates.io", "qjs.wasm", "cargo info", "--announcement"];
    Ended::from(ended).fails(1, &words);
}

#[test]
fn a_race_says_who_was_first_and_all_agree() {
    let terminal = workshop();
    let raced = terminal.run(&["run", "fib.wat", "--race", "--invoke", "fib", "20"]);
    assert_eq!(raced.status, Some(0), "{raced:?}");
    for part in ["Singlepass JIT", "Cranelift JIT", "6765", "first result after", "ready after"] {
        assert!(raced.stdout.contains(part), "`{part}` is missing: {raced:?}");
    }
    let line = ["run", "fib.wat", "--race", "--invoke", "fib", "20", "--json"];
    let race = terminal.run(&line).json();
    assert_eq!(race["over"], true);
    // Singlepass begins alone, so no other is ready before it.
    let ready = |at: usize| race["lanes"][at]["ready_ns"].as_u64().unwrap();
    assert!(ready(0) < ready(1), "{race}");
    // Nothing was called after the race, so the best code is used at its end.
    let last = race["lanes"].as_array().unwrap().len() - 1;
    assert_eq!(race["used"], last, "{race}");
}

#[test]
fn a_compiler_that_lacks_a_feature_does_not_end_the_race() {
    let terminal = Terminal::new();
    // Singlepass has no SIMD parameters.
    terminal.file(
        "simd.wat",
        r#"(module (func $f (param v128) (result i32) (i32x4.extract_lane 0 (local.get 0)))
            (func (export "go") (result i32) (call $f (v128.const i32x4 7 0 0 0))))"#,
    );
    let ended = terminal.run(&["run", "simd.wat", "--race", "--invoke", "go"]);
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(
        ended.stdout.contains("failed") && ended.stderr.contains("Singlepass JIT"),
        "{ended:?}"
    );
}
