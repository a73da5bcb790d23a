//! The pages of `docs/lessons` are made of the lessons: `WATSHOP_WRITE_DOCS=1` writes them again.

// A test fails by a panic. Clippy permits that in test functions only, not in the functions that
// they call.
#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use watshop_lessons::{Course, document, read_folder};

fn root() -> PathBuf {
    Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../..")
}

#[test]
fn every_lesson_is_a_page_of_the_documentation() {
    let (course, _) = Course::read(&read_folder(&root().join("examples")).unwrap());
    let made = document(&course);
    let folder = root().join("docs/lessons");
    if std::env::var_os("WATSHOP_WRITE_DOCS").is_some() {
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &made {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let kept: BTreeMap<_, _> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    for (name, text) in &made {
        assert_eq!(kept.get(name), Some(text), "docs/lessons/{name}");
    }
    assert_eq!(kept.len(), made.len(), "a page without a lesson");
}
