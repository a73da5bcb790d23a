//! Floats: shortest decimal, hexadecimal, infinities, NaN with its payload.

use crate::{Sentence, say};

macro_rules! float {
    ($parse:ident, $print:ident, $float:ty, $bits:ty, $mantissa:literal) => {
        pub(super) fn $parse(text: &str) -> Result<$bits, Sentence> {
            const WIDTH: u32 = <$bits>::BITS;
            const EXPONENT: $bits = (((1 << (WIDTH - 1 - $mantissa)) - 1) as $bits) << $mantissa;
            let (sign, body) = match text.as_bytes().first() {
                Some(b'-') => (1 << (WIDTH - 1), &text[1..]),
                Some(b'+') => (0, &text[1..]),
                _ => (0, text),
            };
            let magnitude: $bits = match body {
                "inf" | "infinity" | "Infinity" => EXPONENT,
                "nan" | "NaN" => EXPONENT | 1 << ($mantissa - 1),
                _ => match body.strip_prefix("nan:0x") {
                    Some(payload) => {
                        let payload = super::integer::plain(payload)
                            .and_then(|digits| <$bits>::from_str_radix(&digits, 16).ok())
                            .filter(|p| *p > 0 && *p < 1 << $mantissa)
                            .ok_or_else(|| {
                                say!(
                                    "a NaN's payload is 0x1 to 0x{:x}",
                                    ((1 as $bits) << $mantissa) - 1
                                )
                            })?;
                        EXPONENT | payload
                    }
                    None => number(body, text)?.to_bits(),
                },
            };
            return Ok(sign | magnitude);

            fn number(body: &str, text: &str) -> Result<$float, Sentence> {
                let why = || say!("write a number, such as 1.5, -2e10, 0x1.8p3, inf or nan");
                let plain = super::integer::plain(body).ok_or_else(why)?;
                if !plain.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
                    return Err(why());
                }
                let value = match plain.get(..2) {
                    Some("0x" | "0X") => {
                        super::float::hexadecimal(&plain[2..], $mantissa, <$float>::MAX_EXP)
                            .ok_or_else(why)? as $float
                    }
                    _ => plain.parse::<$float>().map_err(|_| why())?,
                };
                if value.is_infinite() {
                    return Err(say!(
                        "{text} is larger than the type holds; write inf if that is meant"
                    ));
                }
                Ok(value)
            }
        }

        pub(super) fn $print(bits: $bits) -> String {
            let value = <$float>::from_bits(bits);
            let sign = if value.is_sign_negative() { "-" } else { "" };
            if value.is_nan() {
                let payload = bits & ((1 << $mantissa) - 1);
                return if payload == 1 << ($mantissa - 1) {
                    format!("{sign}nan")
                } else {
                    format!("{sign}nan:0x{payload:x}")
                };
            }
            if value.is_infinite() {
                return format!("{sign}inf");
            }
            let size = value.abs();
            // `{:?}` is the shortest text that reads back, with an exponent if that is shorter.
            if size != 0.0 && !(1e-5..1e17).contains(&size) {
                format!("{value:e}")
            } else {
                format!("{value}")
            }
        }
    };
}

float!(parse32, print32, f32, u32, 23);
float!(parse64, print64, f64, u64, 52);

/// Reads `h.hhhp±d` as the nearest f64 that has `mantissa` fraction bits (ties to even). So the
/// cast to the narrower type does not round a second time.
fn hexadecimal(text: &str, mantissa: i32, max_exp: i32) -> Option<f64> {
    let (digits, power) = match text.split_once(['p', 'P']) {
        Some((digits, power)) => (digits, exponent(power)?),
        None => (text, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut bits: u128 = 0;
    let mut exponent = i64::from(power);
    let mut sticky = false;
    for (position, c) in whole.chars().chain(fraction.chars()).enumerate() {
        let digit = c.to_digit(16)?;
        let after_point = position >= whole.len();
        if bits >> 120 == 0 {
            bits = bits << 4 | u128::from(digit);
            exponent -= if after_point { 4 } else { 0 };
        } else {
            sticky |= digit != 0;
            exponent += if after_point { 0 } else { 4 };
        }
    }
    if bits == 0 {
        return Some(0.0);
    }
    let top = exponent + i64::from(127 - bits.leading_zeros());
    if top > i64::from(max_exp) {
        return Some(f64::INFINITY);
    }
    // The last place of a normal number, but never below that of the subnormal ones.
    let unit = (top - i64::from(mantissa)).max(i64::from(2 - max_exp - mantissa));
    let shift = unit - exponent;
    let rounded = if shift <= 0 {
        return Some(scale(bits as f64, exponent));
    } else if shift > 127 {
        0
    } else {
        let kept = bits >> shift;
        let lost = bits & ((1 << shift) - 1);
        let half = 1_u128 << (shift - 1);
        let up = lost > half || (lost == half && (sticky || kept & 1 == 1));
        kept + u128::from(up)
    };
    Some(scale(rounded as f64, unit))
}

/// The number behind `p`. If it is out of every range, it is clamped: the result is 0, or larger
/// than any type can hold.
fn exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let far = if text.starts_with('-') { -FARTHEST } else { FARTHEST };
    Some(text.parse::<i32>().map_or(far, |power| power.clamp(-FARTHEST, FARTHEST)))
}

/// The farthest exponent that makes a difference: no text has more digits.
const FARTHEST: i32 = 2_000_000_000;

/// The product `value` × 2^`power`. It is exact if f64 can hold it.
fn scale(mut value: f64, mut power: i64) -> f64 {
    while power > 1000 && value.is_finite() {
        value *= 2_f64.powi(1000);
        power -= 1000;
    }
    while power < -1000 && value != 0.0 {
        value *= 2_f64.powi(-1000);
        power += 1000;
    }
    value * 2_f64.powi(power as i32)
}
