//! Counters, clocks and random numbers in Rust.

use watshop_protocol::page::{ClockOrigin, ClockUnit, Provider, ValueType};
use watshop_protocol::value::{self, Bits};

use super::super::with_zeros;
use super::literal;

/// A function that gives numbers of its own.
pub(super) struct Numbers {
    /// What is kept between its calls.
    pub state: String,
    /// What stands before its results.
    pub before: &'static str,
    /// One for each.
    pub results: Vec<String>,
}

const COUNT: &str = "        let n = calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);\n";
const NOW: &str = "        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();\n";
const SINCE: &str = "        let now = began.elapsed();\n";
const SPLITMIX64: &str = "        let next = || {
            const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
            let mut z = state.fetch_add(GAMMA, std::sync::atomic::Ordering::Relaxed).wrapping_add(GAMMA);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
";

pub(super) fn of(provider: &Provider, results: &[ValueType]) -> Option<Numbers> {
    let first = results.first().copied();
    let with_zeros = |one| with_zeros(one, results, literal);
    Some(match provider {
        Provider::Counter { start, step } => Numbers {
            state: "let calls = std::sync::atomic::AtomicU64::new(0);".into(),
            before: COUNT,
            results: with_zeros(counted(first?, start, step)),
        },
        Provider::Clock { unit, origin } => Numbers {
            state: match origin {
                ClockOrigin::Unix => String::new(),
                ClockOrigin::Instance => "let began = std::time::Instant::now();".into(),
            },
            before: match origin {
                ClockOrigin::Unix => NOW,
                ClockOrigin::Instance => SINCE,
            },
            results: with_zeros(time(first?, *unit)),
        },
        Provider::Random { seed } => Numbers {
            state: match value::parse(ValueType::I64, seed) {
                Ok(Bits::I64(seed)) => format!("let state = std::sync::atomic::AtomicU64::new({seed});"),
                _ => return None,
            },
            before: SPLITMIX64,
            results: results.iter().map(|kind| random(*kind)).collect(),
        },
        _ => return None,
    })
}

fn counted(kind: ValueType, start: &str, step: &str) -> String {
    match (value::parse(kind, start), value::parse(kind, step)) {
        (Ok(Bits::I32(start)), Ok(Bits::I32(step))) => {
            format!("Value::I32({start}_u32.wrapping_add({step}_u32.wrapping_mul(n as u32)) as i32)")
        }
        (Ok(Bits::I64(start)), Ok(Bits::I64(step))) => {
            format!("Value::I64({start}_u64.wrapping_add({step}_u64.wrapping_mul(n)) as i64)")
        }
        (Ok(Bits::F32(start)), Ok(Bits::F32(step))) => {
            format!("Value::F32(f32::from_bits({start:#x}) + f32::from_bits({step:#x}) * n as f32)")
        }
        (Ok(Bits::F64(start)), Ok(Bits::F64(step))) => {
            format!("Value::F64(f64::from_bits({start:#x}) + f64::from_bits({step:#x}) * n as f64)")
        }
        _ => literal(kind, "0"),
    }
}

fn time(kind: ValueType, unit: ClockUnit) -> String {
    let (whole, factor) = match unit {
        ClockUnit::Seconds => ("as_secs", ""),
        ClockUnit::Milliseconds => ("as_millis", " * 1e3"),
        ClockUnit::Microseconds => ("as_micros", " * 1e6"),
        ClockUnit::Nanoseconds => ("as_nanos", " * 1e9"),
    };
    match kind {
        ValueType::I32 => format!("Value::I32(now.{whole}() as i32)"),
        ValueType::I64 => format!("Value::I64(now.{whole}() as i64)"),
        ValueType::F32 => format!("Value::F32((now.as_secs_f64(){factor}) as f32)"),
        _ => format!("Value::F64(now.as_secs_f64(){factor})"),
    }
}

fn random(kind: ValueType) -> String {
    match kind {
        ValueType::I32 => "Value::I32((next() >> 32) as i32)".into(),
        ValueType::I64 => "Value::I64(next() as i64)".into(),
        ValueType::F32 => "Value::F32((next() >> 40) as f32 / (1_u32 << 24) as f32)".into(),
        ValueType::F64 => "Value::F64((next() >> 11) as f64 / (1_u64 << 53) as f64)".into(),
        ValueType::V128 => "Value::V128(u128::from(next()) << 64 | u128::from(next()))".into(),
        reference => literal(reference, "null"),
    }
}
