//! Kinds of traps by their names on the wire.

use watshop_protocol::page::TrapKind;

/// The contract has no list of the traps, so a test compares this one with the wire.
const TRAPS: [(&str, TrapKind); 14] = [
    ("unreachable", TrapKind::Unreachable),
    ("integer_divide_by_zero", TrapKind::IntegerDivideByZero),
    ("integer_overflow", TrapKind::IntegerOverflow),
    ("invalid_conversion_to_integer", TrapKind::InvalidConversionToInteger),
    ("out_of_bounds_memory_access", TrapKind::OutOfBoundsMemoryAccess),
    ("out_of_bounds_table_access", TrapKind::OutOfBoundsTableAccess),
    ("null_reference", TrapKind::NullReference),
    ("indirect_call_type_mismatch", TrapKind::IndirectCallTypeMismatch),
    ("unaligned_atomic", TrapKind::UnalignedAtomic),
    ("wait_on_unshared_memory", TrapKind::WaitOnUnsharedMemory),
    ("stack_overflow", TrapKind::StackOverflow),
    ("uncaught_exception", TrapKind::UncaughtException),
    ("host_function", TrapKind::HostFunction),
    ("other", TrapKind::Other),
];

/// The kind of this name.
pub(crate) fn find(name: &str) -> Option<TrapKind> {
    TRAPS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// The name of a kind.
pub(crate) fn name(kind: TrapKind) -> &'static str {
    TRAPS.iter().find(|(_, known)| *known == kind).map_or("other", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_traps_are_those_of_the_wire() {
        for (name, kind) in TRAPS {
            assert_eq!(serde_json::to_value(kind).unwrap(), name);
        }
    }
}
