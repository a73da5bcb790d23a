use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Compiler, Place};

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
        let article = self.with_article();
        article.split_once(' ').map_or(article, |(_, name)| name)
    }

    /// The zero of the type as text, or null.
    pub fn zero(self) -> &'static str {
        match self {
            Self::I32 | Self::I64 | Self::F32 | Self::F64 | Self::V128 => "0",
            Self::FuncRef | Self::ExternRef | Self::ExnRef => "null",
        }
    }

    /// The type in a sentence: "an i32".
    pub fn with_article(self) -> &'static str {
        match self {
            Self::I32 => "an i32",
            Self::I64 => "an i64",
            Self::F32 => "an f32",
            Self::F64 => "an f64",
            Self::V128 => "a v128",
            Self::FuncRef => "a funcref",
            Self::ExternRef => "an externref",
            Self::ExnRef => "an exnref",
        }
    }
}

/// The type of an import or an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ExternType {
    /// A function.
    Function {
        /// In order.
        params: Vec<ValueType>,
        /// In order.
        results: Vec<ValueType>,
    },
    /// A linear memory; sizes in pages of 64 KiB.
    Memory {
        /// Pages at the start.
        #[ts(type = "number")]
        minimum: u64,
        /// Most pages, where declared.
        #[ts(type = "number | null")]
        maximum: Option<u64>,
        /// Shared between threads.
        shared: bool,
        /// Addressed by i64.
        memory64: bool,
    },
    /// A table; sizes in elements.
    Table {
        /// Type of its elements.
        element: ValueType,
        /// Elements at the start.
        #[ts(type = "number")]
        minimum: u64,
        /// Most elements, where declared.
        #[ts(type = "number | null")]
        maximum: Option<u64>,
    },
    /// A global.
    Global {
        /// Type of its value.
        value: ValueType,
        /// Whether `global.set` may change it.
        mutable: bool,
    },
    /// An exception's tag.
    Tag {
        /// What an exception of it carries.
        params: Vec<ValueType>,
    },
}

impl std::fmt::Display for ExternType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list =
            |types: &[ValueType]| types.iter().map(|t| t.name()).collect::<Vec<_>>().join(", ");
        let upto = |maximum: &Option<u64>| maximum.map_or(String::new(), |m| format!(" to {m}"));
        match self {
            Self::Function { params, results } => match results.as_slice() {
                [] => write!(f, "function ({})", list(params)),
                [one] => write!(f, "function ({}) -> {}", list(params), one.name()),
                many => write!(f, "function ({}) -> ({})", list(params), list(many)),
            },
            Self::Memory { minimum, maximum, shared, memory64 } => {
                let shared = if *shared { "shared " } else { "" };
                let wide = if *memory64 { "64-bit " } else { "" };
                write!(f, "{shared}{wide}memory of {minimum}{} pages", upto(maximum))
            }
            Self::Table { element, minimum, maximum } => {
                write!(f, "table of {minimum}{} {}", upto(maximum), element.name())
            }
            Self::Global { value, mutable } => {
                write!(f, "{}global {}", if *mutable { "mutable " } else { "" }, value.name())
            }
            Self::Tag { params } => write!(f, "tag ({})", list(params)),
        }
    }
}

/// What a module asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Import {
    /// Namespace.
    pub module: String,
    /// Name in it.
    pub name: String,
    /// What is asked for.
    #[serde(rename = "type")]
    pub kind: ExternType,
}

/// What a module offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// What is offered.
    #[serde(rename = "type")]
    pub kind: ExternType,
}

/// One section of a binary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Section {
    /// `type`, `code`, …; `custom "name"` for a custom section.
    pub name: String,
    /// Of its content, in bytes from the start of the module.
    pub offset: u32,
    /// Of its content, in bytes.
    pub size: u32,
    /// Entries, where the section has entries.
    pub count: Option<u32>,
}

/// Which WASI a module imports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WasiVersion {
    /// `wasi_unstable`.
    Snapshot0,
    /// `wasi_snapshot_preview1`.
    Preview1,
    /// `wasix_32v1` and `wasix_64v1`.
    Wasix,
}

/// What runs by itself when an instance is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StartFunction {
    /// Index in the module's function index space (imports first).
    pub index: u32,
    /// From the name section, or the name of an export in quotes.
    pub name: Option<String>,
}

/// What a module is made of, read without running it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ModuleSummary {
    /// From the name section.
    pub name: Option<String>,
    /// Of the binary, in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// BLAKE3 of the binary, in hexadecimal.
    pub hash: String,
    /// In order.
    pub imports: Vec<Import>,
    /// In order.
    pub exports: Vec<Export>,
    /// In order.
    pub sections: Vec<Section>,
    /// Functions defined here, imports not counted.
    pub functions: u32,
    /// Names of the proposals without which it does not validate, as in the settings.
    pub proposals: Vec<String>,
    /// Where it imports one.
    pub wasi: Option<WasiVersion>,
    /// Has WASI imports and a `_start`: a program that runs from start to exit.
    pub command: bool,
    /// The function of its start section, where it has one.
    pub start: Option<StartFunction>,
    /// What of Wasmer is missing or wrong and concerns it.
    pub known: Vec<KnownLimit>,
}

/// Something of Wasmer that is missing or wrong, see `docs/known.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnownLimit {
    /// Stable.
    pub id: String,
    /// What it is, without a full stop.
    pub title: String,
    /// Whose code it concerns.
    pub compilers: Vec<Compiler>,
    /// Engine or CPU, where it is not every one.
    pub only: Option<String>,
    /// What Watshop does, in sentences.
    pub instead: String,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The module cannot be compiled.
    Error,
    /// It can, and there is something to know.
    Warning,
}

/// One thing found while reading the source, to underline in the editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// Stable.
    pub code: super::ErrorCode,
    /// One sentence.
    pub message: String,
    /// Where it starts.
    pub at: Place,
    /// Characters to underline from there, at least 1.
    pub length: u32,
}
