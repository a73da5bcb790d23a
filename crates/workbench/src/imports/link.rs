//! Finds, compiles and orders the modules of other tabs that a tab imports from.

use std::sync::Arc;
use watshop_protocol::say;

use watshop_protocol::page::{
    Error, ErrorCode, Import, ModuleRef, Provider, Result, Settings, TabId, Timings,
};
use watshop_protocol::process::runner::LinkedModule;

use super::Imports;
use crate::activity::RunGuard;
use crate::build::{Artifact, BuildOrder};
use crate::process::RunnerKind;
use crate::tabs::{Source, Tab, parse};

use super::artifact::{compiler_of, unlike};

/// The linked modules of a run, and the artifacts that must stay until they are loaded.
pub(crate) struct Neighbours {
    /// The linked modules. Each stands behind all that it imports from.
    pub linked: Vec<LinkedModule>,
    /// The kind of runner that they need.
    pub kind: RunnerKind,
    _artifacts: Vec<Artifact>,
}

/// A visit to every tab that a tab imports from, directly or not.
#[derive(Default)]
pub(super) struct Walk {
    /// The first circle: `a.wat → b.wat → a.wat`. The walk ended there.
    pub circle: Option<String>,
    /// The tabs. Each stands behind all that it imports from itself.
    order: Vec<Arc<Tab>>,
    /// The first tab that imports from one that is not open any more.
    importer_of_closed: Option<String>,
}

impl Walk {
    fn in_order(self) -> Result<Vec<Arc<Tab>>> {
        if let Some(path) = self.circle {
            return Err(Error::new(
                ErrorCode::ImportCycle,
                say!("The tabs import in a circle: {path}."),
            )
            .help(say!("Provide one of these imports in another way.")));
        }
        if let Some(title) = self.importer_of_closed {
            return Err(Error::new(
                ErrorCode::ImportMismatch,
                say!("{title} imports from a tab that is not open any more."),
            )
            .help(say!("Reopen that tab.")));
        }
        Ok(self.order)
    }
}

fn quoted(tab: &Tab) -> String {
    format!("`{}`", tab.held().title)
}

impl Imports {
    /// Compiles every tab that the tab imports from, directly or not.
    ///
    /// # Errors
    ///
    /// `import_cycle` with the path, `import_mismatch` if a tab is not open any more, or the error
    /// of a compilation.
    pub(crate) async fn link(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        guard: &mut RunGuard,
    ) -> Result<Neighbours> {
        let mut neighbours =
            Neighbours { linked: Vec::new(), kind: RunnerKind::Light, _artifacts: Vec::new() };
        for other in self.walk(tab).await.in_order()? {
            guard.go_on()?;
            let (artifact, linked) = self.compile_neighbour(tab, &other, guard).await?;
            if RunnerKind::of(&self.imports_of(&other).await) == RunnerKind::Wasix {
                neighbours.kind = RunnerKind::Wasix;
            }
            neighbours.linked.push(linked);
            neighbours._artifacts.push(artifact);
        }
        Ok(neighbours)
    }

    /// Visits every tab that a tab imports from, once. The imports of a tab are read when it is
    /// visited, so the walk ends even if they change meanwhile.
    pub(super) async fn walk(self: &Arc<Self>, tab: &Arc<Tab>) -> Walk {
        let mut walk = Walk::default();
        // Each entry has the tabs that it imports from and that were not visited yet.
        let mut path = vec![(Arc::clone(tab), self.needed(tab).await)];
        while let Some((on, waiting)) = path.last_mut() {
            let Some(next) = waiting.pop() else {
                walk.order.extend(path.pop().map(|(done, _)| done));
                continue;
            };
            let title = quoted(on);
            if let Some(at) = path.iter().position(|(on, _)| on.id == next) {
                let names = path[at..].iter().chain(&path[at..=at]).map(|(on, _)| quoted(on));
                walk.circle = Some(names.collect::<Vec<_>>().join(" → "));
                return walk;
            }
            if walk.order.iter().any(|done| done.id == next) {
                continue;
            }
            match self.tabs.tab(next) {
                Ok(other) => {
                    let needed = self.needed(&other).await;
                    path.push((other, needed));
                }
                Err(_) => {
                    walk.importer_of_closed.get_or_insert(title);
                }
            }
        }
        // The tab itself stands behind all that it imports from.
        walk.order.pop();
        walk
    }

    /// The tabs whose exports a tab's module gets.
    async fn needed(self: &Arc<Self>, tab: &Arc<Tab>) -> Vec<TabId> {
        let imports = self.imports_of(tab).await;
        let held = tab.held();
        let other = |provider: &Provider| match provider {
            Provider::ExportOf { of: ModuleRef::Tab(id), .. } => Some(*id),
            _ => None,
        };
        let object = &held.settings.imports;
        if !object.provisions.iter().any(|provision| other(&provision.provider).is_some()) {
            return Vec::new();
        }
        let providers = object.providers();
        let provider = |import: &Import| providers.get(&(&*import.module, &*import.name)).copied();
        let mut ids: Vec<_> =
            imports.iter().filter_map(|import| other(provider(import)?)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    async fn compile_neighbour(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        other: &Arc<Tab>,
        guard: &mut RunGuard,
    ) -> Result<(Artifact, LinkedModule)> {
        let (source, settings, title) = {
            let held = other.held();
            (held.source.clone(), held.settings.clone(), held.title.clone())
        };
        let made = async {
            if let Some(why) = unlike(tab, other) {
                return Err(Error::new(ErrorCode::ImportMismatch, why));
            }
            let artifact = match self.tabs.read_source(other, source).await {
                source @ Source::Sealed { .. } => self.runners.held_artifact(&source, &settings)?,
                source => {
                    let (binary, hash) = parse(source).await?;
                    // The settings may name another machine, but the code must run here, beside
                    // code of this compiler. Each compiler passes arguments and results in its own
                    // way.
                    let compiler = compiler_of(tab).ok_or_else(|| {
                        let why = say!("This tab's artifact does not say which compiler made it, so no other module can be \
                                   compiled to fit it.");
                        Error::new(ErrorCode::ImportMismatch, why)
                    })?;
                    let settings = Settings { target: None, compiler, ..settings.clone() };
                    // All modules of a run have the limits of the tab that is run.
                    let limits = tab.held().settings.limits;
                    self.builder.check_limits(&binary, &settings, limits)?;
                    let order = BuildOrder {
                        binary,
                        hash,
                        validated: false,
                        settings: &settings,
                        feed: &tab.feed,
                    };
                    self.builder.make(&order, guard, &mut Timings::default()).await?
                }
            };
            Ok(artifact)
        };
        let artifact = made.await.map_err(|mut error: Error| {
            if error.code != ErrorCode::Stopped {
                let why = error.sentence();
                error =
                    error.with_message(say!("In `{title}`, which this module imports from: {why}"));
                // The places are not in the text that is shown.
                error.at = None;
            }
            error
        })?;
        let mut wasi = settings.wasi;
        wasi.program.get_or_insert_with(|| title.clone());
        let linked = LinkedModule {
            tab: other.id,
            title,
            sealed: artifact.path.clone(),
            payload_hash: artifact.passport.payload_hash.clone(),
            imports: settings.imports,
            wasi,
        };
        Ok((artifact, linked))
    }
}
