use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    ConsoleChunk, InstanceView, ModuleView, Problem, Race, RunRecord, RunReport, RunState,
    Settings, TabId,
};
use crate::passport::Passport;

/// What a tab holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// WAT text.
    Wat,
    /// A Wasm binary. The first edit of its printed text turns it into text.
    Wasm,
    /// A sealed artifact.
    Sealed,
}

/// The maker of the artifact in a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Maker {
    /// A workbench of this data folder, proved by the signature.
    Own,
    /// Another maker. The artifact runs after the person agreed to it, see [`Settings::trusted`].
    Unknown,
}

/// A tab in the row of tabs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TabSummary {
    /// The number.
    pub id: TabId,
    /// The title: a file name, a lesson's or `untitled`.
    pub title: String,
    /// The kind of the content.
    pub kind: SourceKind,
    /// The file that it was opened from or saved to, if the shell has files.
    pub path: Option<String>,
    /// True if it differs from that file, or was never saved to one.
    pub modified: bool,
    /// The lesson that it was opened from, until it gets another name or a file.
    pub lesson: Option<String>,
}

/// All facts that a page needs to show a tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TabView {
    /// The number, the title and the file.
    pub summary: TabSummary,
    /// The WAT, written or printed; null for a binary that is too large to be shown as text.
    pub text: Option<String>,
    /// The revision of the text. It grows with every change.
    #[ts(type = "number")]
    pub revision: u64,
    /// The current settings.
    pub settings: Settings,
    /// The parts of the module, if it could be read.
    pub module: Option<ModuleView>,
    /// The passport of a sealed source.
    pub passport: Option<Passport>,
    /// The maker of a sealed source.
    pub maker: Option<Maker>,
    /// The problems in the text.
    pub problems: Vec<Problem>,
    /// The current state.
    pub state: RunState,
    /// The instance of the last Run.
    pub instance: Option<InstanceView>,
    /// The report of the last run or call.
    pub report: Option<RunReport>,
    /// The records of runs and calls, newest last, at most 1000.
    pub history: Vec<RunRecord>,
    /// The guest's output, at most the last 256 KiB.
    pub console: Vec<ConsoleChunk>,
    /// The race that goes on, or the last one, as long as its contenders have processes.
    pub race: Option<Race>,
}
