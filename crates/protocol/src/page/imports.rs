//! The import object: what a tab gives to what its module imports.
//!
//! It is part of a tab's settings, so it is saved with the tab, changed by `tab.configure`, and
//! undone like any other setting. Two provisions of the same import are allowed in neither the
//! settings nor a file; what no import asks for is kept, since the module may ask for it after the
//! next edit.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ExternType;

mod bytes;
mod describe;
mod file;
mod fit;
mod kinds;
mod provider;

pub use describe::{Control, Field, FieldOption, ProviderKind, Provides};
pub use file::{IMPORTS_SCHEMA, ImportsFile};
pub use fit::{constant, may_satisfy, satisfies};
pub use provider::{ClockOrigin, ClockUnit, Content, Init, ModuleRef, Provider};

/// What a tab gives to its module.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ImportObject {
    /// In the order in which they are shown and saved; which comes first does not matter.
    pub provisions: Vec<Provision>,
}

/// One import and who provides it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// The import's namespace.
    pub module: String,
    /// Its name in it.
    pub name: String,
    /// Who provides it.
    pub provider: Provider,
}

impl ImportObject {
    /// Who provides an import.
    pub fn find(&self, module: &str, name: &str) -> Option<&Provider> {
        let provision = self.provisions.iter().find(|p| p.module == module && p.name == name);
        provision.map(|provision| &provision.provider)
    }
}

/// What becomes of an import when the tab is run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportView {
    /// Namespace.
    pub module: String,
    /// Name in it.
    pub name: String,
    /// What is asked for.
    #[serde(rename = "type")]
    pub kind: ExternType,
    /// Its type in words: `function (i32, i32) -> i32`.
    pub text: String,
    /// What the tab gives; before WASI, where both could.
    pub provider: Option<Provider>,
    /// Why the provider does not fit, in a sentence; if there is none, why WASI does not provide
    /// what is asked of it.
    pub problem: Option<String>,
    /// Provided by WASI if the tab gives nothing itself.
    pub wasi: bool,
}

/// The reply of `imports.list`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportsView {
    /// In the module's order. An import that is declared twice is here once.
    pub imports: Vec<ImportView>,
    /// How many have neither a provider nor WASI.
    pub missing: u32,
    /// How many have a provider that does not fit.
    pub wrong: u32,
    /// What the tab gives and the module does not ask for.
    pub unused: Vec<Provision>,
}

/// One way to provide an import, ready to be put into the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Offer {
    /// With contents that fit the import's type.
    pub provider: Provider,
    /// What it does, in a few words: `return 0`, `log the call`, `memory of lib.wat`.
    pub label: String,
}

/// The reply of `imports.offers`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Offers {
    /// Only what satisfies the import. The first is what **Provide all** chooses; each kind comes
    /// once, but for exports of other tabs: there is one for each that satisfies it, at most 200.
    pub offers: Vec<Offer>,
}

/// What **Provide all** chose for one import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice {
    /// The import's namespace.
    pub module: String,
    /// Its name in it.
    pub name: String,
    /// What was chosen.
    pub provider: Provider,
    /// What and why, in a sentence.
    pub sentence: String,
}

/// The reply of `imports.provide_all`. The settings with the choices in them come as an event, as
/// after `tab.configure`; undo is to configure the settings of before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choices {
    /// In the order of the imports; empty where nothing was missing.
    pub choices: Vec<Choice>,
}

/// In which language an import object is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeLanguage {
    /// `WebAssembly.instantiate`.
    #[serde(rename = "javascript")]
    JavaScript,
    /// The crate `wasmer` 7.
    Rust,
    /// The package `wasmer` 1.x.
    Python,
    /// `wasm.h`.
    C,
}

impl CodeLanguage {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::JavaScript, Self::Rust, Self::Python, Self::C];
}

/// The reply of `imports.code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportsCode {
    /// A whole program that instantiates the module with the import object.
    pub text: String,
    /// What it cannot do as the tab does, one sentence each (an export of another tab, say).
    pub notes: Vec<String>,
}
