use crate::Sentence;
use crate::say;
use crate::sentence::{AsSentence, Fact, Saying};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::compilation::Compiler;
use crate::value::{ValueType, ValueTypes};

/// The type of an import or an export. A copy shares the lists of the original.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ExternType {
    /// A function.
    Function {
        /// The types of the parameters, in order.
        #[ts(as = "Vec<ValueType>")]
        params: ValueTypes,
        /// The types of the results, in order.
        #[ts(as = "Vec<ValueType>")]
        results: ValueTypes,
    },
    /// A linear memory; sizes in pages of 64 KiB.
    Memory {
        /// The pages at the start.
        #[ts(type = "number")]
        minimum: u64,
        /// The most pages, if declared.
        #[ts(type = "number | null")]
        maximum: Option<u64>,
        /// True if it is shared between threads.
        shared: bool,
        /// True if it is addressed by i64.
        memory64: bool,
    },
    /// A table; sizes in elements.
    Table {
        /// The type of its elements.
        element: ValueType,
        /// The elements at the start.
        #[ts(type = "number")]
        minimum: u64,
        /// The most elements, if declared.
        #[ts(type = "number | null")]
        maximum: Option<u64>,
    },
    /// A global.
    Global {
        /// The type of its value.
        value: ValueType,
        /// True if `global.set` may change it.
        mutable: bool,
    },
    /// An exception's tag.
    Tag {
        /// The types of the values that its exceptions carry.
        #[ts(as = "Vec<ValueType>")]
        params: ValueTypes,
    },
}

impl ExternType {
    /// Returns true for the type of a memory.
    pub fn is_memory(&self) -> bool {
        matches!(self, Self::Memory { .. })
    }

    /// The types that it lists.
    pub(crate) fn listed(&self) -> usize {
        match self {
            Self::Function { params, results } => params.len() + results.len(),
            Self::Tag { params } => params.len(),
            Self::Memory { .. } | Self::Table { .. } | Self::Global { .. } => 0,
        }
    }
}

impl ExternType {
    /// The type as a part of a sentence, with the words that [`Display`](std::fmt::Display) prints.
    pub fn sentence(&self) -> Sentence {
        let size = |minimum: &u64, maximum: &Option<u64>| match maximum {
            Some(maximum) => say!("{minimum} to {maximum}"),
            None => say!("{minimum}"),
        };
        match self {
            Self::Function { params, results } => match &results[..] {
                [] => say!("function ({params})"),
                [one] => say!("function ({params}) -> {}", one.name()),
                _ => say!("function ({params}) -> ({results})"),
            },
            Self::Memory { minimum, maximum, shared, memory64 } => {
                let size = size(minimum, maximum);
                match (shared, memory64) {
                    (false, false) => say!("memory of {size} pages"),
                    (true, false) => say!("shared memory of {size} pages"),
                    (false, true) => say!("64-bit memory of {size} pages"),
                    (true, true) => say!("shared 64-bit memory of {size} pages"),
                }
            }
            Self::Table { element, minimum, maximum } => {
                say!("table of {} {}", size(minimum, maximum), element.name())
            }
            Self::Global { value, mutable: true } => say!("mutable global {}", value.name()),
            Self::Global { value, mutable: false } => say!("global {}", value.name()),
            Self::Tag { params } => say!("tag ({params})"),
        }
    }
}

impl AsSentence for Saying<'_, ExternType> {
    fn fact(&self) -> Fact {
        Fact::Wording(self.0.sentence().wording)
    }
}

impl AsSentence for Saying<'_, &ExternType> {
    fn fact(&self) -> Fact {
        Fact::Wording(self.0.sentence().wording)
    }
}

impl std::fmt::Display for ExternType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let upto = |maximum: &Option<u64>| maximum.map_or(String::new(), |m| format!(" to {m}"));
        match self {
            Self::Function { params, results } => match &results[..] {
                [] => write!(f, "function ({params})"),
                [one] => write!(f, "function ({params}) -> {}", one.name()),
                _ => write!(f, "function ({params}) -> ({results})"),
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
            Self::Tag { params } => write!(f, "tag ({params})"),
        }
    }
}

/// An import of a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Import {
    /// The namespace.
    pub module: String,
    /// The name in the namespace.
    pub name: String,
    /// The type that the module asks for.
    #[serde(rename = "type")]
    pub kind: ExternType,
}

/// An export of a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Export {
    /// The name.
    pub name: String,
    /// The type.
    #[serde(rename = "type")]
    pub kind: ExternType,
}

/// One section of a binary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Section {
    /// The name: `type`, `code`, …; `custom "name"` for a custom section.
    pub name: String,
    /// The offset of its content, in bytes from the start of the module.
    pub offset: u32,
    /// The size of its content, in bytes.
    pub size: u32,
    /// The number of entries, if the section has entries.
    pub count: Option<u32>,
}

/// The version of WASI that a module imports.
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

/// The function that runs by itself when an instance is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StartFunction {
    /// The index in the module's function index space (imports first).
    pub index: u32,
    /// The name from the name section, or the name of an export in quotes.
    pub name: Option<String>,
}

/// The parts of a module, read without running it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleSummary {
    /// The name from the name section.
    pub name: Option<String>,
    /// The size of the binary, in bytes.
    pub size: u64,
    /// BLAKE3 of the binary, in hexadecimal.
    pub hash: String,
    /// The imports, in order.
    pub imports: Vec<Import>,
    /// The exports, in order.
    pub exports: Vec<Export>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The number of functions that the module itself defines.
    pub functions: u32,
    /// The names of the proposals that the module needs, as in the settings.
    pub proposals: Vec<String>,
    /// The WASI that it imports; null if it imports none.
    pub wasi: Option<WasiVersion>,
    /// True for a program that runs from start to exit: it has WASI imports and a `_start`.
    pub command: bool,
    /// The function of its start section, if it has one.
    pub start: Option<StartFunction>,
    /// The limits of Wasmer that concern the module.
    pub known: Vec<KnownLimit>,
}

/// A feature that Wasmer lacks, or a fault that it has; see `docs/known.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnownLimit {
    /// The stable id.
    pub id: String,
    /// The limit in words, without a full stop.
    pub title: Sentence,
    /// The compilers whose code it concerns.
    pub compilers: Vec<Compiler>,
    /// The engine or the CPU, if it does not concern all.
    pub only: Option<String>,
    /// The way in which Watshop deals with the limit, in sentences.
    pub instead: Sentence,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_in_a_sentence_is_a_part_of_it_with_the_same_words() {
        let memory = |maximum, shared, memory64| ExternType::Memory {
            minimum: 1,
            maximum,
            shared,
            memory64,
        };
        for kind in [memory(None, false, false), memory(Some(2), true, true)] {
            let said = say!("It is a {kind}.");
            assert_eq!(said.text, format!("It is a {kind}."));
            assert!(matches!(said.wording.facts[0].1, Fact::Wording(_)));
        }
    }
}
