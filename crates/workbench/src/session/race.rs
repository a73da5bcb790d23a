//! A race: the fastest compiler begins alone, so that the first result comes as soon as without a
//! race. The others follow, and the tab moves up to better code as long as nothing is lost by that.

mod lanes;
mod stops;

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use watshop_protocol::Sentence;
use watshop_protocol::say;

use tokio::sync::watch;
use watshop_parent::timed;
use watshop_protocol::page::{
    Compiler, Contender, Engine, Error, ErrorCode, Event, LaneState, Optimisation, Outcome, Phase,
    Race, RaceLane, RaceOrder, RecordKind, Result, RunState, TabId, Timings,
};

use super::Session;
use super::record::RunStart;
use crate::activity::{RunGuard, stopped};
use crate::bench::{Entrant, MOST_CONTENDERS, Subject};
use crate::sync::lock;
use crate::tabs::{CompiledBy, SourceMap, Tab};
use lanes::Lanes;
use stops::Stops;

/// The time between two events about the progress of a race.
const TOLD: Duration = Duration::from_millis(100);

/// The races of tabs, as long as their contenders have processes.
pub(super) type Races = Mutex<HashMap<TabId, Arc<RaceControl>>>;

/// A race, for those that look at it or end it.
#[derive(Debug)]
pub(super) struct RaceControl {
    pub(super) tab: TabId,
    pub(super) view: Mutex<Race>,
    stop: watch::Sender<Stops>,
    /// The text that is compiled.
    shown: Arc<SourceMap>,
    /// The number of the instance that the race gave the tab. 0 is none.
    generation: Mutex<u32>,
    /// The contenders that are ready and are not the tab's.
    ready: Mutex<HashMap<usize, Entrant>>,
}

impl RaceControl {
    pub(super) fn change(&self, lane: usize, how: impl FnOnce(&mut RaceLane)) {
        if let Some(lane) = lock(&self.view).lanes.get_mut(lane) {
            how(lane);
        }
    }

    fn race(&self) -> Race {
        lock(&self.view).clone()
    }
}

/// A race whose reply is awaited. Its drop stops every contender that still works, and none if the reply
/// was given.
struct Leaving(watch::Sender<Stops>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.send_modify(Stops::all);
    }
}

impl Session {
    /// Races, and gives the end of the race. The tab can be used as soon as the first contender is
    /// ready.
    ///
    /// # Errors
    ///
    /// `bad_request` for a race without contenders, `busy`, `stopped` before the first result, and
    /// those of the module. The error of a contender is in its lane.
    pub(crate) async fn race(self: &Arc<Self>, tab: Arc<Tab>, order: RaceOrder) -> Result<Race> {
        if !(1..=MOST_CONTENDERS).contains(&order.contenders.len()) {
            let why = say!("A race has 1 to {MOST_CONTENDERS} contenders.");
            return Err(Error::new(ErrorCode::BadRequest, why));
        }
        let guard = tab.begin()?;
        self.end_race(tab.id);
        // If the caller stops waiting, this future is dropped, and the guard with it.
        let stop = watch::Sender::default();
        let _leaving = order.ends_with_page.then(|| Leaving(stop.clone()));
        let session = Arc::clone(self);
        let race = async move { session.race_to_the_end(tab, order, stop, guard).await };
        tokio::spawn(timed("race", race)).await.unwrap_or_else(|error| {
            let why = say!("The race ended before its time: {error}.");
            Err(Error::new(ErrorCode::RunnerCrashed, why))
        })
    }

    /// The race of a tab that goes on, or its last one.
    pub(crate) fn race_of(&self, tab: TabId) -> Option<Race> {
        lock(&self.races).get(&tab).map(|control| control.race())
    }

    /// Stops a contender of a tab's race, or all that still work. Without a race it does nothing.
    ///
    /// # Errors
    ///
    /// `bad_request` if the race has no such contender.
    pub(crate) fn stop_race(&self, tab: TabId, lane: Option<u32>) -> Result<()> {
        let Some(control) = lock(&self.races).get(&tab).cloned() else { return Ok(()) };
        let Some(lane) = lane.map(|lane| lane as usize) else {
            control.stop.send_modify(Stops::all);
            return Ok(());
        };
        if lane >= lock(&control.view).lanes.len() {
            let why = say!("The race has no contender {lane}.");
            return Err(Error::new(ErrorCode::BadRequest, why));
        }
        control.stop.send_modify(|stops| stops.one(lane));
        Ok(())
    }

    /// Ends a tab's race with the processes of its contenders.
    pub(crate) fn end_race(&self, tab: TabId) {
        if let Some(control) = lock(&self.races).remove(&tab) {
            control.stop.send_modify(Stops::all);
        }
    }

    /// Gives the tab the instance of a contender that is ready, because the person says so. The state
    /// of the instance before is dropped.
    ///
    /// # Errors
    ///
    /// `bad_request` if that contender has no instance, `busy` if the tab is in use.
    pub(crate) fn move_up(&self, tab: &Arc<Tab>, lane: u32) -> Result<Race> {
        let control = lock(&self.races).get(&tab.id).cloned();
        let none = || Error::new(ErrorCode::BadRequest, say!("That contender has no instance."));
        let control = control.ok_or_else(none)?;
        let guard = tab.begin()?;
        let entrant = lock(&control.ready).remove(&(lane as usize));
        let moved = entrant.map(|entrant| self.adopt(tab, &control, lane as usize, entrant));
        guard.end(|| {});
        moved.ok_or_else(none)?;
        control.change(lane as usize, |lane| lane.kept = false);
        self.tell_race(&control);
        Ok(control.race())
    }

    async fn race_to_the_end(
        self: Arc<Self>,
        tab: Arc<Tab>,
        order: RaceOrder,
        stop: watch::Sender<Stops>,
        guard: RunGuard,
    ) -> Result<Race> {
        let began = Instant::now();
        let mut begun = RunStart::new(RecordKind::Run, None);
        tab.feed.set(RunState::Running { phase: Phase::Parse, fraction: None, detail: None });
        let subject = match Subject::read(&self.tabs, &tab).await {
            Ok(subject) => Arc::new(subject),
            Err(error) => {
                guard.end(|| tab.feed.set(RunState::Idle));
                return Err(error);
            }
        };
        begun.of_revision(subject.shown.revision());
        let control = Arc::new(control_of(tab.id, &order, &subject, stop));
        lock(&self.races).insert(tab.id, Arc::clone(&control));
        self.tell_race(&control);
        let teller = tokio::spawn(timed("race", {
            // Everything that changes from here on is told, also before the task has begun.
            let (session, control, told) =
                (Arc::clone(&self), Arc::clone(&control), control.race());
            async move { session.tell_progress(&control, told).await }
        }));
        let run = Lanes { session: Arc::clone(&self), subject, order, control, began };
        let mut waiting = run.by_speed();
        // The first works alone, with the tab's own guard. If it fails, the next is the first.
        let mut guard = Some(guard);
        while let Some(mut held) = guard.take() {
            let Some(lane) = (!waiting.is_empty()).then(|| waiting.remove(0)) else {
                let error = run.no_result();
                let outcome = Outcome::Failed { error };
                self.finish(&tab, held, begun, Timings::default(), None, outcome);
                break;
            };
            tab.feed.set(running(Phase::Compile, say!("{}", run.order.contenders[lane].title())));
            let ended = run.stoppable(lane, Some(&mut held)).await;
            match ended {
                Some(entrant) => {
                    begun.made_by(run.made_by(lane));
                    self.adopt(&tab, &run.control, lane, entrant);
                    let (timings, outcome) = run.outcome(lane);
                    self.finish(&tab, held, begun, timings, None, outcome);
                    self.tell_race(&run.control);
                    break;
                }
                None if run.control.stop.borrow().is_over() => {
                    let outcome = Outcome::Failed { error: stopped() };
                    self.finish(&tab, held, begun, Timings::default(), None, outcome);
                    break;
                }
                None => guard = Some(held),
            }
        }
        run.others(waiting, &tab).await;
        teller.abort();
        lock(&run.control.view).over = true;
        self.tell_race(&run.control);
        Ok(run.control.race())
    }

    /// Gives the tab the instance of a contender.
    fn adopt(&self, tab: &Arc<Tab>, control: &RaceControl, lane: usize, entrant: Entrant) {
        let source = tab.held().source.clone();
        let settings = entrant.settings().clone();
        let Some((runner, artifact, exports, memories)) = entrant.into_parts() else { return };
        let generation = {
            let mut held = tab.held();
            held.generation += 1;
            held.memories = memories;
            held.made = Some(CompiledBy::of(&settings, &source));
            held.artifact = Some(artifact);
            held.shown = Arc::clone(&control.shown);
            held.generation
        };
        let runner = self.runners.adopt(tab, runner);
        tab.touched.store(false, Ordering::SeqCst);
        *lock(&control.generation) = generation;
        let view = tab.view_of(generation, exports, &runner);
        self.tabs.set_instance(tab, Some(view));
        lock(&control.view).used = u32::try_from(lane).ok();
    }

    /// Moves the tab up to a contender's instance if nothing is lost by that. Otherwise the contender
    /// waits until the person says so.
    pub(super) fn offer(
        &self,
        tab: &Arc<Tab>,
        control: &RaceControl,
        lane: usize,
        entrant: Entrant,
    ) {
        let free = tab.begin();
        let untouched = !tab.touched.load(Ordering::SeqCst)
            && tab.held().generation == *lock(&control.generation);
        let better = {
            let view = lock(&control.view);
            let rank_of = |lane: usize| view.lanes.get(lane).map(|lane| rank(&lane.contender));
            view.used.is_none_or(|used| rank_of(lane) > rank_of(used as usize))
        };
        match free {
            Ok(guard) if untouched && better => {
                self.adopt(tab, control, lane, entrant);
                guard.end(|| {});
            }
            free => {
                drop(free.map(|guard| guard.end(|| {})));
                lock(&control.ready).insert(lane, entrant);
                control.change(lane, |lane| lane.kept = true);
            }
        }
    }

    /// Tells of each change since `told`.
    async fn tell_progress(&self, control: &RaceControl, mut told: Race) {
        loop {
            tokio::time::sleep(TOLD).await;
            let now = control.race();
            if now != told {
                self.tell_race(control);
                told = now;
            }
        }
    }

    pub(super) fn tell_race(&self, control: &RaceControl) {
        let newer = lock(&self.races).get(&control.tab).cloned();
        if newer.is_some_and(|newer| !std::ptr::eq(Arc::as_ptr(&newer), control)) {
            return;
        }
        // Two threads tell of a race. Under the lock, the one that read first tells first.
        let view = lock(&control.view);
        self.hub.tell(Event::Race { tab: control.tab, race: view.clone() });
    }
}

/// The order of contenders: those that compile fast come first, and those with fast code last.
fn rank(contender: &Contender) -> (u8, u8, u8) {
    let compiler = match contender.compiler {
        Compiler::Singlepass => 0,
        Compiler::Cranelift => 1,
        Compiler::Llvm => 2,
    };
    let level = u8::from(contender.optimisation != Optimisation::None);
    (compiler, level, u8::from(contender.engine == Engine::Native))
}

fn running(phase: Phase, detail: Sentence) -> RunState {
    RunState::Running { phase, fraction: None, detail: Some(detail) }
}

fn control_of(
    tab: TabId,
    order: &RaceOrder,
    subject: &Subject,
    stop: watch::Sender<Stops>,
) -> RaceControl {
    // A compiler uses several threads, so half of the cores are enough for the others.
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let lane = |contender: &Contender| RaceLane {
        contender: *contender,
        state: LaneState::Waiting,
        phase: None,
        fraction: None,
        timings: Timings::default(),
        ready_ns: None,
        artifact_bytes: None,
        results: Vec::new(),
        kept: false,
        status: None,
        error: None,
    };
    RaceControl {
        tab,
        view: Mutex::new(Race {
            revision: subject.shown.revision(),
            export: order.export.clone(),
            arguments: order.arguments.clone(),
            lanes: order.contenders.iter().map(lane).collect(),
            together: u32::try_from((cores / 2).max(1)).unwrap_or(1),
            used: None,
            over: false,
        }),
        stop,
        shown: Arc::clone(&subject.shown),
        generation: Mutex::new(0),
        ready: Mutex::default(),
    }
}
