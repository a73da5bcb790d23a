//! `watshop lessons check`: proves every lesson of a course with every compiler and engine.

use std::process::ExitCode;

use serde::Serialize;
use watshop_lessons::{Attempted, Course, Lesson, check};
use watshop_protocol::page::{
    CheckState, Compiler, Engine, Error, ErrorCode, LessonKind, LessonReport, Settings,
};
use watshop_protocol::registry::{Hello, WorkbenchApi as _};
use watshop_workbench::{Config, StateKind, Workbench};

use crate::answer;
use crate::arguments::LessonsCheckArguments;

/// The result for one lesson.
#[derive(Debug, Serialize)]
struct LessonProof {
    id: String,
    group: String,
    /// The time to read it and to do it, in minutes: 200 words a minute, if the lesson does not say.
    minutes: u32,
    /// The number of checks that passed, over all compilers and engines.
    passed: usize,
    faults: Vec<String>,
}

/// The result for a course.
#[derive(Debug, Serialize)]
struct CourseProof {
    title: String,
    lessons: Vec<LessonProof>,
    /// Faults that belong to no lesson that could be read.
    faults: Vec<String>,
    /// Compilers that are not installed.
    skipped: Vec<Compiler>,
}

impl CourseProof {
    fn count(&self) -> usize {
        self.faults.len() + self.lessons.iter().map(|lesson| lesson.faults.len()).sum::<usize>()
    }
}

/// Proves a course, and prints each fault.
pub(super) async fn prove(wanted: &LessonsCheckArguments) -> anyhow::Result<ExitCode> {
    let (course, problems) = super::read(&wanted.folder)?;
    let config = Config { state: StateKind::InMemory, ..Config::from_environment()? };
    let workbench = Workbench::open(config)?;
    let proof = prove_all(&workbench, &course, wanted).await;
    workbench.shutdown().await;
    let mut proof = proof?;
    for problem in problems {
        let of = course.lessons.iter().position(|lesson| lesson.file() == problem.file);
        let shown =
            of.and_then(|at| proof.lessons.iter_mut().find(|l| l.id == course.lessons[at].id));
        match shown {
            Some(lesson) => lesson.faults.push(problem.why),
            None if of.is_some() => {}
            None => proof.faults.push(problem.to_string()),
        }
    }
    if wanted.json {
        answer::print_json(&proof)?;
    } else {
        answer::print(&describe(&proof))?;
    }
    Ok(if proof.count() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn describe(proof: &CourseProof) -> String {
    let mut text = String::new();
    for fault in &proof.faults {
        text += &format!("{fault}\n");
    }
    for lesson in &proof.lessons {
        for fault in &lesson.faults {
            text += &format!("{}: {fault}\n", lesson.id);
        }
    }
    let passed: usize = proof.lessons.iter().map(|lesson| lesson.passed).sum();
    let minutes: u32 = proof.lessons.iter().map(|lesson| lesson.minutes).sum();
    let counted = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    text += &format!(
        "{}: {}, {minutes} minutes, {} passed, {}.\n",
        proof.title,
        counted(proof.lessons.len(), "lesson"),
        counted(passed, "check"),
        counted(proof.count(), "fault"),
    );
    for compiler in &proof.skipped {
        text +=
            &format!("{} is not installed, so nothing was checked with it.\n", compiler.as_str());
    }
    text
}

async fn prove_all(
    workbench: &Workbench,
    course: &Course,
    wanted: &LessonsCheckArguments,
) -> Result<CourseProof, Error> {
    let welcome = workbench.hello(Hello {}).await?;
    let is_missing = |compiler: &Compiler| {
        let state = welcome.compilers.iter().find(|state| state.compiler == *compiler);
        state.is_none_or(|state| state.missing.is_some())
    };
    let asked: Vec<_> = match &wanted.compilers[..] {
        [] => Compiler::ALL.to_vec(),
        some => some.to_vec(),
    };
    let (skipped, compilers): (Vec<_>, Vec<_>) = asked.into_iter().partition(is_missing);
    let combinations: Vec<_> = compilers
        .iter()
        .flat_map(|compiler| [(*compiler, Engine::Jit), (*compiler, Engine::Native)])
        .collect();
    let mut lessons = Vec::new();
    for lesson in &course.lessons {
        if wanted.lesson.as_ref().is_some_and(|id| *id != lesson.id) {
            continue;
        }
        let mut proof = LessonProof {
            id: lesson.id.clone(),
            group: lesson.header.group.clone(),
            minutes: lesson.minutes(),
            passed: 0,
            faults: Vec::new(),
        };
        for (compiler, engine) in &combinations {
            if is_elsewhere(lesson, *engine) {
                continue;
            }
            prove_with(workbench, course, lesson, (*compiler, *engine), &mut proof).await?;
        }
        if lesson.header.kind == LessonKind::Task
            && let Some((compiler, engine)) = combinations.first()
        {
            let settings = combined(lesson.settings(), lesson, *compiler, *engine);
            let report = attempt(workbench, course, lesson, &lesson.text, settings).await?;
            if report.passed {
                proof.faults.push("its own text passes all checks already".into());
            }
        }
        lessons.push(proof);
    }
    Ok(CourseProof { title: course.title.clone(), lessons, faults: Vec::new(), skipped })
}

/// The lesson's settings with this compiler and engine. An engine that the lesson sets stays.
fn combined(
    mut settings: Settings,
    lesson: &Lesson,
    compiler: Compiler,
    engine: Engine,
) -> Settings {
    if lesson.solved_settings().engine == Settings::default().engine {
        settings.engine = engine;
    }
    settings.compiler = compiler;
    settings
}

/// True if a combination makes no code for the lesson's target: Native is for this machine alone.
fn is_elsewhere(lesson: &Lesson, engine: Engine) -> bool {
    engine == Engine::Native && lesson.solved_settings().target.is_some()
}

/// Proves one lesson with one compiler and engine.
async fn prove_with(
    workbench: &Workbench,
    course: &Course,
    lesson: &Lesson,
    (compiler, engine): (Compiler, Engine),
    proof: &mut LessonProof,
) -> Result<(), Error> {
    let about = format!("{} {}", compiler.as_str(), engine.as_str());
    let settings = combined(lesson.solved_settings(), lesson, compiler, engine);
    let mut quiet = lesson.clone();
    // A quiz has one check, for its answer; here its expectations are tried.
    quiet.header.kind = LessonKind::Read;
    if !lesson.header.compilers.contains(&compiler) {
        quiet.header.expect = watshop_lessons::run_error(ErrorCode::CompilerRefused);
        quiet.header.rules.clear();
    }
    let report = attempt(workbench, course, &quiet, lesson.solved_text(), settings).await?;
    for check in report.checks {
        if check.state == CheckState::Passed {
            proof.passed += 1;
            continue;
        }
        let mut why = format!("{about}: fails: {}", check.text);
        if let Some(input) = check.input {
            why += &format!(" Input: {} {}.", input.export, input.arguments.join(" "));
        }
        if let Some(got) = check.got {
            why += &format!(" Got: {got}.");
        }
        if let Some(wanted) = check.wanted {
            why += &format!(" Expected: {wanted}.");
        }
        proof.faults.push(why);
    }
    Ok(())
}

async fn attempt(
    workbench: &Workbench,
    course: &Course,
    lesson: &Lesson,
    text: &str,
    settings: Settings,
) -> Result<LessonReport, Error> {
    check(workbench, &Attempted { course, lesson, text, settings, answer: None }).await
}
