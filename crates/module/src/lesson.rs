//! Lessons: the header of an example, what it says to look at and what must come out.
//!
//! `examples/README.md` describes the format for those who write one.

use watshop_protocol::page::{Compiler, ErrorCode, TrapKind};

mod expectation;

pub use expectation::{Call, Expectation};

/// Where a lesson stands in the list, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// First steps.
    Start,
    /// Branches, loops, calls, traps.
    Control,
    /// Linear memory.
    Memory,
    /// Tables and indirect calls.
    Tables,
    /// Floats and vectors.
    Floats,
    /// Programs that talk to a system.
    Wasi,
    /// Modules that need something from outside.
    Imports,
}

impl Group {
    /// All there are, in their order.
    pub const ALL: [Self; 7] = [
        Self::Start,
        Self::Control,
        Self::Memory,
        Self::Tables,
        Self::Floats,
        Self::Wasi,
        Self::Imports,
    ];

    /// As it stands in a header and in the list of lessons.
    pub fn title(self) -> &'static str {
        match self {
            Self::Start => "Start",
            Self::Control => "Control",
            Self::Memory => "Memory",
            Self::Tables => "Tables",
            Self::Floats => "Floats",
            Self::Wasi => "WASI",
            Self::Imports => "Imports",
        }
    }

    /// The folder under `examples/` that holds its lessons.
    pub fn folder(self) -> String {
        self.title().to_lowercase()
    }
}

/// The header of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// One line.
    pub title: String,
    /// Where it stands in the list.
    pub group: Group,
    /// What there is to see: the `look` lines, joined by blanks.
    pub look: String,
    /// What a WASI program is started with, after its own name.
    pub arguments: Vec<String>,
    /// Those that can compile it; the others answer `compiler_refused`.
    pub compilers: Vec<Compiler>,
    /// What comes out, to be tried in this order in one instance.
    pub expect: Vec<Expectation>,
}

/// What is wrong with a header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LessonError {
    /// A line that is no `;; key: value` with a known key, or whose value cannot be read.
    #[error("line {line}: {why}")]
    Line {
        /// From 1.
        line: usize,
        /// What is expected instead.
        why: String,
    },
    /// A line that every header has.
    #[error("the header has no `;; {0}: …` line")]
    Missing(&'static str),
}

/// Reads the header of an example: all lines that start with `;;`, up to the first that does not,
/// or to a bare `;;`.
///
/// # Errors
///
/// The first line that cannot be read, or the first key that is missing.
pub fn parse(text: &str) -> Result<Lesson, LessonError> {
    let (mut title, mut group, mut look) = (None, None, Vec::new());
    let (mut arguments, mut compilers, mut expect) = (Vec::new(), Vec::new(), Vec::new());
    let header = text.lines().map_while(|line| line.trim_end().strip_prefix(";; "));
    for (i, line) in header.enumerate() {
        let wrong = |why: String| LessonError::Line { line: i + 1, why };
        let (key, value) = line
            .split_once(':')
            .map(|(key, value)| (key.trim(), value.trim()))
            .filter(|(_, value)| !value.is_empty())
            .ok_or_else(|| wrong("a header line is `;; key: value`".into()))?;
        match key {
            "title" => title = Some(value.to_owned()),
            "group" => {
                let known = Group::ALL.into_iter().find(|group| group.title() == value);
                group = Some(known.ok_or_else(|| wrong(format!("there is no group `{value}`")))?);
            }
            "look" => look.push(value),
            "arguments" => arguments.extend(value.split_whitespace().map(str::to_owned)),
            "compilers" => {
                for name in value.split_whitespace() {
                    let known =
                        Compiler::ALL.into_iter().find(|compiler| compiler.as_str() == name);
                    compilers.push(
                        known.ok_or_else(|| wrong(format!("there is no compiler `{name}`")))?,
                    );
                }
            }
            "expect" => expect.push(expectation::parse(value).map_err(wrong)?),
            _ => {
                return Err(wrong(format!(
                    "`{key}` is no key; title, group, look, arguments, compilers and expect are"
                )));
            }
        }
    }
    if look.is_empty() {
        return Err(LessonError::Missing("look"));
    }
    if expect.is_empty() {
        return Err(LessonError::Missing("expect"));
    }
    Ok(Lesson {
        title: title.ok_or(LessonError::Missing("title"))?,
        group: group.ok_or(LessonError::Missing("group"))?,
        look: look.join(" "),
        arguments,
        compilers: if compilers.is_empty() { Compiler::ALL.to_vec() } else { compilers },
        expect,
    })
}

/// A code or a trap as it stands in a header; the same words as on the wire.
fn code(text: &str) -> Option<ErrorCode> {
    ErrorCode::ALL.iter().copied().find(|code| code.as_str() == text)
}

/// Traps have no list of their own to look their names up in, but a test holds this one to the
/// wire.
fn trap(text: &str) -> Option<TrapKind> {
    TRAPS.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind)
}

const TRAPS: [(&str, TrapKind); 14] = [
    ("unreachable", TrapKind::Unreachable),
    ("integer_divide_by_zero", TrapKind::IntegerDivideByZero),
    ("integer_overflow", TrapKind::IntegerOverflow),
    ("invalid_conversion_to_integer", TrapKind::InvalidConversionToInteger),
    ("out_of_bounds_memory_access", TrapKind::OutOfBoundsMemoryAccess),
    ("out_of_bounds_table_access", TrapKind::OutOfBoundsTableAccess),
    ("null_reference", TrapKind::NullReference),
    ("indirect_call_type_mismatch", TrapKind::IndirectCallTypeMismatch),
    ("unaligned_atomic", TrapKind::UnalignedAtomic),
    ("wait_on_unshared_memory", TrapKind::WaitOnUnsharedMemory),
    ("stack_overflow", TrapKind::StackOverflow),
    ("uncaught_exception", TrapKind::UncaughtException),
    ("host_function", TrapKind::HostFunction),
    ("other", TrapKind::Other),
];

#[cfg(test)]
mod tests;
