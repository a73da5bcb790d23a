//! Integers: signed or unsigned decimal, hexadecimal, binary.

use crate::{Sentence, say};

/// The bits of an integer of `width` (8 to 64) as a sign-extended or zero-extended number. It
/// accepts -2^(width-1) to 2^width-1, because people write `0xffffffff` and `-1` for the same i32.
pub(super) fn parse(text: &str, width: u32) -> Result<i128, Sentence> {
    let why = || say!("write a whole number, such as 42, -1, 0x2a or 0b101");
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (radix, digits) = match digits.get(..2) {
        Some("0x" | "0X") => (16, &digits[2..]),
        Some("0b" | "0B") => (2, &digits[2..]),
        _ => (10, digits),
    };
    let plain = plain(digits).ok_or_else(why)?;
    let size = u128::from_str_radix(&plain, radix)
        .ok()
        .and_then(|v| i128::try_from(v).ok())
        .ok_or_else(why)?;
    let value = if negative { -size } else { size };
    let (least, most) = (-(1_i128 << (width - 1)), (1_i128 << width) - 1);
    if value < least || value > most {
        return Err(say!("it does not fit into {width} bits; {least} to {most} do"));
    }
    Ok(value)
}

/// The digits without `_`, which may stand between two digits only.
pub(super) fn plain(digits: &str) -> Option<String> {
    let bad = digits.is_empty()
        || digits.starts_with(['_', '+', '-'])
        || digits.ends_with('_')
        || digits.contains("__");
    (!bad).then(|| digits.replace('_', ""))
}
