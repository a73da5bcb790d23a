mod codes;

pub use codes::{ErrorCode, Example};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Compiler, Import};

/// A result whose error can be shown to a person.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, where, and what to do: for people as sentences, for machines as a code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[ts(rename = "WireError")]
#[error("{message}")]
pub struct Error {
    /// Stable: the page and scripts decide by it, never by the message.
    pub code: ErrorCode,
    /// One sentence that a learner understands.
    pub message: String,
    /// What to do next, where there is something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub help: Option<String>,
    /// Where in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub at: Option<Place>,
    /// Code [`ErrorCode::Trap`]: which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub trap: Option<TrapKind>,
    /// The guest's stack when it trapped or was stopped, innermost call first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<TrapFrame>>", optional)]
    pub frames: Vec<TrapFrame>,
    /// Codes [`ErrorCode::MissingImports`] and [`ErrorCode::ImportMismatch`]: each with its type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Import>>", optional)]
    pub imports: Vec<Import>,
    /// Code [`ErrorCode::CompilerRefused`]: the compilers that have what this one lacks, where that
    /// is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Compiler>>", optional)]
    pub compilers: Vec<Compiler>,
}

impl Error {
    /// An error that has a code and a sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            at: None,
            trap: None,
            frames: Vec::new(),
            imports: Vec::new(),
            compilers: Vec::new(),
        }
    }

    /// The same with what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with where it is.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.at = Some(place);
        self
    }
}

/// A place in a source: text has lines and columns, a binary has offsets, and code made from text
/// has both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Place {
    /// From 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub line: Option<u32>,
    /// From 1, in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub column: Option<u32>,
    /// Bytes from the start of the binary module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub offset: Option<u32>,
}

/// One call of a guest's stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrapFrame {
    /// Index in the module's function index space (imports first).
    pub function: u32,
    /// From the name section, or the name of an export in quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    /// The instruction.
    pub at: Place,
    /// It is in a module that this one imports from, whose text is another; then there is no place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub elsewhere: bool,
    /// The compiler does not tell which instruction it was: `at` is where the function begins.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub imprecise: bool,
}

/// Why a guest trapped. The words are those of the specification (4.4, traps) where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TrapKind {
    /// `unreachable` was executed.
    Unreachable,
    /// An integer was divided by zero.
    IntegerDivideByZero,
    /// A division or a truncation gave a number that its type cannot hold.
    IntegerOverflow,
    /// NaN or a number out of range was truncated to an integer.
    InvalidConversionToInteger,
    /// A load, store or bulk operation reached past the end of a memory.
    OutOfBoundsMemoryAccess,
    /// A table was read or written past its end.
    OutOfBoundsTableAccess,
    /// A null reference was called or needed.
    NullReference,
    /// `call_indirect` met a function of another type.
    IndirectCallTypeMismatch,
    /// An atomic access was not aligned.
    UnalignedAtomic,
    /// `memory.atomic.wait32` or `memory.atomic.wait64` was executed on a memory that is not
    /// shared.
    WaitOnUnsharedMemory,
    /// Calls went deeper than the stack limit of the tab.
    StackOverflow,
    /// An exception left the module.
    UncaughtException,
    /// A host function refused: a stub, or WASI.
    HostFunction,
    /// What the runtime calls anything else.
    Other,
}
