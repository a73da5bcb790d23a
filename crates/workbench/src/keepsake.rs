//! Saves everything again from memory if the data folder was removed.

use std::sync::Arc;

use crate::rooms::Rooms;
use crate::sync::lock;
use crate::tabs::{Change, FullState, StateOwner};

impl Rooms {
    /// Lets the saved state restore from here all that was removed.
    pub(crate) fn remember(self: &Arc<Self>) {
        let memory: Arc<dyn StateOwner> = Arc::clone(self) as _;
        self.tabs.remember(Arc::downgrade(&memory));
    }
}

impl StateOwner for Rooms {
    fn all(&self) -> FullState {
        let (mut changes, next_tab) = self.tabs.all();
        changes.extend(lock(&self.ui).clone().map(Change::Ui));
        FullState { changes, next_tab, next_record: self.session.next_record() }
    }

    fn put_back(&self) -> Vec<String> {
        if let Err(error) = self.builder.put_back(&self.config.data_dir) {
            self.hub.notice(error);
        }
        self.tabs.put_back_sources()
    }
}
