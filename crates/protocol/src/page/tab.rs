use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    ConsoleChunk, InstanceView, ModuleSummary, Problem, RunRecord, RunReport, RunState, Settings,
};
use crate::passport::Passport;

/// A tab's number; never used again in the same data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct TabId(pub u32);

/// What a tab holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// WAT text.
    Wat,
    /// A Wasm binary; the first edit of its printed text makes it text.
    Wasm,
    /// A sealed artifact.
    Sealed,
}

/// Who made the artifact that a tab holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Maker {
    /// A workbench of this data folder: the signature says so.
    Own,
    /// Somebody else. It runs when the person agrees to it, see [`Settings::trusted`].
    Unknown,
}

/// A tab in the row of tabs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TabSummary {
    /// Its number.
    pub id: TabId,
    /// A file name, a lesson's or `untitled`.
    pub title: String,
    /// What it holds.
    pub kind: SourceKind,
    /// The file it came from or was saved to, where the shell has files.
    pub path: Option<String>,
    /// Differs from that file, or was never saved to one.
    pub modified: bool,
}

/// All a page needs to show a tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TabView {
    /// Number, title, file.
    pub summary: TabSummary,
    /// WAT, written or printed; none for a binary too large to be read as text.
    pub text: Option<String>,
    /// Grows with every change of the text.
    #[ts(type = "number")]
    pub revision: u64,
    /// As they are.
    pub settings: Settings,
    /// What the module is made of, where it could be read.
    pub module: Option<ModuleSummary>,
    /// The passport of a sealed source.
    pub passport: Option<Passport>,
    /// Who made it.
    pub maker: Option<Maker>,
    /// What was found in the text.
    pub problems: Vec<Problem>,
    /// What it is doing.
    pub state: RunState,
    /// What the last Run left.
    pub instance: Option<InstanceView>,
    /// How the last run or call ended.
    pub report: Option<RunReport>,
    /// Newest last, at most 1000.
    pub history: Vec<RunRecord>,
    /// What the guest has written, at most the last 256 KiB.
    pub console: Vec<ConsoleChunk>,
}
