//! Programs of WASIX, in the executable that has it: they use the same settings and streams as those
//! of WASI, and end like them.

use std::time::{Duration, Instant};

use watshop_protocol::instance::{CallAnswer, InstantiateAnswer, WriteInput};
use watshop_protocol::page::{
    Engine, EnvironmentVariable, Error, ErrorCode, Result, WasiClock, WasiInput, WasiRandom,
    WasiSettings,
};
use watshop_protocol::process::runner::CallEnd;

use crate::process::{Pending, Runner, call, compilers, value};

/// The time for Stop, which promises 100 ms. A machine that is busy with other tests gets more.
const SOON: Duration = Duration::from_millis(if cfg!(debug_assertions) { 2000 } else { 1000 });

/// Says its current directory and its only argument, sleeps, and exits with 7 if the clock went on.
const PROGRAM: &str = r#"
(module
  (import "wasix_32v1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasix_32v1" "getcwd" (func $getcwd (param i32 i32) (result i32)))
  (import "wasix_32v1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "wasix_32v1" "environ_get" (func $variables (param i32 i32) (result i32)))
  (import "wasix_32v1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
  (import "wasix_32v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "wasix_32v1" "proc_exit2" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 90) " ")
  (func $must (param i32) (if (local.get 0) (then (unreachable))))
  (func $print (param $at i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $at)) (i32.store (i32.const 4) (local.get $length))
    (call $must (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start") (local $before i64)
    (i32.store (i32.const 20) (i32.const 64))
    (call $must (call $getcwd (i32.const 200) (i32.const 20)))
    (call $print (i32.const 200) (i32.load (i32.const 20)))
    (call $print (i32.const 90) (i32.const 1))
    (call $must (call $args (i32.const 400) (i32.const 500)))
    (call $print (i32.load (i32.const 404)) (i32.const 3))
    (call $print (i32.const 90) (i32.const 1))
    (call $must (call $variables (i32.const 400) (i32.const 500)))
    (call $print (i32.load (i32.const 400)) (i32.const 3))
    (call $must (call $clock (i32.const 1) (i64.const 1) (i32.const 300)))
    (local.set $before (i64.load (i32.const 300)))
    (call $must (call $sleep (i64.const 5000000)))
    (call $must (call $clock (i32.const 1) (i64.const 1) (i32.const 300)))
    (if (i64.lt_u (i64.sub (i64.load (i32.const 300)) (local.get $before)) (i64.const 5000000))
      (then (unreachable)))
    (call $exit (i32.const 7))))"#;

#[test]
fn a_program_gets_its_settings_writes_sleeps_and_its_status_comes_back() {
    for by in compilers() {
        for engine in Engine::ALL {
            let mut runner = Runner::start_wasix();
            runner.open_by(by, PROGRAM, engine);
            let answer = runner.instantiate_with(|_, wasi, _| {
                wasi.arguments = vec!["one".into()];
                wasi.environment =
                    vec![EnvironmentVariable { name: "A".into(), value: "b".into() }];
            });
            assert!(matches!(answer.unwrap(), InstantiateAnswer::Instance { command: true, .. }));
            let ended = runner.try_call("_start", &[]).unwrap().ended;
            assert_eq!(ended, CallEnd::Exited(7), "{by:?} {engine:?}");
            assert_eq!(String::from_utf8_lossy(&runner.stdout), "/ one A=b", "{by:?} {engine:?}");
        }
    }
}

/// Copies its input to its output by functions of WASI, over a descriptor that WASIX made.
const COPY: &str = r#"
(module
  (import "wasix_32v1" "fd_dup" (func $dup (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory $given 1 65536 shared))
  (export "memory" (memory $given))
  (func $must (param i32) (if (local.get 0) (then (unreachable))))
  (func (export "_start")
    (call $must (call $dup (i32.const 1) (i32.const 16)))
    (loop $more
      (i32.store (i32.const 0) (i32.const 100)) (i32.store (i32.const 4) (i32.const 900))
      (call $must (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      (i32.store (i32.const 4) (i32.load (i32.const 8)))
      (call $must
        (call $write (i32.load (i32.const 16)) (i32.const 0) (i32.const 1) (i32.const 12)))
      (br_if $more (i32.load (i32.const 8))))))"#;

#[test]
fn wasi_of_the_same_module_shares_its_descriptors_and_the_memory_that_its_tools_import() {
    for by in compilers() {
        let mut runner = Runner::start_wasix();
        runner.open_by(by, COPY, Engine::Jit);
        let set = |wasi: &mut WasiSettings| wasi.input = WasiInput::Text { text: "typed".into() };
        runner.instantiate_with(|_, wasi, _| set(wasi)).unwrap();
        assert_eq!(runner.try_call("_start", &[]).unwrap().ended, CallEnd::Exited(0), "{by:?}");
        assert_eq!(runner.stdout, b"typed", "{by:?}");
    }
}

#[test]
fn a_program_waits_for_what_is_typed_and_its_time_limit_waits_too() {
    let mut runner = Runner::start_wasix();
    runner.open(COPY, Engine::Jit);
    runner.instantiate_with(|_, wasi, _| wasi.input = WasiInput::Pipe).unwrap();
    let ends = runner.post(call("_start", &[], 5000));
    runner.wait_input_wanted();
    runner.ask_with(WriteInput { end: false }, b"one ").unwrap();
    runner.wait_stdout(4);
    runner.wait_input_wanted();
    runner.ask_with(WriteInput { end: true }, b"two").unwrap();
    assert_eq!(runner.wait(ends).unwrap().ended, CallEnd::Exited(0));
    assert_eq!(runner.stdout, b"one two");
}

/// Waits for ever in each of the ways that WASIX has.
const WAITS: &str = r#"
(module
  (import "wasix_32v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (import "wasix_32v1" "futex_wait" (func $futex (param i32 i32 i32 i32) (result i32)))
  (import "wasix_32v1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasix_32v1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $n (export "n") (mut i64) (i64.const 0))
  (func $count (global.set $n (i64.add (global.get $n) (i64.const 1))))
  (func (export "spin") (loop (call $count) (br 0)))
  (func (export "sleep") (loop (call $count) (drop (call $sleep (i64.const 3600000000000))) (br 0)))
  ;; The time at 64 is left out, so it has none.
  (func (export "futex") (loop (call $count)
    (drop (call $futex (i32.const 128) (i32.const 0) (i32.const 64) (i32.const 132))) (br 0)))
  ;; Standard input can be read.
  (func (export "poll")
    (i32.store8 (i32.const 1008) (i32.const 1))
    (loop (call $count)
      (drop (call $poll (i32.const 1000) (i32.const 2000) (i32.const 1) (i32.const 3000))) (br 0)))
  (func (export "read")
    (i32.store (i32.const 0) (i32.const 100)) (i32.store (i32.const 4) (i32.const 900))
    (loop (call $count)
      (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8))) (br 0))))"#;

fn count(runner: &mut Runner) -> i64 {
    value(&runner.exports().unwrap(), "n").value.parse().unwrap()
}

/// Begins a call and waits until the guest is in the middle of it.
fn begin(runner: &mut Runner, export: &str, limit_ms: u32) -> Pending<CallAnswer> {
    let before = count(runner);
    let id = runner.post(call(export, &[], limit_ms));
    let until = Instant::now() + Duration::from_secs(30);
    while count(runner) == before {
        assert!(Instant::now() < until, "`{export}` does not begin");
    }
    id
}

fn failed(answer: Result<CallAnswer>) -> Error {
    match answer {
        Ok(CallAnswer { ended: CallEnd::Failed(error), .. }) => *error,
        other => panic!("it came back: {other:?}"),
    }
}

#[test]
fn a_program_is_stopped_wherever_it_waits() {
    let mut runner = Runner::start_wasix();
    runner.open(WAITS, Engine::Jit);
    for export in ["spin", "sleep", "futex", "poll", "read"] {
        runner.instantiate_with(|_, wasi, _| wasi.input = WasiInput::Pipe).unwrap();
        let id = begin(&mut runner, export, 0);
        let pressed = Instant::now();
        assert!(runner.stop());
        let error = failed(runner.wait(id));
        let time = pressed.elapsed();
        assert_eq!(error.code, ErrorCode::Stopped, "{export}: {error:?}");
        assert!(time < SOON, "{export} took {time:?}");
        assert_eq!(runner.read("memory", 0, 4).unwrap().0.len(), 4);
    }
    // Only a new instance goes on.
    let error = runner.fail("sleep", &[]);
    assert!(error.message.contains("Only a new instance"), "{error:?}");
}

#[test]
fn the_time_limit_ends_a_sleep() {
    let mut runner = Runner::start_wasix();
    runner.open(WAITS, Engine::Jit);
    runner.instantiate().unwrap();
    let id = begin(&mut runner, "sleep", 200);
    assert_eq!(failed(runner.wait(id)).code, ErrorCode::CallTime);
}

#[test]
fn a_wait_that_nothing_cuts_short_is_given_up_after_its_time_limit() {
    let text = r#"
      (module
        (import "wasix_32v1" "fd_event" (func $event (param i64 i32 i32) (result i32)))
        (import "wasix_32v1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (global $n (export "n") (mut i64) (i64.const 0))
        (func (export "event")
          (drop (call $event (i64.const 0) (i32.const 0) (i32.const 16)))
          (i32.store (i32.const 0) (i32.const 100)) (i32.store (i32.const 4) (i32.const 8))
          (global.set $n (i64.const 1))
          (drop (call $read
            (i32.load (i32.const 16)) (i32.const 0) (i32.const 1) (i32.const 8)))))"#;
    let mut runner = Runner::start_wasix();
    runner.open(text, Engine::Jit);
    runner.instantiate().unwrap();
    let id = begin(&mut runner, "event", 100);
    assert_eq!(failed(runner.wait(id)).code, ErrorCode::CallTime);
}

#[test]
fn settings_that_wasix_cannot_keep_are_refused() {
    type Change = fn(&mut WasiSettings);
    let changes: [(Change, &str); 4] = [
        (|wasi| wasi.clock = WasiClock::Frozen { at_s: 1 }, "clocks"),
        (|wasi| wasi.random = WasiRandom::Seeded { seed: 1 }, "random"),
        (|wasi| wasi.trace = true, "traced"),
        (|wasi| wasi.rules = vec!["fd_write=deny:IO".parse().unwrap()], "rules"),
    ];
    let mut runner = Runner::start_wasix();
    runner.open(PROGRAM, Engine::Jit);
    for (change, word) in changes {
        let error = runner.instantiate_with(|_, wasi, _| change(wasi)).unwrap_err();
        assert_eq!(error.code, ErrorCode::Instantiation);
        assert!(error.message.contains(word), "{error:?}");
    }
}

#[test]
fn threads_processes_and_connections_are_not_supported() {
    let text = r#"
      (module
        (import "wasix_32v1" "thread_spawn_v2" (func $thread (param i32 i32) (result i32)))
        (import "wasix_32v1" "proc_fork" (func $fork (param i32 i32) (result i32)))
        (import "wasix_32v1" "sock_open" (func $open (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "thread") (result i32) (call $thread (i32.const 0) (i32.const 8)))
        (func (export "fork") (result i32) (call $fork (i32.const 0) (i32.const 8)))
        (func (export "connection") (result i32)
          (call $open (i32.const 1) (i32.const 1) (i32.const 6) (i32.const 8))))"#;
    let mut runner = Runner::start_wasix();
    runner.open(text, Engine::Jit);
    runner.instantiate().unwrap();
    for export in ["thread", "fork", "connection"] {
        assert_eq!(runner.call(export, &[]), ["58"], "NOTSUP of {export}");
    }
}

#[test]
fn the_light_runner_says_which_one_has_wasix() {
    let mut runner = Runner::start();
    runner.open(PROGRAM, Engine::Jit);
    let error = runner.instantiate().unwrap_err();
    assert_eq!(error.code, ErrorCode::WasixUnavailable);
    assert!(error.message.contains("needs WASIX (`wasix_32v1`)"), "{error:?}");
    assert!(error.help.unwrap().contains("watshop-runner-wasix"));
}

#[test]
fn the_sandbox_is_the_same_and_other_modules_run_as_ever() {
    let mut runner = Runner::start_wasix();
    assert_eq!(runner.sandbox, Runner::start().sandbox);
    runner.open(
        r#"(module (func (export "add") (param i32 i32) (result i32)
          (i32.add (local.get 0) (local.get 1))))"#,
        Engine::Jit,
    );
    runner.instantiate().unwrap();
    assert_eq!(runner.call("add", &["2", "3"]), ["5"]);
}
