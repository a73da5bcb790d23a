//! Compares the import object of a tab with the imports of its module.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use watshop_protocol::{Sentence, say};

use watshop_protocol::page::{
    Export, ExternType, Import, ImportObject, ImportView, ImportsView, ListPart, ModuleRef,
    Provider, Provision, Result, TabId, may_satisfy,
};
use watshop_protocol::wasi;

use crate::build::Builder;
use crate::files::Files;
use crate::tabs::{Runners, Tab, Tabs};
use crate::task::blocking;
use artifact::Known;
use provided::SystemImports;

mod artifact;
mod code;
mod file;
mod link;
mod offers;
mod provided;

/// The import objects of tabs.
#[derive(Debug)]
pub(crate) struct Imports {
    tabs: Arc<Tabs>,
    files: Arc<Files>,
    builder: Arc<Builder>,
    runners: Arc<Runners>,
}

impl Imports {
    pub(crate) fn new(
        tabs: &Arc<Tabs>,
        files: &Arc<Files>,
        builder: &Arc<Builder>,
        runners: &Arc<Runners>,
    ) -> Self {
        Self {
            tabs: Arc::clone(tabs),
            files: Arc::clone(files),
            builder: Arc::clone(builder),
            runners: Arc::clone(runners),
        }
    }

    /// The imports of a tab's module, if they are known: read from its text or binary, or reported
    /// by a runner that loaded its artifact. One that is declared twice is there twice.
    pub(crate) async fn imports_of(self: &Arc<Self>, tab: &Arc<Tab>) -> Known<Import> {
        self.tabs.wait_for_check(tab).await;
        // If it cannot be loaded, its imports are unknown, and a Run gives the error.
        let _ = self.look_into(tab).await;
        let held = tab.held();
        match &held.module {
            Some(module) => Known::Module(Arc::clone(module), |module| &module.imports),
            None => Known::Loaded(Arc::clone(&held.loaded_imports)),
        }
    }

    /// Imports with their provider in a run of the tab.
    pub(crate) async fn list_imports(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        choice: Selection,
    ) -> Result<ImportsView> {
        let imports = self.imports_of(tab).await;
        let object = tab.held().settings.imports.clone();
        self.view_imports(tab, imports, object, choice).await
    }

    /// A part of the imports with their providers in an import object, and the figures of all.
    async fn view_imports(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        imports: Known<Import>,
        object: ImportObject,
        choice: Selection,
    ) -> Result<ImportsView> {
        let neighbours = self.neighbours(tab, &object).await;
        blocking(move || Ok(view(&imports, &object, &neighbours, &choice))).await
    }

    /// Everything about the tabs that an import object names.
    async fn neighbours(self: &Arc<Self>, tab: &Arc<Tab>, object: &ImportObject) -> Neighbours {
        let ids: BTreeSet<_> = object
            .provisions
            .iter()
            .filter_map(|provision| match &provision.provider {
                Provider::ExportOf { of: ModuleRef::Tab(id), .. } => Some(*id),
                _ => None,
            })
            .collect();
        let mut neighbours = Neighbours::default();
        for id in ids {
            let Ok(other) = self.tabs.tab(id) else { continue };
            let exports = self.exports_of(&other).await;
            let title = other.held().title.clone();
            let unlike = artifact::unlike(tab, &other);
            neighbours.open.insert(id, Neighbour { title, exports, unlike });
        }
        if !neighbours.open.is_empty() {
            neighbours.circle = self.walk(tab).await.circle;
        }
        neighbours
    }
}

/// The imports that a list has.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// Only imports with these letters in `module.name`.
    pub wanted: String,
    /// Only imports whose provider does not fit.
    pub wrong: bool,
    /// The number of these that are left out before the first.
    pub from: u32,
}

/// The open tabs that an import object names.
#[derive(Default)]
struct Neighbours {
    open: HashMap<TabId, Neighbour>,
    /// The first circle in which tabs import from one another.
    circle: Option<String>,
}

/// A tab that provides imports of another one.
struct Neighbour {
    title: String,
    /// Its exports. `None` if its text or binary is not a module.
    exports: Option<Result<Known<Export>>>,
    /// The reason why its code and that of the other tab cannot call one another.
    unlike: Option<Sentence>,
}

/// The exports of each neighbour by name.
type ExportsByName<'a> = HashMap<TabId, HashMap<&'a str, &'a ExternType>>;

fn view(
    imports: &[Import],
    object: &ImportObject,
    neighbours: &Neighbours,
    choice: &Selection,
) -> ImportsView {
    let mut exports = ExportsByName::new();
    for (id, neighbour) in &neighbours.open {
        if let Some(Ok(known)) = &neighbour.exports {
            // The first counts, if there are two with one name.
            let names = known.iter().rev().map(|export| (&*export.name, &export.kind));
            exports.insert(*id, names.collect());
        }
    }
    let providers = object.providers();
    let system = SystemImports::of(imports);
    let letters = choice.wanted.to_lowercase();
    let mut view = ImportsView::default();
    let mut part = ListPart::default();
    let mut room = true;
    for import in unique(imports) {
        let provider = providers.get(&(&*import.module, &*import.name)).copied();
        let problem = provider.and_then(|it| problem(&import.kind, it, neighbours, &exports));
        let wasi = system.provide(import);
        view.count += 1;
        view.missing += u32::from(provider.is_none() && !wasi);
        view.wrong += u32::from(problem.is_some());
        let is_wanted = letters.is_empty()
            || format!("{}.{}", import.module, import.name).to_lowercase().contains(&letters);
        if !is_wanted || (choice.wrong && problem.is_none()) {
            continue;
        }
        view.found += 1;
        if view.found <= choice.from || !room {
            continue;
        }
        room = part.take(import.module.len() + import.name.len() + provider.map_or(0, weight));
        if !room {
            continue;
        }
        let unprovided = provider.is_none() && !wasi;
        let problem = problem.or_else(|| wasi::why_not(import).filter(|_| unprovided));
        view.imports.push(ImportView {
            module: import.module.clone(),
            name: import.name.clone(),
            kind: part.place(&import.kind),
            text: import.kind.to_string(),
            provider: provider.cloned(),
            problem,
            wasi,
        });
    }
    view.types = part.into_types();
    let mut part = ListPart::default();
    for provision in unused(object, imports) {
        view.unused_count += 1;
        let letters = provision.module.len() + provision.name.len();
        if view.unused.len() + 1 == view.unused_count as usize
            && part.take(letters + weight(&provision.provider))
        {
            view.unused.push(provision.clone());
        }
    }
    view
}

/// The bytes of a provider in a message.
fn weight(provider: &Provider) -> usize {
    serde_json::to_string(provider).map_or(0, |json| json.len())
}

/// The imports, each once.
pub(crate) fn unique(imports: &[Import]) -> impl Iterator<Item = &Import> {
    let mut seen = HashSet::new();
    imports.iter().filter(move |import| seen.insert((&*import.module, &*import.name)))
}

/// The reason why a provider does not fit an import, in a sentence.
fn problem(
    wanted: &ExternType,
    provider: &Provider,
    neighbours: &Neighbours,
    exports: &ExportsByName<'_>,
) -> Option<Sentence> {
    if let Err(why) = provider.fits(wanted) {
        return Some(why);
    }
    let Provider::ExportOf { of, export } = provider else { return None };
    let id = match of {
        ModuleRef::Tab(id) => id,
        ModuleRef::File(file) => {
            return Some(say!("No tab has `{file}` open. Open it and choose its export."));
        }
    };
    let Some(Neighbour { title, exports: known, unlike }) = neighbours.open.get(id) else {
        return Some(say!("The tab that provides it was closed. Open it again or choose another."));
    };
    if let Err(error) = known.as_ref()? {
        return Some(say!("`{title}` cannot provide an import: {}", error.sentence()));
    }
    if let Some(why) = unlike {
        return Some(why.clone());
    }
    match exports.get(id).and_then(|exports| exports.get(&**export)) {
        None => Some(say!("`{title}` exports no `{export}`.")),
        Some(kind) if !may_satisfy(wanted, kind) => {
            Some(say!("`{export}` of `{title}` is a {kind}."))
        }
        Some(_) => {
            neighbours.circle.as_ref().map(|path| say!("The tabs import in a circle: {path}."))
        }
    }
}

/// The provisions of an import object that the module does not import.
pub(crate) fn unused<'a>(
    object: &'a ImportObject,
    imports: &'a [Import],
) -> impl Iterator<Item = &'a Provision> {
    let asked: HashSet<_> = imports.iter().map(|i| (&*i.module, &*i.name)).collect();
    object.provisions.iter().filter(move |p| !asked.contains(&(&*p.module, &*p.name)))
}
