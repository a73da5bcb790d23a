//! Numbers of a header.

/// An address, decimal or after `0x` hexadecimal.
pub(crate) fn address(text: &str) -> Result<u64, String> {
    let read = match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    read.map_err(|_| format!("`{text}` is not an address"))
}

/// A number of the type that is wanted.
pub(crate) fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.trim().parse().map_err(|_| format!("`{}` is not a number that fits", text.trim()))
}
