use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    CompilerState, ConsoleChunk, InstanceView, Lesson, LessonCheck, ModuleView, Problem, Race,
    RunReport, RunState, Settings, ShellCommand, TabId, TabSummary,
};

/// What changed in a text. Places are counted in UTF-16 code units, as pages count them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextChange {
    /// The place at which it begins.
    #[ts(type = "number")]
    pub from: u64,
    /// The place at which it ended in the old text.
    #[ts(type = "number")]
    pub to: u64,
    /// The new text between these places.
    pub insert: String,
    /// The length of the whole new text. If the page gets another length, it had another text
    /// before.
    #[ts(type = "number")]
    pub length: u64,
}

/// A message of a workbench to every page that is open on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
#[ts(rename = "WorkbenchEvent")]
pub enum Event {
    /// A tab was opened, closed, moved, or got a new title.
    Tabs {
        /// All tabs, in their order.
        tabs: Vec<TabSummary>,
    },
    /// A tab's text changed. The page whose `client` stands here made the change, so it has the
    /// text already.
    Text {
        /// The tab.
        tab: TabId,
        /// The new revision.
        #[ts(type = "number")]
        revision: u64,
        /// The page that made the change; empty if several did.
        client: String,
        /// The change since the last revision. It is null if the page must ask for the text: much
        /// changed, or the page was slow and this event stands for several changes.
        change: Option<TextChange>,
    },
    /// A tab's settings changed.
    Settings {
        /// The tab.
        tab: TabId,
        /// The new settings.
        settings: Settings,
    },
    /// A tab's source was read again.
    Checked {
        /// The tab.
        tab: TabId,
        /// The revision that was read.
        #[ts(type = "number")]
        revision: u64,
        /// The problems; empty if there are none.
        problems: Vec<Problem>,
        /// The module, if it could be read.
        module: Option<ModuleView>,
    },
    /// The state of a tab changed. A tab sends at most 60 of these in a second.
    State {
        /// The tab.
        tab: TabId,
        /// The new state.
        state: RunState,
    },
    /// A run or a call ended, well or not.
    Finished {
        /// The tab.
        tab: TabId,
        /// The outcome, with the row in the history.
        report: RunReport,
    },
    /// A tab's instance was made, changed or dropped.
    Instance {
        /// The tab.
        tab: TabId,
        /// The instance; null if there is none any more.
        instance: Option<InstanceView>,
    },
    /// A race of a tab went on. A tab sends at most ten of these in a second, and one at each result.
    Race {
        /// The tab.
        tab: TabId,
        /// The race, as it stands.
        race: Race,
    },
    /// A check of a tab's lesson ended, while `lesson.check` goes on with the others. A slow page may
    /// miss some: the reply has all of them.
    LessonChecked {
        /// The tab.
        tab: TabId,
        /// The place of the check in the list, from 0.
        at: u32,
        /// The check.
        check: LessonCheck,
    },
    /// A guest wrote. Pieces are merged: a tab sends at most 60 of these in a second.
    Console {
        /// The tab.
        tab: TabId,
        /// The pieces, in order.
        chunks: Vec<ConsoleChunk>,
        /// Bytes that were left out before these, because they came too fast to be shown.
        #[ts(type = "number")]
        skipped: u64,
        /// The bytes that events have told of so far, which `tab.output_shown` sends back.
        #[ts(type = "number")]
        end: u64,
    },
    /// A compiler was installed or removed.
    Compilers {
        /// Every compiler, installed or not.
        compilers: Vec<CompilerState>,
    },
    /// The lessons changed: a course was opened.
    Lessons {
        /// All lessons, in their order.
        lessons: Vec<Lesson>,
    },
    /// A WASI program waits for its standard input, which `tab.input` gives it.
    InputWanted {
        /// The tab.
        tab: TabId,
    },
    /// A tab's console was emptied.
    ConsoleCleared {
        /// The tab.
        tab: TabId,
    },
    /// A tab's history was emptied.
    HistoryCleared {
        /// The tab.
        tab: TabId,
    },
    /// This page was too slow, and events were dropped. It must ask for everything again.
    Behind,
    /// A shell has a command for its page that does not belong to a request (a menu item, for
    /// example).
    Shell {
        /// The command.
        command: ShellCommand,
    },
    /// A compiler that works for a tab is alive and gives no answer. `tab.stop` ends it.
    Silent {
        /// The tab.
        tab: TabId,
        /// The error, with the compiler and the number of its process.
        error: super::Error,
    },
    /// The shell failed in something that the person wanted (opening a dropped file, for example).
    Notice {
        /// The error.
        error: super::Error,
    },
}
