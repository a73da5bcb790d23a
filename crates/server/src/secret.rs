//! Random secrets. The time of a comparison does not tell how much of a guess was right.

use std::io;

use subtle::ConstantTimeEq as _;

/// A secret of 32 random bytes, as hexadecimal digits.
pub(crate) fn random() -> io::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Returns true if two secrets are the same.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
