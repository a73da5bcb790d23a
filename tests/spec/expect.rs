//! Converts arguments to text, and compares results with the patterns of the specification.

use wast::core::{AbstractHeapType, HeapType, NanPattern, V128Pattern, WastArgCore, WastRetCore};
use wast::{WastArg, WastRet};
use watshop_protocol::page::{TrapKind, Value};
use watshop_protocol::value::{Bits, parse, print};

/// Returns an argument as the runner reads it, or none for a type that no export of these suites
/// takes.
pub fn argument(argument: &WastArg<'_>) -> Option<String> {
    let WastArg::Core(core) = argument else { return None };
    let bits = match core {
        WastArgCore::I32(v) => Bits::I32(*v as u32),
        WastArgCore::I64(v) => Bits::I64(*v as u64),
        WastArgCore::F32(v) => Bits::F32(v.bits),
        WastArgCore::F64(v) => Bits::F64(v.bits),
        WastArgCore::V128(v) => Bits::V128(u128::from_le_bytes(v.to_le_bytes())),
        WastArgCore::RefNull(HeapType::Abstract { ty: AbstractHeapType::Func, .. }) => {
            Bits::FuncRef(None)
        }
        WastArgCore::RefNull(_) => Bits::ExternRef(None),
        WastArgCore::RefExtern(n) => Bits::ExternRef(Some(*n)),
        WastArgCore::RefHost(_) => return None,
    };
    Some(print(bits))
}

/// Returns true if a result is the one that a script expects.
pub fn matches(value: &Value, expected: &WastRet<'_>) -> bool {
    let WastRet::Core(core) = expected else { return false };
    let Ok(bits) = parse(value.kind, &value.value) else { return false };
    core_matches(bits, core)
}

fn core_matches(bits: Bits, expected: &WastRetCore<'_>) -> bool {
    match (bits, expected) {
        (Bits::I32(v), WastRetCore::I32(e)) => v == *e as u32,
        (Bits::I64(v), WastRetCore::I64(e)) => v == *e as u64,
        (Bits::F32(v), WastRetCore::F32(e)) => float32(v, e),
        (Bits::F64(v), WastRetCore::F64(e)) => float64(v, e),
        (Bits::V128(v), WastRetCore::V128(e)) => vector(v, e),
        (Bits::FuncRef(None) | Bits::ExternRef(None) | Bits::ExnRef, WastRetCore::RefNull(_)) => {
            true
        }
        (Bits::ExternRef(Some(_)), WastRetCore::RefExtern(None)) => true,
        (Bits::ExternRef(Some(v)), WastRetCore::RefExtern(Some(e))) => v == *e,
        (Bits::FuncRef(Some(_)), WastRetCore::RefFunc(_)) => true,
        (_, WastRetCore::Either(any)) => any.iter().any(|one| core_matches(bits, one)),
        _ => false,
    }
}

/// Compares the bits of a float. A canonical NaN has only the highest payload bit; an arithmetic
/// one has at least that.
fn float32(bits: u32, expected: &NanPattern<wast::token::F32>) -> bool {
    match expected {
        NanPattern::CanonicalNan => bits & 0x7fff_ffff == 0x7fc0_0000,
        NanPattern::ArithmeticNan => bits & 0x7fc0_0000 == 0x7fc0_0000,
        NanPattern::Value(v) => bits == v.bits,
    }
}

fn float64(bits: u64, expected: &NanPattern<wast::token::F64>) -> bool {
    match expected {
        NanPattern::CanonicalNan => bits & 0x7fff_ffff_ffff_ffff == 0x7ff8_0000_0000_0000,
        NanPattern::ArithmeticNan => bits & 0x7ff8_0000_0000_0000 == 0x7ff8_0000_0000_0000,
        NanPattern::Value(v) => bits == v.bits,
    }
}

fn vector(bits: u128, expected: &V128Pattern) -> bool {
    let lane = |index: usize, width: usize| (bits >> (index * width)) as u64;
    match expected {
        V128Pattern::I8x16(e) => e.iter().enumerate().all(|(i, e)| lane(i, 8) as i8 == *e),
        V128Pattern::I16x8(e) => e.iter().enumerate().all(|(i, e)| lane(i, 16) as i16 == *e),
        V128Pattern::I32x4(e) => e.iter().enumerate().all(|(i, e)| lane(i, 32) as i32 == *e),
        V128Pattern::I64x2(e) => e.iter().enumerate().all(|(i, e)| lane(i, 64) as i64 == *e),
        V128Pattern::F32x4(e) => e.iter().enumerate().all(|(i, e)| float32(lane(i, 32) as u32, e)),
        V128Pattern::F64x2(e) => e.iter().enumerate().all(|(i, e)| float64(lane(i, 64), e)),
    }
}

/// Returns true if a trap is the one that a script names. The scripts compare the start of the
/// message.
pub fn trap_matches(kind: Option<TrapKind>, message: &str) -> bool {
    let Some(kind) = kind else { return false };
    let kinds: &[TrapKind] = match message {
        "unreachable" => &[TrapKind::Unreachable],
        "integer divide by zero" => &[TrapKind::IntegerDivideByZero],
        "integer overflow" => &[TrapKind::IntegerOverflow],
        // Some CPUs need further instructions to tell a NaN from a number out of range.
        "invalid conversion to integer" => &[TrapKind::InvalidConversionToInteger],
        "indirect call type mismatch" => &[TrapKind::IndirectCallTypeMismatch],
        "uncaught exception" => &[TrapKind::UncaughtException],
        "unaligned atomic" => &[TrapKind::UnalignedAtomic],
        "expected shared memory" => &[TrapKind::WaitOnUnsharedMemory],
        "call stack exhausted" => &[TrapKind::StackOverflow],
        _ if message.starts_with("out of bounds memory") => &[TrapKind::OutOfBoundsMemoryAccess],
        _ if message.starts_with("out of bounds table")
            || message.starts_with("undefined element") =>
        {
            &[TrapKind::OutOfBoundsTableAccess]
        }
        _ if message.starts_with("uninitialized") || message.starts_with("null") => {
            &[TrapKind::NullReference]
        }
        _ if message.starts_with("out of bounds") => {
            &[TrapKind::OutOfBoundsMemoryAccess, TrapKind::OutOfBoundsTableAccess]
        }
        _ => &[],
    };
    kinds.contains(&kind)
}
