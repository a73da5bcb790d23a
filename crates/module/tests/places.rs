//! Every error of a text has the line and column of its subject.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

use watshop_module::check_text;
use watshop_protocol::page::{Problem, Proposals};

fn first(text: &str, proposals: &Proposals) -> Problem {
    let checked = check_text(text, proposals);
    checked.problems.into_iter().next().unwrap_or_else(|| panic!("no problem: {text}"))
}

/// The words that the first problem underlines, and its line.
fn underlined(text: &str, proposals: &Proposals) -> String {
    let problem = first(text, proposals);
    let Some((line, column)) = problem.at.line.zip(problem.at.column) else {
        panic!("no place for {problem:?} in {text}")
    };
    let words = text.lines().nth(line as usize - 1).unwrap();
    let words: String =
        words.chars().skip(column as usize - 1).take(problem.length as usize).collect();
    format!("{line} {words}")
}

/// All proposals except some.
fn without(names: &[&str]) -> Proposals {
    let mut value = serde_json::to_value(Proposals::all()).unwrap();
    for name in names {
        value[*name] = false.into();
    }
    serde_json::from_value(value).unwrap()
}

#[test]
fn what_is_wrong_with_a_field_or_a_section_has_the_place_of_the_field() {
    for (text, right) in [
        ("(module\n (func $a)\n (start $a)\n (start $a))", "4 $a"),
        ("(module\n (func (param i32))\n (start 0))", "3 0"),
        ("(module\n (start 7))", "2 7"),
        ("(module\n (func)\n (export \"a\" (func 0))\n (export \"a\" (func 0)))", "4 export"),
        ("(module\n (func (export \"a\"))\n (func (export \"a\")))", "3 func"),
        ("(module\n (export \"a\" (memory 0)))", "2 export"),
        ("(module\n (memory 1)\n (memory 70000))", "3 memory"),
        ("(module\n (memory 3 2))", "2 memory"),
        ("(module\n (memory 1 shared))", "2 memory"),
        ("(module\n (table 3 2 funcref))", "2 table"),
        ("(module\n (func (type 5)))", "2 func"),
        ("(module\n (import \"a\" \"b\" (func (type 5))))", "2 import"),
        ("(module\n (tag (result i32)))", "2 tag"),
        ("(module\n (data (i32.const 0) \"a\"))", "2 data"),
        ("(module\n (elem (i32.const 0) func))", "2 elem"),
        (
            "(module\n (table 1 externref)\n (elem (i32.const 0) funcref\n (ref.null func)))",
            "3 elem",
        ),
    ] {
        assert_eq!(
            underlined(text, &Proposals::all()),
            right,
            "{:?}",
            first(text, &Proposals::all()).message
        );
    }
}

#[test]
fn an_error_in_a_constant_expression_has_the_place_of_its_instruction() {
    for (text, right) in [
        ("(module\n (func $f (result i32) (i32.const 1))\n (global i32\n  (call $f)))", "4 call"),
        ("(module (global i32\n (i32.add\n  (i32.const 1)\n  (i64.const 1))))", "2 i32.add"),
        (
            "(module (global $g (mut i32) (i32.const 1))\n (global i32\n  (global.get $g)))",
            "3 global.get",
        ),
        ("(module (global i32\n (global.get 7)))", "2 global.get"),
        (
            "(module (memory 1)\n (data (i32.const 0) \"a\")\n (data (offset\n  (i64.const 0)\n  nop) \"a\"))",
            "5 nop",
        ),
        ("(module (memory 1)\n (data\n  (i32.load (i32.const 0)) \"a\"))", "3 i32.load"),
        ("(module (table 1 funcref)\n (elem (i32.const 0) $f\n  9) (func $f))", "3 9"),
        ("(module (table 1 funcref) (func $f)\n (elem (i32.const 0) func $f\n  $f 3 $f))", "3 3"),
        (
            "(module (table 1 funcref)\n (elem (i32.const 0) funcref\n  (ref.null func)\n  (ref.func 9)))",
            "4 ref.func",
        ),
        ("(module (table 1 funcref)\n (elem\n  (memory.size) func))", "3 memory.size"),
    ] {
        assert_eq!(
            underlined(text, &Proposals::all()),
            right,
            "{:?}",
            first(text, &Proposals::all()).message
        );
    }
}

#[test]
fn a_proposal_that_is_off_is_told_where_the_text_needs_it() {
    for (off, text, right) in [
        ("simd", "(module\n (func\n  (local i32\n   v128)))", "4 v128"),
        ("simd", "(module\n (import \"a\" \"b\" (func (param\n  v128))))", "3 v128"),
        ("simd", "(module\n (global (mut\n  v128) (v128.const i64x2 0 0)))", "3 v128"),
        ("simd", "(module\n (func\n  (drop (v128.const i64x2 0 0))))", "3 v128.const"),
        (
            "simd",
            "(module\n (func (result i32)\n  i32.const 0\n  i32x4.splat\n  i32x4.extract_lane 0))",
            "4 i32x4.splat",
        ),
        ("reference_types", "(module\n (func (param i32)\n  (param externref)))", "3 externref"),
        ("reference_types", "(module\n (type (func (result\n  externref))))", "3 externref"),
        ("reference_types", "(module\n (table 1 externref))", "2 externref"),
        ("reference_types", "(module\n (table 1 funcref)\n (table 1 funcref))", "3 table"),
        (
            "reference_types",
            "(module (table 1 funcref)\n (func\n  (drop (table.size 0))))",
            "3 table.size",
        ),
        ("bulk_memory", "(module (memory 1)\n (data \"a\"))", "2 data"),
        (
            "bulk_memory",
            "(module (memory 1)\n (data $d \"a\")\n (func\n  (data.drop $d)))",
            "4 data.drop",
        ),
        ("bulk_memory", "(module (func $f)\n (elem func $f))", "2 elem"),
        ("bulk_memory", "(module (func $f)\n (elem declare func $f))", "2 elem"),
        (
            "bulk_memory",
            "(module (memory 1) (func\n (memory.fill (i32.const 0) (i32.const 0) (i32.const 1))))",
            "2 memory.fill",
        ),
        ("multi_value", "(module\n (func (result i32 i32) (i32.const 1) (i32.const 2)))", "2 func"),
        ("multi_value", "(module (func\n (block (param i32) drop)))", "2 block"),
        ("threads", "(module\n (memory 1 1 shared))", "2 memory"),
        (
            "threads",
            "(module (memory 1) (func\n (drop (i32.atomic.load (i32.const 0)))))",
            "2 i32.atomic.load",
        ),
        (
            "extended_const",
            "(module (global i32\n (i32.add (i32.const 1) (i32.const 2))))",
            "2 i32.add",
        ),
        ("multi_memory", "(module\n (memory 1)\n (memory 1))", "3 memory"),
        ("multi_memory", "(module\n (import \"a\" \"b\" (memory 1))\n (memory 1))", "3 memory"),
        (
            "multi_memory",
            "(module\n (import \"a\" \"b\" (memory 1))\n (memory 1)\n (memory 1))",
            "3 memory",
        ),
        (
            "multi_memory",
            "(module\n (import \"a\" \"b\" (memory 1))\n (import \"a\" \"c\" (memory 1)))",
            "3 import",
        ),
        ("tail_call", "(module (func $f\n return_call $f))", "2 return_call"),
        ("exceptions", "(module\n (tag $t)\n (tag $u))", "2 tag"),
        ("exceptions", "(module\n (import \"a\" \"b\" (tag)))", "2 import"),
        ("exceptions", "(module\n (func (param\n  exnref)))", "3 exnref"),
        ("exceptions", "(module (func\n (try_table nop)))", "2 try_table"),
        (
            "relaxed_simd",
            "(module (func (param v128) (result v128)\n (i32x4.relaxed_trunc_f32x4_s (local.get 0))))",
            "2 i32x4.relaxed_trunc_f32x4_s",
        ),
        (
            "wide_arithmetic",
            "(module (func (param i64) (result i64 i64)\n (i64.mul_wide_s (local.get 0) (local.get 0))))",
            "2 i64.mul_wide_s",
        ),
        ("memory64", "(module\n (memory i64 1))", "2 memory"),
        ("memory64", "(module\n (table i64 1 funcref))", "2 table"),
    ] {
        let proposals = without(&[off]);
        let problem = first(text, &proposals);
        assert_eq!(underlined(text, &proposals), right, "{off}: {}", problem.message);
        let start = format!("This needs the proposal `{off}`, which is off.");
        assert!(problem.message.starts_with(&start), "{off}: {}", problem.message);
        assert_eq!(problem.proposal.as_deref(), Some(off), "{}", problem.message);
    }
}
