use crate::{Sentence, say};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine as _, alphabet};

use super::{Init, InitContent};
use crate::bounds::MOST_INIT_BYTES;

impl InitContent {
    /// The bytes of the content.
    ///
    /// # Errors
    ///
    /// A sentence if the text is not in its form.
    pub fn bytes(&self) -> Result<Vec<u8>, Sentence> {
        match self {
            Self::Text(text) => Ok(text.clone().into_bytes()),
            Self::Hex(text) => hex(text),
            Self::Base64(text) => base64(text),
        }
    }
}

impl Init {
    /// The bytes of all pieces, each with its address. `size` is the memory's, in bytes.
    ///
    /// # Errors
    ///
    /// A sentence if a piece cannot be read or reaches past the end of the memory, or if the bytes
    /// are too many.
    pub fn all(pieces: &[Self], size: u64) -> Result<Vec<(u32, Vec<u8>)>, Sentence> {
        let mut total = 0;
        let read = |piece: &Self| {
            let bytes = piece.content.bytes()?;
            total += bytes.len();
            if total > MOST_INIT_BYTES as usize {
                return Err(say!("The memory's initial bytes are more than {MOST_INIT_BYTES}."));
            }
            if u64::from(piece.at) + bytes.len() as u64 > size {
                return Err(say!(
                    "{} bytes at {} reach past the end of the memory, which begins with {size} bytes.",
                    bytes.len(),
                    piece.at
                ));
            }
            Ok((piece.at, bytes))
        };
        pieces.iter().map(read).collect()
    }
}

fn hex(text: &str) -> Result<Vec<u8>, Sentence> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    match digits {
        Some(digits) if digits.len().is_multiple_of(2) => {
            Ok(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
        }
        Some(_) => {
            Err(say!("The hexadecimal bytes end in the middle of one: each has two digits."))
        }
        None => Err(say!("The hexadecimal bytes contain a character that is not a digit.")),
    }
}

/// The decoder. It takes both alphabets, with padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

fn base64(text: &str) -> Result<Vec<u8>, Sentence> {
    let standard = |letter: char| match letter {
        '-' => '+',
        '_' => '/',
        other => other,
    };
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(standard).collect();
    BASE64.decode(text).map_err(|error| say!("The base64 text cannot be read: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_hex_and_base64_give_the_same_bytes() {
        for content in [
            InitContent::Text("hi\n".into()),
            InitContent::Hex("68 69\n0A".into()),
            InitContent::Base64("aGkK".into()),
        ] {
            assert_eq!(content.bytes().unwrap(), b"hi\n");
        }
        for (text, bytes) in
            [("", &b""[..]), ("YQ==", b"a"), ("YQ", b"a"), ("YWI=", b"ab"), ("_-8", b"\xff\xef")]
        {
            assert_eq!(InitContent::Base64(text.into()).bytes().unwrap(), bytes);
        }
        for bad in [
            InitContent::Hex("1".into()),
            InitContent::Hex("zz".into()),
            InitContent::Base64("Y".into()),
        ] {
            assert!(bad.bytes().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_piece_past_the_end_is_refused() {
        let piece = |at| Init { at, content: InitContent::Text("abc".into()) };
        assert_eq!(Init::all(&[piece(0), piece(5)], 8).unwrap()[1], (5, b"abc".to_vec()));
        assert!(Init::all(&[piece(6)], 8).unwrap_err().contains("past the end"));
    }
}
