//! The table `targets.tsv`: the results of `watshop targets --probe` with this version of Wasmer.

use std::sync::OnceLock;

use watshop_protocol::page::{Compiler, Form, ProbeResult};

static TEXT: &str = include_str!("../../../targets.tsv");

/// The first line of the table.
pub(in crate::build) const HEAD: &str = "target\tcompiler\tform\toutcome\twords";

/// A line of the table.
pub(in crate::build) struct SupportRow {
    pub triple: &'static str,
    pub compiler: Compiler,
    pub form: Form,
    pub probed: ProbeResult,
    /// The compiler's own words, if it refused.
    pub words: &'static str,
}

/// The result as a word of the table.
pub(in crate::build) fn word(probed: ProbeResult) -> &'static str {
    match probed {
        ProbeResult::Ok => "ok",
        ProbeResult::Refused => "refused",
        ProbeResult::Crashed => "crashed",
        ProbeResult::Unknown => "unknown",
    }
}

/// The triples, each once, in the table's order.
pub(in crate::build) fn triples() -> impl Iterator<Item = &'static str> {
    let mut last = "";
    entries()
        .iter()
        .map(|entry| entry.triple)
        .filter(move |triple| std::mem::replace(&mut last, triple) != *triple)
}

/// The line of a target, a compiler and a form.
pub(in crate::build) fn find(
    triple: &str,
    compiler: Compiler,
    form: Form,
) -> Option<&'static SupportRow> {
    entries().iter().find(|e| e.triple == triple && e.compiler == compiler && e.form == form)
}

/// True if Wasmer's linker makes shared objects for the triple.
pub(in crate::build) fn is_x86_64_linux(triple: &str) -> bool {
    triple.starts_with("x86_64") && triple.contains("-linux-")
}

fn entries() -> &'static [SupportRow] {
    static ENTRIES: OnceLock<Vec<SupportRow>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let lines = TEXT.lines().skip(1);
        lines.filter_map(|line| entry(line).or_else(|| misread(line))).collect()
    })
}

fn misread(line: &str) -> Option<SupportRow> {
    tracing::error!(line, "a line of the table of targets cannot be read");
    None
}

fn entry(line: &'static str) -> Option<SupportRow> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    let (triple, compiler, form, outcome, words) = (next()?, next()?, next()?, next()?, next()?);
    Some(SupportRow {
        triple,
        compiler: Compiler::ALL.into_iter().find(|one| one.as_str() == compiler)?,
        form: Form::ALL.into_iter().find(|one| one.as_str() == form)?,
        probed: [ProbeResult::Ok, ProbeResult::Refused, ProbeResult::Crashed]
            .into_iter()
            .find(|one| word(*one) == outcome)?,
        words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_every_target_has_every_compiler_and_form() {
        assert_eq!(TEXT.lines().next(), Some(HEAD));
        let lines = TEXT.lines().count() - 1;
        assert_eq!(entries().len(), lines);
        assert_eq!(triples().count() * Compiler::ALL.len() * Form::ALL.len(), lines);
        for triple in triples() {
            assert_eq!(watshop_artifact::canonical(triple).as_deref(), Ok(triple));
        }
    }
}
