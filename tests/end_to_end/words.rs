//! The terminal's messages about refused files: in plain words, with the line of the text.

use watshop_protocol::page::Compiler;
use watshop_tests::terminal::Terminal;

const TWO_STARTS: &str = "(module\n  (func $a)\n  (start $a)\n  (start $a))";
const CALL_IN_GLOBAL: &str = "(module\n  (func $f (result i32) (i32.const 1))\n  (global (export \"g\") i32\n    (call $f)))";
const SHARED: &str = "(module\n  (memory 1 1 shared))";
const TAIL_CALL: &str = "(module\n  (func $f (export \"f\")\n    (return_call $f)))";
const SEVERAL_RESULTS: &str = "(module
  (type $t (func (param i32 i64 i64 i32) (result i32 i64 i64 i32)))
  (import \"\" \"f\" (func $f (type $t)))
  (func (export \"g\") (type $t)
    (local.get 0) (local.get 2) (local.get 1) (local.get 3)
    (call $f)))";

fn compilers() -> impl Iterator<Item = Compiler> {
    Compiler::ALL
        .into_iter()
        .filter(|compiler| *compiler != Compiler::Llvm || watshop_tests::has_llvm())
}

#[test]
fn run_compile_and_inspect_name_the_same_line_and_column() {
    let terminal = Terminal::new();
    for (text, place, words, off) in [
        (TWO_STARTS, ":4:10:", "at most one start function; the first is on line 3", None),
        (CALL_IN_GLOBAL, ":4:6:", "Only a constant may stand here, not `call`", None),
        ("(module\n  (func (export \"f\") (result i32)\n    i64.const 1))", ":3:", "i32", None),
        (SHARED, ":2:4:", "--enable threads", Some("threads")),
        ("(module\n (func\n  (local v128)))", ":3:10:", "--enable simd", Some("simd")),
    ] {
        terminal.file("bad.wat", text);
        let off: Vec<_> = off.iter().flat_map(|off| ["--disable", off]).collect();
        for command in [["run", "bad.wat"].as_slice(), &["compile", "bad.wat", "-o", "out.wshop"]] {
            let said = terminal.run(&[command, &off].concat());
            said.fails(1, &[&format!("bad.wat{place}"), words]);
            assert!(!said.stderr.contains("0x"), "{said:?}");
        }
        if off.is_empty() {
            terminal.run(&["inspect", "bad.wat"]).fails(1, &[&format!("bad.wat{place}"), words]);
        }
    }
}

/// The command wrote the module, and ended as if it was valid.
#[test]
fn an_invalid_module_is_not_written_as_wasm_or_wat() {
    let terminal = Terminal::new();
    terminal.file("bad.wat", CALL_IN_GLOBAL);
    terminal.file("bad.wasm", wat::parse_str(CALL_IN_GLOBAL).unwrap());
    terminal.file("tail.wat", TAIL_CALL);
    for format in ["wasm", "wat"] {
        for (file, place) in [("bad.wat", "bad.wat:4:6"), ("bad.wasm", "bad.wasm:0x")] {
            let command = ["compile", file, "--format", format, "-o", "out"];
            terminal.run(&command).fails(1, &[place, "not `call`"]);
            assert!(!terminal.folder().join("out").exists());
            let insists = terminal.run(&[&command, ["--no-validate"].as_slice()].concat());
            assert_eq!(insists.status, Some(0), "{insists:?}");
            std::fs::remove_file(terminal.folder().join("out")).unwrap();
        }
        let command = ["compile", "tail.wat", "--format", format, "-o", "out"];
        terminal.run(&command).fails(1, &["tail.wat:3:6", "--enable tail_call"]);
        assert_eq!(
            terminal.run(&[&command, ["--enable", "tail_call"].as_slice()].concat()).status,
            Some(0)
        );
        std::fs::remove_file(terminal.folder().join("out")).unwrap();
    }
}

#[test]
fn what_a_compiler_lacks_has_its_plain_name_its_line_and_who_takes_it() {
    let terminal = Terminal::new();
    terminal.file("tail.wat", TAIL_CALL);
    terminal.file("results.wat", SEVERAL_RESULTS);
    let run = |file: &str, compiler: &str| {
        terminal.run(&[
            "run",
            file,
            "--compiler",
            compiler,
            "--enable",
            "tail_call",
            "--unknown-imports",
            "trap",
        ])
    };
    let mut others = vec!["Cranelift"];
    if watshop_tests::has_llvm() {
        others.push("LLVM");
        let takes = ["tail.wat:3:6", "`return_call`: it has no tail calls", "LLVM takes it"];
        run("tail.wat", "cranelift").fails(1, &takes);
        run("tail.wat", "singlepass").fails(1, &takes);
    }
    let said = run("results.wat", "singlepass");
    said.fails(1, &["results.wat:3:4", "more than one result"]).fails(1, &others);
    for raw in ["assertion", "::", ".rs", "{"] {
        assert!(!said.stderr.contains(raw), "{said:?}");
    }
    assert_eq!(run("results.wat", "cranelift").status, Some(0));
}

/// The table was made with 32-bit indices, and instantiation failed with "A host function failed
/// unexpectedly".
#[test]
fn tables_and_memories_of_64_bits_are_refused_by_name_before_anything_runs() {
    let terminal = Terminal::new();
    let table = "(module\n (table i64 2 funcref)\n (elem (i64.const 0) $f)\n (func $f (export \"f\") (result i32) (i32.const 7)))";
    for (text, place, words) in [
        (table, "wide.wat:2:3", "tables with 64-bit indices (the proposal memory64)"),
        (
            "(module (func (export \"f\"))\n (memory i64 1))",
            "wide.wat:2:3",
            "memories with 64-bit addresses",
        ),
        ("(module\n (import \"a\" \"b\" (table i64 1 funcref)))", "wide.wat:2:3", "memory64"),
    ] {
        terminal.file("wide.wat", text);
        for compiler in compilers() {
            let command = [
                "run",
                "wide.wat",
                "--invoke",
                "f",
                "--enable",
                "memory64",
                "--compiler",
                compiler.as_str(),
            ];
            terminal.run(&command).fails(1, &[place, words, "No other compiler"]);
        }
    }
}

#[test]
fn a_literal_of_a_text_has_the_bits_of_an_argument() {
    let terminal = Terminal::new();
    terminal.file(
        "float.wat",
        "(module
          (func (export \"literal\") (result i32) (i32.reinterpret_f32 (f32.const 0x1.00000001p-150)))
          (func (export \"argument\") (param f32) (result i32) (i32.reinterpret_f32 (local.get 0)))
          (func (export \"double\") (result i64)
            (i64.reinterpret_f64 (f64.const 0x1.0000000000000001p-1075)))
          (func (export \"lane\") (result i32)
            (i32x4.extract_lane 2 (v128.const f32x4 0 0 -0x1.00000001p-150 0))))",
    );
    let run = |export: &[&str]| terminal.run(&[&["run", "float.wat", "--invoke"], export].concat());
    run(&["literal"]).prints("1\n");
    run(&["argument", "0x1.00000001p-150"]).prints("1\n");
    run(&["double"]).prints("1\n");
    run(&["lane"]).prints("-2147483647\n");
}

#[test]
fn old_and_misspelt_names_are_told_with_todays() {
    let terminal = Terminal::new();
    for (text, said) in [
        ("(module\n (table 1 anyfunc))", ["bad.wat:2:11", "`anyfunc` is called `funcref` today."]),
        (
            "(module (func (param i32)\n get_local 0 drop))",
            ["bad.wat:2:2", "`get_local` is called `local.get` today."],
        ),
        (
            "(module (func\n i32.wrap/i64))",
            ["bad.wat:2:2", "`i32.wrap/i64` is called `i32.wrap_i64` today."],
        ),
        ("(module (func (reslt i32)))", ["bad.wat:1:16", "Perhaps `result` is meant."]),
        ("(module // adds\n)", ["bad.wat:1:9", "`;;`, not with `//`"]),
    ] {
        terminal.file("bad.wat", text);
        for command in [["run", "bad.wat"], ["inspect", "bad.wat"]] {
            terminal.run(&command).fails(1, &said);
        }
    }
    let select = "(module (func (param funcref funcref i32) (result funcref)\n (select (local.get 0) (local.get 1) (local.get 2))))";
    terminal.file("bad.wat", select);
    terminal.run(&["run", "bad.wat"]).fails(1, &["bad.wat:2:3", "`select (result funcref)`"]);
}

#[test]
fn another_encoding_is_named() {
    let terminal = Terminal::new();
    let text = ";; sum\n(module)";
    terminal.file("low.wat", text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    terminal.file("high.wat", text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>());
    terminal.file("latin.wat", b"(module\n ;; caf\xe9\n)");
    for command in ["run", "inspect"] {
        terminal.run(&[command, "low.wat"]).fails(1, &["UTF-16 (low byte first)", "UTF-8"]);
        terminal.run(&[command, "high.wat"]).fails(1, &["UTF-16 (high byte first)", "UTF-8"]);
        terminal.run(&[command, "latin.wat"]).fails(1, &["latin.wat:2:8", "0xe9", "Latin-1", "é"]);
    }
}

#[test]
fn a_start_of_a_program_with_parameters_is_told_so() {
    let terminal = Terminal::new();
    for kind in ["(param i32)", "(result i32)"] {
        let import = "(import \"wasi_snapshot_preview1\" \"proc_exit\" (func (param i32)))";
        let start = format!("(func (export \"_start\") {kind} unreachable)");
        terminal.file("p.wat", format!("(module {import} (memory (export \"memory\") 1) {start})"));
        for more in [[].as_slice(), &["--invoke", "_start", "--", "3"], &["--invoke", "_start"]] {
            let said = terminal.run(&[&["run", "p.wat"], more].concat());
            said.fails(
                1,
                &["`_start` of a WASI program takes no parameters and returns nothing", "args_get"],
            );
        }
    }
}

#[test]
fn webassembly_is_told_to_be_no_target() {
    let terminal = Terminal::new();
    terminal.file("m.wat", "(module)");
    for triple in ["wasm32-unknown-unknown", "wasm32-wasip1", "wasm64-unknown-unknown"] {
        let command = ["compile", "m.wat", "--target", triple, "-o", "out.wshop"];
        terminal
            .run(&command)
            .fails(1, &[triple, "is WebAssembly", "x86_64-unknown-linux-gnu", "watshop targets"]);
    }
}

/// Cranelift said that "x86 support requires SSE2", with the path of its source.
#[test]
fn a_cpu_feature_brings_those_below_it() {
    let terminal = Terminal::new();
    terminal
        .file("m.wat", "(module (func (export \"f\") (result f64) (f64.ceil (f64.const 1.5))))");
    for feature in ["sse4.2", "avx", "avx2", "fma", "bmi2", "avx512f", "none", "baseline", "popcnt"]
    {
        for compiler in compilers() {
            let command = [
                "compile",
                "m.wat",
                "--target",
                "x86_64-unknown-linux-gnu",
                "--cpu-feature",
                feature,
                "--compiler",
                compiler.as_str(),
                "-o",
                "out.wshop",
            ];
            let made = terminal.run(&command);
            let avx = ["avx", "avx2", "fma", "bmi2", "avx512f"].contains(&feature);
            if compiler == Compiler::Singlepass && !avx {
                made.fails(1, &["AVX"]);
            } else {
                assert_eq!(made.status, Some(0), "{feature} {compiler:?}: {made:?}");
            }
        }
    }
}

#[test]
fn what_a_file_says_cannot_steer_a_terminal() {
    let terminal = Terminal::new();
    let long = "n".repeat(99_000);
    let text = format!(
        "(module (import \"env\" \"\\u{{1b}}[2Jgone\\0a\" (func))
          (import \"env\" \"\\u{{202e}}cod.txt\" (func))
          (import \"env\" \"{long}\" (func))
          (func (export \"\\u{{9b}}31m\")))"
    );
    terminal.file("evil.wasm", wat::parse_str(text).unwrap());
    let inspected = terminal.run(&["inspect", "evil.wasm"]);
    let refused = terminal.run(&["run", "evil.wasm"]);
    let json = terminal.run(&["inspect", "evil.wasm", "--json"]);
    for said in [&inspected.stdout, &refused.stderr, &json.stdout] {
        assert!(!said.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'), "{said:?}");
    }
    for said in [&inspected.stdout, &refused.stderr] {
        assert!(
            said.contains("\\u{1b}[2Jgone\\u{a}") && said.contains("\\u{202e}cod.txt"),
            "{said}"
        );
        assert!(said.contains("more characters)") && said.len() < 4000, "{said}");
    }
    assert!(inspected.stdout.contains("\\u{9b}31m"), "{inspected:?}");
    let parsed: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(parsed["imports"][1]["name"], "\u{202e}cod.txt");
}
