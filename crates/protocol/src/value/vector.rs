//! v128: one number of 128 bits, or lanes of a shape.

use crate::{Sentence, say};

/// Reads `0x…` (up to 32 digits), `0b…`, a plain decimal number, or a lane shape with its lanes.
/// `v128.const` may stand before it, as in WAT.
pub(super) fn parse(text: &str) -> Result<u128, Sentence> {
    let text = text.strip_prefix("v128.const ").unwrap_or(text).trim_start();
    let mut words = text.split([' ', ',', '\t']).filter(|w| !w.is_empty());
    let first = words.next().ok_or_else(form)?;
    let (lanes, width): (usize, u32) = match first {
        "i8x16" => (16, 8),
        "i16x8" => (8, 16),
        "i32x4" | "f32x4" => (4, 32),
        "i64x2" | "f64x2" => (2, 64),
        _ => return whole(text),
    };
    let mut bits = 0;
    let mut count = 0;
    for word in words {
        if count == lanes {
            return Err(say!("{first} has {lanes} lanes, and there are more"));
        }
        let lane = match first {
            "f32x4" => super::float::parse32(word).map(u128::from),
            "f64x2" => super::float::parse64(word).map(u128::from),
            _ => super::integer::parse(word, width).map(|lane| lane as u128 & ((1 << width) - 1)),
        };
        let lane = lane.map_err(|why| say!("lane {count}, `{word}`: {why}"))?;
        bits |= lane << (count as u32 * width);
        count += 1;
    }
    if count < lanes {
        return Err(say!("{first} has {lanes} lanes, and there are only {count}"));
    }
    Ok(bits)
}

/// The accepted texts.
fn form() -> Sentence {
    say!("write 0x and up to 32 digits, or lanes such as i32x4 1 2 3 4")
}

fn whole(text: &str) -> Result<u128, Sentence> {
    let (radix, digits) = match text.get(..2) {
        Some("0x" | "0X") => (16, &text[2..]),
        Some("0b" | "0B") => (2, &text[2..]),
        _ => (10, text),
    };
    let plain = super::integer::plain(digits).ok_or_else(form)?;
    u128::from_str_radix(&plain, radix).map_err(|_| form())
}
