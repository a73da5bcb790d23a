//! The newest benches of a tab, so that two of them can be compared, and a page that is opened later
//! has them.

use std::collections::VecDeque;
use std::sync::Arc;

use watshop_protocol::page::{BenchReport, GrowthReport, KeptBenches, Measured};

/// The most reports of a tab.
const MOST: usize = 10;

/// The newest benches of a tab.
#[derive(Debug, Default)]
pub(super) struct Kept {
    reports: VecDeque<Arc<BenchReport>>,
    /// The text and the settings of the last report.
    measured: Option<Measured>,
    /// The last growth.
    pub growth: Option<GrowthReport>,
}

impl Kept {
    /// Adds a report. The oldest goes if there are too many.
    pub(super) fn add(&mut self, report: Arc<BenchReport>, measured: Measured) {
        self.measured = Some(measured);
        self.reports.push_back(report);
        if self.reports.len() > MOST {
            self.reports.pop_front();
        }
    }

    /// The last report.
    pub(super) fn last(&self) -> Option<Arc<BenchReport>> {
        self.reports.back().cloned()
    }

    /// The report of a bench that began then.
    pub(super) fn find(&self, at_ms: u64) -> Option<Arc<BenchReport>> {
        self.reports.iter().find(|report| report.at_ms == at_ms).cloned()
    }

    /// All of it without the samples, which a page does not show.
    pub(super) fn list(&self) -> KeptBenches {
        let bare = |report: &Arc<BenchReport>| {
            let mut report = BenchReport::clone(report);
            for series in report.entries.iter_mut().flat_map(|entry| &mut entry.phases) {
                series.samples.clear();
            }
            report
        };
        KeptBenches {
            reports: self.reports.iter().map(bare).collect(),
            measured: self.measured.clone(),
            growth: self.growth.clone(),
        }
    }
}
