use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ExportList, Layer};

/// A tab's instance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct InstanceView {
    /// The number of the instance, which grows with every Run of the tab. Answers of an older
    /// instance are out of date.
    pub generation: u32,
    /// The revision of the tab's text that it was made from, as in `TabView::revision`.
    #[ts(type = "number")]
    pub revision: u64,
    /// The first exports with their current state. `exports.list` gives the others.
    pub exports: ExportList,
    /// The names of its first memories: the exported ones, then those that it imports and does not
    /// export, as `module.name`. All of them can be read.
    pub memories: Vec<String>,
    /// The layers of the sandbox.
    pub sandbox: Vec<Layer>,
}
