//! The known gaps and faults of Wasmer 7.5, and what Watshop does about each. `docs/known.md` is
//! made of this list, and the page shows the rows that concern a module.

use watshop_protocol::Sentence;
use watshop_protocol::page::{Compiler, ExternType, KnownLimit, ModuleSummary};

mod rows;
mod table;

pub use rows::ROWS;
pub use table::markdown;

/// One gap or fault.
#[derive(Debug, Clone, Copy)]
pub struct KnownRow {
    /// The row's name, which never changes.
    pub id: &'static str,
    /// A description without a full stop.
    pub title: &'static str,
    /// The compilers whose code it concerns.
    pub compilers: &'static [Compiler],
    /// The engine or CPU. `None` if it concerns all.
    pub only: Option<&'static str>,
    /// Watshop's answer, in sentences.
    pub instead: &'static str,
    /// The effect on a module that has it.
    pub effect: Effect,
    /// The smallest module that has it, as WAT text.
    pub example: &'static str,
    /// True if it concerns the module.
    concerns: fn(&ModuleFacts<'_>) -> bool,
}

/// The effect of a gap or fault on a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The row's compilers refuse the module. The others take it.
    Refused,
    /// The module runs, but it misbehaves or a detail is not reported.
    Seen,
    /// Nothing is left to see, because Watshop mends it.
    Mended,
}

/// The facts about a module that `KnownRow::concerns` looks at.
struct ModuleFacts<'a> {
    imports: &'a [watshop_protocol::page::Import],
    proposals: &'a [String],
    /// All memories and tables, with the imported ones.
    memories: &'a [ExternType],
    tables: &'a [ExternType],
    binary: &'a [u8],
}

impl ModuleFacts<'_> {
    fn needs(&self, proposal: &str) -> bool {
        self.proposals.iter().any(|name| name == proposal)
    }
}

/// The rows that concern a module, in the order of the list.
pub(crate) fn concerning(
    binary: &[u8],
    summary: &ModuleSummary,
    memories: &[ExternType],
    tables: &[ExternType],
) -> Vec<KnownLimit> {
    let module = ModuleFacts {
        imports: &summary.imports,
        proposals: &summary.proposals,
        memories,
        tables,
        binary,
    };
    let seen = ROWS.iter().filter(|row| row.effect != Effect::Mended && (row.concerns)(&module));
    let told = seen.map(|row| KnownLimit {
        id: row.id.to_owned(),
        title: Sentence::plain(row.title),
        compilers: row.compilers.to_vec(),
        only: row.only.map(str::to_owned),
        instead: Sentence::plain(row.instead),
    });
    told.collect()
}
