use crate::{Sentence, say};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ImportObject, InitContent, Target, WasiFolder, WasiRule};
use crate::bounds::MOST_INPUT_BYTES;
use crate::compilation::{Compiler, Engine, Optimisation, Proposals};

/// The limits of a guest. Reaching one is an error that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The most pages (64 KiB) of one memory. 65,536 is the most that 32-bit addresses can reach.
    pub memory_pages: u32,
    /// The most elements of one table.
    pub table_elements: u32,
    /// The longest time of a call in milliseconds, without the time in which it waits for its
    /// input; 0 is no limit.
    pub call_ms: u32,
    /// The stack for a guest's values and calls, in KiB (64 to 65,536).
    pub stack_kib: u32,
    /// The most MiB of all memories and tables of an instance and of the modules that it is linked
    /// to; 0 is half of the machine's memory, and 5 GiB on a small machine.
    pub store_mib: u32,
}

impl Limits {
    /// The bounds of a memory, in pages.
    pub const MEMORY_PAGES: RangeInclusive<u32> = 1..=65_536;
    /// The bounds of a table, in elements.
    pub const TABLE_ELEMENTS: RangeInclusive<u32> = 1..=10_000_000;
    /// The bounds of a call, in milliseconds. The most is a day.
    pub const CALL_MS: RangeInclusive<u32> = 0..=86_400_000;
    /// The bounds of the stack, in KiB.
    pub const STACK_KIB: RangeInclusive<u32> = 64..=65_536;

    /// The bounds of all memories and tables together, in MiB. The most is a TiB.
    pub const STORE_MIB: RangeInclusive<u32> = 0..=1_048_576;

    /// The bounds of each limit, by its name on the wire.
    pub const BOUNDS: [(&str, RangeInclusive<u32>); 5] = [
        ("memory_pages", Self::MEMORY_PAGES),
        ("table_elements", Self::TABLE_ELEMENTS),
        ("call_ms", Self::CALL_MS),
        ("stack_kib", Self::STACK_KIB),
        ("store_mib", Self::STORE_MIB),
    ];
}

impl Default for Limits {
    /// 1 GiB of memory, 1,000,000 elements, a minute, 1 MiB of stack (Wasmer's own default), and a
    /// share of the machine for all memories and tables.
    fn default() -> Self {
        Self {
            memory_pages: 16_384,
            table_elements: 1_000_000,
            call_ms: 60_000,
            stack_kib: 1024,
            store_mib: 0,
        }
    }
}

/// The treatment of function imports without a provider.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UnknownImports {
    /// The run ends before it starts, with a list of these imports.
    #[default]
    Error,
    /// Each becomes a function that traps when it is called.
    Trap,
}

/// An environment variable.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EnvironmentVariable {
    /// The name: not empty, without `=` and NUL.
    pub name: String,
    /// The value, without NUL.
    pub value: String,
}

/// The standard input of a WASI program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum WasiInput {
    /// A terminal: the bytes come while the program runs (`tab.input`).
    #[default]
    Terminal,
    /// A pipe, whose bytes come in the same way.
    Pipe,
    /// This text, and then the end.
    Text {
        /// The text. An empty one is an input that is at its end.
        text: String,
    },
    /// The bytes of a file, and then the end.
    File {
        /// The file's name, for people.
        name: String,
        /// The bytes in base64, at most 1 MiB of them.
        base64: String,
    },
}

impl WasiInput {
    /// The bytes of a text or a file; `None` if bytes come while the program runs.
    ///
    /// # Errors
    ///
    /// A sentence if a file's bytes are not base64, or too many.
    pub fn bytes(&self) -> Result<Option<Vec<u8>>, Sentence> {
        match self {
            Self::Terminal | Self::Pipe => Ok(None),
            Self::Text { text } => Ok(Some(text.clone().into_bytes())),
            Self::File { base64, .. } => {
                let bytes = InitContent::Base64(base64.clone()).bytes()?;
                let most = MOST_INPUT_BYTES as usize;
                let too_many = || say!("A file for standard input has at most {most} bytes.");
                if bytes.len() > most { Err(too_many()) } else { Ok(Some(bytes)) }
            }
        }
    }
}

/// The clocks that a WASI program sees.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum WasiClock {
    /// Those of the machine.
    #[default]
    Real,
    /// All clocks stand still, but a sleep takes its time. So a program that prints the time prints
    /// the same in every run.
    Frozen {
        /// The time of day, in seconds since 1970. The other clocks show zero.
        at_s: u32,
    },
    /// Each look at a clock finds it this much later than the look before.
    Stepping {
        /// The time of day at the first look, in seconds since 1970. The other clocks begin at zero.
        at_s: u32,
        /// The step in milliseconds.
        step_ms: u32,
    },
}

/// The random bytes that a WASI program gets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum WasiRandom {
    /// Those of the system.
    #[default]
    Real,
    /// The same ones in every run with the same seed. They are not secret.
    Seeded {
        /// The seed.
        seed: u32,
    },
}

/// The settings of a WASI program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct WasiSettings {
    /// The program's name, `argv[0]`; the tab's title by default.
    pub program: Option<String>,
    /// The arguments after the program's name.
    pub arguments: Vec<String>,
    /// The environment variables. The program gets none of the host's own.
    pub environment: Vec<EnvironmentVariable>,
    /// The standard input.
    pub input: WasiInput,
    /// The clocks.
    pub clock: WasiClock,
    /// The random bytes.
    pub random: WasiRandom,
    /// The folders. The program reaches nothing outside of them.
    pub folders: Vec<WasiFolder>,
    /// The folder that relative paths begin in, by the program's name for it. Without one they
    /// begin in the folder that it knows as `/` or `.`, if it has one.
    pub cwd: Option<String>,
    /// True if each call of WASI is written to standard error, with its arguments and its result.
    pub trace: bool,
    /// True if the calls of WASI are recorded, to be read by `wasi.calls`.
    pub timeline: bool,
    /// The rules for its calls of WASI, in the order in which they are asked; at most 100.
    pub rules: Vec<WasiRule>,
}

/// The settings of a tab.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The compiler.
    pub compiler: Compiler,
    /// The form of the code.
    pub engine: Engine,
    /// The optimisation level.
    pub optimisation: Optimisation,
    /// The machine that the code is for; null is this machine with all features of its CPU.
    pub target: Option<Target>,
    /// The proposals that are on.
    pub proposals: Proposals,
    /// True if the code counts its instructions, which makes it slower. The count does not depend
    /// on the compiler or the machine. An object file does not count.
    pub count_instructions: bool,
    /// The limits of the guest.
    pub limits: Limits,
    /// The settings of a WASI program.
    pub wasi: WasiSettings,
    /// The treatment of function imports without a provider.
    pub unknown_imports: UnknownImports,
    /// The payload's hash of an untrusted artifact that the person has agreed to run.
    pub trusted: Option<String>,
    /// The import object.
    pub imports: ImportObject,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            compiler: Compiler::Cranelift,
            engine: Engine::Jit,
            optimisation: Optimisation::default(),
            target: None,
            proposals: Proposals::default(),
            count_instructions: false,
            limits: Limits::default(),
            wasi: WasiSettings::default(),
            unknown_imports: UnknownImports::default(),
            trusted: None,
            imports: ImportObject::default(),
        }
    }
}
