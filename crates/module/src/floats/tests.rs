use proptest::prelude::*;
use watshop_protocol::page::ValueType;
use watshop_protocol::value::{self, Bits};

use crate::parse;

/// The bytes that a constant has in the binary.
fn constant<const N: usize>(instruction: &str, opcode: &[u8]) -> Option<[u8; N]> {
    let binary = parse(&format!("(module (func {instruction} drop))")).ok()?;
    // The constant is followed by `drop` and the function's `end`.
    let at = binary.len() - 2 - N;
    (binary[at - opcode.len()..at] == *opcode).then(|| binary[at..at + N].try_into().unwrap())
}

fn bits32(literal: &str) -> Option<u32> {
    constant(&format!("f32.const {literal}"), &[0x43]).map(u32::from_le_bytes)
}

fn bits64(literal: &str) -> Option<u64> {
    constant(&format!("f64.const {literal}"), &[0x44]).map(u64::from_le_bytes)
}

#[test]
fn a_hexadecimal_float_is_rounded_once_and_by_all_its_digits() {
    for (literal, right) in [
        ("0x1.00000001p-150", 1), // a little above the middle of 0 and the smallest float
        ("0x1p-150", 0),          // the middle itself: to the even one
        ("0x1.8p-149", 2),
        ("-0x1.00000001p-150", 0x8000_0001),
        ("0x1.00000100000000000001p0", 0x3f80_0001),
        ("0x1.000001000p0", 0x3f80_0000),
        ("0x1.0000_0100_001p+0", 0x3f80_0001),
        ("0x1000001000001", 0x5780_0001),
        ("0x1.fffffep127", 0x7f7f_ffff),
        ("0x0.000000000000000000000000000000000000008p5", 2),
    ] {
        assert_eq!(bits32(literal), Some(right), "{literal}");
    }
    for (literal, right) in [
        ("0x1.0000000000000001p-1075", 1),
        ("0x1p-1075", 0),
        ("0x1.00000000000008000001p0", 0x3ff0_0000_0000_0001),
        ("0x1.000000000000080000000000p0", 0x3ff0_0000_0000_0000),
    ] {
        assert_eq!(bits64(literal), Some(right), "{literal}");
    }
}

/// The parser holds exponents in 32 bits.
#[test]
fn an_exponent_of_any_length_is_read() {
    let long = format!("0x1p-{}", "9".repeat(400));
    for (literal, right) in [
        ("0x1p-99999999999", 0),
        ("-0x1p-99999999999", 1 << 63),
        ("0x1.8p-2147483648", 0),
        ("0x0p+99999999999", 0),
        ("0x1p-9_9_9_9_9_9_9_9_9_9_9", 0),
        ("0x1p-000000000000001", 0x3fe0_0000_0000_0000),
        ("0x1p+00000000000000000000003", 0x4020_0000_0000_0000),
        (long.as_str(), 0),
        ("1e-99999999999", 0),
    ] {
        assert_eq!(bits64(literal), Some(right), "{literal}");
        let field = value::parse(ValueType::F64, literal);
        assert_eq!(field, Ok(Bits::F64(right)), "{literal}");
    }
    assert_eq!((bits32("0x1p-99999999999"), bits32("-0x1p-99999999999")), (Some(0), Some(1 << 31)));
    for literal in ["0x1p99999999999", "-0x1p+2147483648", "1e99999999999"] {
        let error = parse(&format!("(module (func f64.const {literal} drop))")).unwrap_err();
        assert_eq!(error.at.unwrap().column, Some(25), "{literal}: {error}");
        assert!(value::parse(ValueType::F64, literal).is_err());
    }
    // A name and a string that look like one stay what they are.
    let binary = parse(
        r#"(module (func $0x1p-99999999999 (export "0x1p-99999999999") (drop (f32.const 0x1p-99999999999))))"#,
    );
    let binary = binary.unwrap();
    let name = b"0x1p-99999999999";
    assert_eq!(binary.windows(name.len()).filter(|window| window == name).count(), 2);
}

#[test]
fn a_constant_is_found_wherever_it_stands() {
    let text = "(module (global f32 (f32.const (; 0x9 ;) 0x1.00000001p-150))
        (func (result f32) (f32.add (f32.const (@note 0x7) 0x1.00000001p-150) (f32.const 1)))
        (func (result i32) (i32x4.extract_lane 3
          (v128.const f32x4 1 0x2 nan:0x7 0x1.00000001p-150))))";
    let binary = parse(text).unwrap();
    let count =
        |bytes: &[u8]| binary.windows(bytes.len()).filter(|window| *window == bytes).count();
    assert_eq!(count(&[0x43, 1, 0, 0, 0]), 2, "the global and the first function");
    assert_eq!(count(&[0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 7, 0, 0x80, 0x7f, 1, 0, 0, 0]), 1);
}

#[test]
fn a_float_that_its_type_does_not_hold_is_an_error_at_the_literal() {
    for literal in ["0x1p128", "0x1.ffffffp127", "-0x1.fffffffffffp127"] {
        let error = parse(&format!("(module (func f32.const {literal} drop))")).unwrap_err();
        assert_eq!(error.at.unwrap().column, Some(25), "{literal}: {error}");
    }
    assert!(bits32("0x1.fffffefffffffffffffffffp127").is_some());
}

/// The value of a hexadecimal literal, in decimal. The standard library rounds decimals correctly.
fn decimal(digits: &[u8], point: usize, power: i32) -> String {
    let mut number = vec![0_u32]; // decimal digits, the lowest first
    let times = |number: &mut Vec<u32>, factor: u32, plus: u32| {
        let mut carry = plus;
        for digit in number.iter_mut() {
            carry += *digit * factor;
            *digit = carry % 10;
            carry /= 10;
        }
        while carry > 0 {
            number.push(carry % 10);
            carry /= 10;
        }
    };
    for digit in digits {
        times(&mut number, 16, u32::from(*digit));
    }
    let exponent = power - 4 * i32::try_from(digits.len() - point).unwrap();
    // 2^-n is 5^n with n places behind the point.
    (0..exponent).for_each(|_| times(&mut number, 2, 0));
    (0..-exponent).for_each(|_| times(&mut number, 5, 0));
    let written: String = number.iter().rev().map(u32::to_string).collect();
    format!("{written}e{}", exponent.min(0))
}

/// Digits, the index of the point, and the power: near the smallest floats, near the largest, and
/// in the middle.
fn literal(powers: impl Strategy<Value = i32>) -> impl Strategy<Value = (Vec<u8>, usize, i32)> {
    let digit = prop_oneof![4 => Just(0_u8), 1 => Just(8_u8), 1 => Just(15_u8), 3 => 0..16_u8];
    (proptest::collection::vec(digit, 1..=20), any::<proptest::sample::Index>(), powers)
        .prop_map(|(digits, point, power)| (digits.clone(), point.index(digits.len() + 1), power))
}

fn written((digits, point, power): &(Vec<u8>, usize, i32)) -> String {
    let hex: String = digits.iter().map(|digit| format!("{digit:x}")).collect();
    let (whole, fraction) = hex.split_at(*point);
    // The text format wants a digit before the point.
    format!("0x0{whole}.{fraction}p{power}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn an_f32_of_a_text_is_the_nearest(
        parts in literal(prop_oneof![-260..-100, -8..8, 60..130_i32])
    ) {
        let text = written(&parts);
        let nearest = decimal(&parts.0, parts.1, parts.2).parse::<f32>().unwrap();
        let right = nearest.is_finite().then(|| nearest.to_bits());
        prop_assert_eq!(bits32(&text), right, "{}", &text);
        let field = value::parse(ValueType::F32, &text).ok();
        prop_assert_eq!(field, right.map(Bits::F32), "{}", &text);
    }

    #[test]
    fn an_f64_of_a_text_is_the_nearest(
        parts in literal(prop_oneof![-1170..-990, -8..8, 950..1030_i32])
    ) {
        let text = written(&parts);
        let nearest = decimal(&parts.0, parts.1, parts.2).parse::<f64>().unwrap();
        let right = nearest.is_finite().then(|| nearest.to_bits());
        prop_assert_eq!(bits64(&text), right, "{}", &text);
        let field = value::parse(ValueType::F64, &text).ok();
        prop_assert_eq!(field, right.map(Bits::F64), "{}", &text);
    }

    #[test]
    fn a_decimal_of_a_text_is_the_nearest(digits in "[0-9]{1,25}", point in 0..25_usize, power in -340..310_i32) {
        let (whole, fraction) = digits.split_at(point.min(digits.len()));
        let text = format!("0{whole}.{fraction}e{power}");
        let nearest = text.parse::<f32>().unwrap();
        prop_assert_eq!(bits32(&text), nearest.is_finite().then(|| nearest.to_bits()));
        let nearest = text.parse::<f64>().unwrap();
        prop_assert_eq!(bits64(&text), nearest.is_finite().then(|| nearest.to_bits()));
    }
}
