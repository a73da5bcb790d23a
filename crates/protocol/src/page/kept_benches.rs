//! The benches that a workbench still has, for a page that is opened after them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{BenchReport, GrowthReport, Settings};

/// The text and the settings that were measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Measured {
    /// The revision of the tab's text, as in `TabView::revision`.
    #[ts(type = "number")]
    pub revision: u64,
    /// The settings.
    pub settings: Settings,
}

/// The benches of a tab that the workbench still has.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct KeptBenches {
    /// The reports without their samples, the last one last.
    pub reports: Vec<BenchReport>,
    /// The text and the settings that the last report is about.
    pub measured: Option<Measured>,
    /// The last growth.
    pub growth: Option<GrowthReport>,
}
