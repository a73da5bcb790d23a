//! Benches: honest figures of a module by several compilers and engines, which take turns.

mod announcement;
mod changes;
mod compilation;
mod csv;
mod entrant;
mod figures;
mod growth;
mod html;
mod kept;
mod machine;
mod measure;
mod svg;
mod text;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use watshop_protocol::say;

use watshop_parent::timed;
use watshop_protocol::page::{
    BenchModule, BenchOrder, BenchPick, BenchRatio, BenchReport, Error, ErrorCode, GrowthOrder,
    GrowthReport, KeptBenches, Measured, Phase, Result, RunState, TabId,
};
use watshop_protocol::passport::WASMER;
use watshop_protocol::registry::ReportForm;

use crate::activity::RunGuard;
use crate::build::Builder;
use crate::sync::lock;
use crate::tabs::{Runners, Tab, Tabs};

use changes::ratio_of;
use kept::Kept;
use machine::MachineWatch;
use measure::{Measurement, Results};

pub(crate) use announcement::announcement_program;
pub use announcement::{Announcement, Chart2021, announcement_file};
pub use changes::{BenchChange, compare_reports, read_report};
pub(crate) use entrant::{Entrant, OneCall, Subject};
pub use text::time_text;

/// The most contenders of a bench: two forms of six compilers and levels.
pub(crate) const MOST_CONTENDERS: usize = 12;

/// The most milliseconds of a contender's calls and of its warm-up: an hour.
const LONGEST: u32 = 3_600_000;

/// The most rounds.
const MOST_ROUNDS: u32 = 10_000;

/// Benches the modules of tabs.
#[derive(Debug)]
pub(crate) struct Benches {
    tabs: Arc<Tabs>,
    builder: Arc<Builder>,
    runners: Arc<Runners>,
    kept: Mutex<HashMap<TabId, Kept>>,
}

impl Benches {
    /// A bench for each tab that asks.
    pub(crate) fn new(tabs: &Arc<Tabs>, builder: &Arc<Builder>, runners: &Arc<Runners>) -> Self {
        Self {
            tabs: Arc::clone(tabs),
            builder: Arc::clone(builder),
            runners: Arc::clone(runners),
            kept: Mutex::default(),
        }
    }

    /// Benches a tab's module. It goes on to its end even if the caller stops waiting.
    ///
    /// # Errors
    ///
    /// `bad_request` for an order that cannot be measured, `busy`, `stopped`, and those of the
    /// module. An error of a contender is in the report.
    pub(crate) async fn bench(
        self: &Arc<Self>,
        tab: Arc<Tab>,
        order: BenchOrder,
    ) -> Result<BenchReport> {
        check(&order)?;
        let guard = tab.begin()?;
        let benches = Arc::clone(self);
        let work = async move { benches.bench_to_the_end(tab, order, guard).await };
        let ended = tokio::spawn(timed("bench", work)).await;
        let report = ended.unwrap_or_else(|error| {
            let why = say!("The bench ended before its time: {error}.");
            Err(Error::new(ErrorCode::RunnerCrashed, why))
        })?;
        Ok((*report).clone())
    }

    /// Measures how the time of an export grows with an argument. It goes on to its end even if the
    /// caller stops waiting.
    ///
    /// # Errors
    ///
    /// `bad_request` for an order that cannot be measured, `busy`, `stopped`, and those of the
    /// module. An error of a contender is in the report.
    pub(crate) async fn growth(
        self: &Arc<Self>,
        tab: Arc<Tab>,
        order: GrowthOrder,
    ) -> Result<GrowthReport> {
        growth::check(&order)?;
        let mut guard = tab.begin()?;
        let benches = Arc::clone(self);
        let work = async move {
            let report = benches.measure_growth(&tab, order, &mut guard).await;
            if let Ok(report) = &report {
                lock(&benches.kept).entry(tab.id).or_default().growth = Some(report.clone());
            }
            guard.end(|| tab.feed.set(RunState::Idle));
            report
        };
        tokio::spawn(timed("growth", work)).await.unwrap_or_else(|error| {
            let why = say!("The bench ended before its time: {error}.");
            Err(Error::new(ErrorCode::RunnerCrashed, why))
        })
    }

    async fn bench_to_the_end(
        &self,
        tab: Arc<Tab>,
        order: BenchOrder,
        mut guard: RunGuard,
    ) -> Result<Arc<BenchReport>> {
        let at_ms = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let of = {
            let held = tab.held();
            Measured { revision: held.revision, settings: held.settings.clone() }
        };
        let measured = self.measure(&tab, &order, &mut guard).await;
        let report = measured.map(|(module, results)| {
            let Results { machine, entries, comparisons } = results;
            let report = Arc::new(BenchReport {
                format: BenchReport::FORMAT,
                at_ms: u64::try_from(at_ms).unwrap_or(0),
                watshop: env!("CARGO_PKG_VERSION").to_owned(),
                wasmer: WASMER.to_owned(),
                machine,
                module,
                order,
                entries,
                comparisons,
            });
            lock(&self.kept).entry(tab.id).or_default().add(Arc::clone(&report), of);
            report
        });
        guard.end(|| tab.feed.set(RunState::Idle));
        report
    }

    async fn measure(
        &self,
        tab: &Arc<Tab>,
        order: &BenchOrder,
        guard: &mut RunGuard,
    ) -> Result<(BenchModule, Results)> {
        let subject = Subject::read(&self.tabs, tab).await?;
        let measurement = Measurement {
            subject: &subject,
            order,
            builder: &self.builder,
            runners: &self.runners,
            guard,
            watch: MachineWatch::start(),
        };
        let results = measurement.go().await?;
        let Subject { title: name, binary, hash, .. } = subject;
        Ok((BenchModule { name, bytes: binary.len() as u64, hash }, results))
    }

    /// Drops the benches of a tab that is closed.
    pub(crate) fn forget(&self, tab: TabId) {
        lock(&self.kept).remove(&tab);
    }

    /// The benches of a tab, without their samples.
    pub(crate) fn list(&self, tab: TabId) -> KeptBenches {
        lock(&self.kept).get(&tab).map(Kept::list).unwrap_or_default()
    }

    /// Compares a phase of two benches of a tab.
    ///
    /// # Errors
    ///
    /// `bad_request` if either was not measured, or is too old to be kept.
    pub(crate) fn ratio(
        &self,
        tab: TabId,
        first: BenchPick,
        second: BenchPick,
        phase: Phase,
    ) -> Result<BenchRatio> {
        let find = |pick: BenchPick| lock(&self.kept).get(&tab)?.find(pick.at_ms);
        let pair = find(first).zip(find(second));
        let ratio = pair.and_then(|(a, b)| ratio_of((&a, first.entry), (&b, second.entry), phase));
        ratio.ok_or_else(|| {
            let why =
                say!("These two benches cannot be compared, because one of them has no samples.");
            Error::new(ErrorCode::BadRequest, why)
        })
    }

    /// The last report of a tab as a file: its name, its media type and its bytes.
    ///
    /// # Errors
    ///
    /// `bad_request` if the tab was not benched since Watshop was started.
    pub(crate) fn report(
        &self,
        tab: TabId,
        form: ReportForm,
    ) -> Result<(String, &'static str, Vec<u8>)> {
        let report = lock(&self.kept).get(&tab).and_then(Kept::last).ok_or_else(|| {
            Error::new(ErrorCode::BadRequest, say!("This tab has no bench to be exported."))
        })?;
        let (ending, media_type) = match form {
            ReportForm::Html => ("html", "text/html"),
            ReportForm::Json => ("json", "application/json"),
            ReportForm::Csv => ("csv", "text/csv"),
        };
        let name = format!("{}.bench.{ending}", report.module.name);
        Ok((name, media_type, report_file(&report, form)?))
    }
}

/// A report as a file.
///
/// # Errors
///
/// `bad_request` if it cannot be written as JSON.
pub fn report_file(report: &BenchReport, form: ReportForm) -> Result<Vec<u8>> {
    let json = || {
        serde_json::to_string(report).map_err(|error| {
            let why = say!("The report cannot be written: {error}.");
            Error::new(ErrorCode::BadRequest, why)
        })
    };
    Ok(match form {
        ReportForm::Html => html::page(report, &json()?).into_bytes(),
        ReportForm::Json => (json()? + "\n").into_bytes(),
        ReportForm::Csv => csv::table(report).into_bytes(),
    })
}

fn check(order: &BenchOrder) -> Result<()> {
    let why = if !(1..=MOST_CONTENDERS).contains(&order.contenders.len()) {
        say!("A bench has 1 to {MOST_CONTENDERS} contenders.")
    } else if order.time_ms > LONGEST || order.warm_up_ms > LONGEST {
        say!("A bench takes at most {LONGEST} ms for each contender.")
    } else if order.rounds > MOST_ROUNDS {
        say!("A bench has at most {MOST_ROUNDS} rounds.")
    } else if order.export.is_some() && order.time_ms == 0 && order.calls == 0 {
        say!("Calls need a number or a time to end at.")
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorCode::BadRequest, why))
}
