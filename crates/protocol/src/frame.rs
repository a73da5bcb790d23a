//! The layout of every message that may carry raw bytes.

use std::io::{self, Read, Write};

/// The largest message that a pipe accepts, in bytes. A module of 100 MB with its envelope fits. A
/// length that is garbage does not make the reader allocate gigabytes.
pub const LARGEST: usize = 512 << 20;

/// The bytes that are allocated for a message before any of it has come.
pub const FIRST: usize = 64 << 10;

/// An error in the layout of a message.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The message ends before the length that it names.
    #[error("the message is {have} bytes long, but its header asks for {want}")]
    Short {
        /// The bytes of the message.
        have: usize,
        /// The bytes that its header names.
        want: usize,
    },
    /// The pipe announces more than [`LARGEST`].
    #[error("the message announces {0} bytes, more than {LARGEST} are not accepted")]
    Large(usize),
    /// The JSON part does not parse as the expected type.
    #[error("the message is not valid: {0}")]
    Json(#[from] serde_json::Error),
    /// The pipe failed or closed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Makes a message from its parts: JSON length, JSON, bytes.
pub fn join(message: &impl serde::Serialize, bytes: &[u8]) -> Result<Vec<u8>, FrameError> {
    join_json(&serde_json::to_string(message)?, bytes)
}

/// Makes a message from JSON that is written already, and bytes.
pub fn join_json(json: &str, bytes: &[u8]) -> Result<Vec<u8>, FrameError> {
    let mut frame = Vec::with_capacity(4 + json.len() + bytes.len());
    frame.extend_from_slice(&length(json.len())?);
    frame.extend_from_slice(json.as_bytes());
    frame.extend_from_slice(bytes);
    Ok(frame)
}

/// Splits a message into its JSON and its bytes, without copying either.
pub fn split(frame: &[u8]) -> Result<(&[u8], &[u8]), FrameError> {
    let short = |want| FrameError::Short { have: frame.len(), want };
    let (head, rest) = frame.split_first_chunk::<4>().ok_or_else(|| short(4))?;
    let json = u32::from_le_bytes(*head) as usize;
    rest.split_at_checked(json).ok_or_else(|| short(json.saturating_add(4)))
}

/// Writes a message to a pipe with its length before it, in as few writes as the pipe allows.
pub fn write(
    pipe: &mut impl Write,
    message: &impl serde::Serialize,
    bytes: &[u8],
) -> Result<(), FrameError> {
    let json = serde_json::to_vec(message)?;
    let mut head = Vec::with_capacity(8 + json.len());
    head.extend_from_slice(&length(4 + json.len() + bytes.len())?);
    head.extend_from_slice(&length(json.len())?);
    head.extend_from_slice(&json);
    if bytes.len() <= 4096 {
        head.extend_from_slice(bytes);
        pipe.write_all(&head)?;
    } else {
        pipe.write_all(&head)?;
        pipe.write_all(bytes)?;
    }
    Ok(pipe.flush()?)
}

/// Reads the next message of a pipe, whole (see [`split`]); `None` if the pipe has ended between
/// two messages.
pub fn read(pipe: &mut impl Read) -> Result<Option<Vec<u8>>, FrameError> {
    let mut head = [0; 4];
    let mut have = 0;
    while have < head.len() {
        match pipe.read(&mut head[have..]) {
            Ok(0) if have == 0 => return Ok(None),
            Ok(0) => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
            Ok(n) => have += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e.into()),
        }
    }
    let want = announced(head)?;
    // The announced length allocates no memory. The buffer grows as bytes come.
    let mut frame = Vec::with_capacity(want.min(FIRST));
    if pipe.take(want as u64).read_to_end(&mut frame)? < want {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    Ok(Some(frame))
}

/// The length that a pipe's header announces, if it is accepted.
pub fn announced(head: [u8; 4]) -> Result<usize, FrameError> {
    let want = u32::from_le_bytes(head) as usize;
    if want > LARGEST { Err(FrameError::Large(want)) } else { Ok(want) }
}

fn length(bytes: usize) -> Result<[u8; 4], FrameError> {
    if bytes > LARGEST {
        return Err(FrameError::Large(bytes));
    }
    u32::try_from(bytes).map(u32::to_le_bytes).map_err(|_| FrameError::Large(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_announced_and_does_not_come_takes_no_memory() {
        let mut announced = u32::try_from(LARGEST).unwrap().to_le_bytes().to_vec();
        announced.extend_from_slice(b"a few bytes");
        let error = read(&mut announced.as_slice()).unwrap_err();
        assert!(
            matches!(error, FrameError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof)
        );
    }

    proptest! {
        #[test]
        fn a_message_comes_back_as_it_went(text in ".*", bytes in proptest::collection::vec(any::<u8>(), 0..9000)) {
            let mut pipe = Vec::new();
            write(&mut pipe, &text, &bytes).unwrap();
            let frame = read(&mut pipe.as_slice()).unwrap().unwrap();
            prop_assert_eq!(&frame, &join(&text, &bytes).unwrap());
            let (json, body) = split(&frame).unwrap();
            prop_assert_eq!(serde_json::from_slice::<String>(json).unwrap(), text);
            prop_assert_eq!(body, bytes.as_slice());
        }

        #[test]
        fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = split(&bytes);
            let mut slice = bytes.as_slice();
            while let Ok(Some(_)) = read(&mut slice) {}
        }
    }

    #[test]
    fn a_length_of_garbage_is_refused_before_anything_is_allocated() {
        assert!(matches!(read(&mut [0xff; 8].as_slice()), Err(FrameError::Large(_))));
    }

    #[test]
    fn a_closed_pipe_is_an_end_and_half_a_header_is_not() {
        assert!(read(&mut [].as_slice()).unwrap().is_none());
        assert!(read(&mut [1, 0].as_slice()).is_err());
    }
}
