//! Functions of WASI, wherever a call of them comes from.

use watshop_protocol::page::{Engine, ErrorCode, TrapKind};
use watshop_protocol::process::runner::CallEnd;

use crate::process::{Runner, compilers};

/// Calls WASI from the depth of its stack, through a table, and lets others call it.
const CALLS: &str = r#"
(module
  (type $of_clock (func (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (type $of_clock)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (table funcref (elem $clock $write))
  (data (i32.const 0) "\10\00\00\00\06\00\00\00")
  (data (i32.const 16) "hello\n")
  (export "clock" (func $clock))
  (export "exit" (func $exit))
  (func (export "hello") (result i32)
    (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
  (func (export "through_table") (param $place i32) (result i32)
    (call_indirect (type $of_clock) (i32.const 1) (i64.const 0) (i32.const 32) (local.get $place)))
  ;; Writes at each depth, so that sooner or later there is no stack left in the middle of a call.
  (func $deep (export "deep") (param $size i32) (result i32)
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i32.add (i32.const 1) (call $deep (local.get $size)))))"#;

#[test]
fn a_guest_without_stack_for_a_call_of_wasi_traps_and_can_call_it_again() {
    for by in compilers() {
        let mut runner = Runner::made_by(by, CALLS, Engine::Jit);
        for _ in 0..3 {
            let error = runner.fail("deep", &["0"]);
            assert_eq!(error.trap, Some(TrapKind::StackOverflow), "{by:?}: {error}");
            assert_eq!(runner.call("hello", &[]), ["0"], "{by:?}");
        }
        assert!(runner.stdout.chunks(6).all(|line| line == b"hello\n"), "{by:?}");
    }
}

#[test]
fn a_function_of_wasi_is_called_through_a_table_if_its_type_is_right() {
    for by in compilers() {
        for engine in Engine::ALL {
            let mut runner = Runner::made_by(by, CALLS, engine);
            assert_eq!(runner.call("through_table", &["0"]), ["0"], "{by:?} {engine:?}");
            assert_ne!(runner.read("memory", 32, 8).unwrap().0, [0; 8], "{by:?} {engine:?}");
            let error = runner.fail("through_table", &["1"]);
            let mismatch = Some(TrapKind::IndirectCallTypeMismatch);
            assert_eq!(error.trap, mismatch, "{by:?} {engine:?}: {error}");
        }
    }
}

#[test]
fn a_function_of_wasi_that_a_module_exports_is_called_as_its_own_are() {
    for by in compilers() {
        let mut runner = Runner::made_by(by, CALLS, Engine::Jit);
        assert_eq!(runner.call("clock", &["1", "0", "32"]), ["0"], "{by:?}");
        assert_ne!(runner.read("memory", 32, 8).unwrap().0, [0; 8], "{by:?}");
        // 28 is INVAL, 21 is FAULT.
        assert_eq!(runner.call("clock", &["9", "0", "32"]), ["28"], "{by:?}");
        assert_eq!(runner.call("clock", &["1", "0", "65535"]), ["21"], "{by:?}");
        let ended = runner.try_call("exit", &["7"]).unwrap().ended;
        assert_eq!(ended, CallEnd::Exited(7), "{by:?}");
        let error = runner.try_call("clock", &["1", "0"]).unwrap_err();
        assert_eq!(error.code, ErrorCode::ArgumentCount, "{by:?}");
    }
}
