//! The courses that were opened, in the data folder: a folder for each, with its files.

use std::fs;
use std::io;
use std::path::Path;
use watshop_protocol::say;

use watshop_lessons::{Course, CourseFiles, read_folder};
use watshop_protocol::page::Result;

use super::lessons::Library;
use crate::config::file_error;

/// The longest name of a course, in characters.
const LONGEST_NAME: usize = 40;

/// The name of a course by the name of its folder or archive: small letters, digits and `-`.
pub(crate) fn name_of(file: &str) -> String {
    let stem = file.strip_suffix(".zip").unwrap_or(file).to_lowercase();
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = stem.chars().map(plain).take(LONGEST_NAME).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "course".into() } else { name.to_owned() }
}

/// Writes the files of a course. Those of an earlier course of the name are gone after it, and not
/// before all new ones are there.
///
/// # Errors
///
/// `file` or `disk_full` if they cannot be written.
pub(crate) fn keep(folder: &Path, name: &str, files: &CourseFiles) -> Result<()> {
    let own = folder.join(name);
    let (new, old) = (folder.join(format!(".{name}{NEW}")), folder.join(format!(".{name}{OLD}")));
    let failed = |error: io::Error| file_error(say!("Writing"), &own, &error);
    remove(&new).map_err(failed)?;
    for (place, bytes) in files {
        let path = new.join(place);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::write(&path, bytes).map_err(failed)?;
    }
    remove(&old).map_err(failed)?;
    if own.exists() {
        fs::rename(&own, &old).map_err(failed)?;
    }
    fs::rename(&new, &own).map_err(failed)?;
    remove(&old).map_err(failed)
}

/// The ends of the names of folders that a process which was killed leaves behind.
const NEW: &str = ".new";
const OLD: &str = ".old";

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Finishes or takes back the replacement of a course that a killed process had begun.
fn sweep(folder: &Path, left: &str) {
    let path = folder.join(left);
    let own = left.strip_prefix('.').and_then(|name| name.strip_suffix(OLD));
    let swept = match own.map(|name| folder.join(name)) {
        Some(own) if !own.exists() => fs::rename(&path, own),
        _ => remove(&path),
    };
    if let Err(error) = swept {
        tracing::warn!(left, %error, "a folder of a course cannot be removed");
    }
}

/// Adds the courses of a data folder to the lessons. One that cannot be read is left out.
pub(crate) fn load(folder: &Path, library: &Library) {
    for left in names(folder).iter().filter(|name| name.starts_with('.')) {
        sweep(folder, left);
    }
    for name in names(folder) {
        // It was proven when it was opened. Its lessons are as untrusted as any module.
        let opened = read_folder(&folder.join(&name))
            .and_then(|files| library.add(&name, Course::read(&files).0));
        if let Err(error) = opened {
            tracing::warn!(name, %error, "a course cannot be opened");
        }
    }
}

/// The names in a folder, in their order.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<_> =
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_course_is_a_plain_folder_name() {
        assert_eq!(name_of("Loops & More.zip"), "loops---more");
        assert_eq!(name_of("../.."), "course");
        assert_eq!(name_of("Ä.zip"), "course");
    }

    #[test]
    fn a_kept_course_is_there_again_and_an_older_one_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let lesson = ";; title: T\n;; group: A\n;; look: See.\n;; expect: f ->\n\n(module (func (export \"f\")))";
        let files = |id: &str| {
            CourseFiles::from([
                ("course.md".to_owned(), b"title: Ours\ngroups: A\n\nHello.".to_vec()),
                (format!("a/{id}.wat"), lesson.as_bytes().to_vec()),
            ])
        };
        keep(folder.path(), "ours", &files("one")).unwrap();
        keep(folder.path(), "ours", &files("two")).unwrap();
        fs::create_dir(folder.path().join("broken")).unwrap();
        let library = Library::new();
        load(folder.path(), &library);
        assert!(library.find("ours/two").is_ok());
        assert!(library.find("ours/one").is_err());
    }

    #[test]
    fn a_course_outlives_a_process_that_was_killed_while_it_was_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let lesson = ";; title: T\n;; group: A\n;; look: See.\n;; expect: f ->\n\n(module (func (export \"f\")))";
        let files = CourseFiles::from([
            ("course.md".to_owned(), b"title: Ours\ngroups: A\n\nHello.".to_vec()),
            ("a/one.wat".to_owned(), lesson.as_bytes().to_vec()),
        ]);
        keep(folder.path(), "ours", &files).unwrap();
        // Killed between the two renames, and while the next one was written.
        fs::rename(folder.path().join("ours"), folder.path().join(".ours.old")).unwrap();
        fs::create_dir(folder.path().join(".other.new")).unwrap();
        let library = Library::new();
        load(folder.path(), &library);
        assert!(library.find("ours/one").is_ok());
        assert_eq!(names(folder.path()), ["ours"]);
    }
}
