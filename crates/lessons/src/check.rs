//! Checks an attempt at a lesson by running it: the same requests as a page sends, to a workbench.

mod list;
mod same;
mod sentence;
mod tab;

use std::fmt::Display;

use watshop_protocol::page::{
    ErrorCode, HostCall, LessonCheck, LessonInput, LessonKind, LessonReport, Outcome, Result,
    Settings, TrapKind,
};
use watshop_protocol::registry::WorkbenchApi;
use watshop_protocol::{Sentence, say};

use crate::course::{Course, Lesson};
use crate::escape::escape;
use crate::expectation::{Expectation, LessonCall};
use crate::rule::Rule;
use crate::trap;
use list::CheckList;
use sentence::{all, answer};
use tab::CheckTab;

pub(crate) use sentence::{expected, sentences};

/// An attempt at a lesson.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    /// The course.
    pub course: &'a Course,
    /// The lesson of that course.
    pub lesson: &'a Lesson,
    /// The text.
    pub text: &'a str,
    /// The settings, import object included.
    pub settings: Settings,
    /// The answer, for a quiz.
    pub answer: Option<&'a str>,
}

/// Runs every check of a lesson. `told` gets each one as soon as it is known, in their order. A check
/// that fails is no error.
///
/// # Errors
///
/// Those of a workbench that cannot do its work, for example if a compiler is not installed.
pub async fn check(
    workbench: &impl WorkbenchApi,
    attempt: &Attempt<'_>,
    told: impl FnMut(&LessonCheck) + Send,
) -> Result<LessonReport> {
    let header = &attempt.lesson.header;
    let mut list = CheckList::new(told);
    match header.kind {
        LessonKind::Quiz => list.push(check_answer(attempt)),
        _ => try_each(workbench, attempt, (&header.rules, &header.expect), &mut list).await?,
    }
    Ok(list.report())
}

/// Compares the answer of a quiz.
fn check_answer(attempt: &Attempt<'_>) -> LessonCheck {
    let given = attempt.answer.unwrap_or_default().trim().to_lowercase();
    let answers = &attempt.lesson.header.answers;
    let right = answers.iter().any(|answer| answer.to_lowercase() == given);
    let mut check = LessonCheck::new(answer(), right);
    check.got = (!right).then(|| if given.is_empty() { say!("no answer") } else { value(given) });
    check
}

/// Tries rules and expectations, those of the lesson or others.
pub(crate) async fn try_all(
    workbench: &impl WorkbenchApi,
    attempt: &Attempt<'_>,
    rules: &[Rule],
    expect: &[Expectation],
) -> Result<LessonReport> {
    let mut list = CheckList::new(|_: &LessonCheck| {});
    try_each(workbench, attempt, (rules, expect), &mut list).await?;
    Ok(list.report())
}

/// Tries rules, and then expectations.
async fn try_each<F: FnMut(&LessonCheck) + Send>(
    workbench: &impl WorkbenchApi,
    attempt: &Attempt<'_>,
    (rules, expect): (&[Rule], &[Expectation]),
    list: &mut CheckList<F>,
) -> Result<()> {
    let binary = watshop_module::parse(attempt.text).ok();
    for rule in rules {
        let of = |id: &str| {
            let lesson = attempt.course.find(id)?;
            watshop_module::parse(lesson.solved_text()).ok()
        };
        let wrong = match &binary {
            Some(binary) => rule.judge((attempt.text, binary), of)?,
            None => Some(say!("The text is not a module.")),
        };
        let mut check = LessonCheck::new(rule.sentence(), wrong.is_none());
        check.got = wrong;
        list.push(check);
    }
    let tab = CheckTab::begin(workbench, attempt).await?;
    let ran = run(&tab, attempt, expect, list).await;
    tab.end().await;
    ran
}

/// Goes through the expectations in one instance.
async fn run<W: WorkbenchApi, F: FnMut(&LessonCheck) + Send>(
    tab: &CheckTab<'_, W>,
    attempt: &Attempt<'_>,
    expect: &[Expectation],
    list: &mut CheckList<F>,
) -> Result<()> {
    let outcome = tab.run().await?;
    let wants_error = expect.iter().any(|e| matches!(e, Expectation::Error { call: None, .. }));
    if let Outcome::Failed { error } = &outcome
        && !wants_error
        && !needs_no_run(expect)
    {
        let mut check = LessonCheck::new(say!("The module runs."), false);
        check.got = Some(match error.at.as_ref().and_then(|place| place.line) {
            Some(line) => say!("Line {line}: {}", error.sentence()),
            None => error.sentence(),
        });
        list.push(check);
        all(expect).into_iter().map(LessonCheck::skipped).for_each(|check| list.push(check));
        return Ok(());
    }
    let names_status = expect.iter().any(|e| matches!(e, Expectation::Exit(_)));
    let mut progress = Progress { any_status: names_status, ..Progress::default() };
    for (expectation, sentence) in expect.iter().zip(all(expect)) {
        let verdict = one(tab, attempt, &outcome, expectation, &mut progress).await?;
        list.push(verdict.of(sentence));
    }
    Ok(())
}

/// True if all expectations hold without a run.
fn needs_no_run(expect: &[Expectation]) -> bool {
    expect.iter().all(|e| matches!(e, Expectation::Refused(_) | Expectation::Target(_)))
}

/// The progress of a run's comparisons.
#[derive(Default)]
struct Progress {
    /// The last call in the record of host calls that was compared.
    sequence: u64,
    /// The bytes of the console that were compared.
    console: usize,
    /// True if standard output may come from a program with any status: an expectation names it.
    any_status: bool,
}

async fn one<W: WorkbenchApi>(
    tab: &CheckTab<'_, W>,
    attempt: &Attempt<'_>,
    outcome: &Outcome,
    expectation: &Expectation,
    progress: &mut Progress,
) -> Result<Verdict> {
    Ok(match expectation {
        Expectation::Results { call, results } => {
            ended(&tab.call(call).await?, results_text(results)).with(call)
        }
        Expectation::Trap { kind, call } => {
            ended(&tab.call(call).await?, trapped(*kind)).with(call)
        }
        Expectation::Error { code, call } => {
            let wanted = say!("error {}", code.as_str());
            match call {
                Some(call) => ended(&tab.call(call).await?, wanted).with(call),
                None => ended(outcome, wanted),
            }
        }
        Expectation::Stdout(text) => {
            let got = match outcome {
                Outcome::Exited { status } if *status != 0 && !progress.any_status => {
                    shown(outcome)
                }
                _ => value(escape(&tab.output(false).await?)),
            };
            compared(got, value(escape(text)))
        }
        Expectation::Exit(status) => {
            let got = match outcome {
                Outcome::Exited { status } => value(status),
                other => shown(other),
            };
            compared(got, value(status))
        }
        Expectation::Memory { at, bytes } => {
            let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            let got = tab.memory(*at, length).await?;
            let got =
                got.as_deref().map_or_else(|| say!("no memory"), |got| value(hexadecimal(got)));
            compared(got, value(hexadecimal(bytes)))
        }
        Expectation::Global { name, value } => {
            let got = tab.global(name).await?;
            compared(got.map_or_else(|| say!("no such global"), self::value), self::value(value))
        }
        Expectation::Log(numbers) => {
            let calls = tab.host_calls(progress.sequence).await?;
            progress.sequence = calls.last().map_or(progress.sequence, |call| call.sequence);
            let values = calls.iter().flat_map(|call| &call.arguments);
            let got: Vec<_> = values.map(|value| value.value.clone()).collect();
            compared(results_text(&got), results_text(numbers))
        }
        Expectation::Calls { module, name, times } => {
            let calls = tab.host_calls(0).await?;
            let of = |call: &&HostCall| call.module == *module && call.name == *name;
            compared(value(calls.iter().filter(of).count()), value(times))
        }
        Expectation::Console(text) => {
            let all = tab.output(true).await?;
            let new = all.get(progress.console..).unwrap_or_default().to_owned();
            progress.console = all.len();
            compared(value(escape(&new)), value(escape(text)))
        }
        Expectation::Refused(compiler) => {
            let settings = Settings { compiler: *compiler, ..attempt.settings.clone() };
            let attempt = Attempt { settings, ..attempt.clone() };
            let other = CheckTab::begin(tab.workbench, &attempt).await?;
            let outcome = other.run().await;
            other.end().await;
            ended(&outcome?, say!("error {}", ErrorCode::CompilerRefused.as_str()))
        }
        Expectation::Target(triple) => {
            let got = match outcome {
                Outcome::Built { passport, .. } => value(&passport.triple),
                Outcome::Failed { .. } => shown(outcome),
                _ => value(tab.triple().await?),
            };
            compared(got, value(triple))
        }
        Expectation::Same { times, function, patterns, memory } => {
            same::compare(tab, attempt, (*times, function, patterns, *memory)).await?
        }
    })
}

/// The result of one check, before it has its sentence.
struct Verdict {
    got: Sentence,
    wanted: Sentence,
    /// A sentence that says more than `got`.
    told: Option<Sentence>,
    input: Option<LessonInput>,
}

impl Verdict {
    fn with(mut self, call: &LessonCall) -> Self {
        let LessonCall { function, arguments } = call.clone();
        self.input = Some(LessonInput { export: function, arguments });
        self
    }

    fn of(self, text: Sentence) -> LessonCheck {
        let passed = self.got.text == self.wanted.text;
        let mut check = LessonCheck::new(text, passed);
        if !passed {
            check.got = Some(self.told.unwrap_or(self.got));
            check.wanted = Some(self.wanted);
            check.input = self.input;
        }
        check
    }
}

fn compared(got: Sentence, wanted: Sentence) -> Verdict {
    Verdict { got, wanted, told: None, input: None }
}

/// Compares an end. One by another error than a trap is told by the error's sentence.
fn ended(outcome: &Outcome, wanted: Sentence) -> Verdict {
    Verdict { told: told(outcome), ..compared(shown(outcome), wanted) }
}

/// The sentence of an error that is not a trap.
fn told(outcome: &Outcome) -> Option<Sentence> {
    match outcome {
        Outcome::Failed { error } if error.code != ErrorCode::Trap => Some(error.sentence()),
        _ => None,
    }
}

/// The end of a run or a call, as expectations say it.
fn shown(outcome: &Outcome) -> Sentence {
    match outcome {
        Outcome::Ready => say!("nothing"),
        Outcome::Built { passport, .. } => say!("code for {}", passport.triple),
        Outcome::Returned { results } => {
            let texts: Vec<_> = results.iter().map(|value| value.value.clone()).collect();
            results_text(&texts)
        }
        Outcome::Exited { status } => say!("exit {status}"),
        Outcome::Failed { error } => match error.trap {
            Some(kind) if error.code == ErrorCode::Trap => trapped(kind),
            _ => say!("error {}", error.code.as_str()),
        },
    }
}

fn trapped(kind: TrapKind) -> Sentence {
    say!("trap: {}", trap::words(kind))
}

fn results_text(results: &[String]) -> Sentence {
    if results.is_empty() { say!("nothing") } else { value(results.join(" ")) }
}

/// A value as it is, which no language translates. It is not shortened, because it is compared.
fn value(words: impl Display) -> Sentence {
    Sentence::quoted(words.to_string())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use watshop_protocol::page::CheckState;

    use super::*;

    #[test]
    fn a_long_value_passes_only_if_all_of_it_is_right() {
        let long = |last: &str| format!("`{}{last}`", "x".repeat(100_000));
        let verdict = |last| compared(value(long(last)), value(long("a")));
        assert_eq!(verdict("a").of(answer()).state, CheckState::Passed);
        let check = verdict("b").of(answer());
        assert_eq!((check.state, check.got.unwrap()), (CheckState::Failed, value(long("b"))));
    }
}
