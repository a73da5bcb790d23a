//! The lessons: those of the course that is built in, and those of courses that were opened.

use std::sync::{Arc, Mutex, OnceLock};
use watshop_protocol::say;

use watshop_lessons::{Course, CourseFiles, CourseProblem};
use watshop_protocol::page::{Error, ErrorCode, Lesson, LessonPage, Result};

use crate::sync::lock;

/// The lesson that a person sees first.
const FIRST: &str = "add_one";

/// The most courses that are open at once, beside the one that is built in.
const MOST_COURSES: usize = 20;

/// The place and the bytes of each file of the course that is built in.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// A course with its name. The lessons of the course that is built in have ids without a name.
type NamedCourse = (String, Arc<Course>);

/// All lessons.
#[derive(Debug)]
pub(crate) struct Library {
    opened: Mutex<Vec<NamedCourse>>,
}

/// A lesson and its course.
#[derive(Debug, Clone)]
pub(crate) struct FoundLesson {
    pub course: Arc<Course>,
    index: usize,
}

impl FoundLesson {
    /// The lesson.
    pub(crate) fn lesson(&self) -> &watshop_lessons::Lesson {
        &self.course.lessons[self.index]
    }
}

impl Library {
    pub(crate) fn new() -> Self {
        Self { opened: Mutex::default() }
    }

    /// Adds a course, and gives the id of its first lesson. A course of the same name is replaced.
    ///
    /// # Errors
    ///
    /// `course` with the faults, if it has any, or if too many courses are open.
    pub(crate) fn open(&self, name: &str, files: &CourseFiles) -> Result<String> {
        let (course, mut faults) = Course::read(files);
        faults.extend(watshop_lessons::lint(&course, files));
        if course.lessons.is_empty() && faults.is_empty() {
            let message = say!("This course has no lessons: a lesson is a file `GROUP/NAME.wat`.");
            return Err(Error::new(ErrorCode::Course, message));
        }
        if !faults.is_empty() {
            const SHOWN: usize = 5;
            let shown = faults.iter().take(SHOWN).map(CourseProblem::sentence);
            let shown = shown.reduce(|before, next| say!("{before}; {next}"));
            let shown = shown.unwrap_or_else(|| say!(""));
            let message = match faults.len().saturating_sub(SHOWN) {
                0 => say!("This course is not ready: {shown}."),
                more => say!("This course is not ready: {shown}; and {more} more."),
            };
            return Err(Error::new(ErrorCode::Course, message));
        }
        self.add(name, course)
    }

    /// Adds a course that was checked before.
    ///
    /// # Errors
    ///
    /// `course` if too many courses are open.
    pub(crate) fn add(&self, name: &str, course: Course) -> Result<String> {
        let mut opened = lock(&self.opened);
        opened.retain(|(other, _)| other != name);
        if opened.len() == MOST_COURSES {
            let message = say!("{MOST_COURSES} courses are open, and that is the most.");
            return Err(Error::new(ErrorCode::Course, message));
        }
        let first =
            course.lessons.first().map_or(String::new(), |lesson| full_id(name, &lesson.id));
        opened.push((name.to_owned(), Arc::new(course)));
        Ok(first)
    }

    fn courses(&self) -> Vec<NamedCourse> {
        let own = (String::new(), Arc::clone(built_in()));
        [own].into_iter().chain(lock(&self.opened).iter().cloned()).collect()
    }

    /// All lessons, course by course and group by group.
    pub(crate) fn list(&self) -> Vec<Lesson> {
        let courses = self.courses();
        courses
            .iter()
            .flat_map(|(name, course)| {
                course.lessons.iter().map(|lesson| {
                    let mut shown = lesson.shown();
                    shown.id = full_id(name, &shown.id);
                    for id in &mut shown.needs {
                        *id = full_id(name, id);
                    }
                    if !name.is_empty() {
                        shown.group = format!("{}: {}", course.title, shown.group);
                    }
                    shown
                })
            })
            .collect()
    }

    /// The lesson of this id.
    pub(crate) fn find(&self, id: &str) -> Result<FoundLesson> {
        let (name, id_in_course) = id.rsplit_once('/').unwrap_or(("", id));
        let courses = self.courses();
        let course = courses.into_iter().find(|(other, _)| other == name);
        let found = course.and_then(|(_, course)| {
            let index = course.lessons.iter().position(|lesson| lesson.id == id_in_course)?;
            Some(FoundLesson { course, index })
        });
        found
            .ok_or_else(|| Error::new(ErrorCode::UnknownLesson, say!("There is no lesson `{id}`.")))
    }

    /// The lesson that opens at the first start.
    pub(crate) fn first(&self) -> &'static str {
        FIRST
    }

    /// The page of a lesson.
    pub(crate) fn page(&self, id: &str) -> Result<LessonPage> {
        let found = self.find(id)?;
        let mut page = found.lesson().shown_page();
        id.clone_into(&mut page.id);
        Ok(page)
    }

    /// The ids of the lessons whose words, in upper or lower case, contain all of these.
    pub(crate) fn search(&self, wanted: &str) -> Vec<String> {
        let wanted = wanted.to_lowercase();
        let words: Vec<_> = wanted.split_whitespace().collect();
        let mut found = Vec::new();
        for (name, course) in self.courses() {
            for lesson in &course.lessons {
                let text = format!("{} {}", lesson.header.group, lesson.words()).to_lowercase();
                if words.iter().all(|word| text.contains(word) || lesson.id.contains(word)) {
                    found.push(full_id(&name, &lesson.id));
                }
            }
        }
        found
    }

    /// The lesson that a text of this title comes from: its name and its first line are the lesson's.
    pub(crate) fn of(&self, title: &str, text: &str) -> Option<String> {
        let id = title.strip_suffix(".wat")?;
        self.courses().into_iter().find_map(|(name, course)| {
            let lesson = course.find(id)?;
            let is_own = text.lines().next() == lesson.text.lines().next();
            is_own.then(|| full_id(&name, id))
        })
    }
}

fn full_id(course: &str, id: &str) -> String {
    if course.is_empty() { id.to_owned() } else { format!("{course}/{id}") }
}

fn built_in() -> &'static Arc<Course> {
    static COURSE: OnceLock<Arc<Course>> = OnceLock::new();
    COURSE.get_or_init(|| {
        let files = FILES.iter().map(|(place, bytes)| ((*place).to_owned(), bytes.to_vec()));
        let (course, faults) = Course::read(&files.collect());
        for fault in faults {
            tracing::error!(%fault, "a lesson cannot be read");
        }
        Arc::new(course)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lesson_is_in_the_list_and_the_first_comes_first() {
        let library = Library::new();
        let lessons = library.list();
        let texts = FILES
            .iter()
            .filter(|(place, _)| place.ends_with(".wat") && !place.ends_with(".solution.wat"));
        assert_eq!(lessons.len(), texts.count());
        assert_eq!(lessons[0].id, FIRST);
        let found = library.find(FIRST).unwrap();
        assert!(found.lesson().text.contains("add_one"));
        assert_eq!(library.find("no such").unwrap_err().code, ErrorCode::UnknownLesson);
    }

    #[test]
    fn wasi_begins_with_hello_and_not_with_the_first_in_the_alphabet() {
        let lessons = Library::new().list();
        let wasi = lessons.iter().find(|lesson| lesson.group == "WASI");
        assert_eq!(wasi.unwrap().id, "hello");
    }

    #[test]
    fn a_text_is_a_lesson_by_its_name_and_its_first_line() {
        let library = Library::new();
        let found = library.find("fib").unwrap();
        let text = &found.lesson().text;
        assert_eq!(library.of("fib.wat", text).as_deref(), Some("fib"));
        assert_eq!(library.of("fib.wat", &format!("{text};; more")).as_deref(), Some("fib"));
        assert_eq!(library.of("fib.wat", "(module)"), None);
        assert_eq!(library.of("mine.wat", text), None);
    }

    #[test]
    fn a_course_of_ones_own_stands_beside_the_one_that_is_built_in() {
        let library = Library::new();
        let lesson = ";; title: Mine\n;; group: A\n;; look: See.\n;; expect: f ->\n\n(module (func (export \"f\")))";
        let files = [("course.md", "title: Ours\ngroups: A\n\nHello."), ("a/mine.wat", lesson)];
        let files = files.map(|(place, text)| (place.to_owned(), text.as_bytes().to_vec()));
        library.open("ours", &files.into()).unwrap();
        let last = library.list().pop().unwrap();
        assert_eq!((last.id.as_str(), last.group.as_str()), ("ours/mine", "Ours: A"));
        assert_eq!(library.search("mine see"), ["ours/mine"]);
        assert_eq!(library.page("ours/mine").unwrap().checks, ["`f` returns."]);
        let error = library.open("empty", &CourseFiles::new()).unwrap_err();
        assert_eq!(error.code, ErrorCode::Course);
    }
}
