//! Saves everything again from memory if the data folder was removed.

use std::sync::Arc;

use crate::rooms::Rooms;
use crate::sync::lock;
use crate::tabs::{Change, Memory, Whole};

impl Rooms {
    /// Lets the saved state restore from here all that was removed.
    pub(crate) fn remember(self: &Arc<Self>) {
        let memory: Arc<dyn Memory> = Arc::clone(self) as _;
        self.tabs.remember(Arc::downgrade(&memory));
    }
}

impl Memory for Rooms {
    fn all(&self) -> Whole {
        let (mut changes, next_tab) = self.tabs.all();
        changes.extend(lock(&self.ui).clone().map(Change::Ui));
        Whole { changes, next_tab, next_record: self.session.next_record() }
    }

    fn put_back(&self) -> Vec<String> {
        if let Err(error) = self.builder.put_back(&self.config.data_dir) {
            self.hub.notice(error);
        }
        self.tabs.put_back_sources()
    }
}
