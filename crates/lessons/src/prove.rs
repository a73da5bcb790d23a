//! Proves a course: every lesson with every compiler and engine that it names.

use serde::Serialize;
use watshop_protocol::page::{
    CheckState, Compiler, Engine, ErrorCode, LessonCheck, LessonKind, Result, Settings,
};
use watshop_protocol::registry::{Hello, WorkbenchApi};

use crate::check::{Attempt, try_all};
use crate::course::{Course, CourseProblem, Lesson};
use crate::expectation::Expectation;

/// The parts of a course to prove.
#[derive(Debug, Clone, Default)]
pub struct ProofScope {
    /// Only the lesson of this id.
    pub lesson: Option<String>,
    /// Only these compilers; all if it is empty.
    pub compilers: Vec<Compiler>,
}

/// The proof of one lesson.
#[derive(Debug, Clone, Serialize)]
pub struct LessonProof {
    /// The lesson's id.
    pub id: String,
    /// Its group.
    pub group: String,
    /// The time that it takes, in minutes.
    pub minutes: u32,
    /// The number of checks that passed, over all compilers and engines.
    pub passed: usize,
    /// The faults, as sentences.
    pub faults: Vec<String>,
}

/// The proof of a course.
#[derive(Debug, Clone, Serialize)]
pub struct CourseProof {
    /// The course's title.
    pub title: String,
    /// The lessons.
    pub lessons: Vec<LessonProof>,
    /// Faults of files that are no lesson.
    pub faults: Vec<String>,
    /// Compilers that are not installed.
    pub skipped: Vec<Compiler>,
}

impl CourseProof {
    /// The number of all faults.
    pub fn fault_count(&self) -> usize {
        self.faults.len() + self.lessons.iter().map(|lesson| lesson.faults.len()).sum::<usize>()
    }
}

/// Proves a course. `problems` are the faults that show without a run.
///
/// # Errors
///
/// Those of a workbench that cannot do its work.
pub async fn prove(
    workbench: &impl WorkbenchApi,
    course: &Course,
    problems: Vec<CourseProblem>,
    scope: &ProofScope,
) -> Result<CourseProof> {
    let welcome = workbench.hello(Hello {}).await?;
    let is_missing = |compiler: &Compiler| {
        let state = welcome.compilers.iter().find(|state| state.compiler == *compiler);
        state.is_none_or(|state| state.missing.is_some())
    };
    let asked = match &scope.compilers[..] {
        [] => Compiler::ALL.to_vec(),
        some => some.to_vec(),
    };
    let (skipped, compilers): (Vec<_>, Vec<_>) = asked.into_iter().partition(is_missing);
    let wanted = |lesson: &&Lesson| scope.lesson.as_ref().is_none_or(|id| *id == lesson.id);
    let mut lessons = Vec::new();
    for lesson in course.lessons.iter().filter(wanted) {
        let mut proof = prove_lesson(workbench, course, lesson, &compilers).await?;
        let own = problems.iter().filter(|problem| problem.file == lesson.file());
        proof.faults.extend(own.map(|problem| problem.why.text.clone()));
        lessons.push(proof);
    }
    let is_of_a_lesson =
        |problem: &CourseProblem| course.lessons.iter().any(|lesson| lesson.file() == problem.file);
    let others = problems.iter().filter(|problem| !is_of_a_lesson(problem));
    let faults = others.map(ToString::to_string).collect();
    Ok(CourseProof { title: course.title.clone(), lessons, faults, skipped })
}

async fn prove_lesson(
    workbench: &impl WorkbenchApi,
    course: &Course,
    lesson: &Lesson,
    compilers: &[Compiler],
) -> Result<LessonProof> {
    let header = &lesson.header;
    let mut proof = LessonProof {
        id: lesson.id.clone(),
        group: header.group.clone(),
        minutes: lesson.minutes(),
        passed: 0,
        faults: Vec::new(),
    };
    let refused = [Expectation::Error { code: ErrorCode::CompilerRefused, call: None }];
    for compiler in compilers {
        for engine in engines(lesson) {
            let settings = Settings { compiler: *compiler, engine, ..lesson.solved_settings() };
            let text = lesson.solved_text();
            let attempt = Attempt { course, lesson, text, settings, answer: None };
            let report = match header.compilers.contains(compiler) {
                true => try_all(workbench, &attempt, &header.rules, &header.expect).await?,
                false => try_all(workbench, &attempt, &[], &refused).await?,
            };
            for check in report.checks {
                match check.state {
                    CheckState::Passed => proof.passed += 1,
                    _ => proof.faults.push(fault(*compiler, engine, check)),
                }
            }
        }
    }
    if header.kind == LessonKind::Task
        && let Some(compiler) = compilers.iter().find(|one| header.compilers.contains(one))
    {
        let settings = Settings { compiler: *compiler, ..lesson.settings() };
        let attempt = Attempt { course, lesson, text: &lesson.text, settings, answer: None };
        if try_all(workbench, &attempt, &header.rules, &header.expect).await?.passed {
            proof.faults.push("its own text passes all checks already".into());
        }
    }
    Ok(proof)
}

/// The engines to prove a lesson with: both, unless it sets one or its code is for another machine,
/// for which there is no Native code.
fn engines(lesson: &Lesson) -> Vec<Engine> {
    let solved = lesson.solved_settings();
    if solved.engine == Engine::Jit && solved.target.is_none() {
        vec![Engine::Jit, Engine::Native]
    } else {
        vec![solved.engine]
    }
}

fn fault(compiler: Compiler, engine: Engine, check: LessonCheck) -> String {
    let mut why = format!("{} {}: fails: {}", compiler.as_str(), engine.as_str(), check.text);
    if let Some(input) = check.input {
        let words = [vec![input.export], input.arguments].concat();
        why += &format!(" Input: {}.", words.join(" "));
    }
    if let Some(got) = check.got {
        why += &format!(" Got: {got}.");
    }
    if let Some(wanted) = check.wanted {
        why += &format!(" Expected: {wanted}.");
    }
    why
}
