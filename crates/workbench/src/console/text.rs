//! Decodes the bytes of several sources to text, and keeps the end of it.

use std::collections::VecDeque;

use watshop_protocol::page::{ConsoleChunk, OutputSource};

/// The bytes of text that are kept.
const KEPT: usize = 256 << 10;
/// The size up to which chunks are merged, so that the oldest can go in small steps.
const CHUNK: usize = 4 << 10;

/// The text of a console.
#[derive(Debug, Default)]
pub(crate) struct Text {
    kept: VecDeque<ConsoleChunk>,
    bytes: usize,
    /// The decoders of the sources that have written, as each may stop within a character.
    decoders: Vec<(OutputSource, Decoder)>,
}

impl Text {
    /// Decodes and keeps new bytes, and gives them as text.
    pub(crate) fn append(&mut self, pieces: Vec<(OutputSource, Vec<u8>)>) -> Vec<ConsoleChunk> {
        let mut chunks: Vec<ConsoleChunk> = Vec::with_capacity(pieces.len());
        for (source, bytes) in pieces {
            let text = self.decoder(source).decode(&bytes);
            match chunks.last_mut() {
                Some(last) if source_of(last) == source => last.text += &text,
                _ if text.is_empty() => {}
                _ => chunks.push(chunk_of(source, text)),
            }
        }
        for chunk in &chunks {
            self.keep(chunk);
        }
        chunks
    }

    /// Notes that bytes were left out. A half of a character before the gap has no other half after
    /// it.
    pub(crate) fn skip(&mut self) {
        self.decoders.clear();
    }

    /// Ends the text. The rest of a character becomes U+FFFD.
    pub(crate) fn end(&mut self) -> Vec<ConsoleChunk> {
        let mut rest = Vec::new();
        for (source, decoder) in &mut self.decoders {
            if decoder.end() {
                rest.push(chunk_of(*source, char::REPLACEMENT_CHARACTER.into()));
            }
        }
        for chunk in &rest {
            self.keep(chunk);
        }
        rest
    }

    /// The end of the text, at most 256 KiB.
    pub(crate) fn kept(&self) -> Vec<ConsoleChunk> {
        let mut merged: Vec<ConsoleChunk> = Vec::new();
        for chunk in &self.kept {
            match merged.last_mut() {
                Some(last) if source_of(last) == source_of(chunk) => last.text += &chunk.text,
                _ => merged.push(chunk.clone()),
            }
        }
        merged
    }

    fn decoder(&mut self, source: OutputSource) -> &mut Decoder {
        let at =
            self.decoders.iter().position(|(known, _)| *known == source).unwrap_or_else(|| {
                self.decoders.push((source, Decoder::default()));
                self.decoders.len() - 1
            });
        &mut self.decoders[at].1
    }

    fn keep(&mut self, chunk: &ConsoleChunk) {
        self.bytes += chunk.text.len();
        match self.kept.back_mut() {
            Some(last) if source_of(last) == source_of(chunk) && last.text.len() < CHUNK => {
                last.text += &chunk.text;
            }
            _ => self.kept.push_back(chunk.clone()),
        }
        while self.bytes > KEPT {
            let Some(oldest) = self.kept.front_mut() else { break };
            let out = oldest.text.ceil_char_boundary(oldest.text.len().min(self.bytes - KEPT));
            oldest.text.drain(..out);
            if oldest.text.is_empty() {
                self.kept.pop_front();
            }
            self.bytes -= out;
        }
    }
}

fn chunk_of(OutputSource { stream, logged }: OutputSource, text: String) -> ConsoleChunk {
    ConsoleChunk { stream, logged, text }
}

fn source_of(chunk: &ConsoleChunk) -> OutputSource {
    OutputSource { stream: chunk.stream, logged: chunk.logged }
}

/// A decoder of UTF-8 in pieces. A character may lie across two.
#[derive(Debug, Default)]
struct Decoder {
    half: Vec<u8>,
}

impl Decoder {
    fn decode(&mut self, bytes: &[u8]) -> String {
        let mut all = std::mem::take(&mut self.half);
        all.extend_from_slice(bytes);
        let mut text = String::with_capacity(all.len());
        let mut chunks = all.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            text += chunk.valid();
            let broken = chunk.invalid();
            if broken.is_empty() {
                continue;
            }
            if chunks.peek().is_none() && may_go_on(broken) {
                self.half = broken.to_vec();
            } else {
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        text
    }

    /// True if half a character was left.
    fn end(&mut self) -> bool {
        !std::mem::take(&mut self.half).is_empty()
    }
}

/// True if bytes that are not a character yet can become one.
fn may_go_on(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use watshop_protocol::page::Stream;

    use super::*;

    const STDOUT: OutputSource = OutputSource::program(Stream::Stdout);

    fn stdout(bytes: &[u8]) -> Vec<(OutputSource, Vec<u8>)> {
        vec![(STDOUT, bytes.to_vec())]
    }

    proptest! {
        #[test]
        fn where_the_pieces_are_cut_does_not_matter(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in ".{0,50}", cuts in proptest::collection::vec(0_usize..400, 0..20)) {
            let mut bytes = bytes;
            bytes.splice(bytes.len() / 2..bytes.len() / 2, text.bytes());
            let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let mut decoder = Decoder::default();
            let mut decoded: String = cuts.windows(2).map(|w| decoder.decode(&bytes[w[0]..w[1]])).collect();
            if decoder.end() {
                decoded.push(char::REPLACEMENT_CHARACTER);
            }
            prop_assert_eq!(decoded, String::from_utf8_lossy(&bytes));
        }

        #[test]
        fn the_end_is_kept_and_never_more_than_the_bound(pieces in proptest::collection::vec(("[aé€😀]{1,9}", 0_usize..6000), 1..9)) {
            let pieces: Vec<_> = pieces.into_iter().map(|(text, times)| text.repeat(times)).collect();
            let mut text = Text::default();
            for piece in &pieces {
                text.append(stdout(piece.as_bytes()));
            }
            let all = pieces.concat();
            let kept: String = text.kept().into_iter().map(|c| c.text).collect();
            prop_assert!(kept.len() <= KEPT);
            prop_assert!(all.ends_with(&kept));
            prop_assert!(kept.len() + 4 > KEPT.min(all.len()));
        }
    }

    #[test]
    fn the_streams_do_not_mix_their_halves() {
        let mut text = Text::default();
        let chunks = text.append(vec![
            (STDOUT, b"\xe2\x82".to_vec()),
            (OutputSource::program(Stream::Stderr), b"!".to_vec()),
            (OutputSource::log(Stream::Stdout), b"?".to_vec()),
            (STDOUT, b"\xac".to_vec()),
        ]);
        let texts: Vec<_> = chunks.iter().map(|chunk| chunk.text.as_str()).collect();
        assert_eq!(texts, ["!", "?", "€"]);
    }

    #[test]
    fn a_log_stays_apart_from_the_program_in_the_same_stream() {
        let mut text = Text::default();
        text.append(stdout(b"a"));
        text.append(vec![(OutputSource::log(Stream::Stdout), b"b".to_vec())]);
        text.append(stdout(b"c"));
        let kept: Vec<_> = text.kept().into_iter().map(|c| (c.logged, c.text)).collect();
        assert_eq!(kept, [(false, "a".into()), (true, "b".into()), (false, "c".into())]);
    }

    #[test]
    fn a_gap_leaves_no_half_behind() {
        let mut text = Text::default();
        text.append(stdout(b"\xe2\x82"));
        text.skip();
        assert_eq!(text.append(stdout(b"ok"))[0].text, "ok");
        assert!(text.end().is_empty());
    }
}
