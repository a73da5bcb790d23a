//! What of Wasmer 7.5 is missing or wrong, and what Watshop does about it: the one list of which
//! `docs/known.md` is made, and of which the page shows what concerns a module.

use watshop_protocol::page::{Compiler, ExternType, KnownLimit, ModuleSummary};

mod rows;
mod table;

pub use rows::ROWS;
pub use table::markdown;

/// One thing that is missing or wrong.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Stable.
    pub id: &'static str,
    /// What it is, without a full stop.
    pub title: &'static str,
    /// Whose code it concerns.
    pub compilers: &'static [Compiler],
    /// Engine or CPU, where it is not every one.
    pub only: Option<&'static str>,
    /// What Watshop does, in sentences.
    pub instead: &'static str,
    /// What there is to see of it.
    pub effect: Effect,
    /// The smallest module that has it, as text.
    pub example: &'static str,
    /// Whether a module has it.
    concerns: fn(&Module<'_>) -> bool,
}

/// What there is to see of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Those compilers refuse the module, and the others take it.
    Refused,
    /// It runs, and something is not as it should be, or is not told.
    Seen,
    /// Nothing: Watshop makes it right.
    Mended,
}

/// What is known of a module when it is asked what concerns it.
struct Module<'a> {
    imports: &'a [watshop_protocol::page::Import],
    proposals: &'a [String],
    /// Memories and tables, the imported ones too.
    memories: &'a [ExternType],
    tables: &'a [ExternType],
    binary: &'a [u8],
}

impl Module<'_> {
    fn needs(&self, proposal: &str) -> bool {
        self.proposals.iter().any(|name| name == proposal)
    }
}

/// What concerns a module, in the order of the list.
pub(crate) fn concerning(
    binary: &[u8],
    summary: &ModuleSummary,
    memories: &[ExternType],
    tables: &[ExternType],
) -> Vec<KnownLimit> {
    let module = Module {
        imports: &summary.imports,
        proposals: &summary.proposals,
        memories,
        tables,
        binary,
    };
    let seen = ROWS.iter().filter(|row| row.effect != Effect::Mended && (row.concerns)(&module));
    let told = seen.map(|row| KnownLimit {
        id: row.id.to_owned(),
        title: row.title.to_owned(),
        compilers: row.compilers.to_vec(),
        only: row.only.map(str::to_owned),
        instead: row.instead.to_owned(),
    });
    told.collect()
}
