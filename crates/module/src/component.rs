//! Components: the core modules inside of them, and how to make a module instead.

use std::ops::Range;

use wasmparser::{
    ComponentExternName, Encoding, KnownCustom, Name, NameSectionReader, Parser, Payload,
    ProducersSectionReader,
};
use watshop_protocol::page::{ComponentView, CoreModule, Error, ErrorCode};
use watshop_protocol::{Sentence, say, wasi};

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
    command: &'static str,
}

impl Rebuild {
    fn how(&self) -> Sentence {
        let words = self.command;
        match self.language {
            C => say!("{words} of the wasi-sdk, or `zig cc -target wasm32-wasi`"),
            _ => say!("{words}"),
        }
    }

    /// The way with its language before it.
    fn named(&self) -> Sentence {
        let (language, how) = (self.language, self.how());
        match language {
            C => say!("C and C++ by {how}"),
            language => say!("{language} by {how}"),
        }
    }
}

const C: &str = "C and C++";

const REBUILD: &[Rebuild] = &[
    Rebuild {
        language: "Rust",
        producers: &["Rust", "rustc"],
        command: "`cargo build --target wasm32-wasip1`",
    },
    Rebuild {
        language: "TinyGo",
        producers: &["TinyGo"],
        command: "`tinygo build -target=wasip1`",
    },
    Rebuild { language: "Go", producers: &["Go"], command: "`GOOS=wasip1 GOARCH=wasm go build`" },
    Rebuild {
        language: C,
        producers: &["C_", "C1", "C8", "C9", "C+", "clang"],
        command: "`clang --target=wasm32-wasip1`",
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
    let inside = sentence(&facts);
    let why = match (name, &read.wasi) {
        (Some(name), Some(wasi)) => say!(
            "`{name}` is a WebAssembly component for WASI {wasi}, and Wasmer runs core modules only. {inside}"
        ),
        (Some(name), None) => {
            say!("`{name}` is a WebAssembly component, and Wasmer runs core modules only. {inside}")
        }
        (None, Some(wasi)) => say!(
            "This is a WebAssembly component for WASI {wasi}, and Wasmer runs core modules only. {inside}"
        ),
        (None, None) => {
            say!("This is a WebAssembly component, and Wasmer runs core modules only. {inside}")
        }
    };
    let mut error = Error::new(ErrorCode::NotAModule, why).help(advice(program, read.language));
    error.component = Some(Box::new(ComponentView {
        wasi: read.wasi,
        modules: facts,
        program: program.and_then(|index| u32::try_from(index).ok()),
    }));
    error
}

/// The core modules in a sentence.
fn sentence(modules: &[CoreModule]) -> Sentence {
    let told = |(index, one): (usize, &CoreModule)| {
        let facts = [
            Some(say!("{} bytes", one.size)),
            one.wasi.then(|| say!("imports WASI preview 1")),
            one.starts.then(|| say!("exports `_start`")),
            (one.depth > 1).then(|| say!("in a component inside")),
        ];
        let facts = Sentence::list(facts.into_iter().flatten());
        match one.name.as_str() {
            "" => say!("{index} ({facts})"),
            name => say!("{index} `{name}` ({facts})"),
        }
    };
    let named = Sentence::list(modules.iter().enumerate().take(MOST_NAMED).map(told));
    match modules.len() {
        0 => say!("There is no core module inside."),
        1 => say!("There is one core module inside: {named}."),
        all if all > MOST_NAMED => {
            let more = all - MOST_NAMED;
            say!("The core modules inside are {named} and {more} more.")
        }
        _ => say!("The core modules inside are {named}."),
    }
}

fn advice(program: Option<usize>, language: Option<&Rebuild>) -> Sentence {
    let ways = match language {
        Some(one) => one.how(),
        None => {
            let all = REBUILD.iter().map(Rebuild::named);
            all.reduce(|before, next| say!("{before}; {next}")).unwrap_or_else(|| say!(""))
        }
    };
    match program {
        Some(index) => {
            say!("Open core module {index}, which runs here, or rebuild it as one: {ways}.")
        }
        None => say!("Rebuild it as a core module: {ways}."),
    }
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
