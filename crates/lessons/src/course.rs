//! A course: lessons in their order, read from the files of a folder.

use std::collections::BTreeMap;

use watshop_protocol::page::{
    Error, FolderAccess, FolderSource, ImportObject, ImportsFile, LessonKind, LessonPicture,
    Settings, WasiFolder,
};
use watshop_protocol::{Sentence, say};

use crate::header::{self, LessonHeader};
use crate::links::{links, resolved};

/// The files of a course: their places below its folder, with `/` between the names, and their bytes.
pub type CourseFiles = BTreeMap<String, Vec<u8>>;

/// A course.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// The title.
    pub title: String,
    /// The introduction, as Markdown.
    pub introduction: String,
    /// The lessons, group by group.
    pub lessons: Vec<Lesson>,
}

/// A lesson with all of its files.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The name of its file, without folder and ending.
    pub id: String,
    /// The folder that it lies in.
    pub folder: String,
    /// The header.
    pub header: LessonHeader,
    /// The text that a person begins with: the line of the title, and the module.
    pub text: String,
    /// The page beside the editor, as Markdown.
    pub page: String,
    /// The pictures of the page.
    pub pictures: Vec<LessonPicture>,
    /// The solution's text.
    pub solution: Option<String>,
    /// The import object that it begins with.
    pub imports: ImportObject,
    /// The import object of the solution.
    pub solution_imports: ImportObject,
}

/// A fault of a course.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {why}")]
pub struct CourseProblem {
    /// The file, below the course's folder.
    pub file: String,
    /// The fault, with the place in the file if there is one.
    pub why: Sentence,
}

impl CourseProblem {
    pub(crate) fn new(file: impl Into<String>, why: Sentence) -> Self {
        Self { file: file.into(), why }
    }

    /// The fault as a part of a sentence.
    pub fn sentence(&self) -> Sentence {
        let Self { file, why } = self;
        say!("{file}: {why}")
    }
}

impl Course {
    /// Reads the files of a course. Lessons that cannot be read are left out and reported.
    pub fn read(files: &CourseFiles) -> (Self, Vec<CourseProblem>) {
        let mut problems = Vec::new();
        let about = match files.get("course.md").map(|bytes| text("course.md", bytes)) {
            Some(Ok(about)) => about.to_owned(),
            Some(Err(problem)) => {
                problems.push(problem);
                String::new()
            }
            None => {
                let why = say!("the course has no such file; it begins with `title: …`");
                problems.push(CourseProblem::new("course.md", why));
                String::new()
            }
        };
        let (head, introduction) = about.split_once("\n\n").unwrap_or((&about, ""));
        let value = |key: &str| {
            let mut lines = head.lines();
            let found = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
            found.map(str::trim).unwrap_or_default().to_owned()
        };
        let title = value("title");
        if title.is_empty() && !about.is_empty() {
            problems.push(CourseProblem::new("course.md", say!("the line `title: …` is missing")));
        }
        let groups: Vec<_> =
            value("groups").split(',').map(|name| name.trim().to_owned()).collect();
        let mut lessons = Vec::new();
        for place in files.keys() {
            if place.ends_with(".wat") && !place.ends_with(".solution.wat") {
                match Lesson::read(files, place) {
                    Ok(lesson) => lessons.push(lesson),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        // Lessons of one group with the same number are in the order of their names.
        lessons.sort_by_key(|lesson| {
            let group = groups.iter().position(|group| *group == lesson.header.group);
            (group.unwrap_or(groups.len()), lesson.folder.clone(), lesson.header.order)
        });
        (Self { title, introduction: introduction.trim().to_owned(), lessons }, problems)
    }

    /// The lesson of this id.
    pub fn find(&self, id: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.id == id)
    }
}

/// A file's text, or the fault that it has none.
pub(crate) fn text<'a>(place: &str, bytes: &'a [u8]) -> Result<&'a str, CourseProblem> {
    str::from_utf8(bytes).map_err(|error| {
        CourseProblem::new(place, say!("it is not UTF-8 from byte {} on", error.valid_up_to()))
    })
}

impl Lesson {
    fn read(files: &CourseFiles, place: &str) -> Result<Self, CourseProblem> {
        let wrong = |why: Sentence| CourseProblem::new(place, why);
        let (folder, name) = place
            .split_once('/')
            .ok_or_else(|| wrong(say!("a lesson lies in its group's folder")))?;
        let id = name.strip_suffix(".wat").unwrap_or(name);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if id.is_empty() || id.len() > 64 || !id.chars().all(plain) {
            return Err(wrong(say!(
                "a lesson's name has small letters, digits and `_`, at most 64"
            )));
        }
        let whole = text(place, files.get(place).map_or(&[], Vec::as_slice))?;
        let header = header::parse(whole).map_err(|error| wrong(error.sentence()))?;
        let beside = |ending: &str| {
            let place = format!("{folder}/{id}{ending}");
            let bytes = files.get(&place)?;
            Some(text(&place, bytes).map(|text| (text.to_owned(), place.clone())))
        };
        let solution = beside(".solution.wat").transpose()?.map(|(text, _)| text);
        if header.kind == LessonKind::Task
            && solution.is_none()
            && header.solution.is_empty()
            && !files.contains_key(&format!("{folder}/{id}.solution.imports.json"))
        {
            return Err(wrong(say!("a task has a solution beside it: `{id}.solution.wat`")));
        }
        let imports = |found: Option<Result<(String, String), CourseProblem>>| {
            let Some((text, place)) = found.transpose()? else { return Ok(None) };
            let read = ImportsFile::read(&place, text.as_bytes());
            read.map(Some).map_err(|error: Error| CourseProblem::new(place, error.sentence()))
        };
        let begun = imports(beside(".imports.json"))?.unwrap_or_default();
        let solved = imports(beside(".solution.imports.json"))?.unwrap_or_else(|| begun.clone());
        let page = beside(".md").transpose()?.map(|(text, _)| text).unwrap_or_default();
        let picture = |path: &str| {
            let bytes = files.get(&resolved(&format!("{folder}/{path}")))?;
            let svg = str::from_utf8(bytes).ok()?.to_owned();
            path.ends_with(".svg").then(|| LessonPicture { path: path.to_owned(), svg })
        };
        let pictures = links(&page).filter_map(picture).collect();
        Ok(Self {
            id: id.to_owned(),
            folder: folder.to_owned(),
            text: opened(whole, &header.title),
            header,
            page,
            pictures,
            solution,
            imports: begun,
            solution_imports: solved,
        })
    }

    /// The settings of the tab that it opens in.
    pub fn settings(&self) -> Settings {
        let mut settings = Settings { imports: self.imports.clone(), ..Settings::default() };
        settings.wasi.arguments.clone_from(&self.header.arguments);
        if !self.header.compilers.contains(&settings.compiler)
            && let Some(first) = self.header.compilers.first()
        {
            settings.compiler = *first;
        }
        for file in &self.header.files {
            let source = FolderSource::Held { name: file.folder.clone() };
            let guest = format!("/{}", file.folder);
            let folder = WasiFolder { guest, source, access: FolderAccess::Create };
            if !settings.wasi.folders.contains(&folder) {
                settings.wasi.folders.push(folder);
            }
        }
        for setting in &self.header.settings {
            setting.apply(&mut settings);
        }
        settings
    }

    /// The settings with which its solution passes.
    pub fn solved_settings(&self) -> Settings {
        let mut settings = Settings { imports: self.solution_imports.clone(), ..self.settings() };
        for setting in &self.header.solution {
            setting.apply(&mut settings);
        }
        settings
    }

    /// The text of its solution. A lesson without one is its own.
    pub fn solved_text(&self) -> &str {
        self.solution.as_deref().unwrap_or(&self.text)
    }

    /// The time that it takes, in minutes: that of the header, or at 200 words a minute that of reading
    /// it.
    pub fn minutes(&self) -> u32 {
        let words = u32::try_from(self.words().split_whitespace().count()).unwrap_or(u32::MAX);
        self.header.minutes.unwrap_or(words.div_ceil(200))
    }

    /// The file of the lesson, below the course's folder.
    pub fn file(&self) -> String {
        format!("{}/{}.wat", self.folder, self.id)
    }

    /// Everything that a person can read of it before its solution.
    pub fn words(&self) -> String {
        let header = &self.header;
        let mut all = format!("{}\n{}\n{}\n", header.title, header.look, self.page);
        let more = [&header.goal, &header.question].into_iter().flatten().chain(&header.hints);
        more.for_each(|text| {
            all.push_str(text);
            all.push('\n');
        });
        all
    }
}

/// The text in the lesson's tab: its title, and the text below the header.
fn opened(whole: &str, title: &str) -> String {
    let is_header = |line: &&str| line.trim_end().strip_prefix(";; ").is_some();
    let header = whole.lines().take_while(is_header).count();
    let body: Vec<_> = whole.lines().skip(header).collect();
    format!(";; title: {title}\n\n{}\n", body.join("\n").trim_matches('\n'))
}
