//! The changes that are not written yet.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, params};
use watshop_protocol::page::TabId;

use super::names::KindName;
use super::{Change, TabRow, Urgency};

/// The time that typed text may wait. Half a second is promised. The rest is for a slow disk and a
/// busy machine.
const TYPING: Duration = Duration::from_millis(150);
/// The time until another attempt after a failure.
const AGAIN: Duration = Duration::from_secs(1);

/// The changes that are not written yet, and their deadlines.
#[derive(Default)]
pub(super) struct PendingChanges {
    /// The newest version of each tab, and its deadline.
    tabs: HashMap<TabId, (TabRow, Instant)>,
    changes: Vec<Change>,
    not_before: Option<Instant>,
}

impl PendingChanges {
    pub(super) fn add(&mut self, change: Change, now: Instant) {
        match change {
            Change::Tab(row, when) => {
                let due = if when == Urgency::Now { now } else { now + TYPING };
                let due = self.tabs.get(&row.id).map_or(due, |(_, earlier)| due.min(*earlier));
                self.tabs.insert(row.id, (*row, due));
            }
            Change::Forget(tab) => {
                self.tabs.remove(&tab);
                self.changes.push(change);
            }
            _ => self.changes.push(change),
        }
    }

    /// The time of the next write. `None` if there is nothing to write.
    pub(super) fn due(&self, now: Instant) -> Option<Instant> {
        let tab = self.tabs.values().map(|(_, due)| *due).min();
        let due = if self.changes.is_empty() { tab } else { Some(now) };
        due.map(|due| self.not_before.map_or(due, |earliest| due.max(earliest)))
    }

    /// About the bytes that all changes take in the log.
    pub(super) fn bytes(&self) -> usize {
        const ONE: usize = 4096;
        let texts = self.tabs.values().filter_map(|(row, _)| row.text.as_ref());
        let imports = self.tabs.values().map(|(row, _)| row.settings.imports.provisions.len());
        texts.map(|text| text.len()).sum::<usize>()
            + imports.sum::<usize>() * 256
            + (self.tabs.len() + self.changes.len()) * ONE
    }

    /// Writes all changes in one transaction, and gives the sources that may be swept now. After an
    /// error all changes are still pending.
    pub(super) fn write(&mut self, database: &mut Connection) -> rusqlite::Result<Vec<String>> {
        let written = self.try_write(database);
        match &written {
            Ok(_) => *self = Self::default(),
            Err(_) => self.not_before = Some(Instant::now() + AGAIN),
        }
        written
    }

    fn try_write(&self, database: &mut Connection) -> rusqlite::Result<Vec<String>> {
        let transaction = database.transaction()?;
        for (row, _) in self.tabs.values() {
            write_tab(&transaction, row)?;
        }
        for change in &self.changes {
            write_change(&transaction, change)?;
        }
        transaction.commit()?;
        Ok(self.sweeps())
    }

    /// The sources that may be swept after the other changes are written.
    pub(super) fn sweeps(&self) -> Vec<String> {
        let sweep = |change: &Change| {
            if let Change::Sweep(hash) = change { Some(hash.clone()) } else { None }
        };
        self.changes.iter().filter_map(sweep).collect()
    }
}

/// Writes the whole contents of a new database. The two numbers are the next to be given. All lower
/// ones are used.
pub(super) fn fill(
    database: &mut Connection,
    all: &[Change],
    next_tab: u32,
    next_record: u64,
) -> rusqlite::Result<()> {
    let transaction = database.transaction()?;
    for change in all {
        write_change(&transaction, change)?;
    }
    for (table, next) in [("tab", u64::from(next_tab)), ("record", next_record)] {
        let last = next.saturating_sub(1);
        if last > 0 {
            transaction.execute("DELETE FROM sqlite_sequence WHERE name = ?1", [table])?;
            transaction.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)",
                params![table, last],
            )?;
        }
    }
    transaction.commit()
}

fn write_change(transaction: &Transaction<'_>, change: &Change) -> rusqlite::Result<()> {
    match change {
        Change::Tab(row, _) => write_tab(transaction, row)?,
        Change::Places { open, closed } => {
            write_value(transaction, "open", &json(open)?)?;
            write_value(transaction, "closed", &json(closed)?)?;
        }
        Change::Forget(tab) => {
            transaction.prepare_cached("DELETE FROM tab WHERE id = ?1")?.execute([tab.0])?;
            clear(transaction, *tab)?;
        }
        Change::Record { tab, record, out } => {
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO record (id, tab, json) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![record.id, tab.0, json(record)?])?;
            if let Some(out) = out {
                transaction.prepare_cached("DELETE FROM record WHERE id = ?1")?.execute([out])?;
            }
        }
        Change::ClearHistory(tab) => clear(transaction, *tab)?,
        Change::Ui(ui) => write_value(transaction, "ui", ui)?,
        Change::Sweep(_) => {}
    }
    Ok(())
}

fn write_tab(transaction: &Transaction<'_>, row: &TabRow) -> rusqlite::Result<()> {
    let path = row.path.as_ref().map(|path| path.as_os_str().as_encoded_bytes());
    transaction
        .prepare_cached(
            "INSERT INTO tab (id, title, kind, path, text, source, saved, revision, settings)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (id) DO UPDATE SET (title, kind, path, text, source, saved, revision, settings)
                 = (excluded.title, excluded.kind, excluded.path, excluded.text, excluded.source,
                    excluded.saved, excluded.revision, excluded.settings)",
        )?
        .execute(params![
            row.id.0,
            row.title,
            KindName(row.kind).as_str(),
            path,
            row.text.as_deref(),
            row.source,
            row.saved,
            row.revision,
            json(&row.settings)?,
        ])
        .map(drop)
}

fn clear(transaction: &Transaction<'_>, tab: TabId) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM record WHERE tab = ?1")?.execute([tab.0]).map(drop)
}

fn write_value(transaction: &Transaction<'_>, name: &str, value: &str) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT OR REPLACE INTO kept (name, value) VALUES (?1, ?2)")?
        .execute([name, value])
        .map(drop)
}

fn json(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

#[cfg(test)]
mod tests {
    use watshop_protocol::page::{Settings, SourceKind};
    use watshop_protocol::say;

    use super::*;

    #[test]
    fn what_a_full_disk_refused_is_written_when_there_is_space_again() {
        let folder = tempfile::tempdir().unwrap();
        let hub = crate::events::Hub::new();
        let (mut database, _) =
            super::super::database::open(&folder.path().join("state.sqlite"), &hub).unwrap();
        let row = TabRow {
            id: TabId(1),
            title: "a.wat".into(),
            kind: SourceKind::Wat,
            path: None,
            text: Some("text ".repeat(20_000).into()),
            source: None,
            saved: None,
            revision: 1,
            settings: Settings::default(),
        };
        let now = Instant::now();
        let mut pending = PendingChanges::default();
        pending.add(Change::Tab(Box::new(row), Urgency::Now), now);
        pending.add(Change::Sweep("hash".into()), now);
        // SQLite's own limit gives the same error as a full disk.
        database.pragma_update(None, "max_page_count", 10).unwrap();
        let error = pending.write(&mut database).unwrap_err();
        let shown = super::super::database::sqlite_error(
            &error,
            &say!("It cannot be saved"),
            folder.path(),
        );
        assert_eq!(shown.code, watshop_protocol::page::ErrorCode::DiskFull);
        assert!(pending.due(now).is_some_and(|due| due > now), "it is tried again, a little later");
        database.pragma_update(None, "max_page_count", 10_000).unwrap();
        assert_eq!(pending.write(&mut database).unwrap(), ["hash"]);
        let length: usize =
            database.query_row("SELECT length(text) FROM tab", (), |row| row.get(0)).unwrap();
        assert_eq!(length, 100_000);
        assert!(pending.due(now).is_none());
    }
}
