//! Recognises text in UTF-16 by its first bytes.

/// The byte of a character that comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ByteOrder {
    Low,
    High,
}

/// The byte order, if bytes are text in UTF-16. A mark says so, or that every other of the first
/// four bytes is zero, as in a text that begins with two characters of ASCII.
pub(crate) fn utf16(bytes: &[u8]) -> Option<ByteOrder> {
    match bytes {
        [0xff, 0xfe, ..] => Some(ByteOrder::Low),
        [0xfe, 0xff, ..] => Some(ByteOrder::High),
        [1..=255, 0, 1..=255, 0, ..] => Some(ByteOrder::Low),
        [0, 1..=255, 0, 1..=255, ..] => Some(ByteOrder::High),
        _ => None,
    }
}
