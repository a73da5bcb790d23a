#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

use std::path::PathBuf;

use tempfile::TempDir;
use watshop_protocol::page::{
    CacheUse, Compiler, Engine, ErrorCode, RecordKind, RunRecord, Timings,
};

use super::pack::{Packer, StoredRun};
use super::*;

fn run(id: u64) -> PastRun {
    let record = RunRecord {
        id,
        at_ms: 1_700_000_000_000 + id,
        kind: RecordKind::Call,
        compiler: Some(Compiler::Llvm),
        engine: Engine::Native,
        optimisation: None,
        instructions: None,
        cache: Some(CacheUse::Miss),
        export: Some("fib".into()),
        timings: Timings { call: Some(id * 1000), total: Some(id * 2000), ..Timings::default() },
        figures: None,
        error: id.is_multiple_of(2).then_some(ErrorCode::Trap),
    };
    PastRun { title: "fib.wat".into(), record }
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    (folder, path)
}

/// The runs as they come out of a database.
fn packed(runs: impl IntoIterator<Item = PastRun>) -> PackedRuns {
    let mut packer = Packer::default();
    for PastRun { title, record } in runs {
        packer.add(&StoredRun {
            id: record.id,
            at_ms: record.at_ms,
            title: &title,
            kind: record.kind,
            compiler: record.compiler,
            engine: record.engine,
            cache: record.cache,
            export: record.export.as_deref(),
            error: record.error,
            timings: record.timings,
        });
    }
    packer.finish()
}

fn open(path: &std::path::Path) -> History {
    History::open(Some(path.to_owned())).unwrap()
}

#[test]
fn runs_of_earlier_sessions_are_there_with_all_their_times() {
    let (_folder, path) = folder();
    let first = open(&path);
    first.add(run(1));
    drop(first);
    let second = open(&path);
    second.add(run(2));
    assert_eq!(second.read().unwrap(), packed([run(1), run(2)]));
    second.clear().unwrap();
    assert_eq!(second.read().unwrap(), packed([]));
}

#[test]
fn the_oldest_runs_go_if_there_are_too_many() {
    let (_folder, path) = folder();
    let history = open(&path);
    let most = u64::try_from(MOST_RUNS).unwrap();
    for id in 1..=most + 3 {
        history.add(run(id));
    }
    let runs = history.read().unwrap();
    assert_eq!(runs.count() as u64, most);
    assert!(runs == packed((4..=most + 3).map(run)));
}

#[test]
fn a_database_of_a_newer_watshop_is_an_error_that_says_so_and_stays_unchanged() {
    let (_folder, path) = folder();
    drop(open(&path).read().unwrap());
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.execute_batch("ALTER TABLE run RENAME TO deed; PRAGMA user_version = 7;").unwrap();
    drop(newer);
    let before = std::fs::read(&path).unwrap();
    let history = open(&path);
    history.add(run(1));
    let error = history.read().unwrap_err();
    assert_eq!(error.code, ErrorCode::State);
    assert!(error.message.contains("newer Watshop (version 7"), "{error}");
    drop(history);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_damaged_database_is_kept_aside_and_a_new_one_begins() {
    let (folder, path) = folder();
    std::fs::write(&path, "this is not a database, and it is long enough to be seen as one")
        .unwrap();
    let history = open(&path);
    history.add(run(1));
    assert_eq!(history.read().unwrap(), packed([run(1)]));
    let aside = std::fs::read(folder.path().join("history-damaged.sqlite")).unwrap();
    assert!(aside.starts_with(b"this is not"));
}

#[test]
fn a_folder_that_cannot_be_written_costs_only_the_history() {
    let history = open(std::path::Path::new("/nowhere/at/all/history.sqlite"));
    history.add(run(1));
    assert_eq!(history.read().unwrap_err().code, ErrorCode::State);
    let none = History::open(None).unwrap();
    none.add(run(1));
    assert_eq!(none.read().unwrap(), packed([]));
}

#[test]
fn a_packed_run_has_64_bytes_and_names_are_listed_once() {
    let PackedRuns { names, bytes } = packed([run(1), run(2)]);
    assert_eq!(names, ["fib.wat", "fib", "trap"]);
    assert_eq!(bytes.len(), 128);
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!(bytes[16..20], [1, 2, 1, 1]);
    assert_eq!([number(20), number(24), number(28)], [0, 1, u32::MAX]);
    assert_eq!(number(64 + 28), 2);
    let time = |at: usize| f32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    assert!(time(32).is_nan());
    assert!((time(32 + 6 * 4) - 1000.0).abs() < 0.01);
}
