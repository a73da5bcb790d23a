use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ComponentView, ErrorCode, Import, Place};
use crate::compilation::Compiler;
use crate::sentence::{Sentence, Wordings};

/// A result whose error can be shown to a person.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error: its sentence, its place and its help are for people, its code is for programs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[ts(rename = "WireError")]
#[error("{message}")]
pub struct Error {
    /// The stable code. The page and scripts decide by it, never by the message.
    pub code: ErrorCode,
    /// A sentence that a learner understands.
    pub message: String,
    /// Advice that holds in every shell, if there is some. The shell that shows the error adds the
    /// step that its own controls offer, which it knows from the code and the facts below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub help: Option<String>,
    /// The patterns and the facts of both, for a page in another language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<Wordings>", optional)]
    pub wordings: Option<Box<Wordings>>,
    /// The place in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub at: Option<Place>,
    /// The kind of trap, for the code [`ErrorCode::Trap`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub trap: Option<TrapKind>,
    /// The guest's stack when it trapped or was stopped, innermost call first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<TrapFrame>>", optional)]
    pub frames: Vec<TrapFrame>,
    /// The first imports with their types, at most 100, for the codes [`ErrorCode::MissingImports`] and
    /// [`ErrorCode::ImportMismatch`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Import>>", optional)]
    pub imports: Vec<Import>,
    /// The name of the proposal that is off, for the code [`ErrorCode::InvalidModule`], if the module
    /// needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub proposal: Option<String>,
    /// The compilers that accept the module, for the code [`ErrorCode::CompilerRefused`], if they
    /// are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Compiler>>", optional)]
    pub compilers: Vec<Compiler>,
    /// The core modules inside, for the code [`ErrorCode::NotAModule`], if the file is a component.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub component: Option<Box<ComponentView>>,
}

impl Error {
    /// An error with a code and a sentence.
    pub fn new(code: ErrorCode, message: Sentence) -> Self {
        Self {
            code,
            message: message.text,
            help: None,
            wordings: Some(Wordings { message: message.wording, help: None }.into()),
            at: None,
            trap: None,
            frames: Vec::new(),
            imports: Vec::new(),
            proposal: None,
            compilers: Vec::new(),
            component: None,
        }
    }

    /// The help as a sentence, to be a part of another one.
    pub fn help_sentence(&self) -> Option<Sentence> {
        let help = self.help.as_ref()?;
        let wording = self.wordings.as_ref().and_then(|wordings| wordings.help.as_ref());
        Some(Sentence::again(help, wording))
    }

    /// Replaces the message.
    #[must_use]
    pub fn with_message(mut self, message: Sentence) -> Self {
        let help = self.help_sentence();
        self.message = message.text;
        let help = help.map(|help| help.wording);
        self.wordings = Some(Wordings { message: message.wording, help }.into());
        self
    }

    /// Adds advice for the person. It names no control, because no shell is known here.
    #[must_use]
    pub fn help(mut self, help: Sentence) -> Self {
        let message = self.sentence().wording;
        self.help = Some(help.text);
        self.wordings = Some(Wordings { message, help: Some(help.wording) }.into());
        self
    }

    /// The message as a sentence, to be a part of another one.
    pub fn sentence(&self) -> Sentence {
        Sentence::again(&self.message, self.wordings.as_ref().map(|wordings| &wordings.message))
    }

    /// Adds the imports that it is about: the first of them, as many as are read. The sentence says
    /// how many there are.
    #[must_use]
    pub fn about(mut self, imports: impl IntoIterator<Item = Import>) -> Self {
        const MOST: usize = 100;
        const MOST_BYTES: usize = 64 << 10;
        let mut bytes = 0;
        let room = |import: &Import| {
            let room = bytes < MOST_BYTES;
            bytes += import.module.len() + import.name.len() + 10 * import.kind.listed();
            room
        };
        self.imports = imports.into_iter().take(MOST).take_while(room).collect();
        self
    }

    /// Adds the place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.at = Some(place);
        self
    }
}

/// One call of a guest's stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrapFrame {
    /// The index in the module's function index space (imports first).
    pub function: u32,
    /// The name from the name section, or the name of an export in quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    /// The place of the instruction.
    pub at: Place,
    /// True for a function of a module that this one imports from. It has no place, because its
    /// text is another.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub elsewhere: bool,
    /// True if the compiler does not tell the instruction. Then `at` is the beginning of the
    /// function.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub imprecise: bool,
}

/// The reason of a trap. The words are those of the specification (4.4, traps), if it has one.
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
    /// A host function failed: a stub, or WASI.
    HostFunction,
    /// Any other trap, in the words of the runtime.
    Other,
}
