use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::page::{Stream, TabId};

/// Who provides an import, and with what. The tag on the wire is `provide`.
///
/// Values are text as in [`crate::value`], read as the type that the import declares. `results` has
/// one for each result of the function; empty stands for zeros (and null) of whatever is wanted.
///
/// A *template* is text in which `{0}` stands for the first argument, `{1}` for the second, and so
/// on. After a colon comes how it is printed: `{0:x}` hexadecimal, `{0:b}` binary, `{0:u}` as an
/// unsigned integer, `{0:c}` as the character of that number, `{0:?}` with its type. `{}` is the
/// next argument, `{*}` all of them with commas between, `{{` and `}}` are braces; `\n`, `\t` and
/// `\\` mean what they do in C. Nothing is added at the end, so most templates end in `\n`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "provide", rename_all = "snake_case", deny_unknown_fields)]
pub enum Provider {
    /// Function: returns these values.
    Value {
        /// One for each result, or none for zeros.
        #[serde(default)]
        results: Vec<String>,
    },
    /// Function: writes a line about the call to the tab's console, then returns.
    Log {
        /// What is written; see above.
        template: String,
        /// Where to.
        #[serde(default = "stdout")]
        stream: Stream,
        /// One for each result, or none for zeros.
        #[serde(default)]
        results: Vec<String>,
    },
    /// Function: writes the text that its arguments point at to the tab's console, as UTF-8, at
    /// most 64 KiB of it. A pointer past the end is a trap.
    ReadString {
        /// Which parameter is the address, from 0.
        pointer: u32,
        /// Which parameter is the length in bytes; up to the first NUL byte where none is given.
        #[serde(default)]
        length: Option<u32>,
        /// An exported memory's name, or `module.name` of an imported one; the first that the
        /// module exports or imports where none is given.
        #[serde(default)]
        memory: Option<String>,
        /// Whether a line feed is written after it.
        #[serde(default = "yes")]
        newline: bool,
        /// Where to.
        #[serde(default = "stdout")]
        stream: Stream,
        /// One for each result, or none for zeros.
        #[serde(default)]
        results: Vec<String>,
    },
    /// Function: its first result is a number that grows with every call; the others are zeros.
    /// Integers wrap around.
    Counter {
        /// What the first call of an instance returns.
        start: String,
        /// What is added for the next.
        step: String,
    },
    /// Function: its first result is the time; the others are zeros. An integer too small for it
    /// has its lowest bits.
    Clock {
        /// In what.
        unit: ClockUnit,
        /// Since when.
        origin: ClockOrigin,
    },
    /// Function: random results, the same after each Run. Integers and vectors have all bits
    /// random, floats are from 0 up to but not including 1, references are null.
    Random {
        /// Any u64, as text.
        seed: String,
    },
    /// Function: ends the call, and everything the guest was in the middle of, with a code. The
    /// outcome is `exited`, as of a WASI program that ends itself, and no trap.
    Exit {
        /// The code, where no parameter has it.
        code: i32,
        /// Which i32 or i64 parameter has the code, from 0.
        #[serde(default)]
        parameter: Option<u32>,
    },
    /// Function: traps.
    Trap {
        /// A template; see above.
        message: String,
    },
    /// Function: JavaScript, run by QuickJS in the runner.
    ///
    /// The source is an expression whose value is a function, such as `(x, y) => x + y`. `i32`,
    /// `f32` and `f64` are Numbers, `i64` BigInts, `v128` BigInts of 128 bits, references null and
    /// nothing else; several results are an array. At hand are `memory` (the first one) and
    /// `memories`, `table` and `tables`, `globals` and `exports`, each by name, as
    /// `docs/imports.md` lists them, and `console.log`.
    #[serde(rename = "javascript")]
    JavaScript {
        /// At most 256 KiB.
        source: String,
    },
    /// Anything: an export of another module, instantiated in the same store with the import object
    /// of its own tab.
    ExportOf {
        /// Which module.
        of: ModuleRef,
        /// The export's name.
        export: String,
    },
    /// Memory, made here. What it is is the import's declared type with these sizes.
    Memory {
        /// Pages of 64 KiB at the start.
        minimum: u32,
        /// Most pages.
        #[serde(default)]
        maximum: Option<u32>,
        /// Shared between threads; needs a maximum.
        #[serde(default)]
        shared: bool,
        /// What it begins with, in this order; all else is zero.
        #[serde(default)]
        init: Vec<Init>,
    },
    /// Table, made here, of the element type that the import declares, filled with null.
    Table {
        /// Elements at the start.
        minimum: u32,
        /// Most elements.
        #[serde(default)]
        maximum: Option<u32>,
    },
    /// Global, made here, of the type that the import declares.
    Global {
        /// Its value at the start.
        value: String,
    },
    /// Tag, made here, of the type that the import declares.
    Tag {},
}

impl Provider {
    /// The values that it names for the results of a function; none if it has no such list.
    pub fn results(&self) -> &[String] {
        match self {
            Self::Value { results }
            | Self::Log { results, .. }
            | Self::ReadString { results, .. } => results,
            Self::Counter { .. }
            | Self::Clock { .. }
            | Self::Random { .. }
            | Self::Exit { .. }
            | Self::Trap { .. }
            | Self::JavaScript { .. }
            | Self::ExportOf { .. }
            | Self::Memory { .. }
            | Self::Table { .. }
            | Self::Global { .. }
            | Self::Tag {} => &[],
        }
    }
}

/// What a clock counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockUnit {
    /// 1 s.
    Seconds,
    /// 1 ms.
    #[default]
    Milliseconds,
    /// 1 µs.
    Microseconds,
    /// 1 ns.
    Nanoseconds,
}

/// Since when a clock counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockOrigin {
    /// 1 January 1970, UTC.
    #[default]
    Unix,
    /// When the instance was made; never goes back.
    Instance,
}

/// Bytes that a memory begins with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Init {
    /// Where the first byte goes.
    #[serde(default)]
    pub at: u32,
    /// The bytes.
    pub content: Content,
}

/// Bytes as text. All of a memory's together are at most 1 MiB.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// As UTF-8.
    Text(String),
    /// Two digits a byte; blanks do not matter.
    Hex(String),
    /// With or without padding. A file's bytes come this way.
    Base64(String),
}

/// Another module.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ModuleRef {
    /// An open tab. Only in settings: numbers mean nothing outside of one data folder.
    Tab(TabId),
    /// A file, from the folder of the `.imports.json` it stands in. In the settings of a tab it
    /// means that no open tab has such a file, which is a problem to be shown.
    File(String),
}

fn stdout() -> Stream {
    Stream::Stdout
}

fn yes() -> bool {
    true
}
