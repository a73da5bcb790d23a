//! Tests of globals and tables, which are read and changed from outside, and of many calls.

use std::time::{Duration, Instant};

use watshop_protocol::instance::{
    Call, CallAnswer, CallMany, CallManyAnswer, Exports, GrowTable, ReadTable, SetElement,
    SetGlobal, Stop, TablePiece,
};
use watshop_protocol::page::{
    Compiler, Engine, ErrorCode, ExportState, Repeats, TableElement, TableEntry,
};
use watshop_protocol::process::runner::CallEnd;

use crate::process::{Runner, compilers, size, value};

const MODULE: &str = r#"
(module
  (type $number (func (result i32)))
  (global $i (export "i") (mut i64) (i64.const 1))
  (global $v (export "v") (mut v128) (v128.const i64x2 0 0))
  (global $r (export "r") (mut externref) (ref.null extern))
  (global (export "constant") i32 (i32.const 3))
  (table $t (export "t") 3 5 funcref)
  (table (export "x") 2 externref)
  (elem (i32.const 1) $named)
  (func $named (result i32) i32.const 10)
  (func (export "eleven") (result i32) i32.const 11)
  (func (export "i_plus_one") (result i64) (i64.add (global.get $i) (i64.const 1)))
  (func (export "through") (param i32) (result i32) (call_indirect $t (type $number) (local.get 0)))
  (func (export "count") (result i64)
    (global.set $i (i64.add (global.get $i) (i64.const 1)))
    (global.get $i))
  (func (export "until") (param i64)
    (global.set $i (i64.add (global.get $i) (i64.const 1)))
    (if (i64.gt_u (global.get $i) (local.get 0)) (then unreachable)))
  (func (export "spin") (loop $l (br $l)))
  (func (export "spread") (loop $l (drop (table.grow $t (ref.null func) (i32.const 1))) (br $l))))
"#;

fn set(runner: &mut Runner, global: &str, value: &str) -> Result<Vec<ExportState>, ErrorCode> {
    exports(runner.ask(SetGlobal { global: global.into(), value: value.into() }))
}

fn put(
    runner: &mut Runner,
    table: &str,
    index: u32,
    entry: TableEntry,
) -> Result<Vec<ExportState>, ErrorCode> {
    exports(runner.ask(SetElement { table: table.into(), index, entry }))
}

fn grow(runner: &mut Runner, table: &str, delta: u32) -> Result<Vec<ExportState>, ErrorCode> {
    exports(runner.ask(GrowTable { table: table.into(), delta }))
}

fn exports(answer: watshop_protocol::page::Result<Exports>) -> Result<Vec<ExportState>, ErrorCode> {
    answer.map(|answer| answer.exports.exports().collect()).map_err(|error| error.code)
}

fn elements(
    runner: &mut Runner,
    table: &str,
    offset: u32,
    length: u32,
) -> (u32, Vec<TableElement>) {
    let TablePiece { size, elements } =
        runner.ask(ReadTable { table: table.into(), offset, length }).unwrap();
    (size, elements)
}

fn texts(runner: &mut Runner, table: &str) -> Vec<String> {
    elements(runner, table, 0, 1000).1.into_iter().map(|element| element.value.value).collect()
}

#[test]
fn a_global_is_set_bit_for_bit_and_the_guest_sees_it() {
    for engine in Engine::ALL {
        let mut runner = Runner::with(MODULE, engine);
        let after = set(&mut runner, "i", "9007199254740993").unwrap();
        assert_eq!(value(&after, "i").value, "9007199254740993");
        assert_eq!(runner.call("i_plus_one", &[]), ["9007199254740994"]);
        let after = set(&mut runner, "v", "i32x4 1 2 3 -1").unwrap();
        assert_eq!(value(&after, "v").value, "0xffffffff000000030000000200000001");
        assert_eq!(value(&set(&mut runner, "r", "extern 7").unwrap(), "r").value, "extern 7");
        assert_eq!(value(&set(&mut runner, "r", "null").unwrap(), "r").value, "null");
    }
}

#[test]
fn a_global_that_cannot_be_set_says_why() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    assert_eq!(set(&mut runner, "constant", "1"), Err(ErrorCode::Immutable));
    assert_eq!(set(&mut runner, "i", "18446744073709551616"), Err(ErrorCode::ArgumentType));
    assert_eq!(set(&mut runner, "t", "1"), Err(ErrorCode::UnknownExport));
    assert_eq!(set(&mut runner, "nothing", "1"), Err(ErrorCode::UnknownExport));
    assert_eq!(value(&runner.exports().unwrap(), "i").value, "1");
}

#[test]
fn elements_of_a_table_have_the_names_of_their_functions() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let (size, all) = elements(&mut runner, "t", 0, 100);
    let shown: Vec<_> = all.iter().map(|e| (e.value.value.as_str(), e.name.as_deref())).collect();
    assert_eq!(size, 3);
    assert_eq!(shown, [("null", None), ("func 0", Some("named")), ("null", None)]);
    let (_, last) = elements(&mut runner, "t", 2, 100);
    assert_eq!(last.len(), 1);
    assert_eq!(elements(&mut runner, "t", u32::MAX, 1000), (3, Vec::new()));
    let much = runner.ask(ReadTable { table: "t".into(), offset: 0, length: 1001 });
    assert_eq!(much.unwrap_err().code, ErrorCode::BadRequest);
    let no_table = runner.ask(ReadTable { table: "i".into(), offset: 0, length: 1 });
    assert_eq!(no_table.unwrap_err().code, ErrorCode::UnknownExport);
}

#[test]
fn a_function_that_is_put_into_a_table_is_the_one_that_is_called_through_it() {
    for engine in Engine::ALL {
        let mut runner = Runner::with(MODULE, engine);
        put(&mut runner, "t", 0, TableEntry::Export("eleven".into())).unwrap();
        put(&mut runner, "t", 2, TableEntry::Value("func 0".into())).unwrap();
        put(&mut runner, "t", 1, TableEntry::Value("null".into())).unwrap();
        assert_eq!(texts(&mut runner, "t"), ["func 1", "null", "func 0"]);
        assert_eq!(elements(&mut runner, "t", 0, 1).1[0].name.as_deref(), Some("\"eleven\""));
        assert_eq!(runner.call("through", &["0"]), ["11"]);
        assert_eq!(runner.call("through", &["2"]), ["10"]);
        put(&mut runner, "x", 1, TableEntry::Value("extern 9".into())).unwrap();
        assert_eq!(texts(&mut runner, "x"), ["null", "extern 9"]);
    }
}

#[test]
fn what_cannot_be_put_into_a_table_is_refused_and_the_table_stays() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let export = |name: &str| TableEntry::Export(name.into());
    let text = |text: &str| TableEntry::Value(text.into());
    assert_eq!(put(&mut runner, "t", 3, text("null")), Err(ErrorCode::OutOfBounds));
    assert_eq!(put(&mut runner, "t", 0, text("extern 1")), Err(ErrorCode::ArgumentType));
    assert_eq!(put(&mut runner, "t", 0, text("func 99")), Err(ErrorCode::ArgumentType));
    assert_eq!(put(&mut runner, "t", 0, export("elevn")), Err(ErrorCode::UnknownExport));
    assert_eq!(put(&mut runner, "t", 0, export("i")), Err(ErrorCode::NotAFunction));
    assert_eq!(put(&mut runner, "x", 0, export("eleven")), Err(ErrorCode::ArgumentType));
    assert_eq!(texts(&mut runner, "t"), ["null", "func 0", "null"]);
}

#[test]
fn a_table_grows_by_nulls_up_to_its_maximum() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    assert_eq!(size(&grow(&mut runner, "t", 2).unwrap(), "t"), 5);
    assert_eq!(texts(&mut runner, "t"), ["null", "func 0", "null", "null", "null"]);
    assert_eq!(grow(&mut runner, "t", 1), Err(ErrorCode::TableLimit));
    assert_eq!(grow(&mut runner, "t", u32::MAX), Err(ErrorCode::TableLimit));
    assert_eq!(grow(&mut runner, "i", 1), Err(ErrorCode::UnknownExport));
    assert_eq!(size(&grow(&mut runner, "x", 0).unwrap(), "x"), 2);
}

#[test]
fn a_table_is_read_while_the_guest_grows_it() {
    let mut runner = Runner::with(&MODULE.replace("3 5 funcref", "3 funcref"), Engine::Jit);
    let id = runner.post(Call { export: "spread".into(), arguments: Vec::new(), limit_ms: 0 });
    let until = Instant::now() + Duration::from_secs(30);
    let mut before = 3;
    // The size is read up to the limit of the tab, because a Stop before the guest has begun would
    // end no guest.
    while before < 1_000_000 {
        assert!(Instant::now() < until, "the table had {before} elements");
        let answer = runner.ask(ReadTable { table: "t".into(), offset: 0, length: 3 });
        // A table moves when it grows, and a reader may have to ask again.
        let Ok(TablePiece { size, elements }) = answer else { continue };
        assert_eq!(elements[1].name.as_deref(), Some("named"));
        assert!(size >= before);
        before = size;
    }
    runner.ask(Stop {}).unwrap();
    assert!(matches!(runner.wait(id).unwrap(), CallAnswer { ended: CallEnd::Failed(_), .. }));
}

fn many(export: &str, arguments: &[&str], times: u32, limit_ms: u32) -> CallMany {
    let arguments = arguments.iter().map(|text| (*text).to_owned()).collect();
    CallMany { export: export.into(), arguments, times, limit_ms }
}

#[test]
fn many_calls_give_figures_and_the_last_results() {
    for by in compilers() {
        let mut runner = Runner::made_by(by, &without_vectors(by), Engine::Jit);
        let CallManyAnswer { call_ns, figures, ended, exports, .. } =
            runner.ask(many("count", &[], 1000, 10_000)).unwrap();
        let CallEnd::Returned(results) = ended else { panic!("it ended with {ended:?}") };
        assert_eq!(results[0].value, "1001");
        assert_eq!(value(&exports, "i").value, "1001");
        let figures = figures.unwrap();
        assert_eq!(figures.calls, 1000);
        assert!(figures.min_ns <= figures.median_ns && figures.median_ns <= figures.max_ns);
        assert!(figures.min_ns <= figures.mean_ns && figures.mean_ns <= figures.max_ns);
        assert_eq!(figures.mean_ns, call_ns / 1000);
    }
}

/// The same text without globals of v128, which Singlepass cannot compile.
fn without_vectors(by: Compiler) -> String {
    let global = r#"(global $v (export "v") (mut v128) (v128.const i64x2 0 0))"#;
    match by {
        Compiler::Singlepass => MODULE.replace(global, ""),
        _ => MODULE.to_owned(),
    }
}

#[test]
fn a_trap_ends_many_calls_and_leaves_the_figures_of_those_before_it() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let answer = runner.ask(many("until", &["5"], 1000, 0)).unwrap();
    let CallManyAnswer { figures, ended: CallEnd::Failed(error), .. } = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(error.code, ErrorCode::Trap);
    assert_eq!(figures.unwrap().calls, 4);
    let refused = runner.ask(many("until", &["x"], 10, 0)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::ArgumentType);
}

#[test]
fn many_calls_tell_how_far_they_are_and_are_stopped_in_between() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let id = runner.post(many("count", &[], u32::MAX, 0));
    let Repeats { done, times } = runner.wait_repeats();
    assert!(done > 0 && times == u32::MAX);
    runner.ask(Stop {}).unwrap();
    let answer = runner.wait(id).unwrap();
    let CallManyAnswer { figures, ended: CallEnd::Failed(error), .. } = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(error.code, ErrorCode::Stopped);
    assert!(figures.unwrap().calls >= done);
    assert_eq!(runner.call("through", &["1"]), ["10"]);
}

#[test]
fn the_time_limit_is_one_for_each_call_and_not_for_all_together() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let id = runner.post(many("count", &[], u32::MAX, 500));
    // Progress is reported every 50 ms, so 12 reports take longer than one call may.
    for _ in 0..12 {
        runner.wait_repeats();
    }
    runner.ask(Stop {}).unwrap();
    let answer = runner.wait(id).unwrap();
    let CallManyAnswer { ended: CallEnd::Failed(error), .. } = answer else { panic!("{answer:?}") };
    assert_eq!(error.code, ErrorCode::Stopped);
    let answer = runner.ask(many("spin", &[], 10, 40)).unwrap();
    let CallManyAnswer { figures: None, ended: CallEnd::Failed(error), .. } = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(error.code, ErrorCode::CallTime);
}
