//! Reads the rows from the pages of a database file that SQLite may not be able to read, by the
//! description of its file format (<https://www.sqlite.org/fileformat.html>). It relies on no
//! number in the file: every one is checked.

use std::collections::{HashMap, HashSet};

use super::cell::Cell;
use super::page_bytes::{PAGE, long};

/// The types of a leaf of a table with row numbers, and of one without.
const TABLE_LEAF: u8 = 0x0d;
const INDEX_LEAF: u8 = 0x0a;

/// The most fields of a row: those of our longest one, and some more.
const MOST_FIELDS: usize = 32;

/// A row: its number, if it has one, and its fields.
pub(super) struct RawRow {
    pub number: Option<i64>,
    pub fields: Vec<Cell>,
}

/// The pages of a database. A page in the write-ahead log replaces that of the file.
pub(super) struct Pages<'a> {
    pages: HashMap<u32, &'a [u8]>,
    free: HashSet<u32>,
}

impl<'a> Pages<'a> {
    pub(super) fn of(file: &'a [u8], log: &'a [u8]) -> Self {
        let mut pages: HashMap<_, _> = (1..).zip(file.chunks_exact(PAGE)).collect();
        pages.extend(super::log::pages(log));
        let mut pages = Self { pages, free: HashSet::new() };
        pages.free = pages.freed();
        pages
    }

    /// Every row of every leaf that is in use.
    pub(super) fn rows(&self) -> Vec<RawRow> {
        let mut numbers: Vec<_> =
            self.pages.keys().copied().filter(|page| !self.free.contains(page)).collect();
        numbers.sort_unstable();
        numbers.into_iter().flat_map(|page| self.rows_of(page)).collect()
    }

    /// The pages that are free, if the list of them can be read.
    fn freed(&self) -> HashSet<u32> {
        let mut free = HashSet::new();
        let Some(first) = self.pages.get(&1).filter(|page| page.starts_with(b"SQLite format 3\0"))
        else {
            return free;
        };
        let mut trunk = long(first, 32).unwrap_or(0);
        while let Some(page) = self.pages.get(&trunk)
            && free.insert(trunk)
        {
            let count = long(page, 4).unwrap_or(0) as usize;
            free.extend((0..count.min(PAGE / 4 - 2)).filter_map(|leaf| long(page, 8 + 4 * leaf)));
            trunk = long(page, 0).unwrap_or(0);
        }
        free
    }

    fn rows_of(&self, number: u32) -> Vec<RawRow> {
        let Some(page) = self.pages.get(&number) else { return Vec::new() };
        // The first page begins with the header of the file.
        let head = if number == 1 { 100 } else { 0 };
        let kind = page[head];
        if kind != TABLE_LEAF && kind != INDEX_LEAF {
            return Vec::new();
        }
        let count = short(page, head + 3).unwrap_or(0).min(PAGE / 4);
        let cells = (0..count).filter_map(|cell| short(page, head + 8 + 2 * cell));
        cells.filter_map(|at| self.row(page, at, kind)).collect()
    }

    fn row(&self, page: &[u8], at: usize, kind: u8) -> Option<RawRow> {
        let mut reader = PageReader { bytes: page, at };
        let length = usize::try_from(reader.varint()?).ok()?;
        if length > self.pages.len().saturating_mul(PAGE) {
            return None;
        }
        let number = if kind == TABLE_LEAF { Some(reader.varint()?) } else { None };
        let payload = self.payload(page, reader.at, length, kind)?;
        Some(RawRow { number, fields: fields(&payload, length)? })
    }

    /// The bytes of a row, as many as can be found. A long row continues in a chain of other pages.
    fn payload(&self, page: &[u8], at: usize, length: usize, kind: u8) -> Option<Vec<u8>> {
        let most = if kind == TABLE_LEAF { PAGE - 35 } else { (PAGE - 12) * 64 / 255 - 23 };
        if length <= most {
            return page.get(at..at + length).map(<[u8]>::to_vec);
        }
        let least = (PAGE - 12) * 32 / 255 - 23;
        let local = least + (length - least) % (PAGE - 4);
        let local = if local <= most { local } else { least };
        let mut payload = page.get(at..at + local)?.to_vec();
        let mut next = long(page, at + local)?;
        let mut seen = HashSet::new();
        while payload.len() < length && seen.insert(next) {
            let Some(overflow) = self.pages.get(&next) else { break };
            let rest = (length - payload.len()).min(PAGE - 4);
            payload.extend_from_slice(&overflow[4..4 + rest]);
            next = long(overflow, 0)?;
        }
        Some(payload)
    }
}

/// The fields of a row. Bytes that are missing at its end are missing in them.
fn fields(payload: &[u8], length: usize) -> Option<Vec<Cell>> {
    let mut reader = PageReader { bytes: payload, at: 0 };
    let header =
        usize::try_from(reader.varint()?).ok().filter(|header| *header <= payload.len())?;
    let mut kinds = Vec::new();
    while reader.at < header {
        if kinds.len() == MOST_FIELDS {
            return None;
        }
        kinds.push(reader.varint()?);
    }
    let sizes: Vec<_> = kinds.iter().map(|kind| size(*kind)).collect::<Option<_>>()?;
    // Bytes that are not a row hardly ever add up.
    if sizes.iter().try_fold(header, |sum, size| sum.checked_add(*size)) != Some(length) {
        return None;
    }
    let mut at = header;
    let mut fields = Vec::new();
    for (kind, size) in kinds.into_iter().zip(sizes) {
        let there =
            payload.get(at.min(payload.len())..(at + size).min(payload.len())).unwrap_or_default();
        fields.push(field(kind, there, size));
        at += size;
    }
    Some(fields)
}

fn size(kind: i64) -> Option<usize> {
    match kind {
        0 | 8 | 9 => Some(0),
        1..=4 => usize::try_from(kind).ok(),
        5 => Some(6),
        6 | 7 => Some(8),
        12.. => usize::try_from((kind - 12) / 2).ok(),
        _ => None,
    }
}

fn field(kind: i64, bytes: &[u8], size: usize) -> Cell {
    match kind {
        0 => Cell::Null,
        8 | 9 => Cell::Number(kind - 8),
        12.. if bytes.len() == size => Cell::Bytes(bytes.to_vec()),
        12.. if bytes.is_empty() => Cell::Missing,
        12.. => Cell::Cut(bytes.to_vec()),
        1..=6 if bytes.len() == size => {
            let sign = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { -1 } else { 0 };
            Cell::Number(bytes.iter().fold(sign, |number, byte| (number << 8) | i64::from(*byte)))
        }
        _ => Cell::Missing,
    }
}

fn short(page: &[u8], at: usize) -> Option<usize> {
    let bytes = page.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_be_bytes(*bytes).into())
}

struct PageReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl PageReader<'_> {
    /// A number of one to nine bytes, seven bits in each except the ninth.
    fn varint(&mut self) -> Option<i64> {
        let mut number = 0_i64;
        for count in 0..9 {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            if count == 8 {
                return Some((number << 8) | i64::from(byte));
            }
            number = (number << 7) | i64::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn garbage_is_no_row_and_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), PAGE * 2), kind in prop_oneof![Just(TABLE_LEAF), Just(INDEX_LEAF)]) {
            let mut file = bytes;
            file[100] = kind;
            file[PAGE] = kind;
            Pages::of(&file, &file[7..]).rows();
            Pages::of(&file[..PAGE + 1], b"").rows();
        }
    }

    #[test]
    fn rows_are_those_that_sqlite_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        let database = rusqlite::Connection::open(&path).unwrap();
        database.pragma_update(None, "journal_mode", "wal").unwrap();
        database
            .execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, c BLOB)")
            .unwrap();
        let long = "long ".repeat(10_000);
        for (id, text) in [(-5_i64, "short"), (1, long.as_str()), (70_000, ""), (i64::MAX, "last")]
        {
            let row = rusqlite::params![id, text, id / 2, [1_u8, 2]];
            database.execute("INSERT INTO t VALUES (?1, ?2, ?3, ?4)", row).unwrap();
        }
        let check = |log: &[u8]| {
            let file = std::fs::read(&path).unwrap();
            let rows = Pages::of(&file, log).rows();
            let mut found: Vec<_> = rows
                .into_iter()
                .filter(|row| row.fields.len() == 4)
                .map(|row| (row.number, row.fields))
                .collect();
            found.sort_by_key(|(number, _)| *number);
            let expected = |id: i64, text: &str| {
                let text = Cell::Bytes(text.into());
                (Some(id), vec![Cell::Null, text, Cell::Number(id / 2), Cell::Bytes(vec![1, 2])])
            };
            let all = [
                expected(-5, "short"),
                expected(1, &long),
                expected(70_000, ""),
                expected(i64::MAX, "last"),
            ];
            assert_eq!(found, all);
        };
        check(&std::fs::read(folder.path().join("a.sqlite-wal")).unwrap());
        drop(database);
        check(b"");
    }
}
