//! Counters, clocks and random numbers in C.

use watshop_protocol::page::{ClockOrigin, ClockUnit, Provider, ValueType};
use watshop_protocol::value::{self, Bits};

use super::super::with_zeros;
use super::{float, literal};

/// What is used by name, each with how its call begins.
pub(super) const HELPERS: [(&str, &str); 3] = [
    ("nanoseconds(began)", "\nstatic struct timespec began;\n"),
    (
        "nanoseconds(",
        "
static int64_t nanoseconds(struct timespec since) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (int64_t)(now.tv_sec - since.tv_sec) * 1000000000 + (now.tv_nsec - since.tv_nsec);
}
",
    ),
    (
        "splitmix64(&state)",
        "
static uint64_t splitmix64(uint64_t* state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15ull;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ z >> 27) * 0x94d049bb133111ebull;
  return z ^ z >> 31;
}
",
    ),
];

/// What stands before the results, and each of those.
pub(super) fn of(provider: &Provider, results: &[ValueType]) -> Option<(String, Vec<String>)> {
    let first = results.first().copied();
    let with_zeros = |one| with_zeros(one, results, literal);
    Some(match provider {
        Provider::Counter { start, step } => {
            let before = "  static uint64_t calls = 0;\n  uint64_t n = calls++;\n";
            (before.into(), with_zeros(counted(first?, start, step)))
        }
        Provider::Clock { unit, origin } => {
            let since = match origin {
                ClockOrigin::Unix => "(struct timespec){0}",
                ClockOrigin::Instance => "began",
            };
            (format!("  int64_t now = nanoseconds({since});\n"), with_zeros(time(first?, *unit)))
        }
        Provider::Random { seed } => {
            let Ok(Bits::I64(seed)) = value::parse(ValueType::I64, seed) else { return None };
            let results = results.iter().map(|kind| random(*kind)).collect();
            (format!("  static uint64_t state = {seed}ull;\n"), results)
        }
        _ => return None,
    })
}

fn counted(kind: ValueType, start: &str, step: &str) -> String {
    let (sum, field) = match (value::parse(kind, start), value::parse(kind, step)) {
        (Ok(Bits::I32(start)), Ok(Bits::I32(step))) => {
            (format!("(int32_t)({start}u + {step}u * (uint32_t)n)"), "i32")
        }
        (Ok(Bits::I64(start)), Ok(Bits::I64(step))) => {
            (format!("(int64_t)({start}ull + {step}ull * n)"), "i64")
        }
        (Ok(Bits::F32(start)), Ok(Bits::F32(step))) => {
            let [start, step] = [start, step].map(|bits| float(f64::from(f32::from_bits(bits))));
            (format!("(float)({start} + {step} * (double)n)"), "f32")
        }
        (Ok(Bits::F64(start)), Ok(Bits::F64(step))) => {
            let [start, step] = [start, step].map(|bits| float(f64::from_bits(bits)));
            (format!("{start} + {step} * (double)n"), "f64")
        }
        _ => return literal(kind, "0"),
    };
    value_of(field, &sum)
}

fn time(kind: ValueType, unit: ClockUnit) -> String {
    let nanoseconds = match unit {
        ClockUnit::Seconds => "1000000000",
        ClockUnit::Milliseconds => "1000000",
        ClockUnit::Microseconds => "1000",
        ClockUnit::Nanoseconds => "1",
    };
    match kind {
        ValueType::I32 => value_of("i32", &format!("(int32_t)(now / {nanoseconds})")),
        ValueType::I64 => value_of("i64", &format!("now / {nanoseconds}")),
        ValueType::F32 => value_of("f32", &format!("(float)((double)now / {nanoseconds})")),
        _ => value_of("f64", &format!("(double)now / {nanoseconds}")),
    }
}

fn random(kind: ValueType) -> String {
    const NEXT: &str = "splitmix64(&state)";
    match kind {
        ValueType::I32 => value_of("i32", &format!("(int32_t)({NEXT} >> 32)")),
        ValueType::I64 => value_of("i64", &format!("(int64_t){NEXT}")),
        ValueType::F32 => value_of("f32", &format!("(float)({NEXT} >> 40) / (1u << 24)")),
        ValueType::F64 => value_of("f64", &format!("(double)({NEXT} >> 11) / (1ull << 53)")),
        reference => literal(reference, "null"),
    }
}

fn value_of(field: &str, value: &str) -> String {
    format!("{{.kind = WASM_{}, .of = {{.{field} = {value}}}}}", field.to_uppercase())
}
