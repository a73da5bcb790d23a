//! Kinds of traps by their names on the wire.

use watshop_protocol::page::TrapKind;
use watshop_protocol::{Sentence, pattern};

/// The contract has no list of the traps, so a test compares this one with the wire.
const TRAPS: [(&str, TrapKind, &str); 14] = [
    ("unreachable", TrapKind::Unreachable, pattern!("unreachable")),
    ("integer_divide_by_zero", TrapKind::IntegerDivideByZero, pattern!("integer divide by zero")),
    ("integer_overflow", TrapKind::IntegerOverflow, pattern!("integer overflow")),
    (
        "invalid_conversion_to_integer",
        TrapKind::InvalidConversionToInteger,
        pattern!("invalid conversion to integer"),
    ),
    (
        "out_of_bounds_memory_access",
        TrapKind::OutOfBoundsMemoryAccess,
        pattern!("out of bounds memory access"),
    ),
    (
        "out_of_bounds_table_access",
        TrapKind::OutOfBoundsTableAccess,
        pattern!("out of bounds table access"),
    ),
    ("null_reference", TrapKind::NullReference, pattern!("null reference")),
    (
        "indirect_call_type_mismatch",
        TrapKind::IndirectCallTypeMismatch,
        pattern!("indirect call type mismatch"),
    ),
    ("unaligned_atomic", TrapKind::UnalignedAtomic, pattern!("unaligned atomic")),
    (
        "wait_on_unshared_memory",
        TrapKind::WaitOnUnsharedMemory,
        pattern!("wait on unshared memory"),
    ),
    ("stack_overflow", TrapKind::StackOverflow, pattern!("stack overflow")),
    ("uncaught_exception", TrapKind::UncaughtException, pattern!("uncaught exception")),
    ("host_function", TrapKind::HostFunction, pattern!("host function")),
    ("other", TrapKind::Other, pattern!("other")),
];

/// The kind of this name.
pub(crate) fn find(name: &str) -> Option<TrapKind> {
    TRAPS.iter().find(|(known, ..)| *known == name).map(|(_, kind, _)| *kind)
}

/// The name of a kind.
pub(crate) fn name(kind: TrapKind) -> &'static str {
    TRAPS.iter().find(|(_, known, _)| *known == kind).map_or("other", |(name, ..)| name)
}

/// A kind in words.
pub(crate) fn words(kind: TrapKind) -> Sentence {
    let found = TRAPS.iter().find(|(_, known, _)| *known == kind);
    Sentence::plain(found.map_or(pattern!("other"), |(.., words)| words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_traps_are_those_of_the_wire_and_so_are_their_words() {
        for (name, kind, words) in TRAPS {
            assert_eq!(serde_json::to_value(kind).unwrap(), name);
            assert_eq!(name.replace('_', " "), words);
        }
    }
}
