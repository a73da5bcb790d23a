//! Ends a run or a call: its report, its row in the history, and its event.

use std::sync::atomic::Ordering;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use watshop_child::nanoseconds;
use watshop_protocol::page::{
    CacheUse, CallFigures, Engine, Event, Outcome, RecordKind, RunRecord, RunReport, RunState,
    Timings,
};

use super::Session;
use crate::activity::RunGuard;
use crate::history::PastRun;
use crate::tabs::{CompiledBy, Tab};

/// A run or call that has begun.
#[derive(Debug)]
pub(crate) struct RunStart {
    at: Instant,
    at_ms: u64,
    kind: RecordKind,
    export: Option<String>,
    made_by: CompiledBy,
    revision: u64,
    instructions: Option<u64>,
    figures: Option<CallFigures>,
}

impl RunStart {
    /// A run or call that begins now.
    pub(crate) fn new(kind: RecordKind, export: Option<String>) -> Self {
        let at_ms = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let made_by = CompiledBy { compiler: None, engine: Engine::Jit, optimisation: None };
        Self {
            at: Instant::now(),
            at_ms: u64::try_from(at_ms).unwrap_or(0),
            kind,
            export,
            made_by,
            revision: 0,
            instructions: None,
            figures: None,
        }
    }

    /// Sets the figures of many calls.
    pub(crate) fn measured(&mut self, figures: Option<CallFigures>) {
        self.figures = figures;
    }

    /// Sets the instructions that were counted.
    pub(crate) fn counted(&mut self, instructions: Option<u64>) {
        self.instructions = instructions;
    }

    /// Sets the compiler and engine of its code.
    pub(crate) fn made_by(&mut self, made: CompiledBy) {
        self.made_by = made;
    }

    /// Sets the revision of the tab's text that runs.
    pub(crate) fn of_revision(&mut self, revision: u64) {
        self.revision = revision;
    }
}

impl Session {
    /// Completes the report, keeps it, and sends it to all listeners. The tab is free after this.
    pub(crate) fn finish(
        &self,
        tab: &Tab,
        guard: RunGuard,
        begun: RunStart,
        mut timings: Timings,
        cache: Option<CacheUse>,
        outcome: Outcome,
    ) -> RunReport {
        timings.total = Some(nanoseconds(begun.at.elapsed()));
        let error = match &outcome {
            Outcome::Failed { error } => Some(error.code),
            _ => None,
        };
        let record = RunRecord {
            id: self.next_record.fetch_add(1, Ordering::Relaxed),
            at_ms: begun.at_ms,
            kind: begun.kind,
            compiler: begun.made_by.compiler,
            engine: begun.made_by.engine,
            optimisation: begun.made_by.optimisation,
            cache,
            export: begun.export,
            timings,
            instructions: begun.instructions,
            figures: begun.figures,
            error,
        };
        let title = tab.held().title.clone();
        self.history.add(PastRun { title, record: record.clone() });
        let report = RunReport { record, outcome, revision: begun.revision };
        tab.console.end();
        self.tabs.report(tab, report.clone());
        guard.end(|| {
            // The order matters, because a state may be sent later than it is set: a tab is idle
            // only after its run has been reported.
            self.hub.tell(Event::Finished { tab: tab.id, report: report.clone() });
            tab.feed.set(RunState::Idle);
        });
        report
    }
}
