//! The database of the history: one table of runs with their phases.

use std::path::Path;
use watshop_protocol::Sentence;
use watshop_protocol::say;

use rusqlite::types::{FromSql, ToSql};
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use watshop_protocol::page::{Error, ErrorCode, Result, Timings};

use super::pack::{PackedRuns, Packer, StoredRun};
use super::{MOST_RUNS, PastRun};
use crate::data_folder;

/// The version of the schema. A database with a higher one was written by a newer Watshop.
const VERSION: u32 = 1;

const SCHEMA: &str = "
CREATE TABLE run (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    record   INTEGER NOT NULL, -- the number that the run had in its session
    at_ms    INTEGER NOT NULL,
    title    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    compiler TEXT,
    engine   TEXT NOT NULL,
    cache    TEXT,
    export   TEXT,
    error    TEXT,
    parse INTEGER, start INTEGER, compile INTEGER, seal INTEGER, -- nanoseconds
    load INTEGER, instantiate INTEGER, call INTEGER, total INTEGER
);
";

const INSERT: &str =
    "INSERT INTO run (record, at_ms, title, kind, compiler, engine, cache, export, error,
    parse, start, compile, seal, load, instantiate, call, total)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const SELECT: &str = "SELECT record, at_ms, title, kind, compiler, engine, cache, export, error,
    parse, start, compile, seal, load, instantiate, call, total FROM run ORDER BY id";

/// An open database.
#[derive(Debug)]
pub(super) struct Database(Connection);

impl Database {
    /// Opens the database, or makes a new one. One that is damaged is moved aside.
    pub(super) fn open(path: &Path) -> Result<Self> {
        match Self::try_open(path) {
            Err(OpenFailure::Newer(version)) => {
                let message = say!(
                    "The history `{}` was written by a newer Watshop (version {version} of its form; this one reads {VERSION}).",
                    path.display()
                );
                let help = say!(
                    "Start the newer Watshop to see earlier runs. New runs are not added to it."
                );
                Err(Error::new(ErrorCode::State, message).help(help))
            }
            Err(OpenFailure::Damaged) => {
                let aside = path.with_file_name("history-damaged.sqlite");
                tracing::warn!(aside = %aside.display(), "the history was damaged, and is kept there");
                std::fs::rename(path, &aside)
                    .map_err(|e| crate::config::file_error(say!("Moving aside"), path, &e))?;
                for log in ["history.sqlite-wal", "history.sqlite-shm"] {
                    drop(std::fs::remove_file(path.with_file_name(log)));
                }
                Self::try_open(path).map_err(|failure| failure.into_error(path))
            }
            opened => opened.map_err(|failure| failure.into_error(path)),
        }
    }

    fn try_open(path: &Path) -> std::result::Result<Self, OpenFailure> {
        // SQLite would let other users read a file that it makes itself. If the file cannot be made,
        // SQLite gives the error.
        drop(data_folder::file(path));
        let mut database = Connection::open(path)?;
        let version: u32 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version > VERSION {
            return Err(OpenFailure::Newer(version));
        }
        database.pragma_update(None, "journal_mode", "wal")?;
        database.pragma_update(None, "synchronous", "normal")?;
        if version == 0 {
            let transaction = database.transaction()?;
            transaction.execute_batch(SCHEMA)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
            transaction.commit()?;
        }
        database.prepare(SELECT)?;
        Ok(Self(database))
    }

    /// Adds runs in one transaction. The oldest go if there are too many.
    pub(super) fn add(&mut self, runs: &[PastRun]) -> Result<()> {
        let mut add = || {
            let transaction = self.0.transaction()?;
            {
                let mut insert = transaction.prepare_cached(INSERT)?;
                for PastRun { title, record: it } in runs {
                    let times = &it.timings;
                    insert.execute(params![
                        it.id,
                        it.at_ms,
                        title,
                        Word(it.kind),
                        it.compiler.map(Word),
                        Word(it.engine),
                        it.cache.map(Word),
                        it.export,
                        it.error.map(Word),
                        times.parse,
                        times.start,
                        times.compile,
                        times.seal,
                        times.load,
                        times.instantiate,
                        times.call,
                        times.total,
                    ])?;
                }
            }
            let newest = transaction.last_insert_rowid();
            transaction.execute("DELETE FROM run WHERE id <= ?", [newest - MOST_RUNS])?;
            transaction.commit()
        };
        add().map_err(|error| told(&say!("The history cannot be written"), &error))
    }

    /// All runs, the oldest first. A row that cannot be read is left out.
    pub(super) fn read(&mut self) -> Result<PackedRuns> {
        let read = || {
            let mut select = self.0.prepare_cached(SELECT)?;
            let mut rows = select.query(())?;
            let mut packer = Packer::default();
            while let Some(row) = rows.next()? {
                match run_of(row) {
                    Ok(run) => packer.add(&run),
                    Err(error) => tracing::debug!(%error, "a run of the history cannot be read"),
                }
            }
            Ok(packer.finish())
        };
        read().map_err(|error: rusqlite::Error| told(&say!("The history cannot be read"), &error))
    }

    /// Removes all runs.
    pub(super) fn clear(&mut self) -> Result<()> {
        let cleared = self.0.execute("DELETE FROM run", ());
        cleared.map(drop).map_err(|error| told(&say!("The history cannot be cleared"), &error))
    }
}

fn run_of<'a>(row: &'a Row<'_>) -> rusqlite::Result<StoredRun<'a>> {
    let word = |at| row.get(at);
    Ok(StoredRun {
        id: row.get(0)?,
        at_ms: row.get(1)?,
        title: row.get_ref(2)?.as_str()?,
        kind: word(3).map(|Word(kind)| kind)?,
        compiler: row.get::<_, Option<Word<_>>>(4)?.map(|Word(compiler)| compiler),
        engine: row.get::<_, Word<_>>(5)?.0,
        cache: row.get::<_, Option<Word<_>>>(6)?.map(|Word(cache)| cache),
        export: row.get_ref(7)?.as_str_or_null()?,
        error: row.get::<_, Option<Word<_>>>(8)?.map(|Word(code)| code),
        timings: Timings {
            parse: row.get(9)?,
            start: row.get(10)?,
            compile: row.get(11)?,
            seal: row.get(12)?,
            load: row.get(13)?,
            instantiate: row.get(14)?,
            call: row.get(15)?,
            total: row.get(16)?,
        },
    })
}

/// A name of the contract in a column, spelled as on the wire.
struct Word<T>(T);

impl<T: Serialize> ToSql for Word<T> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        let value = serde_json::to_value(&self.0)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(value.as_str().unwrap_or_default().to_owned().into())
    }
}

impl<T: DeserializeOwned> FromSql for Word<T> {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        let text = value.as_str()?;
        let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(text);
        T::deserialize(name)
            .map(Self)
            .map_err(|error| rusqlite::types::FromSqlError::Other(Box::new(error)))
    }
}

enum OpenFailure {
    Newer(u32),
    Damaged,
    Sqlite(rusqlite::Error),
}

impl OpenFailure {
    fn into_error(self, path: &Path) -> Error {
        let what = say!("The history `{}` cannot be opened", path.display());
        match self {
            Self::Sqlite(error) => told(&what, &error),
            Self::Newer(_) | Self::Damaged => Error::new(ErrorCode::State, say!("{what}.")),
        }
    }
}

impl From<rusqlite::Error> for OpenFailure {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            // `Unknown` is the answer to a query of a table that is not there.
            Some(Code::NotADatabase | Code::DatabaseCorrupt | Code::Unknown) => Self::Damaged,
            _ => Self::Sqlite(error),
        }
    }
}

fn told(what: &Sentence, error: &rusqlite::Error) -> Error {
    Error::new(ErrorCode::State, say!("{what}: {error}."))
}
