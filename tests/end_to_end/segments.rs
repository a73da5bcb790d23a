//! Active segments are written to their places, in order. The error names one that does not fit.

use watshop_tests::terminal::{Ended, Terminal};

use crate::combinations;

/// Calls `f` of a module with every compiler and engine.
fn each(terminal: &Terminal, options: &[&str], check: impl Fn(&Ended)) {
    for (compiler, engine) in combinations() {
        let mut line =
            vec!["run", "m.wat", "--compiler", compiler.as_str(), "--engine", engine.as_str()];
        line.extend_from_slice(options);
        check(&terminal.run(&line));
    }
}

const PAGES: [&str; 2] = ["--memory-pages", "65536"];

#[test]
fn data_is_written_behind_the_first_2_gib_of_a_memory() {
    let terminal = Terminal::new();
    terminal.file(
        "m.wat",
        r#"(module
          (memory (export "m") 65536)
          (global $count (mut i32) (i32.const 0))
          (data (i32.const 0x7ffffff0) "a")
          (data (i32.const 0x80000000) "b")
          (data (i32.const 0xfffffffc) "last")
          (data (i32.const 0x80000000) "c")
          (data $passive "p")
          (data (i32.const 0) "")
          (func $count (global.set $count (i32.add (global.get $count) (i32.const 1))))
          (start $count)
          (func (export "f") (result i32 i32 i32 i32)
            (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 1))
            (i32.load8_u (i32.const 0x7ffffff0)) (i32.load8_u (i32.const 0x80000000)) (i32.load (i32.const -4))
            (i32.add (i32.load8_u (i32.const 0)) (global.get $count))))"#,
    );
    let mut options = vec!["--invoke", "f"];
    options.extend(PAGES);
    // "last" in little-endian order; the start function ran once, after all segments.
    each(&terminal, &options, |ended| _ = ended.prints("97\n99\n1953718636\n113\n"));
}

#[test]
fn an_offset_from_an_imported_global_or_a_sum_reaches_as_far() {
    let terminal = Terminal::new();
    terminal.file(
        "m.wat",
        r#"(module
          (import "env" "memory" (memory 40000))
          (import "env" "base" (global $base i32))
          (data (global.get $base) "a")
          (data (i32.add (global.get $base) (i32.const 0x1000)) "b")
          (data (i32.sub (i32.const 0) (i32.const 0x70000000)) "c")
          (func (export "f") (result i32 i32 i32)
            (i32.load8_u (global.get $base)) (i32.load8_u (i32.add (global.get $base) (i32.const 0x1000)))
            (i32.load8_u (i32.const 0x90000000))))"#,
    );
    let provisions = serde_json::json!({ "schema": 1, "provisions": [
        { "module": "env", "name": "memory", "provider": { "provide": "memory", "minimum": 40000 } },
        { "module": "env", "name": "base", "provider": { "provide": "global", "value": "0x80000100" } },
    ] });
    terminal.file("m.imports.json", provisions.to_string());
    let mut options =
        vec!["--invoke", "f", "--enable", "extended_const", "--imports", "m.imports.json"];
    options.extend(PAGES);
    each(&terminal, &options, |ended| _ = ended.prints("97\n98\n99\n"));
}

#[test]
fn a_segment_that_does_not_fit_is_told_by_name_with_its_line_and_both_sizes() {
    let terminal = Terminal::new();
    terminal.file(
        "m.wat",
        "(module\n  (memory (export \"m\") 1)\n  (data $good (i32.const 10) \"ok\")\n  (data $bad (i32.const 65534) \"four\")\n  \
         (func (export \"f\")))",
    );
    each(&terminal, &["--invoke", "f"], |ended| {
        let words = [
            "m.wat:4:",
            "data segment `$bad` does not fit into the memory `m`",
            "it has 4 bytes from 65534 on and reaches to 65538, and there are 65536 bytes",
        ];
        ended.fails(1, &words);
    });

    terminal.file(
        "m.wat",
        "(module\n  (table 3 funcref)\n  (func (export \"f\"))\n  (elem (i32.const 0) 0)\n  (elem (i32.const 2) 0 0))",
    );
    each(&terminal, &["--invoke", "f"], |ended| {
        let words = [
            "m.wat:5:",
            "element segment 1 does not fit into the table 0",
            "2 elements from 2 on and reaches to 4, and there are 3 elements",
        ];
        ended.fails(1, &words);
    });

    // The segment is behind 2 GiB, where a function of Watshop's own writes it. No part of it may
    // be written.
    terminal.file(
        "m.wat",
        "(module\n  (memory 40000 65536)\n  (data (i32.const 0x80000000) \"a\")\n  (data $far (i32.const 0xffffffff) \"xy\")\n  \
         (func (export \"f\")))",
    );
    let mut options = vec!["--invoke", "f"];
    options.extend(PAGES);
    each(&terminal, &options, |ended| {
        ended.fails(
            1,
            &["m.wat:4:", "data segment `$far`", "from 4294967295 on and reaches to 4294967297"],
        );
    });
}

#[test]
fn segments_before_one_that_does_not_fit_are_written_and_those_behind_it_are_not() {
    let terminal = Terminal::new();
    // The first module has the memory, the second fails to write all of its segments, the third
    // reads the memory.
    terminal.file(
        "m.wat",
        r#"(module
          (import "env" "memory" (memory 1 65536))
          (import "env" "at" (global $at i32))
          (import "env" "seen" (func $seen (param i32)))
          (data (i32.const 0) "a")
          (data (global.get $at) "bcd")
          (data (i32.const 1) "e")
          (func (export "f") (result i32) (i32.load (i32.const 0))))"#,
    );
    let with = |at: &str| {
        let provisions = serde_json::json!({ "schema": 1, "provisions": [
            { "module": "env", "name": "memory", "provider": { "provide": "memory", "minimum": 1, "maximum": 2 } },
            { "module": "env", "name": "at", "provider": { "provide": "global", "value": at } },
            { "module": "env", "name": "seen", "provider": { "provide": "value" } },
        ] });
        terminal.file("m.imports.json", provisions.to_string());
    };
    let options = ["--invoke", "f", "--imports", "m.imports.json"];
    with("2");
    each(&terminal, &options, |ended| {
        _ = ended.prints(&format!("{}\n", i32::from_le_bytes(*b"aebc")));
    });
    with("65534");
    each(&terminal, &options, |ended| {
        ended.fails(
            1,
            &[
                "data segment 1 does not fit into the memory `env.memory`",
                "from 65534 on and reaches to 65537",
            ],
        );
    });
    with("-1");
    each(&terminal, &options, |ended| _ = ended.fails(1, &["from 4294967295 on"]));
}

#[test]
fn a_start_function_that_reaches_past_the_end_is_no_segment() {
    let terminal = Terminal::new();
    terminal.file(
        "m.wat",
        "(module\n  (memory 65536)\n  (data (i32.const 0x80000000) \"a\")\n  (func $begin\n    (drop (i64.load (i32.const -1))))\n  \
         (start $begin) (func (export \"f\")))",
    );
    let mut options = vec!["--invoke", "f"];
    options.extend(PAGES);
    each(&terminal, &options, |ended| {
        ended.fails(1, &["past the end of its memory", "n begin."]);
        assert!(!ended.stderr.contains("function 2"), "{ended:?}");
    });
}

#[test]
fn elements_that_are_values_of_globals_are_in_the_table() {
    let terminal = Terminal::new();
    terminal.file(
        "lib.wat",
        r#"(module (func $seven (result i32) (i32.const 7))
        (global (export "g") funcref (ref.func $seven)))"#,
    );
    terminal.file(
        "m.wat",
        r#"(module
          (type $number (func (result i32)))
          (import "lib" "g" (global $g funcref))
          (import "env" "thing" (global $thing externref))
          (table $t 6 funcref) (table $x 2 externref)
          (memory 1)
          (elem (table $t) (i32.const 0) func $own $own $own $own $own $own)
          (elem (table $t) (i32.const 1) funcref (ref.null func) (global.get $g) (ref.func $own) (global.get $g))
          (elem (table $t) (i32.const 4) func $other)
          (elem (table $x) (i32.const 0) externref (global.get $thing) (ref.null extern))
          (data (i32.const 0) "\01")
          (func $own (result i32) (i32.const 1))
          (func $other (result i32) (i32.const 2))
          (func $at (param i32) (result i32) (call_indirect $t (type $number) (local.get 0)))
          (func (export "f") (result i32 i32 i32 i32 i32 i32 i32 i32)
            (call $at (i32.const 0)) (ref.is_null (table.get $t (i32.const 1))) (call $at (i32.const 2))
            (call $at (i32.const 3)) (call $at (i32.const 4)) (call $at (i32.const 5))
            (ref.is_null (table.get $x (i32.const 0))) (i32.load8_u (i32.const 0))))"#,
    );
    let provisions = serde_json::json!({ "schema": 1, "provisions": [
        { "module": "lib", "name": "g", "provider":
            { "provide": "export_of", "of": { "file": "lib.wat" }, "export": "g" } },
        { "module": "env", "name": "thing", "provider": { "provide": "global", "value": "null" } },
    ] });
    terminal.file("m.imports.json", provisions.to_string());
    let options = ["--invoke", "f", "--imports", "m.imports.json"];
    each(&terminal, &options, |ended| _ = ended.prints("1\n1\n7\n1\n2\n1\n1\n1\n"));

    // A segment is written in whole or not at all.
    let text = std::fs::read_to_string(terminal.folder().join("m.wat")).unwrap();
    terminal.file(
        "m.wat",
        text.replace("(table $t 6 funcref)", "(table $t 4 funcref)")
            .replace("$own $own $own $own $own $own", "$own"),
    );
    each(&terminal, &options, |ended| {
        ended.fails(
            1,
            &[
                "m.wat:8:",
                "element segment 1",
                "4 elements from 1 on and reaches to 5, and there are 4",
            ],
        );
    });
}

#[test]
fn passive_segments_of_values_of_globals_and_of_external_references_initialise_tables() {
    let terminal = Terminal::new();
    terminal.file(
        "lib.wat",
        r#"(module (func $seven (result i32) (i32.const 7)) (global (export "g") funcref (ref.func $seven)))"#,
    );
    terminal.file(
        "m.wat",
        r#"(module
          (type $number (func (result i32)))
          (import "lib" "g" (global $g funcref))
          (table $t 4 funcref) (table $u 4 funcref) (table $x 3 externref)
          (elem $e funcref (ref.func $own) (global.get $g) (ref.null func) (global.get $g))
          (elem $null externref (ref.null extern) (ref.null extern))
          (elem $unused funcref (global.get $g))
          (func $own (result i32) (i32.const 1))
          (func $at (param i32) (result i32) (call_indirect $t (type $number) (local.get 0)))
          (func (export "f") (result i32 i32 i32 i32 i32 i32)
            (table.init $t $e (i32.const 1) (i32.const 1) (i32.const 3))
            (table.init $u $e (i32.const 0) (i32.const 0) (i32.const 2))
            (table.init $x $null (i32.const 1) (i32.const 0) (i32.const 2))
            (table.init $x $null (i32.const 3) (i32.const 2) (i32.const 0))
            (elem.drop $e)
            (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 0))
            (ref.is_null (table.get $t (i32.const 0))) (call $at (i32.const 1))
            (ref.is_null (table.get $t (i32.const 2))) (call $at (i32.const 3))
            (call_indirect $u (type $number) (i32.const 0)) (call_indirect $u (type $number) (i32.const 1)))
          (func (export "past the segment") (table.init $t $e (i32.const 0) (i32.const 3) (i32.const 2)))
          (func (export "past the table")
            (table.init $t $e (i32.const 1) (i32.const 0) (i32.const 4)))
          (func (export "far") (table.init $x $null (i32.const 0) (i32.const -1) (i32.const 2)))
          (func (export "dropped")
            (elem.drop $null) (table.init $x $null (i32.const 0) (i32.const 0) (i32.const 1))))"#,
    );
    let provisions = serde_json::json!({ "schema": 1, "provisions": [{ "module": "lib", "name": "g", "provider":
        { "provide": "export_of", "of": { "file": "lib.wat" }, "export": "g" } }] });
    terminal.file("m.imports.json", provisions.to_string());
    let options = |export: &'static str| ["--imports", "m.imports.json", "--invoke", export];
    each(&terminal, &options("f"), |ended| _ = ended.prints("1\n7\n1\n7\n1\n7\n"));
    for export in ["past the segment", "past the table", "far", "dropped"] {
        each(&terminal, &options(export), |ended| {
            ended.fails(1, &["past the end of a table", export]);
            assert!(!ended.stderr.contains("In function"), "{ended:?}");
        });
    }
}

#[test]
fn an_object_file_says_which_segment_it_cannot_have() {
    let terminal = Terminal::new();
    terminal.file(
        "m.wat",
        "(module\n  (import \"m\" \"g\" (global funcref))\n  (table 1 funcref)\n  (elem (i32.const 0) funcref (global.get 0)))",
    );
    terminal.run(&["compile", "m.wat", "--format", "object", "--output", "m.o"]).fails(
        1,
        &["element segment 0 into an object file", "its element 0 is the value of a global"],
    );
}
