use std::time::{Duration, Instant};

use watshop_protocol::page::{Compiler, Engine, Event, Optimisation, RecordKind, Timings};

use super::names::beside;
use super::*;
use crate::config::{CacheMode, HostFolders};

fn config(folder: &Path) -> Config {
    Config {
        data_dir: folder.into(),
        programs: folder.into(),
        state: StateKind::Saved,
        cache: CacheMode::On,
        raw_output: None,
        input_wanted: None,
        streams: None,
        folders: HostFolders::Any,
    }
}

fn open(folder: &Path) -> Result<(State, SavedState, Arc<Hub>)> {
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
        instructions: None,
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
        state.keep(Change::Tab(Box::new(tab(id, "(module)")), Urgency::Now));
    }
    state.keep(Change::Places { open: vec![TabId(3), TabId(1)], closed: vec![TabId(2)] });
    state.keep(Change::Record { tab: TabId(1), record: record(10), out: None });
    state.keep(Change::Record { tab: TabId(1), record: record(11), out: Some(10) });
    state.keep(Change::Ui("{}".into()));
    drop(state);

    let (_state, kept, _) = open(folder.path()).unwrap();
    let ids = |tabs: &[(TabRow, Vec<RunRecord>)]| {
        tabs.iter().map(|(row, _)| row.id.0).collect::<Vec<_>>()
    };
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
    state.keep(Change::Tab(Box::new(tab(9, "")), Urgency::Soon));
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
    state.keep(Change::Tab(Box::new(tab(1, "saved")), Urgency::Now));
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
    // A person who types without a pause is saved too.
    until("typed", &|| state.keep(Change::Tab(Box::new(tab(1, "typed")), Urgency::Soon)));
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

/// A window that was closed and opened again at once could not start.
#[test]
fn a_workbench_waits_for_one_that_is_just_ending() {
    let folder = tempfile::tempdir().unwrap();
    let (first, ..) = open(folder.path()).unwrap();
    first.keep(Change::Tab(Box::new(tab(1, "the last words")), Urgency::Soon));
    let path = folder.path().to_owned();
    let second = std::thread::spawn(move || open(&path).map(|(_, kept, _)| kept.open.len()));
    let threads = || fs::read_dir("/proc/self/task").unwrap().flatten();
    let name =
        |thread: fs::DirEntry| fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
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
    for damage in [
        &b"no database at all, but long enough to look at as one"[..],
        b"SQLite format 3\0 and garbage",
    ] {
        let (state, _, _) = open(folder.path()).unwrap();
        state.keep(Change::Tab(Box::new(tab(1, &"text ".repeat(5000))), Urgency::Now));
        drop(state);
        let mut bytes = fs::read(&file).unwrap();
        bytes[..damage.len()].copy_from_slice(damage);
        fs::write(&file, &bytes).unwrap();

        let (state, kept, hub) = open(folder.path()).unwrap();
        assert_eq!(kept.open[0].0.text.as_deref(), Some("text ".repeat(5000).as_str()));
        let error = notice(&hub).await;
        assert!(error.message.contains("One tab was read from it."), "{error}");
        assert_eq!(fs::read(aside(&error)).unwrap(), bytes, "the damaged file is kept");
        drop(state);
        let (_state, kept, hub) = open(folder.path()).unwrap();
        assert_eq!(kept.open.len(), 1);
        silent(&hub).await;
    }
}

async fn notice(hub: &Hub) -> Error {
    let event = hub.subscribe().next().await.unwrap();
    let Event::Notice { error } = &*event else { panic!("{event:?}") };
    assert_eq!(error.code, ErrorCode::State);
    error.clone()
}

/// No event was sent.
async fn silent(hub: &Hub) {
    let mut events = hub.subscribe();
    hub.tell(Event::Behind);
    assert_eq!(*events.next().await.unwrap(), Event::Behind);
}

/// The path of the damaged file in a notice.
fn aside(error: &Error) -> &Path {
    Path::new(error.help.as_ref().unwrap().split('`').nth(1).unwrap())
}

/// Saves tabs with a record each, all closed in order, and gives the folder's files after that.
fn keep_tabs(folder: &Path, count: u32, text: impl Fn(u32) -> String) {
    let (state, _, _) = open(folder).unwrap();
    for id in 1..=count {
        state.keep(Change::Tab(Box::new(tab(id, &text(id))), Urgency::Now));
        state.keep(Change::Record { tab: TabId(id), record: record(id.into()), out: None });
    }
    state.keep(Change::Places { open: (1..=count).rev().map(TabId).collect(), closed: vec![] });
}

/// A negative number, a title that is not text, text that is not UTF-8 and a missing column each
/// cost every tab.
#[tokio::test]
async fn one_damaged_row_costs_no_other() {
    let whole = |row: &TabRow| row == &tab(row.id.0, &format!("(module) ;; {}", row.id.0));
    for (damage, whole_tabs, lost) in [
        ("UPDATE tab SET id = -3 WHERE id = 3", 11, "the number of the tab `3.wat`"),
        ("UPDATE tab SET id = 5000000000 WHERE id = 3", 11, "the number of the tab `3.wat`"),
        ("UPDATE tab SET title = x'ff00fe' WHERE id = 3", 11, "its title"),
        ("UPDATE tab SET text = CAST(x'28c328' AS TEXT) WHERE id = 3", 11, "a part of its text"),
        ("UPDATE tab SET settings = '{' WHERE id = 3", 11, "its settings"),
        ("UPDATE tab SET settings = CAST(x'ff' AS TEXT) WHERE id = 3", 11, "its settings"),
        ("UPDATE tab SET kind = 'new' WHERE id = 3", 12, "its kind"),
        ("UPDATE tab SET kind = 'wasm', text = NULL WHERE id = 3", 11, "the binary of the tab"),
        ("ALTER TABLE tab DROP COLUMN saved", 0, "`saved` of all tabs"),
        ("ALTER TABLE tab DROP COLUMN settings", 0, "`settings` of all tabs"),
        ("DROP TABLE record", 12, "the table `record`"),
        ("UPDATE record SET json = x'00' WHERE id = 3", 12, "a record of the history"),
        ("UPDATE record SET tab = 'three' WHERE id = 3", 12, "a record of the history"),
        ("UPDATE kept SET value = '[1,' WHERE name = 'open'", 12, "the list of open tabs"),
        ("DROP TABLE kept", 12, "the table `kept`"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        keep_tabs(folder.path(), 12, |id| format!("(module) ;; {id}"));
        let file = folder.path().join("state.sqlite");
        rusqlite::Connection::open(&file).unwrap().execute_batch(damage).unwrap();
        let damaged = fs::read(&file).unwrap();

        let (state, kept, hub) = open(folder.path()).unwrap();
        let error = notice(&hub).await;
        assert!(error.message.contains(lost), "{damage}: {error}");
        assert_eq!(fs::read(aside(&error)).unwrap(), damaged, "{damage}");
        let gone = usize::from(lost.contains("the binary of"));
        assert_eq!(kept.open.len(), 12 - gone, "{damage}");
        assert_eq!(kept.open.iter().filter(|(row, _)| whole(row)).count(), whole_tabs, "{damage}");
        assert!(
            kept.open
                .iter()
                .all(|(row, _)| row.id.0 > 0 && row.title.ends_with(".wat") || lost == "its title")
        );
        assert!(kept.next_tab > kept.open.iter().map(|(row, _)| row.id.0).max().unwrap());
        state.keep(Change::Tab(Box::new(tab(kept.next_tab, "(module)")), Urgency::Now));
        drop(state);

        let (_state, again, hub) = open(folder.path()).unwrap();
        assert_eq!(again.open[..kept.open.len()], kept.open, "{damage}: the new state is sound");
        assert_eq!(again.open.len(), kept.open.len() + 1, "{damage}");
        silent(&hub).await;
    }
}

#[tokio::test]
async fn a_page_that_is_damaged_costs_only_the_rows_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        |id: u32| if id.is_multiple_of(10) { "long ".repeat(4000) } else { "text ".repeat(90) };
    keep_tabs(folder.path(), 60, text);
    let file = folder.path().join("state.sqlite");
    let sound = fs::read(&file).unwrap();
    let pages = sound.len() / 4096;
    assert!(pages > 30, "{pages}");
    for page in 0..pages {
        for with in [0xa5, 0] {
            let folder = tempfile::tempdir().unwrap();
            let mut bytes = sound.clone();
            bytes[page * 4096..(page + 1) * 4096].fill(with);
            fs::write(folder.path().join("state.sqlite"), &bytes).unwrap();
            let (_state, kept, _) = open(folder.path()).unwrap();
            assert!(kept.open.len() >= 50, "page {page} of {pages}: {} tabs", kept.open.len());
            let as_they_were =
                |(row, _): &&(TabRow, Vec<RunRecord>)| *row == tab(row.id.0, &text(row.id.0));
            let whole = kept.open.iter().filter(as_they_were).count();
            assert!(whole >= 50, "page {page} of {pages}: {whole} whole tabs");
        }
    }
}

/// The newest pages are in the log after a kill, and those of the file are old.
#[tokio::test]
async fn what_is_only_in_the_log_of_a_damaged_database_is_salvaged() {
    let (folder, killed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    keep_tabs(folder.path(), 12, |_| "old".into());
    let (state, _, _) = open(folder.path()).unwrap();
    for id in 1..=12 {
        state.keep(Change::Tab(Box::new(TabRow { revision: 8, ..tab(id, "new") }), Urgency::Now));
    }
    let reader = rusqlite::Connection::open(folder.path().join("state.sqlite")).unwrap();
    let old = || {
        reader.query_row("SELECT count(*) FROM tab WHERE text = 'old'", (), |row| {
            row.get::<_, u32>(0)
        })
    };
    while old().unwrap() > 0 {
        std::thread::yield_now();
    }
    for name in ["state.sqlite", "state.sqlite-wal"] {
        fs::copy(folder.path().join(name), killed.path().join(name)).unwrap();
    }
    for length in [1, 4096] {
        let copy = tempfile::tempdir().unwrap();
        fs::write(copy.path().join("state.sqlite"), vec![0xa5; length]).unwrap();
        fs::copy(killed.path().join("state.sqlite-wal"), copy.path().join("state.sqlite-wal"))
            .unwrap();
        let (_state, kept, hub) = open(copy.path()).unwrap();
        assert_eq!(kept.open.len(), 12, "{length}: {}", notice(&hub).await);
        assert!(kept.open.iter().all(|(row, _)| row.text.as_deref() == Some("new")));
    }
}

/// SQLite reads a log up to the damage, and removes the rest without a word. All tabs were in it,
/// because a new database was not stored in its file.
#[tokio::test]
async fn a_damaged_byte_in_the_log_costs_no_tab_and_is_told_of() {
    let killed = tempfile::tempdir().unwrap();
    let (state, _, _) = open(killed.path()).unwrap();
    for id in 1..=12 {
        state.keep(Change::Tab(Box::new(tab(id, "new")), Urgency::Now));
    }
    let file = killed.path().join("state.sqlite");
    let reader = rusqlite::Connection::open(&file).unwrap();
    let count = || reader.query_row("SELECT count(*) FROM tab", (), |row| row.get::<_, u32>(0));
    while count().unwrap() < 12 {
        std::thread::yield_now();
    }
    let (file, log) =
        (fs::read(&file).unwrap(), fs::read(killed.path().join("state.sqlite-wal")).unwrap());
    for at in [0, 20, 40, 60, log.len() / 2, log.len() - 8] {
        let copy = tempfile::tempdir().unwrap();
        let mut damaged = log.clone();
        damaged[at] ^= 1;
        fs::write(copy.path().join("state.sqlite"), &file).unwrap();
        fs::write(copy.path().join("state.sqlite-wal"), &damaged).unwrap();
        let (state, kept, hub) = open(copy.path()).unwrap();
        let error = notice(&hub).await;
        assert!(error.message.contains("its log is damaged"), "byte {at}: {error}");
        assert_eq!(fs::read(beside(aside(&error), "-wal")).unwrap(), damaged, "byte {at}");
        assert_eq!(kept.open.len(), 12, "byte {at}: {error}");
        // Nothing but the file is needed for them from now on.
        fs::copy(copy.path().join("state.sqlite"), killed.path().join("only.sqlite")).unwrap();
        drop(state);
        let only = rusqlite::Connection::open(killed.path().join("only.sqlite")).unwrap();
        let tabs = only.query_row("SELECT count(*) FROM tab", (), |row| row.get::<_, u32>(0));
        assert_eq!(tabs.unwrap(), 12, "byte {at}");
    }
}

#[tokio::test]
async fn a_database_that_was_cut_or_is_of_another_program_is_told_of() {
    let other = |sql: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.sqlite");
        rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        fs::read(path).unwrap()
    };
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("1 byte)", vec![b'S']),
        ("511 bytes", vec![0; 511]),
        ("another program", other("CREATE TABLE bookmarks (id INTEGER)")),
        ("another program", other("CREATE TABLE tab (id INTEGER)")),
        ("another program", other("CREATE TABLE other (id INTEGER); PRAGMA user_version = 1")),
        ("another program", other("CREATE TABLE other (id INTEGER); PRAGMA user_version = 77")),
        ("not a database", b"Dear reader, this is a letter. ".repeat(100)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        keep_tabs(folder.path(), 12, |_| String::new());
        fs::write(folder.path().join("signing.key"), [7; 32]).unwrap();
        let file = folder.path().join("state.sqlite");
        fs::write(&file, &bytes).unwrap();
        let (state, kept, hub) = open(folder.path()).unwrap();
        let error = notice(&hub).await;
        assert!(
            error.message.contains(what) && error.message.contains("No tab could be read"),
            "{error}"
        );
        assert_eq!(fs::read(aside(&error)).unwrap(), bytes, "{what}");
        assert!(kept.first_start);
        state.keep(Change::Tab(Box::new(tab(1, "(module)")), Urgency::Now));
        drop(state);
        let (_state, kept, hub) = open(folder.path()).unwrap();
        assert_eq!(kept.open.len(), 1, "{what}");
        silent(&hub).await;
    }
}

#[test]
fn an_empty_file_of_a_first_start_that_failed_is_a_first_start() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("state.sqlite"), b"").unwrap();
    let (_state, kept, _) = open(folder.path()).unwrap();
    assert!(kept.first_start);
    assert!(!data_folder::has_damaged(folder.path()));
}

struct TestMemory(u32);

impl StateOwner for TestMemory {
    fn all(&self) -> FullState {
        let row = |id| Change::Tab(Box::new(tab(id, "in memory")), Urgency::Now);
        FullState { changes: (1..=self.0).map(row).collect(), next_tab: 40, next_record: 50 }
    }

    fn put_back(&self) -> Vec<String> {
        vec!["`lost.wasm`".into()]
    }
}

/// Typed text was lost without an error.
#[tokio::test]
async fn a_state_that_is_removed_replaced_or_cut_at_work_is_made_anew_within_a_second() {
    type Damage = fn(&Path);
    let harms: [(&str, Damage); 7] = [
        ("removed", |folder| fs::remove_dir_all(folder).unwrap()),
        ("removed", |folder| fs::rename(folder, folder.with_extension("away")).unwrap()),
        ("removed", |folder| fs::remove_file(folder.join("state.sqlite")).unwrap()),
        ("removed", |folder| fs::remove_file(folder.join("state.sqlite-wal")).unwrap()),
        ("replaced", |folder| {
            let (file, new) = (folder.join("state.sqlite"), folder.join("new"));
            fs::copy(&file, &new).unwrap();
            fs::rename(new, file).unwrap();
        }),
        ("cut", |folder| {
            File::options()
                .write(true)
                .open(folder.join("state.sqlite"))
                .unwrap()
                .set_len(0)
                .unwrap();
        }),
        ("cut", |folder| {
            File::options()
                .write(true)
                .open(folder.join("state.sqlite"))
                .unwrap()
                .set_len(99)
                .unwrap();
        }),
    ];
    for (what, harm) in harms {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("data");
        let (state, _, hub) = open(&folder).unwrap();
        let memory: Arc<dyn StateOwner> = Arc::new(TestMemory(3));
        state.remember(Arc::downgrade(&memory));
        state.keep(Change::Tab(Box::new(tab(1, "written")), Urgency::Now));
        while !folder.join("state.sqlite-wal").exists() {
            std::thread::yield_now();
        }
        std::thread::sleep(Duration::from_millis(600)); // The log is known after a look.
        let mut events = hub.subscribe();
        let began = Instant::now();
        harm(&folder);
        let event =
            tokio::time::timeout(Duration::from_secs(20), events.next()).await.unwrap().unwrap();
        let Event::Notice { error } = &*event else { panic!("{event:?}") };
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        assert!(error.message.contains(what), "{what}: {error}");
        assert!(error.help.as_ref().unwrap().contains("lost.wasm"), "{error:?}");
        assert!(try_lock(&folder).unwrap().is_none(), "another Watshop must not take it");
        state.keep(Change::Tab(Box::new(tab(4, "typed after")), Urgency::Soon));
        drop(state);
        let (_state, kept, _) = open(&folder).unwrap();
        let texts: Vec<_> =
            kept.open.iter().map(|(row, _)| row.text.as_deref().unwrap().to_owned()).collect();
        assert_eq!(texts, ["in memory", "in memory", "in memory", "typed after"], "{what}");
        assert_eq!((kept.next_tab, kept.next_record), (40, 50));
    }
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
