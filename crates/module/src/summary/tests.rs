use super::*;
use crate::parse;
use watshop_protocol::page::ValueType;

fn summary(text: &str) -> ModuleSummary {
    summarize(&parse(text).unwrap()).unwrap()
}

#[test]
fn imports_and_exports_have_their_full_types() {
    let summary = summary(
        r#"(module $shop
            (import "env" "log" (func (param i32 f64)))
            (import "env" "mem" (memory 1 9))
            (import "env" "g" (global (mut i64)))
            (func (export "two") (result i32 v128) i32.const 1 v128.const i64x2 0 0)
            (table (export "t") 2 externref)
            (export "m" (memory 0)) (export "g" (global 0)) (export "log" (func 0))
            (tag (export "e") (param i32)))"#,
    );
    let shown: Vec<_> =
        summary.imports.iter().map(|i| format!("{}.{} {}", i.module, i.name, i.kind)).collect();
    assert_eq!(
        shown,
        [
            "env.log function (i32, f64)",
            "env.mem memory of 1 to 9 pages",
            "env.g mutable global i64"
        ]
    );
    let shown: Vec<_> = summary.exports.iter().map(|e| format!("{} {}", e.name, e.kind)).collect();
    assert_eq!(
        shown,
        [
            "two function () -> (i32, v128)",
            "t table of 2 externref",
            "m memory of 1 to 9 pages",
            "g mutable global i64",
            "log function (i32, f64)",
            "e tag (i32)",
        ]
    );
    assert_eq!(summary.name.as_deref(), Some("shop"));
    assert_eq!(summary.functions, 1);
    assert_eq!(summary.wasi, None);
    assert!(!summary.command);
}

#[test]
fn sections_lie_where_they_say() {
    let binary =
        parse("(module (memory 1) (func) (data (i32.const 0) \"abc\") (@custom \"note\" \"hi\"))")
            .unwrap();
    let summary = summarize(&binary).unwrap();
    let names: Vec<_> = summary.sections.iter().map(|s| (s.name.as_str(), s.count)).collect();
    assert_eq!(
        names,
        [
            ("type", Some(1)),
            ("function", Some(1)),
            ("memory", Some(1)),
            ("code", Some(1)),
            ("data", Some(1)),
            ("custom \"note\"", None),
        ]
    );
    for pair in summary.sections.windows(2) {
        // One id and one length of one byte stand between two contents.
        assert_eq!(pair[0].offset + pair[0].size + 2, pair[1].offset);
    }
    let last = summary.sections.last().unwrap();
    assert_eq!((last.offset + last.size) as usize, binary.len());
    assert_eq!(summary.size, binary.len() as u64);
    assert_eq!(summary.hash, hash(&binary));
    assert_eq!(summary.hash.len(), 64);
}

#[test]
fn wasi_is_told_by_its_imports_and_a_command_by_its_start() {
    let with = |module: &str, rest: &str| {
        summary(&format!("(module (import \"{module}\" \"x\" (func)) {rest})"))
    };
    let start = "(func (export \"_start\"))";
    assert_eq!(with("wasi_unstable", start).wasi, Some(WasiVersion::Snapshot0));
    assert_eq!(with("wasi_snapshot_preview1", start).wasi, Some(WasiVersion::Preview1));
    assert_eq!(with("wasix_32v1", start).wasi, Some(WasiVersion::Wasix));
    assert!(with("wasi_unstable", start).command);
    assert!(!with("wasi_unstable", "").command);
    assert!(!with("wasi_unstable", "(func (export \"_start\") (param i32))").command);
    assert!(!with("env", start).command);
}

#[test]
fn types_beyond_the_contract_are_errors_or_the_nearest_type() {
    let error =
        summarize(&parse("(module (import \"a\" \"b\" (global anyref)))").unwrap()).unwrap_err();
    assert_eq!(error.code, ErrorCode::InvalidModule);
    assert!(error.message.contains("Wasmer 7.5"), "{}", error.message);
    let typed = summary("(module (type $t (func)) (func (export \"f\") (param (ref null $t))))");
    let ExternType::Function { params, .. } = &typed.exports[0].kind else { panic!() };
    assert_eq!(params[..], [ValueType::FuncRef]);
}

#[test]
fn a_body_that_breaks_a_rule_does_not_hide_the_rest() {
    let summary = summary(
        "(module (func (export \"bad\") (result i32)) (func (export \"good\") return_call 0))",
    );
    assert_eq!(summary.exports.len(), 2);
}

#[test]
fn a_module_cut_off_says_where() {
    let binary = parse("(module (func (export \"f\")))").unwrap();
    for end in 8..binary.len() {
        if let Err(error) = summarize(&binary[..end]) {
            assert_eq!(error.code, ErrorCode::InvalidModule);
            assert!(error.at.unwrap().offset.unwrap() as usize <= end);
        }
    }
    assert!(summarize(&binary[..binary.len() - 1]).is_err());
}

#[test]
fn the_start_function_is_known_by_its_index_and_its_name() {
    let named = summary(r#"(module (import "m" "f" (func)) (func $set_up) (start $set_up))"#);
    assert_eq!(named.start, Some(StartFunction { index: 1, name: Some("set_up".into()) }));
    assert_eq!(
        summary("(module (func) (start 0))").start,
        Some(StartFunction { index: 0, name: None })
    );
    assert_eq!(summary("(module (func))").start, None);
}
