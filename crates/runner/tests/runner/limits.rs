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

/// A runner that has loaded a module with several memories.
fn several_memories(text: &str) -> Runner {
    let wasm = wat::parse_str(text).unwrap();
    let mut runner = Runner::start();
    let sealed = runner.folder().join("many.wshop");
    let proposals = Proposals { multi_memory: true, ..Proposals::default() };
    compile(Compiler::Cranelift, Engine::Jit, proposals, &wasm, &sealed);
    runner.load(&sealed).unwrap();
    runner
}

/// A hundred memories of 1 GiB, or a hundred tables of 10,000,000 elements, each within its limit,
/// took the machine.
#[test]
fn a_hundred_memories_or_tables_together_are_no_more_than_a_share_of_the_machine() {
    let memories = format!("(module {})", "(memory 16384)".repeat(100));
    let tables = format!("(module {})", "(table 10000000 funcref)".repeat(100));
    for text in [memories, tables] {
        let mut runner = several_memories(&text);
        let began = std::time::Instant::now();
        let error = runner
            .instantiate_with(|limits, _, _| {
                limits.table_elements = 10_000_000;
                // On a machine with much memory, half of it would be enough.
                limits.store_mib = if text.contains("memory") { 0 } else { 12_000 };
            })
            .unwrap_err();
        assert_eq!(error.code, ErrorCode::StoreLimit, "{error}");
        assert!(error.message.contains("together; the limit is"), "{error}");
        assert!(began.elapsed().as_secs() < 5, "nothing of them is made");
        runner.open("(module (func (export \"one\") (result i32) (i32.const 1)))", Engine::Jit);
        runner.instantiate().unwrap();
        assert_eq!(runner.call("one", &[]), ["1"]);
    }
}

#[test]
fn memories_that_grow_share_the_limit_of_their_store() {
    let mut runner = several_memories(
        r#"(module (memory $a 16) (memory $b 16)
          (func (export "a") (param i32) (result i32) (memory.grow $a (local.get 0)))
          (func (export "b") (param i32) (result i32) (memory.grow $b (local.get 0))))"#,
    );
    let error = runner.instantiate_with(|limits, _, _| limits.store_mib = 1).unwrap_err();
    assert!(error.message.contains("start with 2 MiB together; the limit is 1 MiB"), "{error}");
    runner.instantiate_with(|limits, _, _| limits.store_mib = 4).unwrap();
    assert_eq!(runner.call("a", &["20"]), ["16"]);
    assert_eq!(runner.call("b", &["13"]), ["-1"], "12 pages are left");
    assert_eq!(runner.call("b", &["12"]), ["16"]);
    assert_eq!(runner.call("a", &["1"]), ["-1"]);
}

#[test]
fn a_table_grows_no_further_than_its_store_has_room() {
    let text = r#"(module (table $t 1 funcref)
      (func (export "grow") (param i32) (result i32) (table.grow $t (ref.null func) (local.get 0))))"#;
    let mut runner = Runner::start();
    runner.open(text, Engine::Jit);
    runner.instantiate_with(|limits, _, _| limits.store_mib = 1).unwrap();
    assert_eq!(runner.call("grow", &["100000"]), ["-1"]);
    assert_eq!(runner.call("grow", &["8000"]), ["1"], "an eighth of the rest");
}
