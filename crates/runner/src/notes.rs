//! What the compiler process noted of a module in a section of its own.

use wasmer_types::ModuleInfo;
use watshop_artifact::{NOTES, Notes};

/// What its compiler process noted of a module; nothing was added to one that was made elsewhere.
pub fn of(info: &ModuleInfo) -> Notes {
    let found = info.custom_sections(NOTES).next().and_then(|bytes| Notes::from_bytes(&bytes));
    found.unwrap_or_else(|| Notes { functions: info.functions.len() as u32, ..Notes::default() })
}
