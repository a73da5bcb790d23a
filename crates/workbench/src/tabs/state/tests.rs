use std::time::{Duration, Instant};

use watshop_protocol::page::{Compiler, Engine, Event, Optimisation, RecordKind, Timings};

use super::*;
use crate::config::CacheMode;

fn config(folder: &Path) -> Config {
    Config {
        data_dir: folder.into(),
        programs: folder.into(),
        state: StateKind::Saved,
        cache: CacheMode::On,
        raw_output: None,
    }
}

fn open(folder: &Path) -> Result<(State, Kept, Arc<Hub>)> {
    let hub = Arc::new(Hub::new());
    let sources = Arc::new(Sources::new(Some(folder.join("sources"))));
    let (state, kept) = State::open(&config(folder), &hub, &sources)?;
    Ok((state, kept, hub))
}

fn tab(id: u32, text: &str) -> TabRow {
    TabRow {
        id: TabId(id),
        title: format!("{id}.wat"),
        kind: SourceKind::Wat,
        path: Some(PathBuf::from("/tmp/ä b.wat")),
        text: Some(text.into()),
        source: None,
        saved: Some("hash".into()),
        revision: 7,
        settings: Settings { compiler: Compiler::Llvm, ..Settings::default() },
    }
}

fn record(id: u64) -> Box<RunRecord> {
    Box::new(RunRecord {
        id,
        at_ms: 1,
        kind: RecordKind::Run,
        compiler: Some(Compiler::Cranelift),
        engine: Engine::Jit,
        optimisation: Some(Optimisation::Speed),
        cache: None,
        export: None,
        timings: Timings { total: Some(5), ..Timings::default() },
        figures: None,
        error: None,
    })
}

#[test]
fn what_was_kept_comes_back_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let (state, kept, _) = open(folder.path()).unwrap();
    assert!(kept.first_start && kept.open.is_empty());
    for id in 1..=4 {
        state.keep(Change::Tab(Box::new(tab(id, "(module)")), When::Now));
    }
    state.keep(Change::Places { open: vec![TabId(3), TabId(1)], closed: vec![TabId(2)] });
    state.keep(Change::Record { tab: TabId(1), record: record(10), out: None });
    state.keep(Change::Record { tab: TabId(1), record: record(11), out: Some(10) });
    state.keep(Change::Ui("{}".into()));
    drop(state);

    let (_state, kept, _) = open(folder.path()).unwrap();
    let ids = |tabs: &[(TabRow, Vec<RunRecord>)]| tabs.iter().map(|(row, _)| row.id.0).collect::<Vec<_>>();
    assert_eq!(ids(&kept.open), [3, 1, 4], "a tab that stands in no list is open");
    assert_eq!(ids(&kept.closed), [2]);
    assert_eq!(kept.open[1], (tab(1, "(module)"), vec![*record(11)]));
    assert_eq!((kept.ui.as_deref(), kept.next_tab, kept.next_record), (Some("{}"), 5, 12));
    assert!(!kept.first_start);
}

#[test]
fn a_number_is_never_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let (state, _, _) = open(folder.path()).unwrap();
    state.keep(Change::Tab(Box::new(tab(9, "")), When::Soon));
    state.keep(Change::Record { tab: TabId(9), record: record(5), out: None });
    drop(state);
    let (state, _, _) = open(folder.path()).unwrap();
    state.keep(Change::Forget(TabId(9)));
    drop(state);
    let (_state, kept, _) = open(folder.path()).unwrap();
    assert_eq!((kept.open.len(), kept.next_tab, kept.next_record), (0, 10, 6));
}

#[test]
fn typing_is_written_within_half_a_second_of_the_first_key() {
    let folder = tempfile::tempdir().unwrap();
    let (state, _, _) = open(folder.path()).unwrap();
    state.keep(Change::Tab(Box::new(tab(1, "saved")), When::Now));
    let reader = rusqlite::Connection::open(folder.path().join("state.sqlite")).unwrap();
    let text = || {
        let read = reader.query_row("SELECT text FROM tab", (), |row| row.get::<_, String>(0));
        read.unwrap_or_default()
    };
    let until = |wanted: &str, keep_typing: &dyn Fn()| {
        let began = Instant::now();
        while text() != wanted {
            keep_typing();
            assert!(began.elapsed() < Duration::from_millis(500), "{wanted} is not there yet");
            std::thread::yield_now();
        }
    };
    until("saved", &|| {});
    // Somebody who never pauses is saved all the same.
    until("typed", &|| state.keep(Change::Tab(Box::new(tab(1, "typed")), When::Soon)));
}

#[test]
fn a_second_workbench_is_told_that_the_folder_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let _first = open(folder.path()).unwrap();
    let error = open(folder.path()).unwrap_err();
    assert_eq!(error.code, ErrorCode::State);
    assert!(error.message.contains("Another Watshop"), "{error}");
    let in_memory = Config { state: StateKind::InMemory, ..config(folder.path()) };
    let hub = Arc::new(Hub::new());
    assert!(State::open(&in_memory, &hub, &Arc::new(Sources::new(None))).is_ok());
}

/// A window that was closed and opened again at once said that it cannot start.
#[test]
fn a_workbench_waits_for_one_that_is_just_ending() {
    let folder = tempfile::tempdir().unwrap();
    let (first, ..) = open(folder.path()).unwrap();
    first.keep(Change::Tab(Box::new(tab(1, "the last words")), When::Soon));
    let path = folder.path().to_owned();
    let second = std::thread::spawn(move || open(&path).map(|(_, kept, _)| kept.open.len()));
    let threads = || fs::read_dir("/proc/self/task").unwrap().flatten();
    let name = |thread: fs::DirEntry| fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
    while !threads().any(|thread| name(thread).trim() == WAITING) {
        assert!(!second.is_finished(), "it does not wait");
        std::thread::yield_now();
    }
    drop(first);
    assert_eq!(second.join().unwrap().unwrap(), 1);
}

#[tokio::test]
async fn a_damaged_file_is_moved_aside_and_told_of_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.sqlite");
    for damage in
        [&b"no database at all, but long enough to look at as one"[..], b"SQLite format 3\0 and garbage"]
    {
        let (state, _, _) = open(folder.path()).unwrap();
        state.keep(Change::Tab(Box::new(tab(1, &"text ".repeat(5000))), When::Now));
        drop(state);
        let mut bytes = fs::read(&file).unwrap();
        bytes[..damage.len()].copy_from_slice(damage);
        fs::write(&file, &bytes).unwrap();

        let (state, kept, hub) = open(folder.path()).unwrap();
        assert!(kept.open.is_empty());
        let notice = hub.subscribe().next().await.unwrap();
        let Event::Notice { error } = &*notice else { panic!("{notice:?}") };
        assert_eq!(error.code, ErrorCode::State);
        let aside = error.help.as_ref().unwrap().split('`').nth(1).unwrap();
        assert_eq!(fs::read(aside).unwrap(), bytes, "the damaged file is kept");
        drop(state);
        open(folder.path()).unwrap();
    }
}

#[test]
fn a_page_in_the_middle_that_is_damaged_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.sqlite");
    let (state, _, _) = open(folder.path()).unwrap();
    for id in 1..50 {
        state.keep(Change::Tab(Box::new(tab(id, &"text ".repeat(500))), When::Now));
    }
    drop(state);
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xa5);
    fs::write(&file, &bytes).unwrap();
    let (_state, kept, _) = open(folder.path()).unwrap();
    assert!(kept.first_start, "a new state was made");
}

#[test]
fn the_state_of_a_newer_watshop_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let file = folder.path().join("state.sqlite");
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let error = open(folder.path()).unwrap_err();
    assert_eq!(error.code, ErrorCode::State);
    assert!(error.message.contains("newer"), "{error}");
    assert!(file.exists());
}
