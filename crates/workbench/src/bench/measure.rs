//! The measuring of a bench: contenders take turns in every phase.

use std::sync::Arc;
use std::time::{Duration, Instant};
use watshop_protocol::say;

use watshop_protocol::instance::BenchCalls;
use watshop_protocol::page::{
    BenchComparison, BenchEntry, BenchMachine, BenchOrder, BenchedCalls, Error, ErrorCode, Phase,
    Result, RunState, Value, WarmUp,
};
use watshop_protocol::process::runner::CallEnd;

use super::entrant::{Entrant, OneCall, Subject};
use super::figures::{compare, series};
use super::machine::MachineWatch;
use crate::activity::RunGuard;
use crate::build::Builder;
use crate::tabs::Runners;

/// The rounds of phases, and those of calls, if the order names none.
const PHASE_ROUNDS: u32 = 10;
const CALL_ROUNDS: u32 = 20;

/// The rounds of calls after which a bench of long calls may end.
const FEWEST_ROUNDS: u32 = 6;

/// The time of a contender's compilations after which no more follow, if the order names no rounds.
const COMPILING: Duration = Duration::from_secs(4);

/// The most rounds of a whole program, if the order names none.
const PROGRAM_ROUNDS: u32 = 200;

/// A contender with all that was measured of it.
struct Measured {
    entry: BenchEntry,
    /// Its process. `None` if it could not start.
    entrant: Option<Entrant>,
    /// The nanoseconds of each round, by phase.
    compile: Vec<f64>,
    load: Vec<f64>,
    instantiate: Vec<f64>,
    /// The nanoseconds of each call.
    call: Vec<f64>,
    /// The median of the calls of each round.
    rounds: Vec<f64>,
    compiling: Duration,
    calling: Duration,
    command: bool,
}

/// A bench in progress.
pub(crate) struct Measurement<'a> {
    pub subject: &'a Subject,
    pub order: &'a BenchOrder,
    pub builder: &'a Builder,
    pub runners: &'a Runners,
    pub guard: &'a mut RunGuard,
    pub watch: MachineWatch,
}

/// The results of a bench.
pub(crate) struct Results {
    pub machine: BenchMachine,
    pub entries: Vec<BenchEntry>,
    pub comparisons: Vec<BenchComparison>,
}

impl Measurement<'_> {
    /// Measures everything that was ordered. A contender that fails is left out from then on.
    ///
    /// # Errors
    ///
    /// `stopped` if a person stopped it.
    pub(crate) async fn go(mut self) -> Result<Results> {
        let contenders = &self.order.contenders;
        let mut all: Vec<_> = contenders
            .iter()
            .map(|one| Measured::start(*one, self.subject, self.runners))
            .collect();
        let ended = self.measure(&mut all).await;
        let mut entries = Vec::with_capacity(all.len());
        let comparisons = comparisons(&all);
        for mut one in all {
            if let Some(entrant) = one.entrant.take() {
                one.entry.artifact_bytes = entrant.artifact_bytes();
                entrant.end().await;
            }
            entries.push(one.finish(self.subject).await);
        }
        ended?;
        Ok(Results { machine: self.watch.end(), entries, comparisons })
    }

    async fn measure(&mut self, all: &mut [Measured]) -> Result<()> {
        let rounds = if self.order.rounds > 0 { self.order.rounds } else { PHASE_ROUNDS };
        for round in 0..rounds {
            self.calibrate(all).await?;
            for one in all.iter_mut() {
                let part = f64::from(round) / f64::from(rounds);
                self.tell(Phase::Compile, part, one);
                let step = self.phases(one).await;
                one.note(step)?;
            }
        }
        let program = self.order.export.is_none() && all.iter().any(|one| one.command);
        match &self.order.export {
            Some(export) => self.calls(all, export.clone()).await?,
            None if program => self.program(all).await?,
            None => return Ok(()),
        }
        if self.subject.settings.count_instructions {
            for one in all.iter_mut() {
                self.tell(Phase::Compile, 1.0, one);
                let step = self.count(one).await;
                one.note(step)?;
            }
        }
        Ok(())
    }

    /// Counts the instructions of one call, in code of its own: code that counts is slower, so it is
    /// not measured.
    async fn count(&mut self, one: &mut Measured) -> Result<()> {
        if one.entrant.is_none() {
            return Ok(());
        }
        let contender = one.entry.contender;
        let mut entrant = Entrant::start(contender, self.subject, self.runners, true)?;
        let counted = self.count_call(&mut entrant).await;
        entrant.end().await;
        one.entry.instructions = counted?;
        Ok(())
    }

    async fn count_call(&mut self, entrant: &mut Entrant) -> Result<Option<u64>> {
        entrant.compile(self.subject, self.builder, self.guard).await?;
        self.guard.go_on()?;
        entrant.load(self.builder, self.guard).await?;
        entrant.instantiate(self.guard).await?;
        self.guard.go_on()?;
        let (export, arguments) = match &self.order.export {
            Some(export) => (export.as_str(), self.order.arguments.as_slice()),
            None => ("_start", &[][..]),
        };
        let OneCall { instructions, ended, .. } =
            entrant.call(export, arguments, self.guard).await?;
        match ended {
            CallEnd::Failed(error) => Err(*error),
            CallEnd::Returned(_) | CallEnd::Exited(_) => Ok(instructions),
        }
    }

    /// One round of a contender's phases before a call.
    async fn phases(&mut self, one: &mut Measured) -> Result<()> {
        let enough = self.order.rounds == 0 && one.compiling >= COMPILING;
        let Some(entrant) = &mut one.entrant else { return Ok(()) };
        if !enough || one.compile.is_empty() {
            let began = Instant::now();
            one.compile.push(entrant.compile(self.subject, self.builder, self.guard).await? as f64);
            one.compiling += began.elapsed();
        }
        self.guard.go_on()?;
        one.load.push(entrant.load(self.builder, self.guard).await? as f64);
        let made = entrant.instantiate(self.guard).await?;
        one.instantiate.push(made.ns as f64);
        one.command = made.command;
        self.guard.go_on()
    }

    /// Runs a whole program again and again, each time in a new instance.
    async fn program(&mut self, all: &mut [Measured]) -> Result<()> {
        let time = Duration::from_millis(self.order.time_ms.into());
        let rounds = match (self.order.rounds, self.order.calls) {
            (0, 0) => PROGRAM_ROUNDS,
            (0, calls) => calls,
            (rounds, _) => rounds,
        };
        let warm_up = u32::from(self.order.warm_up_ms > 0);
        for round in 0..rounds + warm_up {
            for one in all.iter_mut() {
                self.tell(Phase::Call, f64::from(round) / f64::from(rounds), one);
                let step = self.program_once(one, round < warm_up).await;
                one.note(step)?;
            }
            self.calibrate(all).await?;
            let late = all.iter().any(|one| one.calling >= time);
            if self.order.rounds == 0 && late && round >= FEWEST_ROUNDS {
                break;
            }
        }
        Ok(())
    }

    async fn program_once(&mut self, one: &mut Measured, warm_up: bool) -> Result<()> {
        let Some(entrant) = &mut one.entrant else { return Ok(()) };
        let made = entrant.instantiate(self.guard).await?;
        if !made.command {
            return Ok(());
        }
        let began = Instant::now();
        let OneCall { ns, ended, .. } = entrant.call("_start", &[], self.guard).await?;
        if let CallEnd::Failed(error) = ended {
            return Err(*error);
        }
        if warm_up {
            return Ok(());
        }
        one.instantiate.push(made.ns as f64);
        one.call.push(ns as f64);
        one.rounds.push(ns as f64);
        one.calling += began.elapsed();
        Ok(())
    }

    /// Calls an export in short turns.
    async fn calls(&mut self, all: &mut [Measured], export: String) -> Result<()> {
        let order = self.order;
        let rounds = match (order.rounds, order.calls) {
            (0, 0) => CALL_ROUNDS,
            (0, calls) => CALL_ROUNDS.min(calls),
            (rounds, _) => rounds,
        };
        let time = Duration::from_millis(order.time_ms.into());
        for round in 0..rounds {
            self.calibrate(all).await?;
            for one in all.iter_mut() {
                self.tell(Phase::Call, f64::from(round) / f64::from(rounds), one);
                let asked = BenchCalls {
                    export: export.clone(),
                    arguments: order.arguments.clone(),
                    calls: order.calls.div_ceil(rounds),
                    time_ms: if order.time_ms > 0 { (order.time_ms / rounds).max(1) } else { 0 },
                    warm_up_ms: if round == 0 { order.warm_up_ms } else { 0 },
                    batch: one.entry.calls.as_ref().map_or(0, |calls| calls.batch),
                    limit_ms: 0,
                };
                let step = self.turn(one, asked).await;
                one.note(step)?;
            }
            let late = all.iter().any(|one| one.calling >= time * 3);
            if order.rounds == 0 && order.time_ms > 0 && late && round + 1 >= FEWEST_ROUNDS {
                break;
            }
        }
        Ok(())
    }

    async fn turn(&mut self, one: &mut Measured, asked: BenchCalls) -> Result<()> {
        let Some(entrant) = &mut one.entrant else { return Ok(()) };
        let began = Instant::now();
        let (answer, samples) = entrant.bench(asked, self.guard).await?;
        one.calling += began.elapsed();
        let batch = f64::from(answer.batch.max(1));
        let times: Vec<_> = samples.iter().map(|ns| *ns as f64 / batch).collect();
        if let Some(sorted) = watshop_statistics::Sorted::new(times.iter().copied()) {
            one.rounds.push(sorted.median());
        }
        one.call.extend(times);
        let (results, failed) = match answer.ended {
            CallEnd::Returned(results) => (results, None),
            CallEnd::Exited(_) => (Vec::new(), Some(exited_error())),
            CallEnd::Failed(error) => (Vec::new(), Some(*error)),
        };
        one.add(answer.batch, answer.calls, answer.warm_up, answer.varies, results);
        failed.map_or(Ok(()), Err)
    }

    async fn calibrate(&mut self, all: &mut [Measured]) -> Result<()> {
        let alive = all.iter_mut().find_map(|one| one.entrant.as_mut());
        let Some(entrant) = alive else { return Ok(()) };
        // A runner that has died is noticed by the phase after this.
        if let Ok(measured) = entrant.calibrate(self.guard).await {
            self.watch.note(&measured);
        }
        self.guard.go_on()
    }

    fn tell(&self, phase: Phase, part: f64, one: &Measured) {
        let state = RunState::Running {
            phase,
            fraction: Some((part as f32).clamp(0.0, 1.0)),
            detail: Some(say!("{}", one.entry.contender.title())),
        };
        self.subject.tab.feed.set(state);
    }
}

impl Measured {
    fn start(
        contender: watshop_protocol::page::Contender,
        subject: &Subject,
        runners: &Runners,
    ) -> Self {
        let (entrant, error) = match Entrant::start(contender, subject, runners, false) {
            Ok(entrant) => (Some(entrant), None),
            Err(error) => (None, Some(error)),
        };
        let entry = BenchEntry {
            contender,
            artifact_bytes: None,
            phases: Vec::new(),
            calls: None,
            instructions: None,
            error,
        };
        Self {
            entry,
            entrant,
            compile: Vec::new(),
            load: Vec::new(),
            instantiate: Vec::new(),
            call: Vec::new(),
            rounds: Vec::new(),
            compiling: Duration::ZERO,
            calling: Duration::ZERO,
            command: false,
        }
    }

    /// Leaves a contender out that has failed. A person's Stop ends the whole bench.
    fn note(&mut self, step: Result<()>) -> Result<()> {
        match step {
            Err(error) if error.code == ErrorCode::Stopped => Err(error),
            Err(error) => {
                self.entry.artifact_bytes = self.entrant.take().and_then(|it| it.artifact_bytes());
                self.entry.error = Some(error);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    fn add(&mut self, batch: u32, calls: u64, warm_up: WarmUp, varies: bool, results: Vec<Value>) {
        let entry = self.entry.calls.get_or_insert_with(|| BenchedCalls {
            batch,
            calls: 0,
            warm_up,
            varies: false,
            results: Vec::new(),
        });
        entry.calls += calls;
        entry.varies |= varies || (!entry.results.is_empty() && entry.results != results);
        entry.results = results;
    }

    async fn finish(mut self, subject: &Subject) -> BenchEntry {
        let phases = [
            (Phase::Compile, &self.compile),
            (Phase::Load, &self.load),
            (Phase::Instantiate, &self.instantiate),
            (Phase::Call, &self.call),
        ];
        self.entry.phases =
            phases.into_iter().filter_map(|(phase, times)| series(phase, times)).collect();
        if let Some(error) = self.entry.error.take() {
            self.entry.error = Some(Arc::clone(&subject.shown).explain(error).await);
        }
        self.entry
    }
}

/// Finds the times of the rounds of a phase.
type TimesOf = fn(&Measured) -> &[f64];

/// Each two contenders in each phase.
fn comparisons(all: &[Measured]) -> Vec<BenchComparison> {
    let phases: [(Phase, TimesOf); 4] = [
        (Phase::Compile, |one| &one.compile),
        (Phase::Load, |one| &one.load),
        (Phase::Instantiate, |one| &one.instantiate),
        (Phase::Call, |one| &one.rounds),
    ];
    let mut found = Vec::new();
    for (phase, times) in phases {
        for (first, one) in all.iter().enumerate() {
            for (second, other) in all.iter().enumerate().skip(first + 1) {
                found.extend(compare(phase, (first, times(one)), (second, times(other))));
            }
        }
    }
    found
}

/// The error of an export that ends its program.
pub(super) fn exited_error() -> Error {
    Error::new(
        ErrorCode::BadRequest,
        say!("The export ended the program, so it cannot be called again."),
    )
}
