//! The artifact cache: a repeated run finds its code, and damaged code is never loaded.

use std::fs;
use std::path::PathBuf;

use watshop_tests::terminal::Terminal;

use crate::{combinations, repository};

fn sealed_files(terminal: &Terminal) -> Vec<PathBuf> {
    let entries = fs::read_dir(terminal.data().join("artifacts")).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "wshop"))
        .collect()
}

#[test]
fn a_damaged_entry_is_compiled_again_and_never_loaded() {
    let file = repository("examples/start/add_one.wat");
    for (compiler, engine) in combinations() {
        let terminal = Terminal::new();
        let (compiler, engine) = (compiler.as_str(), engine.as_str());
        let run = || {
            terminal.run(&[
                "run",
                &file,
                "--invoke",
                "add_one",
                "41",
                "--json",
                "--compiler",
                compiler,
                "--engine",
                engine,
            ])
        };
        assert_eq!(run().json()["cache"], "miss");
        for path in sealed_files(&terminal) {
            let whole = fs::read(&path).unwrap();
            for damage in [0, whole.len() / 2, whole.len() - 10] {
                let mut bytes = whole.clone();
                bytes[damage] ^= 0x40;
                fs::write(&path, bytes).unwrap();
                let again = run().json();
                assert_eq!(again["results"][0]["value"], "42", "byte {damage}");
                assert_eq!(
                    again["cache"],
                    "miss",
                    "byte {damage} of {} ({compiler} {engine})",
                    whole.len()
                );
            }
            fs::write(&path, &whole[..whole.len() / 3]).unwrap();
            assert_eq!(run().json()["cache"], "miss", "a file cut short");
        }
        assert_eq!(run().json()["cache"], "hit", "the entry that was made again is good");
    }
}

#[test]
fn no_cache_neither_looks_nor_keeps() {
    let terminal = Terminal::new();
    let file = repository("examples/start/add_one.wat");
    for _ in 0..2 {
        let ended = terminal
            .run(&["run", &file, "--invoke", "add_one", "1", "--no-cache", "--json"])
            .json();
        assert_eq!(ended["cache"], "off");
        assert!(ended["timings_ns"]["compile"].is_u64());
    }
    assert!(!terminal.data().join("artifacts").exists() || sealed_files(&terminal).is_empty());
}

#[test]
fn other_settings_are_other_code() {
    let terminal = Terminal::new();
    let file = repository("examples/start/add_one.wat");
    for (compiler, engine) in combinations() {
        let run = [
            "run",
            &file,
            "--invoke",
            "add_one",
            "1",
            "--json",
            "--compiler",
            compiler.as_str(),
            "--engine",
            engine.as_str(),
        ];
        assert_eq!(terminal.run(&run).json()["cache"], "miss", "{compiler:?} {engine:?}");
    }
    assert_eq!(sealed_files(&terminal).len(), combinations().count());
}

#[test]
fn a_sealed_file_runs_without_a_compiler_and_a_foreign_one_says_why_not() {
    let terminal = Terminal::new();
    let file = repository("examples/start/add_one.wat");
    terminal.run(&["run", &file, "--invoke", "add_one", "1"]).prints("2\n");
    let sealed = sealed_files(&terminal).remove(0);
    let copy = terminal.folder().join("mine.wshop");
    fs::copy(&sealed, &copy).unwrap();
    let ended = terminal.run(&["run", "mine.wshop", "--invoke", "add_one", "41", "--json"]).json();
    assert_eq!((&ended["results"][0]["value"], &ended["cache"]), (&"42".into(), &"sealed".into()));

    let passport = terminal.run(&["inspect", "mine.wshop", "--json"]).json();
    assert_eq!(passport["passport"]["compiled"]["compiler"], "cranelift", "{passport}");

    let opened = watshop_artifact::open(&copy).unwrap();
    let (payload, passport) = (opened.payload().to_vec(), opened.passport.clone());
    let foreign = watshop_artifact::Draft {
        compiled: passport.compiled.unwrap(),
        engine: passport.engine,
        triple: "aarch64-apple-darwin".into(),
        cpu_features: Vec::new(),
        sections: Vec::new(),
        signing_key: None,
    };
    watshop_artifact::seal(&copy, &payload, foreign).unwrap();
    terminal
        .run(&["run", "mine.wshop", "--invoke", "add_one", "41"])
        .fails(1, &["aarch64-apple-darwin"]);

    let bytes = fs::read(&copy).unwrap();
    fs::write(&copy, &bytes[..bytes.len() - 1]).unwrap();
    terminal.run(&["run", "mine.wshop", "--invoke", "add_one", "41"]).fails(1, &["mine.wshop"]);
}
