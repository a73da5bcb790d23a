//! Every lesson of the course that is built in: its files, its text, its module.

// A test fails by a panic. Clippy permits that in test functions only, not in the functions that
// they call.
#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

use std::path::Path;

use wasmparser::{Operator, Parser, Payload};
use watshop_lessons::{Course, CourseFiles, lint, read_folder};
use watshop_module::{Lines, format, parse, print};
use watshop_protocol::page::LessonKind;

fn files() -> CourseFiles {
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../examples");
    read_folder(&root).unwrap()
}

fn course() -> Course {
    let (course, problems) = Course::read(&files());
    assert_eq!(problems, []);
    course
}

/// The texts of the lessons and of their solutions.
fn texts() -> Vec<(String, String)> {
    let lessons = course().lessons;
    let own = lessons.iter().map(|lesson| (lesson.file(), lesson.text.clone()));
    let solved = lessons.iter().filter_map(|lesson| {
        Some((format!("{} (solution)", lesson.file()), lesson.solution.clone()?))
    });
    own.chain(solved).collect()
}

#[test]
fn the_course_keeps_its_own_rules() {
    assert_eq!(lint(&course(), &files()), []);
}

#[test]
fn a_learner_finds_55_lessons_that_have_a_page_and_mostly_something_to_do() {
    let lessons = course().lessons;
    assert!(lessons.len() >= 55, "{}", lessons.len());
    let active = lessons.iter().filter(|lesson| lesson.header.kind != LessonKind::Read).count();
    assert!(active * 2 > lessons.len(), "{active} of {}", lessons.len());
    for lesson in &lessons {
        assert!(!lesson.page.is_empty(), "{} has no page", lesson.file());
        assert_eq!(lesson.folder, lesson.header.group.to_lowercase(), "{}", lesson.file());
    }
}

/// The heading of the paragraph that asks for a prediction.
const PREDICTION: &str = "\n## Before you press Run\n";

#[test]
fn every_lesson_has_three_hints_and_a_task_a_question_or_a_prediction() {
    for lesson in course().lessons {
        let header = &lesson.header;
        assert_eq!(header.hints.len(), 3, "{} has too few hints", lesson.file());
        let is_active = match header.kind {
            LessonKind::Task => header.goal.is_some(),
            LessonKind::Quiz => header.question.is_some(),
            LessonKind::Read => lesson.page.contains(PREDICTION),
        };
        assert!(is_active, "{} has nothing to do or to predict", lesson.file());
    }
}

#[test]
fn formatting_a_lesson_twice_is_formatting_it_once() {
    for (file, text) in texts() {
        let once = format(&text).unwrap();
        assert_eq!(format(&once).unwrap(), once, "{file}");
        assert_eq!(parse(&once).unwrap(), parse(&text).unwrap(), "{file}");
    }
}

#[test]
fn printing_a_lesson_and_parsing_it_again_gives_the_same_module() {
    for (file, text) in texts() {
        let binary = parse(&text).unwrap();
        assert_eq!(parse(&print(&binary).unwrap()).unwrap(), binary, "{file}");
    }
}

#[test]
fn every_instruction_of_a_lesson_has_a_line_in_both_texts() {
    for (file, text) in texts() {
        let binary = parse(&text).unwrap();
        let (written, printed) = (Lines::of_text(&text), Lines::of_printed(&binary));
        let shown = print(&binary).unwrap();
        for payload in Parser::new(0).parse_all(&binary) {
            let Payload::CodeSectionEntry(body) = payload.unwrap() else { continue };
            for operator in body.get_operators_reader().unwrap().into_iter_with_offsets() {
                let (operator, offset) = operator.unwrap();
                let offset = offset as u32;
                if matches!(operator, Operator::End) {
                    assert!(written.place(offset).is_some(), "{file} at {offset}");
                    continue;
                }
                // The parser says `I32Add`, and both texts say `i32.add`.
                let name = format!("{operator:?}").to_lowercase();
                for (lines, text) in [(&written, &text), (&printed, &shown)] {
                    let place = lines.place(offset).unwrap();
                    let line = text.lines().nth(place.line.unwrap() as usize - 1).unwrap();
                    let word: String =
                        line.chars().skip(place.column.unwrap() as usize - 1).collect();
                    let word = word.split([' ', '(', ')']).next().unwrap().replace(['.', '_'], "");
                    assert!(
                        name.starts_with(&word) && !word.is_empty(),
                        "{file}: {word} for {name}"
                    );
                }
            }
        }
    }
}
