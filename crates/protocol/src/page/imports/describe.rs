//! What people are told of a kind of provider: the page's form, the documentation and the notes of
//! a program are made of it.

use serde::Serialize;
use ts_rs::TS;

use crate::page::ExternType;

/// A kind of provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ProviderKind {
    /// The tag on the wire.
    pub provide: &'static str,
    /// The name that people choose it by: `Return a value`.
    pub title: &'static str,
    /// What it is in a sentence: `a counter`. The page does not need it.
    #[serde(skip)]
    #[ts(skip)]
    pub noun: &'static str,
    /// What it provides.
    pub provides: Provides,
    /// What it is given, in the order of the form.
    pub fields: &'static [Field],
    /// What is to be known of it, for the documentation: a part of a sentence, or nothing.
    #[serde(skip)]
    #[ts(skip)]
    pub about: &'static str,
}

/// What a kind of provider can provide.
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
    /// Any of them.
    Anything,
}

impl Provides {
    /// What an import of this type asks for.
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

/// One thing that a provider is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// How the form calls it.
    pub label: &'static str,
    /// How it is given.
    pub control: Control,
    /// What stands below it in the form.
    pub help: Option<&'static str>,
}

/// How something is given. The page has one element for each.
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
        /// That field.
        field: &'static str,
    },
    /// A value of the import's own type.
    Value,
    /// One value for each result.
    Results,
    /// One of these.
    Choice {
        /// In the order of the list.
        options: &'static [FieldOption],
    },
    /// Yes or no, as two things to choose from.
    Switch {
        /// What *yes* is called.
        on: &'static str,
        /// What *no* is called.
        off: &'static str,
    },
    /// The number of a parameter that is an integer.
    Parameter {
        /// What null is called; a parameter has to be chosen if there is nothing.
        null: Option<&'static str>,
    },
    /// The name of a memory.
    Memory {
        /// What null is called.
        null: &'static str,
    },
    /// The least size.
    Minimum {
        /// Of what.
        unit: &'static str,
        /// The largest that there can be.
        largest: u32,
    },
    /// The greatest size, or null.
    Maximum {
        /// Of what.
        unit: &'static str,
        /// The largest that there can be.
        largest: u32,
    },
    /// Told, and not chosen: the import decides it.
    Told {
        /// What *yes* means.
        yes: &'static str,
    },
    /// What a memory begins with.
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
    /// On the wire.
    pub value: &'static str,
    /// For people.
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
