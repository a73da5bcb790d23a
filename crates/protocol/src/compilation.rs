//! How machine code is made: compilers, the form of the code, optimisation, proposals. A passport
//! tells them of an artifact, and settings of a tab.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which compiler makes the code. Each is a process of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Compiler {
    /// One pass, compiles fastest.
    Singlepass,
    /// The middle: quick to compile, good code.
    Cranelift,
    /// Best code, compiles slowest.
    Llvm,
}

impl Compiler {
    /// All there are, fastest to compile first.
    pub const ALL: [Self; 3] = [Self::Singlepass, Self::Cranelift, Self::Llvm];

    /// As it stands on the wire, on the command line and in file names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Singlepass => "singlepass",
            Self::Cranelift => "cranelift",
            Self::Llvm => "llvm",
        }
    }

    /// As it stands in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Singlepass => "Singlepass",
            Self::Cranelift => "Cranelift",
            Self::Llvm => "LLVM",
        }
    }
}

/// What form the compiled code takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// Wasmer's serialised form, copied into memory.
    Jit,
    /// A shared object, mapped from its file. ELF on x86-64 Linux today.
    Native,
}

impl Engine {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::Jit, Self::Native];

    /// As it stands on the wire and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jit => "jit",
            Self::Native => "native",
        }
    }
}

/// How much a compiler tries. Singlepass has one level and ignores it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Optimisation {
    /// Cranelift `none`; LLVM `-O0`.
    None,
    /// Cranelift `speed`; LLVM `-O3`, its default in Wasmer.
    #[default]
    Speed,
    /// Cranelift `speed_and_size`; LLVM `-O2`.
    SpeedAndSize,
}

macro_rules! proposals {
    ($($(#[doc = $doc:literal])+ $name:ident: $default:literal,)+) => {
        /// WebAssembly proposals that are on. The defaults are Wasmer 7.5's own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(default, deny_unknown_fields)]
        pub struct Proposals {
            $($(#[doc = $doc])+ pub $name: bool,)+
        }

        impl Proposals {
            /// Their names, in the order of the fields.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// Each name and whether it is on.
            pub fn iter(self) -> impl Iterator<Item = (&'static str, bool)> {
                [$((stringify!($name), self.$name)),+].into_iter()
            }

            /// Turns the proposal of a name on or off. An unknown name changes nothing.
            pub fn set(&mut self, name: &str, on: bool) {
                match name {
                    $(stringify!($name) => self.$name = on,)+
                    _ => {}
                }
            }

            /// Each name with what the proposal brings.
            pub const ABOUT: &'static [(&'static str, &'static str)] =
                &[$((stringify!($name), concat!($($doc),+).trim_ascii())),+];

            /// All on.
            pub fn all() -> Self {
                Self { $($name: true),+ }
            }
        }

        impl Default for Proposals {
            fn default() -> Self {
                Self { $($name: $default),+ }
            }
        }
    };
}

proposals! {
    /// Blocks and functions with several results.
    multi_value: true,
    /// `memory.copy`, `memory.fill` and their like.
    bulk_memory: true,
    /// `funcref` and `externref` as values.
    reference_types: true,
    /// `v128`.
    simd: true,
    /// Shared memories and atomics.
    threads: true,
    /// Arithmetic in constant expressions.
    extended_const: true,
    /// More than one memory.
    multi_memory: true,
    /// `return_call`; LLVM only.
    tail_call: false,
    /// `try_table`, `throw`, tags.
    exceptions: false,
    /// SIMD whose results may differ between CPUs.
    relaxed_simd: false,
    /// 128-bit arithmetic.
    wide_arithmetic: false,
    /// Memories addressed by i64.
    memory64: false,
}
