//! Removes the escape sequences of terminals from bytes that come in pieces.

use std::borrow::Cow;

const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;

/// The longest sequence that is waited for. A longer one is text.
const LONGEST: usize = 4096;

/// One source's bytes, without sequences that change colours, titles or the cursor.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    /// A sequence whose end has not come yet.
    begun: Vec<u8>,
    within: Within,
}

/// The part of a sequence that the next byte belongs to (ECMA-48, 5.3 to 5.6).
#[derive(Debug, Default, Clone, Copy)]
enum Within {
    #[default]
    Start,
    /// The bytes behind one such as `(`, up to the last.
    Middle,
    /// The parameters of a control sequence, `ESC [`.
    Parameters,
    /// The bytes between them and the last one.
    Intermediate,
    /// A string such as a title, which ends with BEL or `ESC \`.
    Text,
    /// The byte behind the escape of its end.
    TextEnd,
}

/// The effect of a byte on a sequence.
enum Step {
    On(Within),
    Ends,
    IsNone,
}

impl Plain {
    /// The bytes that are text.
    pub(crate) fn strip<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        if self.begun.is_empty() && !bytes.contains(&ESCAPE) {
            return bytes.into();
        }
        let mut text = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some((&byte, behind)) = rest.split_first() {
            if self.begun.is_empty() {
                let end = rest.iter().position(|byte| *byte == ESCAPE).unwrap_or(rest.len());
                let (plain, sequence) = rest.split_at(end);
                text.extend_from_slice(plain);
                rest = sequence;
                if let Some((escape, behind)) = sequence.split_first() {
                    self.begun.push(*escape);
                    self.within = Within::Start;
                    rest = behind;
                }
                continue;
            }
            match self.within.step(byte) {
                Step::On(within) if self.begun.len() < LONGEST => {
                    self.begun.push(byte);
                    self.within = within;
                    rest = behind;
                }
                Step::Ends => {
                    self.begun.clear();
                    rest = behind;
                }
                // The byte may begin another sequence, and so may the escape before it.
                Step::On(_) | Step::IsNone => {
                    let escaped = matches!(self.within, Within::TextEnd);
                    let keep = self.begun.len() - usize::from(escaped);
                    text.extend(self.begun.drain(..keep));
                    self.within = Within::Start;
                }
            }
        }
        text.into()
    }
}

impl Within {
    fn step(self, byte: u8) -> Step {
        match (self, byte) {
            (Self::Start, b'[') => Step::On(Self::Parameters),
            (Self::Start, b']' | b'P' | b'X' | b'^' | b'_') => Step::On(Self::Text),
            (Self::Start | Self::Middle, b' '..=b'/') => Step::On(Self::Middle),
            (Self::Start | Self::Middle, b'0'..=b'Z' | b'\\' | b'^'..=b'~')
            | (Self::Parameters | Self::Intermediate, b'@'..=b'~')
            | (Self::Text, BELL)
            | (Self::TextEnd, b'\\') => Step::Ends,
            (Self::Parameters, b'0'..=b'?') => Step::On(Self::Parameters),
            (Self::Parameters | Self::Intermediate, b' '..=b'/') => Step::On(Self::Intermediate),
            (Self::Text, ESCAPE) => Step::On(Self::TextEnd),
            (Self::Text, _) => Step::On(Self::Text),
            _ => Step::IsNone,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(pieces: &[&[u8]]) -> Vec<u8> {
        let mut plain = Plain::default();
        pieces.iter().flat_map(|piece| plain.strip(piece).into_owned()).collect()
    }

    #[test]
    fn colours_titles_and_moves_go_and_all_else_stays() {
        for (given, left) in [
            (&b"\x1b[1mbold\x1b[0m"[..], &b"bold"[..]),
            (b"\x1b]0;a title\x07text", b"text"),
            (b"\x1b]8;;https://a.b\x1b\\link\x1b]8;;\x1b\\", b"link"),
            (b"\x1b(Bset\x1bM\x1b7", b"set"),
            (b"\x00\xff\xfe binary \r\n", b"\x00\xff\xfe binary \r\n"),
            (b"\x1b[1;\nno sequence", b"\x1b[1;\nno sequence"),
            (b"\x1b\x1b[1mtwice", b"\x1btwice"),
            (b"\x1b]title\x1b[1mcut", b"\x1b]titlecut"),
        ] {
            assert_eq!(plain(&[given]), left, "{}", given.escape_ascii());
        }
    }

    #[test]
    fn a_string_without_an_end_does_not_swallow_the_rest() {
        let given = [&b"\x1b]"[..], &[b'x'; 2 * LONGEST]].concat();
        assert_eq!(plain(&[&given]), given);
    }

    proptest! {
        #[test]
        fn where_the_pieces_are_cut_does_not_matter(bytes in proptest::collection::vec(prop_oneof![Just(ESCAPE), Just(b'['), Just(b']'), Just(b'\\'), Just(BELL), Just(b'm'), any::<u8>()], 0..200), cut in 0_usize..200) {
            let cut = cut.min(bytes.len());
            let (first, second) = bytes.split_at(cut);
            let bytewise: Vec<&[u8]> = bytes.chunks(1).collect();
            prop_assert_eq!(plain(&[first, second]), plain(&[&bytes]));
            prop_assert_eq!(plain(&bytewise), plain(&[&bytes]));
        }
    }
}
