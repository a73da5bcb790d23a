//! The import object: the things that a tab provides for the imports of its module.
//!
//! It is a part of a tab's settings. So it is saved with the tab, changed by `tab.configure`, and
//! undone like any other setting. Two provisions of the same import are allowed neither in the
//! settings nor in a file. A provision without an import is kept, because the module may import it
//! after the next edit.

use crate::Sentence;
use std::collections::HashMap;

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
pub use provider::{ClockOrigin, ClockUnit, Init, InitContent, ModuleRef, Provider};

/// The import object of a tab.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ImportObject {
    /// The provisions, in the order in which they are shown and saved. The order has no other
    /// meaning.
    pub provisions: Vec<Provision>,
}

/// An import with its provider.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// The import's namespace.
    pub module: String,
    /// The import's name in the namespace.
    pub name: String,
    /// The provider.
    pub provider: Provider,
}

/// Who provides each import, by module and name.
pub type Providers<'a> = HashMap<(&'a str, &'a str), &'a Provider>;

impl ImportObject {
    /// The provider of an import.
    pub fn find(&self, module: &str, name: &str) -> Option<&Provider> {
        let provision = self.provisions.iter().find(|p| p.module == module && p.name == name);
        provision.map(|provision| &provision.provider)
    }

    /// Who provides each import, by module and name: for those who ask for many.
    pub fn providers(&self) -> Providers<'_> {
        // The first counts, as for one that is looked for.
        let all = self.provisions.iter().rev();
        all.map(|p| ((p.module.as_str(), p.name.as_str()), &p.provider)).collect()
    }
}

/// The state of an import for the tab's next run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportView {
    /// The namespace.
    pub module: String,
    /// The name in the namespace.
    pub name: String,
    /// The place of the type that the module asks for in the list's types.
    #[serde(rename = "type")]
    pub kind: u32,
    /// The type in words: `function (i32, i32) -> i32`. A long one is shortened.
    pub text: String,
    /// The tab's provider. It takes precedence over WASI.
    pub provider: Option<Provider>,
    /// The reason why the provider does not fit, in a sentence. Without a provider, it is the
    /// reason why WASI does not provide the import.
    pub problem: Option<Sentence>,
    /// True if WASI provides the import unless the tab does.
    pub wasi: bool,
}

/// The reply of `imports.list`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportsView {
    /// The number of all imports of the module. One that is declared twice counts once.
    pub count: u32,
    /// The number of imports that were asked for. This part may have fewer.
    pub found: u32,
    /// The types of the imports in this part, each once.
    pub types: Vec<ExternType>,
    /// The imports, in the module's order. An import that is declared twice appears once.
    pub imports: Vec<ImportView>,
    /// The number of imports with neither a provider nor WASI.
    pub missing: u32,
    /// The number of imports with a provider that does not fit.
    pub wrong: u32,
    /// The first provisions that the module does not import.
    pub unused: Vec<Provision>,
    /// The number of all provisions that the module does not import.
    pub unused_count: u32,
}

/// A provider for an import, ready for the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Offer {
    /// The provider, with values that fit the import's type.
    pub provider: Provider,
    /// A description in a few words: `return 0`, `log the call`, `memory of lib.wat`.
    pub label: Sentence,
}

/// The reply of `imports.offers`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Offers {
    /// The providers that satisfy the import. **Provide all** chooses the first. Each kind appears
    /// once, except exports of other tabs: each export that satisfies the import is listed, at most
    /// 200.
    pub offers: Vec<Offer>,
}

/// The choice of **Provide all** for one import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice {
    /// The import's namespace.
    pub module: String,
    /// The import's name in the namespace.
    pub name: String,
    /// The chosen provider.
    pub provider: Provider,
    /// The choice and its reason, in a sentence.
    pub sentence: Sentence,
}

/// The reply of `imports.provide_all`. The settings with the choices come as an event, as after
/// `tab.configure`. To undo it, configure the old settings again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choices {
    /// The first choices, in the order of the imports; empty if no provider was missing.
    pub choices: Vec<Choice>,
    /// The number of all choices.
    pub count: u32,
}

/// The language of a program that is made from an import object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeLanguage {
    /// JavaScript, with `WebAssembly.instantiate`.
    #[serde(rename = "javascript")]
    JavaScript,
    /// Rust, with the crate `wasmer` 7.
    Rust,
    /// Python, with the package `wasmer` 1.x.
    Python,
    /// C, with `wasm.h`.
    C,
}

impl CodeLanguage {
    /// All languages.
    pub const ALL: [Self; 4] = [Self::JavaScript, Self::Rust, Self::Python, Self::C];
}

/// The reply of `imports.code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportsCode {
    /// The whole program, which instantiates the module with the import object.
    pub text: String,
    /// The differences between the program and the tab, one sentence each (an export of another
    /// tab, for example).
    pub notes: Vec<Sentence>,
}
