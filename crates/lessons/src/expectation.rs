//! The lines `expect:` of a header.

use watshop_protocol::page::{Compiler, ErrorCode, TrapKind};
use watshop_protocol::{Sentence, say};

use crate::escape::unescape;
use crate::inputs::{MemoryInput, Pattern};
use crate::number::{address, number};
use crate::trap;

/// A call of an export, as a person types it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonCall {
    /// The export's name.
    pub function: String,
    /// One text for each parameter, as [`watshop_protocol::value::parse`] reads it.
    pub arguments: Vec<String>,
}

/// Something that must come out of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// `add_one 41 -> 42`: the call gives these results, as [`watshop_protocol::value::print`]
    /// prints them.
    Results {
        /// The call.
        call: LessonCall,
        /// One text for each result.
        results: Vec<String>,
    },
    /// `trap integer_divide_by_zero: div 1 0`: the call traps in this way, and the instance stays
    /// alive.
    Trap {
        /// The kind of trap.
        kind: TrapKind,
        /// The call.
        call: LessonCall,
    },
    /// `error missing_imports`: the run ends with this error. If a call follows behind a colon,
    /// that call ends with it.
    Error {
        /// The code of the error.
        code: ErrorCode,
        /// The call, if the run itself succeeds.
        call: Option<LessonCall>,
    },
    /// `stdout: Hello\n`: the whole standard output of the program.
    Stdout(String),
    /// `exit 3`: the exit status of the program.
    Exit(i32),
    /// `memory 0x10 = 68 69`: bytes of the first exported memory.
    Memory {
        /// The address of the first byte.
        at: u64,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// `global counter = 3`: the value of an exported global, as it is printed.
    Global {
        /// The export's name.
        name: String,
        /// The value.
        value: String,
    },
    /// `log 3 2 1`: the numbers that imported functions were called with since the last such line.
    Log(Vec<String>),
    /// `calls env.log 3`: the number of calls of an imported function since the run.
    Calls {
        /// The import's namespace.
        module: String,
        /// The import's name.
        name: String,
        /// The number of calls.
        times: usize,
    },
    /// `console: 3\n`: the lines that import functions wrote since the last such line.
    Console(String),
    /// `refused by singlepass`: this compiler refuses the module.
    Refused(Compiler),
    /// `target TRIPLE`: the code is for this machine.
    Target(String),
    /// `same 200: f ? 0..16`: the results are the solution's for random arguments.
    Same {
        /// The number of calls.
        times: u32,
        /// The export's name.
        function: String,
        /// A pattern for each parameter.
        patterns: Vec<Pattern>,
        /// The bytes of memory that are random too.
        memory: Option<MemoryInput>,
    },
}

/// Reads the text behind `expect:`.
pub(crate) fn parse(text: &str) -> Result<Expectation, Sentence> {
    for (prefix, made) in [
        ("stdout:", Expectation::Stdout as fn(String) -> Expectation),
        ("console:", Expectation::Console),
    ] {
        if let Some(output) = text.strip_prefix(prefix) {
            return unescape(output.strip_prefix(' ').unwrap_or(output)).map(made);
        }
    }
    if let Some((words, results)) = text.split_once("->") {
        return Ok(Expectation::Results { call: call(words)?, results: split(results)? });
    }
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim();
    match word {
        "trap" => {
            let (name, words) = rest
                .split_once(':')
                .ok_or_else(|| say!("a trap is `trap KIND: function arguments`"))?;
            let kind = trap::find(name.trim())
                .ok_or_else(|| say!("there is no trap `{}`", name.trim()))?;
            Ok(Expectation::Trap { kind, call: call(words)? })
        }
        "error" => {
            let (name, words) = match rest.split_once(':') {
                Some((name, words)) => (name, Some(words)),
                None => (rest, None),
            };
            let code = error_code(name.trim())
                .ok_or_else(|| say!("there is no error `{}`", name.trim()))?;
            Ok(Expectation::Error { code, call: words.map(call).transpose()? })
        }
        "exit" => Ok(Expectation::Exit(number(rest)?)),
        "memory" => {
            let (at, bytes) =
                rest.split_once('=').ok_or_else(|| say!("memory is `memory ADDRESS = BYTES`"))?;
            let byte = |text: &str| {
                u8::from_str_radix(text, 16).map_err(|_| say!("`{text}` is not a byte"))
            };
            let bytes = bytes.split_whitespace().map(byte).collect::<Result<_, _>>()?;
            Ok(Expectation::Memory { at: address(at.trim())?, bytes })
        }
        "global" => {
            let (name, value) =
                rest.split_once('=').ok_or_else(|| say!("a global is `global NAME = VALUE`"))?;
            Ok(Expectation::Global { name: name.trim().into(), value: value.trim().into() })
        }
        "log" => Ok(Expectation::Log(split(rest)?)),
        "calls" => {
            let (import, times) =
                rest.rsplit_once(' ').ok_or_else(|| say!("calls are `calls MODULE.NAME TIMES`"))?;
            let (module, name) =
                import.trim().split_once('.').ok_or_else(|| say!("an import is `MODULE.NAME`"))?;
            let times = number(times)?;
            Ok(Expectation::Calls { module: module.into(), name: name.into(), times })
        }
        "refused" => {
            let name = rest
                .strip_prefix("by ")
                .ok_or_else(|| say!("a refusal is `refused by COMPILER`"))?;
            Ok(Expectation::Refused(compiler(name.trim())?))
        }
        "target" => Ok(Expectation::Target(rest.into())),
        "same" => {
            let (times, rest) =
                rest.split_once(':').ok_or_else(|| say!("`same` is `same TIMES: function …`"))?;
            let (words, memory) = match rest.split_once(" with memory ") {
                Some((words, range)) => (words, Some(MemoryInput::parse(range)?)),
                None => (rest, None),
            };
            let LessonCall { function, arguments } = call(words)?;
            let patterns = arguments.into_iter().map(Pattern::parse).collect();
            Ok(Expectation::Same { times: number(times)?, function, patterns, memory })
        }
        _ => Err(say!(
            "an expectation is `function arguments -> results`, or begins with trap, error, stdout:, exit, \
                  memory, global, log, calls, console:, refused by, target or same"
        )),
    }
}

/// The compiler of this name.
pub(crate) fn compiler(name: &str) -> Result<Compiler, Sentence> {
    let known = Compiler::ALL.into_iter().find(|compiler| compiler.as_str() == name);
    known.ok_or_else(|| say!("there is no compiler `{name}`"))
}

fn call(words: &str) -> Result<LessonCall, Sentence> {
    let mut words = split(words)?.into_iter();
    let function = words.next().ok_or_else(|| say!("the name of a function is missing"))?;
    Ok(LessonCall { function, arguments: words.collect() })
}

/// Words between blanks. One in double quotes may contain blanks, such as `"extern 7"`.
fn split(text: &str) -> Result<Vec<String>, Sentence> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let word = match rest.strip_prefix('"') {
            Some(quoted) => {
                let (word, after) =
                    quoted.split_once('"').ok_or_else(|| say!("a word in quotes does not end"))?;
                rest = after;
                word
            }
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                rest = after;
                word
            }
        };
        words.push(word.to_owned());
        rest = rest.trim_start();
    }
    Ok(words)
}

/// The error code with this name. A header uses the names of the wire.
fn error_code(text: &str) -> Option<ErrorCode> {
    ErrorCode::ALL.iter().copied().find(|code| code.as_str() == text)
}
