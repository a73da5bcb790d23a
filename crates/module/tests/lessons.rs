//! Every lesson under `examples/`: its header, its text, its module.

// A test fails by a panic. Clippy permits that in test functions only, not in the functions that
// they call.
#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use wasmparser::{Operator, Parser, Payload};
use watshop_module::lesson::{self, Expectation, Group, LessonCall, LessonHeader};
use watshop_module::{Lines, check_text, format, parse, print, summarize, validate};
use watshop_protocol::page::{ExternType, Proposals, ValueType, WasiVersion};
use watshop_protocol::value;

struct Example {
    path: PathBuf,
    text: String,
    lesson: LessonHeader,
}

fn examples() -> Vec<Example> {
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../examples");
    let folders = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir());
    let files = folders
        .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    let examples: Vec<_> = files
        .map(|path| {
            assert_eq!(path.extension().unwrap(), "wat", "{}", path.display());
            let text = std::fs::read_to_string(&path).unwrap();
            let lesson = lesson::parse(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            Example { path, text, lesson }
        })
        .collect();
    assert!(examples.len() >= 10, "only {} lessons found", examples.len());
    examples
}

#[test]
fn each_lesson_lies_in_the_folder_of_its_group_under_a_name_of_its_own() {
    let mut names = BTreeMap::new();
    for Example { path, lesson, .. } in examples() {
        let folder = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        assert_eq!(folder, lesson.group.folder(), "{}", path.display());
        let other = names.insert(path.file_stem().unwrap().to_owned(), path.clone());
        assert_eq!(other, None, "{}", path.display());
    }
    for group in Group::ALL {
        assert!(
            examples().iter().any(|example| example.lesson.group == group),
            "{group:?} is empty"
        );
    }
}

#[test]
fn each_lesson_is_valid_with_the_default_settings() {
    for Example { path, text, .. } in examples() {
        let checked = check_text(&text, &Proposals::default());
        assert_eq!(checked.problems, [], "{}", path.display());
        validate(&checked.binary.unwrap(), &Proposals::default()).unwrap();
    }
}

#[test]
fn formatting_a_lesson_twice_is_formatting_it_once() {
    for Example { path, text, .. } in examples() {
        let once = format(&text).unwrap();
        assert_eq!(format(&once).unwrap(), once, "{}", path.display());
        assert_eq!(parse(&once).unwrap(), parse(&text).unwrap(), "{}", path.display());
        assert_eq!(lesson::parse(&once), lesson::parse(&text), "{}", path.display());
    }
}

#[test]
fn printing_a_lesson_and_parsing_it_again_gives_the_same_module() {
    for Example { path, text, .. } in examples() {
        let binary = parse(&text).unwrap();
        assert_eq!(parse(&print(&binary).unwrap()).unwrap(), binary, "{}", path.display());
    }
}

#[test]
fn every_instruction_of_a_lesson_has_a_line_in_both_texts() {
    for Example { path, text, .. } in examples() {
        let binary = parse(&text).unwrap();
        let (written, printed) = (Lines::of_text(&text), Lines::of_printed(&binary));
        let shown = print(&binary).unwrap();
        for payload in Parser::new(0).parse_all(&binary) {
            let Payload::CodeSectionEntry(body) = payload.unwrap() else { continue };
            for operator in body.get_operators_reader().unwrap().into_iter_with_offsets() {
                let (operator, offset) = operator.unwrap();
                let offset = offset as u32;
                if matches!(operator, Operator::End) {
                    assert!(written.place(offset).is_some(), "{} at {offset}", path.display());
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
                        "{}: {word} for {name}",
                        path.display()
                    );
                }
            }
        }
    }
}

/// Checks that each line can be right. Whether it is needs a runtime.
#[test]
fn expectations_fit_the_exports_they_name() {
    for Example { path, text, lesson } in examples() {
        let at = path.display();
        let summary = summarize(&parse(&text).unwrap()).unwrap();
        let wasi_only = summary.imports.iter().all(|import| import.module.starts_with("wasi"));
        let signature = |call: &LessonCall| {
            let export = summary.exports.iter().find(|export| export.name == call.function);
            let Some(ExternType::Function { params, results }) = export.map(|export| &export.kind)
            else {
                panic!("{at}: no function `{}`", call.function)
            };
            fits(&at.to_string(), params, &call.arguments);
            results.clone()
        };
        for expected in &lesson.expect {
            match expected {
                Expectation::Results { call, results } => {
                    fits(&at.to_string(), &signature(call), results);
                }
                Expectation::Trap { call, .. } => drop(signature(call)),
                Expectation::Error { call, .. } => drop(call.as_ref().map(signature)),
                Expectation::Stdout(_) => {
                    assert!(summary.command, "{at}");
                    assert!(
                        matches!(
                            summary.wasi,
                            Some(WasiVersion::Snapshot0 | WasiVersion::Preview1)
                        ),
                        "{at}"
                    );
                }
            }
            let runs = !matches!(expected, Expectation::Error { call: None, .. });
            assert_eq!(runs, wasi_only, "{at}: only a module with imports of its own cannot run");
        }
    }
}

fn fits(at: &str, types: &[ValueType], texts: &[String]) {
    assert_eq!(types.len(), texts.len(), "{at}: {texts:?}");
    for (kind, text) in types.iter().zip(texts) {
        value::parse(*kind, text).unwrap_or_else(|e| panic!("{at}: {e}"));
    }
}
