//! v128: one number of 128 bits, or lanes of a shape.

/// Reads `0x…` (up to 32 digits), a plain decimal number, or a lane shape and its lanes.
pub(super) fn parse(text: &str) -> Result<u128, String> {
    let mut words = text.split([' ', ',', '\t']).filter(|w| !w.is_empty());
    let first = words.next().ok_or("write 0x and up to 32 digits, or lanes such as i32x4 1 2 3 4")?;
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
            return Err(format!("{first} has {lanes} lanes, and there are more"));
        }
        let lane = match first {
            "f32x4" => u128::from(super::float::parse32(word)?),
            "f64x2" => u128::from(super::float::parse64(word)?),
            _ => super::integer::parse(word, width)? as u128 & ((1 << width) - 1),
        };
        bits |= lane << (count as u32 * width);
        count += 1;
    }
    if count < lanes {
        return Err(format!("{first} has {lanes} lanes, and there are only {count}"));
    }
    Ok(bits)
}

fn whole(text: &str) -> Result<u128, String> {
    let why = "write 0x and up to 32 digits, or lanes such as i32x4 1 2 3 4";
    let (radix, digits) = match text.strip_prefix("0x") {
        Some(digits) => (16, digits),
        None => (10, text),
    };
    let plain = super::integer::plain(digits).ok_or(why)?;
    u128::from_str_radix(&plain, radix).map_err(|_| why.to_owned())
}
