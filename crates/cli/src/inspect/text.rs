//! The description of a file, for people.

use std::fmt::Write as _;
use std::path::Path;

use watshop_protocol::page::{ModuleSummary, SourceKind, WasiVersion};
use watshop_protocol::terminal::{bytes, describe_passport, fact, spelled};

use watshop_workbench::Inspection;

/// The description as lines of text.
pub(super) fn describe(file: &Path, inspected: &Inspection) -> String {
    let kind = match inspected.kind {
        SourceKind::Wat => "WebAssembly text",
        SourceKind::Wasm => "WebAssembly binary",
        SourceKind::Sealed => "sealed artifact",
    };
    let file = spelled::name(&file.display().to_string());
    let mut text = format!("{file}: {kind}, {}\n", bytes(inspected.file_size));
    // Writing to a string does not fail.
    let _ = inspected.module.as_ref().map(|module| describe_module(&mut text, module));
    let _ = inspected.passport.as_ref().map(|passport| describe_passport(&mut text, passport));
    text
}

fn describe_module(to: &mut String, module: &ModuleSummary) -> std::fmt::Result {
    let wasi = match (module.wasi, module.command) {
        (None, _) => "none".to_owned(),
        (Some(version), true) => {
            format!("{}, a program that runs from start to exit", wasi(version))
        }
        (Some(version), false) => wasi(version).to_owned(),
    };
    let proposals = match module.proposals.as_slice() {
        [] => "none".to_owned(),
        some => some.join(", "),
    };
    fact(to, "name", module.name.as_deref().unwrap_or("none"))?;
    fact(to, "binary", &bytes(module.size))?;
    fact(to, "BLAKE3", &module.hash)?;
    fact(to, "WASI", &wasi)?;
    fact(to, "proposals", &proposals)?;
    fact(to, "functions", &module.functions.to_string())?;

    let dotted =
        |module: &str, name: &str| format!("{}.{}", spelled::name(module), spelled::name(name));
    let imports = module.imports.iter().map(|i| (dotted(&i.module, &i.name), i.kind.to_string()));
    list(to, "imports", imports.collect())?;
    let exports = module.exports.iter().map(|e| (spelled::name(&e.name), e.kind.to_string()));
    list(to, "exports", exports.collect())?;
    if !module.known.is_empty() {
        let lacks = module.known.iter().map(|limit| {
            let compilers: Vec<_> =
                limit.compilers.iter().map(|compiler| compiler.title()).collect();
            (limit.title.text.clone(), compilers.join(", "))
        });
        list(to, "features that Wasmer lacks", lacks.collect())?;
    }
    let sections = module.sections.iter().map(|section| {
        let count = section.count.map_or(String::new(), |count| format!(", {count} entries"));
        (
            spelled::name(&section.name),
            format!("{} at 0x{:x}{count}", bytes(section.size.into()), section.offset),
        )
    });
    list(to, "sections", sections.collect())
}

fn list(to: &mut String, title: &str, rows: Vec<(String, String)>) -> std::fmt::Result {
    /// The widest name, in characters, that widens the column for all.
    const WIDEST: usize = 40;
    writeln!(to, "\n{title}: {}", rows.len())?;
    let width = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .filter(|w| *w <= WIDEST)
        .max()
        .unwrap_or(0);
    for (name, what) in rows {
        writeln!(to, "  {name:<width$}  {what}")?;
    }
    Ok(())
}

fn wasi(version: WasiVersion) -> &'static str {
    match version {
        WasiVersion::Snapshot0 => "snapshot0 (wasi_unstable)",
        WasiVersion::Preview1 => "preview1 (wasi_snapshot_preview1)",
        WasiVersion::Wasix => "wasix (wasix_32v1 or wasix_64v1)",
    }
}
