//! Benches of calls: samples, batches, limits, and calls that do not return.

use watshop_protocol::instance::{BenchAnswer, BenchCalls, Calibrate, ReadSamples, Stop};
use watshop_protocol::page::{Compiler, Engine, ErrorCode, TrapKind};
use watshop_protocol::process::runner::CallEnd;

use crate::process::{Runner, compilers};

const MODULE: &str = r#"(module
    (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
    (global $i (export "i") (mut i32) (i32.const 0))
    (memory (export "memory") 1)
    (func (export "add") (param i32 i32) (result i32)
        (i32.add (local.get 0) (local.get 1)))
    (func (export "swap") (param i64 f64) (result f64 i64 i32)
        local.get 1 local.get 0 (i32.const 7))
    (func (export "count") (result i32)
        (global.set $i (i32.add (global.get $i) (i32.const 1)))
        (global.get $i))
    (func (export "until") (param i32) (result i32)
        (global.set $i (i32.add (global.get $i) (i32.const 1)))
        (if (i32.eq (global.get $i) (local.get 0)) (then unreachable))
        (i32.const 1))
    (func (export "yield") (result i32) (call $yield))
    (func (export "long") (param i32)
        (loop $next
            (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
            (br_if $next (local.get 0))))
    (func (export "spin") (loop $for_ever (br $for_ever))))"#;

fn bench(export: &str, arguments: &[&str]) -> BenchCalls {
    BenchCalls {
        export: export.into(),
        arguments: arguments.iter().map(|text| (*text).to_owned()).collect(),
        calls: 0,
        time_ms: 20,
        warm_up_ms: 5,
        batch: 0,
        limit_ms: 0,
    }
}

/// The samples of the last bench, which are read in pieces.
fn samples(runner: &mut Runner, count: u32) -> Vec<u64> {
    let mut samples = Vec::new();
    loop {
        let from = u32::try_from(samples.len()).unwrap();
        let asked = runner.post(ReadSamples { from, limit: 1000 });
        let (piece, bytes) = runner.wait_bytes(asked).unwrap();
        assert_eq!(piece.total, count);
        if bytes.is_empty() {
            return samples;
        }
        samples.extend(
            bytes.chunks_exact(8).map(|eight| u64::from_le_bytes(eight.try_into().unwrap())),
        );
    }
}

#[test]
fn short_calls_come_in_batches_that_the_clock_can_see() {
    for by in compilers() {
        for engine in [Engine::Jit, Engine::Native] {
            let mut runner = Runner::made_by(by, MODULE, engine);
            let answer = runner.ask(bench("add", &["40", "2"])).unwrap();
            let BenchAnswer { batch, calls, samples: count, warm_up, varies, ended, .. } = answer;
            let CallEnd::Returned(results) = ended else { panic!("{ended:?}") };
            assert_eq!(results[0].value, "42");
            assert!(batch > 16, "{by:?}: batches of {batch}");
            assert_eq!(calls, u64::from(batch) * u64::from(count));
            assert!(warm_up.calls > 0 && warm_up.first_ns > 0 && !varies);
            let samples = samples(&mut runner, count);
            assert_eq!(samples.len(), count as usize);
            assert!(samples.iter().all(|sample| *sample > 0));
        }
    }
}

#[test]
fn results_of_every_kind_come_back_from_a_batch() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let asked = bench("swap", &["-9223372036854775808", "nan:0x200001"]);
    let answer = runner.ask(asked).unwrap();
    let CallEnd::Returned(results) = answer.ended else { panic!("{:?}", answer.ended) };
    let texts: Vec<_> = results.iter().map(|value| value.value.as_str()).collect();
    assert_eq!(texts, runner.call("swap", &["-9223372036854775808", "nan:0x200001"]));
    assert!(!answer.varies, "a NaN is the same if its bits are");
}

#[test]
fn a_number_of_calls_ends_a_bench_and_is_divided_into_batches() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let asked = BenchCalls { calls: 90, time_ms: 0, warm_up_ms: 0, ..bench("count", &[]) };
    let answer = runner.ask(asked).unwrap();
    assert!(answer.calls >= 90 && answer.samples >= 30, "{answer:?}");
    assert!(answer.varies, "the results are other ones each time");
    let exports = answer.exports;
    let value = exports.exports.iter().find(|row| row.name == "i").unwrap();
    let all = answer.calls + answer.warm_up.calls;
    assert_eq!(value.value.as_ref().unwrap().value, all.to_string());
}

#[test]
fn a_long_call_is_a_sample_by_itself() {
    let mut runner = Runner::made_by(Compiler::Singlepass, MODULE, Engine::Jit);
    let asked = BenchCalls { calls: 5, time_ms: 0, warm_up_ms: 0, ..bench("long", &["1000000"]) };
    let answer = runner.ask(asked).unwrap();
    assert_eq!((answer.batch, answer.calls, answer.samples), (1, 5, 5));
    assert_eq!(answer.warm_up.calls, 1);
    assert!(samples(&mut runner, 5).iter().all(|sample| *sample > 10_000));
}

#[test]
fn host_functions_can_be_called_within_a_batch() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let answer = runner.ask(bench("yield", &[])).unwrap();
    let CallEnd::Returned(results) = answer.ended else { panic!("{:?}", answer.ended) };
    assert_eq!(results[0].value, "0");
}

#[test]
fn a_trap_in_the_middle_leaves_the_samples_before_it() {
    for by in compilers() {
        let mut runner = Runner::made_by(by, MODULE, Engine::Jit);
        let asked =
            BenchCalls { calls: 10_000, time_ms: 0, warm_up_ms: 0, ..bench("until", &["5000"]) };
        let answer = runner.ask(asked).unwrap();
        let CallEnd::Failed(error) = answer.ended else { panic!("{:?}", answer.ended) };
        assert_eq!(error.trap, Some(TrapKind::Unreachable));
        assert_eq!(answer.calls + answer.warm_up.calls, 4999, "{by:?}");
        assert!(answer.samples > 0);
        // The instance is as usable as after any trap.
        assert_eq!(runner.call("add", &["1", "2"]), ["3"]);
    }
}

#[test]
fn a_bench_is_stopped_and_its_samples_are_read_meanwhile() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let id = runner.post(BenchCalls { time_ms: u32::MAX, ..bench("add", &["1", "2"]) });
    let mut seen = 0;
    while seen == 0 {
        seen = runner.ask(ReadSamples { from: 0, limit: 0 }).unwrap().total;
    }
    runner.ask(Stop {}).unwrap();
    let answer = runner.wait(id).unwrap();
    let CallEnd::Failed(error) = answer.ended else { panic!("{:?}", answer.ended) };
    assert_eq!(error.code, ErrorCode::Stopped);
    assert!(answer.samples >= seen);
}

#[test]
fn a_call_that_never_returns_meets_its_limit() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let answer = runner.ask(BenchCalls { limit_ms: 40, ..bench("spin", &[]) }).unwrap();
    let CallEnd::Failed(error) = answer.ended else { panic!("{:?}", answer.ended) };
    assert_eq!(error.code, ErrorCode::CallTime);
    assert_eq!((answer.calls, answer.samples), (0, 0));
    assert_eq!(runner.call("add", &["1", "2"]), ["3"]);
}

#[test]
fn wrong_benches_are_refused_before_anything_is_called() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let mut refused = |asked| runner.ask(asked).unwrap_err().code;
    assert_eq!(refused(BenchCalls { time_ms: 0, ..bench("count", &[]) }), ErrorCode::BadRequest);
    assert_eq!(refused(bench("add", &["1"])), ErrorCode::ArgumentCount);
    assert_eq!(refused(bench("ad", &[])), ErrorCode::UnknownExport);
    assert_eq!(runner.call("count", &[]), ["1"]);
}

#[test]
fn the_machine_is_measured_by_work_that_is_always_the_same() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let answer = runner.ask(Calibrate { rounds: 50 }).unwrap();
    assert_eq!(answer.loops.len(), 50);
    assert!(answer.clock_ns > 0 && answer.loops.iter().all(|ns| *ns > 1000), "{answer:?}");
}
