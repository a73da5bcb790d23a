//! A program's standard input, clocks and random bytes.

use std::time::Duration;

use watshop_protocol::instance::WriteInput;
use watshop_protocol::page::{Engine, ErrorCode, WasiClock, WasiInput, WasiRandom, WasiSettings};
use watshop_protocol::process::runner::CallEnd;

use crate::process::{Runner, call};

/// Copies its standard input to its standard output, until the end.
const CAT: &str = r#"
  (module
    (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $stat (param i32 i32) (result i32)))
    (memory (export "memory") 2)
    (func (export "kind") (result i32)
      (drop (call $stat (i32.const 0) (i32.const 100))) (i32.load8_u (i32.const 100)))
    (func (export "_start")
      (loop $again
        (i32.store (i32.const 0) (i32.const 1000)) (i32.store (i32.const 4) (i32.const 65536))
        (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
        (i32.store (i32.const 4) (i32.load (i32.const 8)))
        (if (i32.load (i32.const 4))
          (then
            (if (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))
              (then unreachable))
            (br $again))))))"#;

#[test]
fn input_comes_while_the_program_runs_and_it_says_once_that_it_waits() {
    let mut runner = Runner::with(CAT, Engine::Jit);
    let refused = WriteInput { end: false };
    let running = runner.post(call("_start", &[], 0));
    runner.wait_input_wanted();
    let taken = |runner: &mut Runner, end, bytes: &[u8]| {
        runner.ask_with(WriteInput { end }, bytes).unwrap().taken as usize
    };
    assert_eq!(taken(&mut runner, false, b"one\n"), 4);
    runner.wait_stdout(4);
    runner.wait_input_wanted();
    // More than a pipe holds comes in pieces, each as the program has read the one before.
    let much = vec![b'y'; 1 << 20];
    let mut rest = much.as_slice();
    while !rest.is_empty() {
        rest = &rest[taken(&mut runner, false, rest)..];
    }
    runner.wait_stdout(4 + much.len());
    assert_eq!(taken(&mut runner, true, b"the end"), 7);
    assert_eq!(runner.wait(running).unwrap().ended, CallEnd::Exited(0));
    assert_eq!(runner.stdout.len(), 4 + much.len() + 7);
    assert!(runner.stdout.ends_with(b"ythe end"));
    let late = runner.ask_with(refused, b"late").unwrap_err();
    assert_eq!(late.code, ErrorCode::NoInstance);
}

#[test]
fn a_program_that_waits_for_input_can_be_stopped_and_run_again() {
    let mut runner = Runner::with(CAT, Engine::Native);
    let running = runner.post(call("_start", &[], 0));
    runner.wait_input_wanted();
    assert!(runner.stop());
    let ended = runner.wait(running).unwrap().ended;
    assert!(matches!(ended, CallEnd::Failed(why) if why.code == ErrorCode::Stopped));
    runner.instantiate().unwrap();
    let running = runner.post(call("_start", &[], 0));
    runner.wait_input_wanted();
    runner.ask_with(WriteInput { end: true }, b"again").unwrap();
    assert_eq!(runner.wait(running).unwrap().ended, CallEnd::Exited(0));
    assert_eq!(runner.stdout, b"again");
}

#[test]
fn a_program_may_wait_for_its_input_longer_than_a_call_may_take() {
    const LIMIT: u32 = 300;
    let mut runner = Runner::with(CAT, Engine::Jit);
    let running = runner.post(call("_start", &[], LIMIT));
    runner.wait_input_wanted();
    // The test is about the time itself.
    std::thread::sleep(Duration::from_millis(2 * u64::from(LIMIT)));
    runner.ask_with(WriteInput { end: true }, b"late").unwrap();
    assert_eq!(runner.wait(running).unwrap().ended, CallEnd::Exited(0));
    assert_eq!(runner.stdout, b"late");
}

#[test]
fn an_input_is_a_terminal_a_pipe_or_a_text() {
    let text = WasiInput::Text { text: "grün".into() };
    for (input, kind) in [(WasiInput::Terminal, "2"), (WasiInput::Pipe, "0"), (text, "0")] {
        let mut runner = Runner::start();
        runner.open(CAT, Engine::Jit);
        let given = |_: &mut _, wasi: &mut WasiSettings, _: &mut _| wasi.input = input.clone();
        runner.instantiate_with(given).unwrap();
        assert_eq!(runner.call("kind", &[]), [kind], "{input:?}");
        if let WasiInput::Text { text } = input {
            assert_eq!(runner.try_call("_start", &[]).unwrap().ended, CallEnd::Exited(0));
            assert_eq!(runner.stdout, text.as_bytes());
        }
    }
}

#[test]
fn clocks_and_random_bytes_are_the_same_in_every_run_if_the_settings_say_so() {
    let text = r#"
      (module
        (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
        (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "time") (param i32) (result i64)
          (drop (call $clock (local.get 0) (i64.const 0) (i32.const 8))) (i64.load (i32.const 8)))
        (func (export "random") (result i64)
          (drop (call $random (i32.const 8) (i32.const 8))) (i64.load (i32.const 8))))"#;
    let run = |clock: WasiClock, random: WasiRandom| {
        let mut runner = Runner::start();
        runner.open(text, Engine::Jit);
        let given = |_: &mut _, wasi: &mut WasiSettings, _: &mut _| {
            (wasi.clock, wasi.random) = (clock.clone(), random.clone());
        };
        runner.instantiate_with(given).unwrap();
        let calls = [("time", "0"), ("time", "0"), ("time", "1")];
        let mut seen: Vec<_> =
            calls.iter().map(|(name, clock)| runner.call(name, &[clock]).remove(0)).collect();
        seen.push(runner.call("random", &[]).remove(0));
        seen
    };
    let seeded = WasiRandom::Seeded { seed: 7 };
    let frozen = run(WasiClock::Frozen { at_s: 1_000_000_000 }, seeded.clone());
    assert_eq!(frozen[..3], ["1000000000000000000", "1000000000000000000", "0"]);
    let stepping = run(WasiClock::Stepping { at_s: 0, step_ms: 5 }, seeded);
    assert_eq!(stepping[..3], ["0", "5000000", "10000000"]);
    assert_eq!(frozen[3], stepping[3]);
    let real = run(WasiClock::Real, WasiRandom::Real);
    assert!(real[0] != frozen[0] && real[3] != frozen[3], "{real:?}");
}
