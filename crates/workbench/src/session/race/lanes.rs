//! The contenders of a race while they work.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::Semaphore;
use watshop_child::nanoseconds;
use watshop_protocol::page::{
    Error, ErrorCode, LaneState, Outcome, Phase, RaceOrder, Result, RunState, Timings,
};
use watshop_protocol::process::runner::CallEnd;

use super::{RaceControl, Stops, TOLD, rank};
use crate::activity::{RunGuard, RunSlot, stopped};
use crate::bench::{Entrant, OneCall, Subject};
use crate::events::Hub;
use crate::feed::Feed;
use crate::session::Session;
use crate::sync::lock;
use crate::tabs::{CompiledBy, Tab};

/// The contenders of a race.
pub(super) struct Lanes {
    pub session: Arc<Session>,
    pub subject: Arc<Subject>,
    pub order: RaceOrder,
    pub control: Arc<RaceControl>,
    pub began: Instant,
}

impl Lanes {
    /// The contenders, the one that compiles fastest first.
    pub(super) fn by_speed(&self) -> Vec<usize> {
        let mut all: Vec<_> = (0..self.order.contenders.len()).collect();
        all.sort_by_key(|at| rank(&self.order.contenders[*at]));
        all
    }

    /// The compiler and the engine of a contender.
    pub(super) fn made_by(&self, lane: usize) -> CompiledBy {
        let contender = self.order.contenders[lane];
        CompiledBy {
            compiler: Some(contender.compiler),
            engine: contender.engine,
            optimisation: Some(contender.optimisation),
        }
    }

    /// The times and the outcome of a contender that is ready.
    pub(super) fn outcome(&self, lane: usize) -> (Timings, Outcome) {
        let lane = lock(&self.control.view).lanes[lane].clone();
        let outcome = match (lane.status, lane.results) {
            (Some(status), _) => Outcome::Exited { status },
            (None, results) if self.order.export.is_some() => Outcome::Returned { results },
            (None, _) => Outcome::Ready,
        };
        (lane.timings, outcome)
    }

    /// The error of a race in which every contender failed or was stopped.
    pub(super) fn no_result(&self) -> Error {
        // A lane without an error was stopped.
        let lanes = lock(&self.control.view).lanes.clone();
        lanes.into_iter().find_map(|lane| lane.error).unwrap_or_else(stopped)
    }

    /// Races the contenders behind the first, as many at once as there are cores for.
    pub(super) async fn others(&self, waiting: Vec<usize>, tab: &Arc<Tab>) {
        let together = lock(&self.control.view).together as usize;
        let cores = Semaphore::new(together);
        let one = async |lane: usize| {
            let mut stop = self.control.stop.subscribe();
            let turn = tokio::select! {
                biased;
                _ = stop.wait_for(|stops| stops.of(lane)) => None,
                turn = cores.acquire() => turn.ok(),
            };
            let Some(_turn) = turn else {
                return self.control.change(lane, |lane| lane.state = LaneState::Stopped);
            };
            if let Some(entrant) = self.stoppable(lane, None).await {
                self.session.offer(tab, &self.control, lane, entrant);
                self.session.tell_race(&self.control);
            }
        };
        join(waiting.into_iter().map(one).collect()).await;
    }

    /// One contender, with a guard of its own, so that it can be stopped alone. The first has the
    /// tab's guard too: who stops the tab ends the race.
    pub(super) async fn stoppable(
        &self,
        lane: usize,
        mut held: Option<&mut RunGuard>,
    ) -> Option<Entrant> {
        let first = held.is_some();
        let feed = Arc::new(Feed::new(self.control.tab, Arc::new(Hub::new())));
        let slot = Arc::new(RunSlot::new(&feed));
        let mut guard = slot.begin().ok()?;
        let mut stop = self.control.stop.subscribe();
        let mut stopping = None;
        let ended = {
            let mut work = std::pin::pin!(self.one(lane, &mut guard, first));
            loop {
                tokio::select! {
                    ended = &mut work => break ended,
                    () = stopped_tab(&mut held), if stopping.is_none() => {
                        self.control.stop.send_modify(Stops::all);
                    }
                    _ = stop.wait_for(|stops| stops.of(lane)), if stopping.is_none() => {
                        let slot = Arc::clone(&slot);
                        stopping = Some(tokio::spawn(async move { slot.stop().await }));
                    }
                }
            }
        };
        guard.end(|| {});
        if let (Some(stopping), Some(held)) = (stopping, held)
            && let Ok(how) = stopping.await
        {
            held.was_stopped(how);
        }
        ended
    }

    /// Compiles, loads, instantiates and calls. `None` if it failed or was stopped, which its lane
    /// says.
    pub(super) async fn one(
        &self,
        lane: usize,
        guard: &mut RunGuard,
        first: bool,
    ) -> Option<Entrant> {
        self.control.change(lane, |lane| lane.state = LaneState::Running);
        self.session.tell_race(&self.control);
        let ended = self.phases(lane, guard, first).await;
        let ready = nanoseconds(self.began.elapsed());
        match ended {
            Ok(entrant) => {
                self.control.change(lane, |lane| {
                    (lane.state, lane.phase, lane.fraction) = (LaneState::Ready, None, None);
                    lane.ready_ns = Some(ready);
                });
                Some(entrant)
            }
            Err(error) => {
                let is_stop = error.code == ErrorCode::Stopped;
                let error = Arc::clone(&self.subject.shown).explain(error).await;
                self.control.change(lane, |lane| {
                    (lane.phase, lane.fraction) = (None, None);
                    lane.state = if is_stop { LaneState::Stopped } else { LaneState::Failed };
                    lane.error = (!is_stop).then_some(error);
                });
                None
            }
        }
    }

    async fn phases(&self, lane: usize, guard: &mut RunGuard, first: bool) -> Result<Entrant> {
        let Session { builder, runners, .. } = &*self.session;
        let contender = self.order.contenders[lane];
        let enter = |phase| self.control.change(lane, |lane| lane.phase = Some(phase));
        enter(Phase::Compile);
        let mut entrant = Entrant::start_beside(contender, &self.subject, runners, !first)?;
        let feed = Arc::clone(entrant.feed());
        let compile = {
            let mut work = std::pin::pin!(entrant.compile(&self.subject, builder, guard));
            loop {
                tokio::select! {
                    compiled = &mut work => break compiled?,
                    () = tokio::time::sleep(TOLD) => {
                        if let RunState::Running { fraction, .. } = feed.state() {
                            self.control.change(lane, |lane| lane.fraction = fraction);
                        }
                    }
                }
            }
        };
        let size = entrant.artifact_bytes();
        self.control.change(lane, |lane| {
            lane.timings.compile = Some(compile);
            lane.fraction = None;
            lane.artifact_bytes = size;
        });
        guard.go_on()?;
        enter(Phase::Load);
        let load = entrant.load(builder, guard).await?;
        self.control.change(lane, |lane| lane.timings.load = Some(load));
        guard.go_on()?;
        enter(Phase::Instantiate);
        let made = entrant.instantiate(guard).await?;
        self.control.change(lane, |lane| lane.timings.instantiate = Some(made.ns));
        guard.go_on()?;
        let (export, arguments) = match &self.order.export {
            _ if made.command => ("_start", &[][..]),
            Some(export) => (export.as_str(), &self.order.arguments[..]),
            None => return Ok(entrant),
        };
        enter(Phase::Call);
        let OneCall { ns, ended, .. } = entrant.call(export, arguments, guard).await?;
        self.control.change(lane, |lane| lane.timings.call = Some(ns));
        match ended {
            CallEnd::Returned(results) => {
                self.control.change(lane, |lane| lane.results = results);
            }
            CallEnd::Exited(status) => {
                self.control.change(lane, |lane| lane.status = Some(status));
            }
            CallEnd::Failed(error) => return Err(*error),
        }
        Ok(entrant)
    }
}

/// Waits for the order to stop the tab. Without the tab's guard it waits for ever.
async fn stopped_tab(held: &mut Option<&mut RunGuard>) {
    match held {
        Some(held) => held.stopped().await,
        None => std::future::pending().await,
    }
}

/// Waits for all of them, side by side in one task.
async fn join(all: Vec<impl Future<Output = ()>>) {
    let mut all: Vec<_> = all.into_iter().map(|one| Some(Box::pin(one))).collect();
    std::future::poll_fn(|context| {
        for one in &mut all {
            if one.as_mut().is_some_and(|one| one.as_mut().poll(context).is_ready()) {
                *one = None;
            }
        }
        match all.iter().all(Option::is_none) {
            true => std::task::Poll::Ready(()),
            false => std::task::Poll::Pending,
        }
    })
    .await;
}
