use crate::Sentence;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::compilation::{Compiler, Engine};

/// The machine that code is made for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The triple, as target-lexicon parses it.
    pub triple: String,
    /// The features of its CPU, in Wasmer's spelling.
    pub cpu_features: Vec<String>,
}

/// The form of the code that a compiler makes for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A sealed artifact of the engine JIT, for a runner on that target.
    Jit,
    /// A sealed artifact of the engine Native.
    Native,
    /// A relocatable object, or a library that is linked from it.
    Object,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Jit, Self::Native, Self::Object];

    /// The engine of a sealed artifact; `None` for an object.
    pub fn engine(self) -> Option<Engine> {
        match self {
            Self::Jit => Some(Engine::Jit),
            Self::Native => Some(Engine::Native),
            Self::Object => None,
        }
    }

    /// The form as it is written on the wire and in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jit => "jit",
            Self::Native => "native",
            Self::Object => "object",
        }
    }
}

impl From<Engine> for Form {
    fn from(engine: Engine) -> Self {
        match engine {
            Engine::Jit => Self::Jit,
            Engine::Native => Self::Native,
        }
    }
}

/// The result of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProbeResult {
    /// It compiled.
    Ok,
    /// The compiler refused.
    Refused,
    /// The compiler's process ended before it was done.
    Crashed,
    /// It was not tried: the table does not have the triple.
    Unknown,
}

/// A field of the table of a target: a compiler with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TargetCell {
    /// The compiler.
    pub compiler: Compiler,
    /// The form.
    pub form: Form,
    /// The result.
    pub probed: ProbeResult,
    /// The reason why it cannot be made, in a sentence; null if it can be made.
    pub reason: Option<Sentence>,
}

/// A target triple with the code that can be made for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TargetRow {
    /// The triple, as target-lexicon prints it.
    pub triple: String,
    /// The operating system, by which the list is grouped.
    pub system: String,
    /// True if this machine runs code for the triple, provided that its CPU has the features.
    pub here: bool,
    /// The CPU features that exist for its architecture.
    pub cpu_features: Vec<String>,
    /// The other features that a CPU with each of them has.
    pub implied: Vec<CpuImplication>,
    /// The features that every CPU of the architecture has.
    pub baseline: Vec<String>,
    /// The compilers that need some of them.
    pub needed: Vec<CpuNeed>,
    /// Sets of them to choose from. The first is the default.
    pub presets: Vec<CpuPreset>,
    /// The results for each compiler with each form.
    pub cells: Vec<TargetCell>,
    /// True if there is a runner for the triple that a bundle can take.
    pub runner: bool,
}

/// A CPU feature with those that come with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CpuImplication {
    /// The feature, `avx2` for example.
    pub feature: String,
    /// All features that come with it, directly or through others; sorted.
    pub implies: Vec<String>,
}

/// CPU features that a compiler needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CpuNeed {
    /// The compiler. Without these features, its code is wrong.
    pub compiler: Compiler,
    /// The features, sorted.
    pub cpu_features: Vec<String>,
}

/// A set of CPU features with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CpuPreset {
    /// The name, `x86-64-v2` for example.
    pub name: String,
    /// The features, sorted.
    pub cpu_features: Vec<String>,
}

/// All known targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Targets {
    /// This machine, with the features of its CPU.
    pub host: Target,
    /// The version of Wasmer for which the table was measured.
    pub wasmer: String,
    /// The targets: this machine's first, then by system.
    pub rows: Vec<TargetRow>,
}
