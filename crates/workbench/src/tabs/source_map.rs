//! Maps the places of a guest in its binary to places in the text.

use std::sync::{Arc, OnceLock};

use watshop_module::Lines;
use watshop_protocol::page::{Error, ErrorCode, Place, TrapFrame};

use super::source::{BinaryState, Source};

/// The source of an instance's code at the time of the Run. The text may have been edited since.
#[derive(Debug, Default)]
pub(crate) struct SourceMap {
    source: Option<Source>,
    /// The revision of the text at that time.
    revision: u64,
    /// The map, which is made at the first trap.
    lines: OnceLock<Option<Lines>>,
}

impl SourceMap {
    pub(crate) fn new(source: Source, revision: u64) -> Self {
        Self { source: Some(source), revision, lines: OnceLock::new() }
    }

    /// The revision of the tab's text at that time.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// The module as a binary, if it is known. That of a sealed artifact is not.
    pub(crate) fn binary(&self) -> Option<Arc<[u8]>> {
        self.source.as_ref().and_then(|source| source.binary().ok())
    }

    /// Adds lines and columns to an error that has offsets.
    pub(crate) async fn explain(self: Arc<Self>, error: Error) -> Error {
        let has_offset = error.at.is_some_and(|at| at.offset.is_some());
        if error.frames.is_empty() && !has_offset {
            return error;
        }
        let same = error.clone();
        // It takes a while to read a large text again.
        tokio::task::spawn_blocking(move || self.add_lines(error)).await.unwrap_or(same)
    }

    /// Adds the lines on the current thread.
    pub(crate) fn add_lines(&self, mut error: Error) -> Error {
        let lines = self.lines.get_or_init(|| match self.source.as_ref()? {
            Source::Wat(text) => Some(Lines::of_text(text)),
            Source::Wasm { content: BinaryState::Read(binary), .. } => {
                binary.text.as_ref().map(|_| Lines::of_printed(&binary.bytes))
            }
            _ => None,
        });
        let Some(lines) = lines else { return error };
        if error.code == ErrorCode::WasiMemory {
            // The fix is at the memory, not at the call that needs it.
            let memory = self.binary().and_then(|binary| watshop_module::first_memory(&binary));
            error.at = memory
                .map(|offset| Place { offset: Some(offset), ..Place::default() })
                .or(error.at);
        }
        let places = error.frames.iter_mut().map(|frame| &mut frame.at).chain(&mut error.at);
        for place in places {
            if place.line.is_none()
                && let Some(found) =
                    place.offset.and_then(|offset| lines.place_of(offset, &error.message))
            {
                (place.line, place.column) = (found.line, found.column);
            }
        }
        self.add_heads(&mut error, lines);
        if error.at.is_none() {
            let own = error.frames.iter().find(|frame| !frame.elsewhere);
            error.at = own.filter(|frame| !frame.imprecise).map(|frame| frame.at);
        }
        error
    }

    /// Adds the first line of the function to a frame whose instruction is not known.
    fn add_heads(&self, error: &mut Error, lines: &Lines) {
        let unknown = |frame: &TrapFrame| frame.at == Place::default() && !frame.elsewhere;
        if !error.frames.iter().any(unknown) {
            return;
        }
        let Some((imported, heads)) = self.binary().map(|binary| watshop_module::heads(&binary))
        else {
            return;
        };
        for frame in error.frames.iter_mut().filter(|frame| unknown(frame)) {
            let own =
                frame.function.checked_sub(imported).and_then(|index| heads.get(index as usize));
            if let Some(place) = own.and_then(|offset| lines.place(*offset)) {
                frame.at = Place { line: place.line, column: place.column, offset: None };
                frame.imprecise = true;
            }
        }
    }
}
