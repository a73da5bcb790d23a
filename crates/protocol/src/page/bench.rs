//! Benches: honest figures of the phases of a module and of calls of an export, by compiler and
//! engine. Times are nanoseconds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Error, Phase, Value};
use crate::compilation::{Compiler, Engine, Optimisation};

/// A way to compile a module, which takes part in a bench or a race.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Contender {
    /// The compiler.
    pub compiler: Compiler,
    /// The form of the code.
    pub engine: Engine,
    /// The optimisation level.
    pub optimisation: Optimisation,
}

impl Contender {
    /// Its name for people, such as `Cranelift JIT`.
    pub fn title(&self) -> String {
        let engine = match self.engine {
            Engine::Jit => "JIT",
            Engine::Native => "Native",
        };
        let level = match self.optimisation {
            Optimisation::Speed => "",
            Optimisation::None => ", not optimised",
            Optimisation::SpeedAndSize => ", for size",
        };
        format!("{} {engine}{level}", self.compiler.title())
    }
}

/// A bench to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BenchOrder {
    /// The export to call; null for a WASI program, whose `_start` is called, or to measure only
    /// the other phases.
    pub export: Option<String>,
    /// The arguments as text, one for each parameter (see [`crate::value`]).
    pub arguments: Vec<String>,
    /// The contenders, one to twelve. They take turns.
    pub contenders: Vec<Contender>,
    /// The rounds in which they take turns; 0 is as many as the time allows.
    pub rounds: u32,
    /// The most calls of each contender; 0 is no limit.
    pub calls: u32,
    /// The milliseconds of the calls of each contender.
    pub time_ms: u32,
    /// The milliseconds of calls before the first sample.
    pub warm_up_ms: u32,
}

/// The figures of samples. The interval of the median is by order statistics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Figures {
    /// The number of samples.
    pub count: u32,
    /// The least sample.
    pub min: f64,
    /// A quarter of the samples lies below.
    pub lower_quartile: f64,
    /// Half of the samples lies below.
    pub median: f64,
    /// Three quarters of the samples lie below.
    pub upper_quartile: f64,
    /// The greatest sample.
    pub max: f64,
    /// The mean.
    pub mean: f64,
    /// The lower end of the interval of the median.
    pub low: f64,
    /// The upper end of the interval of the median.
    pub high: f64,
    /// The chance that the true median lies in the interval. It is less than 0.95 for fewer than six
    /// samples.
    pub confidence: f64,
    /// The samples that are more than 1.5 interquartile ranges below the lower quartile.
    pub low_outliers: u32,
    /// The samples that are more than 1.5 interquartile ranges above the upper quartile.
    pub high_outliers: u32,
    /// The median at the end divided by the median at the beginning, if the times have a trend.
    pub drift: Option<f64>,
    /// The lower end of the first bin of the histogram.
    pub bins_start: f64,
    /// The width of each bin; 0 if all samples are equal.
    pub bin_width: f64,
    /// The samples of each bin.
    pub bins: Vec<u32>,
    /// The samples above the last bin, which are outliers.
    pub above: u32,
}

/// The samples of a phase, in the order in which they were measured, and their figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PhaseSeries {
    /// The phase.
    pub phase: Phase,
    /// The nanoseconds of each sample; for calls in batches, those of one call.
    pub samples: Vec<f64>,
    /// The number of samples that are not in the list, because a report keeps a bounded number.
    pub left_out: u32,
    /// The figures of all samples.
    pub figures: Figures,
}

/// The calls before the first sample of a bench.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WarmUp {
    /// The number of calls.
    #[ts(type = "number")]
    pub calls: u64,
    /// The nanoseconds of the first call.
    #[ts(type = "number")]
    pub first_ns: u64,
    /// The nanoseconds of all these calls.
    #[ts(type = "number")]
    pub time_ns: u64,
}

/// The facts about the calls of an export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BenchedCalls {
    /// The calls of each sample.
    pub batch: u32,
    /// The calls that returned after the warm-up.
    #[ts(type = "number")]
    pub calls: u64,
    /// The calls before the first sample.
    pub warm_up: WarmUp,
    /// True if the results changed from call to call.
    pub varies: bool,
    /// The results of the last call.
    pub results: Vec<Value>,
}

/// The result of one contender.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BenchEntry {
    /// The contender.
    pub contender: Contender,
    /// The size of its artifact in bytes.
    #[ts(type = "number | null")]
    pub artifact_bytes: Option<u64>,
    /// The phases that were measured, in order.
    pub phases: Vec<PhaseSeries>,
    /// The facts about the calls, if an export was called.
    pub calls: Option<BenchedCalls>,
    /// The instructions of one call or of the whole program, if the tab's setting counts them. They
    /// were counted apart, in code that was not measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub instructions: Option<u64>,
    /// The error that ended it. The figures are of the time before.
    pub error: Option<Error>,
}

/// The answer to the question which of two is faster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The first takes less time than the second.
    Faster,
    /// The first takes more time than the second.
    Slower,
    /// The samples do not tell.
    CannotTell,
}

impl Verdict {
    /// The verdict in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Faster => "faster",
            Self::Slower => "slower",
            Self::CannotTell => "cannot tell",
        }
    }
}

/// Two contenders of a bench, compared in one phase.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct BenchComparison {
    /// The phase.
    pub phase: Phase,
    /// The place of the first contender in the report.
    pub first: u32,
    /// The place of the second contender in the report.
    pub second: u32,
    /// The times of the first divided by those of the second.
    pub ratio: f64,
    /// The lower end of the interval of the ratio.
    pub low: f64,
    /// The upper end of the interval of the ratio.
    pub high: f64,
    /// The verdict about the first.
    pub verdict: Verdict,
}

/// A contender of a bench that the workbench still has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BenchPick {
    /// The time at which the bench began, as in [`BenchReport::at_ms`].
    #[ts(type = "number")]
    pub at_ms: u64,
    /// The place of the contender in the report.
    pub entry: u32,
}

/// Two benches, compared in one phase.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct BenchRatio {
    /// The times of the first divided by those of the second.
    pub ratio: f64,
    /// The lower end of the interval of the ratio.
    pub low: f64,
    /// The upper end of the interval of the ratio.
    pub high: f64,
    /// The verdict about the first.
    pub verdict: Verdict,
    /// True if both took turns, so that the ratio is one of pairs.
    pub paired: bool,
}

/// A process that took processor time during a bench.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BusyProcess {
    /// The name.
    pub name: String,
    /// The number of the process.
    pub pid: u32,
    /// The part of one core that it took, such as 0.5.
    pub cores: f64,
}

/// The machine of a bench, and its state meanwhile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BenchMachine {
    /// The model of the processor.
    pub cpu: String,
    /// The number of cores.
    pub cores: u32,
    /// The system.
    pub os: String,
    /// The kernel.
    pub kernel: String,
    /// The least difference between two readings of the clock, in nanoseconds.
    #[ts(type = "number")]
    pub clock_ns: u64,
    /// The part by which a loop that always does the same work varied during the bench, such as
    /// 0.02.
    pub noise: f64,
    /// The cores that other processes took meanwhile.
    pub busy_cores: f64,
    /// The processes that took most of that, the busiest first.
    pub busy: Vec<BusyProcess>,
}

/// The module of a bench.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BenchModule {
    /// The title of its tab.
    pub name: String,
    /// The bytes of its binary.
    #[ts(type = "number")]
    pub bytes: u64,
    /// The BLAKE3 of its binary, in hexadecimal.
    pub hash: String,
}

/// All of a bench. As a file, it can be compared with another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BenchReport {
    /// The version of this form, [`BenchReport::FORMAT`].
    pub format: u32,
    /// The time at which it began, in milliseconds since 1970 (UTC).
    #[ts(type = "number")]
    pub at_ms: u64,
    /// The version of Watshop.
    pub watshop: String,
    /// The version of Wasmer.
    pub wasmer: String,
    /// The machine.
    pub machine: BenchMachine,
    /// The module.
    pub module: BenchModule,
    /// What was measured.
    pub order: BenchOrder,
    /// The results, in the order of the contenders.
    pub entries: Vec<BenchEntry>,
    /// Each two contenders, compared in each phase. They took turns, so a ratio is one of pairs.
    pub comparisons: Vec<BenchComparison>,
}

impl BenchReport {
    /// The version of this form.
    pub const FORMAT: u32 = 1;
}

/// A chart of Wasmer's announcement of 2021: the time of each compiler in one phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AnnouncementChart {
    /// The phase.
    pub phase: Phase,
    /// The times of the compilers.
    pub times: Vec<CompilerTime>,
}

/// The time of a compiler.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct CompilerTime {
    /// The compiler.
    pub compiler: Compiler,
    /// The nanoseconds.
    pub ns: f64,
}
