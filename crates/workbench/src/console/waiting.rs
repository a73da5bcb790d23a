//! Bytes whose event has not been sent yet.

use std::collections::VecDeque;

use watshop_protocol::page::OutputSource;

/// The most bytes that wait. Further ones push the oldest out.
pub(crate) const MOST: usize = 128 << 10;

/// The waiting bytes in order, in pieces of one source each.
#[derive(Debug, Default)]
pub(crate) struct UnsentOutput {
    pieces: VecDeque<(OutputSource, VecDeque<u8>)>,
    bytes: usize,
    skipped: u64,
}

impl UnsentOutput {
    /// Appends bytes, and drops the oldest if there are too many.
    pub(crate) fn push(&mut self, source: OutputSource, bytes: &[u8]) {
        let late = &bytes[bytes.len().saturating_sub(MOST)..];
        self.skipped += (bytes.len() - late.len()) as u64;
        match self.pieces.back_mut() {
            Some((last, piece)) if *last == source => piece.extend(late),
            _ => self.pieces.push_back((source, late.iter().copied().collect())),
        }
        self.bytes += late.len();
        while self.bytes > MOST {
            let Some((_, oldest)) = self.pieces.front_mut() else { break };
            let out = oldest.len().min(self.bytes - MOST);
            oldest.drain(..out);
            if oldest.is_empty() {
                self.pieces.pop_front();
            }
            self.bytes -= out;
            self.skipped += out as u64;
        }
    }

    /// True if bytes had to be left out.
    pub(crate) fn overflows(&self) -> bool {
        self.skipped > 0
    }

    /// All waiting bytes, and the number of bytes that were left out before them.
    pub(crate) fn take(&mut self) -> (Vec<(OutputSource, Vec<u8>)>, u64) {
        let taken = std::mem::take(self);
        (
            taken.pieces.into_iter().map(|(source, bytes)| (source, bytes.into())).collect(),
            taken.skipped,
        )
    }
}
