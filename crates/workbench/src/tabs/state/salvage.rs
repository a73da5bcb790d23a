//! Salvages a damaged database: every row that is still in one of its pages.

use std::path::Path;

use super::cell::Cell;
use super::names::beside;
use super::pages::{Pages, RawRow};
use super::saved_rows::{RawTab, SavedRows};

/// The longest file that is searched. A real one has some megabytes.
pub(super) const LONGEST: u64 = 2 << 30;

/// Searches a damaged database and its log, without changing them.
pub(super) fn salvage(path: &Path) -> SavedRows {
    let mut found = SavedRows::default();
    let read = |path: &Path| watshop_artifact::read_regular(path, LONGEST).unwrap_or_default();
    let (file, log) = (read(path), read(&beside(path, "-wal")));
    for row in Pages::of(&file, &log).rows() {
        take(&mut found, row);
    }
    found.hold_against_lists();
    found
}

/// Takes a row. Its fields show its table, because the pages that list the tables may be damaged.
fn take(found: &mut SavedRows, row: RawRow) {
    let RawRow { number, fields } = row;
    match (number, <[Cell; 9]>::try_from(fields)) {
        (
            Some(id),
            Ok([Cell::Null, title, kind, path, text, source, saved, revision, settings]),
        ) => {
            found.tab(RawTab { id, title, kind, path, text, source, saved, revision, settings });
        }
        (_, Ok(_)) => {}
        (number, Err(fields)) => match (number, fields.as_slice()) {
            (Some(_), [Cell::Null, Cell::Number(tab), json]) => {
                found.record(Some(*tab), json.clone());
            }
            (Some(_), [Cell::Bytes(name), last @ Cell::Number(_)]) => {
                found.last(String::from_utf8_lossy(name).into_owned(), last);
            }
            (None, [Cell::Bytes(name), value @ (Cell::Bytes(_) | Cell::Cut(_))]) => {
                found.value(String::from_utf8_lossy(name).into_owned(), value.clone());
            }
            _ => {}
        },
    }
}
