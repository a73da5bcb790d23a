use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Compiler, Engine};

/// The machine that code is made for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// As target-lexicon parses it.
    pub triple: String,
    /// What its CPU has, in Wasmer's spelling.
    pub cpu_features: Vec<String>,
}

/// What a compiler can make for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A sealed artifact of the engine JIT: runs in a runner of that target.
    Jit,
    /// A sealed artifact of the engine Native.
    Native,
    /// A relocatable object, and what is linked from it.
    Object,
}

impl Form {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Jit, Self::Native, Self::Object];

    /// The engine whose artifact it is; an object is none's.
    pub fn engine(self) -> Option<Engine> {
        match self {
            Self::Jit => Some(Engine::Jit),
            Self::Native => Some(Engine::Native),
            Self::Object => None,
        }
    }

    /// As it stands on the wire and in the table.
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

/// What came of trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Probed {
    /// It compiled.
    Ok,
    /// The compiler said no.
    Refused,
    /// The compiler's process ended in the middle.
    Crashed,
    /// Nobody has tried: the triple is none of the table.
    Unknown,
}

/// One field of the table compiler × form of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TargetCell {
    /// Who compiles.
    pub compiler: Compiler,
    /// What is made.
    pub form: Form,
    /// What came of it.
    pub probed: Probed,
    /// Why not, in a sentence; none where it can be made.
    pub reason: Option<String>,
}

/// A triple and what can be made for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TargetRow {
    /// As target-lexicon prints it.
    pub triple: String,
    /// Of which operating system: what the list is grouped by.
    pub system: String,
    /// This machine runs what is made for it, where its CPU has the features.
    pub here: bool,
    /// CPU features that exist for its architecture.
    pub cpu_features: Vec<String>,
    /// For each of them, what a CPU with it has as well.
    pub implied: Vec<CpuImplication>,
    /// Those that every CPU of the architecture has.
    pub baseline: Vec<String>,
    /// Compilers that cannot do without some of them.
    pub needed: Vec<CpuNeed>,
    /// Sets of them to choose from, the one to begin with first.
    pub presets: Vec<CpuPreset>,
    /// Each compiler with each form.
    pub cells: Vec<TargetCell>,
}

/// A CPU feature and those that come with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CpuImplication {
    /// `avx2`.
    pub feature: String,
    /// All of them, not only the next: sorted.
    pub implies: Vec<String>,
}

/// CPU features that a compiler cannot do without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CpuNeed {
    /// Whose code is wrong without them.
    pub compiler: Compiler,
    /// Sorted.
    pub cpu_features: Vec<String>,
}

/// A set of CPU features with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CpuPreset {
    /// `x86-64-v2`.
    pub name: String,
    /// Sorted.
    pub cpu_features: Vec<String>,
}

/// All targets that are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Targets {
    /// This machine, with the features its CPU has.
    pub host: Target,
    /// Of which Wasmer the table tells.
    pub wasmer: String,
    /// This machine's first, then by system.
    pub rows: Vec<TargetRow>,
}
