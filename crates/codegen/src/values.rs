//! Types and values that all languages write alike.

use watshop_protocol::page::{ClockUnit, Stream, ValueType};
use watshop_protocol::value::{self, Bits};

pub fn is_reference(kind: &ValueType) -> bool {
    matches!(kind, ValueType::FuncRef | ValueType::ExternRef | ValueType::ExnRef)
}

/// A seed as a number; 0 if the text is not an i64.
pub fn seed(text: &str) -> u64 {
    match value::parse(ValueType::I64, text) {
        Ok(Bits::I64(bits)) => bits,
        _ => 0,
    }
}

/// The name of a stream, which is the same in every language.
pub fn stream(stream: &Stream) -> &'static str {
    match stream {
        Stream::Stdout => "stdout",
        Stream::Stderr => "stderr",
    }
}

/// The length of a unit in nanoseconds.
pub fn nanoseconds(unit: &ClockUnit) -> u32 {
    match unit {
        ClockUnit::Seconds => 1_000_000_000,
        ClockUnit::Milliseconds => 1_000_000,
        ClockUnit::Microseconds => 1_000,
        ClockUnit::Nanoseconds => 1,
    }
}
