//! Tests of values, which go in and come out bit for bit.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use watshop_protocol::page::{Compiler, Engine, ValueType};
use watshop_protocol::value::{Bits, parse, print};

use crate::process::{Runner, compilers};

/// A module with each of the four number types: through a function, through a global, and out of
/// memory, so that no float instruction of the compiler touches it.
const NUMBERS: &str = r#"
(module
  (memory (export "memory") 1)
  (global $i32 (export "g_i32") (mut i32) (i32.const 0))
  (global $i64 (export "g_i64") (mut i64) (i64.const 0))
  (global $f32 (export "g_f32") (mut f32) (f32.const 0))
  (global $f64 (export "g_f64") (mut f64) (f64.const 0))
  (func (export "i32") (param i32) (result i32) local.get 0 global.set $i32 global.get $i32)
  (func (export "i64") (param i64) (result i64) local.get 0 global.set $i64 global.get $i64)
  (func (export "f32") (param f32) (result f32) local.get 0 global.set $f32 global.get $f32)
  (func (export "f64") (param f64) (result f64) local.get 0 global.set $f64 global.get $f64)
  (func (export "f32_bits") (param f32) (result i32) local.get 0 i32.reinterpret_f32)
  (func (export "f64_bits") (param f64) (result i64) local.get 0 i64.reinterpret_f64)
  (func (export "f32_from") (param i32) (result f32)
    (i32.store (i32.const 0) (local.get 0)) (f32.load (i32.const 0)))
  (func (export "f64_from") (param i64) (result f64)
    (i64.store (i32.const 0) (local.get 0)) (f64.load (i32.const 0)))
  (func (export "many") (param i32 i64 f32 f64 i32 i64 f32 f64 i32 i64 f32 f64)
    (result f64 f32 i64 i32 f64 f32 i64 i32)
    local.get 11 local.get 10 local.get 9 local.get 8 local.get 3 local.get 2 local.get 1 local.get 0))
"#;

const VECTORS: &str = r#"
(module
  (global $v (export "g_v128") (mut v128) (v128.const i64x2 0 0))
  (func (export "v128") (param v128) (result v128) local.get 0 global.set $v global.get $v)
  (func (export "lanes") (param v128 i32) (result i64 i64 i32)
    (i64x2.extract_lane 0 (local.get 0)) (i64x2.extract_lane 1 (local.get 0)) (local.get 1)))
"#;

/// The numbers that go wrong first: signalling NaNs, payloads, -0, and numbers beyond a double.
fn hard_cases() -> Vec<Bits> {
    vec![
        Bits::I32(u32::MAX),
        Bits::I32(0x8000_0000),
        Bits::I64((1 << 53) + 1),
        Bits::I64(u64::MAX),
        Bits::I64(1 << 63),
        Bits::F32(0x7fa0_0000),
        Bits::F32(0xffa0_0001),
        Bits::F32(0x7fc0_0000),
        Bits::F32(0xffff_ffff),
        Bits::F32(0x8000_0000),
        Bits::F32(1),
        Bits::F64(0x7ff4_0000_0000_0001),
        Bits::F64(0xfff0_0000_0000_0001),
        Bits::F64(0x7ff8_0000_0000_0000),
        Bits::F64(0x8000_0000_0000_0000),
        Bits::F64(1),
    ]
}

fn any_number() -> impl Strategy<Value = Bits> {
    prop_oneof![
        any::<u32>().prop_map(Bits::I32),
        any::<u64>().prop_map(Bits::I64),
        any::<u32>().prop_map(Bits::F32),
        any::<u64>().prop_map(Bits::F64),
        // Random bits are seldom NaN.
        any::<u32>().prop_map(|bits| Bits::F32(bits | 0x7f80_0000)),
        any::<u64>().prop_map(|bits| Bits::F64(bits | 0x7ff0_0000_0000_0000)),
    ]
}

fn comes_back(runner: &mut Runner, bits: Bits) {
    let (text, name) = (print(bits), bits.value_type().name());
    let called = runner.try_call(name, &[&text]).unwrap();
    let global = crate::process::value(&called.exports, &format!("g_{name}"));
    assert_eq!(global.value, text, "the global of {bits:?}");
    assert_eq!(global.kind, bits.value_type());
    match called.ended {
        watshop_protocol::process::runner::CallEnd::Returned(values) => {
            assert_eq!(values[0].value, text, "the result of {bits:?}");
            assert_eq!(values[0].kind, bits.value_type());
        }
        other => panic!("{other:?}"),
    }
    let (in_bits, from_bits, whole) = match bits {
        Bits::F32(bits) => ("f32_bits", "f32_from", print(Bits::I32(bits))),
        Bits::F64(bits) => ("f64_bits", "f64_from", print(Bits::I64(bits))),
        _ => return,
    };
    assert_eq!(runner.call(in_bits, &[&text]), [whole.as_str()], "what the guest saw of {bits:?}");
    assert_eq!(runner.call(from_bits, &[&whole]), [text], "what the guest gave for {bits:?}");
}

#[test]
fn every_bit_of_the_hard_numbers_survives_each_compiler_and_engine() {
    for by in compilers() {
        for engine in Engine::ALL {
            let mut runner = Runner::made_by(by, NUMBERS, engine);
            for bits in hard_cases() {
                comes_back(&mut runner, bits);
            }
        }
    }
}

#[test]
fn any_number_comes_back_as_it_went() {
    let runner = RefCell::new(Runner::with(NUMBERS, Engine::Jit));
    let mut cases =
        TestRunner::new(Config { cases: 500, failure_persistence: None, ..Config::default() });
    cases
        .run(&any_number(), |bits| {
            comes_back(&mut runner.borrow_mut(), bits);
            Ok(())
        })
        .unwrap();
}

#[test]
fn many_parameters_and_many_results_keep_their_places() {
    for by in compilers() {
        for engine in Engine::ALL {
            let mut runner = Runner::made_by(by, NUMBERS, engine);
            let arguments = [
                "1",
                "2",
                "nan:0x200000",
                "-0",
                "5",
                "6",
                "7.5",
                "8.5",
                "9",
                "10",
                "11.25",
                "nan:0x1",
            ];
            let results = runner.call("many", &arguments);
            assert_eq!(
                results,
                ["nan:0x1", "11.25", "10", "9", "-0", "nan:0x200000", "2", "1"],
                "{by:?}"
            );
        }
    }
}

#[test]
fn vectors_come_back_as_they_went() {
    for by in compilers().filter(|by| *by != Compiler::Singlepass) {
        for engine in Engine::ALL {
            let mut runner = Runner::made_by(by, VECTORS, engine);
            for bits in [0, 1, u128::MAX, 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210] {
                let text = print(Bits::V128(bits));
                let called = runner.try_call("v128", &[&text]).unwrap();
                assert_eq!(crate::process::value(&called.exports, "g_v128").value, text);
                assert_eq!(runner.call("v128", &[&text]), [text.as_str()]);
                let lanes = runner.call("lanes", &[&text, "7"]);
                let (low, high) = (bits as u64 as i64, (bits >> 64) as u64 as i64);
                assert_eq!(lanes, [low.to_string(), high.to_string(), "7".into()]);
            }
        }
    }
}

#[test]
fn host_references_keep_their_numbers() {
    let text = r#"
      (module
        (table $t (export "t") 2 externref)
        (global $g (export "g") (mut externref) (ref.null extern))
        (func (export "same") (param externref) (result externref) local.get 0 global.set $g global.get $g)
        (func (export "put") (param i32 externref) local.get 0 local.get 1 table.set $t)
        (func (export "get") (param i32) (result externref) local.get 0 table.get $t)
        (func (export "is_null") (param externref) (result i32) local.get 0 ref.is_null))"#;
    for engine in Engine::ALL {
        let mut runner = Runner::with(text, engine);
        assert_eq!(runner.call("same", &["extern 7"]), ["extern 7"]);
        assert_eq!(crate::process::value(&runner.exports().unwrap(), "g").value, "extern 7");
        assert_eq!(runner.call("same", &["null"]), ["null"]);
        assert_eq!(crate::process::value(&runner.exports().unwrap(), "g").value, "null");
        runner.call("put", &["0", "extern 0"]);
        runner.call("put", &["1", "ref.extern 4294967295"]);
        assert_eq!(runner.call("get", &["0"]), ["extern 0"]);
        assert_eq!(runner.call("get", &["1"]), ["extern 4294967295"]);
        assert_eq!(runner.call("is_null", &["extern 0"]), ["0"]);
        assert_eq!(runner.call("is_null", &["null"]), ["1"]);
    }
}

#[test]
fn function_references_are_known_by_their_index() {
    // Index 0 is an import, 1 is exported, 2 is only in an exported table, 3 only ever comes out as
    // a result.
    let text = r#"
      (module
        (import "env" "host" (func $host (result i32)))
        (func $one (export "one") (result i32) i32.const 1)
        (func $two (result i32) i32.const 2)
        (func $three (result i32) i32.const 3)
        (table $t (export "t") 3 funcref)
        (elem (table $t) (i32.const 0) func $host $one $two)
        (elem declare func $three)
        (global $g (export "g") (mut funcref) (ref.func $two))
        (func (export "same") (param funcref) (result funcref) local.get 0 global.set $g global.get $g)
        (func (export "get") (param i32) (result funcref) local.get 0 table.get $t)
        (func (export "hidden") (result funcref) ref.func $three)
        (func (export "run") (param funcref) (result i32)
          (table.set $t (i32.const 0) (local.get 0)) (call_indirect $t (result i32) (i32.const 0))))"#;
    for by in compilers() {
        for engine in Engine::ALL {
            let mut runner = Runner::start();
            runner.open_by(by, text, engine);
            runner
                .instantiate_with(|_, _, unknown| {
                    *unknown = watshop_protocol::page::UnknownImports::Trap;
                })
                .unwrap();
            assert_eq!(
                crate::process::value(&runner.exports().unwrap(), "g").value,
                "func 2",
                "{by:?}"
            );
            assert_eq!(runner.call("get", &["0"]), ["func 0"]);
            assert_eq!(runner.call("get", &["2"]), ["func 2"]);
            let unknown = runner.try_call("run", &["func 3"]).unwrap_err();
            assert_eq!(
                unknown.code,
                watshop_protocol::page::ErrorCode::ArgumentType,
                "{}",
                unknown.message
            );
            assert_eq!(runner.call("hidden", &[]), ["func 3"]);
            for (index, result) in [("func 1", "1"), ("func 2", "2"), ("func 3", "3")] {
                assert_eq!(runner.call("same", &[index]), [index]);
                assert_eq!(crate::process::value(&runner.exports().unwrap(), "g").value, index);
                assert_eq!(runner.call("run", &[index]), [result]);
            }
            assert_eq!(runner.call("same", &["null"]), ["null"]);
            assert_eq!(runner.call("same", &["func 0"]), ["func 0"]);
        }
    }
}

#[test]
fn a_vector_that_singlepass_cannot_pass_is_no_crash() {
    // Singlepass 7.5 refuses the module. If a later one takes it, the call has to be right.
    let mut runner = Runner::start();
    let sealed = runner.folder().join("v.wshop");
    let wasm = wat::parse_str(VECTORS).unwrap();
    let compiled = std::panic::catch_unwind(|| {
        crate::process::compile(
            Compiler::Singlepass,
            Engine::Jit,
            Default::default(),
            &wasm,
            &sealed,
        );
    });
    if compiled.is_ok() {
        runner.load(&sealed).unwrap();
        runner.instantiate().unwrap();
        let text = print(Bits::V128(5));
        assert_eq!(runner.call("v128", &[&text]), [text.as_str()]);
    }
    runner.open_by(Compiler::Singlepass, "(module (func (export \"f\")))", Engine::Jit);
    runner.instantiate().unwrap();
    assert!(runner.call("f", &[]).is_empty());
}

#[test]
fn the_texts_of_these_tests_mean_what_they_say() {
    assert_eq!(parse(ValueType::F32, "nan:0x200000").unwrap(), Bits::F32(0x7fa0_0000));
}
