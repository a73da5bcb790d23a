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
    /// Code [`ErrorCode::CompilerRefused`]: the compilers that have what this one lacks, where that is known.
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
    /// `memory.atomic.wait32` or `memory.atomic.wait64` was executed on a memory that is not shared.
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

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// Stable codes of everything that can go wrong. New ones may come; none changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode {
            $($(#[doc = $doc])+ $name,)+
        }

        impl ErrorCode {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as it stands on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

codes! {
    /// The text is not WAT; `at` has line and column.
    MalformedText = "malformed_text",
    /// The module breaks a rule of the specification or needs a proposal that is off; `at` has the offset.
    InvalidModule = "invalid_module",
    /// The bytes are neither WAT, nor a Wasm binary, nor a sealed artifact.
    NotAModule = "not_a_module",
    /// There is nothing in the file.
    EmptyFile = "empty_file",
    /// The file is larger than the workbench takes.
    FileTooLarge = "file_too_large",
    /// A file could not be read or written; the message has the system's words.
    File = "file",
    /// There is no space left to write to.
    DiskFull = "disk_full",
    /// Missing function imports; `imports` lists them.
    MissingImports = "missing_imports",
    /// The instance has no export of this name.
    UnknownExport = "unknown_export",
    /// The export is not a function.
    NotAFunction = "not_a_function",
    /// More or fewer arguments than the function takes.
    ArgumentCount = "argument_count",
    /// An argument's text is not a value of its type.
    ArgumentType = "argument_type",
    /// The guest trapped; `trap` says how, `frames` where.
    Trap = "trap",
    /// The call ran longer than the tab's limit.
    CallTime = "call_time",
    /// The module asks for more memory than the tab's limit allows.
    MemoryLimit = "memory_limit",
    /// The module asks for a larger table than the tab's limit allows.
    TableLimit = "table_limit",
    /// The person pressed Stop.
    Stopped = "stopped",
    /// This compiler is not installed here; `help` says how to get it.
    CompilerUnavailable = "compiler_unavailable",
    /// This engine does not exist on this system.
    EngineUnavailable = "engine_unavailable",
    /// This compiler cannot make this form of code for that target; the table of targets says so.
    TargetUnsupported = "target_unsupported",
    /// The linker for this kind of shared object is not installed here; `help` says how to get it.
    LinkerUnavailable = "linker_unavailable",
    /// The linker refused the object, in its own words.
    LinkFailed = "link_failed",
    /// What was made is not what was asked for; nothing was kept of it.
    ExportDamaged = "export_damaged",
    /// The compiler refused the module; `compilers` has those that take it, where that is known.
    CompilerRefused = "compiler_refused",
    /// The compiler process died; its last words are in the message.
    CompilerCrashed = "compiler_crashed",
    /// The runner process died; what the tab held is still there, the instance is not.
    RunnerCrashed = "runner_crashed",
    /// A sealed file whose bytes do not match its passport, or that ends early.
    ArtifactDamaged = "artifact_damaged",
    /// A sealed file for another machine, another Wasmer, or other CPU features.
    ArtifactForeign = "artifact_foreign",
    /// An artifact that was made elsewhere, and that the person has not agreed to run: it is machine code.
    UnknownHand = "unknown_hand",
    /// The module could not be instantiated, for a reason that has no code of its own.
    Instantiation = "instantiation",
    /// There is no such tab (any more).
    UnknownTab = "unknown_tab",
    /// There is no such lesson.
    UnknownLesson = "unknown_lesson",
    /// Nothing has been run in this tab yet, or what was is gone.
    NoInstance = "no_instance",
    /// The tab is in the middle of a run or a call.
    Busy = "busy",
    /// An address or length past the end.
    OutOfBounds = "out_of_bounds",
    /// No method of this name.
    UnknownMethod = "unknown_method",
    /// The parameters are not those of the method.
    BadRequest = "bad_request",
    /// This method belongs to another shell: a page in a browser may not name files of the host.
    NotFromHere = "not_from_here",
    /// The saved state could not be read or written.
    State = "state",
    /// A global that is a constant, or a table that the compiler took for one.
    Immutable = "immutable",
    /// What a tab or a file gives does not fit what the module imports; `imports` lists those that differ.
    ImportMismatch = "import_mismatch",
    /// WASI was called and needs a memory that the module exports as `memory`; `at` is where its memory is declared.
    WasiMemory = "wasi_memory",
    /// Tabs that import from one another in a circle; the message has the path.
    ImportCycle = "import_cycle",
    /// The JavaScript of an import cannot be used; the message has the import and QuickJS's own words.
    ImportScript = "import_script",
    /// The file is no `.imports.json`, or one of a newer Watshop.
    ImportsFile = "imports_file",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_the_same_on_the_wire_and_in_code() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }
}
