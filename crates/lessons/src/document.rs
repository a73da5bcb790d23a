//! The lessons as pages of the documentation, with an index by group and by instruction.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use watshop_protocol::page::LessonKind;

use crate::check::expected;
use crate::course::{Course, Lesson};
use crate::instructions::named;

/// The pages of a course by their names, with their pictures: `README.md` is the index.
pub fn document(course: &Course) -> BTreeMap<String, String> {
    let pictures = course.lessons.iter().flat_map(|lesson| &lesson.pictures);
    let pictures = pictures.map(|picture| (file_name(&picture.path), picture.svg.clone()));
    let pages = course.lessons.iter().enumerate().map(|(at, lesson)| {
        (format!("{}.md", lesson.id), page(lesson, course.lessons.get(at + 1)))
    });
    pages.chain(pictures).chain([("README.md".to_owned(), index(course))]).collect()
}

/// The page of a lesson: its text, its module and its results.
fn page(lesson: &Lesson, next: Option<&Lesson>) -> String {
    let header = &lesson.header;
    let mut text = String::new();
    if lesson.page.is_empty() {
        let _ = writeln!(text, "# {}\n\n{}", header.title, header.look);
    } else {
        text += &local_links(lesson.page.trim_end());
        text.push('\n');
    }
    if let Some(goal) = &header.goal {
        let _ = writeln!(text, "\n**Goal:** {goal}");
    }
    if let Some(question) = &header.question {
        let _ = writeln!(text, "\n**Question:** {question}");
    }
    let body = lesson.text.split_once("\n\n").map_or("", |(_, body)| body);
    let _ = writeln!(text, "\n## The module\n\n```wat\n{}\n```", body.trim_end());
    if !header.hints.is_empty() {
        let hints = header.hints.iter().enumerate();
        let hints =
            hints.map(|(at, hint)| folded(&format!("Hint {}", at + 1), &format!("{hint}\n")));
        let _ = write!(text, "\n## Hints\n\n{}", hints.collect::<Vec<_>>().join("\n"));
    }
    let rules = header.rules.iter().map(|rule| format!("- {}\n", rule.sentence()));
    let expected = expected(lesson).into_iter().map(|sentence| format!("- {sentence}\n"));
    let list: String = rules.chain(expected).collect();
    // The results have the answer of a quiz and of a prediction.
    let shown = match header.kind {
        LessonKind::Task => list,
        LessonKind::Read | LessonKind::Quiz => folded(SHOW, &list),
    };
    let _ = write!(text, "\n## What must come out\n\n{shown}");
    if let Some(solution) = lesson.solution.as_deref().filter(|_| header.kind == LessonKind::Task) {
        let solution = format!("```wat\n{}\n```\n", solution.trim_end());
        let _ = write!(text, "\n## A solution\n\n{}", folded(SHOW, &solution));
    }
    let following = next
        .map_or(String::new(), |next| format!("Next: [{}]({}.md) · ", next.header.title, next.id));
    let _ = writeln!(text, "\n{following}[All lessons](README.md)");
    text
}

/// The words that a folded text is shown by.
const SHOW: &str = "Show it";

/// A text that is shown after a press.
fn folded(summary: &str, text: &str) -> String {
    format!("<details><summary>{summary}</summary>\n\n{text}\n</details>\n")
}

/// The links of a page, which lead into other folders of the course: here all pages lie in one.
fn local_links(page: &str) -> String {
    let mut pieces = page.split("](");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (target, rest) = piece.split_once(')').unwrap_or((piece, ""));
        let target = match target.contains("://") {
            true => target.to_owned(),
            false => file_name(target).replace(".wat", ".md"),
        };
        let _ = write!(text, "]({target}){rest}");
    }
    text
}

/// The last name of a place.
fn file_name(place: &str) -> String {
    place.rsplit('/').next().unwrap_or(place).to_owned()
}

fn index(course: &Course) -> String {
    let mut text = format!("# {}\n\n{}\n", course.title, course.introduction);
    let mut group = "";
    for lesson in &course.lessons {
        if lesson.header.group != group {
            group = &lesson.header.group;
            let _ = write!(text, "\n## {group}\n\n| lesson | minutes | |\n| --- | --- | --- |\n");
        }
        let header = &lesson.header;
        let _ = writeln!(
            text,
            "| [{}]({}.md) | {} | {} |",
            header.title,
            lesson.id,
            lesson.minutes(),
            header.look.replace('|', "\\|")
        );
    }
    text += "\n## By instruction\n\n| instruction | lessons |\n| --- | --- |\n";
    for (name, lessons) in by_instruction(course) {
        let links: Vec<_> = lessons
            .iter()
            .map(|lesson| format!("[{}]({}.md)", lesson.header.title, lesson.id))
            .collect();
        let _ = writeln!(text, "| `{name}` | {} |", links.join(", "));
    }
    text
}

/// The lessons whose page names an instruction, for each instruction of Wasmer.
fn by_instruction(course: &Course) -> BTreeMap<String, Vec<&Lesson>> {
    let all = watshop_module::instructions();
    let known: BTreeSet<_> = all.filter(|name| !matches!(&name[..], "else" | "end")).collect();
    let mut lessons: BTreeMap<String, Vec<&Lesson>> = BTreeMap::new();
    for lesson in &course.lessons {
        for name in named(&lesson.words()).into_iter().filter(|name| known.contains(name)) {
            lessons.entry(name).or_default().push(lesson);
        }
    }
    lessons
}
