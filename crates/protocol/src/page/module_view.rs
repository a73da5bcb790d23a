use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::lists::{ExportList, ImportList};
use super::{KnownLimit, ModuleSummary, Section, StartFunction, WasiVersion};
use crate::bounds::MOST_ROWS;
use crate::shown::{bounded_names, shown};

/// The parts of a module that a page shows at once. The lists have their first rows, and
/// `exports.list` and `imports.list` give the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ModuleView {
    /// The name from the name section, shortened if it is long.
    pub name: Option<String>,
    /// The size of the binary, in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// BLAKE3 of the binary, in hexadecimal.
    pub hash: String,
    /// The first imports, in order.
    pub imports: ImportList,
    /// The first exports, in order.
    pub exports: ExportList,
    /// The names of its first memories: the exported ones, then the imported ones as `module.name`.
    pub memories: Vec<String>,
    /// The first sections, in order.
    pub sections: Vec<Section>,
    /// The number of all sections.
    pub section_count: u32,
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

/// A function that a module itself defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FunctionRow {
    /// The index in the module's function index space (imports first).
    pub index: u32,
    /// The name from the name section, or the name of an export in quotes, shortened if it is
    /// long.
    pub name: Option<String>,
    /// The size of its body in the binary, in bytes.
    pub size: u32,
}

/// Functions that a module itself defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FunctionList {
    /// The functions, in the module's order, at most [`MOST_ROWS`].
    pub functions: Vec<FunctionRow>,
    /// The number of all functions that were asked for.
    pub found: u32,
}

/// The text of one function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FunctionText {
    /// The text, one instruction a line.
    pub text: String,
    /// True if the function is longer. Then the text ends with a whole line.
    pub cut: bool,
}

impl ModuleSummary {
    /// The parts that a page shows at once.
    pub fn view(&self) -> ModuleView {
        let sections = self.sections.iter().take(MOST_ROWS as usize);
        let exported = self.exports.iter().filter(|one| one.kind.is_memory());
        let imported = self.imports.iter().filter(|one| one.kind.is_memory());
        let memories = exported
            .map(|one| one.name.clone())
            .chain(imported.map(|one| format!("{}.{}", one.module, one.name)));
        ModuleView {
            name: self.name.as_deref().map(shown),
            size: self.size,
            hash: self.hash.clone(),
            imports: ImportList::first(&self.imports),
            exports: ExportList::first(&self.exports),
            memories: bounded_names(memories),
            sections: sections
                .map(|one| Section { name: shown(&one.name), ..one.clone() })
                .collect(),
            section_count: u32::try_from(self.sections.len()).unwrap_or(u32::MAX),
            functions: self.functions,
            proposals: self.proposals.clone(),
            wasi: self.wasi,
            command: self.command,
            start: self.start.as_ref().map(|start| StartFunction {
                index: start.index,
                name: start.name.as_deref().map(shown),
            }),
            known: self.known.clone(),
        }
    }
}
