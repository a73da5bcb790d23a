//! Damages bytes as disks, networks and people do.

use crate::random::Random;

/// Damages bytes in one to three places.
pub fn bytes(random: &mut Random, sound: &[u8]) -> Vec<u8> {
    let mut bytes = sound.to_vec();
    for _ in 0..=random.below(3) {
        damage(random, &mut bytes);
    }
    bytes
}

/// Bytes that stand at the bounds of numbers, or mean something in text.
const ODD: [u8; 12] = [0, 1, 0x7f, 0x80, 0xff, b'"', b'{', b'\n', b'-', b'9', b'\\', 0xc3];

fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    let length = bytes.len();
    if length == 0 {
        bytes.push(random.one_of(&ODD));
        return;
    }
    let from = random.below(length);
    let to = from + random.below((length - from).min(64)) + 1;
    match random.below(9) {
        0 | 1 => bytes[from] ^= 1 << random.below(8),
        2 => bytes[from] = random.one_of(&ODD),
        3 => bytes.truncate(from),
        4 => drop(bytes.drain(from..to)),
        5 => {
            let piece = bytes[from..to].to_vec();
            let place = random.below(length);
            drop(bytes.splice(place..place, piece));
        }
        6 => bytes[from..to].fill(random.one_of(&[0, 0xff])),
        7 => {
            let word = random.one_of(&[0_u32, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX]).to_le_bytes();
            for (byte, new) in bytes[from..].iter_mut().zip(word) {
                *byte = new;
            }
        }
        _ => bytes.insert(from, random.one_of(&ODD)),
    }
}

/// Replaces one value of a JSON with an odd one.
pub fn json(random: &mut Random, value: &mut serde_json::Value) {
    use serde_json::Value;
    let inner: Vec<&mut Value> = match value {
        Value::Object(fields) => fields.values_mut().collect(),
        Value::Array(all) => all.iter_mut().collect(),
        _ => Vec::new(),
    };
    if !inner.is_empty() && random.below(4) > 0 {
        let place = random.below(inner.len());
        if let Some(inner) = inner.into_iter().nth(place) {
            return json(random, inner);
        }
    }
    *value = match random.below(8) {
        0 => Value::Null,
        1 => (-1).into(),
        2 => u64::MAX.into(),
        3 => 1e308.into(),
        4 => "\u{0}\u{202e}é".repeat(1 + random.below(2000)).into(),
        5 => Value::Array(vec![Value::Bool(true); random.below(2000)]),
        6 => serde_json::json!({ "": {}, "tab": [] }),
        _ => "".into(),
    };
}
