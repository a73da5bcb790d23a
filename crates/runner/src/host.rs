//! What the tab gives to its module: host functions, memories, tables, globals and tags, made from
//! the provisions of its import object, and exports of other modules in the same store.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use wasmer::{Extern, Function, Global, Instance, Memory, Module, Store, Table};
use watshop_protocol::page::{Compiler, ImportObject, Limits, ModuleRef, Provider, TabId};

use crate::exports::imported_memories;
use crate::stop::Stop;
use crate::wire::Outbox;

mod cells;
mod externals;
mod frame;
mod functions;
mod linked;
mod numbers;
pub mod record;
mod replay;
mod script;
mod text;

pub use replay::Replay;

use record::Recorder;

/// Host functions run on the guest thread's own stack; the guest's stack is another, made by
/// Wasmer. All of it is only reserved until it is used.
pub const STACK: usize = 16 << 20;

/// Why a host function does not reach what the module exports.
pub const EXPORTS_LATER: &str = "The module's exports are not there yet while its start function runs. Let it import what is needed then (a memory, \
     a table or a global) instead of exporting it, or call the function later";

/// What host functions share, whatever module calls them.
pub struct Host {
    /// Where their calls are written down.
    pub recorder: Arc<Recorder>,
    /// Where they write what the person reads.
    pub outbox: Arc<Outbox>,
    /// Says when a guest is to end.
    pub stop: Arc<Stop>,
    /// When the store was made.
    pub began: Instant,
    /// What they answer from, where they answer from a record.
    pub replay: Option<Replay>,
}

/// What the host functions of one instance see of it: what it imports from the beginning, what it
/// exports once it is there. A start function that calls them runs before that.
#[derive(Default)]
pub struct Scene {
    exported: OnceLock<Seen>,
    imported: OnceLock<Seen>,
    /// The module's JavaScript, once it has any.
    script: OnceLock<script::Shared>,
}

/// Things of an instance by name; imports are called `module.name`.
#[derive(Default)]
pub struct Seen {
    /// Its memories.
    pub memories: Vec<(Arc<str>, Memory)>,
    /// Its tables.
    pub tables: Vec<(String, Table)>,
    /// Its globals.
    pub globals: Vec<(String, Global)>,
    /// The functions it exports.
    pub functions: Vec<(String, Function)>,
}

/// An instance that others may import from.
pub struct Neighbour {
    /// Its tab.
    pub tab: TabId,
    /// The tab's title.
    pub title: String,
    /// The instance.
    pub instance: Instance,
}

/// Everything that is at hand for the imports of one module.
pub struct Giver<'a> {
    /// Shared by all modules of the store.
    pub host: &'a Arc<Host>,
    /// The module's own import object.
    pub imports: &'a ImportObject,
    /// The instances made before it.
    pub neighbours: &'a [Neighbour],
    /// Filled in when the instance is there.
    pub scene: &'a Arc<Scene>,
    /// What a memory or a table may take.
    pub limits: Limits,
    /// Whose code all modules of the store are, where that is known.
    pub compiler: Option<Compiler>,
}

impl Giver<'_> {
    /// Makes what one import is to get; `None` where the import object has nothing for it.
    ///
    /// # Errors
    ///
    /// A sentence that says why the provider does not fit.
    pub fn give(
        &self,
        store: &mut Store,
        import: &wasmer::ImportType,
    ) -> Option<Result<Extern, String>> {
        let provider = self.imports.find(import.module(), import.name())?;
        let kind = crate::types::extern_type(import.ty());
        if let Err(why) = provider.fits(&kind) {
            return Some(Err(why));
        }
        Some(match provider {
            Provider::ExportOf { of, export } => self.export(store, of, export, &kind),
            _ => match import.ty() {
                wasmer::ExternType::Function(kind) => {
                    functions::make(store, self, (import.module(), import.name()), kind, provider)
                        .map(Extern::from)
                }
                other => externals::make(store, other, provider, self.limits),
            },
        })
    }

    /// Whether the import object has JavaScript for this import.
    pub fn is_script(&self, module: &str, name: &str) -> bool {
        matches!(self.imports.find(module, name), Some(Provider::JavaScript { .. }))
    }

    fn export(
        &self,
        store: &mut Store,
        of: &ModuleRef,
        export: &str,
        wanted: &watshop_protocol::page::ExternType,
    ) -> Result<Extern, String> {
        let tab = match of {
            ModuleRef::Tab(tab) => tab,
            ModuleRef::File(file) => return Err(format!("`{file}` is open in no tab.")),
        };
        let neighbour = self
            .neighbours
            .iter()
            .find(|neighbour| neighbour.tab == *tab)
            .ok_or("The tab it is taken from is not open.")?;
        let title = &neighbour.title;
        let found = neighbour
            .instance
            .exports
            .get_extern(export)
            .ok_or_else(|| format!("`{title}` exports no `{export}`."))?;
        let kind = crate::types::type_of(found, store);
        if !watshop_protocol::page::satisfies(wanted, &kind) {
            return Err(format!("`{export}` of `{title}` is a {kind}."));
        }
        Ok(match found {
            Extern::Function(function) if self.compiler == Some(Compiler::Singlepass) => {
                linked::callable(store, function).into()
            }
            other => other.clone(),
        })
    }
}

impl Scene {
    /// What was made for the module.
    pub fn imported(&self, module: &Module, externs: &[Extern]) {
        let mut seen = Seen::default();
        let mut memories = imported_memories(module).into_iter();
        for (import, item) in module.imports().zip(externs) {
            match item {
                Extern::Function(_) => {}
                Extern::Memory(_) => seen.add(memories.next().unwrap_or_default(), item),
                _ => seen.add(format!("{}.{}", import.module(), import.name()), item),
            }
        }
        // An instance is made once, and so is what it imports.
        let _ = self.imported.set(seen);
    }

    /// What the instance exports.
    pub fn exported(&self, instance: &Instance) {
        let mut seen = Seen::default();
        for (name, item) in instance.exports.iter() {
            seen.add(name.clone(), item);
        }
        let _ = self.exported.set(seen);
    }

    /// Whether the exports are there: they are not while the start function runs.
    pub fn is_ready(&self) -> bool {
        self.exported.get().is_some()
    }

    /// All that can be seen now, exports first.
    pub fn seen(&self) -> impl Iterator<Item = &Seen> {
        self.exported.get().into_iter().chain(self.imported.get())
    }

    /// A memory by its name, or the first one, with its name.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub fn memory(&self, wanted: Option<&str>) -> Result<&(Arc<str>, Memory), String> {
        let mut all = self.seen().flat_map(|seen| &seen.memories);
        let found = match wanted {
            Some(wanted) => all.find(|(name, _)| **name == *wanted),
            None => all.next(),
        };
        let ready = self.is_ready();
        found.ok_or_else(|| match (wanted, ready) {
            (Some(name), true) => format!("The module exports and imports no memory `{name}`"),
            (None, true) => "The module exports and imports no memory".to_owned(),
            (_, false) => EXPORTS_LATER.to_owned(),
        })
    }
}

impl Seen {
    fn add(&mut self, name: String, item: &Extern) {
        match item {
            Extern::Memory(memory) => self.memories.push((name.into(), memory.clone())),
            Extern::Table(table) => self.tables.push((name, table.clone())),
            Extern::Global(global) => self.globals.push((name, global.clone())),
            Extern::Function(function) => self.functions.push((name, function.clone())),
            Extern::Tag(_) => {}
        }
    }
}
