use super::*;
use crate::parse;

/// One module for each proposal that needs it.
const NEEDING: [(&str, &str); 12] = [
    ("multi_value", "(module (func (result i32 i32) (i32.const 1) (i32.const 2)))"),
    (
        "bulk_memory",
        "(module (memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 1))))",
    ),
    ("reference_types", "(module (func (param externref)))"),
    ("simd", "(module (func (drop (v128.const i64x2 1 2))))"),
    ("threads", "(module (memory 1 1 shared))"),
    ("extended_const", "(module (global i32 (i32.add (i32.const 1) (i32.const 2))))"),
    ("multi_memory", "(module (memory 1) (memory 1))"),
    ("tail_call", "(module (func $f return_call $f))"),
    ("exceptions", "(module (tag $t) (func throw $t))"),
    (
        "relaxed_simd",
        "(module (func (param v128) (result v128) (i32x4.relaxed_trunc_f32x4_s (local.get 0))))",
    ),
    (
        "wide_arithmetic",
        "(module (func (param i64) (result i64 i64) (i64.mul_wide_s (local.get 0) (local.get 0))))",
    ),
    ("memory64", "(module (memory i64 1))"),
];

fn all_but(switch: &str) -> Proposals {
    let mut proposals = Proposals::all();
    let field = match switch {
        "multi_value" => &mut proposals.multi_value,
        "bulk_memory" => &mut proposals.bulk_memory,
        "reference_types" => &mut proposals.reference_types,
        "simd" => &mut proposals.simd,
        "threads" => &mut proposals.threads,
        "extended_const" => &mut proposals.extended_const,
        "multi_memory" => &mut proposals.multi_memory,
        "tail_call" => &mut proposals.tail_call,
        "exceptions" => &mut proposals.exceptions,
        "relaxed_simd" => &mut proposals.relaxed_simd,
        "wide_arithmetic" => &mut proposals.wide_arithmetic,
        "memory64" => &mut proposals.memory64,
        other => panic!("no switch `{other}`"),
    };
    *field = false;
    proposals
}

#[test]
fn an_error_names_the_switch_that_it_hangs_on() {
    for (switch, text) in NEEDING {
        let binary = parse(text).unwrap();
        validate(&binary, &Proposals::all()).unwrap();
        let error = validate(&binary, &all_but(switch)).unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidModule);
        assert_eq!(error.proposal.as_deref(), Some(switch), "{}", error.message);
        assert!(error.message.contains(&format!("`{switch}`")), "{}", error.message);
        assert!(error.at.unwrap().offset.is_some());
    }
}

#[test]
fn an_error_that_no_switch_cures_names_none() {
    let binary = parse("(module (func (result i32) (i64.const 1)))").unwrap();
    let error = validate(&binary, &Proposals::default()).unwrap_err();
    assert_eq!(
        error.message,
        "Type mismatch: an i32 is needed here, but the value on the stack is an i64."
    );
    assert_eq!(error.proposal, None);
}

#[test]
fn proposals_needed_are_those_without_which_it_is_invalid() {
    for (switch, text) in NEEDING {
        let binary = parse(text).unwrap();
        let found = crate::summarize(&binary).unwrap().proposals;
        let needed: Vec<_> = NEEDING
            .iter()
            .map(|(s, _)| *s)
            .filter(|s| validate(&binary, &all_but(s)).is_err())
            .collect();
        assert!(needed.contains(&switch), "{switch}");
        assert_eq!(found, needed, "{switch}");
    }
}

#[test]
fn what_wasmer_lacks_is_said_to_be_lacking() {
    let error =
        validate(&parse("(module (type (struct)))").unwrap(), &Proposals::all()).unwrap_err();
    assert!(error.message.contains("Wasmer 7.5 does not have"), "{}", error.message);
    assert_eq!(error.proposal, None);
}

#[test]
fn what_is_not_a_module_has_its_own_code() {
    let code = |bytes: &[u8]| validate(bytes, &Proposals::default()).unwrap_err().code;
    assert_eq!(code(b""), ErrorCode::EmptyFile);
    assert_eq!(code(b"GIF89a"), ErrorCode::NotAModule);
    assert_eq!(code(b"\0asm\x0d\0\x01\0"), ErrorCode::NotAModule);
    assert_eq!(code(b"\0asm\x02\0\0\0"), ErrorCode::InvalidModule);
    assert_eq!(code(b"\0asm\x01\0\0\0\x01"), ErrorCode::InvalidModule);
}

#[test]
fn each_bad_function_is_one_problem() {
    let text = "(module (func (result i32)) (func) (func i32.const 1) (func i32.add drop))";
    let binary = parse(text).unwrap();
    let problems = check_binary(&binary, &Proposals::default());
    assert_eq!(problems.len(), 3);
    assert!(problems.windows(2).all(|pair| pair[0].at.offset < pair[1].at.offset));
    assert!(problems.iter().all(|problem| problem.at.line.is_some()), "{problems:?}");
}
