use std::collections::HashMap;

use wasmparser::{CustomSectionReader, KnownCustom, Name, NameMap};
use watshop_protocol::{Sentence, say};

/// The names of a module's parts. A part without a name is called by its index.
#[derive(Default)]
pub(super) struct Names {
    functions: HashMap<u32, String>,
    globals: HashMap<u32, String>,
    locals: HashMap<(u32, u32), String>,
}

impl Names {
    /// Reads the name section. Other sections, and damaged names, are ignored.
    pub(super) fn read(&mut self, custom: &CustomSectionReader<'_>) {
        let KnownCustom::Name(section) = custom.as_known() else { return };
        for name in section.into_iter().map_while(Result::ok) {
            match name {
                Name::Function(list) => self.functions.extend(entries(list)),
                Name::Global(list) => self.globals.extend(entries(list)),
                Name::Local(functions) => {
                    for function in functions.into_iter().flatten() {
                        let own = entries(function.names);
                        self.locals.extend(own.map(|(at, name)| ((function.index, at), name)));
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn function(&self, index: u32) -> Sentence {
        let name = shown(self.functions.get(&index), index);
        say!("function `{name}`")
    }

    pub(super) fn global(&self, index: u32) -> Sentence {
        let name = shown(self.globals.get(&index), index);
        say!("global `{name}`")
    }

    pub(super) fn local(&self, function: u32, index: u32) -> Sentence {
        let name = shown(self.locals.get(&(function, index)), index);
        say!("local `{name}`")
    }
}

fn entries(list: NameMap<'_>) -> impl Iterator<Item = (u32, String)> {
    list.into_iter().map_while(Result::ok).map(|one| (one.index, one.name.to_owned()))
}

fn shown(name: Option<&String>, index: u32) -> String {
    name.map_or_else(|| index.to_string(), |name| format!("${name}"))
}
