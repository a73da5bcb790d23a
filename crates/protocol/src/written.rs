//! Writes JSON up to a bound. A message that is too large ends where the bound is, not where memory
//! ends.

use std::io;

use serde::Serialize;

/// The reason why a message was not written.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// It has more bytes than the bound.
    #[error("it has more than {0} bytes")]
    Large(usize),
    /// It has no form in JSON.
    #[error(transparent)]
    Json(serde_json::Error),
}

/// A message as JSON, of at most `most` bytes.
///
/// # Errors
///
/// [`Unwritten::Large`] as soon as there is a byte more. No more memory is used than for the bound.
pub fn written(message: &impl Serialize, most: usize) -> Result<String, Unwritten> {
    let mut bytes = Bounded { bytes: Vec::new(), most };
    serde_json::to_writer(&mut bytes, message).map_err(|error| match error.is_io() {
        true => Unwritten::Large(most),
        false => Unwritten::Json(error),
    })?;
    String::from_utf8(bytes.bytes)
        .map_err(|error| Unwritten::Json(serde::ser::Error::custom(error.utf8_error())))
}

/// The bytes that were written, and how many there may be.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_written_up_to_its_bound_and_not_a_byte_more() {
        let message = vec!["x".repeat(100); 100];
        let whole = serde_json::to_string(&message).unwrap();
        assert_eq!(written(&message, whole.len()).unwrap(), whole);
        assert!(
            matches!(written(&message, whole.len() - 1), Err(Unwritten::Large(most)) if most == whole.len() - 1)
        );
    }

    #[test]
    fn writing_stops_at_the_bound_and_reads_no_further() {
        struct Endless;
        impl Serialize for Endless {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_seq(std::iter::repeat("x"))
            }
        }
        assert!(matches!(written(&Endless, 1 << 20), Err(Unwritten::Large(_))));
    }
}
