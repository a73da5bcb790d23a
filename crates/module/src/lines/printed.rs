//! Maps a printed binary. The printer reports the offset of each line.

use wasmparser::{Parser, Payload};

use super::{Spot, Table};
use crate::print;

/// The table of a printed binary. `None` if it cannot be printed.
pub(super) fn table(binary: &[u8]) -> Option<Table> {
    let (printed, lines) = print::with_offsets(binary).ok()?;
    let ends = ends(binary)?;
    let mut spots: Vec<Spot> = Vec::with_capacity(lines.len());
    for (offset, line) in lines {
        // The head of a function and an `if` without locals have no offset of their own. The first
        // of several lines with the same offset counts.
        let indentation =
            printed[line..].len() - printed[line..].trim_start_matches([' ', '\n']).len();
        let next = ends.partition_point(|end| *end <= offset);
        let Some(end) = ends.get(next) else { continue };
        spots.push(Spot { start: offset, end: *end, at: line + indentation });
    }
    spots.sort_by_key(|spot| spot.start);
    spots.dedup_by_key(|spot| spot.start);
    for i in 1..spots.len() {
        spots[i - 1].end = spots[i - 1].end.min(spots[i].start);
    }
    Some(Table { spots, printed })
}

/// The ends of sections and function bodies. A line never covers bytes behind such an end.
fn ends(binary: &[u8]) -> Option<Vec<u64>> {
    let mut ends = Vec::new();
    for payload in Parser::new(0).parse_all(binary) {
        match payload.ok()? {
            Payload::CodeSectionStart { unchecked_range, count, .. } => {
                // The count of functions does not belong to a function.
                ends.push(unchecked_range.start);
                if count == 0 {
                    ends.push(unchecked_range.end);
                }
            }
            Payload::CodeSectionEntry(body) => ends.extend([body.range().start, body.range().end]),
            payload => {
                if let Some((_, range)) = payload.as_section() {
                    ends.extend([range.start, range.end]);
                }
            }
        }
    }
    Some(ends)
}
