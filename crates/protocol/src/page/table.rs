use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Value;

/// An element of a table as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableElement {
    /// The reference, as text.
    pub value: Value,
    /// Of a function: its name from the name section, or an export of it.
    pub name: Option<String>,
}

/// What to put into a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableEntry {
    /// A function that the instance exports by this name.
    Export(String),
    /// A reference as text (see [`crate::value`]): `null`, `func 3`, `extern 7`.
    Value(String),
}
