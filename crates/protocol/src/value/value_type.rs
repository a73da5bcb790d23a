use crate::{Sentence, say};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A value's type, as far as one can be given or shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ValueType {
    /// 32-bit integer.
    I32,
    /// 64-bit integer.
    I64,
    /// 32-bit float.
    F32,
    /// 64-bit float.
    F64,
    /// 128-bit vector.
    V128,
    /// Function reference.
    FuncRef,
    /// Host reference.
    ExternRef,
    /// Exception reference.
    ExnRef,
}

impl ValueType {
    /// All there are.
    pub const ALL: [Self; 8] = [
        Self::I32,
        Self::I64,
        Self::F32,
        Self::F64,
        Self::V128,
        Self::FuncRef,
        Self::ExternRef,
        Self::ExnRef,
    ];

    /// The type as the text format spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::V128 => "v128",
            Self::FuncRef => "funcref",
            Self::ExternRef => "externref",
            Self::ExnRef => "exnref",
        }
    }

    /// The zero of the type as text, or null.
    pub fn zero(self) -> &'static str {
        match self {
            Self::I32 | Self::I64 | Self::F32 | Self::F64 | Self::V128 => "0",
            Self::FuncRef | Self::ExternRef | Self::ExnRef => "null",
        }
    }

    /// The type as a part of a sentence: "an i32".
    pub fn sentence(self) -> Sentence {
        let name = self.name();
        match self {
            Self::V128 | Self::FuncRef => say!("a {name}"),
            _ => say!("an {name}"),
        }
    }
}
