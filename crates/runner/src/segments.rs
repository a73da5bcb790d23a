//! Finds active segments that do not fit, from the notes of the compiler process.

use wasmer::{Extern, Module, Store, Value};
use wasmer_types::entity::EntityRef as _;
use wasmer_types::{ExportIndex, ImportIndex, MemoryIndex, ModuleInfo, TableIndex};
use watshop_protocol::Sentence;
use watshop_protocol::page::{Error, ErrorCode, Place, TrapKind};
use watshop_protocol::process::segments::{SECTION, Segment, SegmentKind, Segments};
use watshop_protocol::say;

/// The notes about a module's segments. They are empty if all segments fit, or if another program
/// compiled the module.
pub fn noted(info: &ModuleInfo) -> Segments {
    let sections = info.custom_sections(SECTION);
    // The module itself may have a section with this name. Ours is the last.
    sections.last().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// The error of the first segment that does not fit, in the order in which they are written.
/// `imports` are those of the module. Their sizes have not changed, because the module has not run
/// yet.
pub fn misfit(module: &Module, store: &mut Store, imports: &[Extern]) -> Option<Error> {
    let info = module.info();
    let globals: Vec<Option<u32>> = imports
        .iter()
        .filter_map(|item| match item {
            Extern::Global(global) => Some(match global.get(store) {
                Value::I32(value) => Some(value.cast_unsigned()),
                _ => None,
            }),
            _ => None,
        })
        .collect();
    let global = |index: u32| globals.get(index as usize).copied().flatten();
    noted(info).active.iter().find_map(|segment| {
        let start = segment.start(global)?;
        let has = size(segment, info, store, imports)?;
        (segment.end(start) > has).then(|| misfit_error(segment, start, has, info))
    })
}

/// The size of the memory in bytes, or of the table in elements, that a segment is written to.
fn size(segment: &Segment, info: &ModuleInfo, store: &Store, imports: &[Extern]) -> Option<u64> {
    let index = segment.into as usize;
    match segment.kind {
        SegmentKind::Data => {
            let mut imported = imports.iter().filter_map(|item| match item {
                Extern::Memory(memory) => Some(memory.view(store).data_size()),
                _ => None,
            });
            let declared = || {
                info.memories.get(MemoryIndex::new(index)).map(|own| u64::from(own.minimum.0) << 16)
            };
            imported.nth(index).or_else(declared)
        }
        SegmentKind::Element => {
            let mut imported = imports.iter().filter_map(|item| match item {
                Extern::Table(table) => Some(u64::from(table.size(store))),
                _ => None,
            });
            let declared =
                || info.tables.get(TableIndex::new(index)).map(|own| u64::from(own.minimum));
            imported.nth(index).or_else(declared)
        }
    }
}

fn misfit_error(segment: &Segment, start: u32, has: u64, info: &ModuleInfo) -> Error {
    let (kind, trap, count, into, help) = match segment.kind {
        SegmentKind::Data => (
            say!("data"),
            TrapKind::OutOfBoundsMemoryAccess,
            bytes as fn(u64) -> Sentence,
            memory_name(info, segment.into),
            say!(
                "Let the memory start with more pages, or let the segment begin at a lower address."
            ),
        ),
        SegmentKind::Element => (
            say!("element"),
            TrapKind::OutOfBoundsTableAccess,
            elements as fn(u64) -> Sentence,
            table_name(info, segment.into),
            say!(
                "Let the table start with more elements, or let the segment begin at a lower one."
            ),
        ),
    };
    let name = segment
        .name
        .as_ref()
        .map_or_else(|| segment.index.to_string(), |name| format!("`${name}`"));
    let message = say!(
        "The {kind} segment {name} does not fit into the {into}: it has {} from {start} on and reaches to {}, and there \
         are {}.",
        count(segment.length.into()),
        segment.end(start),
        count(has),
    );
    let at = Place { offset: Some(segment.at), ..Place::default() };
    let mut error = Error::new(ErrorCode::Trap, message).help(help).at(at);
    error.trap = Some(trap);
    error
}

fn bytes(count: u64) -> Sentence {
    if count == 1 { say!("1 byte") } else { say!("{count} bytes") }
}

fn elements(count: u64) -> Sentence {
    if count == 1 { say!("1 element") } else { say!("{count} elements") }
}

/// The name of a memory for people: an export, its import, or its index.
fn memory_name(info: &ModuleInfo, index: u32) -> Sentence {
    let exported =
        |export: &ExportIndex| matches!(export, ExportIndex::Memory(it) if it.as_u32() == index);
    let imported =
        |import: &ImportIndex| matches!(import, ImportIndex::Memory(it) if it.as_u32() == index);
    name(say!("memory"), index, info, exported, imported)
}

fn table_name(info: &ModuleInfo, index: u32) -> Sentence {
    let exported =
        |export: &ExportIndex| matches!(export, ExportIndex::Table(it) if it.as_u32() == index);
    let imported =
        |import: &ImportIndex| matches!(import, ImportIndex::Table(it) if it.as_u32() == index);
    name(say!("table"), index, info, exported, imported)
}

fn name(
    kind: Sentence,
    index: u32,
    info: &ModuleInfo,
    exported: impl Fn(&ExportIndex) -> bool,
    imported: impl Fn(&ImportIndex) -> bool,
) -> Sentence {
    if let Some((name, _)) = info.exports.iter().find(|(_, export)| exported(export)) {
        return say!("{kind} `{name}`");
    }
    match info.imports.iter().find(|(_, import)| imported(import)) {
        Some((key, _)) => say!("{kind} `{}.{}`", key.module, key.field),
        None => say!("{kind} {index}"),
    }
}
