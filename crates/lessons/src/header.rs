//! Reads the header of a lesson. `examples/README.md` describes it for authors.

use watshop_protocol::page::{Compiler, LessonKind};
use watshop_protocol::{Sentence, say};

use crate::escape::unescape;
use crate::expectation::{self, Expectation, compiler};
use crate::number::number;
use crate::rule::Rule;
use crate::setting::LessonSetting;

/// The most hints of a lesson.
pub const MOST_HINTS: usize = 3;

/// A file of a lesson's virtual folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonFile {
    /// The folder's name. The program sees it as `/NAME`.
    pub folder: String,
    /// The place in the folder.
    pub at: String,
    /// The content.
    pub text: String,
}

/// The header of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonHeader {
    /// The title, one line.
    pub title: String,
    /// The lesson's group.
    pub group: String,
    /// The lesson's place in its group, from 1. Lessons without one come last.
    pub order: u8,
    /// The kind.
    pub kind: LessonKind,
    /// The description: the `look` lines, joined by blanks.
    pub look: String,
    /// The goal of a task.
    pub goal: Option<String>,
    /// The ids of lessons that come before it.
    pub needs: Vec<String>,
    /// The time that it takes, in minutes.
    pub minutes: Option<u32>,
    /// The hints, in their order.
    pub hints: Vec<String>,
    /// The question of a quiz.
    pub question: Option<String>,
    /// The right answers of a quiz.
    pub answers: Vec<String>,
    /// The arguments of a WASI program, without its own name.
    pub arguments: Vec<String>,
    /// The settings that the tab begins with.
    pub settings: Vec<LessonSetting>,
    /// The settings that the solution changes.
    pub solution: Vec<LessonSetting>,
    /// The files of virtual folders.
    pub files: Vec<LessonFile>,
    /// The compilers that can compile it. The others answer `compiler_refused`.
    pub compilers: Vec<Compiler>,
    /// The rules for the text.
    pub rules: Vec<Rule>,
    /// The expected results. They are tried in this order, in one instance.
    pub expect: Vec<Expectation>,
}

/// An error in a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderError {
    /// A line that is not `;; key: value`, has an unknown key, or a value that cannot be read.
    Line {
        /// The number of the line, from 1.
        line: usize,
        /// The reason.
        why: Sentence,
    },
    /// The header lacks a line that it must have.
    Missing(&'static str),
}

impl HeaderError {
    /// The error as a part of a sentence.
    pub(crate) fn sentence(&self) -> Sentence {
        match self {
            Self::Line { line, why } => say!("line {line}: {why}"),
            Self::Missing(key) => say!("the header has no `;; {key}: …` line"),
        }
    }
}

/// Reads the header of a lesson: all lines that start with `;; `, up to the first one that does not.
/// A bare `;;` ends it too.
///
/// # Errors
///
/// The first line that cannot be read, or the first key that is missing.
pub fn parse(text: &str) -> Result<LessonHeader, HeaderError> {
    let mut header = empty();
    let mut look = Vec::new();
    let lines = text.lines().map_while(|line| line.trim_end().strip_prefix(";; "));
    for (i, line) in lines.enumerate() {
        let wrong = |why: Sentence| HeaderError::Line { line: i + 1, why };
        let (key, value) = line
            .split_once(':')
            .map(|(key, value)| (key.trim(), value.trim()))
            .filter(|(_, value)| !value.is_empty())
            .ok_or_else(|| wrong(say!("a header line is `;; key: value`")))?;
        if key == "look" {
            look.push(value);
        } else {
            read(&mut header, key, value).map_err(wrong)?;
        }
    }
    header.look = look.join(" ");
    if header.compilers.is_empty() {
        header.compilers = Compiler::ALL.to_vec();
    }
    complete(header)
}

fn empty() -> LessonHeader {
    LessonHeader {
        title: String::new(),
        group: String::new(),
        order: u8::MAX,
        kind: LessonKind::Read,
        look: String::new(),
        goal: None,
        needs: Vec::new(),
        minutes: None,
        hints: Vec::new(),
        question: None,
        answers: Vec::new(),
        arguments: Vec::new(),
        settings: Vec::new(),
        solution: Vec::new(),
        files: Vec::new(),
        compilers: Vec::new(),
        rules: Vec::new(),
        expect: Vec::new(),
    }
}

/// Puts one line into the header.
fn read(header: &mut LessonHeader, key: &str, value: &str) -> Result<(), Sentence> {
    let words = || value.split_whitespace().map(str::to_owned);
    match key {
        "title" => value.clone_into(&mut header.title),
        "group" => value.clone_into(&mut header.group),
        "order" => {
            let order = value.parse().ok().filter(|number| *number > 0);
            header.order = order.ok_or_else(|| say!("`{value}` is not a place from 1 to 255"))?;
        }
        "kind" => {
            header.kind = match value {
                "read" => LessonKind::Read,
                "task" => LessonKind::Task,
                "quiz" => LessonKind::Quiz,
                _ => return Err(say!("`{value}` is not read, task or quiz")),
            };
        }
        "goal" => header.goal = Some(value.to_owned()),
        "needs" => header.needs.extend(words()),
        "minutes" => header.minutes = Some(number(value)?),
        "hint" if header.hints.len() == MOST_HINTS => {
            return Err(say!("a lesson has at most {MOST_HINTS} hints"));
        }
        "hint" => header.hints.push(value.to_owned()),
        "question" => header.question = Some(value.to_owned()),
        "answer" => header.answers.push(value.to_owned()),
        "arguments" => header.arguments.extend(words()),
        "set" => header.settings.push(LessonSetting::parse(value)?),
        "solution" => header.solution.push(LessonSetting::parse(value)?),
        "file" => header.files.push(file(value)?),
        "compilers" => {
            for name in value.split_whitespace() {
                header.compilers.push(compiler(name)?);
            }
        }
        "must" => header.rules.push(Rule::parse(value)?),
        "expect" => header.expect.push(expectation::parse(value)?),
        _ => return Err(say!("`{key}` is not a key of a lesson")),
    }
    Ok(())
}

fn file(value: &str) -> Result<LessonFile, Sentence> {
    let (place, text) =
        value.split_once(" = ").ok_or_else(|| say!("a file is `FOLDER/NAME = TEXT`"))?;
    let (folder, at) =
        place.split_once('/').ok_or_else(|| say!("a file lies in a folder: `FOLDER/NAME`"))?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if folder.is_empty() || folder.len() > 64 || !folder.chars().all(plain) {
        return Err(say!("a folder's name has 1 to 64 of a to z, 0 to 9 and -: not `{folder}`"));
    }
    if at.split('/').any(|name| matches!(name, "" | "." | "..")) {
        return Err(say!("`{at}` is not a place in the folder `{folder}`"));
    }
    Ok(LessonFile { folder: folder.into(), at: at.into(), text: unescape(text)? })
}

/// Checks that nothing is missing.
fn complete(header: LessonHeader) -> Result<LessonHeader, HeaderError> {
    let missing = [
        ("title", header.title.is_empty()),
        ("group", header.group.is_empty()),
        ("look", header.look.is_empty()),
        ("expect", header.expect.is_empty()),
        ("goal", header.kind == LessonKind::Task && header.goal.is_none()),
        ("question", header.kind == LessonKind::Quiz && header.question.is_none()),
        ("answer", header.kind == LessonKind::Quiz && header.answers.is_empty()),
    ];
    match missing.into_iter().find(|(_, is_missing)| *is_missing) {
        Some((key, _)) => Err(HeaderError::Missing(key)),
        None => Ok(header),
    }
}

#[cfg(test)]
mod tests;
