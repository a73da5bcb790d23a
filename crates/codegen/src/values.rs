//! What all languages say alike of types and values.

use watshop_protocol::page::{ClockUnit, Stream, ValueType};
use watshop_protocol::value::{self, Bits};

pub fn is_reference(kind: &ValueType) -> bool {
    matches!(kind, ValueType::FuncRef | ValueType::ExternRef | ValueType::ExnRef)
}

/// A seed as a number.
pub fn seed(text: &str) -> u64 {
    match value::parse(ValueType::I64, text) {
        Ok(Bits::I64(bits)) => bits,
        _ => 0,
    }
}

/// The word that every language has for it.
pub fn stream(stream: &Stream) -> &'static str {
    match stream {
        Stream::Stdout => "stdout",
        Stream::Stderr => "stderr",
    }
}

/// How many nanoseconds one of it is.
pub fn nanoseconds(unit: &ClockUnit) -> u32 {
    match unit {
        ClockUnit::Seconds => 1_000_000_000,
        ClockUnit::Milliseconds => 1_000_000,
        ClockUnit::Microseconds => 1_000,
        ClockUnit::Nanoseconds => 1,
    }
}
