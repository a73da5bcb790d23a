//! Compares the import object of a tab with the imports of its module.

use std::collections::HashSet;
use std::sync::Arc;

use watshop_protocol::page::{
    ExternType, Import, ImportObject, ImportView, ImportsView, ModuleRef, Provider, Provision,
    may_satisfy,
};
use watshop_protocol::wasi;

use crate::build::Builder;
use crate::files::Files;
use crate::tabs::{Runners, Tab, Tabs};

mod artifact;
mod code;
mod file;
mod link;
mod offers;

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
    /// by a runner that loaded its artifact.
    pub(crate) async fn imports_of(self: &Arc<Self>, tab: &Arc<Tab>) -> Vec<Import> {
        self.tabs.wait_for_check(tab).await;
        // If it cannot be loaded, its imports are unknown, and a Run gives the error.
        let _ = self.look_into(tab).await;
        let held = tab.held();
        let imports = held.module.as_ref().map_or(&held.loaded_imports, |module| &module.imports);
        let mut seen = HashSet::new();
        imports.iter().filter(|i| seen.insert((&i.module, &i.name))).cloned().collect()
    }

    /// The provider of each import in a run of the tab.
    pub(crate) async fn list_imports(self: &Arc<Self>, tab: &Arc<Tab>) -> ImportsView {
        let imports = self.imports_of(tab).await;
        let object = tab.held().settings.imports.clone();
        self.view_imports(tab, &imports, &object).await
    }

    async fn view_imports(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        imports: &[Import],
        object: &ImportObject,
    ) -> ImportsView {
        let mut view = ImportsView::default();
        let providers = object.providers();
        for import in imports {
            let provider = providers.get(&(&*import.module, &*import.name)).copied().cloned();
            let problem = match &provider {
                Some(provider) => self.problem(tab, &import.kind, provider).await,
                None => None,
            };
            let wasi = wasi::provides(import);
            view.missing += u32::from(provider.is_none() && !wasi);
            view.wrong += u32::from(problem.is_some());
            let problem = problem.or_else(|| wasi::why_not(import).filter(|_| provider.is_none()));
            view.imports.push(ImportView {
                module: import.module.clone(),
                name: import.name.clone(),
                kind: import.kind.clone(),
                text: import.kind.to_string(),
                provider,
                problem,
                wasi,
            });
        }
        view.unused = unused(object, imports).cloned().collect();
        view
    }

    /// The reason why a provider does not fit an import, in a sentence.
    async fn problem(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        wanted: &ExternType,
        provider: &Provider,
    ) -> Option<String> {
        if let Err(why) = provider.fits(wanted) {
            return Some(why);
        }
        let Provider::ExportOf { of, export } = provider else { return None };
        let other = match self.neighbour(of) {
            Ok(other) => other,
            Err(why) => return Some(why),
        };
        let title = other.held().title.clone();
        let exports = match self.exports_of(&other).await? {
            Ok(exports) => exports,
            Err(error) => {
                return Some(format!("`{title}` cannot provide an import: {}", error.message));
            }
        };
        if let Some(why) = artifact::unlike(tab, &other) {
            return Some(why);
        }
        let found = exports.into_iter().find(|e| e.name == *export).map(|e| e.kind);
        match found {
            None => Some(format!("`{title}` exports no `{export}`.")),
            Some(kind) if !may_satisfy(wanted, &kind) => {
                Some(format!("`{export}` of `{title}` is a {kind}."))
            }
            Some(_) => self
                .walk(tab)
                .await
                .circle
                .map(|path| format!("The tabs import in a circle: {path}.")),
        }
    }

    /// The open tab that a reference means.
    fn neighbour(&self, of: &ModuleRef) -> Result<Arc<Tab>, String> {
        match of {
            ModuleRef::Tab(id) => self.tabs.tab(*id).map_err(|_| {
                "The tab that provides it was closed. Open it again or choose another.".to_owned()
            }),
            ModuleRef::File(file) => {
                Err(format!("No tab has `{file}` open. Open it and choose its export."))
            }
        }
    }
}

/// The provisions of an import object that the module does not import.
pub(crate) fn unused<'a>(
    object: &'a ImportObject,
    imports: &[Import],
) -> impl Iterator<Item = &'a Provision> + use<'a> {
    let asked: HashSet<_> = imports.iter().map(|i| (i.module.clone(), i.name.clone())).collect();
    object.provisions.iter().filter(move |p| !asked.contains(&(p.module.clone(), p.name.clone())))
}
