//! Tests of traps: they name their kind and their place, and leave an instance that can be read and
//! called.

use std::time::Instant;

use watshop_protocol::instance::{CallAnswer, Instantiate};
use watshop_protocol::page::{
    Compiler, Engine, ErrorCode, ImportObject, Limits, Proposals, Provider, Provision, TrapKind,
    UnknownImports, WasiSettings,
};
use watshop_protocol::process::runner::{CallEnd, HostSetup};

use crate::process::{Runner, compile, compilers, value};

const TRAPS: &str = r#"
(module
  (type $none (func))
  (type $one (func (param i32)))
  (memory (export "mem") 1)
  (table $t (export "t") 3 funcref)
  (elem (table $t) (i32.const 0) func $plain)
  (global $alive (export "alive") (mut i32) (i32.const 0))
  (func $plain)
  (func (export "unreachable") unreachable)
  (func (export "divide") (result i32) (i32.div_s (i32.const 1) (i32.const 0)))
  (func (export "overflow") (result i32) (i32.div_s (i32.const 0x80000000) (i32.const -1)))
  (func (export "convert") (result i32) (i32.trunc_f32_s (f32.const nan)))
  (func (export "load") (result i32) (i32.load (i32.const 65536)))
  (func (export "far_load") (result i32) (i32.load offset=0xffffffff (i32.const 0xffffffff)))
  (func (export "fill") (memory.fill (i32.const 65530) (i32.const 1) (i32.const 100)))
  (func (export "call_past_the_end") (call_indirect $t (type $none) (i32.const 9)))
  (func (export "call_null") (call_indirect $t (type $none) (i32.const 2)))
  (func (export "call_another_type") (call_indirect $t (type $one) (i32.const 5) (i32.const 0)))
  (func (export "table_get") (drop (table.get $t (i32.const 3))))
  (func $recurse (export "recurse") (param i32) (result i32)
    (i32.add (call $recurse (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
  (func (export "ok") (result i32)
    (global.set $alive (i32.add (global.get $alive) (i32.const 1))) (global.get $alive)))
"#;

#[test]
fn every_trap_is_named_by_each_compiler_and_engine_and_harms_nothing() {
    let cases = [
        ("unreachable", TrapKind::Unreachable),
        ("divide", TrapKind::IntegerDivideByZero),
        ("overflow", TrapKind::IntegerOverflow),
        ("convert", TrapKind::InvalidConversionToInteger),
        ("load", TrapKind::OutOfBoundsMemoryAccess),
        ("far_load", TrapKind::OutOfBoundsMemoryAccess),
        ("fill", TrapKind::OutOfBoundsMemoryAccess),
        ("call_past_the_end", TrapKind::OutOfBoundsTableAccess),
        ("call_null", TrapKind::NullReference),
        ("call_another_type", TrapKind::IndirectCallTypeMismatch),
        ("table_get", TrapKind::OutOfBoundsTableAccess),
    ];
    for by in compilers() {
        for engine in Engine::ALL {
            let mut runner = Runner::made_by(by, TRAPS, engine);
            for (turn, (export, kind)) in (1..).zip(cases) {
                let error = runner.fail(export, &[]);
                assert_eq!(error.code, ErrorCode::Trap, "{by:?} {engine:?} {export}: {error:?}");
                assert_eq!(error.trap, Some(kind), "{by:?} {engine:?} {export}: {error:?}");
                assert_eq!(runner.call("ok", &[]), [turn.to_string()]);
                assert_eq!(runner.read("mem", 0, 4).unwrap().0, [0; 4]);
            }
        }
    }
}

#[test]
fn a_wait_in_a_memory_that_is_not_shared_is_a_trap_whatever_the_value_is() {
    let text = r#"
      (module
        (import "env" "memory" (memory $imported 1))
        (memory $own 1) (memory $shared 1 1 shared)
        (func (export "same") (result i32)
          (memory.atomic.wait32 $own (i32.const 0) (i32.const 0) (i64.const 0)))
        (func (export "another") (result i32)
          (memory.atomic.wait32 $own (i32.const 0) (i32.const 1) (i64.const 0)))
        (func (export "same64") (result i32)
          (memory.atomic.wait64 $imported (i32.const 8) (i64.const 0) (i64.const -1)))
        (func (export "another64") (result i32)
          (memory.atomic.wait64 $imported offset=8 (i32.const 8) (i64.const 1) (i64.const 0)))
        (func (export "notify") (result i32) (memory.atomic.notify $own (i32.const 4) (i32.const 1)))
        (func (export "notify_far") (result i32) (memory.atomic.notify $own (i32.const 65536) (i32.const 1)))
        (func (export "notify_askew") (result i32) (memory.atomic.notify $own (i32.const 2) (i32.const 1)))
        (func (export "shared") (result i32 i32 i32)
          (memory.atomic.wait32 $shared (i32.const 0) (i32.const 0) (i64.const 0))
          (memory.atomic.wait32 $shared (i32.const 0) (i32.const 1) (i64.const 0))
          (memory.atomic.wait64 $shared (i32.const 0) (i64.const 1) (i64.const 0))))"#;
    let proposals = Proposals { multi_memory: true, ..Proposals::default() };
    let memory = Provider::Memory { minimum: 1, maximum: None, shared: false, init: Vec::new() };
    let provision = Provision { module: "env".into(), name: "memory".into(), provider: memory };
    for by in compilers() {
        for engine in Engine::ALL {
            let mut runner = Runner::start();
            let sealed = runner.folder().join("wait.wshop");
            compile(by, engine, proposals, &wat::parse_str(text).unwrap(), &sealed);
            runner.load(&sealed).unwrap();
            let imports = ImportObject { provisions: vec![provision.clone()] };
            runner
                .ask(Instantiate {
                    limits: Limits::default(),
                    wasi: WasiSettings::default(),
                    unknown_imports: UnknownImports::Error,
                    host: HostSetup { imports, ..HostSetup::default() },
                })
                .unwrap();
            for export in ["same", "another", "same64", "another64"] {
                let error = runner.fail(export, &[]);
                assert_eq!(
                    error.trap,
                    Some(TrapKind::WaitOnUnsharedMemory),
                    "{by:?} {engine:?} {export}: {error:?}"
                );
                assert!(error.message.contains("not shared"), "{}", error.message);
                assert_eq!(error.frames.len(), 1, "{by:?} {engine:?} {error:?}");
            }
            assert_eq!(runner.call("notify", &[]), ["0"], "{by:?} {engine:?}");
            assert_eq!(
                runner.fail("notify_far", &[]).trap,
                Some(TrapKind::OutOfBoundsMemoryAccess)
            );
            assert_eq!(runner.fail("notify_askew", &[]).trap, Some(TrapKind::UnalignedAtomic));
            // Equal values wait until the time is over (2), others do not (1).
            assert_eq!(runner.call("shared", &[]), ["2", "1", "1"], "{by:?} {engine:?}");
        }
    }
}

#[test]
fn recursion_with_a_caught_exception_in_each_call_takes_time_by_its_depth() {
    let text = r#"
      (module
        (tag $e)
        (global $depth (export "depth") (mut i32) (i32.const 0))
        (func $f (export "recurse")
          (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
          (block $h (try_table (catch $e $h) (throw $e)))
          (call $f)))"#;
    let proposals = Proposals { exceptions: true, ..Proposals::default() };
    for by in compilers().filter(|by| *by != Compiler::Singlepass) {
        for engine in Engine::ALL {
            // The time for so much of a stack, and the depth that it holds. Each has a runner of
            // its own. If the stack ends within the unwinder, the process ends with it.
            let overflow = |stack_kib| {
                let mut runner = Runner::start();
                let sealed = runner.folder().join("e.wshop");
                compile(by, engine, proposals, &wat::parse_str(text).unwrap(), &sealed);
                runner.load(&sealed).unwrap();
                runner.instantiate_with(|limits, _, _| limits.stack_kib = stack_kib).unwrap();
                let begun = Instant::now();
                let CallAnswer { ended: CallEnd::Failed(error), exports, .. } =
                    runner.try_call("recurse", &[]).unwrap()
                else {
                    panic!("{by:?} {engine:?}: endless recursion came back");
                };
                let took = begun.elapsed();
                assert_eq!(
                    error.trap,
                    Some(TrapKind::StackOverflow),
                    "{by:?} {engine:?} {error:?}"
                );
                let depth: u32 = value(&exports, "depth").value.parse().unwrap();
                (took, depth)
            };
            let (short, shallow) = overflow(64);
            let (long, deep) = overflow(512);
            assert!(deep > 4 * shallow, "{by:?} {engine:?} {shallow} {deep}");
            // The depth is eight times as large, and the square of that is 64.
            assert!(
                long < 32 * short,
                "{by:?} {engine:?} {short:?} for {shallow}, {long:?} for {deep}"
            );
        }
    }
}

#[test]
fn a_function_without_a_name_is_called_by_its_export() {
    let text = r#"
      (module
        (func unreachable)
        (func (export "middle") (export "other") (call 0))
        (func $named (export "outer") (call 1)))"#;
    for engine in Engine::ALL {
        let mut runner = Runner::with(text, engine);
        let error = runner.fail("outer", &[]);
        let names: Vec<_> = error.frames.iter().map(|frame| frame.name.as_deref()).collect();
        assert_eq!(names, [None, Some("\"middle\""), Some("named")], "{engine:?}");
    }
}

#[test]
fn endless_recursion_is_a_stack_overflow_with_any_stack_and_any_frame() {
    // Large frames could jump over a guard page that is smaller than they are.
    let many: String = (0..600).map(|i| format!("(local $l{i} i64)")).collect();
    let set: String = (0..600)
        .map(|i| format!("(local.set $l{i} (i64.add (local.get $n) (i64.const {i})))"))
        .collect();
    let add: String = (0..600).map(|i| format!("(i64.add (local.get $l{i}))")).collect();
    let large = format!(
        r#"(module (func $big (export "recurse") (param $n i64) (result i64) {many} {set}
             (call $big (i64.add (local.get $n) (i64.const 1))) {add})
           (func (export "ok") (result i32) i32.const 1))"#
    );
    for by in compilers() {
        let mut told = 0;
        for engine in Engine::ALL {
            for text in [TRAPS, &large] {
                let mut runner = Runner::start();
                runner.open_by(by, text, engine);
                for stack_kib in [64, 1024, 65_536, 64] {
                    runner.instantiate_with(|limits, _, _| limits.stack_kib = stack_kib).unwrap();
                    for turn in ["1", "2"] {
                        let error = runner.fail("recurse", &["0"]);
                        assert_eq!(
                            error.trap,
                            Some(TrapKind::StackOverflow),
                            "{by:?} {engine:?} {error:?}"
                        );
                        // The function is named if it was not the runtime's own code that
                        // overflowed.
                        let names: Vec<_> =
                            error.frames.iter().map(|f| f.name.as_deref()).collect();
                        let name = if text == TRAPS { "recurse" } else { "big" };
                        assert!(
                            names.is_empty() || names == [Some(name)],
                            "{by:?} {engine:?} {names:?}"
                        );
                        told += usize::from(!names.is_empty());
                        if text == TRAPS {
                            assert_eq!(runner.call("ok", &[]), [turn]);
                        }
                    }
                }
            }
        }
        assert!(told > 0, "{by:?} never tells which function overflowed the stack");
    }
}

#[test]
fn a_larger_stack_goes_deeper() {
    let text = r#"
      (module
        (global $depth (export "depth") (mut i32) (i32.const 0))
        (func $down (export "down") (result i32)
          (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
          (i32.add (call $down) (i32.const 1))))"#;
    let mut runner = Runner::start();
    runner.open(text, Engine::Jit);
    let mut reach = |stack_kib| {
        runner.instantiate_with(|limits, _, _| limits.stack_kib = stack_kib).unwrap();
        runner.fail("down", &[]);
        value(&runner.exports().unwrap(), "depth").value.parse::<u64>().unwrap()
    };
    // The large stack comes first, because a small one afterwards must not get it.
    let (large, small) = (reach(4096), reach(64));
    assert!(large > 40 * small, "{large} calls with 4 MiB, {small} with 64 KiB");
}

#[test]
fn frames_name_functions_and_offsets_innermost_first() {
    let text = r#"
      (module
        (func $inner (param i32) (drop (i32.div_u (i32.const 1) (local.get 0))))
        (func $middle (param i32) (call $inner (local.get 0)) nop)
        (func $outer (export "outer") (param i32) (call $middle (local.get 0)) nop))"#;
    let wasm = wat::parse_str(text).unwrap();
    // This is the opcode of i32.div_u, which is nowhere else in the module.
    let divide = wasm.windows(3).position(|w| w == [0x20, 0x00, 0x6e]).unwrap() as u32 + 2;
    for by in compilers() {
        for engine in Engine::ALL {
            let mut runner = Runner::made_by(by, text, engine);
            assert!(runner.call("outer", &["1"]).is_empty());
            let error = runner.fail("outer", &["0"]);
            let names: Vec<_> = error.frames.iter().map(|f| f.name.as_deref()).collect();
            if by == Compiler::Llvm {
                // LLVM may inline one function into another.
                assert!(names.contains(&Some("outer")), "{names:?}");
                continue;
            }
            assert_eq!(names, [Some("inner"), Some("middle"), Some("outer")], "{by:?} {engine:?}");
            let indices: Vec<_> = error.frames.iter().map(|f| f.function).collect();
            assert_eq!(indices, [0, 1, 2]);
            let offset = error.frames[0].at.offset.unwrap();
            // Singlepass puts the code of a trap behind the function's, and reports that place.
            let end = if by == Compiler::Singlepass { divide + 2 } else { divide };
            assert!(
                (divide..=end).contains(&offset),
                "{by:?} {engine:?} {divide} {:?}",
                error.frames
            );
            assert_eq!(error.at.and_then(|at| at.offset), Some(offset));
            assert!(error.frames.iter().all(|f| f.at.offset.is_some()), "{:?}", error.frames);
        }
    }
}

#[test]
fn an_import_that_nothing_provides_traps_by_its_name_when_it_is_called() {
    let text = r#"
      (module
        (import "env" "log" (func $log (param i32 i64 f32 f64) (result i32)))
        (func (export "quiet") (result i32) i32.const 5)
        (func (export "loud") (result i32)
          (call $log (i32.const 1) (i64.const 2) (f32.const 3) (f64.const 4))))"#;
    for by in compilers() {
        for engine in Engine::ALL {
            let mut runner = Runner::start();
            runner.open_by(by, text, engine);
            runner.instantiate_with(|_, _, unknown| *unknown = UnknownImports::Trap).unwrap();
            assert_eq!(runner.call("quiet", &[]), ["5"]);
            let error = runner.fail("loud", &[]);
            assert_eq!((error.code, error.trap), (ErrorCode::Trap, Some(TrapKind::HostFunction)));
            assert!(error.message.contains("`env.log`"), "{}", error.message);
            assert_eq!(runner.call("quiet", &[]), ["5"]);
        }
    }
}

#[test]
fn a_start_function_that_traps_fails_the_instantiation_and_says_where() {
    let text = r#"(module (func $begin unreachable) (start $begin))"#;
    for engine in Engine::ALL {
        let mut runner = Runner::start();
        runner.open(text, engine);
        let error = runner.instantiate().unwrap_err();
        assert_eq!((error.code, error.trap), (ErrorCode::Trap, Some(TrapKind::Unreachable)));
        assert_eq!(error.frames[0].name.as_deref(), Some("begin"));
        assert_eq!(runner.exports().unwrap_err().code, ErrorCode::NoInstance);
    }
}

#[test]
fn an_exception_that_nothing_catches_is_a_trap_and_one_that_is_caught_is_none() {
    let text = r#"
      (module
        (tag $e (export "e") (param i32 i64))
        (func (export "throw") (throw $e (i32.const 42) (i64.const -1)))
        (func (export "caught") (result i32 i64)
          (block $h (result i32 i64) (try_table (catch $e $h) (throw $e (i32.const 1) (i64.const 2))) unreachable)))"#;
    let wasm = wat::parse_str(text).unwrap();
    let proposals = Proposals { exceptions: true, ..Proposals::default() };
    for by in compilers().filter(|by| *by != Compiler::Singlepass) {
        for engine in Engine::ALL {
            let mut runner = Runner::start();
            let sealed = runner.folder().join("e.wshop");
            compile(by, engine, proposals, &wasm, &sealed);
            runner.load(&sealed).unwrap();
            runner.instantiate().unwrap();
            assert_eq!(runner.exports().unwrap()[0].export.kind.to_string(), "tag (i32, i64)");
            let error = runner.fail("throw", &[]);
            assert_eq!(
                error.trap,
                Some(TrapKind::UncaughtException),
                "{by:?} {engine:?} {error:?}"
            );
            assert_eq!(runner.call("caught", &[]), ["1", "2"]);
        }
    }
}
