use std::collections::HashMap;
use watshop_protocol::say;

use wasmparser::{ExternalKind, KnownCustom, Name, Parser, Payload, TypeRef};
use watshop_protocol::page::{
    Error, ErrorCode, Export, ExternType, Import, ModuleSummary, Place, Result, Section,
    StartFunction, WasiVersion,
};

use crate::types::{self, Types};
use crate::{expected, explain, known, needs};

/// The BLAKE3 of bytes in hexadecimal, 64 digits. It names a module in caches and passports.
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The parts of a module. It is read to its end, and its functions are searched for the proposals
/// that they need. A broken rule inside a function is not an error here.
///
/// # Errors
///
/// `invalid_module` with the byte offset from which it cannot be read, or for a type that the
/// contract does not have (of the garbage collection proposal). `not_a_module` or `empty_file`.
pub fn summarize(binary: &[u8]) -> Result<ModuleSummary> {
    expected::expect_wasm(binary)?;
    let mut reader = SummaryReader::default();
    for payload in Parser::new(0).parse_all(binary) {
        reader.read(payload.map_err(malformed_error)?)?;
    }
    let wasi = reader
        .imports
        .iter()
        .filter_map(|import| wasi(&import.module))
        .max_by_key(|wasi| *wasi as u8);
    let command = wasi.is_some() && reader.exports.iter().any(is_start);
    let mut summary = ModuleSummary {
        name: reader.name,
        size: binary.len() as u64,
        hash: hash(binary),
        imports: reader.imports,
        exports: reader.exports,
        sections: reader.sections,
        functions: reader.bodies,
        proposals: needs::proposals(binary).into_iter().map(str::to_owned).collect(),
        wasi,
        command,
        start: reader.start,
        known: Vec::new(),
    };
    summary.known = known::concerning(binary, &summary, &reader.memories, &reader.tables);
    Ok(summary)
}

/// The newest version wins if a module imports several, because its library speaks that one.
fn wasi(module: &str) -> Option<WasiVersion> {
    match module {
        "wasi_unstable" => Some(WasiVersion::Snapshot0),
        "wasi_snapshot_preview1" => Some(WasiVersion::Preview1),
        "wasix_32v1" | "wasix_64v1" => Some(WasiVersion::Wasix),
        _ => None,
    }
}

fn is_start(export: &Export) -> bool {
    let ExternType::Function { params, results } = &export.kind else { return false };
    export.name == "_start" && params.is_empty() && results.is_empty()
}

fn malformed_error(error: wasmparser::Error) -> Error {
    let offset = u32::try_from(error.offset()).ok();
    Error::new(
        ErrorCode::InvalidModule,
        say!("The module cannot be read: {}", explain::validation(error.message())),
    )
    .at(Place { offset, ..Place::default() })
}

/// Index spaces and lists, as far as they have been read.
#[derive(Default)]
struct SummaryReader {
    name: Option<String>,
    types: Types,
    functions: Vec<u32>,
    tables: Vec<ExternType>,
    memories: Vec<ExternType>,
    globals: Vec<ExternType>,
    tags: Vec<u32>,
    imports: Vec<Import>,
    exports: Vec<Export>,
    sections: Vec<Section>,
    bodies: u32,
    start: Option<StartFunction>,
    /// The first export of each exported function.
    exported: HashMap<u32, usize>,
}

impl SummaryReader {
    fn read(&mut self, payload: Payload<'_>) -> Result<()> {
        self.list(&payload);
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    group
                        .map_err(malformed_error)?
                        .into_types()
                        .for_each(|sub| self.types.push(sub));
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.import(&import.map_err(malformed_error)?)?;
                }
            }
            Payload::FunctionSection(section) => {
                for index in section {
                    self.functions.push(index.map_err(malformed_error)?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(self.types.table(&table.map_err(malformed_error)?.ty)?);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memories.push(types::memory(memory.map_err(malformed_error)?));
                }
            }
            Payload::TagSection(section) => {
                for tag in section {
                    self.tags.push(tag.map_err(malformed_error)?.func_type_idx);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(self.types.global(global.map_err(malformed_error)?.ty)?);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export.map_err(malformed_error)?;
                    let kind = self.kind(export.kind, export.index)?;
                    if export.kind == ExternalKind::Func {
                        self.exported.entry(export.index).or_insert(self.exports.len());
                    }
                    self.exports.push(Export { name: export.name.to_owned(), kind });
                }
            }
            Payload::StartSection { func, .. } => {
                self.start = Some(StartFunction { index: func, name: self.export_of(func) });
            }
            Payload::CodeSectionStart { count, .. } => self.bodies = count,
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(names) = custom.as_known() {
                    // A damaged name section does not harm the rest of the module, says the
                    // specification.
                    names.into_iter().map_while(Result::ok).for_each(|name| self.names(name));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn names(&mut self, name: Name<'_>) {
        match (name, &mut self.start) {
            (Name::Module { name, .. }, _) => self.name = Some(name.to_owned()),
            (Name::Function(names), Some(start)) => {
                let mut names = names.into_iter().map_while(Result::ok);
                if let Some(own) = names.find(|one| one.index == start.index) {
                    start.name = Some(own.name.to_owned());
                }
            }
            _ => {}
        }
    }

    /// The name of a function's export in quotes, as in a text.
    fn export_of(&self, function: u32) -> Option<String> {
        let export = self.exports.get(*self.exported.get(&function)?)?;
        Some(format!("\"{}\"", export.name))
    }

    fn import(&mut self, import: &wasmparser::Import<'_>) -> Result<()> {
        let kind = match import.ty {
            TypeRef::Func(index) | TypeRef::FuncExact(index) => {
                self.functions.push(index);
                self.types.function(index)?
            }
            TypeRef::Table(table) => push(&mut self.tables, self.types.table(&table)?),
            TypeRef::Memory(memory) => push(&mut self.memories, types::memory(memory)),
            TypeRef::Global(global) => push(&mut self.globals, self.types.global(global)?),
            TypeRef::Tag(tag) => {
                self.tags.push(tag.func_type_idx);
                self.types.tag(tag.func_type_idx)?
            }
        };
        let (module, name) = (import.module.to_owned(), import.name.to_owned());
        self.imports.push(Import { module, name, kind });
        Ok(())
    }

    fn kind(&self, kind: ExternalKind, index: u32) -> Result<ExternType> {
        let at = index as usize;
        let kind = match kind {
            ExternalKind::Func | ExternalKind::FuncExact => {
                self.functions.get(at).map(|index| self.types.function(*index)).transpose()?
            }
            ExternalKind::Table => self.tables.get(at).cloned(),
            ExternalKind::Memory => self.memories.get(at).cloned(),
            ExternalKind::Global => self.globals.get(at).cloned(),
            ExternalKind::Tag => {
                self.tags.get(at).map(|index| self.types.tag(*index)).transpose()?
            }
        };
        kind.ok_or_else(|| {
            types::invalid_error(say!("An export has the number {index}, which is too large."))
        })
    }

    fn list(&mut self, payload: &Payload<'_>) {
        let Some((_, range)) = payload.as_section() else { return };
        let (name, count) = match payload {
            Payload::TypeSection(s) => ("type".into(), Some(s.count())),
            Payload::ImportSection(s) => ("import".into(), Some(s.count())),
            Payload::FunctionSection(s) => ("function".into(), Some(s.count())),
            Payload::TableSection(s) => ("table".into(), Some(s.count())),
            Payload::MemorySection(s) => ("memory".into(), Some(s.count())),
            Payload::TagSection(s) => ("tag".into(), Some(s.count())),
            Payload::GlobalSection(s) => ("global".into(), Some(s.count())),
            Payload::ExportSection(s) => ("export".into(), Some(s.count())),
            Payload::StartSection { .. } => ("start".into(), None),
            Payload::ElementSection(s) => ("element".into(), Some(s.count())),
            Payload::DataCountSection { .. } => ("data count".into(), None),
            Payload::CodeSectionStart { count, .. } => ("code".into(), Some(*count)),
            Payload::DataSection(s) => ("data".into(), Some(s.count())),
            Payload::CustomSection(s) => (format!("custom {:?}", s.name()), None),
            _ => ("unknown".into(), None),
        };
        let fit = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        self.sections.push(Section {
            name,
            offset: fit(range.start),
            size: fit(range.end.saturating_sub(range.start)),
            count,
        });
    }
}

fn push(list: &mut Vec<ExternType>, kind: ExternType) -> ExternType {
    list.push(kind.clone());
    kind
}

#[cfg(test)]
mod tests;
