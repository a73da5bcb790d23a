//! Checks an attempt at a lesson by running it: the same requests as a page sends, to a workbench.

mod list;
mod same;
mod sentence;
mod tab;

use watshop_protocol::page::{
    ErrorCode, HostCall, LessonCheck, LessonInput, LessonKind, LessonReport, Outcome, Result,
    Settings, TrapKind,
};
use watshop_protocol::registry::WorkbenchApi;

use crate::course::{Course, Lesson};
use crate::escape::escape;
use crate::expectation::{Expectation, LessonCall};
use crate::rule::Rule;
use crate::trap;
use list::CheckList;
use sentence::{ANSWER, all};
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
    let mut check = LessonCheck::new(ANSWER.into(), right);
    check.got = (!right).then(|| if given.is_empty() { "no answer".into() } else { given });
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
            None => Some("The text is not a module.".into()),
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
        let mut check = LessonCheck::new("The module runs.".into(), false);
        check.got = Some(match error.at.as_ref().and_then(|place| place.line) {
            Some(line) => format!("Line {line}: {}", error.message),
            None => error.message.clone(),
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
            let wanted = format!("error {}", code.as_str());
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
                _ => escape(&tab.output(false).await?),
            };
            compared(got, escape(text))
        }
        Expectation::Exit(status) => {
            let got = match outcome {
                Outcome::Exited { status } => status.to_string(),
                other => shown(other),
            };
            compared(got, status.to_string())
        }
        Expectation::Memory { at, bytes } => {
            let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            let got = tab.memory(*at, length).await?;
            compared(got.as_deref().map_or("no memory".into(), hexadecimal), hexadecimal(bytes))
        }
        Expectation::Global { name, value } => {
            let got = tab.global(name).await?;
            compared(got.unwrap_or_else(|| "no such global".into()), value.clone())
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
            compared(calls.iter().filter(of).count().to_string(), times.to_string())
        }
        Expectation::Console(text) => {
            let all = tab.output(true).await?;
            let new = all.get(progress.console..).unwrap_or_default().to_owned();
            progress.console = all.len();
            compared(escape(&new), escape(text))
        }
        Expectation::Refused(compiler) => {
            let settings = Settings { compiler: *compiler, ..attempt.settings.clone() };
            let attempt = Attempt { settings, ..attempt.clone() };
            let other = CheckTab::begin(tab.workbench, &attempt).await?;
            let outcome = other.run().await;
            other.end().await;
            ended(&outcome?, format!("error {}", ErrorCode::CompilerRefused.as_str()))
        }
        Expectation::Target(triple) => {
            let got = match outcome {
                Outcome::Built { passport, .. } => passport.triple.clone(),
                Outcome::Failed { .. } => shown(outcome),
                _ => tab.triple().await?,
            };
            compared(got, triple.clone())
        }
        Expectation::Same { times, function, patterns, memory } => {
            same::compare(tab, attempt, (*times, function, patterns, *memory)).await?
        }
    })
}

/// The result of one check, before it has its sentence.
struct Verdict {
    got: String,
    wanted: String,
    /// A sentence that says more than `got`.
    told: Option<String>,
    input: Option<LessonInput>,
}

impl Verdict {
    fn with(mut self, call: &LessonCall) -> Self {
        let LessonCall { function, arguments } = call.clone();
        self.input = Some(LessonInput { export: function, arguments });
        self
    }

    fn of(self, text: String) -> LessonCheck {
        let passed = self.got == self.wanted;
        let mut check = LessonCheck::new(text, passed);
        if !passed {
            check.got = Some(self.told.unwrap_or(self.got));
            check.wanted = Some(self.wanted);
            check.input = self.input;
        }
        check
    }
}

fn compared(got: String, wanted: String) -> Verdict {
    Verdict { got, wanted, told: None, input: None }
}

/// Compares an end. One by another error than a trap is told by the error's sentence.
fn ended(outcome: &Outcome, wanted: String) -> Verdict {
    Verdict { told: told(outcome), ..compared(shown(outcome), wanted) }
}

/// The sentence of an error that is not a trap.
fn told(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Failed { error } if error.code != ErrorCode::Trap => Some(error.message.clone()),
        _ => None,
    }
}

/// The end of a run or a call, as expectations say it.
fn shown(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Ready => "nothing".into(),
        Outcome::Built { passport, .. } => format!("code for {}", passport.triple),
        Outcome::Returned { results } => {
            let texts: Vec<_> = results.iter().map(|value| value.value.clone()).collect();
            results_text(&texts)
        }
        Outcome::Exited { status } => format!("exit {status}"),
        Outcome::Failed { error } => match error.trap {
            Some(kind) if error.code == ErrorCode::Trap => trapped(kind),
            _ => format!("error {}", error.code.as_str()),
        },
    }
}

fn trapped(kind: TrapKind) -> String {
    format!("trap: {}", trap::name(kind).replace('_', " "))
}

fn results_text(results: &[String]) -> String {
    if results.is_empty() { "nothing".into() } else { results.join(" ") }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}
