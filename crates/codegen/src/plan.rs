//! The plan of a program: each import with the thing that the tab gives to it.

use std::collections::HashSet;
use std::path::Path;

use watshop_protocol::page::{ExternType, Import, ImportObject, ModuleRef, Provider, ValueType};
use watshop_protocol::value::ValueTypes;
use watshop_protocol::{Sentence, say, wasi};

use crate::text::{name_of, one_line};

/// Names that the programs or their languages use, so that no import gets them.
const TAKEN: [&str; 2] = ["_", "import_object"];

/// Endings of the names of the values that a function keeps between its calls. Each stands behind
/// the function's own name.
const KEPT: [&str; 3] = ["_calls", "_began", "_state"];

pub struct ProgramPlan {
    /// The file name of the module.
    pub file: String,
    /// The file name for a comment.
    pub title: String,
    /// The imports, in the order of the module.
    pub items: Vec<Item>,
    /// The modules whose exports are used, once each.
    pub linked: Vec<SourceModule>,
}

/// An import, and the thing that the tab gives to it.
pub struct Item {
    pub module: String,
    pub name: String,
    /// The import's two names in a comment or a note: `env.sum`.
    pub title: String,
    /// The import's name in the program, unique there: `env_sum`.
    pub variable: String,
    /// The type that the module imports.
    pub kind: ExternType,
    /// The provider in a sentence: `a counter`.
    pub noun: Sentence,
    pub given: Supply,
}

/// A module whose exports are used.
pub struct SourceModule {
    pub file: String,
    /// The file name for a comment or a note.
    pub title: String,
    pub variable: String,
}

/// The thing that a provider gives to an import of its type.
pub enum Supply {
    /// The import has no provider, or one that does not fit.
    Nothing,
    Function(Function),
    /// An export of a linked module.
    Export {
        file: String,
        export: String,
    },
    Memory {
        minimum: u32,
        maximum: Option<u32>,
        shared: bool,
        /// The offset and the bytes of each piece of initial content.
        init: Vec<(u32, Vec<u8>)>,
    },
    Table {
        element: ValueType,
        minimum: u32,
        maximum: Option<u32>,
    },
    Global {
        kind: ValueType,
        mutable: bool,
        value: String,
    },
    Tag {
        params: ValueTypes,
    },
}

/// A function of the host, with the provider that says what it does.
pub struct Function {
    pub provider: Provider,
    pub params: ValueTypes,
    pub results: ValueTypes,
}

/// The type of the first result of a function that gives a number. [`Provider::fits`] allows no
/// other.
pub enum Number {
    I32,
    I64,
    F32,
    F64,
}

impl ProgramPlan {
    /// The plan, and sentences about the imports that it leaves out.
    pub fn new(title: &str, imports: &[Import], object: &ImportObject) -> (Self, Vec<Sentence>) {
        let stem = Path::new(title).file_stem().unwrap_or_default().to_string_lossy();
        let file = format!("{stem}.wasm");
        let mut names = ProgramNames::default();
        let mut left_out = Vec::new();
        let items: Vec<_> = imports
            .iter()
            .map(|import| {
                let (module, name) = (import.module.clone(), import.name.clone());
                let title = one_line(&format!("{module}.{name}"));
                let variable = names.free(&format!("{module}_{name}"));
                let given = given(import, object, &title).unwrap_or_else(|why| {
                    left_out.push(why);
                    Supply::Nothing
                });
                let provider = object.find(&import.module, &import.name);
                let noun = provider.map_or("", |provider| provider.describe().noun);
                let noun = Sentence::plain(noun);
                Item { module, name, title, variable, kind: import.kind.clone(), noun, given }
            })
            .collect();
        let mut linked = Vec::<SourceModule>::new();
        for item in &items {
            if let Supply::Export { file, .. } = &item.given
                && !linked.iter().any(|linked| linked.file == *file)
            {
                let (title, variable) = (one_line(file), names.free(file));
                linked.push(SourceModule { file: file.clone(), title, variable });
            }
        }
        (Self { title: one_line(&file), file, items, linked }, left_out)
    }

    /// The namespaces of the imports, each once.
    pub fn modules(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.items
            .iter()
            .map(|item| item.module.as_str())
            .filter(|module| seen.insert(*module))
            .collect()
    }

    /// The imports of a namespace.
    pub fn of<'a>(&'a self, module: &'a str) -> impl Iterator<Item = &'a Item> {
        self.items.iter().filter(move |item| item.module == module)
    }
}

/// The thing that is given to an import with this title, or a sentence that says why there is none.
fn given(import: &Import, object: &ImportObject, title: &str) -> Result<Supply, Sentence> {
    let Some(provider) = object.find(&import.module, &import.name) else {
        return Err(if wasi::provides(import) {
            say!("`{title}` is WASI's, which this program does not set up.")
        } else {
            say!("`{title}` has no provider yet.")
        });
    };
    if let Err(why) = provider.fits(&import.kind) {
        return Err(say!("`{title}` is left out, as its provider does not fit: {why}"));
    }
    Ok(match (provider.clone(), import.kind.clone()) {
        (Provider::ExportOf { of, export }, _) => Supply::Export { file: file_of(&of), export },
        (Provider::Memory { minimum, maximum, shared, init }, _) => {
            let init =
                init.iter().map(|piece| (piece.at, piece.content.bytes().unwrap_or_default()));
            Supply::Memory { minimum, maximum, shared, init: init.collect() }
        }
        (Provider::Table { minimum, maximum }, ExternType::Table { element, .. }) => {
            Supply::Table { element, minimum, maximum }
        }
        (Provider::Global { value }, ExternType::Global { value: kind, mutable }) => {
            Supply::Global { kind, mutable, value }
        }
        (Provider::Tag {}, ExternType::Tag { params }) => Supply::Tag { params },
        (provider, ExternType::Function { params, results }) => {
            Supply::Function(Function { provider, params, results })
        }
        // `fits` has refused every other pair.
        (_, _) => Supply::Nothing,
    })
}

fn file_of(of: &ModuleRef) -> String {
    match of {
        ModuleRef::Tab(tab) => format!("tab-{}.wasm", tab.0),
        ModuleRef::File(file) => {
            file.strip_suffix(".wat").map_or(file.clone(), |stem| format!("{stem}.wasm"))
        }
    }
}

/// The names that a program uses already.
#[derive(Default)]
struct ProgramNames(HashSet<String>);

impl ProgramNames {
    /// A free name. The names that begin with it and end like one of `KEPT` are free too.
    fn free(&mut self, text: &str) -> String {
        let mut name = name_of(text);
        let all = |name: &str| {
            KEPT.iter().map(|kept| format!("{name}{kept}")).chain([name.to_owned()]).collect()
        };
        let mut wanted: Vec<_> = all(&name);
        while TAKEN.contains(&name.as_str()) || wanted.iter().any(|wanted| self.0.contains(wanted))
        {
            name.push('_');
            wanted = all(&name);
        }
        self.0.extend(wanted);
        name
    }
}

impl Item {
    pub fn is_nothing(&self) -> bool {
        matches!(self.given, Supply::Nothing)
    }

    /// The function, if the import is given one.
    pub fn function(&self) -> Option<&Function> {
        match &self.given {
            Supply::Function(function) => Some(function),
            _ => None,
        }
    }
}

impl Function {
    /// The results that the function returns by itself: those that its provider names, or zeros.
    pub fn values(&self) -> Vec<(ValueType, String)> {
        let given = self.provider.results();
        let text = |index: usize, kind: ValueType| {
            given.get(index).map_or(kind.zero(), String::as_str).to_owned()
        };
        self.results.iter().enumerate().map(|(index, kind)| (*kind, text(index, *kind))).collect()
    }

    /// The type of the first result.
    pub fn number(&self) -> Number {
        match self.results.first() {
            Some(ValueType::I32) => Number::I32,
            Some(ValueType::I64) => Number::I64,
            Some(ValueType::F32) => Number::F32,
            _ => Number::F64,
        }
    }

    /// The type of the first result, as the type of a value.
    pub fn first(&self) -> ValueType {
        self.results.first().copied().unwrap_or(ValueType::F64)
    }

    /// All results except the first.
    pub fn rest(&self) -> &[ValueType] {
        self.results.get(1..).unwrap_or_default()
    }

    /// The names of the parameters: `p0, p1`.
    pub fn parameters(&self) -> String {
        let names: Vec<_> = (0..self.params.len()).map(|index| format!("p{index}")).collect();
        names.join(", ")
    }

    /// Returns true if a parameter is an i64.
    pub fn is_wide(&self, parameter: &u32) -> bool {
        self.params.get(*parameter as usize) == Some(&ValueType::I64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_keeps_for_a_function_is_no_other_import() {
        let mut names = ProgramNames::default();
        assert_eq!(names.free("env_count"), "env_count");
        assert_eq!(names.free("env_count_calls"), "env_count_calls_");
        assert_eq!(names.free("env_a_began"), "env_a_began");
        assert_eq!(names.free("env_a"), "env_a_");
        assert_eq!(names.free("import_object"), "import_object_");
        assert_eq!(names.free("env.count"), "env_count_");
    }
}
