use std::ops::Range;
use std::sync::OnceLock;

use wast::token::Span;
use watshop_protocol::page::Place;

use crate::position;

mod parts;
mod printed;
mod text;
mod types;
mod users;

/// Where each part of a binary stands in the text shown for it.
///
/// The table is made at the first question and kept; making one is cheap until then.
#[derive(Debug)]
pub struct Lines {
    source: Source,
    table: OnceLock<Table>,
}

#[derive(Debug)]
enum Source {
    Written(String),
    Binary(Vec<u8>),
}

impl Lines {
    /// For a binary that [`crate::parse`] makes of this text.
    pub fn of_text(text: &str) -> Self {
        Self { source: Source::Written(text.to_owned()), table: OnceLock::new() }
    }

    /// For a binary that is shown as [`crate::print`] prints it.
    pub fn of_printed(binary: &[u8]) -> Self {
        Self { source: Source::Binary(binary.to_owned()), table: OnceLock::new() }
    }

    /// The line and column (both from 1, in characters) of what lies at a byte offset of the
    /// binary: an instruction, a function's head, or a field of another section. `None` where the
    /// text has nothing for it, or is no text of a module: no line is better than a wrong one.
    pub fn place(&self, offset: u32) -> Option<Place> {
        self.spot(offset, "").map(|(place, _)| place)
    }

    /// The place of what an error is about, where the offset says only in which field it stands: a
    /// value type whose proposal is off.
    pub fn place_of(&self, offset: u32, message: &str) -> Option<Place> {
        self.spot(offset, message).map(|(place, _)| place)
    }

    /// The place of what a message is about, and how many characters its token has.
    pub(crate) fn spot(&self, offset: u32, message: &str) -> Option<(Place, u32)> {
        let table = self.table.get_or_init(|| match &self.source {
            Source::Written(text) => text::table(text).unwrap_or_default(),
            Source::Binary(binary) => printed::table(binary).unwrap_or_default(),
        });
        let text = match &self.source {
            Source::Written(text) => text,
            Source::Binary(_) => &table.printed,
        };
        let at = table.find(offset)?;
        let at =
            types::needed(message).and_then(|types| types::within(text, at, types)).unwrap_or(at);
        let place = Place { offset: Some(offset), ..position::locate(text, at) };
        Some((place, position::length(position::token(text, at))))
    }
}

/// Ranges of a binary and where in the text each stands.
#[derive(Debug, Default)]
struct Table {
    /// In order, apart from each other.
    spots: Vec<Spot>,
    /// The text, where it is not the source itself.
    printed: String,
}

#[derive(Debug, Clone, Copy)]
struct Spot {
    /// First byte in the binary.
    start: u64,
    /// The byte after the last.
    end: u64,
    /// Byte offset in the text.
    at: usize,
}

/// The part of a binary that is written at the beginning of a span.
fn spot(range: Range<u64>, span: Span) -> Spot {
    Spot { start: range.start, end: range.end, at: span.offset() }
}

impl Table {
    fn find(&self, offset: u32) -> Option<usize> {
        let offset = u64::from(offset);
        let next = self.spots.partition_point(|spot| spot.start <= offset);
        let spot = self.spots.get(next.checked_sub(1)?)?;
        (offset < spot.end).then_some(spot.at)
    }
}

#[cfg(test)]
mod tests;
