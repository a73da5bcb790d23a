//! Random arguments and bytes for `same`: the same ones each time, the simplest first.

use fastrand::Rng;
use watshop_protocol::value::{Bits, ValueType, print};
use watshop_protocol::{Sentence, say};

use crate::number::{address, number};

/// The pattern of an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// `?`: any value.
    Any,
    /// `0..16`: an integer of these.
    Within(i64, i64),
    /// This text.
    Fixed(String),
}

impl Pattern {
    pub(crate) fn parse(text: String) -> Self {
        if text == "?" {
            return Self::Any;
        }
        let bounds = text.split_once("..").and_then(|(low, high)| {
            let (low, high) = (low.parse().ok()?, high.parse().ok()?);
            (low <= high).then_some((low, high))
        });
        bounds.map_or(Self::Fixed(text), |(low, high)| Self::Within(low, high))
    }

    /// The argument of one call. The first calls get edge cases.
    pub(crate) fn draw(&self, kind: ValueType, turn: usize, random: &mut Rng) -> String {
        match self {
            Self::Fixed(text) => text.clone(),
            Self::Within(low, high) => match turn {
                0 => low.to_string(),
                1 => high.to_string(),
                _ => random.i64(*low..=*high).to_string(),
            },
            Self::Any => any(kind, turn, random),
        }
    }
}

fn any(kind: ValueType, turn: usize, random: &mut Rng) -> String {
    const INTEGERS: [i64; 9] =
        [0, 1, -1, 2, 10, i32::MAX as i64, i32::MIN as i64, i64::MAX, i64::MIN];
    const FLOATS: [f64; 9] =
        [0.0, 1.0, -1.0, -0.0, 0.5, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1e30];
    // Small numbers are as likely as large ones: a random number of bits, and a sign.
    let whole = |random: &mut Rng, bits: u32| {
        let size = random.i64(0..=i64::MAX) >> random.u32(63 - (bits - 1)..63);
        if random.bool() { size } else { -size }
    };
    let bits = match kind {
        ValueType::I32 => {
            let few = &INTEGERS[..7];
            // The values fit: 31 bits and a sign.
            Bits::I32(few.get(turn).copied().unwrap_or_else(|| whole(random, 32)) as u32)
        }
        ValueType::I64 => {
            Bits::I64(INTEGERS.get(turn).copied().unwrap_or_else(|| whole(random, 64)) as u64)
        }
        ValueType::F32 => {
            let other = |random: &mut Rng| whole(random, 32) as f64 / 16.0;
            Bits::F32((FLOATS.get(turn).copied().unwrap_or_else(|| other(random)) as f32).to_bits())
        }
        ValueType::F64 => {
            let other = |random: &mut Rng| whole(random, 48) as f64 / 64.0;
            Bits::F64(FLOATS.get(turn).copied().unwrap_or_else(|| other(random)).to_bits())
        }
        ValueType::V128 => Bits::V128(random.u128(..)),
        ValueType::FuncRef => Bits::FuncRef(None),
        ValueType::ExternRef => Bits::ExternRef(Some(random.u32(0..100))),
        ValueType::ExnRef => Bits::ExnRef,
    };
    print(bits)
}

/// How far arguments are from the simplest: the smallest failing input is shown.
pub(crate) fn size(arguments: &[String]) -> f64 {
    let far = |text: &String| match text.parse::<f64>() {
        Ok(number) if number.is_finite() => number.abs() + f64::from(u8::from(number < 0.0)) / 2.0,
        Ok(_) => f64::MAX / 1e3,
        Err(_) => 0.0,
    };
    arguments.iter().map(far).sum()
}

/// A range of memory that gets random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryInput {
    /// The address of the first byte.
    pub at: u64,
    /// The number of bytes, at most a page.
    pub length: u32,
}

impl MemoryInput {
    pub(crate) fn parse(text: &str) -> Result<Self, Sentence> {
        let (at, length) =
            text.trim().split_once(' ').ok_or_else(|| say!("a range is `ADDRESS LENGTH`"))?;
        let length = number(length)?;
        if length > 65_536 {
            return Err(say!("a range has at most 65,536 bytes"));
        }
        Ok(Self { at: address(at)?, length })
    }

    /// The bytes of one call: first zeros, then small ones, then any.
    pub(crate) fn draw(self, turn: usize, random: &mut Rng) -> Vec<u8> {
        let byte = |random: &mut Rng| match turn {
            0 => 0,
            1..8 => random.u8(0..8),
            _ => random.u8(..),
        };
        (0..self.length).map(|_| byte(random)).collect()
    }
}

#[cfg(test)]
mod tests {
    use watshop_protocol::value::parse;

    use super::*;

    #[test]
    fn every_argument_that_is_drawn_is_a_value_of_its_type() {
        let mut random = Rng::with_seed(7);
        for kind in [
            ValueType::I32,
            ValueType::I64,
            ValueType::F32,
            ValueType::F64,
            ValueType::V128,
            ValueType::FuncRef,
            ValueType::ExternRef,
        ] {
            for turn in 0..300 {
                let text = Pattern::Any.draw(kind, turn, &mut random);
                parse(kind, &text).unwrap();
            }
        }
    }

    #[test]
    fn a_range_has_its_bounds_first_and_stays_within_them() {
        let pattern = Pattern::parse("-2..5".into());
        let mut random = Rng::with_seed(7);
        let mut draw = |turn| pattern.draw(ValueType::I32, turn, &mut random).parse().unwrap();
        assert_eq!((draw(0), draw(1)), (-2_i64, 5));
        assert!((2..100).all(|turn| (-2..=5).contains(&draw(turn))));
        assert_eq!(Pattern::parse("5..2".into()), Pattern::Fixed("5..2".into()));
    }

    #[test]
    fn the_smaller_input_is_the_one_with_smaller_numbers() {
        let of = |texts: &[&str]| size(&texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>());
        assert!(of(&["0", "1"]) < of(&["0", "-1"]));
        assert!(of(&["3"]) < of(&["inf"]));
        assert!(of(&["100", "1"]) < of(&["100", "nan"]));
    }
}
