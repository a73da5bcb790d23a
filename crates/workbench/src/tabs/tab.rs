//! One tab: its contents, the facts about it, and its run or call.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard};
use watshop_protocol::say;

use tokio::sync::watch;
use watshop_protocol::bounds::MOST_RECORDS;
use watshop_protocol::page::{
    Error, ErrorCode, Export, ExportList, HostCall, Import, ImportList, InstanceView,
    ModuleSummary, Problem, Result, RunRecord, RunReport, Settings, SourceKind, StopHow, TabId,
    TabSummary, TabView,
};

use super::lessons::Library;
use super::source::{BinaryState, CompiledBy, Source, ValidModule};
use super::source_map::SourceMap;
use super::state::TabRow;
use crate::activity::{RunGuard, RunSlot};
use crate::build::Artifact;
use crate::console::Console;
use crate::events::Hub;
use crate::feed::Feed;
use crate::process::Runner;
use crate::sync::lock;
use crate::task::blocking;

/// One tab.
#[derive(Debug)]
pub(crate) struct Tab {
    pub id: TabId,
    pub console: Arc<Console>,
    pub feed: Arc<Feed>,
    /// The run or call in progress.
    pub activity: Arc<RunSlot>,
    pub runner: Mutex<Option<Arc<Runner>>>,
    /// True if its instance was called or changed since a race gave it to the tab.
    pub touched: AtomicBool,
    /// Held by an edit. Those that wait get it in their order.
    pub editing: tokio::sync::Mutex<()>,
    /// The numbers of checks that were requested and that are done.
    pub checks: watch::Sender<Checks>,
    held: Mutex<TabState>,
}

/// The progress of a tab's checks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Checks {
    pub asked: u64,
    pub done: u64,
    pub running: bool,
}

/// The fields that are read and changed together.
#[derive(Debug)]
pub(crate) struct TabState {
    pub title: String,
    /// The lesson that it was opened from.
    pub lesson: Option<String>,
    pub path: Option<PathBuf>,
    pub source: Source,
    /// The hash of the file at `path`.
    pub saved: Option<String>,
    pub modified: bool,
    pub revision: u64,
    pub settings: Settings,
    pub module: Option<Arc<ModuleSummary>>,
    pub problems: Vec<Problem>,
    /// The module that was valid at the last check.
    pub valid: Option<ValidModule>,
    pub instance: Option<InstanceView>,
    /// The number of the last instance.
    pub generation: u32,
    /// The artifact of the last Run.
    pub artifact: Option<Artifact>,
    /// The source of the instance's code.
    pub shown: Arc<SourceMap>,
    /// The compiler and engine of the instance's code.
    pub made: Option<CompiledBy>,
    pub report: Option<RunReport>,
    pub history: VecDeque<RunRecord>,
    /// The imports of the artifact that was loaded last.
    pub loaded_imports: Arc<[Import]>,
    /// The exports of that artifact, and the hash of its payload.
    pub loaded_exports: Option<(String, Arc<[Export]>)>,
    /// The names of the instance's memories.
    pub memories: Vec<String>,
    /// True if host calls are not recorded.
    pub calls_paused: bool,
    /// The record that host functions answer from.
    pub replay: Option<Vec<HostCall>>,
    /// The number of calls in the record that the instance answers from.
    pub replayed: Option<usize>,
}

impl Tab {
    /// A tab with a source, from now or from an earlier workbench.
    pub(crate) fn new(
        row: TabRow,
        source: Source,
        history: Vec<RunRecord>,
        hub: &Arc<Hub>,
        library: &Library,
    ) -> Self {
        let text = source.text().map_or("", |text| text);
        let lesson = row.path.is_none().then(|| library.of(&row.title, text)).flatten();
        let mut held = TabState {
            title: row.title,
            lesson,
            path: row.path,
            source,
            saved: row.saved,
            modified: true,
            revision: row.revision,
            settings: row.settings,
            module: None,
            problems: Vec::new(),
            valid: None,
            instance: None,
            generation: 0,
            artifact: None,
            shown: Arc::default(),
            made: None,
            report: None,
            history: history.into(),
            loaded_imports: Arc::default(),
            loaded_exports: None,
            memories: Vec::new(),
            calls_paused: false,
            replay: None,
            replayed: None,
        };
        held.compare();
        let feed = Arc::new(Feed::new(row.id, Arc::clone(hub)));
        Self {
            id: row.id,
            console: Arc::new(Console::new(row.id, Arc::clone(hub))),
            activity: Arc::new(RunSlot::new(&feed)),
            feed,
            runner: Mutex::default(),
            touched: AtomicBool::new(false),
            editing: tokio::sync::Mutex::default(),
            checks: watch::Sender::default(),
            held: Mutex::new(held),
        }
    }

    /// The fields, locked for as long as the guard lives. The guard must not be held across an
    /// await, or while waiting for the list of tabs.
    pub(crate) fn held(&self) -> MutexGuard<'_, TabState> {
        lock(&self.held)
    }

    /// The instance with its present exports.
    pub(crate) fn view_of(
        &self,
        generation: u32,
        exports: ExportList,
        runner: &Runner,
    ) -> InstanceView {
        let held = self.held();
        InstanceView {
            generation,
            revision: held.shown.revision(),
            exports,
            memories: held.memories.clone(),
            sandbox: runner.sandbox(),
        }
    }

    /// The tab for the saved state.
    pub(crate) fn row(&self, held: &TabState) -> Box<TabRow> {
        let text = match &held.source {
            Source::Wat(text) => Some(Arc::clone(text)),
            _ => None,
        };
        Box::new(TabRow {
            id: self.id,
            title: held.title.clone(),
            kind: held.source.kind(),
            path: held.path.clone(),
            text,
            source: held.source.stored().map(str::to_owned),
            saved: held.saved.clone(),
            revision: held.revision,
            settings: held.settings.clone(),
        })
    }

    /// The tab for the row of tabs.
    pub(crate) fn summary(&self) -> TabSummary {
        self.summary_of(&self.held())
    }

    /// The tab for the row of tabs, from its locked fields.
    pub(crate) fn summary_of(&self, held: &TabState) -> TabSummary {
        TabSummary {
            id: self.id,
            title: held.title.clone(),
            kind: held.source.kind(),
            path: held.path.as_ref().map(|path| path.to_string_lossy().into_owned()),
            modified: held.modified,
            lesson: held.lesson.clone(),
        }
    }

    /// The tab with all that a page shows.
    pub(crate) fn view(&self) -> TabView {
        let console = self.console.read();
        let state = self.feed.state();
        let held = self.held();
        let (passport, maker) = match &held.source {
            Source::Sealed { passport, maker, .. } => (passport.as_deref().cloned(), Some(*maker)),
            _ => (None, None),
        };
        TabView {
            summary: self.summary_of(&held),
            text: held.source.text().map(|text| text.as_ref().to_owned()),
            revision: held.revision,
            settings: held.settings.clone(),
            module: held.module.as_ref().map(|module| module.view()),
            passport,
            maker,
            problems: held.problems.clone(),
            state,
            instance: held.instance.clone(),
            report: held.report.clone(),
            history: held.history.iter().cloned().collect(),
            console,
            // The session knows it.
            race: None,
        }
    }

    /// The imports and exports of an artifact, from a runner's lists.
    pub(crate) async fn lists(
        imports: ImportList,
        exports: ExportList,
    ) -> Result<(Arc<[Import]>, Arc<[Export]>)> {
        blocking(move || {
            let exports = exports.exports().map(|state| state.export).collect();
            Ok((imports.imports().collect(), exports))
        })
        .await
    }

    /// Takes the tab for a run or call. Error `busy` if one is in progress.
    pub(crate) fn begin(&self) -> Result<RunGuard> {
        self.activity.begin()
    }

    /// Stops the run or call, and waits until it has stopped. If there is none, a runner that does
    /// not answer is killed.
    pub(crate) async fn stop(&self) -> StopHow {
        let how = self.activity.stop().await;
        match self.runner() {
            Some(runner) if how == StopHow::Idle && runner.kill_if_silent().await => {
                StopHow::Killed
            }
            _ => how,
        }
    }

    /// The runner, if it is alive.
    pub(crate) fn runner(&self) -> Option<Arc<Runner>> {
        lock(&self.runner).as_ref().filter(|runner| runner.is_alive()).cloned()
    }
}

impl TabState {
    /// Returns true if a copy of it takes more than a moment: it has a long text or a long binary,
    /// or provides many imports.
    pub(crate) fn is_large(&self) -> bool {
        const LONG: usize = 64 << 10;
        const MANY: usize = 500;
        self.source.length() > LONG || self.settings.imports.provisions.len() > MANY
    }

    /// Sets `modified`: whether the source differs from its file.
    pub(crate) fn compare(&mut self) {
        self.modified = self.path.is_none() || self.saved.as_ref() != Some(&self.source.hash());
    }

    /// Appends to the history, and gives the id of the record that had to go.
    pub(crate) fn remember(&mut self, record: RunRecord) -> Option<u64> {
        self.history.push_back(record);
        let over = self.history.len() > MOST_RECORDS as usize;
        over.then(|| self.history.pop_front()).flatten().map(|record| record.id)
    }

    /// Replaces the source by a text, and gives the hash of stored bytes that it replaces. `None`
    /// if nothing changed. Errors if there is no text to edit.
    pub(crate) fn write(&mut self, text: Arc<str>) -> Result<Option<EditEffects>> {
        self.editable()?;
        if self.source.text() == Some(&text) {
            return Ok(None);
        }
        let stored = self.source.stored().map(str::to_owned);
        let before = (self.source.kind(), self.modified);
        self.source = Source::Wat(text);
        self.revision += 1;
        self.compare();
        let summary_changed = before != (SourceKind::Wat, self.modified);
        Ok(Some(EditEffects { stored, summary_changed }))
    }

    /// Checks that there is text to edit.
    ///
    /// # Errors
    ///
    /// `bad_request` for machine code and for a binary that is too large to be text; whatever was
    /// wrong with kept bytes that cannot be read.
    pub(crate) fn editable(&self) -> Result<()> {
        if self.source.text().is_some() {
            return Ok(());
        }
        let what = match &self.source {
            Source::Sealed { .. } => {
                say!("This tab holds machine code, which has no text to edit.")
            }
            Source::Wasm { content: BinaryState::Lost(error), .. } => return Err((**error).clone()),
            _ => say!("This binary is too large to be shown and edited as text."),
        };
        Err(Error::new(ErrorCode::BadRequest, what))
    }
}

/// The result of an edit.
#[derive(Debug)]
pub(crate) struct EditEffects {
    /// The hash of bytes that the tab held until now.
    pub stored: Option<String>,
    /// True if the row of tabs looks different now.
    pub summary_changed: bool,
}
