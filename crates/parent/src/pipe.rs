//! Frames over a child's pipes, without blocking.

use std::os::fd::AsFd;
use std::sync::Arc;

use rustix::pipe::fcntl_setpipe_size;
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::ChildStdin;
use tokio::sync::mpsc;
use watshop_protocol::frame::{self, FrameError, LARGEST};
use watshop_protocol::written::written;

use super::in_place::in_place;

/// The bytes of JSON that are written on the thread that answers.
const SHORT: usize = 64 << 10;

/// A message on its way to a process. Its bytes are shared, not copied: a module may have 100 MB.
pub struct Frame {
    head: Vec<u8>,
    bytes: Option<Arc<[u8]>>,
}

impl Frame {
    /// Encodes a message like [`frame::write`].
    pub fn new(message: &impl Serialize, bytes: Option<Arc<[u8]>>) -> Result<Self, FrameError> {
        let json = match written(message, SHORT) {
            Ok(json) => json,
            // An import object may have many thousands of entries.
            Err(_) => in_place(|| serde_json::to_string(message))?,
        };
        let rest = frame::join_json(&json, &[])?;
        let length = rest.len() + bytes.as_ref().map_or(0, |b| b.len());
        let announced = u32::try_from(length).ok().filter(|_| length <= LARGEST);
        let mut head = announced.ok_or(FrameError::Large(length))?.to_le_bytes().to_vec();
        head.extend_from_slice(&rest);
        Ok(Self { head, bytes })
    }
}

/// Makes a pipe hold 1 MiB instead of 64 KiB, if the system permits. Then a module of some
/// megabytes, or a guest that writes much, costs a few switches between two processes instead of
/// hundreds.
pub fn enlarge(pipe: impl AsFd) {
    if let Err(error) = fcntl_setpipe_size(pipe, 1 << 20) {
        tracing::debug!(%error, "a pipe stays as small as it was");
    }
}

/// Writes one message after the other. It ends, and so closes the pipe, when all senders are gone
/// or the process does not read any more.
pub async fn write_all(mut pipe: ChildStdin, mut frames: mpsc::UnboundedReceiver<Frame>) {
    while let Some(Frame { head, bytes }) = frames.recv().await {
        let written = async {
            pipe.write_all(&head).await?;
            if let Some(bytes) = bytes {
                pipe.write_all(&bytes).await?;
            }
            pipe.flush().await
        };
        if let Err(error) = written.await {
            tracing::debug!(%error, "a process reads no more");
            return;
        }
    }
}

/// The bytes that a buffer may keep for the next message.
const KEPT: usize = 1 << 20;

/// Reads the next message into `frame`. False at the end.
pub async fn read(
    pipe: &mut (impl AsyncRead + Unpin),
    frame: &mut Vec<u8>,
) -> Result<bool, FrameError> {
    let mut head = [0; 4];
    if pipe.read(&mut head[..1]).await? == 0 {
        return Ok(false);
    }
    pipe.read_exact(&mut head[1..]).await?;
    let want = frame::announced(head)?;
    frame.clear();
    // A large buffer is not kept after a large message, and memory is used only for bytes that have
    // come, not for the announced length.
    if frame.capacity() > KEPT && want <= KEPT {
        *frame = Vec::with_capacity(want);
    }
    if pipe.take(want as u64).read_to_end(frame).await? < want {
        return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof).into());
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_frame_lies_on_the_pipe_as_the_protocol_says() {
        let frame = Frame::new(&"hello", Some(Arc::from(*b"bytes"))).unwrap();
        let mut pipe = frame.head;
        pipe.extend_from_slice(&frame.bytes.unwrap());
        let mut expected = Vec::new();
        frame::write(&mut expected, &"hello", b"bytes").unwrap();
        assert_eq!(pipe, expected);

        let mut buffer = Vec::new();
        let mut pipe = pipe.as_slice();
        assert!(read(&mut pipe, &mut buffer).await.unwrap());
        assert_eq!(buffer, frame::join(&"hello", b"bytes").unwrap());
        assert!(!read(&mut pipe, &mut buffer).await.unwrap());
    }

    #[tokio::test]
    async fn what_is_announced_takes_no_memory_before_it_comes() {
        let mut pipe = u32::try_from(LARGEST).unwrap().to_le_bytes().to_vec();
        pipe.extend_from_slice(&[7; 5000]);
        let mut buffer = Vec::new();
        let read = read(&mut pipe.as_slice(), &mut buffer).await;
        assert!(
            matches!(read, Err(FrameError::Io(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof)
        );
        assert!(buffer.capacity() < 64 << 10, "{}", buffer.capacity());
    }

    #[tokio::test]
    async fn garbage_is_refused_before_anything_is_allocated() {
        let mut buffer = Vec::new();
        let read = read(&mut [0xff; 8].as_slice(), &mut buffer).await;
        assert!(matches!(read, Err(FrameError::Large(_))));
        assert!(buffer.capacity() < 1024);
    }
}
