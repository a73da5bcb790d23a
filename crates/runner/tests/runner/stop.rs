//! Tests of Stop: it ends a guest anywhere, soon, and leaves an instance that can be read and
//! called.

use std::time::{Duration, Instant};

use watshop_protocol::instance::{CallAnswer, Instantiate, Stop, StopAnswer};
use watshop_protocol::page::{Engine, ErrorCode, Result};
use watshop_protocol::process::runner::CallEnd;

use crate::process::{Pending, Runner, call, compilers, value};

/// The time for Stop, which promises 100 ms. A machine that is busy with other tests gets more.
const SOON: Duration = Duration::from_millis(if cfg!(debug_assertions) { 2000 } else { 1000 });

const LOOPS: &str = r#"
(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
  (memory (export "memory") 20)
  (memory $shared (export "shared") 1 1 shared)
  (table $t 10 funcref)
  (global $n (export "n") (mut i64) (i64.const 0))
  (func $count (global.set $n (i64.add (global.get $n) (i64.const 1))))
  (func (export "spin") (loop (call $count) (br 0)))
  (func (export "tight") (loop (br 0)))
  (func (export "touch") (loop (call $count)
    (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1))) (br 0)))
  (func (export "grow") (loop (call $count) (drop (memory.grow (i32.const 0))) (br 0)))
  (func (export "spread") (loop (call $count)
    (drop (table.grow $t (ref.null func) (i32.const 1))) (br 0)))
  (func (export "fill") (loop (call $count)
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 1000000)) (br 0)))
  (func (export "clock") (loop (call $count) (drop (call $clock (i32.const 1) (i64.const 0) (i32.const 0))) (br 0)))
  (func (export "print") (call $line)
    (loop (call $count) (drop (call $write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 0))) (br 0)))
  (func (export "sleep") (call $hour)
    (loop (call $count) (drop (call $poll (i32.const 1000) (i32.const 2000) (i32.const 1) (i32.const 3000))) (br 0)))
  (func (export "wait") (loop (call $count)
    (drop (memory.atomic.wait32 $shared (i32.const 0) (i32.const 0) (i64.const -1))) (br 0)))
  (func $line (i32.store (i32.const 16) (i32.const 4096)) (i32.store (i32.const 20) (i32.const 1000)))
  ;; A subscription to the monotonic clock, an hour from now.
  (func $hour
    (i64.store (i32.const 1000) (i64.const 1))
    (i32.store (i32.const 1016) (i32.const 1))
    (i64.store (i32.const 1024) (i64.const 3600000000000)))
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
"#;

fn failed(answer: Result<CallAnswer>) -> watshop_protocol::page::Error {
    match answer {
        Ok(CallAnswer { ended: CallEnd::Failed(error), .. }) => *error,
        Ok(other) => panic!("it came back: {other:?}"),
        Err(error) => error,
    }
}

/// Begins a call and waits until the guest is in the middle of it.
fn begin(runner: &mut Runner, export: &str) -> Pending<CallAnswer> {
    let before = count(runner);
    let id = runner.post(call(export, &[], 0));
    let until = Instant::now() + Duration::from_secs(30);
    while count(runner) == before {
        assert!(Instant::now() < until, "`{export}` does not begin");
    }
    id
}

fn count(runner: &mut Runner) -> i64 {
    value(&runner.exports().unwrap(), "n").value.parse().unwrap()
}

#[test]
fn a_guest_is_stopped_wherever_it_is_and_can_be_read_and_called_after() {
    // `tight` does not count, so its start cannot be seen. It comes last.
    let exports = ["spin", "touch", "grow", "spread", "fill", "clock", "print", "sleep", "wait"];
    for by in compilers() {
        for engine in Engine::ALL {
            let mut runner = Runner::made_by(by, LOOPS, engine);
            for export in exports {
                // A fresh instance is needed, because on a busy machine WASI may have been told to
                // give up for good.
                runner.instantiate().unwrap();
                let id = begin(&mut runner, export);
                let pressed = Instant::now();
                assert!(runner.stop());
                let error = failed(runner.wait(id));
                let time = pressed.elapsed();
                assert_eq!(error.code, ErrorCode::Stopped, "{by:?} {engine:?} {export}: {error:?}");
                assert!(time < SOON, "{by:?} {engine:?} {export} took {time:?}");
                assert!(count(&mut runner) > 0);
                assert_eq!(runner.read("memory", 0, 4).unwrap().0.len(), 4);
                assert_eq!(
                    runner.call("add", &["2", "3"]),
                    ["5"],
                    "{by:?} {engine:?} after {export}"
                );
            }
            let id = runner.post(call("tight", &[], 0));
            assert!(runner.stop());
            assert_eq!(failed(runner.wait(id)).code, ErrorCode::Stopped);
            assert!(!runner.stop());
            assert_eq!(runner.call("add", &["2", "3"]), ["5"]);
        }
    }
}

#[test]
fn a_stop_at_any_moment_ends_the_call_before_it_and_none_after() {
    for engine in Engine::ALL {
        let mut runner = Runner::with(LOOPS, engine);
        for round in 0..200_u32 {
            let spin = runner.post(call("spin", &[], 0));
            // The moment differs in each round, from before the call begins to well into it.
            let until = Instant::now() + Duration::from_micros(u64::from(round) * 7 % 400);
            while Instant::now() < until {}
            let stop = runner.post(Stop {});
            let add = runner.post(call("add", &["2", "3"], 0));
            assert_eq!(failed(runner.wait(spin)).code, ErrorCode::Stopped);
            assert_eq!(runner.wait(stop).unwrap(), StopAnswer { running: true });
            let CallEnd::Returned(results) = runner.wait(add).unwrap().ended else {
                panic!("it did not return")
            };
            assert_eq!(results[0].value, "5");
        }
    }
}

#[test]
fn calls_that_wait_behind_a_stopped_one_are_stopped_too() {
    let mut runner = Runner::with(LOOPS, Engine::Jit);
    let first = begin(&mut runner, "spin");
    let second = runner.post(call("add", &["1", "1"], 0));
    assert!(runner.stop());
    assert_eq!(failed(runner.wait(first)).code, ErrorCode::Stopped);
    assert_eq!(failed(runner.wait(second)).code, ErrorCode::Stopped);
}

#[test]
fn a_stopped_guest_tells_where_it_was() {
    for engine in Engine::ALL {
        let mut runner = Runner::with(LOOPS, engine);
        let id = begin(&mut runner, "spin");
        runner.stop();
        let error = failed(runner.wait(id));
        let functions: Vec<_> = error.frames.iter().map(|f| f.function).collect();
        // Three imports come first: 3 is `$count`, 4 is the loop that calls it. In the first or the
        // last instructions of a function its caller is unknown.
        assert!(matches!(functions.as_slice(), [3, 4] | [4] | [3]), "{:?}", error.frames);
    }
}

#[test]
fn a_start_function_can_be_stopped() {
    let text = "(module (func $s (loop (br 0))) (start $s) (func (export \"f\")))";
    for engine in Engine::ALL {
        let mut runner = Runner::start();
        runner.open(text, engine);
        let id = runner.post(Instantiate {
            limits: Default::default(),
            wasi: Default::default(),
            unknown_imports: Default::default(),
            host: Default::default(),
        });
        // The request is answered while the start function runs.
        assert_eq!(runner.exports().unwrap_err().code, ErrorCode::NoInstance);
        assert!(runner.stop());
        assert_eq!(runner.wait(id).unwrap_err().code, ErrorCode::Stopped);
        runner.open("(module (func (export \"f\")))", engine);
        runner.instantiate().unwrap();
        assert!(runner.call("f", &[]).is_empty());
    }
}

#[test]
fn a_trap_that_happens_by_itself_is_no_stop() {
    let text = r#"(module (func (export "f") unreachable))"#;
    let mut runner = Runner::with(text, Engine::Jit);
    for _ in 0..100 {
        let call = runner.post(call("f", &[], 0));
        let stop = runner.post(Stop {});
        let error = failed(runner.wait(call));
        assert!(matches!(error.code, ErrorCode::Trap | ErrorCode::Stopped), "{error:?}");
        runner.wait(stop).unwrap();
    }
    assert_eq!(runner.fail("f", &[]).code, ErrorCode::Trap);
}

#[test]
fn a_wait_in_wasi_that_has_no_end_is_stopped_too() {
    // The time is half a thousand years from now.
    let text = r#"
      (module
        (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (global $n (export "n") (mut i64) (i64.const 0))
        (func (export "forever") (i32.store (i32.const 16) (i32.const 1))
          (i64.store (i32.const 24) (i64.const -1))
          (global.set $n (i64.const 1))
          (drop (call $poll (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 200)))
          (global.set $n (i64.const 2)))
        (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))"#;
    for engine in Engine::ALL {
        let mut runner = Runner::with(text, engine);
        let id = begin(&mut runner, "forever");
        let pressed = Instant::now();
        assert!(runner.stop());
        assert_eq!(failed(runner.wait(id)).code, ErrorCode::Stopped);
        assert!(pressed.elapsed() < SOON, "{:?}", pressed.elapsed());
        assert_eq!(count(&mut runner), 1, "the wait came back by itself");
        assert_eq!(runner.call("add", &["2", "3"]), ["5"]);
    }
}
