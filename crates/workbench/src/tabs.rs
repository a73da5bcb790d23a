//! The row of tabs: new, closed, reopened, put in order.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use watshop_protocol::page::{Error, ErrorCode, Event, Result, Settings, TabId, TabSummary};

use crate::bench::Bench;
use crate::lessons;
use crate::source::{Content, Source};
use crate::state::{Change, TabRow, When};
use crate::sync::lock;
use crate::tab::Tab;

/// Closed tabs that can be brought back.
const CLOSED: usize = 20;

/// The tabs there are.
#[derive(Debug)]
pub(crate) struct Shelf {
    /// In their order.
    pub open: Vec<Arc<Tab>>,
    /// The last one closed last.
    pub closed: Vec<Arc<Tab>>,
    /// The next one's number.
    pub next: u32,
}

/// What a new tab is made of.
pub(crate) struct NewTab {
    pub title: String,
    pub path: Option<PathBuf>,
    pub source: Source,
    pub settings: Settings,
}

impl Bench {
    /// An open tab.
    pub(crate) fn tab(&self, id: TabId) -> Result<Arc<Tab>> {
        let shelf = lock(&self.shelf);
        shelf.open.iter().find(|tab| tab.id == id).cloned().ok_or_else(|| unknown(id))
    }

    /// The open tabs as they stand in the row.
    pub(crate) fn summaries(&self) -> Vec<TabSummary> {
        lock(&self.shelf).summaries()
    }

    /// Tells everybody how the row looks now.
    pub(crate) fn tell_tabs(&self) {
        let shelf = lock(&self.shelf);
        self.hub.tell(Event::Tabs { tabs: shelf.summaries() });
    }

    /// Puts a new tab at the end. Whoever calls it has the source's bytes kept already.
    pub(crate) fn add_tab(&self, new: NewTab) -> Arc<Tab> {
        let mut shelf = lock(&self.shelf);
        let id = TabId(shelf.next);
        shelf.next += 1;
        let saved = new.path.is_some().then(|| new.source.hash());
        let row = TabRow {
            id,
            title: new.title,
            kind: new.source.kind(),
            path: new.path,
            text: None,
            source: None,
            saved,
            revision: 1,
            settings: new.settings,
        };
        let tab = Arc::new(Tab::new(row, new.source, Vec::new(), &self.hub));
        self.state.keep(Change::Tab(tab.row(&tab.held()), When::Now));
        shelf.open.push(Arc::clone(&tab));
        self.arranged(&shelf);
        tab
    }

    /// The lesson's tab, where it is open and nobody has changed it; a new one otherwise.
    pub(crate) fn add_lesson(&self, id: &str) -> Result<Arc<Tab>> {
        let (text, settings) = lessons::find(id)?;
        let title = format!("{id}.wat");
        let untouched = |tab: &&Arc<Tab>| {
            let held = tab.held();
            held.path.is_none() && held.title == title && held.source.text().is_some_and(|t| **t == *text)
        };
        let found = lock(&self.shelf).open.iter().find(untouched).cloned();
        Ok(found.unwrap_or_else(|| {
            self.add_tab(NewTab { title, path: None, source: Source::Wat(text.into()), settings })
        }))
    }

    /// What a person sees who never was here.
    pub(crate) fn open_first_lesson(&self) {
        if let Err(error) = self.add_lesson(lessons::FIRST) {
            tracing::error!(%error, "the first lesson is missing");
        }
    }

    /// Closes a tab. What it was doing is ended with its runner.
    pub(crate) async fn close(&self, id: TabId) -> Result<()> {
        let tab = self.tab(id)?;
        {
            let mut shelf = lock(&self.shelf);
            shelf.open.retain(|open| open.id != id);
            shelf.closed.push(Arc::clone(&tab));
            let over = shelf.closed.len().saturating_sub(CLOSED);
            for forgotten in shelf.closed.drain(..over).collect::<Vec<_>>() {
                self.state.keep(Change::Forget(forgotten.id));
                let stored = forgotten.held().source.stored().map(str::to_owned);
                self.let_go(stored);
            }
            self.arranged(&shelf);
        }
        self.stop(&tab).await;
        let runner = lock(&tab.runner).take();
        if let Some(runner) = runner {
            runner.kill().await;
        }
        self.set_instance(&tab, None);
        let mut held = tab.held();
        held.artifact = None;
        held.shown = Arc::default();
        // The bytes can be read again; a closed tab should not take up memory. Without a folder they are
        // nowhere else.
        if self.sources.outlive_the_process()
            && let Source::Wasm { content: content @ Content::Read(_), .. } = &mut held.source
        {
            *content = Content::Unread;
        }
        Ok(())
    }

    /// Brings back the tab that was closed last.
    pub(crate) fn reopen(&self) -> Option<Arc<Tab>> {
        let mut shelf = lock(&self.shelf);
        let tab = shelf.closed.pop()?;
        shelf.open.push(Arc::clone(&tab));
        self.arranged(&shelf);
        Some(tab)
    }

    /// Puts the tabs into another order.
    pub(crate) fn order(&self, ids: &[TabId]) -> Result<()> {
        let mut shelf = lock(&self.shelf);
        let wanted: HashSet<_> = ids.iter().collect();
        let all = shelf.open.len() == ids.len() && shelf.open.iter().all(|tab| wanted.contains(&tab.id));
        if !all {
            return Err(Error::new(
                ErrorCode::BadRequest,
                "The order of the tabs must name each open tab once, and this one does not.",
            ));
        }
        shelf.open.sort_by_key(|tab| ids.iter().position(|id| *id == tab.id));
        self.arranged(&shelf);
        Ok(())
    }

    /// A tab does not use these bytes any more.
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

    /// Keeps and tells how the tabs stand now.
    fn arranged(&self, shelf: &Shelf) {
        let ids = |tabs: &[Arc<Tab>]| tabs.iter().map(|tab| tab.id).collect();
        self.state.keep(Change::Places { open: ids(&shelf.open), closed: ids(&shelf.closed) });
        self.hub.tell(Event::Tabs { tabs: shelf.summaries() });
    }
}

impl Shelf {
    fn summaries(&self) -> Vec<TabSummary> {
        self.open.iter().map(|tab| tab.summary()).collect()
    }
}

fn unknown(id: TabId) -> Error {
    Error::new(ErrorCode::UnknownTab, format!("There is no open tab number {}.", id.0))
}
