//! Numbers of a header.

use watshop_protocol::{Sentence, say};

/// An address, decimal or after `0x` hexadecimal.
pub(crate) fn address(text: &str) -> Result<u64, Sentence> {
    let read = match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    read.map_err(|_| say!("`{text}` is not an address"))
}

/// A number of the type that is wanted.
pub(crate) fn number<T: std::str::FromStr>(text: &str) -> Result<T, Sentence> {
    text.trim().parse().map_err(|_| say!("`{}` is not a number that fits", text.trim()))
}
