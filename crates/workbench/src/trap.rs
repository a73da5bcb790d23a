//! From where a guest was in its binary to where that is in the text.

use std::sync::{Arc, OnceLock};

use watshop_module::Lines;
use watshop_protocol::page::Error;

use crate::source::{Content, Source};

/// What an instance's code was made from, as it was shown at that time: the text may have been edited
/// since.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    source: Option<Source>,
    /// Made at the first trap.
    lines: OnceLock<Option<Lines>>,
}

impl Shown {
    pub(crate) fn new(source: Source) -> Self {
        Self { source: Some(source), lines: OnceLock::new() }
    }

    /// Adds lines and columns to an error that has offsets.
    pub(crate) async fn explain(self: Arc<Self>, error: Error) -> Error {
        let has_offsets =
            error.frames.iter().map(|frame| frame.at).chain(error.at).any(|at| at.offset.is_some());
        if !has_offsets {
            return error;
        }
        let same = error.clone();
        // Large texts take a while to be read again.
        tokio::task::spawn_blocking(move || self.add_lines(error)).await.unwrap_or(same)
    }

    /// The same, here and now.
    pub(crate) fn add_lines(&self, mut error: Error) -> Error {
        let lines = self.lines.get_or_init(|| match self.source.as_ref()? {
            Source::Wat(text) => Some(Lines::of_text(text)),
            Source::Wasm { content: Content::Read(binary), .. } => {
                binary.text.as_ref().map(|_| Lines::of_printed(&binary.bytes))
            }
            _ => None,
        });
        let Some(lines) = lines else { return error };
        let places = error.frames.iter_mut().map(|frame| &mut frame.at).chain(&mut error.at);
        for place in places {
            if place.line.is_none()
                && let Some(found) = place.offset.and_then(|offset| lines.place(offset))
            {
                (place.line, place.column) = (found.line, found.column);
            }
        }
        if error.at.is_none() {
            error.at = error.frames.first().map(|frame| frame.at);
        }
        error
    }
}
