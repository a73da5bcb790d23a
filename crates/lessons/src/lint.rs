//! The rules of a course that need no run.

use std::collections::{BTreeMap, BTreeSet};

use watshop_module::check_text;
use watshop_protocol::page::{LessonKind, Severity};
use watshop_protocol::{Sentence, say};

use crate::course::{Course, CourseFiles, CourseProblem, Lesson};
use crate::expectation::Expectation;
use crate::instructions::{instructions, is_named, named};
use crate::links::{links, resolved, wordless};
use crate::trap;

/// The most words of a page.
pub const MOST_WORDS: usize = 300;

/// The faults of a course beside those of its headers.
pub fn lint(course: &Course, files: &CourseFiles) -> Vec<CourseProblem> {
    let mut problems = Vec::new();
    let (mut before, mut taught) = (BTreeMap::new(), BTreeSet::new());
    for lesson in &course.lessons {
        let mut report = |why: Sentence| problems.push(CourseProblem::new(lesson.file(), why));
        taught.extend(named(&lesson.words()));
        for id in &lesson.header.needs {
            if !before.contains_key(id) {
                report(say!("it needs `{id}`, which no lesson before it is"));
            }
        }
        if let Some(other) = before.insert(lesson.id.clone(), lesson.file()) {
            report(say!("`{other}` has the same id"));
        }
        if lesson.header.kind == LessonKind::Quiz {
            answers(lesson).into_iter().for_each(&mut report);
        }
        texts(lesson, &taught).into_iter().for_each(&mut report);
        page(lesson, files).into_iter().for_each(&mut report);
    }
    problems
}

/// Faults of its own text and of the solution.
fn texts(lesson: &Lesson, taught: &BTreeSet<String>) -> Vec<Sentence> {
    let mut faults = Vec::new();
    let mut unnamed = BTreeSet::new();
    let begun = lesson.settings().proposals;
    let solved = lesson.solved_settings().proposals;
    let all = [(false, Some(&lesson.text), begun), (true, lesson.solution.as_ref(), solved)];
    for (is_solution, text, proposals) in all {
        let Some(text) = text else { continue };
        let checked = check_text(text, &proposals);
        let error = checked.problems.iter().find(|problem| problem.severity == Severity::Error);
        if let Some(problem) = error {
            let why = problem.sentence();
            faults.push(match (is_solution, problem.at.line) {
                (false, Some(line)) => say!("its text is not valid in line {line}: {why}"),
                (false, None) => say!("its text is not valid: {why}"),
                (true, Some(line)) => say!("its solution is not valid in line {line}: {why}"),
                (true, None) => say!("its solution is not valid: {why}"),
            });
        }
        let used = checked.binary.and_then(|binary| instructions(&binary).ok()).unwrap_or_default();
        unnamed.extend(used.into_iter().filter(|name| !is_named(name, taught)));
    }
    if !unnamed.is_empty() {
        let names: Vec<_> = unnamed.iter().map(|name| format!("`{name}`")).collect();
        faults.push(say!("no page up to here names {} in backticks", names.join(", ")));
    }
    if lesson.header.kind == LessonKind::Task && lesson.solution.as_ref() == Some(&lesson.text) {
        faults.push(say!("its solution is its own text"));
    }
    faults
}

/// Answers of a quiz that none of its expectations has.
fn answers(lesson: &Lesson) -> Option<Sentence> {
    let has = |answer: &String, expectation: &Expectation| match expectation {
        Expectation::Results { results, .. } => results.join(" ") == *answer,
        Expectation::Trap { kind, .. } => answer.replace(' ', "_") == trap::name(*kind),
        Expectation::Error { code, .. } => answer.replace(' ', "_") == code.as_str(),
        Expectation::Stdout(text) | Expectation::Console(text) => text.trim() == answer,
        Expectation::Exit(status) => status.to_string() == *answer,
        Expectation::Global { value, .. } => value == answer,
        Expectation::Log(numbers) => numbers.join(" ") == *answer,
        _ => false,
    };
    let header = &lesson.header;
    let proven =
        header.answers.iter().any(|answer| header.expect.iter().any(|line| has(answer, line)));
    (!proven).then(|| say!("no `expect` line has an answer of the quiz as its result"))
}

/// Faults of its page.
fn page(lesson: &Lesson, files: &CourseFiles) -> Vec<Sentence> {
    let mut faults = Vec::new();
    let words = lesson.page.split_whitespace().count();
    if words > MOST_WORDS {
        faults.push(say!("its page has {words} words, and {MOST_WORDS} are the most"));
    }
    for link in links(&lesson.page) {
        if link.starts_with("https://") || link.starts_with('#') {
            continue;
        }
        let place = format!("{}/{link}", lesson.folder);
        if !files.contains_key(&resolved(&place)) {
            faults.push(say!("its page links to `{link}`, which is not in the course"));
        }
    }
    for picture in wordless(&lesson.page) {
        faults.push(say!("its picture `{picture}` has no text: write `![text]({picture})`"));
    }
    faults
}
