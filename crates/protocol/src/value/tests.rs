use super::*;
use proptest::prelude::*;

fn read(kind: ValueType, text: &str) -> Bits {
    parse(kind, text).unwrap_or_else(|e| panic!("{e}"))
}

proptest! {
    #[test]
    fn every_bit_pattern_survives_text(a in any::<u32>(), b in any::<u64>(), c in any::<u128>(), d in any::<Option<u32>>()) {
        for bits in [Bits::I32(a), Bits::I64(b), Bits::F32(a), Bits::F64(b), Bits::V128(c), Bits::FuncRef(d), Bits::ExternRef(d)] {
            prop_assert_eq!(read(bits.value_type(), &print(bits)), bits);
        }
    }

    #[test]
    fn nothing_typed_panics(text in ".{0,40}") {
        for kind in ValueType::ALL {
            let _ = parse(kind, &text);
        }
    }

    #[test]
    fn hexadecimal_floats_round_like_the_wat_crate_does(whole in "[0-9a-f]{1,20}", fraction in "[0-9a-f]{0,20}", power in -1100_i32..1100) {
        let text = format!("0x{whole}.{fraction}p{power}");
        for (kind, op) in [(ValueType::F32, "f32"), (ValueType::F64, "f64")] {
            let module = wat::parse_str(format!("(module (func (result {op}) {op}.const {text}))"));
            let ours = parse(kind, &text);
            match (module, ours) {
                (Ok(bytes), Ok(bits)) => {
                    // The constant lies just before the function's closing `end`.
                    let end = bytes.len() - 1;
                    match bits {
                        Bits::F32(v) => prop_assert_eq!(&bytes[end - 4..end], &v.to_le_bytes()),
                        Bits::F64(v) => prop_assert_eq!(&bytes[end - 8..end], &v.to_le_bytes()),
                        _ => unreachable!(),
                    }
                }
                (Err(_), Err(_)) => {}
                (theirs, ours) => prop_assert!(false, "{text}: wat {:?}, ours {:?}", theirs.is_ok(), ours),
            }
        }
    }
}

#[test]
fn negative_zero_keeps_its_sign() {
    assert_eq!(print(Bits::F64((-0.0_f64).to_bits())), "-0");
    assert_eq!(read(ValueType::F32, "-0"), Bits::F32(0x8000_0000));
}

#[test]
fn nan_payloads_are_kept() {
    assert_eq!(read(ValueType::F64, "nan:0x4000000000001"), Bits::F64(0x7ff4_0000_0000_0001));
    assert_eq!(read(ValueType::F64, "-nan"), Bits::F64(0xfff8_0000_0000_0000));
    assert_eq!(print(Bits::F32(0x7fc0_0000)), "nan");
    assert!(parse(ValueType::F32, "nan:0x0").is_err());
}

#[test]
fn integers_beyond_2_to_the_53_are_exact() {
    assert_eq!(read(ValueType::I64, "9007199254740993"), Bits::I64(9_007_199_254_740_993));
    assert_eq!(print(Bits::I64(u64::MAX)), "-1");
    assert_eq!(read(ValueType::I64, "0xffff_ffff_ffff_ffff"), Bits::I64(u64::MAX));
}

#[test]
fn a_number_too_large_says_what_fits() {
    let error = parse(ValueType::I32, "4294967296").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`4294967296` is not an i32: it does not fit into 32 bits; -2147483648 to 4294967295 do"
    );
}

#[test]
fn lanes_fill_from_the_lowest_bits() {
    assert_eq!(
        read(ValueType::V128, "i32x4 1 2 3 4"),
        Bits::V128(0x0000_0004_0000_0003_0000_0002_0000_0001)
    );
    assert_eq!(read(ValueType::V128, "i8x16 -1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"), Bits::V128(0xff));
    assert!(parse(ValueType::V128, "f64x2 1").unwrap_err().why.contains("only 1"));
}

#[test]
fn a_vector_may_stand_as_in_wat_and_a_wrong_lane_is_named() {
    let lanes = Bits::V128(0x0000_0004_0000_0003_0000_0002_0000_0001);
    assert_eq!(read(ValueType::V128, "v128.const i32x4 1 2 3 4"), lanes);
    assert_eq!(read(ValueType::V128, "0b101"), Bits::V128(5));
    assert_eq!(read(ValueType::V128, "0XFF"), Bits::V128(255));
    let why = parse(ValueType::V128, "i8x16 0 0 300 0 0 0 0 0 0 0 0 0 0 0 0 0").unwrap_err().why;
    assert!(why.starts_with("lane 2, `300`: it does not fit into 8 bits"), "{why}");
}

#[test]
fn a_payload_may_have_underscores_like_every_number() {
    assert_eq!(read(ValueType::F32, "nan:0x20_0001"), Bits::F32(0x7fa0_0001));
    assert!(parse(ValueType::F32, "nan:0x_1").is_err());
}

#[test]
fn empty_text_is_no_value_of_any_type() {
    for kind in ValueType::ALL {
        assert!(parse(kind, "").is_err(), "{kind:?}");
    }
}
