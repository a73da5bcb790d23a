//! The actions on a tab's module: run it, call it, look into its instance, and stop it.

mod call;
mod host_calls;
mod instance;
mod race;
mod record;
mod run;
mod wasi_calls;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use watshop_protocol::say;

use watshop_protocol::page::{Error, ErrorCode, Maker};

use crate::build::Builder;
use crate::events::Hub;
use crate::history::History;
use crate::imports::Imports;
use crate::tabs::{Runners, Source, Tab, Tabs};

/// Runs the modules of tabs.
#[derive(Debug)]
pub(crate) struct Session {
    hub: Arc<Hub>,
    tabs: Arc<Tabs>,
    builder: Arc<Builder>,
    runners: Arc<Runners>,
    imports: Arc<Imports>,
    history: Arc<History>,
    next_record: AtomicU64,
    races: race::Races,
}

impl Session {
    /// A new session. `next_record` is the number of the next run or call.
    pub(crate) fn new(
        hub: &Arc<Hub>,
        tabs: &Arc<Tabs>,
        builder: &Arc<Builder>,
        runners: &Arc<Runners>,
        imports: &Arc<Imports>,
        history: &Arc<History>,
        next_record: u64,
    ) -> Self {
        Self {
            hub: Arc::clone(hub),
            tabs: Arc::clone(tabs),
            builder: Arc::clone(builder),
            runners: Arc::clone(runners),
            imports: Arc::clone(imports),
            history: Arc::clone(history),
            next_record: AtomicU64::new(next_record),
            races: race::Races::default(),
        }
    }

    /// The number of the next run or call.
    pub(crate) fn next_record(&self) -> u64 {
        self.next_record.load(Ordering::Relaxed)
    }
}

/// The error of a lost runner. Untrusted code that a person allowed to run is named as the cause.
fn blame(tab: &Tab, error: Error) -> Error {
    let is_foreign = matches!(tab.held().source, Source::Sealed { maker: Maker::Unknown, .. });
    if error.code != ErrorCode::RunnerCrashed || !is_foreign {
        return error;
    }
    tracing::debug!(%error, "the code of an untrusted file ended its runner");
    Error::new(
        ErrorCode::RunnerCrashed,
        say!("The machine code of this file ended the process that ran it: the file is damaged, or its code is wrong."),
    )
    .help(say!("Fetch the file again, or compile the module again. Nothing outside of that process is harmed."))
}
