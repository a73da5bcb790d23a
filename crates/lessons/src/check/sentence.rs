//! The checks of a lesson as sentences.

use watshop_protocol::page::{Compiler, LessonKind};

use super::{hexadecimal, results_text};
use crate::course::Lesson;
use crate::escape::escape;
use crate::expectation::{Expectation, LessonCall};
use crate::rule::Rule;
use crate::trap;

/// The sentence of a quiz.
pub(super) const ANSWER: &str = "Your answer is right.";

/// The sentences of a lesson's checks, in their order.
pub(crate) fn sentences(lesson: &Lesson) -> Vec<String> {
    let header = &lesson.header;
    let answer = (header.kind == LessonKind::Quiz).then(|| ANSWER.to_owned());
    let rules = header.rules.iter().map(Rule::sentence);
    let expected = all(&header.expect).into_iter().filter(|_| answer.is_none());
    answer.iter().cloned().chain(rules).chain(expected).collect()
}

/// The sentences of what must come out, also for a quiz.
pub(crate) fn expected(lesson: &Lesson) -> Vec<String> {
    all(&lesson.header.expect)
}

/// The sentences of expectations. One that looks at the state names the call before it.
pub(super) fn all(expect: &[Expectation]) -> Vec<String> {
    let mut last: Option<&LessonCall> = None;
    let mut sentences = Vec::new();
    for expectation in expect {
        let said = sentence(expectation);
        match expectation {
            Expectation::Results { call, .. }
            | Expectation::Trap { call, .. }
            | Expectation::Error { call: Some(call), .. } => last = Some(call),
            Expectation::Same { .. } => last = None,
            _ => {}
        }
        sentences.push(match (expectation, last) {
            (Expectation::Memory { .. } | Expectation::Global { .. }, Some(call)) => {
                let (first, rest) = said.split_at(1);
                format!("After `{}`, {}{rest}", call_text(call), first.to_lowercase())
            }
            _ => said,
        });
    }
    sentences
}

/// An expectation as a sentence.
fn sentence(expectation: &Expectation) -> String {
    match expectation {
        Expectation::Results { call, results } if results.is_empty() => {
            format!("`{}` returns.", call_text(call))
        }
        Expectation::Results { call, results } => {
            format!("`{}` gives `{}`.", call_text(call), results.join(" "))
        }
        Expectation::Trap { kind, call } => {
            format!("`{}` traps: {}.", call_text(call), trap::name(*kind).replace('_', " "))
        }
        Expectation::Error { code, call: Some(call) } => {
            format!("`{}` ends with the error `{}`.", call_text(call), code.as_str())
        }
        Expectation::Error { code, call: None } => {
            format!("The run ends with the error `{}`.", code.as_str())
        }
        Expectation::Stdout(text) => format!("Standard output is `{}`.", escape(text)),
        Expectation::Exit(status) => format!("The program ends with status {status}."),
        Expectation::Memory { at, bytes } => {
            format!("Memory holds `{}` from address {at} on.", hexadecimal(bytes))
        }
        Expectation::Global { name, value } => format!("The global `{name}` is `{value}`."),
        Expectation::Log(numbers) => {
            format!("Imported functions were called with `{}`.", results_text(numbers))
        }
        Expectation::Calls { module, name, times } => {
            format!("Number of calls of `{module}.{name}`: {times}.")
        }
        Expectation::Console(text) => format!("The console gets `{}`.", escape(text)),
        Expectation::Refused(compiler) => format!("{} refuses it.", compiler_name(*compiler)),
        Expectation::Target(triple) => format!("The code is for `{triple}`."),
        Expectation::Same { times, function, .. } => {
            format!("`{function}` does the same as the solution for {times} random inputs.")
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
