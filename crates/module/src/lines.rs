use std::ops::Range;
use std::sync::OnceLock;

use wast::token::Span;
use watshop_protocol::page::Place;

use crate::position::{self, Positions};

mod parts;
mod printed;
mod text;
mod types;
mod users;

/// Finds the place in a text for a byte offset of the binary.
///
/// The table is made at the first question and then kept. Before that, this costs little.
#[derive(Debug)]
pub struct Lines {
    source: LineSource,
    table: OnceLock<Table>,
    positions: OnceLock<Positions>,
}

#[derive(Debug)]
enum LineSource {
    Written(String),
    Binary(Vec<u8>),
}

impl Lines {
    /// Maps a binary that [`crate::parse`] makes of this text.
    pub fn of_text(text: &str) -> Self {
        Self::new(LineSource::Written(text.to_owned()))
    }

    /// Maps a binary to the text that [`crate::print()`] makes of it.
    pub fn of_printed(binary: &[u8]) -> Self {
        Self::new(LineSource::Binary(binary.to_owned()))
    }

    fn new(source: LineSource) -> Self {
        Self { source, table: OnceLock::new(), positions: OnceLock::new() }
    }

    /// The line and column (both from 1, in characters) of the part at a byte offset: an
    /// instruction, the head of a function, or a field of another section. `None` if the text has
    /// nothing for the offset or is malformed. No line is better than a wrong one.
    pub fn place(&self, offset: u32) -> Option<Place> {
        self.spot(offset, "").map(|(place, _)| place)
    }

    /// The place that an error is about. If its offset names only the field, the message can lead
    /// to a value type in it, one whose proposal is off.
    pub fn place_of(&self, offset: u32, message: &str) -> Option<Place> {
        self.spot(offset, message).map(|(place, _)| place)
    }

    /// The place that a message is about, and the length of its token in characters.
    pub(crate) fn spot(&self, offset: u32, message: &str) -> Option<(Place, u32)> {
        let table = self.table.get_or_init(|| match &self.source {
            LineSource::Written(text) => text::table(text).unwrap_or_default(),
            LineSource::Binary(binary) => printed::table(binary).unwrap_or_default(),
        });
        let text = match &self.source {
            LineSource::Written(text) => text,
            LineSource::Binary(_) => &table.printed,
        };
        let at = table.find(offset)?;
        let at =
            types::needed(message).and_then(|types| types::within(text, at, types)).unwrap_or(at);
        let positions = self.positions.get_or_init(|| Positions::of(text));
        let place = Place { offset: Some(offset), ..positions.locate(text, at) };
        Some((place, position::length(position::token(text, at))))
    }
}

/// Ranges of a binary, and the place of each in the text.
#[derive(Debug, Default)]
struct Table {
    /// The ranges in order. They do not overlap.
    spots: Vec<Spot>,
    /// The printed text. It is empty if the source is a text itself.
    printed: String,
}

#[derive(Debug, Clone, Copy)]
struct Spot {
    /// The first byte in the binary.
    start: u64,
    /// The byte after the last.
    end: u64,
    /// The byte offset in the text.
    at: usize,
}

/// The spot of a part of the binary that is written at the beginning of a span.
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
