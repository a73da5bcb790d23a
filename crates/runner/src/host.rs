//! Provides the imports of a module: host functions, memories, tables, globals and tags, made from
//! the provisions of its import object, and exports of other modules in the same store.

use std::sync::{Arc, OnceLock};
use std::time::Instant;
use watshop_protocol::{Sentence, say};

use wasmer::{Extern, Function, Global, Instance, Memory, Module, Store, Table};
use watshop_protocol::page::{Compiler, Limits, ModuleRef, Provider, Providers, TabId};

use crate::exports::imported_memories;
use crate::outbox::Outbox;
use crate::stop::Stop;

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

/// The stack size of a thread, in bytes. Host functions run on the stack of the guest's thread. The
/// guest itself has another one, made by Wasmer. Memory is only reserved until it is used.
pub const STACK: usize = 16 << 20;

/// The reason why a host function does not reach the exports of the module.
pub fn exports_later() -> Sentence {
    say!(
        "The module's exports are not there yet while its start function runs. Let it import what is needed then (a memory, \
     a table or a global) instead of exporting it, or call the function later"
    )
}

/// The things that all host functions share, whichever module calls them.
pub struct Host {
    /// The record of their calls.
    pub recorder: Arc<Recorder>,
    /// The outbox for the text that they write to the console.
    pub outbox: Arc<Outbox>,
    /// Says when a guest must end.
    pub stop: Arc<Stop>,
    /// The time at which the store was made.
    pub began: Instant,
    /// The record that they answer from. `None` if they do not replay.
    pub replay: Option<Replay>,
}

/// The instance as its host functions see it. Its imports are there from the beginning, its exports
/// only after instantiation. A start function that calls host functions runs before that.
#[derive(Default)]
pub struct HostScope {
    exported: OnceLock<NamedExterns>,
    imported: OnceLock<NamedExterns>,
    /// The module's JavaScript, if it has any.
    script: OnceLock<script::SharedEngine>,
}

/// The externals of an instance by name. Imports have the name `module.name`.
#[derive(Default)]
pub struct NamedExterns {
    /// The memories.
    pub memories: Vec<(Arc<str>, Memory)>,
    /// The tables.
    pub tables: Vec<(String, Table)>,
    /// The globals.
    pub globals: Vec<(String, Global)>,
    /// The exported functions.
    pub functions: Vec<(String, Function)>,
}

/// An instance that others may import from.
pub struct Neighbour {
    /// The tab of its module.
    pub tab: TabId,
    /// The tab's title.
    pub title: String,
    /// The instance.
    pub instance: Instance,
}

/// The sources for the imports of one module.
pub struct ImportResolver<'a> {
    /// The host, which all modules of the store share.
    pub host: &'a Arc<Host>,
    /// The module's own import object.
    pub imports: &'a Providers<'a>,
    /// The instances that were made before it.
    pub neighbours: &'a [Neighbour],
    /// The view that its host functions have of the instance. It is completed after instantiation.
    pub scope: &'a Arc<HostScope>,
    /// The limits of memories and tables.
    pub limits: Limits,
    /// The compiler of all modules of the store, if it is known.
    pub compiler: Option<Compiler>,
}

impl ImportResolver<'_> {
    /// Makes the value of one import. `None` if the import object has none for it.
    ///
    /// # Errors
    ///
    /// A sentence that says why the provider does not fit.
    pub fn give(
        &self,
        store: &mut Store,
        import: &wasmer::ImportType,
    ) -> Option<Result<Extern, Sentence>> {
        let provider = *self.imports.get(&(import.module(), import.name()))?;
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

    /// True if the import object has JavaScript for this import.
    pub fn is_script(&self, module: &str, name: &str) -> bool {
        matches!(self.imports.get(&(module, name)), Some(Provider::JavaScript { .. }))
    }

    fn export(
        &self,
        store: &mut Store,
        of: &ModuleRef,
        export: &str,
        wanted: &watshop_protocol::page::ExternType,
    ) -> Result<Extern, Sentence> {
        let tab = match of {
            ModuleRef::Tab(tab) => tab,
            ModuleRef::File(file) => return Err(say!("No tab has `{file}` open.")),
        };
        let neighbour = self
            .neighbours
            .iter()
            .find(|neighbour| neighbour.tab == *tab)
            .ok_or_else(|| say!("The tab that it comes from is not open."))?;
        let title = &neighbour.title;
        let found = neighbour
            .instance
            .exports
            .get_extern(export)
            .ok_or_else(|| say!("`{title}` exports no `{export}`."))?;
        let kind = crate::types::type_of(found, store);
        if !watshop_protocol::page::satisfies(wanted, &kind) {
            return Err(say!("`{export}` of `{title}` is a {kind}."));
        }
        Ok(match found {
            Extern::Function(function) if self.compiler == Some(Compiler::Singlepass) => {
                linked::callable(store, function).into()
            }
            other => other.clone(),
        })
    }
}

impl HostScope {
    /// Notes the values that were made for the module's imports.
    pub fn imported(&self, module: &Module, externs: &[Extern]) {
        let mut seen = NamedExterns::default();
        let mut memories = imported_memories(module).into_iter();
        for (import, item) in module.imports().zip(externs) {
            match item {
                Extern::Function(_) => {}
                Extern::Memory(_) => seen.add(memories.next().unwrap_or_default(), item),
                _ => seen.add(format!("{}.{}", import.module(), import.name()), item),
            }
        }
        // An instance is made once, so its imports are set once.
        let _ = self.imported.set(seen);
    }

    /// Notes the exports of the instance.
    pub fn exported(&self, instance: &Instance) {
        let mut seen = NamedExterns::default();
        for (name, item) in instance.exports.iter() {
            seen.add(name.clone(), item);
        }
        let _ = self.exported.set(seen);
    }

    /// True if the exports are there. They are not while the start function runs.
    pub fn is_ready(&self) -> bool {
        self.exported.get().is_some()
    }

    /// All externals that can be seen now, exports first.
    pub fn seen(&self) -> impl Iterator<Item = &NamedExterns> {
        self.exported.get().into_iter().chain(self.imported.get())
    }

    /// A memory by its name, or the first one, with its name.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub fn memory(&self, wanted: Option<&str>) -> Result<&(Arc<str>, Memory), Sentence> {
        let mut all = self.seen().flat_map(|seen| &seen.memories);
        let found = match wanted {
            Some(wanted) => all.find(|(name, _)| **name == *wanted),
            None => all.next(),
        };
        let ready = self.is_ready();
        found.ok_or_else(|| match (wanted, ready) {
            (Some(name), true) => say!("The module exports and imports no memory `{name}`"),
            (None, true) => say!("The module exports and imports no memory"),
            (_, false) => exports_later(),
        })
    }
}

impl NamedExterns {
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
