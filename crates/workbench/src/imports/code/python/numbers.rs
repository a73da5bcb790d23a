//! Counters, clocks and random numbers in Python.

use watshop_protocol::page::{ClockOrigin, ClockUnit, Provider, ValueType};
use watshop_protocol::value::{self, Bits};

use super::super::with_zeros;
use super::literal;

/// A function that gives numbers of its own.
pub(super) struct Numbers {
    /// What is kept between its calls: a line of the program.
    pub state: String,
    /// What stands before its results.
    pub before: String,
    /// One for each.
    pub results: Vec<String>,
}

/// What is used by name, each with how its call begins.
const HELPERS: [(&str, &str); 2] = [
    (
        "signed(",
        "

def signed(value, bits):
    return (value + (1 << bits - 1)) % (1 << bits) - (1 << bits - 1)
",
    ),
    (
        "splitmix64(",
        "

def splitmix64(state):
    while True:
        state = (state + 0x9e3779b97f4a7c15) % 2**64
        z = (state ^ state >> 30) * 0xbf58476d1ce4e5b9 % 2**64
        z = (z ^ z >> 27) * 0x94d049bb133111eb % 2**64
        yield z ^ z >> 31
",
    ),
];

/// Those that a text calls.
pub(super) fn helpers(functions: &str) -> String {
    HELPERS.into_iter().filter(|(call, _)| functions.contains(call)).map(|(_, helper)| helper).collect()
}

pub(super) fn of(provider: &Provider, name: &str, results: &[ValueType]) -> Option<Numbers> {
    let first = results.first().copied();
    let with_zeros = |one| with_zeros(one, results, literal);
    Some(match provider {
        Provider::Counter { start, step } => Numbers {
            state: format!("{name}_calls = itertools.count()\n"),
            before: format!("    n = next({name}_calls)\n"),
            results: with_zeros(counted(first?, start, step)),
        },
        Provider::Clock { unit, origin } => Numbers {
            state: match origin {
                ClockOrigin::Unix => String::new(),
                ClockOrigin::Instance => format!("{name}_began = time.monotonic_ns()\n"),
            },
            before: match origin {
                ClockOrigin::Unix => "    now = time.time_ns()\n".into(),
                ClockOrigin::Instance => format!("    now = time.monotonic_ns() - {name}_began\n"),
            },
            results: with_zeros(time(first?, *unit)),
        },
        Provider::Random { seed } => Numbers {
            state: match value::parse(ValueType::I64, seed) {
                Ok(Bits::I64(seed)) => format!("{name}_random = splitmix64({seed})\n"),
                _ => return None,
            },
            before: String::new(),
            results: results.iter().map(|kind| random(*kind, &format!("next({name}_random)"))).collect(),
        },
        _ => return None,
    })
}

fn counted(kind: ValueType, start: &str, step: &str) -> String {
    let sum = format!("{} + {} * n", literal(kind, start), literal(kind, step));
    match kind {
        ValueType::I32 => format!("signed({sum}, 32)"),
        ValueType::I64 => format!("signed({sum}, 64)"),
        _ => sum,
    }
}

fn time(kind: ValueType, unit: ClockUnit) -> String {
    let nanoseconds = match unit {
        ClockUnit::Seconds => "1_000_000_000",
        ClockUnit::Milliseconds => "1_000_000",
        ClockUnit::Microseconds => "1_000",
        ClockUnit::Nanoseconds => "1",
    };
    match kind {
        ValueType::I32 => format!("signed(now // {nanoseconds}, 32)"),
        ValueType::I64 => format!("signed(now // {nanoseconds}, 64)"),
        _ => format!("now / {nanoseconds}"),
    }
}

fn random(kind: ValueType, next: &str) -> String {
    match kind {
        ValueType::I32 => format!("signed({next} >> 32, 32)"),
        ValueType::I64 => format!("signed({next}, 64)"),
        ValueType::F32 => format!("({next} >> 40) / 2**24"),
        ValueType::F64 => format!("({next} >> 11) / 2**53"),
        ValueType::V128 => format!("{next} << 64 | {next}"),
        _ => "None".into(),
    }
}
