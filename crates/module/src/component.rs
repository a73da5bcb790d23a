//! Components: the core modules inside of them, and how to make a module instead.

use std::ops::Range;

use wasmparser::{
    ComponentExternName, Encoding, KnownCustom, Name, NameSectionReader, Parser, Payload,
    ProducersSectionReader,
};
use watshop_protocol::page::{ComponentView, CoreModule, Error, ErrorCode};
use watshop_protocol::wasi;

/// The most core modules that are listed.
const MOST: usize = 100;

/// The most core modules that a sentence names.
const MOST_NAMED: usize = 6;

/// A core module in a component: its bytes, and the facts about it.
struct Inside {
    range: Range<usize>,
    facts: CoreModule,
}

/// The parts of a component that are read.
#[derive(Default)]
struct Read {
    modules: Vec<Inside>,
    wasi: Option<String>,
    language: Option<&'static Rebuild>,
}

/// The way to make a core module from a language.
struct Rebuild {
    language: &'static str,
    /// Beginnings of names in the section `producers`.
    producers: &'static [&'static str],
    how: &'static str,
}

const REBUILD: &[Rebuild] = &[
    Rebuild {
        language: "Rust",
        producers: &["Rust", "rustc"],
        how: "`cargo build --target wasm32-wasip1`",
    },
    Rebuild { language: "TinyGo", producers: &["TinyGo"], how: "`tinygo build -target=wasip1`" },
    Rebuild { language: "Go", producers: &["Go"], how: "`GOOS=wasip1 GOARCH=wasm go build`" },
    Rebuild {
        language: "C and C++",
        producers: &["C_", "C1", "C8", "C9", "C+", "clang"],
        how: "`clang --target=wasm32-wasip1` of the wasi-sdk, or `zig cc -target wasm32-wasi`",
    },
];

/// The core module of this index inside of a component; `None` if there is none.
pub fn core_module(bytes: &[u8], index: u32) -> Option<&[u8]> {
    let read = read(bytes);
    let inside = read.modules.get(index as usize)?;
    bytes.get(inside.range.clone())
}

/// The error about a component: what it is, the core modules inside, and how to make one.
pub fn component_error(name: Option<&str>, bytes: &[u8]) -> Error {
    let read = read(bytes);
    let facts: Vec<_> = read.modules.iter().map(|inside| inside.facts.clone()).collect();
    let place = |wanted: fn(&CoreModule) -> bool| facts.iter().position(wanted);
    let program = place(|one| one.wasi && one.starts).or_else(|| place(|one| one.wasi));
    let subject = name.map_or_else(|| "This".to_owned(), |name| format!("`{name}`"));
    let version = read.wasi.as_ref().map_or_else(String::new, |it| format!(" for WASI {it}"));
    let inside = sentence(&facts);
    let why = format!(
        "{subject} is a WebAssembly component{version}, and Wasmer runs core modules only. {inside}"
    );
    let mut error = Error::new(ErrorCode::NotAModule, why).help(advice(program, read.language));
    error.component = Some(Box::new(ComponentView {
        wasi: read.wasi,
        modules: facts,
        program: program.and_then(|index| u32::try_from(index).ok()),
    }));
    error
}

/// The core modules in a sentence.
fn sentence(modules: &[CoreModule]) -> String {
    let told = |(index, one): (usize, &CoreModule)| {
        let name = if one.name.is_empty() { String::new() } else { format!(" `{}`", one.name) };
        let wasi = if one.wasi { ", imports WASI preview 1" } else { "" };
        let starts = if one.starts { ", exports `_start`" } else { "" };
        let nested = if one.depth > 1 { ", in a component inside" } else { "" };
        format!("{index}{name} ({} bytes{wasi}{starts}{nested})", one.size)
    };
    let named: Vec<_> = modules.iter().enumerate().take(MOST_NAMED).map(told).collect();
    let more = modules.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    match named.as_slice() {
        [] => "There is no core module inside.".to_owned(),
        [one] => format!("There is one core module inside: {one}."),
        _ => format!("The core modules inside are {}{more}.", named.join(", ")),
    }
}

fn advice(program: Option<usize>, language: Option<&Rebuild>) -> String {
    let open = match program {
        Some(index) => format!("Open core module {index}, which runs here, or rebuild it as one: "),
        None => "Rebuild it as a core module: ".to_owned(),
    };
    let ways: Vec<_> = match language {
        Some(one) => vec![one.how.to_owned()],
        None => REBUILD.iter().map(|one| format!("{} by {}", one.language, one.how)).collect(),
    };
    format!("{open}{}.", ways.join("; "))
}

/// Reads as much as can be read. A component may be damaged.
fn read(bytes: &[u8]) -> Read {
    let mut read = Read::default();
    // The places of the open core modules and components, the outermost first.
    let mut open: Vec<Option<usize>> = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let Ok(payload) = payload else { break };
        match payload {
            Payload::ModuleSection { unchecked_range, .. } if read.modules.len() < MOST => {
                let size = unchecked_range.end - unchecked_range.start;
                let depth = open.len() as u32;
                let facts = CoreModule { size, depth, ..CoreModule::default() };
                open.push(Some(read.modules.len()));
                read.modules.push(Inside { range: range(&unchecked_range), facts });
            }
            Payload::ModuleSection { .. } => break,
            // Each of the others begins with its version.
            Payload::Version { encoding: Encoding::Component, .. } => open.push(None),
            Payload::End(_) => {
                open.pop();
            }
            payload => {
                let module = open.last().copied().flatten();
                read.section(&payload, module);
            }
        }
    }
    read
}

fn range(of: &Range<u64>) -> Range<usize> {
    of.start as usize..of.end as usize
}

impl Read {
    /// A section of a core module, or of a component.
    fn section(&mut self, payload: &Payload<'_>, module: Option<usize>) {
        let module = module.and_then(|index| self.modules.get_mut(index));
        match (payload, module) {
            (Payload::ImportSection(imports), Some(inside)) => {
                let mut imports = imports.clone().into_imports();
                inside.facts.wasi = imports
                    .any(|import| import.is_ok_and(|import| wasi::is_namespace(import.module)));
            }
            (Payload::ExportSection(exports), Some(inside)) => {
                inside.facts.starts = exports
                    .clone()
                    .into_iter()
                    .any(|export| export.is_ok_and(|export| export.name == "_start"));
            }
            (Payload::ComponentImportSection(imports), None) => {
                for import in imports.clone().into_iter().flatten() {
                    self.see(import.name);
                }
            }
            (Payload::ComponentExportSection(exports), None) => {
                for export in exports.clone().into_iter().flatten() {
                    self.see(export.name);
                }
            }
            (Payload::CustomSection(section), module) => match (section.as_known(), module) {
                (KnownCustom::Name(names), Some(inside)) => {
                    inside.facts.name = module_name(names).unwrap_or_default();
                }
                (KnownCustom::Producers(producers), _) => self.learn(producers),
                _ => {}
            },
            _ => {}
        }
    }

    /// Sees the name of an interface, such as `wasi:cli/run@0.2.0`.
    fn see(&mut self, name: ComponentExternName<'_>) {
        if let Some((_, version)) =
            name.name.strip_prefix("wasi:").and_then(|it| it.split_once('@'))
        {
            self.wasi.get_or_insert_with(|| version.to_owned());
        }
    }

    /// Learns which language it is from.
    fn learn(&mut self, producers: ProducersSectionReader<'_>) {
        for field in producers.into_iter().flatten() {
            for value in field.values.into_iter().flatten() {
                let fits = |one: &&Rebuild| {
                    one.producers.iter().any(|beginning| value.name.starts_with(beginning))
                };
                if self.language.is_none() {
                    self.language = REBUILD.iter().find(fits);
                }
            }
        }
    }
}

fn module_name(names: NameSectionReader<'_>) -> Option<String> {
    names.into_iter().flatten().find_map(|name| match name {
        Name::Module { name, .. } => Some(name.to_owned()),
        _ => None,
    })
}

#[cfg(test)]
#[path = "component_tests.rs"]
mod tests;
