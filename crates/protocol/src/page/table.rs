use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Value;

/// An element of a table with its current value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableElement {
    /// The reference, as text.
    pub value: Value,
    /// The name of a function, from the name section or from an export.
    pub name: Option<String>,
}

/// The new value of a table's element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableEntry {
    /// A function that the instance exports by this name.
    Export(String),
    /// A reference as text (see [`crate::value`]): `null`, `func 3`, `extern 7`.
    Value(String),
}
