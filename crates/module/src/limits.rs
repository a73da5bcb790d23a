use wasmparser::{ExternalKind, Parser, Payload, TypeRef};
use watshop_protocol::bounds::MOST_PAGES;
use watshop_protocol::page::{Error, Limits, Place, Result};
use watshop_protocol::say;

/// Rejects a module that starts with more than a tab's limits allow, before it is compiled. Parts
/// of the module that cannot be read are left to the validator.
///
/// # Errors
///
/// `memory_limit` or `table_limit`, with the byte offset of the memory or table.
pub fn check_limits(binary: &[u8], limits: &Limits) -> Result<()> {
    let (mut memories, mut tables) = (0, 0);
    // The name section comes last, so the names are looked up afterwards.
    let mut over: Vec<(ExternalKind, u32, u64, u64)> = Vec::new();
    for payload in Parser::new(0).parse_all(binary).map_while(std::result::Result::ok) {
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports().map_while(std::result::Result::ok) {
                    match import.ty {
                        TypeRef::Memory(_) => memories += 1,
                        TypeRef::Table(_) => tables += 1,
                        _ => {}
                    }
                }
            }
            Payload::MemorySection(section) => {
                let entries = section.into_iter_with_offsets().map_while(std::result::Result::ok);
                for (index, (at, memory)) in (memories..).zip(entries) {
                    let minimum = memory.initial;
                    // A module that declares more pages is invalid anyway.
                    let valid = !memory.memory64 && minimum <= MOST_PAGES.into();
                    if valid && limits.check_memory(&say!(""), minimum).is_err() {
                        over.push((ExternalKind::Memory, index, minimum, at));
                    }
                }
            }
            Payload::TableSection(section) => {
                let entries = section.into_iter_with_offsets().map_while(std::result::Result::ok);
                for (index, (at, table)) in (tables..).zip(entries) {
                    let minimum = table.ty.initial;
                    if !table.ty.table64 && limits.check_table(&say!(""), minimum).is_err() {
                        over.push((ExternalKind::Table, index, minimum, at));
                    }
                }
            }
            Payload::ExportSection(section) if !over.is_empty() => {
                let exports: Vec<_> =
                    section.into_iter().map_while(std::result::Result::ok).collect();
                let name = |kind: ExternalKind, index: u32| {
                    exports
                        .iter()
                        .find(|export| export.kind == kind && export.index == index)
                        .map(|it| it.name)
                };
                return refuse(&over, name, limits);
            }
            Payload::CodeSectionStart { .. } => break,
            _ => {}
        }
    }
    refuse(&over, |_, _| None, limits)
}

/// The error of the first memory, or else of the first table. The runner reports the same one.
fn refuse<'a>(
    over: &[(ExternalKind, u32, u64, u64)],
    name: impl Fn(ExternalKind, u32) -> Option<&'a str>,
    limits: &Limits,
) -> Result<()> {
    let first = |wanted| over.iter().find(|(kind, ..)| *kind == wanted);
    let Some((kind, index, minimum, at)) =
        first(ExternalKind::Memory).or(first(ExternalKind::Table))
    else {
        return Ok(());
    };
    let word = if *kind == ExternalKind::Memory { say!("memory") } else { say!("table") };
    let named = match name(*kind, *index) {
        Some(name) => say!("{word} `{name}`"),
        None => say!("{word} {index}"),
    };
    let refused = match kind {
        ExternalKind::Memory => limits.check_memory(&named, *minimum),
        _ => limits.check_table(&named, *minimum),
    };
    let place = Place { offset: u32::try_from(*at).ok(), ..Place::default() };
    refused.map_err(|error: Error| error.at(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lines, parse};
    use watshop_protocol::page::ErrorCode;

    #[test]
    fn what_is_over_a_limit_is_refused_with_its_line() {
        let limits = Limits { memory_pages: 100, table_elements: 20, ..Limits::default() };
        let check = |text: &str| {
            let error = check_limits(&parse(text).unwrap(), &limits).err()?;
            let line = Lines::of_text(text)
                .place(error.at.unwrap().offset.unwrap())
                .unwrap()
                .line
                .unwrap();
            Some((error.code, line, error.message))
        };
        assert_eq!(check("(module (memory 100) (table 20 funcref))"), None);
        assert_eq!(
            check(r#"(module (import "m" "m" (memory 200)) (import "m" "t" (table 30 funcref)))"#),
            None
        );
        let (code, line, message) = check(
            "(module\n (import \"m\" \"m\" (memory 200))\n (memory 1)\n (memory (export \"big\") 200))",
        )
        .unwrap();
        assert_eq!((code, line), (ErrorCode::MemoryLimit, 4));
        assert!(message.contains("memory `big` starts with 200 pages (12 MiB)"), "{message}");
        let (code, line, message) = check("(module\n (table 50 funcref)\n (func))").unwrap();
        assert_eq!((code, line), (ErrorCode::TableLimit, 2));
        assert!(message.contains("table 0 starts with 50 elements"), "{message}");
    }

    #[test]
    fn a_memory_that_no_module_may_have_is_left_to_the_validator() {
        let binary = parse("(module (memory 1))").unwrap();
        assert!(check_limits(&binary[..binary.len() - 1], &Limits::default()).is_ok());
        assert!(
            check_limits(&parse("(module (memory i64 70000))").unwrap(), &Limits::default())
                .is_ok()
        );
    }
}
