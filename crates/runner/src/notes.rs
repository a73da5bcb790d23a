//! Reads the notes that the compiler process adds to a module, in a section of its own.

use wasmer_types::ModuleInfo;
use watshop_artifact::{NOTES, Notes};

/// The notes about a module. A module that was made elsewhere has none, and no function was added
/// to it.
pub fn of(info: &ModuleInfo) -> Notes {
    let found = info.custom_sections(NOTES).next().and_then(|bytes| Notes::from_bytes(&bytes));
    found.unwrap_or_else(|| Notes { functions: info.functions.len() as u32, ..Notes::default() })
}
