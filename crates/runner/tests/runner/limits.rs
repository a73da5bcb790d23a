//! Tests of limits: a guest takes no more than its tab allows, and does not crash at a limit.

use watshop_protocol::instance::CallAnswer;
use watshop_protocol::page::{Compiler, Engine, ErrorCode, Proposals};

use crate::process::{Runner, compile, size};

#[test]
fn a_module_that_starts_with_more_than_allowed_is_refused_by_name() {
    let mut runner = Runner::start();
    runner.open(
        r#"(module (memory (export "big") 200) (table (export "wide") 50 funcref))"#,
        Engine::Jit,
    );
    let error = runner.instantiate_with(|limits, _, _| limits.memory_pages = 199).unwrap_err();
    assert_eq!(error.code, ErrorCode::MemoryLimit);
    assert!(
        error.message.contains("memory `big` starts with 200 pages (12 MiB)"),
        "{}",
        error.message
    );
    let error = runner.instantiate_with(|limits, _, _| limits.table_elements = 49).unwrap_err();
    assert_eq!(error.code, ErrorCode::TableLimit);
    assert!(error.message.contains("table `wide` starts with 50 elements"), "{}", error.message);
    runner
        .instantiate_with(|limits, _, _| {
            limits.memory_pages = 200;
            limits.table_elements = 50;
        })
        .unwrap();
}

#[test]
fn growing_past_a_limit_gives_the_guest_minus_one() {
    let text = r#"
      (module
        (memory (export "mem") 1) (table $t (export "table") 1 funcref)
        (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "spread") (param i32) (result i32) (table.grow $t (ref.null func) (local.get 0))))"#;
    for engine in Engine::ALL {
        let mut runner = Runner::start();
        runner.open(text, engine);
        runner
            .instantiate_with(|limits, _, _| {
                limits.memory_pages = 10;
                limits.table_elements = 20;
            })
            .unwrap();
        assert_eq!(runner.call("grow", &["9"]), ["1"]);
        assert_eq!(runner.call("grow", &["1"]), ["-1"]);
        assert_eq!(runner.call("grow", &["-1"]), ["-1"]);
        assert_eq!(runner.call("spread", &["19"]), ["1"]);
        assert_eq!(runner.call("spread", &["1"]), ["-1"]);
        assert_eq!(runner.call("spread", &["-1"]), ["-1"]);
        let exports = runner.exports().unwrap();
        assert_eq!((size(&exports, "mem"), size(&exports, "table")), (10, 20));
        // The declared type is still that of the module.
        assert_eq!(exports[0].export.kind.to_string(), "memory of 1 pages");
    }
}

#[test]
fn the_largest_limits_there_are_can_be_set() {
    let mut runner = Runner::start();
    runner.open(r#"(module (memory 1) (table 1 funcref) (func (export "f")))"#, Engine::Jit);
    runner
        .instantiate_with(|limits, _, _| {
            limits.memory_pages = u32::MAX;
            limits.table_elements = u32::MAX;
            limits.stack_kib = u32::MAX;
            limits.call_ms = u32::MAX;
        })
        .unwrap();
    assert!(runner.call("f", &[]).is_empty());
    runner
        .instantiate_with(|limits, _, _| {
            limits.memory_pages = 1;
            limits.stack_kib = 0;
        })
        .unwrap();
    assert!(runner.call("f", &[]).is_empty());
}

#[test]
fn a_call_that_takes_too_long_is_ended_and_the_next_one_works() {
    let text = r#"
      (module (global $n (export "n") (mut i64) (i64.const 0))
        (func (export "spin") (loop (global.set $n (i64.add (global.get $n) (i64.const 1))) (br 0)))
        (func (export "quick") (result i32) i32.const 3))"#;
    for engine in Engine::ALL {
        let mut runner = Runner::with(text, engine);
        let begun = std::time::Instant::now();
        let CallAnswer { ended, .. } = runner.ask(crate::process::call("spin", &[], 150)).unwrap();
        let time = begun.elapsed();
        match ended {
            watshop_protocol::process::runner::CallEnd::Failed(error) => {
                assert_eq!(error.code, ErrorCode::CallTime);
                assert!(error.message.contains("150 ms"), "{}", error.message);
                assert_eq!(error.frames[0].function, 0);
            }
            other => panic!("{other:?}"),
        }
        assert!(time.as_millis() >= 150, "{time:?}");
        // The limit of one call does not count for the next one.
        assert_eq!(runner.call("quick", &[]), ["3"]);
    }
}

#[test]
fn a_start_function_is_held_to_the_tabs_call_time() {
    let mut runner = Runner::start();
    runner.open("(module (func $s (loop (br 0))) (start $s))", Engine::Jit);
    let error = runner.instantiate_with(|limits, _, _| limits.call_ms = 50).unwrap_err();
    assert_eq!(error.code, ErrorCode::CallTime);
}

/// A hundred memories of 1 GiB, each within its limit, took the machine.
#[test]
fn all_memories_together_are_no_more_than_a_share_of_the_machine() {
    let text = format!("(module {})", "(memory 16384)".repeat(100));
    let wasm = wat::parse_str(text).unwrap();
    let mut runner = Runner::start();
    let sealed = runner.folder().join("many.wshop");
    let proposals = Proposals { multi_memory: true, ..Proposals::default() };
    compile(Compiler::Cranelift, Engine::Jit, proposals, &wasm, &sealed);
    runner.load(&sealed).unwrap();
    let error = runner.instantiate().unwrap_err();
    assert_eq!(error.code, ErrorCode::MemoryLimit, "{error}");
    assert!(error.message.contains("together"), "{error}");
    runner.open("(module (func (export \"one\") (result i32) (i32.const 1)))", Engine::Jit);
    runner.instantiate().unwrap();
    assert_eq!(runner.call("one", &[]), ["1"]);
}
