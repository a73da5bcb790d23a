use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::page::{Stream, TabId};

/// A provider of an import. The tag on the wire is `provide`.
///
/// Values are text as in [`crate::value`], read as the type that the import declares. `results` has
/// one for each result of the function. An empty list stands for zeros (and null) of these types.
///
/// A *template* is text in which `{0}` stands for the first argument, `{1}` for the second, and so
/// on. A form may follow after a colon: `{0:x}` is hexadecimal, `{0:b}` binary, `{0:u}` an unsigned
/// integer, `{0:c}` the character of that number, `{0:?}` the value with its type. `{}` is the next
/// argument, `{*}` all of them with commas between, `{{` and `}}` are braces; `\n`, `\t` and `\\`
/// mean the same as in C. Nothing is added at the end, so most templates end in `\n`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "provide", rename_all = "snake_case", deny_unknown_fields)]
pub enum Provider {
    /// Function: returns these values.
    Value {
        /// The results: one value for each, or none for zeros.
        #[serde(default)]
        results: Vec<String>,
    },
    /// Function: writes a line about the call to the tab's console, then returns.
    Log {
        /// The line, a template; see above.
        template: String,
        /// The stream that it writes to.
        #[serde(default = "stdout")]
        stream: Stream,
        /// The results: one value for each, or none for zeros.
        #[serde(default)]
        results: Vec<String>,
    },
    /// Function: reads text in a memory by its arguments, and writes it to the tab's console, as
    /// UTF-8, at most 64 KiB of it. A pointer past the end is a trap.
    ReadString {
        /// The parameter that is the address, counted from 0.
        pointer: u32,
        /// The parameter that is the length in bytes. Without it, the text ends at the first NUL
        /// byte.
        #[serde(default)]
        length: Option<u32>,
        /// The name of an exported memory, or `module.name` of an imported one. Without it, the
        /// first memory that the module exports or imports is read.
        #[serde(default)]
        memory: Option<String>,
        /// True writes a line feed after the text.
        #[serde(default = "yes")]
        newline: bool,
        /// The stream that it writes to.
        #[serde(default = "stdout")]
        stream: Stream,
        /// The results: one value for each, or none for zeros.
        #[serde(default)]
        results: Vec<String>,
    },
    /// Function: its first result is a number that grows with every call; the others are zeros.
    /// Integers wrap around.
    Counter {
        /// The result of an instance's first call.
        start: String,
        /// The number that each next call adds.
        step: String,
    },
    /// Function: its first result is the time; the others are zeros. If an integer is too small for
    /// the time, it gets the lowest bits.
    Clock {
        /// The unit of the time.
        unit: ClockUnit,
        /// The time that counts as zero.
        origin: ClockOrigin,
    },
    /// Function: random results, the same after each Run. Integers and vectors have all bits
    /// random, floats are from 0 up to but not including 1, references are null.
    Random {
        /// Any u64, as text.
        seed: String,
    },
    /// Function: ends the call, and all calls of the guest around it, with a code. The outcome is
    /// `exited`, as for a WASI program that ends itself. It is not a trap.
    Exit {
        /// The code, if no parameter has it.
        code: i32,
        /// The i32 or i64 parameter with the code, counted from 0.
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
    /// `f32` and `f64` are Numbers, `i64` BigInts, `v128` BigInts of 128 bits, and references are
    /// always null; several results are an array. The function can use `memory` (the first one) and
    /// `memories`, `table` and `tables`, `globals` and `exports`, each by name, as
    /// `docs/imports.md` lists them, and `console.log`.
    #[serde(rename = "javascript")]
    JavaScript {
        /// The source, at most 256 KiB.
        source: String,
    },
    /// Anything: an export of another module, which is instantiated in the same store with the
    /// import object of its own tab.
    ExportOf {
        /// The other module.
        of: ModuleRef,
        /// The export's name.
        export: String,
    },
    /// Memory, made here. Its type is the one that the import declares, with these sizes.
    Memory {
        /// Pages of 64 KiB at the start.
        minimum: u32,
        /// The most pages.
        #[serde(default)]
        maximum: Option<u32>,
        /// True shares it between threads; this needs a maximum.
        #[serde(default)]
        shared: bool,
        /// The initial content, written in this order. All other bytes are zero.
        #[serde(default)]
        init: Vec<Init>,
    },
    /// Table, made here, of the element type that the import declares, filled with null.
    Table {
        /// Elements at the start.
        minimum: u32,
        /// The most elements.
        #[serde(default)]
        maximum: Option<u32>,
    },
    /// Global, made here, of the type that the import declares.
    Global {
        /// The value at the start.
        value: String,
    },
    /// Tag, made here, of the type that the import declares.
    Tag {},
}

impl Provider {
    /// The values that it names for the results of a function; an empty list if it names none.
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

/// The unit of a clock.
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

/// The time at which a clock is zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockOrigin {
    /// 1 January 1970, UTC.
    #[default]
    Unix,
    /// The time at which the instance was made. This clock never goes back.
    Instance,
}

/// Bytes of a memory's initial content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Init {
    /// The address of the first byte.
    #[serde(default)]
    pub at: u32,
    /// The bytes.
    pub content: InitContent,
}

/// Bytes as text. All of a memory's together are at most 1 MiB.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum InitContent {
    /// Text, written as UTF-8.
    Text(String),
    /// Two digits for each byte; spaces are ignored.
    Hex(String),
    /// Base64, with or without padding. A file's bytes come this way.
    Base64(String),
}

/// Another module.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ModuleRef {
    /// An open tab. Only settings may contain one, because numbers of tabs are valid in one data
    /// folder only.
    Tab(TabId),
    /// A file, relative to the folder of its `.imports.json`. In the settings of a tab it means
    /// that no open tab has such a file. The page shows that as a problem.
    File(String),
}

fn stdout() -> Stream {
    Stream::Stdout
}

fn yes() -> bool {
    true
}
