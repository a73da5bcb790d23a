//! Decodes the bytes of two streams to text, and keeps the end of it.

use std::collections::VecDeque;

use watshop_protocol::page::{ConsoleChunk, Stream};

/// The bytes of text that are kept.
const KEPT: usize = 256 << 10;
/// The size up to which chunks are merged, so that the oldest can go in small steps.
const CHUNK: usize = 4 << 10;

/// The text of a console.
#[derive(Debug, Default)]
pub(crate) struct Text {
    kept: VecDeque<ConsoleChunk>,
    bytes: usize,
    stdout: Decoder,
    stderr: Decoder,
}

impl Text {
    /// Decodes and keeps new bytes, and gives them as text.
    pub(crate) fn append(&mut self, pieces: Vec<(Stream, Vec<u8>)>) -> Vec<ConsoleChunk> {
        let mut chunks: Vec<ConsoleChunk> = Vec::with_capacity(pieces.len());
        for (stream, bytes) in pieces {
            let text = self.decoder(stream).decode(&bytes);
            match chunks.last_mut() {
                Some(last) if last.stream == stream => last.text += &text,
                _ if text.is_empty() => {}
                _ => chunks.push(ConsoleChunk { stream, text }),
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
        self.stdout = Decoder::default();
        self.stderr = Decoder::default();
    }

    /// Ends the text. The rest of a character becomes U+FFFD.
    pub(crate) fn end(&mut self) -> Vec<ConsoleChunk> {
        let mut rest = Vec::new();
        for stream in [Stream::Stdout, Stream::Stderr] {
            if self.decoder(stream).end() {
                rest.push(ConsoleChunk { stream, text: char::REPLACEMENT_CHARACTER.into() });
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
                Some(last) if last.stream == chunk.stream => last.text += &chunk.text,
                _ => merged.push(chunk.clone()),
            }
        }
        merged
    }

    fn decoder(&mut self, stream: Stream) -> &mut Decoder {
        match stream {
            Stream::Stdout => &mut self.stdout,
            Stream::Stderr => &mut self.stderr,
        }
    }

    fn keep(&mut self, chunk: &ConsoleChunk) {
        self.bytes += chunk.text.len();
        match self.kept.back_mut() {
            Some(last) if last.stream == chunk.stream && last.text.len() < CHUNK => {
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

    use super::*;

    fn stdout(bytes: &[u8]) -> Vec<(Stream, Vec<u8>)> {
        vec![(Stream::Stdout, bytes.to_vec())]
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
            (Stream::Stdout, b"\xe2\x82".to_vec()),
            (Stream::Stderr, b"!".to_vec()),
            (Stream::Stdout, b"\xac".to_vec()),
        ]);
        assert_eq!(chunks.len(), 2);
        assert_eq!((chunks[0].text.as_str(), chunks[1].text.as_str()), ("!", "€"));
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
