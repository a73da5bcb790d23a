use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Compiler, Engine, Error, Export, Layer, Optimisation, ValueType};
use crate::passport::Passport;

/// A value and its type, as text that is exact (see [`crate::value`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Value {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: ValueType,
    /// Its text.
    pub value: String,
}

/// The steps of a run, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Text to binary, and finding out what the binary is.
    Parse,
    /// Starting the compiler process, for its first compilation since Watshop was started.
    Start,
    /// Binary to machine code, in the compiler process.
    Compile,
    /// Hashing and writing the artifact.
    Seal,
    /// Checking the artifact and mapping its code, in the runner.
    Load,
    /// Making memories, tables and globals, and running the start function.
    Instantiate,
    /// Running the guest.
    Call,
}

impl Phase {
    /// All there are, in order.
    pub const ALL: [Self; 7] = [
        Self::Parse,
        Self::Start,
        Self::Compile,
        Self::Seal,
        Self::Load,
        Self::Instantiate,
        Self::Call,
    ];
}

/// How long each phase took, in nanoseconds (whole numbers below 2^53); a phase that did not happen
/// has none. `total` is the whole way from request to result, so it is more than the sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Timings {
    /// See [`Phase::Parse`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub parse: Option<u64>,
    /// See [`Phase::Start`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub start: Option<u64>,
    /// See [`Phase::Compile`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub compile: Option<u64>,
    /// See [`Phase::Seal`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub seal: Option<u64>,
    /// See [`Phase::Load`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub load: Option<u64>,
    /// See [`Phase::Instantiate`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub instantiate: Option<u64>,
    /// See [`Phase::Call`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub call: Option<u64>,
    /// From request to result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub total: Option<u64>,
}

impl Timings {
    /// Where a phase's time is kept.
    pub fn of(&mut self, phase: Phase) -> &mut Option<u64> {
        match phase {
            Phase::Parse => &mut self.parse,
            Phase::Start => &mut self.start,
            Phase::Compile => &mut self.compile,
            Phase::Seal => &mut self.seal,
            Phase::Load => &mut self.load,
            Phase::Instantiate => &mut self.instantiate,
            Phase::Call => &mut self.call,
        }
    }
}

/// Whether the code was there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Cache {
    /// An artifact of the same module and settings was loaded.
    Hit,
    /// It was compiled and kept.
    Miss,
    /// It was compiled and an older artifact of it neither looked for nor kept.
    Off,
    /// The tab holds an artifact itself: nothing was compiled.
    Sealed,
}

/// How far many calls of one export are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Repeats {
    /// Calls that came back.
    pub done: u32,
    /// Calls that were asked for.
    pub times: u32,
}

/// What many calls of one export took, each measured alone, in nanoseconds in the guest. Wasmer's
/// own way into the guest is in each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallFigures {
    /// Calls that came back; fewer than were asked for where the last one did not.
    pub calls: u32,
    /// The shortest.
    #[ts(type = "number")]
    pub min_ns: u64,
    /// As many took longer as took less.
    #[ts(type = "number")]
    pub median_ns: u64,
    /// All of them, divided by their number.
    #[ts(type = "number")]
    pub mean_ns: u64,
    /// The longest.
    #[ts(type = "number")]
    pub max_ns: u64,
}

/// What a tab is doing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RunState {
    /// Nothing.
    Idle,
    /// A run is on its way.
    Running {
        /// Where it is.
        phase: Phase,
        /// How far that phase is, 0 to 1, where it is known.
        fraction: Option<f32>,
        /// The compiler's own word for its step, where it has one.
        detail: Option<String>,
    },
    /// An export is being called.
    Calling {
        /// Which.
        export: String,
        /// How far it is, where it is called many times.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        repeats: Option<Repeats>,
    },
}

/// What a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// One press of Run.
    Run,
    /// One call of an export.
    Call,
}

/// One row of a tab's history and one step of the timing graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunRecord {
    /// Grows with every record of a workbench.
    #[ts(type = "number")]
    pub id: u64,
    /// When it began, in milliseconds since 1970 (UTC).
    #[ts(type = "number")]
    pub at_ms: u64,
    /// Run or call.
    pub kind: RecordKind,
    /// Who made the code; none where nobody says, as of a file of Wasmer's own.
    pub compiler: Option<Compiler>,
    /// In what form.
    pub engine: Engine,
    /// How hard it tried, where that is known.
    pub optimisation: Option<Optimisation>,
    /// Whether the code was there already; none for a call.
    pub cache: Option<Cache>,
    /// What was called, where something was.
    pub export: Option<String>,
    /// How long it took; of many calls, `call` is the time of all of them.
    pub timings: Timings,
    /// Of many calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub figures: Option<CallFigures>,
    /// The code of what went wrong, where something did.
    pub error: Option<super::ErrorCode>,
}

/// How a run or a call ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The instance stands; nothing was called.
    Ready,
    /// The code is made, and is for another machine than this.
    Built {
        /// What was made.
        passport: Box<Passport>,
        /// Why it does not run here.
        reason: String,
    },
    /// A function came back.
    Returned {
        /// In order.
        results: Vec<Value>,
    },
    /// A WASI program ended, or a host function that is there for it ended the call.
    Exited {
        /// Its exit status; 0 is success.
        status: i32,
    },
    /// It went wrong. Of a call, the instance is still there unless the error says so; of a Run,
    /// the one before is gone once something was to be loaded.
    Failed {
        /// How.
        error: Error,
    },
}

/// All there is to say of a run or a call that has ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunReport {
    /// Its row in the history.
    pub record: RunRecord,
    /// How it ended.
    pub outcome: Outcome,
    /// The version of the tab's text that ran, as `TabView::revision` counts: lines of the
    /// outcome are lines of it.
    #[ts(type = "number")]
    pub revision: u64,
}

/// An export as it is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ExportState {
    /// Name and type.
    #[serde(flatten)]
    pub export: Export,
    /// A global's value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub value: Option<Value>,
    /// A memory's pages or a table's elements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub size: Option<u64>,
}

/// A tab's instance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct InstanceView {
    /// Grows with every Run of the tab: what was read from an older one is out of date.
    pub generation: u32,
    /// The version of the tab's text that it was made from, as `TabView::revision` counts.
    #[ts(type = "number")]
    pub revision: u64,
    /// As they are now.
    pub exports: Vec<ExportState>,
    /// Memories that it imports and does not export, as `module.name`: they can be looked into as
    /// exported ones can.
    pub imported_memories: Vec<String>,
    /// What stands between its code and the machine.
    pub sandbox: Vec<Layer>,
}

/// A function's machine code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FunctionCode {
    /// Of the function, among all of the module.
    pub index: u32,
    /// From the name section, or the name of an export in quotes.
    pub name: Option<String>,
    /// In bytes.
    pub size: u32,
}

/// The machine code that a tab's runner has loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeView {
    /// The module's own functions, largest first; at most 2000.
    pub functions: Vec<FunctionCode>,
    /// How many functions there are.
    pub count: u32,
    /// Of all of them, in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// What its artifact says of itself: the workbench adds it to what the runner tells.
    pub passport: Option<Box<Passport>>,
}

/// How a stop was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StopHow {
    /// Nothing was going on.
    Idle,
    /// A compilation was cancelled, or its process killed.
    Cancelled,
    /// The guest was interrupted and its instance can be read.
    Interrupted,
    /// The guest did not answer: its process was killed, and the next Run starts another.
    Killed,
}
