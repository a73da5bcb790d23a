//! The form of a description of a kind of provider. The page's form, the documentation and the
//! notes of a program are made from these descriptions.

use serde::Serialize;
use ts_rs::TS;

use crate::page::ExternType;

/// A kind of provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ProviderKind {
    /// The tag on the wire.
    pub provide: &'static str,
    /// The name in the list from which people choose: `Return a value`.
    pub title: &'static str,
    /// The provider in a sentence: `a counter`. The page does not need it.
    #[serde(skip)]
    #[ts(skip)]
    pub noun: &'static str,
    /// The kind of import that it provides.
    pub provides: Provides,
    /// Its fields, in the order of the form.
    pub fields: &'static [Field],
    /// A remark for the documentation: a part of a sentence, or empty.
    #[serde(skip)]
    #[ts(skip)]
    pub about: &'static str,
}

/// The kinds of import that a provider can provide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Provides {
    /// A function.
    Functions,
    /// A memory.
    Memories,
    /// A table.
    Tables,
    /// A global.
    Globals,
    /// A tag.
    Tags,
    /// Any kind of import.
    Anything,
}

impl Provides {
    /// The kind of an import of this type.
    pub fn of(import: &ExternType) -> Self {
        match import {
            ExternType::Function { .. } => Self::Functions,
            ExternType::Memory { .. } => Self::Memories,
            ExternType::Table { .. } => Self::Tables,
            ExternType::Global { .. } => Self::Globals,
            ExternType::Tag { .. } => Self::Tags,
        }
    }
}

/// A field of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// The label in the form.
    pub label: &'static str,
    /// The element in the form.
    pub control: Control,
    /// A sentence below it in the form.
    pub help: Option<&'static str>,
}

/// The element of the form for a field. The page has one for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Control {
    /// Text with places for the arguments of the call.
    Template,
    /// A number of the type of the function's first result.
    Number,
    /// A number of 64 bits without a sign.
    Seed,
    /// A number of 32 bits, if the named field is null.
    Unless {
        /// The named field.
        field: &'static str,
    },
    /// A value of the import's own type.
    Value,
    /// One value for each result.
    Results,
    /// One of several words.
    Choice {
        /// The words, in the order of the list.
        options: &'static [FieldOption],
    },
    /// Yes or no, as two words to choose from.
    Switch {
        /// The word for *yes*.
        on: &'static str,
        /// The word for *no*.
        off: &'static str,
    },
    /// The number of a parameter that is an integer.
    Parameter {
        /// The word for null. Without one, the person has to choose a parameter.
        null: Option<&'static str>,
    },
    /// The name of a memory.
    Memory {
        /// The word for null.
        null: &'static str,
    },
    /// The least size.
    Minimum {
        /// The unit of the size.
        unit: &'static str,
        /// The largest possible size.
        largest: u32,
    },
    /// The greatest size, or null.
    Maximum {
        /// The unit of the size.
        unit: &'static str,
        /// The largest possible size.
        largest: u32,
    },
    /// Shown, but not chosen: the import decides it.
    Told {
        /// The meaning of *yes*.
        yes: &'static str,
    },
    /// The initial content of a memory.
    Inits,
    /// JavaScript.
    Source,
    /// Another tab.
    Tab,
    /// An export of that tab.
    Export,
}

/// One of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct FieldOption {
    /// The word on the wire.
    pub value: &'static str,
    /// The word for people.
    pub title: &'static str,
}

/// A field without help.
pub(super) const fn field(name: &'static str, label: &'static str, control: Control) -> Field {
    Field { name, label, control, help: None }
}

/// One of several words.
pub(super) const fn option(value: &'static str, title: &'static str) -> FieldOption {
    FieldOption { value, title }
}
