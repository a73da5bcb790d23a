use super::*;
use crate::{Lines, parse, validate};

/// Each compiler's refusal of a text, with the line of its place.
fn refusals(text: &str) -> Vec<(Compiler, Error, Option<u32>)> {
    let binary = parse(text).unwrap();
    validate(&binary, &Proposals::all()).unwrap();
    let lines = Lines::of_text(text);
    let told = |compiler| {
        let error = takes(&binary, compiler, &Proposals::all()).err()?;
        let line = error
            .at
            .and_then(|at| lines.place_of(at.offset?, &error.message))
            .and_then(|at| at.line);
        Some((compiler, error, line))
    };
    Compiler::ALL.into_iter().filter_map(told).collect()
}

#[test]
fn what_a_compiler_lacks_is_named_with_its_line_and_with_who_takes_it() {
    use Compiler::{Cranelift, Llvm, Singlepass};
    let fast = [Singlepass].as_slice();
    let quick = [Singlepass, Cranelift].as_slice();
    let every = [Singlepass, Cranelift, Llvm].as_slice();
    for (text, lacking, line, words) in [
        (
            "(module (func\n (drop\n  (i32x4.splat (i32.const 1)))))",
            fast,
            3,
            "`i32x4.splat`: it has no vectors",
        ),
        ("(module\n (func (param\n  v128)))", fast, 3, "`v128`: it has no vectors"),
        ("(module\n (func\n  (local v128)))", fast, 3, "a local of type `v128`"),
        (
            "(module (global $g (import \"a\" \"b\") v128)\n (func\n  (drop (global.get $g))))",
            fast,
            3,
            "`global.get` of a `v128`",
        ),
        (
            "(module (func (param f32 f32) (local v128)\n (drop (f32x4.relaxed_madd (local.get 2) (local.get 2) (local.get 2)))))",
            fast,
            1,
            "v128",
        ),
        ("(module (func $f\n (return_call $f)))", quick, 2, "`return_call`: it has no tail calls"),
        (
            "(module (type $t (func)) (table 1 funcref) (func (type $t)\n (return_call_indirect (type $t) (i32.const 0))))",
            quick,
            2,
            "`return_call_indirect`",
        ),
        ("(module (tag $t) (func\n (throw $t)))", fast, 2, "`throw`: it has no exceptions"),
        ("(module (func\n (try_table nop)))", fast, 2, "`try_table`: it has no exceptions"),
        (
            "(module (func (param i64) (result i64 i64)\n (i64.mul_wide_s (local.get 0) (local.get 0))))",
            fast,
            2,
            "`i64.mul_wide_s`: it has no arithmetic of 128 bits",
        ),
        ("(module\n (import \"a\" \"b\" (func (result i32 i64))))", fast, 2, "the import `a.b`"),
        ("(module\n (memory i64 1))", every, 2, "memory64"),
        ("(module\n (import \"a\" \"b\" (memory i64 1)))", every, 2, "memory64"),
        (
            "(module\n (table i64 2 funcref) (elem (i64.const 0) $f) (func $f (export \"f\") (result i32) (i32.const 7)))",
            every,
            2,
            "64-bit indices",
        ),
    ] {
        let found = refusals(text);
        let who: Vec<_> = found.iter().map(|(compiler, ..)| *compiler).collect();
        assert_eq!(who, lacking, "{text}");
        for (compiler, error, at) in found {
            assert_eq!(error.code, ErrorCode::CompilerRefused);
            assert!(
                error
                    .message
                    .starts_with(&format!("{} of Wasmer 7.5 cannot compile ", compiler.title()))
            );
            assert!(error.message.contains(words), "{}", error.message);
            assert_eq!(at, Some(line), "{compiler:?}: {text}");
            let help = error.help.unwrap();
            for other in Compiler::ALL {
                assert_eq!(help.contains(other.title()), !lacking.contains(&other), "{help}");
                assert_eq!(error.compilers.contains(&other), !lacking.contains(&other));
            }
        }
    }
}

#[test]
fn code_that_nothing_reaches_may_be_any_and_what_is_behind_it_may_not() {
    use Compiler::{Cranelift, Singlepass};
    let vector = "(drop (i32x4.splat (i32.const 1)))";
    for (body, lacking) in [
        (format!("unreachable {vector}"), [].as_slice()),
        (format!("(return) {vector}"), &[]),
        (
            format!(
                "(block (br 0) {vector} (block {vector}) (if (i32.const 1) (then {vector}) (else {vector})))"
            ),
            &[],
        ),
        (format!("(block (br_table 0 0 (i32.const 0)) (loop {vector}))"), &[]),
        (format!("(if (i32.const 1) (then (return) {vector}) (else nop))"), &[]),
        ("unreachable (return_call 0)".to_owned(), &[]),
        (format!("(block (br 0) {vector}) {vector}"), &[Singlepass]),
        (format!("(block (br_if 0 (i32.const 1)) {vector})"), &[Singlepass]),
        (format!("(if (i32.const 1) (then (return)) (else {vector}))"), &[Singlepass]),
        (
            format!("(block (br 0) (if (i32.const 1) (then nop) (else nop)) {vector}) {vector}"),
            &[Singlepass],
        ),
        ("(block (br 0)) (return_call 0)".to_owned(), &[Singlepass, Cranelift]),
        ("unreachable (try_table nop)".to_owned(), &[Singlepass]),
    ] {
        let who: Vec<_> = refusals(&format!("(module (func {body}))"))
            .into_iter()
            .map(|(compiler, ..)| compiler)
            .collect();
        assert_eq!(who, lacking, "{body}");
    }
}

#[test]
fn what_every_compiler_has_is_refused_by_none() {
    for text in [
        "(module)",
        "(module (global v128 (v128.const i64x2 0 0)) (func))",
        "(module (memory 1) (func (result i32 i32) (i32.const 1) (memory.size)))",
        "(module (tag (param i32)) (table 1 funcref) (elem (i32.const 0) funcref (ref.func 0) (ref.null func)) (func))",
        "(module (import \"a\" \"b\" (func (param i32 i64) (result f64))) (table 1 externref))",
        "(module (memory 1 1 shared) (func (drop (i32.atomic.load (i32.const 0))) (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))))",
    ] {
        assert!(refusals(text).is_empty(), "{text}");
    }
}
