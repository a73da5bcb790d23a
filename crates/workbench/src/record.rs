//! The end of a run or a call: its report, its row in the history, and who is told.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use watshop_protocol::page::{
    Cache, CallFigures, Compiler, Engine, Event, InstanceView, Optimisation, Outcome, RecordKind, RunRecord,
    RunReport, RunState, Settings, Timings,
};

use crate::activity::Turn;
use crate::bench::Bench;
use crate::run::nanoseconds;
use crate::source::Source;
use crate::state::Change;
use crate::sync::lock;
use crate::tab::Tab;

/// A run or call that has begun.
#[derive(Debug)]
pub(crate) struct Begun {
    at: Instant,
    at_ms: u64,
    kind: RecordKind,
    export: Option<String>,
    made_by: Made,
    revision: u64,
    figures: Option<CallFigures>,
}

/// Who made the code, as far as that is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Made {
    pub compiler: Option<Compiler>,
    pub engine: Engine,
    pub optimisation: Option<Optimisation>,
}

impl Made {
    /// By the settings, or whoever made a sealed artifact.
    pub(crate) fn of(settings: &Settings, source: &Source) -> Self {
        match source {
            Source::Sealed { passport: Some(passport), .. } => Self {
                compiler: passport.compiler(),
                engine: passport.engine,
                optimisation: passport.compiled.as_ref().map(|compiled| compiled.optimisation),
            },
            _ => Self {
                compiler: Some(settings.compiler),
                engine: settings.engine,
                optimisation: Some(settings.optimisation),
            },
        }
    }
}

impl Begun {
    /// It begins now.
    pub(crate) fn new(kind: RecordKind, export: Option<String>) -> Self {
        let at_ms = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let made_by = Made { compiler: None, engine: Engine::Jit, optimisation: None };
        Self {
            at: Instant::now(),
            at_ms: u64::try_from(at_ms).unwrap_or(0),
            kind,
            export,
            made_by,
            revision: 0,
            figures: None,
        }
    }

    /// What its many calls took.
    pub(crate) fn measured(&mut self, figures: Option<CallFigures>) {
        self.figures = figures;
    }

    /// Who makes or made its code.
    pub(crate) fn made_by(&mut self, made: Made) {
        self.made_by = made;
    }

    /// The version of the tab's text that runs.
    pub(crate) fn of_revision(&mut self, revision: u64) {
        self.revision = revision;
    }
}

impl Bench {
    /// Writes the report, keeps it, and tells everybody. The tab is free after this.
    pub(crate) fn finish(
        &self,
        tab: &Tab,
        turn: Turn,
        begun: Begun,
        mut timings: Timings,
        cache: Option<Cache>,
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
            figures: begun.figures,
            error,
        };
        let report = RunReport { record: record.clone(), outcome, revision: begun.revision };
        tab.console.end();
        {
            let mut held = tab.held();
            let out = held.remember(record.clone());
            held.report = Some(report.clone());
            self.state.keep(Change::Record { tab: tab.id, record: Box::new(record), out });
        }
        turn.end(|| {
            // In this order, as a state may also be told later than it is set: a tab rests when all of its run is told.
            self.hub.tell(Event::Finished { tab: tab.id, report: report.clone() });
            tab.feed.set(RunState::Idle);
        });
        report
    }

    /// The tab has this instance now; told where it is not as it was.
    pub(crate) fn set_instance(&self, tab: &Tab, instance: Option<InstanceView>) {
        let mut held = tab.held();
        if held.instance != instance {
            held.instance.clone_from(&instance);
            self.hub.tell(Event::Instance { tab: tab.id, instance });
        }
    }

    /// The tab's runner is gone or of no use any more.
    pub(crate) fn lose_runner(&self, tab: &Tab) {
        let lost = lock(&tab.runner).take();
        drop::<Option<Arc<_>>>(lost);
        self.set_instance(tab, None);
    }
}
