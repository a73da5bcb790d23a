//! The checks of a lesson, as a page hears of them.

use std::fs::{self, File, OpenOptions, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use watshop_protocol::page::{CheckState, Event, LessonCheck};
use watshop_protocol::registry::{
    CheckLesson, ClearHistory, EditTab, OpenCoursePath, OpenLesson, WorkbenchApi as _,
};

use crate::fixture::Fixture;

/// A gate that a program waits at: a pipe that ends when it is dropped.
struct Gate {
    at: PathBuf,
    held: File,
}

impl Gate {
    /// Puts a gate before a program, which is a link.
    fn before(program: &Path) -> Self {
        let at = program.with_extension("gate");
        assert!(Command::new("mkfifo").arg(&at).status().unwrap().success());
        // Linux opens a pipe for both directions at once, without another end.
        let held = OpenOptions::new().read(true).write(true).open(&at).unwrap();
        let real = fs::read_link(program).unwrap();
        let (gate, real) = (at.display(), real.display());
        let script = format!("#!/bin/sh\ncat '{gate}' 2>/dev/null\nexec '{real}' \"$@\"\n");
        fs::remove_file(program).unwrap();
        fs::write(program, script).unwrap();
        fs::set_permissions(program, Permissions::from_mode(0o755)).unwrap();
        Self { at, held }
    }

    fn open(self) {
        fs::remove_file(&self.at).unwrap();
        drop(self.held);
    }
}

fn told(event: &Event) -> Option<(u32, LessonCheck)> {
    match event {
        Event::LessonChecked { at, check, .. } => Some((*at, check.clone())),
        _ => None,
    }
}

#[tokio::test]
async fn a_check_is_told_before_the_next_one_is_tried_and_all_of_them_before_the_answer() {
    let mut gate = None;
    let mut fixture = Fixture::with(|config| {
        gate = Some(Gate::before(&config.programs.join("watshop-compiler-cranelift")));
    });
    // Its first two checks are rules for the text, and the others need a run.
    let lesson = OpenLesson { lesson: "switch".into() };
    let tab = fixture.ask(lesson).await.unwrap().summary.id;
    let workbench = fixture.workbench.clone();
    let checked = tokio::spawn(async move {
        workbench.check_lesson(CheckLesson { tab, answer: None }).await.unwrap()
    });
    let mut heard = Vec::new();
    for _ in 0..2 {
        heard.push(fixture.event("a rule", told).await);
    }
    assert!(!checked.is_finished(), "nothing is compiled yet");

    gate.unwrap().open();
    let report = checked.await.unwrap();
    fixture.ask(ClearHistory { tab }).await.unwrap();
    loop {
        let next = fixture.event("the other checks", |event| match event {
            Event::HistoryCleared { .. } => Some(None),
            other => told(other).map(Some),
        });
        match next.await {
            Some(check) => heard.push(check),
            None => break,
        }
    }
    let states: Vec<_> = report.checks.iter().map(|check| check.state).collect();
    assert_eq!(states[..2], [CheckState::Passed; 2]);
    assert!(states.contains(&CheckState::Failed), "the text that a person begins with fails");
    assert_eq!(heard, (0..).zip(report.checks).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_text_that_does_not_run_tells_the_checks_that_it_skips() {
    let mut fixture = Fixture::new();
    let lesson = OpenLesson { lesson: "hello_export".into() };
    let tab = fixture.ask(lesson).await.unwrap().summary.id;
    let text = "(module".to_owned();
    fixture.ask(EditTab { tab, text, after: None, client: "me".into() }).await.unwrap();
    let report = fixture.ask(CheckLesson { tab, answer: None }).await.unwrap();
    let mut heard = Vec::new();
    for _ in &report.checks {
        heard.push(fixture.event("a check", told).await);
    }
    assert_eq!(heard[0].1.text, "The module runs.");
    assert_eq!(heard[1].1.state, CheckState::Skipped);
    assert_eq!(heard, (0..).zip(report.checks).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_lesson_that_two_courses_have_stays_that_of_its_course() {
    let fixture = Fixture::new();
    let folder = fixture.folder.path().join("ours");
    fs::create_dir_all(folder.join("machine")).unwrap();
    fs::write(folder.join("course.md"), "title: Ours\ngroups: Machine\n\nHello.").unwrap();
    let header = ";; title: Fibonacci, the slow way\n;; group: Machine\n;; look: See.\n";
    let lesson = format!("{header};; expect: f ->\n\n(module (func (export \"f\")))\n");
    fs::write(folder.join("machine/fib.wat"), lesson).unwrap();
    let path = folder.to_str().unwrap().to_owned().into();
    let first = fixture.ask(OpenCoursePath { path }).await.unwrap().first;
    assert_eq!(first, "ours/fib");
    let open = async |lesson: &str| {
        let lesson = lesson.to_owned();
        fixture.ask(OpenLesson { lesson }).await.unwrap().summary
    };
    let (theirs, own) = (open("fib").await, open(&first).await);
    assert_eq!((theirs.lesson.as_deref(), own.lesson.as_deref()), (Some("fib"), Some("ours/fib")));
    assert_eq!(open(&first).await.id, own.id, "it has one tab");
}
