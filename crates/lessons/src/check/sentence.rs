//! The checks of a lesson as sentences.

use watshop_protocol::page::{Compiler, LessonKind};
use watshop_protocol::{Sentence, say};

use super::{hexadecimal, results_text};
use crate::course::Lesson;
use crate::escape::escape;
use crate::expectation::{Expectation, LessonCall};
use crate::rule::Rule;
use crate::trap;

/// The sentence of a quiz.
pub(super) fn answer() -> Sentence {
    say!("Your answer is right.")
}

/// The sentences of a lesson's checks, in their order.
pub(crate) fn sentences(lesson: &Lesson) -> Vec<Sentence> {
    let header = &lesson.header;
    let answer = (header.kind == LessonKind::Quiz).then(answer);
    let rules = header.rules.iter().map(Rule::sentence);
    let expected = all(&header.expect).into_iter().filter(|_| answer.is_none());
    answer.iter().cloned().chain(rules).chain(expected).collect()
}

/// The sentences of what must come out, also for a quiz.
pub(crate) fn expected(lesson: &Lesson) -> Vec<Sentence> {
    all(&lesson.header.expect)
}

/// The sentences of expectations. One that looks at the state names the call before it.
pub(super) fn all(expect: &[Expectation]) -> Vec<Sentence> {
    let mut last: Option<&LessonCall> = None;
    let mut sentences = Vec::new();
    for expectation in expect {
        match expectation {
            Expectation::Results { call, .. }
            | Expectation::Trap { call, .. }
            | Expectation::Error { call: Some(call), .. } => last = Some(call),
            Expectation::Same { .. } => last = None,
            _ => {}
        }
        sentences.push(match (expectation, last) {
            (Expectation::Memory { at, bytes }, Some(call)) => {
                let (call, bytes) = (call_text(call), hexadecimal(bytes));
                say!("After `{call}`, memory holds `{bytes}` from address {at} on.")
            }
            (Expectation::Global { name, value }, Some(call)) => {
                let call = call_text(call);
                say!("After `{call}`, the global `{name}` is `{value}`.")
            }
            _ => sentence(expectation),
        });
    }
    sentences
}

/// An expectation as a sentence.
fn sentence(expectation: &Expectation) -> Sentence {
    match expectation {
        Expectation::Results { call, results } if results.is_empty() => {
            say!("`{}` returns.", call_text(call))
        }
        Expectation::Results { call, results } => {
            say!("`{}` gives `{}`.", call_text(call), results.join(" "))
        }
        Expectation::Trap { kind, call } => {
            say!("`{}` traps: {}.", call_text(call), trap::words(*kind))
        }
        Expectation::Error { code, call: Some(call) } => {
            say!("`{}` ends with the error `{}`.", call_text(call), code.as_str())
        }
        Expectation::Error { code, call: None } => {
            say!("The run ends with the error `{}`.", code.as_str())
        }
        Expectation::Stdout(text) => say!("Standard output is `{}`.", escape(text)),
        Expectation::Exit(status) => say!("The program ends with status {status}."),
        Expectation::Memory { at, bytes } => {
            say!("Memory holds `{}` from address {at} on.", hexadecimal(bytes))
        }
        Expectation::Global { name, value } => say!("The global `{name}` is `{value}`."),
        Expectation::Log(numbers) => {
            say!("Imported functions were called with `{}`.", results_text(numbers))
        }
        Expectation::Calls { module, name, times } => {
            say!("Number of calls of `{module}.{name}`: {times}.")
        }
        Expectation::Console(text) => say!("The console gets `{}`.", escape(text)),
        Expectation::Refused(compiler) => say!("{} refuses it.", compiler_name(*compiler)),
        Expectation::Target(triple) => say!("The code is for `{triple}`."),
        Expectation::Same { times, function, .. } => {
            say!("`{function}` does the same as the solution for {times} random inputs.")
        }
    }
}

fn compiler_name(compiler: Compiler) -> &'static str {
    match compiler {
        Compiler::Singlepass => "Singlepass",
        Compiler::Cranelift => "Cranelift",
        Compiler::Llvm => "LLVM",
    }
}

fn call_text(call: &LessonCall) -> String {
    [std::slice::from_ref(&call.function), &call.arguments].concat().join(" ")
}
