//! The actions on a tab's module: run it, call it, look into its instance, and stop it.

mod call;
mod host_calls;
mod instance;
mod record;
mod run;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::build::Builder;
use crate::events::Hub;
use crate::imports::Imports;
use crate::tabs::{Runners, Tabs};

/// Runs the modules of tabs.
#[derive(Debug)]
pub(crate) struct Session {
    hub: Arc<Hub>,
    tabs: Arc<Tabs>,
    builder: Arc<Builder>,
    runners: Arc<Runners>,
    imports: Arc<Imports>,
    next_record: AtomicU64,
}

impl Session {
    /// A new session. `next_record` is the number of the next run or call.
    pub(crate) fn new(
        hub: &Arc<Hub>,
        tabs: &Arc<Tabs>,
        builder: &Arc<Builder>,
        runners: &Arc<Runners>,
        imports: &Arc<Imports>,
        next_record: u64,
    ) -> Self {
        Self {
            hub: Arc::clone(hub),
            tabs: Arc::clone(tabs),
            builder: Arc::clone(builder),
            runners: Arc::clone(runners),
            imports: Arc::clone(imports),
            next_record: AtomicU64::new(next_record),
        }
    }

    /// The number of the next run or call.
    pub(crate) fn next_record(&self) -> u64 {
        self.next_record.load(Ordering::Relaxed)
    }
}
