#![doc = include_str!("../README.md")]

use watshop_protocol::page::{CodeLanguage, Import, ImportObject, ImportsCode};

mod c;
mod format;
mod javascript;
mod notes;
mod plan;
mod python;
mod rust;
mod text;
mod values;
mod wasi;

pub use wasi::write_wasi;

/// A program that instantiates a module with an import object.
///
/// The title is that of the module's tab. An import is left out of the program if the object has no
/// provider for it, or one that does not fit. A note names each.
pub fn write(
    language: CodeLanguage,
    title: &str,
    imports: &[Import],
    object: &ImportObject,
) -> ImportsCode {
    let (plan, left_out) = plan::ProgramPlan::new(title, imports, object);
    let notes = notes::ProgramNotes::new(left_out);
    let mut text = match language {
        CodeLanguage::JavaScript => javascript::program(&plan, &notes),
        CodeLanguage::Rust => rust::program(&plan, &notes),
        CodeLanguage::Python => python::program(&plan, &notes),
        CodeLanguage::C => c::program(&plan, &notes),
    };
    // A template ends without a line feed.
    text.push('\n');
    ImportsCode { text, notes: notes.into_sentences() }
}
