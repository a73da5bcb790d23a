//! All that is kept, from what is in memory: for a data folder that somebody removed.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::bench::Bench;
use crate::source::{Content, Source};
use crate::state::{Change, Memory, When, Whole};
use crate::sync::lock;
use crate::tab::Tab;

impl Memory for Bench {
    fn all(&self) -> Whole {
        let shelf = lock(&self.shelf);
        let mut changes = Vec::new();
        for tab in shelf.open.iter().chain(&shelf.closed) {
            let held = tab.held();
            changes.push(Change::Tab(tab.row(&held), When::Now));
            let records = held.history.iter().cloned().map(Box::new);
            changes.extend(records.map(|record| Change::Record { tab: tab.id, record, out: None }));
        }
        let ids = |tabs: &[Arc<Tab>]| tabs.iter().map(|tab| tab.id).collect();
        changes.push(Change::Places { open: ids(&shelf.open), closed: ids(&shelf.closed) });
        changes.extend(lock(&self.ui).clone().map(Change::Ui));
        Whole { changes, next_tab: shelf.next, next_record: self.next_record.load(Ordering::Relaxed) }
    }

    fn put_back(&self) -> Vec<String> {
        if let Err(error) = self.foundry.put_back(&self.config.data_dir) {
            self.hub.notice(error);
        }
        let tabs: Vec<_> = {
            let shelf = lock(&self.shelf);
            shelf.open.iter().chain(&shelf.closed).cloned().collect()
        };
        let lost = tabs.iter().filter(|tab| !self.put_back_source(tab));
        lost.map(|tab| format!("`{}`", tab.held().title)).collect()
    }
}

impl Bench {
    /// Whether the bytes of a tab are in the data folder again.
    fn put_back_source(&self, tab: &Tab) -> bool {
        let source = tab.held().source.clone();
        let Some(hash) = source.stored() else { return true };
        let put = match &source {
            Source::Wasm { content: Content::Read(binary), .. } => self.sources.put_back(hash, &binary.bytes),
            // Nobody has them in memory: they are there, or they are lost.
            _ => self.sources.read(hash).map(drop),
        };
        put.inspect_err(|error| tracing::warn!(%error, "the bytes of a tab are lost")).is_ok()
    }
}
