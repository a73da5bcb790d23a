//! Lessons as a page shows them, and the checks of an attempt.

use crate::Sentence;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The kind of a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LessonKind {
    /// A module to run and to look at.
    Read,
    /// A text to change until all checks pass.
    Task,
    /// A question to answer.
    Quiz,
}

/// A lesson in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Lesson {
    /// The name of its file, without folder and ending.
    pub id: String,
    /// The group in the list of lessons.
    pub group: String,
    /// The title, on one line.
    pub title: String,
    /// A description of the things to see.
    pub summary: String,
    /// The kind.
    pub kind: LessonKind,
    /// The time that it takes, in minutes, if the lesson says so.
    pub minutes: Option<u32>,
    /// The ids of the lessons that come before it.
    pub needs: Vec<String>,
}

/// A lesson's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LessonPage {
    /// The lesson's id.
    pub id: String,
    /// The text beside the editor, as Markdown; empty if it has none.
    pub page: String,
    /// The pictures of the page.
    pub pictures: Vec<LessonPicture>,
    /// The goal of a task.
    pub goal: Option<String>,
    /// The question of a quiz.
    pub question: Option<String>,
    /// The hints, in their order.
    pub hints: Vec<String>,
    /// The sentences of the checks, in their order.
    pub checks: Vec<Sentence>,
    /// The text of the solution, if it has one.
    pub solution: Option<String>,
}

/// A picture of a lesson's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LessonPicture {
    /// The address by which the page names it.
    pub path: String,
    /// The picture as SVG text. It is untrusted: only an image element may show it.
    pub svg: String,
}

/// The state of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It was not tried, because the module does not run.
    Skipped,
}

/// A call of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LessonInput {
    /// The export's name.
    pub export: String,
    /// The arguments as text, one for each parameter (see [`crate::value`]).
    pub arguments: Vec<String>,
}

/// A check of an attempt at a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LessonCheck {
    /// The sentence that must be true. Names and values in it stand in backticks.
    pub text: Sentence,
    /// The state.
    pub state: CheckState,
    /// The thing that came out, if it failed.
    pub got: Option<Sentence>,
    /// The thing that should have come out, if it failed by a comparison.
    pub wanted: Option<Sentence>,
    /// The call that shows it. For random inputs it is the smallest one that was found.
    pub input: Option<LessonInput>,
}

impl LessonCheck {
    /// A check that was tried.
    pub fn new(text: Sentence, passed: bool) -> Self {
        let state = if passed { CheckState::Passed } else { CheckState::Failed };
        Self { text, state, got: None, wanted: None, input: None }
    }

    /// A check that was not tried.
    pub fn skipped(text: Sentence) -> Self {
        Self { text, state: CheckState::Skipped, got: None, wanted: None, input: None }
    }
}

/// The checks of an attempt at a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LessonReport {
    /// The checks, in their order.
    pub checks: Vec<LessonCheck>,
    /// True if all of them passed.
    pub passed: bool,
}

impl LessonReport {
    /// The report of these checks.
    pub fn new(checks: Vec<LessonCheck>) -> Self {
        let passed = checks.iter().all(|check| check.state == CheckState::Passed);
        Self { checks, passed }
    }
}
