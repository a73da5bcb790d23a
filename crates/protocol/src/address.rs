use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// An address in a memory, or a number of its bytes. It is text on the wire, because the addresses
/// of a 64-bit memory exceed 2^53, the bound of exact whole numbers in JavaScript. It is written in
/// decimal, and read in decimal or, behind `0x`, in hexadecimal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(as = "String")]
pub struct Address(pub u64);

impl From<u64> for Address {
    fn from(address: u64) -> Self {
        Self(address)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = match text.strip_prefix("0x") {
            Some(digits) => u64::from_str_radix(digits, 16),
            None => text.parse(),
        };
        number.map(Self).map_err(|_| {
            serde::de::Error::custom(format_args!(
                "`{text}` is not an address: write a number such as 65536 or 0x10000"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_exact_beyond_what_a_double_holds() {
        let read = |text: &str| serde_json::from_value::<Address>(text.into());
        assert_eq!(read("9007199254740993").unwrap(), Address(9_007_199_254_740_993));
        assert_eq!(read("0xffffffffffffffff").unwrap(), Address(u64::MAX));
        assert_eq!(serde_json::to_value(Address(u64::MAX)).unwrap(), "18446744073709551615");
        for text in ["", "-1", "0x", "18446744073709551616", "1.5", "ten"] {
            let why = read(text).unwrap_err().to_string();
            assert!(why.contains("is not an address"), "{text}: {why}");
        }
    }
}
