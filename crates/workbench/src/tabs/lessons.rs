//! The lessons that are built in.

use std::sync::OnceLock;

use watshop_module::lesson;
use watshop_protocol::page::{Error, ErrorCode, Lesson, Result, Settings};

/// The lesson that a person sees first.
pub(crate) const FIRST: &str = "add_one";

/// The name and text of each file.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

struct LessonFile {
    id: &'static str,
    text: &'static str,
    header: lesson::LessonHeader,
}

/// All lessons, group by group.
pub(crate) fn list() -> Vec<Lesson> {
    let show = |entry: &LessonFile| Lesson {
        id: entry.id.to_owned(),
        group: entry.header.group.title().to_owned(),
        title: entry.header.title.clone(),
        summary: entry.header.look.clone(),
    };
    entries().iter().map(show).collect()
}

/// The text of a lesson, and its settings.
pub(crate) fn find(id: &str) -> Result<(&'static str, Settings)> {
    let entry = entries().iter().find(|entry| entry.id == id);
    let entry = entry.ok_or_else(|| {
        Error::new(ErrorCode::UnknownLesson, format!("There is no lesson `{id}`."))
    })?;
    let mut settings = Settings::default();
    settings.wasi.arguments.clone_from(&entry.header.arguments);
    if !entry.header.compilers.contains(&settings.compiler)
        && let Some(first) = entry.header.compilers.first()
    {
        settings.compiler = *first;
    }
    Ok((entry.text, settings))
}

/// The lesson that a text of this title comes from: its name and its first line are the lesson's.
pub(crate) fn of(title: &str, text: &str) -> Option<&'static str> {
    let id = title.strip_suffix(".wat")?;
    let entry = entries().iter().find(|entry| entry.id == id)?;
    (text.lines().next() == entry.text.lines().next()).then_some(entry.id)
}

fn entries() -> &'static [LessonFile] {
    static ENTRIES: OnceLock<Vec<LessonFile>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let read = |(id, text): &(&'static str, &'static str)| match lesson::parse(text) {
            Ok(header) => Some(LessonFile { id, text, header }),
            Err(error) => {
                tracing::error!(id, %error, "a lesson's header cannot be read");
                None
            }
        };
        let mut entries: Vec<_> = FILES.iter().filter_map(read).collect();
        // Lessons of one group with the same number are in the order of their names.
        entries.sort_by_key(|entry| (entry.header.group, entry.header.order));
        entries
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lesson_is_in_the_list_and_the_first_comes_first() {
        let lessons = list();
        assert_eq!(lessons.len(), FILES.len());
        assert_eq!(lessons[0].id, FIRST);
        let (text, settings) = find(FIRST).unwrap();
        assert!(text.contains("add_one"));
        assert_eq!(settings, Settings::default());
        assert_eq!(find("no such").unwrap_err().code, ErrorCode::UnknownLesson);
    }

    #[test]
    fn wasi_begins_with_hello_and_not_with_the_first_in_the_alphabet() {
        let wasi = list().into_iter().filter(|lesson| lesson.group == "WASI");
        assert_eq!(wasi.map(|lesson| lesson.id).collect::<Vec<_>>(), ["hello", "arguments"]);
    }

    #[test]
    fn a_text_is_a_lesson_by_its_name_and_its_first_line() {
        let (text, _) = find("fib").unwrap();
        assert_eq!(of("fib.wat", text), Some("fib"));
        assert_eq!(of("fib.wat", &format!("{text};; more")), Some("fib"));
        assert_eq!(of("fib.wat", "(module)"), None);
        assert_eq!(of("mine.wat", text), None);
    }
}
