//! The database file: its schema, reading it, and what to do when it is damaged.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension as _, Row};
use watshop_protocol::page::{Error, ErrorCode, Result, RunRecord, SourceKind, TabId};

use super::{Kept, TabRow};
use crate::events::Hub;

/// Of the schema below. A database with a higher one was written by a newer Watshop.
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

/// Opens the database, or makes a new one, and reads all of it.
pub(super) fn open(path: &Path, hub: &Hub) -> Result<(Connection, Kept)> {
    match try_open(path) {
        Ok(found) => Ok(found),
        Err(Trouble::Newer(version)) => Err(Error::new(
            ErrorCode::State,
            format!("The saved state `{}` was written by a newer Watshop (version {version} of its form; this one reads {VERSION}).", path.display()),
        )
        .help("Start the newer Watshop, or set WATSHOP_DATA_DIR to another folder.")),
        Err(Trouble::Sqlite(error)) if is_damage(&error) => {
            let aside = move_aside(path)?;
            hub.notice(
                Error::new(ErrorCode::State, format!("The saved state was damaged ({error}); Watshop starts with a new one."))
                    .help(format!("The damaged file was kept: `{}`.", aside.display())),
            );
            try_open(path).map_err(|trouble| trouble.into_error(path))
        }
        Err(trouble) => Err(trouble.into_error(path)),
    }
}

enum Trouble {
    Newer(u32),
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Trouble {
    fn into_error(self, path: &Path) -> Error {
        let why = match self {
            Self::Newer(version) => format!("its form has version {version}"),
            Self::Sqlite(error) => {
                return sqlite_error(
                    &error,
                    &format!("The saved state `{}` cannot be opened", path.display()),
                );
            }
        };
        Error::new(ErrorCode::State, format!("The saved state `{}` cannot be opened: {why}.", path.display()))
    }
}

/// A failure of SQLite as an error for people: `disk_full` where that is why.
pub(super) fn sqlite_error(error: &rusqlite::Error, what: &str) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => {
            Error::new(ErrorCode::DiskFull, format!("{what}: there is no space left on the disk.")).help(
                "Free some space. What is in the tabs is still there and is saved as soon as it can be.",
            )
        }
        _ => Error::new(ErrorCode::State, format!("{what}: {error}.")),
    }
}

/// Whether the file itself is at fault, rather than the disk, the permissions or the memory.
fn is_damage(error: &rusqlite::Error) -> bool {
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

fn move_aside(path: &Path) -> Result<PathBuf> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let aside = path.with_file_name(format!("state-damaged-{now}.sqlite"));
    let with = |path: &Path, suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    for suffix in ["", "-wal", "-shm"] {
        let (from, to) = (with(path, suffix), with(&aside, suffix));
        match std::fs::rename(&from, &to) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(crate::config::file_error("moving aside", &from, &error));
            }
            _ => {}
        }
    }
    Ok(aside)
}

fn try_open(path: &Path) -> std::result::Result<(Connection, Kept), Trouble> {
    // SQLite would let others read a file that it makes itself. If it cannot be made, SQLite says why.
    drop(crate::data_folder::file(path));
    let mut database = Connection::open(path)?;
    database.pragma_update(None, "journal_mode", "wal")?;
    // With a write-ahead log, NORMAL can lose the last transactions only when the machine itself stops.
    database.pragma_update(None, "synchronous", "normal")?;
    let version: u32 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > VERSION {
        return Err(Trouble::Newer(version));
    }
    if version == 0 {
        let transaction = database.transaction()?;
        transaction.execute_batch(SCHEMA)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
        transaction.commit()?;
    }
    let sound: String = database.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if sound != "ok" {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        return Err(Trouble::Sqlite(rusqlite::Error::SqliteFailure(code, Some(sound))));
    }
    let kept = read(&database)?;
    Ok((database, kept))
}

fn read(database: &Connection) -> rusqlite::Result<Kept> {
    let mut histories: HashMap<u32, Vec<RunRecord>> = HashMap::new();
    let mut records = database.prepare("SELECT tab, json FROM record ORDER BY id")?;
    for row in records.query_map((), |row| Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?)))? {
        let (tab, json) = row?;
        match serde_json::from_str(&json) {
            Ok(record) => histories.entry(tab).or_default().push(record),
            Err(error) => tracing::warn!(tab, %error, "a record of the history cannot be read"),
        }
    }
    let mut tabs = HashMap::new();
    let mut rows =
        database.prepare("SELECT id, title, kind, path, text, source, saved, revision, settings FROM tab")?;
    for row in rows.query_map((), read_tab)? {
        let row = row?;
        let history = histories.remove(&row.id.0).unwrap_or_default();
        tabs.insert(row.id, (row, history));
    }
    let mut places = |name| -> rusqlite::Result<Vec<(TabRow, Vec<RunRecord>)>> {
        let ids: Vec<TabId> =
            value(database, name)?.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        Ok(ids.into_iter().filter_map(|id| tabs.remove(&id)).collect())
    };
    let (mut open, closed) = (places("open")?, places("closed")?);
    // A tab that stands in no list is not lost: it is open.
    let mut rest: Vec<_> = tabs.into_values().collect();
    rest.sort_by_key(|(row, _)| row.id);
    open.append(&mut rest);
    let last = |table: &str| -> rusqlite::Result<Option<u64>> {
        let sql = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
        database.query_row(sql, [table], |row| row.get(0)).optional()
    };
    let last_tab = last("tab")?;
    Ok(Kept {
        open,
        closed,
        ui: value(database, "ui")?,
        next_tab: u32::try_from(last_tab.unwrap_or(0)).unwrap_or(u32::MAX).saturating_add(1),
        next_record: last("record")?.unwrap_or(0) + 1,
        first_start: last_tab.is_none(),
    })
}

fn value(database: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    database.query_row("SELECT value FROM kept WHERE name = ?1", [name], |row| row.get(0)).optional()
}

fn read_tab(row: &Row<'_>) -> rusqlite::Result<TabRow> {
    let id = TabId(row.get(0)?);
    let settings: String = row.get(8)?;
    let settings = serde_json::from_str(&settings).unwrap_or_else(|error| {
        tracing::warn!(?id, %error, "a tab's settings cannot be read; it gets the default ones");
        watshop_protocol::page::Settings::default()
    });
    let kind: String = row.get(2)?;
    Ok(TabRow {
        id,
        title: row.get(1)?,
        kind: Kind::from_str(&kind).map_or(SourceKind::Wat, |kind| kind.0),
        path: row.get::<_, Option<Vec<u8>>>(3)?.map(path_of),
        text: row.get::<_, Option<String>>(4)?.map(Into::into),
        source: row.get(5)?,
        saved: row.get(6)?,
        revision: row.get(7)?,
        settings,
    })
}

/// A source's kind as it stands in the database.
pub(super) struct Kind(pub SourceKind);

impl Kind {
    pub(super) fn as_str(&self) -> &'static str {
        match self.0 {
            SourceKind::Wat => "wat",
            SourceKind::Wasm => "wasm",
            SourceKind::Sealed => "sealed",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let all = [SourceKind::Wat, SourceKind::Wasm, SourceKind::Sealed];
        all.into_iter().map(Self).find(|kind| kind.as_str() == text).ok_or(())
    }
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
