//! The database file: its schema, the reader, and the repair of a damaged one.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use watshop_protocol::Sentence;
use watshop_protocol::say;

use rusqlite::{Connection, Row};
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::terminal::bytes;

use super::cell::Cell;
use super::names::beside;
use super::salvage::{LONGEST, salvage};
use super::saved_rows::{RawTab, SavedRows};
use super::{SavedState, log, page_bytes, pending};
use crate::data_folder::{self, DAMAGED};
use crate::events::Hub;

/// The version of the schema below. A database with a higher one was written by a newer Watshop.
const VERSION: u32 = 1;

const SCHEMA: &str = "
CREATE TABLE tab (
    id       INTEGER PRIMARY KEY AUTOINCREMENT, -- AUTOINCREMENT: no number is ever used again
    title    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    path     BLOB,             -- as the system spells it, which need not be UTF-8
    text     TEXT,
    source   TEXT,
    saved    TEXT,
    revision INTEGER NOT NULL,
    settings TEXT NOT NULL
);
CREATE TABLE record (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    tab  INTEGER NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX record_tab ON record (tab);
CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
";

/// The fields of a tab's row.
const FIELDS: [&str; 9] =
    ["id", "title", "kind", "path", "text", "source", "saved", "revision", "settings"];

/// The size of the smallest database: one page of the smallest size.
pub(super) const SMALLEST: u64 = 512;

/// Opens the database or makes a new one, and reads all of it. If it is damaged, all that can be
/// read goes into a new one, and the damaged file is kept beside it.
pub(super) fn open(path: &Path, hub: &Hub) -> Result<(Connection, SavedState)> {
    match try_open(path) {
        Ok((database, found)) if found.is_whole() => Ok((database, found.kept())),
        Ok((database, found)) => {
            // The database itself is sound, but some rows are damaged.
            drop(database);
            renew(path, hub, &say!("some of its rows are damaged"), |_| found)
        }
        Err(OpenFailure::Newer(version)) => Err(Error::new(
            ErrorCode::State,
            say!("The saved state `{}` was written by a newer Watshop (version {version} of its form; this one reads {VERSION}).", path.display()),
        )
        .help(say!("Start the newer Watshop, or set WATSHOP_DATA_DIR to another folder."))),
        Err(OpenFailure::Damaged(why)) => renew(path, hub, &why, salvage),
        Err(OpenFailure::Sqlite(error)) if is_damage(&error) => renew(path, hub, &say!("{error}"), salvage),
        Err(OpenFailure::Sqlite(error)) => {
            let what = say!("The saved state `{}` cannot be opened", path.display());
            // A full disk would leave an empty file, which would be taken for a damaged one.
            if fs::metadata(path).is_ok_and(|file| file.len() == 0) {
                drop(fs::remove_file(path));
            }
            Err(sqlite_error(&error, &what, path))
        }
    }
}

/// Moves the damaged database aside, and makes a new one from the part that can be read.
fn renew(
    path: &Path,
    hub: &Hub,
    why: &Sentence,
    find: impl FnOnce(&Path) -> SavedRows,
) -> Result<(Connection, SavedState)> {
    let aside = move_aside(path)?;
    let found = find(&aside);
    let (tabs, lost) = (found.tabs(), found.lost());
    let kept = found.kept();
    let cannot = |error: &rusqlite::Error| {
        sqlite_error(error, &say!("A new saved state `{}` cannot be made", path.display()), path)
    };
    let mut database = match try_open(path) {
        Ok((database, _)) => database,
        Err(OpenFailure::Sqlite(error)) => return Err(cannot(&error)),
        Err(_) => {
            return Err(Error::new(ErrorCode::State, say!("A new saved state cannot be made.")));
        }
    };
    pending::fill(&mut database, &kept.changes(), kept.next_tab, kept.next_record)
        .and_then(|()| store(&database))
        .map_err(|error| cannot(&error))?;
    let saved = match tabs {
        0 => say!("No tab could be read from it; Watshop starts with a new one."),
        1 => say!("One tab was read from it."),
        count => say!("{count} tabs were read from it."),
    };
    let message = say!("The saved state was damaged ({why}). {saved}");
    let message = if lost.is_empty() { message } else { say!("{message} {lost}") };
    hub.notice(Error::new(ErrorCode::State, message).help(say!(
        "The damaged file was kept: `{}`. As long as it is there, no binary that it may name is removed.",
        aside.display()
    )));
    Ok((database, kept))
}

enum OpenFailure {
    Newer(u32),
    /// It is not a database of ours any more, for this reason.
    Damaged(Sentence),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for OpenFailure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// A failure of SQLite as an error for people: `disk_full` if that is the reason.
pub(super) fn sqlite_error(error: &rusqlite::Error, what: &Sentence, path: &Path) -> Error {
    use rusqlite::ErrorCode as Code;
    let free = data_folder::free(path);
    let full = match error.sqlite_error_code() {
        Some(Code::DiskFull) => true,
        // On a full disk, memory that is shared through a file is not available, and SQLite gives
        // only this error.
        Some(Code::SystemIoFailure | Code::CannotOpen) => {
            free.is_some_and(|free| free < data_folder::NEEDED)
        }
        _ => false,
    };
    if !full {
        return Error::new(ErrorCode::State, say!("{what}: {error}."));
    }
    let folder = path.parent().unwrap_or(path).display();
    let free = free.map_or_else(|| say!(""), |free| say!(", and {} KiB are free", free >> 10));
    Error::new(ErrorCode::DiskFull, say!("{what}: there is no space left on the disk of `{folder}`.")).help(
        say!(
            "Free some space: Watshop needs {} KiB there{free}. WATSHOP_DATA_DIR names a folder on another disk.",
            data_folder::NEEDED >> 10
        ),
    )
}

/// True if the file itself is damaged. False if the disk, the permissions or the memory are the
/// reason.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode as Code;
    !matches!(
        error.sqlite_error_code(),
        Some(
            Code::CannotOpen
                | Code::PermissionDenied
                | Code::ReadOnly
                | Code::DiskFull
                | Code::SystemIoFailure
                | Code::DatabaseBusy
                | Code::DatabaseLocked
                | Code::OutOfMemory
                | Code::NoLargeFileSupport
                | Code::FileLockingProtocolFailed
        )
    )
}

/// Moves a database aside with its other files, and gives the new path.
pub(super) fn move_aside(path: &Path) -> Result<PathBuf> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let mut names = (0_u32..).map(|count| match count {
        0 => format!("{DAMAGED}{now}.sqlite"),
        _ => format!("{DAMAGED}{now}-{count}.sqlite"),
    });
    let free =
        names.find_map(|name| Some(path.with_file_name(name)).filter(|aside| !aside.exists()));
    let aside = free.unwrap_or_else(|| path.with_file_name(DAMAGED));
    for suffix in ["", "-wal", "-shm"] {
        let (from, to) = (beside(path, suffix), beside(&aside, suffix));
        match fs::rename(&from, &to) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(crate::config::file_error(say!("Moving aside"), &from, &error));
            }
            _ => {}
        }
    }
    Ok(aside)
}

fn try_open(path: &Path) -> std::result::Result<(Connection, SavedRows), OpenFailure> {
    // SQLite takes an empty file for a new database. But the secret is made after the first
    // database.
    match fs::metadata(path).map(|file| file.len()) {
        Ok(0) if path.parent().is_some_and(data_folder::has_signing_key) => {
            return Err(OpenFailure::Damaged(say!("it was cut to nothing")));
        }
        Ok(length @ 1..SMALLEST) => {
            return Err(OpenFailure::Damaged(say!("it was cut to {}", bytes(length))));
        }
        _ => {}
    }
    // Without this, SQLite would read a part of the log, and remove the rest at the end.
    let log = watshop_artifact::read_regular(&beside(path, "-wal"), LONGEST).unwrap_or_default();
    if log::is_damaged(&log) && version_of(path) <= VERSION {
        return Err(OpenFailure::Damaged(say!("its log is damaged")));
    }
    // SQLite would let other users read a file that it makes itself. If the file cannot be made,
    // SQLite gives the error.
    drop(data_folder::file(path));
    let mut database = Connection::open(path)?;
    let version: u32 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: Vec<String> =
        names(&database, "SELECT name FROM sqlite_schema WHERE type = 'table'")?;
    // This is checked before anything is written, because a database of another program must stay
    // unchanged.
    let is_ours = tables.iter().any(|table| table == "tab") && version > 0;
    if !is_ours && (version > 0 || !tables.is_empty()) {
        return Err(OpenFailure::Damaged(say!("it is a database of another program")));
    }
    if version > VERSION {
        return Err(OpenFailure::Newer(version));
    }
    database.pragma_update(None, "journal_mode", "wal")?;
    // With a write-ahead log, NORMAL can lose the last transactions only if the machine itself
    // stops.
    database.pragma_update(None, "synchronous", "normal")?;
    // A thread of its own moves the log into the file (checkpoint.rs).
    database.pragma_update(None, "wal_autocheckpoint", 0)?;
    if version == 0 {
        let transaction = database.transaction()?;
        transaction.execute_batch(SCHEMA)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
        transaction.commit()?;
    }
    let sound: String = database.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if sound != "ok" {
        tracing::warn!(%sound, "what SQLite says of the saved state");
        return Err(OpenFailure::Damaged(say!("pages of it contradict one another")));
    }
    let found = read(&database)?;
    store(&database)?;
    Ok((database, found))
}

/// The version in the header of the file, which is not read as a database.
fn version_of(path: &Path) -> u32 {
    const AT: usize = 60;
    let mut header = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(64).read_to_end(&mut header));
    read.ok().and_then(|_| page_bytes::long(&header, AT)).unwrap_or(0)
}

/// Moves the content of the log into the file. So damage to the log costs only the changes since.
pub(super) fn store(database: &Connection) -> rusqlite::Result<()> {
    database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))
}

fn names(database: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    database.prepare(sql)?.query_map((), |row| row.get(0))?.collect()
}

/// All rows of a sound database. Their fields may be damaged.
fn read(database: &Connection) -> rusqlite::Result<SavedRows> {
    let mut found = SavedRows::default();
    let columns = names(database, "SELECT name FROM pragma_table_info('tab')")?;
    for missing in FIELDS.iter().filter(|field| !columns.iter().any(|column| column == *field)) {
        found.lose(say!("`{missing}` of all tabs"));
    }
    let mut rows = database.prepare("SELECT rowid AS number, * FROM tab ORDER BY rowid")?;
    let mut rows = rows.query(())?;
    while let Some(row) = rows.next()? {
        let cell = |name| Cell::of(row, name);
        found.tab(RawTab {
            id: row.get("number")?,
            title: cell("title"),
            kind: cell("kind"),
            path: cell("path"),
            text: cell("text"),
            source: cell("source"),
            saved: cell("saved"),
            revision: cell("revision"),
            settings: cell("settings"),
        });
    }
    each(database, &mut found, "record", |found, row| {
        let tab = if let Cell::Number(tab) = Cell::of(row, "tab") { Some(tab) } else { None };
        found.record(tab, Cell::of(row, "json"));
    })?;
    each(database, &mut found, "kept", |found, row| {
        if let Some(name) = Cell::of(row, "name").whole_text() {
            found.value(name, Cell::of(row, "value"));
        }
    })?;
    each(database, &mut found, "sqlite_sequence", |found, row| {
        if let Some(name) = Cell::of(row, "name").whole_text() {
            found.last(name, &Cell::of(row, "seq"));
        }
    })?;
    Ok(found)
}

/// Reads a table that may be missing.
fn each(
    database: &Connection,
    found: &mut SavedRows,
    table: &str,
    mut take: impl FnMut(&mut SavedRows, &Row<'_>),
) -> rusqlite::Result<()> {
    let Ok(mut rows) = database.prepare(&format!("SELECT * FROM {table}")) else {
        found.lose(say!("the table `{table}`"));
        return Ok(());
    };
    let mut rows = rows.query(())?;
    while let Some(row) = rows.next()? {
        take(found, row);
    }
    Ok(())
}
