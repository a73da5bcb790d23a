//! The lines `set:` and `solution:` of a header: settings of the lesson's tab.

use watshop_protocol::page::{
    Compiler, Engine, EnvironmentVariable, Limits, Proposals, Settings, Target, UnknownImports,
    WasiClock, WasiInput, WasiRandom,
};
use watshop_protocol::{Sentence, say};

use crate::escape::unescape;
use crate::expectation::compiler;
use crate::number::number;

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LessonSetting {
    /// The triple of the machine that code is made for.
    Target(String),
    /// The form of the code.
    Engine(Engine),
    /// The compiler.
    Compiler(Compiler),
    /// A limit, by its name on the wire.
    Limit(String, u32),
    /// Functions without a provider trap when they are called.
    UnknownImportsTrap,
    /// An environment variable.
    Environment(EnvironmentVariable),
    /// The standard input.
    Stdin(String),
    /// Clocks that stand still, at this second since 1970.
    FrozenClock(u32),
    /// Random bytes of this seed.
    Random(u32),
    /// A proposal that is turned on.
    Enable(String),
}

impl LessonSetting {
    /// Reads the text behind the key.
    pub(crate) fn parse(text: &str) -> Result<Self, Sentence> {
        let (word, rest) = text.split_once(' ').ok_or_else(|| say!("a setting is `NAME VALUE`"))?;
        let rest = rest.trim();
        if let Some((name, bounds)) = Limits::BOUNDS.iter().find(|(name, _)| *name == word) {
            let value = number(rest)?;
            if !bounds.contains(&value) {
                return Err(say!("{name} is from {} to {}", bounds.start(), bounds.end()));
            }
            return Ok(Self::Limit(word.to_owned(), value));
        }
        match (word, rest) {
            ("target", triple) => Ok(Self::Target(triple.to_owned())),
            ("engine", "jit") => Ok(Self::Engine(Engine::Jit)),
            ("engine", "native") => Ok(Self::Engine(Engine::Native)),
            ("compiler", name) => compiler(name).map(Self::Compiler),
            ("unknown_imports", "trap") => Ok(Self::UnknownImportsTrap),
            ("environment", variable) => {
                let (name, value) =
                    variable.split_once('=').ok_or_else(|| say!("a variable is `NAME=VALUE`"))?;
                let variable = EnvironmentVariable { name: name.into(), value: value.into() };
                Ok(Self::Environment(variable))
            }
            ("stdin", text) => unescape(text).map(Self::Stdin),
            ("clock", text) => {
                let at = text
                    .strip_prefix("frozen ")
                    .ok_or_else(|| say!("a clock is `frozen SECOND`"))?;
                number(at).map(Self::FrozenClock)
            }
            ("enable", name) if Proposals::NAMES.contains(&name) => Ok(Self::Enable(name.into())),
            ("random", seed) => number(seed).map(Self::Random),
            _ => Err(say!("`{text}` is no setting of a lesson")),
        }
    }

    /// Puts it into a tab's settings.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        match self {
            Self::Target(triple) => {
                settings.target = Some(Target { triple: triple.clone(), cpu_features: Vec::new() });
            }
            Self::Engine(engine) => settings.engine = *engine,
            Self::Compiler(compiler) => settings.compiler = *compiler,
            Self::Limit(name, value) => {
                let limits = &mut settings.limits;
                let field = match name.as_str() {
                    "memory_pages" => &mut limits.memory_pages,
                    "table_elements" => &mut limits.table_elements,
                    "call_ms" => &mut limits.call_ms,
                    "stack_kib" => &mut limits.stack_kib,
                    _ => &mut limits.store_mib,
                };
                *field = *value;
            }
            Self::UnknownImportsTrap => settings.unknown_imports = UnknownImports::Trap,
            Self::Environment(variable) => settings.wasi.environment.push(variable.clone()),
            Self::Stdin(text) => settings.wasi.input = WasiInput::Text { text: text.clone() },
            Self::FrozenClock(at_s) => settings.wasi.clock = WasiClock::Frozen { at_s: *at_s },
            Self::Enable(name) => settings.proposals.set(name, true),
            Self::Random(seed) => settings.wasi.random = WasiRandom::Seeded { seed: *seed },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_of_the_format_is_read_and_applied() {
        let mut settings = Settings::default();
        for text in [
            "target aarch64-unknown-linux-gnu",
            "engine native",
            "compiler llvm",
            "call_ms 500",
            "memory_pages 2",
            "stack_kib 64",
            "table_elements 10",
            "store_mib 3",
            "unknown_imports trap",
            "environment NAME=World",
            r"stdin one\ntwo",
            "clock frozen 1000",
            "random 7",
            "enable tail_call",
        ] {
            LessonSetting::parse(text).unwrap().apply(&mut settings);
        }
        assert_eq!(settings.target.unwrap().triple, "aarch64-unknown-linux-gnu");
        assert_eq!((settings.engine, settings.compiler), (Engine::Native, Compiler::Llvm));
        let limits = Limits {
            memory_pages: 2,
            table_elements: 10,
            call_ms: 500,
            stack_kib: 64,
            store_mib: 3,
        };
        assert_eq!(settings.limits, limits);
        assert_eq!(settings.unknown_imports, UnknownImports::Trap);
        assert_eq!(settings.wasi.environment[0].value, "World");
        assert_eq!(settings.wasi.input, WasiInput::Text { text: "one\ntwo".into() });
        assert_eq!(settings.wasi.clock, WasiClock::Frozen { at_s: 1000 });
        assert!(settings.proposals.tail_call);
        assert_eq!(settings.wasi.random, WasiRandom::Seeded { seed: 7 });
    }

    #[test]
    fn a_setting_that_cannot_be_is_refused() {
        for text in ["target", "memory_pages 0", "call_ms x", "engine steam", "clock now", "x y"] {
            assert!(LessonSetting::parse(text).is_err(), "{text}");
        }
    }
}
