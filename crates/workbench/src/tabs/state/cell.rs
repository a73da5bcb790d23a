//! A field of a row as it is in the file, whatever its type should be.

use rusqlite::Row;
use rusqlite::types::ValueRef;

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// The row has no such field.
    Missing,
    Null,
    Number(i64),
    Bytes(Vec<u8>),
    /// The beginning of longer bytes.
    Cut(Vec<u8>),
}

impl Cell {
    /// The field of a row that SQLite reads.
    pub(super) fn of(row: &Row<'_>, name: &str) -> Self {
        match row.get_ref(name) {
            Err(_) => Self::Missing,
            Ok(ValueRef::Null) => Self::Null,
            Ok(ValueRef::Integer(number)) => Self::Number(number),
            Ok(ValueRef::Real(number)) => Self::Bytes(number.to_string().into()),
            Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => Self::Bytes(bytes.to_vec()),
        }
    }

    /// The text, and whether it is complete.
    pub(super) fn text(self) -> (Option<String>, bool) {
        match self {
            Self::Missing => (None, false),
            Self::Null => (None, true),
            Self::Number(number) => (Some(number.to_string()), false),
            Self::Bytes(bytes) => match String::from_utf8(bytes) {
                Ok(text) => (Some(text), true),
                Err(error) => (Some(String::from_utf8_lossy(error.as_bytes()).into_owned()), false),
            },
            Self::Cut(bytes) => (Some(String::from_utf8_lossy(&bytes).into_owned()), false),
        }
    }

    /// A text that is useless if a part is missing: a hash, or JSON.
    pub(super) fn whole_text(self) -> Option<String> {
        match self.text() {
            (text, true) => text,
            _ => None,
        }
    }

    /// The number, if it can be a count.
    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => u64::try_from(*number).ok(),
            _ => None,
        }
    }

    /// The bytes. `None` if a part is missing.
    pub(super) fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}
