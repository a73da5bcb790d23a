use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ValueType;
use crate::bounds::MOST_TYPES;

/// The types of parameters or results. Copies share their memory, because thousands of imports and
/// exports can have one long list.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ValueTypes(Arc<[ValueType]>);

impl Deref for ValueTypes {
    type Target = [ValueType];

    fn deref(&self) -> &[ValueType] {
        &self.0
    }
}

impl From<Vec<ValueType>> for ValueTypes {
    fn from(types: Vec<ValueType>) -> Self {
        Self(types.into())
    }
}

impl<'a> IntoIterator for &'a ValueTypes {
    type Item = &'a ValueType;
    type IntoIter = std::slice::Iter<'a, ValueType>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<ValueType> for ValueTypes {
    fn from_iter<I: IntoIterator<Item = ValueType>>(types: I) -> Self {
        Self(types.into_iter().collect())
    }
}

impl fmt::Debug for ValueTypes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ValueTypes {
    /// The types with commas between them. A long list has its first types, and the number of all.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = MOST_TYPES as usize;
        let shown = if self.len() > MOST { MOST / 2 } else { self.len() };
        for (at, kind) in self[..shown].iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(f, "{comma}{}", kind.name())?;
        }
        if shown < self.len() { write!(f, ", … {} in all", self.len()) } else { Ok(()) }
    }
}

impl Serialize for ValueTypes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> Deserialize<'de> for ValueTypes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Vec::deserialize(from).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_of_types_is_short_in_words_and_whole_on_the_wire() {
        let types = |count| -> ValueTypes { (0..count).map(|_| ValueType::I32).collect() };
        assert_eq!(types(0).to_string(), "");
        assert_eq!(types(2).to_string(), "i32, i32");
        assert_eq!(types(32).to_string().matches("i32").count(), 32);
        let long = types(1000);
        assert_eq!(long.to_string(), format!("{}… 1000 in all", "i32, ".repeat(16)));
        let json = serde_json::to_string(&long).unwrap();
        assert_eq!(serde_json::from_str::<ValueTypes>(&json).unwrap(), long);
    }
}
