use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    InstanceView, ModuleSummary, Problem, RunReport, RunState, Settings, ShellCommand, TabId,
    TabSummary,
};

/// Where a guest wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// A piece of what a guest wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConsoleChunk {
    /// Where to.
    pub stream: Stream,
    /// As UTF-8; what was not is shown as U+FFFD.
    pub text: String,
}

/// What changed in a text. Places are counted in UTF-16 code units, as pages count them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextChange {
    /// Where it begins.
    #[ts(type = "number")]
    pub from: u64,
    /// Where it ended before.
    #[ts(type = "number")]
    pub to: u64,
    /// What stands there now.
    pub insert: String,
    /// Length of all of the new text: another one means that the page had another text before.
    #[ts(type = "number")]
    pub length: u64,
}

/// What a workbench tells every page that is open on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
#[ts(rename = "WorkbenchEvent")]
pub enum Event {
    /// A tab came, went, moved, or changed its title.
    Tabs {
        /// In their order.
        tabs: Vec<TabSummary>,
    },
    /// A tab's text changed. The page that caused it (by the `client` it named) has it already.
    Text {
        /// Which tab.
        tab: TabId,
        /// The new revision.
        #[ts(type = "number")]
        revision: u64,
        /// Who caused it; empty where several did.
        client: String,
        /// What changed since the revision before. None where the page must ask for the text: much
        /// changed, or the page was slow and this stands for several changes.
        change: Option<TextChange>,
    },
    /// A tab's settings changed.
    Settings {
        /// Which tab.
        tab: TabId,
        /// The new ones.
        settings: Settings,
    },
    /// A tab's source was read again.
    Checked {
        /// Which tab.
        tab: TabId,
        /// The revision that was read.
        #[ts(type = "number")]
        revision: u64,
        /// Empty where all is well.
        problems: Vec<Problem>,
        /// Where it could be read.
        module: Option<ModuleSummary>,
    },
    /// What a tab is doing changed. At most 60 a second for a tab.
    State {
        /// Which tab.
        tab: TabId,
        /// What it is doing now.
        state: RunState,
    },
    /// A run or a call ended, well or not.
    Finished {
        /// Which tab.
        tab: TabId,
        /// How it ended.
        report: RunReport,
    },
    /// A tab's instance came, changed or went.
    Instance {
        /// Which tab.
        tab: TabId,
        /// None where there is none any more.
        instance: Option<InstanceView>,
    },
    /// A guest wrote. Merged: at most 60 a second for a tab.
    Console {
        /// Which tab.
        tab: TabId,
        /// In order.
        chunks: Vec<ConsoleChunk>,
        /// Bytes that were left out before these, because they came too fast to be shown.
        #[ts(type = "number")]
        skipped: u64,
    },
    /// A tab's console was emptied.
    ConsoleCleared {
        /// Which tab.
        tab: TabId,
    },
    /// A tab's history was emptied.
    HistoryCleared {
        /// Which tab.
        tab: TabId,
    },
    /// This page fell too far behind and events were dropped: it must ask for everything again.
    Behind,
    /// A shell wants something of its page that is no answer to a request (a menu item, say).
    Shell {
        /// What.
        command: ShellCommand,
    },
    /// Something the shell tried for the person failed (opening a dropped file, say).
    Notice {
        /// What.
        error: super::Error,
    },
}
