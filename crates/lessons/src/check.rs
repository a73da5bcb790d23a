//! Checks an attempt at a lesson by running it: the same requests as a page sends, to a workbench.

mod attempt;
mod same;

use watshop_protocol::page::{
    Compiler, ErrorCode, HostCall, LessonCheck, LessonInput, LessonKind, LessonReport, Outcome,
    Result, Settings, TrapKind,
};
use watshop_protocol::registry::WorkbenchApi;

use crate::course::{Course, Lesson};
use crate::escape::escape;
use crate::expectation::{Expectation, LessonCall};
use crate::trap;
use attempt::Attempt;

/// An attempt at a lesson.
#[derive(Debug, Clone)]
pub struct Attempted<'a> {
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

/// The sentences of a lesson's checks, in their order.
pub fn sentences(lesson: &Lesson) -> Vec<String> {
    let header = &lesson.header;
    let answer = (header.kind == LessonKind::Quiz).then(|| "Your answer is right.".to_owned());
    let rules = header.rules.iter().map(crate::rule::Rule::sentence);
    let expected = header.expect.iter().map(sentence).filter(|_| answer.is_none());
    answer.iter().cloned().chain(rules).chain(expected).collect()
}

/// The sentences of what must come out, also for a quiz.
pub(crate) fn expected(lesson: &Lesson) -> Vec<String> {
    lesson.header.expect.iter().map(sentence).collect()
}

/// The expectation that the run ends with this error.
pub fn run_error(code: ErrorCode) -> Vec<Expectation> {
    vec![Expectation::Error { code, call: None }]
}

/// Runs every check of a lesson. A check that fails is no error.
///
/// # Errors
///
/// Those of a workbench that cannot do its work, for example if a compiler is not installed.
pub async fn check(
    workbench: &impl WorkbenchApi,
    attempted: &Attempted<'_>,
) -> Result<LessonReport> {
    let header = &attempted.lesson.header;
    let mut checks = Vec::new();
    if header.kind == LessonKind::Quiz {
        let given = attempted.answer.unwrap_or_default().trim().to_lowercase();
        let right = header.answers.iter().any(|answer| answer.to_lowercase() == given);
        let mut check = LessonCheck::new("Your answer is right.".into(), right);
        check.got = (!right && !given.is_empty()).then(|| given.clone());
        checks.push(check);
        return Ok(LessonReport::new(checks));
    }
    let binary = watshop_module::parse(attempted.text).ok();
    for rule in &header.rules {
        let of = |id: &str| {
            let lesson = attempted.course.find(id)?;
            watshop_module::parse(lesson.solved_text()).ok()
        };
        let wrong = match &binary {
            Some(binary) => rule.judge(binary, of)?,
            None => Some("The text is not a module.".into()),
        };
        let mut check = LessonCheck::new(rule.sentence(), wrong.is_none());
        check.got = wrong;
        checks.push(check);
    }
    let attempt = Attempt::begin(workbench, attempted).await?;
    let ran = run(&attempt, attempted, &mut checks).await;
    attempt.end().await;
    ran?;
    Ok(LessonReport::new(checks))
}

/// Goes through the expectations in the attempt's instance.
async fn run<W: WorkbenchApi>(
    attempt: &Attempt<'_, W>,
    attempted: &Attempted<'_>,
    checks: &mut Vec<LessonCheck>,
) -> Result<()> {
    let outcome = attempt.run().await?;
    let expect = &attempted.lesson.header.expect;
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
        checks.push(check);
        let rest = expect.iter().map(|expectation| LessonCheck::skipped(sentence(expectation)));
        checks.extend(rest);
        return Ok(());
    }
    let mut told = Told::default();
    for expectation in expect {
        checks.push(one(attempt, attempted, &outcome, expectation, &mut told).await?);
    }
    Ok(())
}

/// True if all expectations hold without a run.
fn needs_no_run(expect: &[Expectation]) -> bool {
    expect.iter().all(|e| matches!(e, Expectation::Refused(_) | Expectation::Target(_)))
}

/// How far the record of host calls and the console were compared.
#[derive(Default)]
struct Told {
    sequence: u64,
    console: usize,
}

async fn one<W: WorkbenchApi>(
    attempt: &Attempt<'_, W>,
    attempted: &Attempted<'_>,
    outcome: &Outcome,
    expectation: &Expectation,
    told: &mut Told,
) -> Result<LessonCheck> {
    let verdict = match expectation {
        Expectation::Results { call, results } => {
            let got = shown(&attempt.call(call).await?);
            compared(got, results_text(results)).with(call)
        }
        Expectation::Trap { kind, call } => {
            let got = shown(&attempt.call(call).await?);
            compared(got, trapped(*kind)).with(call)
        }
        Expectation::Error { code, call } => {
            let wanted = format!("error {}", code.as_str());
            match call {
                Some(call) => compared(shown(&attempt.call(call).await?), wanted).with(call),
                None => compared(shown(outcome), wanted),
            }
        }
        Expectation::Stdout(text) => compared(escape(&attempt.output(false).await?), escape(text)),
        Expectation::Exit(status) => {
            let got = match outcome {
                Outcome::Exited { status } => status.to_string(),
                other => shown(other),
            };
            compared(got, status.to_string())
        }
        Expectation::Memory { at, bytes } => {
            let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            let got = attempt.memory(*at, length).await?;
            compared(got.as_deref().map_or("no memory".into(), hexadecimal), hexadecimal(bytes))
        }
        Expectation::Global { name, value } => {
            let got = attempt.global(name).await?;
            compared(got.unwrap_or_else(|| "no such global".into()), value.clone())
        }
        Expectation::Log(numbers) => {
            let calls = attempt.host_calls(told.sequence).await?;
            told.sequence = calls.last().map_or(told.sequence, |call| call.sequence);
            let values = calls.iter().flat_map(|call| &call.arguments);
            let got: Vec<_> = values.map(|value| value.value.clone()).collect();
            compared(results_text(&got), results_text(numbers))
        }
        Expectation::Calls { module, name, times } => {
            let calls = attempt.host_calls(0).await?;
            let of = |call: &&HostCall| call.module == *module && call.name == *name;
            compared(calls.iter().filter(of).count().to_string(), times.to_string())
        }
        Expectation::Console(text) => {
            let all = attempt.output(true).await?;
            let new = all.get(told.console..).unwrap_or_default().to_owned();
            told.console = all.len();
            compared(escape(&new), escape(text))
        }
        Expectation::Refused(compiler) => {
            let settings = Settings { compiler: *compiler, ..attempted.settings.clone() };
            let attempted = Attempted { settings, ..attempted.clone() };
            let other = Attempt::begin(attempt.workbench, &attempted).await?;
            let outcome = other.run().await;
            other.end().await;
            compared(shown(&outcome?), format!("error {}", ErrorCode::CompilerRefused.as_str()))
        }
        Expectation::Target(triple) => {
            let got = match outcome {
                Outcome::Built { passport, .. } => passport.triple.clone(),
                Outcome::Failed { .. } => shown(outcome),
                _ => attempt.triple().await?,
            };
            compared(got, triple.clone())
        }
        Expectation::Same { times, function, patterns, memory } => {
            same::compare(attempt, attempted, (*times, function, patterns, *memory)).await?
        }
    };
    Ok(verdict.of(sentence(expectation)))
}

/// The result of one check, before it has its sentence.
struct Verdict {
    got: String,
    wanted: String,
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
            (check.got, check.wanted) = (Some(self.got), Some(self.wanted));
            check.input = self.input;
        }
        check
    }
}

fn compared(got: String, wanted: String) -> Verdict {
    Verdict { got, wanted, input: None }
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
    format!("trap {}", trap::name(kind))
}

fn results_text(results: &[String]) -> String {
    if results.is_empty() { "nothing".into() } else { results.join(" ") }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

fn call_text(call: &LessonCall) -> String {
    [std::slice::from_ref(&call.function), &call.arguments].concat().join(" ")
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
