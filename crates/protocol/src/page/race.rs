//! Races: several compilers make code of one module, and the first that is ready is used at once.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Contender, Error, Phase, Timings, Value};

/// A race to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RaceOrder {
    /// The contenders, one to twelve. The one that compiles fastest begins.
    pub contenders: Vec<Contender>,
    /// An export that each contender calls once; null calls nothing but a program's `_start`.
    pub export: Option<String>,
    /// The arguments as text, one for each parameter (see [`crate::value`]).
    pub arguments: Vec<String>,
    /// True if the race is stopped if the page that began it is closed before its reply. Otherwise it
    /// goes on.
    #[serde(default)]
    pub ends_with_page: bool,
}

/// The state of a contender in a race.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LaneState {
    /// It waits for its turn, because the cores have other contenders' work.
    #[default]
    Waiting,
    /// It compiles, loads or runs.
    Running,
    /// Its code is ready, and has run if it was told to.
    Ready,
    /// It failed. The others go on.
    Failed,
    /// A person stopped it.
    Stopped,
}

/// A contender in a race.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RaceLane {
    /// The contender.
    pub contender: Contender,
    /// The state.
    pub state: LaneState,
    /// The phase that it is in.
    pub phase: Option<Phase>,
    /// The progress of that phase from 0 to 1, if it is known.
    pub fraction: Option<f32>,
    /// The times of its phases.
    pub timings: Timings,
    /// The nanoseconds from the beginning of the race to its result.
    #[ts(type = "number | null")]
    pub ready_ns: Option<u64>,
    /// The size of its artifact in bytes.
    #[ts(type = "number | null")]
    pub artifact_bytes: Option<u64>,
    /// The results of the export that it called.
    pub results: Vec<Value>,
    /// True if its instance is kept and can become the tab's.
    pub kept: bool,
    /// The exit status of a program.
    pub status: Option<i32>,
    /// The reason why it failed.
    pub error: Option<Error>,
}

/// A race, as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Race {
    /// The revision of the tab's text that is compiled, as in `TabView::revision`.
    #[ts(type = "number")]
    pub revision: u64,
    /// The export that each contender calls once; null calls nothing but a program's `_start`.
    pub export: Option<String>,
    /// The arguments of the call.
    pub arguments: Vec<String>,
    /// The contenders, in the order in which they were named.
    pub lanes: Vec<RaceLane>,
    /// The number of contenders that work at the same time, after the first is ready.
    pub together: u32,
    /// The place of the contender whose instance the tab has.
    pub used: Option<u32>,
    /// True if no contender works any more.
    pub over: bool,
}
