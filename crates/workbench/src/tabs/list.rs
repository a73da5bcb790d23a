//! The row of tabs: opens, closes, reopens and orders them.

use std::collections::{HashMap, HashSet};
use std::iter::once;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};
use watshop_protocol::say;

use watshop_artifact::Machine;
use watshop_protocol::page::{
    Error, ErrorCode, Event, InstanceView, Result, RunReport, Settings, TabId, TabSummary,
};

use super::courses::load as load_courses;
use super::held_files::HeldFolders;
use super::lessons::Library;
use super::source::{Binary, BinaryState, Source};
use super::sources::Sources;
use super::state::{Change, SavedState, State, StateOwner, TabRow, Urgency};
use super::tab::Tab;
use crate::build::Builder;
use crate::events::Hub;
use crate::sync::lock;
use crate::task::in_place;

/// The number of closed tabs that can be reopened.
const CLOSED: usize = 100;

/// The tabs and their saved state. Code that changes a tab reports it here.
#[derive(Debug)]
pub(crate) struct Tabs {
    pub(super) hub: Arc<Hub>,
    pub(super) state: State,
    pub(super) sources: Arc<Sources>,
    held_folders: Arc<HeldFolders>,
    library: Library,
    /// The machine that this process runs on.
    pub(super) machine: Machine,
    builder: Arc<Builder>,
    list: Mutex<List>,
}

/// The tabs in their order.
#[derive(Debug)]
struct List {
    open: Vec<Arc<Tab>>,
    /// The closed tabs. The last one was closed last.
    closed: Vec<Arc<Tab>>,
    /// The number of the next tab.
    next: u32,
}

/// The parts of a new tab.
pub(crate) struct NewTab {
    /// `None` gives it the first name that tells it from the open ones.
    pub title: Option<String>,
    pub path: Option<PathBuf>,
    pub source: Source,
    pub settings: Settings,
}

impl List {
    /// Gives the first of `untitled.wat`, `untitled-2.wat` and so on that is the title of no open tab.
    fn untitled(&self) -> String {
        let taken: HashSet<String> = self.open.iter().map(|tab| tab.held().title.clone()).collect();
        let first = once("untitled.wat".to_owned());
        let mut names = first.chain((2_u32..).map(|number| format!("untitled-{number}.wat")));
        names.find(|name| !taken.contains(name)).unwrap_or_default()
    }
}

impl Tabs {
    /// The tabs of the last workbench. `source_of` gives the source of one.
    pub(crate) fn new(
        hub: &Arc<Hub>,
        state: State,
        (sources, held_folders, courses): (&Arc<Sources>, &Arc<HeldFolders>, Option<&Path>),
        builder: &Arc<Builder>,
        kept: SavedState,
        source_of: impl Fn(&TabRow) -> Source,
    ) -> Self {
        let library = Library::new();
        if let Some(folder) = courses {
            load_courses(folder, &library);
        }
        let take_up = |(row, history): (TabRow, Vec<_>)| {
            let source = source_of(&row);
            Arc::new(Tab::new(row, source, history, hub, &library))
        };
        let open = kept.open.into_iter().map(take_up).collect();
        let closed = kept.closed.into_iter().map(take_up).collect();
        Self {
            hub: Arc::clone(hub),
            state,
            sources: Arc::clone(sources),
            held_folders: Arc::clone(held_folders),
            library,
            machine: Machine::host(),
            builder: Arc::clone(builder),
            list: Mutex::new(List { open, closed, next: kept.next_tab }),
        }
    }

    /// The open tabs, in their order.
    pub(crate) fn open(&self) -> Vec<Arc<Tab>> {
        lock(&self.list).open.clone()
    }

    /// The open tabs except one.
    pub(crate) fn others(&self, tab: &Tab) -> Vec<Arc<Tab>> {
        lock(&self.list).open.iter().filter(|other| other.id != tab.id).cloned().collect()
    }

    /// The bytes of the tabs with a binary or an artifact.
    pub(crate) fn held_folders(&self) -> &Arc<HeldFolders> {
        &self.held_folders
    }

    pub(crate) fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Saves a change for the next workbench, soon.
    pub(crate) fn keep(&self, change: Change) {
        self.state.keep(change);
    }

    /// Saves the rest, closes the data folder and removes the temporary ones. It takes as long as
    /// the disk does.
    ///
    /// # Errors
    ///
    /// `state` if it cannot be written.
    pub(crate) fn end(&self) -> Result<()> {
        self.sources.close();
        self.held_folders.close();
        self.state.close()
    }

    /// An open tab.
    pub(crate) fn tab(&self, id: TabId) -> Result<Arc<Tab>> {
        let list = lock(&self.list);
        list.open.iter().find(|tab| tab.id == id).cloned().ok_or_else(|| unknown_tab_error(id))
    }

    /// The open tabs for the row of tabs.
    pub(crate) fn summaries(&self) -> Vec<TabSummary> {
        lock(&self.list).summaries()
    }

    /// Sends the row of tabs to all listeners.
    pub(crate) fn tell(&self) {
        let list = lock(&self.list);
        self.hub.tell(Event::Tabs { tabs: list.summaries() });
    }

    /// Adds a new tab at the end. The caller has already kept the bytes of the source.
    ///
    /// If the default compiler is not installed, the tab gets one that is.
    pub(crate) fn add_tab(&self, mut new: NewTab) -> Arc<Tab> {
        let chosen = &mut new.settings.compiler;
        if *chosen == Settings::default().compiler {
            *chosen = self.builder.compilers.installed_or(*chosen);
        }
        let mut list = lock(&self.list);
        let id = TabId(list.next);
        list.next += 1;
        let saved = new.path.is_some().then(|| new.source.hash());
        let title = new.title.unwrap_or_else(|| list.untitled());
        let row = TabRow {
            id,
            title,
            kind: new.source.kind(),
            path: new.path,
            text: None,
            source: None,
            saved,
            revision: 1,
            settings: new.settings,
        };
        let tab = Arc::new(Tab::new(row, new.source, Vec::new(), &self.hub, &self.library));
        self.state.keep(Change::Tab(tab.row(&tab.held()), Urgency::Now));
        list.open.push(Arc::clone(&tab));
        self.arranged(&list);
        tab
    }

    /// The lesson's tab, if it is open. Otherwise a new one.
    pub(crate) fn add_lesson(&self, id: &str) -> Result<Arc<Tab>> {
        let found = self.library.find(id)?;
        let lesson = found.lesson();
        let (text, settings) = (lesson.text.as_str(), lesson.settings());
        let title = Some(format!("{}.wat", lesson.id));
        let is_its = |tab: &&Arc<Tab>| tab.held().lesson.as_deref() == Some(id);
        let open = lock(&self.list).open.iter().find(is_its).cloned();
        if let Some(tab) = open {
            return Ok(tab);
        }
        // A text that was worked on is never lost: a closed tab of the lesson comes back.
        let closed = lock(&self.list).closed.iter().rev().find(is_its).map(|tab| tab.id);
        if let Some(tab) = closed.and_then(|id| self.reopen(Some(id))) {
            return Ok(tab);
        }
        let tab =
            self.add_tab(NewTab { title, path: None, source: Source::Wat(text.into()), settings });
        // By its title and first line it could be a lesson of another course too.
        if tab.held().lesson.as_deref() != Some(id) {
            tab.held().lesson = Some(id.to_owned());
            self.arranged(&lock(&self.list));
        }
        for file in &lesson.header.files {
            let bytes = file.text.as_bytes();
            self.held_folders.put(tab.id, &file.folder, &file.at, bytes)?;
        }
        Ok(tab)
    }

    /// All lessons.
    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    /// Opens the first lesson for a new user.
    pub(crate) fn open_first_lesson(&self) {
        if let Err(error) = self.add_lesson(self.library.first()) {
            tracing::error!(%error, "the first lesson is missing");
        }
    }

    /// Gives another name to a tab. Then it is not the tab of its lesson any more.
    ///
    /// # Errors
    ///
    /// `bad_request` if the tab has a file, because the name is the file's.
    pub(crate) fn rename(&self, tab: &Tab, title: String) -> Result<TabSummary> {
        {
            let mut held = tab.held();
            if let Some(path) = &held.path {
                let message = say!("The tab has the name of its file, `{}`.", path.display());
                return Err(Error::new(ErrorCode::BadRequest, message)
                    .help(say!("Save it under another name.")));
            }
            held.lesson = held.lesson.take().filter(|_| held.title == title);
            held.title = title;
            self.state.keep(Change::Tab(tab.row(&held), Urgency::Now));
        }
        self.tell();
        Ok(tab.summary())
    }

    /// Closes a tab. Its runner ends, and with it a run or call.
    pub(crate) async fn close(&self, id: TabId) -> Result<()> {
        let tab = self.tab(id)?;
        let forgotten = {
            let mut list = lock(&self.list);
            list.open.retain(|open| open.id != id);
            list.closed.push(Arc::clone(&tab));
            let over = list.closed.len().saturating_sub(CLOSED);
            let forgotten: Vec<_> = list.closed.drain(..over).collect();
            for forgotten in &forgotten {
                self.state.keep(Change::Forget(forgotten.id));
                self.held_folders.forget(forgotten.id);
                let stored = forgotten.held().source.stored().map(str::to_owned);
                self.let_go(stored);
            }
            self.arranged(&list);
            forgotten
        };
        if !forgotten.is_empty() {
            // A text of 20 MB takes the system a while to free.
            in_place(|| drop(forgotten));
        }
        tab.stop().await;
        let runner = lock(&tab.runner).take();
        if let Some(runner) = runner {
            runner.kill().await;
        }
        tab.console.close().await;
        self.set_instance(&tab, None);
        let mut held = tab.held();
        held.artifact = None;
        held.shown = Arc::default();
        // The bytes can be read again, and a closed tab should not take up memory. Without a folder
        // they are only in memory.
        if self.sources.outlive_the_process()
            && let Source::Wasm { content: content @ BinaryState::Read(_), .. } = &mut held.source
        {
            *content = BinaryState::Unread;
        }
        Ok(())
    }

    /// Reopens a closed tab, or the one that was closed last.
    pub(crate) fn reopen(&self, wanted: Option<TabId>) -> Option<Arc<Tab>> {
        let mut list = lock(&self.list);
        let tab = match wanted {
            None => list.closed.pop()?,
            Some(id) => {
                let at = list.closed.iter().position(|tab| tab.id == id)?;
                list.closed.remove(at)
            }
        };
        list.open.push(Arc::clone(&tab));
        self.arranged(&list);
        Some(tab)
    }

    /// Puts the tabs into another order.
    pub(crate) fn order(&self, ids: &[TabId]) -> Result<()> {
        let mut list = lock(&self.list);
        let places: HashMap<_, _> = ids.iter().zip(0..).collect();
        let all = list.open.len() == ids.len()
            && list.open.iter().all(|tab| places.contains_key(&tab.id));
        if !all {
            return Err(Error::new(
                ErrorCode::BadRequest,
                say!("The order of the tabs must name each open tab once, and this one does not."),
            ));
        }
        list.open.sort_by_key(|tab| places.get(&tab.id).copied().unwrap_or(usize::MAX));
        self.arranged(&list);
        Ok(())
    }

    /// Notes that a tab does not use these bytes any more.
    pub(crate) fn let_go(&self, stored: Option<String>) {
        if let Some(hash) = stored {
            self.sources.release(&hash);
            if self.sources.outlive_the_process() {
                self.state.keep(Change::Sweep(hash));
            } else {
                self.sources.sweep(&hash);
            }
        }
    }

    /// Sets the tab's instance, and sends an event if it has changed.
    pub(crate) fn set_instance(&self, tab: &Tab, instance: Option<InstanceView>) {
        let mut held = tab.held();
        if held.instance != instance {
            held.instance.clone_from(&instance);
            self.hub.tell(Event::Instance { tab: tab.id, instance });
        }
    }

    /// Drops the tab's runner, which is gone or useless.
    pub(crate) fn lose_runner(&self, tab: &Tab) {
        let lost = lock(&tab.runner).take();
        drop::<Option<Arc<_>>>(lost);
        self.set_instance(tab, None);
    }

    /// Keeps the report of a run or call that has ended.
    pub(crate) fn report(&self, tab: &Tab, report: RunReport) {
        let mut held = tab.held();
        let out = held.remember(report.record.clone());
        let record = Box::new(report.record.clone());
        held.report = Some(report);
        self.state.keep(Change::Record { tab: tab.id, record, out });
    }

    /// Empties a tab's history of runs.
    pub(crate) fn clear_history(&self, tab: &Tab) {
        let mut held = tab.held();
        held.history.clear();
        self.state.keep(Change::ClearHistory(tab.id));
        self.hub.tell(Event::HistoryCleared { tab: tab.id });
    }

    /// Reads the bytes of a source. A binary that was kept is read at its first use.
    pub(crate) async fn read_source(&self, tab: &Tab, source: Source) -> Source {
        let Source::Wasm { hash, content: BinaryState::Unread } = source else { return source };
        let (sources, name) = (Arc::clone(&self.sources), hash.clone());
        let read = tokio::task::spawn_blocking(move || sources.read(&name).map(Binary::new)).await;
        let content = match read {
            Ok(Ok(binary)) => BinaryState::Read(binary),
            Ok(Err(error)) => BinaryState::Lost(Box::new(error)),
            Err(error) => {
                BinaryState::Lost(Box::new(Error::new(ErrorCode::State, say!("{error}"))))
            }
        };
        let source = Source::Wasm { hash, content };
        let mut held = tab.held();
        if let Source::Wasm { hash: current, content: BinaryState::Unread } = &held.source
            && Some(current.as_str()) == source.stored()
        {
            held.source = source.clone();
        }
        source
    }

    /// Sets the owner of the state in memory.
    pub(crate) fn remember(&self, memory: Weak<dyn StateOwner>) {
        self.state.remember(memory);
    }

    /// All tabs, open and closed, as the changes that make them, and the number of the next one.
    pub(crate) fn all(&self) -> (Vec<Change>, u32) {
        let list = lock(&self.list);
        let mut changes = Vec::new();
        for tab in list.open.iter().chain(&list.closed) {
            let held = tab.held();
            changes.push(Change::Tab(tab.row(&held), Urgency::Now));
            let records = held.history.iter().cloned().map(Box::new);
            changes.extend(records.map(|record| Change::Record { tab: tab.id, record, out: None }));
        }
        let ids = |tabs: &[Arc<Tab>]| tabs.iter().map(|tab| tab.id).collect();
        changes.push(Change::Places { open: ids(&list.open), closed: ids(&list.closed) });
        (changes, list.next)
    }

    /// Writes the bytes of tabs into the data folder again, and gives the titles of tabs whose
    /// bytes are lost.
    pub(crate) fn put_back_sources(&self) -> Vec<String> {
        let tabs: Vec<_> = {
            let list = lock(&self.list);
            list.open.iter().chain(&list.closed).cloned().collect()
        };
        let lost = tabs.iter().filter(|tab| !self.put_back_source(tab));
        lost.map(|tab| format!("`{}`", tab.held().title)).collect()
    }

    /// Writes the bytes of a tab into the data folder again. False if they are lost.
    fn put_back_source(&self, tab: &Tab) -> bool {
        let source = tab.held().source.clone();
        let Some(hash) = source.stored() else { return true };
        let put = match &source {
            Source::Wasm { content: BinaryState::Read(binary), .. } => {
                self.sources.put_back(hash, &binary.bytes)
            }
            // They are not in memory, so they are in the folder or lost.
            _ => self.sources.read(hash).map(drop),
        };
        put.inspect_err(|error| tracing::warn!(%error, "the bytes of a tab are lost")).is_ok()
    }

    /// Saves and sends the order of the tabs.
    fn arranged(&self, list: &List) {
        let ids = |tabs: &[Arc<Tab>]| tabs.iter().map(|tab| tab.id).collect();
        self.state.keep(Change::Places { open: ids(&list.open), closed: ids(&list.closed) });
        self.hub.tell(Event::Tabs { tabs: list.summaries() });
    }
}

impl List {
    fn summaries(&self) -> Vec<TabSummary> {
        self.open.iter().map(|tab| tab.summary()).collect()
    }
}

fn unknown_tab_error(id: TabId) -> Error {
    Error::new(ErrorCode::UnknownTab, say!("There is no open tab number {}.", id.0))
}
