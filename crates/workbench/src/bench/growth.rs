//! Growth: contenders call an export with ever greater arguments, in turns.

use std::sync::Arc;
use watshop_protocol::say;

use watshop_protocol::instance::BenchCalls;
use watshop_protocol::page::{
    Contender, Error, ErrorCode, GrowthEntry, GrowthFit, GrowthLaw, GrowthOrder, GrowthPoint,
    GrowthReport, Phase, Result, RunState,
};
use watshop_protocol::process::runner::CallEnd;
use watshop_statistics::{self as statistics, Law, Sorted, Summary};

use super::{Benches, Entrant, LONGEST, MOST_CONTENDERS, Subject};
use crate::activity::RunGuard;
use crate::tabs::Tab;

/// The fewest and the most values.
const POINTS: (u32, u32) = (5, 100);

/// The part of a value's time in which it warms up.
const WARM_UP: u32 = 4;

/// A contender while it is measured.
struct Lane {
    entry: GrowthEntry,
    /// Its process. `None` if it has failed.
    entrant: Option<Entrant>,
}

impl Benches {
    /// Measures how the time of an export grows with an argument.
    ///
    /// # Errors
    ///
    /// `bad_request` for an order that cannot be measured, `stopped`, and those of the module. An
    /// error of a contender is in the report.
    pub(super) async fn measure_growth(
        &self,
        tab: &Arc<Tab>,
        order: GrowthOrder,
        guard: &mut RunGuard,
    ) -> Result<GrowthReport> {
        let subject = Subject::read(&self.tabs, tab).await?;
        let mut lanes = Vec::with_capacity(order.contenders.len());
        let mut ended = Ok(());
        for contender in &order.contenders {
            let mut lane = Lane::new(*contender);
            ended = ended.and(self.prepare(&mut lane, &subject, guard).await);
            lanes.push(lane);
        }
        let values = values(&order);
        for (at, n) in values.iter().enumerate() {
            for lane in &mut lanes {
                if ended.is_ok() {
                    tell(tab, Phase::Call, at as f32 / values.len() as f32, lane);
                    let step = lane.measure(&order, *n, values.len() as u32, guard).await;
                    ended = lane.note(step);
                }
            }
        }
        let mut entries = Vec::with_capacity(lanes.len());
        for lane in lanes {
            entries.push(lane.finish(&subject).await);
        }
        ended.map(|()| GrowthReport { order, entries })
    }

    /// Compiles, loads and makes the instance that is called.
    async fn prepare(
        &self,
        lane: &mut Lane,
        subject: &Subject,
        guard: &mut RunGuard,
    ) -> Result<()> {
        tell(&subject.tab, Phase::Compile, 0.0, lane);
        let step = async {
            guard.go_on()?;
            let entrant = Entrant::start(lane.entry.contender, subject, &self.runners, false)?;
            let entrant = lane.entrant.insert(entrant);
            entrant.compile(subject, &self.builder, guard).await?;
            entrant.load(&self.builder, guard).await?;
            entrant.instantiate(guard).await.map(drop)
        };
        let step = step.await;
        lane.note(step)
    }
}

impl Lane {
    fn new(contender: Contender) -> Self {
        let entry = GrowthEntry { contender, points: Vec::new(), fit: None, error: None };
        Self { entry, entrant: None }
    }

    /// Measures one value.
    async fn measure(
        &mut self,
        order: &GrowthOrder,
        n: u32,
        values: u32,
        guard: &mut RunGuard,
    ) -> Result<()> {
        guard.go_on()?;
        let Some(entrant) = &mut self.entrant else { return Ok(()) };
        let mut arguments = order.arguments.clone();
        if let Some(swept) = arguments.get_mut(order.swept as usize) {
            *swept = n.to_string();
        }
        let time_ms = (order.time_ms / values).max(1);
        let asked = BenchCalls {
            export: order.export.clone(),
            arguments,
            calls: 0,
            time_ms,
            warm_up_ms: time_ms / WARM_UP,
            batch: 0,
            limit_ms: 0,
        };
        let (answer, samples) = entrant.bench(asked, guard).await?;
        match answer.ended {
            CallEnd::Returned(_) => {}
            CallEnd::Exited(_) => return Err(super::measure::exited_error()),
            CallEnd::Failed(error) => return Err(*error),
        }
        let batch = f64::from(answer.batch.max(1));
        let times = samples.iter().map(|ns| *ns as f64 / batch);
        if let Some(sorted) = Sorted::new(times) {
            let Summary { median, interval, .. } = Summary::of(&sorted);
            let point = GrowthPoint { n, median, low: interval.low, high: interval.high };
            self.entry.points.push(point);
        }
        Ok(())
    }

    /// Leaves a contender out that has failed. A person's Stop ends all.
    fn note(&mut self, step: Result<()>) -> Result<()> {
        match step {
            Err(error) if error.code != ErrorCode::Stopped => {
                self.entry.error = Some(error);
                self.entrant = None;
                Ok(())
            }
            step => step,
        }
    }

    async fn finish(mut self, subject: &Subject) -> GrowthEntry {
        if let Some(entrant) = self.entrant {
            entrant.end().await;
        }
        let points: Vec<_> =
            self.entry.points.iter().map(|point| (f64::from(point.n), point.median)).collect();
        self.entry.fit = statistics::fit(&points).map(fit);
        if let Some(error) = self.entry.error.take() {
            self.entry.error = Some(Arc::clone(&subject.shown).explain(error).await);
        }
        self.entry
    }
}

/// The values of the argument, evenly spread, each once.
fn values(order: &GrowthOrder) -> Vec<u32> {
    let (from, to) = (u64::from(order.from), u64::from(order.to));
    let last = u64::from(order.points - 1);
    let at = |point: u64| (from + ((to - from) * point + last / 2) / last) as u32;
    let mut all: Vec<_> = (0..=last).map(at).collect();
    all.dedup();
    all
}

fn fit(growth: statistics::Growth) -> GrowthFit {
    let law = match growth.law {
        Law::Constant => GrowthLaw::Constant,
        Law::Linear => GrowthLaw::Linear,
        Law::LogLinear => GrowthLaw::LogLinear,
        Law::Quadratic => GrowthLaw::Quadratic,
        Law::Exponential => GrowthLaw::Exponential,
    };
    let statistics::Growth { offset, slope, base, error, confidence, .. } = growth;
    GrowthFit { law, offset, slope, base, error, confidence }
}

fn tell(tab: &Tab, phase: Phase, part: f32, lane: &Lane) {
    let detail = Some(say!("{}", lane.entry.contender.title()));
    tab.feed.set(RunState::Running { phase, fraction: Some(part), detail });
}

/// Checks an order of a page.
pub(super) fn check(order: &GrowthOrder) -> Result<()> {
    let why = if !(1..=MOST_CONTENDERS).contains(&order.contenders.len()) {
        say!("Growth has 1 to {MOST_CONTENDERS} contenders.")
    } else if order.swept as usize >= order.arguments.len() {
        say!("The argument that grows is not one of the arguments.")
    } else if !(POINTS.0..=POINTS.1).contains(&order.points) {
        say!("Growth has {} to {} values.", POINTS.0, POINTS.1)
    } else if order.to.saturating_sub(order.from) < POINTS.0 - 1 {
        say!("A law needs at least {} values from the least to the greatest.", POINTS.0)
    } else if !(1..=LONGEST).contains(&order.time_ms) {
        say!("Growth takes 1 to {LONGEST} ms for each contender.")
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorCode::BadRequest, why))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(from: u32, to: u32, points: u32) -> GrowthOrder {
        let arguments = vec!["0".to_owned()];
        let (export, contenders) = (String::new(), Vec::new());
        GrowthOrder { export, arguments, swept: 0, from, to, points, contenders, time_ms: 1 }
    }

    #[test]
    fn the_values_are_evenly_spread_and_each_is_there_once() {
        assert_eq!(values(&order(0, 100, 5)), [0, 25, 50, 75, 100]);
        assert_eq!(values(&order(3, 7, 100)), [3, 4, 5, 6, 7]);
        let wide = values(&order(0, u32::MAX, 5));
        assert_eq!((wide.len(), wide[4]), (5, u32::MAX));
    }
}
