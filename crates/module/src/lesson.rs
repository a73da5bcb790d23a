//! Reads the header of a lesson: its title, the hints and the results that must come out.
//!
//! `examples/README.md` describes the format for authors.

use watshop_protocol::page::{Compiler, ErrorCode, TrapKind};

mod expectation;

pub use expectation::{Expectation, LessonCall};

/// A group of lessons. The list of lessons has them in this order.
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
    /// All groups, in their order.
    pub const ALL: [Self; 7] = [
        Self::Start,
        Self::Control,
        Self::Memory,
        Self::Tables,
        Self::Floats,
        Self::Wasi,
        Self::Imports,
    ];

    /// The title in a header and in the list of lessons.
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
pub struct LessonHeader {
    /// The title, one line.
    pub title: String,
    /// The lesson's group in the list.
    pub group: Group,
    /// The lesson's place in its group, from 1. Lessons without one come last.
    pub order: u8,
    /// The hints for the reader: the `look` lines, joined by blanks.
    pub look: String,
    /// The arguments of a WASI program, without its own name.
    pub arguments: Vec<String>,
    /// The compilers that can compile it. The others answer `compiler_refused`.
    pub compilers: Vec<Compiler>,
    /// The expected results. They are tried in this order, in one instance.
    pub expect: Vec<Expectation>,
}

/// An error in a header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LessonError {
    /// A line that is not `;; key: value`, has an unknown key, or a value that cannot be read.
    #[error("line {line}: {why}")]
    Line {
        /// The number of the line, from 1.
        line: usize,
        /// The reason.
        why: String,
    },
    /// The header lacks a line that every header must have.
    #[error("the header has no `;; {0}: …` line")]
    Missing(&'static str),
}

/// Reads the header of an example: all lines that start with `;; `, up to the first one that does
/// not. A bare `;;` ends it too.
///
/// # Errors
///
/// The first line that cannot be read, or the first key that is missing.
pub fn parse(text: &str) -> Result<LessonHeader, LessonError> {
    let (mut title, mut group, mut look, mut order) = (None, None, Vec::new(), u8::MAX);
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
            "order" => {
                let number = value.parse().ok().filter(|number| *number > 0);
                order = number
                    .ok_or_else(|| wrong(format!("`{value}` is not a place from 1 to 255")))?;
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
                    "`{key}` is not a key; title, group, order, look, arguments, compilers and expect are"
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
    Ok(LessonHeader {
        title: title.ok_or(LessonError::Missing("title"))?,
        group: group.ok_or(LessonError::Missing("group"))?,
        order,
        look: look.join(" "),
        arguments,
        compilers: if compilers.is_empty() { Compiler::ALL.to_vec() } else { compilers },
        expect,
    })
}

/// The error code with this name. A header uses the names of the wire.
fn code(text: &str) -> Option<ErrorCode> {
    ErrorCode::ALL.iter().copied().find(|code| code.as_str() == text)
}

/// The trap with this name. The contract has no list of the traps, so a test compares this one with
/// the wire.
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
