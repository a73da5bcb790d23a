use crate::Sentence;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Error, Export};
use crate::compilation::{Compiler, Engine, Optimisation};
use crate::passport::Passport;
use crate::value::ValueType;

/// A value and its type, as text that is exact (see [`crate::value`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Value {
    /// The type.
    #[serde(rename = "type")]
    pub kind: ValueType,
    /// The text.
    pub value: String,
}

/// The steps of a run, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Turning text into a binary, and reading the binary.
    Parse,
    /// Starting the compiler process, for its first compilation since Watshop was started.
    Start,
    /// Turning the binary into machine code, in the compiler process.
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
    /// All phases, in order.
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

/// The times of the phases, in nanoseconds (whole numbers below 2^53). A phase that did not happen
/// has none. `total` is the time from request to result, so it is more than the sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Timings {
    /// The time of [`Phase::Parse`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub parse: Option<u64>,
    /// The time of [`Phase::Start`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub start: Option<u64>,
    /// The time of [`Phase::Compile`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub compile: Option<u64>,
    /// The time of [`Phase::Seal`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub seal: Option<u64>,
    /// The time of [`Phase::Load`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub load: Option<u64>,
    /// The time of [`Phase::Instantiate`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub instantiate: Option<u64>,
    /// The time of [`Phase::Call`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub call: Option<u64>,
    /// The time from request to result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub total: Option<u64>,
}

impl Timings {
    /// The field for a phase's time.
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

/// The part that the artifact cache had in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CacheUse {
    /// An artifact of the same module and settings was loaded.
    Hit,
    /// The module was compiled, and its artifact was kept.
    Miss,
    /// The module was compiled without the cache: an older artifact was not looked for, and the new
    /// one was not kept.
    Off,
    /// The tab contains an artifact itself, so nothing was compiled.
    Sealed,
}

/// The progress of many calls of one export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Repeats {
    /// The calls that returned.
    pub done: u32,
    /// The calls that were requested.
    pub times: u32,
}

/// The times of many calls of one export, in nanoseconds. Each call is measured by itself, in the
/// runner. Its time includes Wasmer's way into the guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallFigures {
    /// The number of calls that returned. It is less than the request if the last call did not
    /// return.
    pub calls: u32,
    /// The shortest time.
    #[ts(type = "number")]
    pub min_ns: u64,
    /// The median time: half of the calls took longer.
    #[ts(type = "number")]
    pub median_ns: u64,
    /// The mean time.
    #[ts(type = "number")]
    pub mean_ns: u64,
    /// The longest time.
    #[ts(type = "number")]
    pub max_ns: u64,
}

/// The state of a tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RunState {
    /// The tab is idle.
    Idle,
    /// A run is in progress.
    Running {
        /// The phase of the run.
        phase: Phase,
        /// The progress of that phase from 0 to 1, if it is known.
        fraction: Option<f32>,
        /// The compiler's own name for its step, if it has one.
        detail: Option<Sentence>,
    },
    /// A call of an export is in progress.
    Calling {
        /// The export. A long name is shortened.
        export: String,
        /// The progress, if it is called many times.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        repeats: Option<Repeats>,
    },
}

/// The kind of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// One press of Run.
    Run,
    /// One call of an export.
    Call,
}

/// A row of a tab's history, and a step of the timing graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunRecord {
    /// The number of the record. It grows with every record of a workbench.
    #[ts(type = "number")]
    pub id: u64,
    /// The time at which it began, in milliseconds since 1970 (UTC).
    #[ts(type = "number")]
    pub at_ms: u64,
    /// The kind: run or call.
    pub kind: RecordKind,
    /// The compiler that made the code; null if the file does not say, such as a file of Wasmer's
    /// own.
    pub compiler: Option<Compiler>,
    /// The form of the code.
    pub engine: Engine,
    /// The optimisation level, if it is known.
    pub optimisation: Option<Optimisation>,
    /// The part of the artifact cache; null for a call.
    pub cache: Option<CacheUse>,
    /// The export, for a call. A long name is shortened.
    pub export: Option<String>,
    /// The times of the phases. For many calls, `call` is the time of all of them.
    pub timings: Timings,
    /// The instructions that the guest executed, if its code counts them. For many calls, those of
    /// all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub instructions: Option<u64>,
    /// The figures of many calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub figures: Option<CallFigures>,
    /// The code of the error, if it failed.
    pub error: Option<super::ErrorCode>,
}

/// The end of a run or a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The instance exists, and nothing was called.
    Ready,
    /// The code was made for another machine than this one.
    Built {
        /// The passport of the code.
        passport: Box<Passport>,
        /// The reason why it does not run here.
        reason: Sentence,
    },
    /// A function returned.
    Returned {
        /// The results, in order.
        results: Vec<Value>,
    },
    /// A WASI program ended, or the provider `exit` ended the call.
    Exited {
        /// The exit status; 0 is success.
        status: i32,
    },
    /// The run or the call failed. After a call the instance still exists, unless the error says
    /// otherwise. A Run drops the instance before it as soon as it loads code.
    Failed {
        /// The error.
        error: Error,
    },
}

/// The report of a run or a call that has ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunReport {
    /// The row in the history.
    pub record: RunRecord,
    /// The end of the run or the call.
    pub outcome: Outcome,
    /// The revision of the tab's text that ran, as in `TabView::revision`. Lines in the outcome are
    /// lines of that text.
    #[ts(type = "number")]
    pub revision: u64,
}

/// An export with its current state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportState {
    /// The name and the type.
    pub export: Export,
    /// The value of a global.
    pub value: Option<Value>,
    /// The pages of a memory, or the elements of a table.
    pub size: Option<u64>,
}

/// The machine code of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FunctionCode {
    /// The index in the module's function index space.
    pub index: u32,
    /// The name from the name section, or the name of an export in quotes. A long name is
    /// shortened.
    pub name: Option<String>,
    /// The size in bytes.
    pub size: u32,
}

/// The machine code that a tab's runner has loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeView {
    /// The module's own functions, largest first; at most 2000.
    pub functions: Vec<FunctionCode>,
    /// The number of all functions.
    pub count: u32,
    /// The size of all functions, in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// The passport of the artifact. The workbench adds it to the runner's answer.
    pub passport: Option<Box<Passport>>,
}

/// The way in which a stop was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StopHow {
    /// Nothing was running.
    Idle,
    /// A compilation was cancelled, or its process killed.
    Cancelled,
    /// The guest was interrupted and its instance can be read.
    Interrupted,
    /// The guest did not answer: its process was killed, and the next Run starts another.
    Killed,
}
