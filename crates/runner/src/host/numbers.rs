//! Functions whose first result is a number: counters, clocks, random numbers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use watshop_protocol::{Sentence, say};

use wasmer::Value as WasmerValue;
use watshop_protocol::page::{ClockOrigin, ClockUnit, ValueType};
use watshop_wasi::seeded::{GAMMA, mix};

use super::cells;

/// Makes a counter: the first of `results` grows with every call. The number of call `n` is `start
/// + n × step`, so that floats do not gather errors.
///
/// # Errors
///
/// A sentence if a number cannot be read.
pub fn counter(
    results: &[ValueType],
    start: &str,
    step: &str,
) -> Result<impl Fn() -> Vec<WasmerValue> + use<>, Sentence> {
    let kind = results.first().copied().ok_or_else(|| say!("The function returns nothing."))?;
    let (start, step) = (cells::constant(kind, start)?, cells::constant(kind, step)?);
    let rest: Vec<_> = results.iter().copied().map(cells::zero).collect();
    let calls = AtomicU64::new(0);
    Ok(move || {
        let n = calls.fetch_add(1, Ordering::Relaxed);
        let mut values = rest.clone();
        values[0] = match (&start, &step) {
            (WasmerValue::I32(start), WasmerValue::I32(step)) => {
                WasmerValue::I32(start.wrapping_add(step.wrapping_mul(n as i32)))
            }
            (WasmerValue::I64(start), WasmerValue::I64(step)) => {
                WasmerValue::I64(start.wrapping_add(step.wrapping_mul(n as i64)))
            }
            (WasmerValue::F32(start), WasmerValue::F32(step)) => {
                WasmerValue::F32(start + step * n as f32)
            }
            (WasmerValue::F64(start), WasmerValue::F64(step)) => {
                WasmerValue::F64(start + step * n as f64)
            }
            _ => rest[0].clone(),
        };
        values
    })
}

/// Makes a clock: the first of `results` is the time.
pub fn clock(
    results: &[ValueType],
    unit: ClockUnit,
    origin: ClockOrigin,
    began: Instant,
) -> impl Fn() -> Vec<WasmerValue> + use<> {
    let first = results.first().copied();
    let rest: Vec<_> = results.iter().copied().map(cells::zero).collect();
    let length: u32 = match unit {
        ClockUnit::Seconds => 1_000_000_000,
        ClockUnit::Milliseconds => 1_000_000,
        ClockUnit::Microseconds => 1000,
        ClockUnit::Nanoseconds => 1,
    };
    move || {
        let since = match origin {
            ClockOrigin::Instance => began.elapsed(),
            ClockOrigin::Unix => SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default(),
        };
        let whole = since.as_nanos() / u128::from(length);
        let exact = since.as_secs_f64() * (1e9 / f64::from(length));
        let mut values = rest.clone();
        if let (Some(kind), Some(value)) = (first, values.first_mut()) {
            *value = match kind {
                ValueType::I32 => WasmerValue::I32(whole as i32),
                ValueType::I64 => WasmerValue::I64(whole as i64),
                ValueType::F32 => WasmerValue::F32(exact as f32),
                ValueType::F64 => WasmerValue::F64(exact),
                other => cells::zero(other),
            };
        }
        values
    }
}

/// Makes a generator of random numbers: all of `results` are random.
///
/// # Errors
///
/// A sentence if the seed cannot be read.
pub fn random(
    results: &[ValueType],
    seed: &str,
) -> Result<impl Fn() -> Vec<WasmerValue> + use<>, Sentence> {
    let WasmerValue::I64(seed) = cells::constant(ValueType::I64, seed)? else {
        return Err(say!("The seed is not a number."));
    };
    let state = AtomicU64::new(seed as u64);
    let results = results.to_vec();
    Ok(move || results.iter().map(|kind| one(*kind, &state)).collect())
}

fn one(kind: ValueType, state: &AtomicU64) -> WasmerValue {
    match kind {
        ValueType::I32 => WasmerValue::I32((next(state) >> 32) as i32),
        ValueType::I64 => WasmerValue::I64(next(state) as i64),
        // A float gets as many random bits as its significand has, so that every number is equally
        // likely.
        ValueType::F32 => WasmerValue::F32((next(state) >> 40) as f32 / (1_u32 << 24) as f32),
        ValueType::F64 => WasmerValue::F64((next(state) >> 11) as f64 / (1_u64 << 53) as f64),
        ValueType::V128 => {
            WasmerValue::V128(u128::from(next(state)) << 64 | u128::from(next(state)))
        }
        reference => cells::zero(reference),
    }
}

fn next(state: &AtomicU64) -> u64 {
    mix(state.fetch_add(GAMMA, Ordering::Relaxed).wrapping_add(GAMMA))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ValueType::{F64, I32, I64};

    #[test]
    fn a_counter_counts_and_wraps_around() {
        let next = counter(&[I32, F64], "2147483646", "1").unwrap();
        let numbers: Vec<_> = (0..3).map(|_| next()).collect();
        assert_eq!(numbers[0], [WasmerValue::I32(i32::MAX - 1), WasmerValue::F64(0.0)]);
        assert_eq!(numbers[2][0], WasmerValue::I32(i32::MIN));
        let tenths = counter(&[F64], "0", "0.1").unwrap();
        assert_eq!((0..=10).map(|_| tenths()).last().unwrap(), [WasmerValue::F64(1.0)]);
    }

    #[test]
    fn a_seed_gives_the_same_numbers_every_time_and_another_one_others() {
        let first = |seed: &str| random(&[I64], seed).unwrap()();
        // The reference implementation gives this first number for the seed.
        assert_eq!(first("1234567"), [WasmerValue::I64(6_457_827_717_110_365_317)]);
        assert_eq!(first("7"), first("7"));
        assert_ne!(first("7"), first("8"));
        let floats = random(&[F64], "1").unwrap();
        for _ in 0..1000 {
            let WasmerValue::F64(value) = floats()[0] else { panic!("no f64") };
            assert!((0.0..1.0).contains(&value));
        }
    }

    #[test]
    fn a_clock_goes_forward_in_its_unit() {
        let began = Instant::now();
        let nanoseconds = clock(&[I64], ClockUnit::Nanoseconds, ClockOrigin::Instance, began);
        let (WasmerValue::I64(a), WasmerValue::I64(b)) =
            (nanoseconds()[0].clone(), nanoseconds()[0].clone())
        else {
            panic!("no i64")
        };
        assert!(0 < a && a <= b);
        let seconds = clock(&[F64], ClockUnit::Seconds, ClockOrigin::Unix, began);
        let WasmerValue::F64(now) = seconds()[0] else { panic!("no f64") };
        assert!(now > 1_700_000_000.0, "after 2023");
    }
}
