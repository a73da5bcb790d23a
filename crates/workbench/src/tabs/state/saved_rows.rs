//! The contents of a database, sound or not: every row that can be read, and the losses in words.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::str::FromStr as _;
use watshop_protocol::{Sentence, say};

use watshop_protocol::page::{RunRecord, Settings, SourceKind, TabId};

use super::cell::Cell;
use super::names::KindName;
use super::{SavedState, TabRow};

/// The number of losses that are listed.
const TOLD: usize = 6;

/// A row of the table `tab`.
pub(super) struct RawTab {
    pub id: i64,
    pub title: Cell,
    pub kind: Cell,
    pub path: Cell,
    pub text: Cell,
    pub source: Cell,
    pub saved: Cell,
    pub revision: Cell,
    pub settings: Cell,
}

/// The contents that have been found so far.
#[derive(Debug, Default)]
pub(super) struct SavedRows {
    tabs: Vec<(i64, TabRow)>,
    records: Vec<(i64, RunRecord)>,
    values: HashMap<String, String>,
    /// The last numbers that were given, by table.
    last: HashMap<String, u64>,
    losses: Vec<Sentence>,
    lost_records: usize,
}

impl SavedRows {
    /// Notes a loss.
    pub(super) fn lose(&mut self, what: Sentence) {
        self.losses.push(what);
    }

    /// True if everything could be read.
    pub(super) fn is_whole(&self) -> bool {
        self.losses.is_empty() && self.lost_records == 0
    }

    /// The number of tabs.
    pub(super) fn tabs(&self) -> usize {
        self.tabs.len()
    }

    /// The losses as a sentence. It is empty if there are none.
    pub(super) fn lost(&self) -> Sentence {
        let mut lost = self.losses.clone();
        let more = lost.len().saturating_sub(TOLD);
        lost.truncate(TOLD);
        if more > 0 {
            lost.push(say!("{more} more"));
        }
        match self.lost_records {
            0 => {}
            1 => lost.push(say!("a record of the history")),
            count => lost.push(say!("{count} records of the history")),
        }
        if lost.is_empty() {
            say!("")
        } else {
            say!("These parts could not be read: {}.", Sentence::list(lost))
        }
    }

    /// Takes a tab, with all of it that can be read.
    pub(super) fn tab(&mut self, raw: RawTab) {
        let (title, whole) = raw.title.text();
        let title = title
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| format!("tab {}.wat", raw.id));
        let mut lost = Vec::new();
        if !whole {
            lost.push(say!("its title"));
        }
        let (text, whole) = raw.text.text();
        if !whole {
            lost.push(say!("a part of its text"));
        }
        let source = raw.source.whole_text();
        let kind = raw
            .kind
            .whole_text()
            .and_then(|kind| KindName::from_str(&kind).ok())
            .map(|kind| kind.0);
        let kind = kind.unwrap_or_else(|| {
            lost.push(say!("its kind"));
            if text.is_none() && source.is_some() { SourceKind::Wasm } else { SourceKind::Wat }
        });
        if kind != SourceKind::Wat && text.is_none() && source.is_none() {
            return self.lose(say!("the binary of the tab `{title}`"));
        }
        let settings = raw.settings.whole_text().and_then(|json| serde_json::from_str(&json).ok());
        let settings = settings.unwrap_or_else(|| {
            lost.push(say!("its settings"));
            Settings::default()
        });
        let revision = raw.revision.number().unwrap_or(1);
        let path = raw.path.bytes().map(path_of);
        let saved = raw.saved.whole_text();
        let id = u32::try_from(raw.id).ok().filter(|id| (1..u32::MAX).contains(id));
        if !lost.is_empty() {
            self.lose(say!("of the tab `{title}` {}", all_of(lost)));
        } else if id.is_none() {
            self.lose(say!("the number of the tab `{title}`"));
        }
        let id = TabId(id.unwrap_or(0));
        let row = TabRow {
            id,
            title,
            kind,
            path,
            text: text.map(Into::into),
            source,
            saved,
            revision,
            settings,
        };
        // A page that was freed may still have an older version of the same row.
        match self.tabs.iter_mut().find(|(number, _)| *number == raw.id) {
            Some((_, there)) if there.revision >= row.revision => {}
            Some((_, there)) => *there = row,
            None => self.tabs.push((raw.id, row)),
        }
    }

    /// Takes a record of a tab's history.
    pub(super) fn record(&mut self, tab: Option<i64>, json: Cell) {
        let record =
            json.whole_text().and_then(|json| serde_json::from_str::<RunRecord>(&json).ok());
        match (tab, record) {
            (Some(tab), Some(record)) => self.records.push((tab, record)),
            _ => self.lost_records += 1,
        }
    }

    /// Takes one of the named values.
    pub(super) fn value(&mut self, name: String, value: Cell) {
        let is_list = |value: &str| serde_json::from_str::<Vec<i64>>(value).is_ok();
        match value.whole_text() {
            Some(value) if !["open", "closed"].contains(&name.as_str()) || is_list(&value) => {
                drop(self.values.insert(name, value));
            }
            _ if name == "open" => self.lose(say!("the list of open tabs")),
            _ if name == "closed" => self.lose(say!("the list of closed tabs")),
            Some(_) => {}
            None => self.lose(say!("the value `{name}`")),
        }
    }

    /// Takes the last number that was given in a table.
    pub(super) fn last(&mut self, table: String, number: &Cell) {
        self.last.extend(number.number().map(|number| (table, number)));
    }

    /// The state that was found.
    pub(super) fn kept(mut self) -> SavedState {
        let mut last_tab = self.last.get("tab").copied();
        let highest = self.tabs.iter().map(|(_, row)| u64::from(row.id.0)).max();
        last_tab = last_tab.max(highest.filter(|id| *id > 0));
        let mut next =
            u32::try_from(last_tab.unwrap_or(0)).unwrap_or(u32::MAX - 1).saturating_add(1);
        self.tabs.sort_by_key(|(number, _)| *number);
        self.records.sort_by_key(|(_, record)| record.id);
        self.records.dedup_by_key(|(_, record)| record.id);
        let next_record = self.records.last().map_or(0, |(_, record)| record.id);
        let next_record = next_record.max(self.last.get("record").copied().unwrap_or(0)) + 1;
        let mut histories: HashMap<i64, Vec<RunRecord>> = HashMap::new();
        for (tab, record) in self.records {
            histories.entry(tab).or_default().push(record);
        }
        let mut tabs = HashMap::new();
        let mut order = Vec::new();
        for (number, mut row) in self.tabs {
            if row.id.0 == 0 {
                row.id = TabId(next);
                next = next.saturating_add(1);
            }
            order.push(row.id);
            tabs.insert(row.id, (row, histories.remove(&number).unwrap_or_default()));
        }
        let mut places = |name: &str| {
            let ids: Option<Vec<TabId>> =
                self.values.get(name).and_then(|json| serde_json::from_str(json).ok());
            ids.unwrap_or_default()
                .into_iter()
                .filter_map(|id| tabs.remove(&id))
                .collect::<Vec<_>>()
        };
        let (mut open, closed) = (places("open"), places("closed"));
        // A tab that is in neither list is open, so that it is not lost.
        open.extend(order.iter().filter_map(|id| tabs.remove(id)));
        SavedState {
            open,
            closed,
            ui: self.values.remove("ui"),
            next_tab: next,
            next_record,
            first_start: last_tab.is_none() && order.is_empty(),
        }
    }

    /// Compares tabs from single pages with the lists of tabs. A tab that the lists do not name was
    /// forgotten before. A tab that they name and that is missing is lost.
    pub(super) fn hold_against_lists(&mut self) {
        let listed =
            |name: &str| -> Option<Vec<i64>> { serde_json::from_str(self.values.get(name)?).ok() };
        let (Some(open), Some(closed)) = (listed("open"), listed("closed")) else { return };
        let listed: HashSet<i64> = open.into_iter().chain(closed).collect();
        self.tabs.retain(|(number, row)| row.id.0 == 0 || listed.contains(number));
        let found: HashSet<i64> = self.tabs.iter().map(|(number, _)| *number).collect();
        match listed.difference(&found).count() {
            0 => {}
            1 => self.lose(say!("one tab as a whole")),
            count => self.lose(say!("{count} tabs as a whole")),
        }
    }
}

/// Parts with "and" between them.
fn all_of(parts: Vec<Sentence>) -> Sentence {
    let all = parts.into_iter().reduce(|one, next| say!("{one} and {next}"));
    all.unwrap_or_else(|| say!(""))
}

fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    std::ffi::OsString::from_vec(bytes).into()
}
