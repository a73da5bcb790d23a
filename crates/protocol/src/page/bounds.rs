//! The greatest possible sizes. `protocol.ts` has the same numbers.

/// Pages of 64 KiB that 32-bit addresses reach.
pub const MOST_PAGES: u32 = 65_536;

/// Elements that 32-bit indices reach.
pub const MOST_ELEMENTS: u32 = u32::MAX;
