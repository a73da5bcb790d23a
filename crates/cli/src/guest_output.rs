//! The guest's standard output and error, passed on to those of this process.

use std::io::{self, Write};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use watshop_protocol::page::Stream;

/// The number of pieces that may wait for a slow reader. With more, the guest waits too.
const WAITING: usize = 16;

/// Writes the guests' output in order, each piece as soon as it comes.
pub(crate) struct GuestOutput {
    writing: JoinHandle<WriteEnd>,
}

/// The end of the writing.
#[derive(Debug)]
pub(crate) struct WriteEnd {
    /// True if standard output stands at the start of a line.
    pub(crate) at_line_start: bool,
    /// The reason why a piece could not be written. It is a broken pipe if the reader has gone.
    pub(crate) failed: Option<io::Error>,
}

impl GuestOutput {
    /// The sender for the pieces, and the writer. The writer ends after the last sender was
    /// dropped.
    pub(crate) fn open() -> (mpsc::Sender<(Stream, Vec<u8>)>, Self) {
        let (sender, pieces) = mpsc::channel(WAITING);
        // A terminal or a pipe may block for any time, so the writer has a thread of its own.
        let writing = tokio::task::spawn_blocking(|| write(pieces, io::stdout(), io::stderr()));
        (sender, Self { writing })
    }

    /// Waits until the writing has ended.
    pub(crate) async fn ended(&mut self) -> WriteEnd {
        (&mut self.writing)
            .await
            .unwrap_or_else(|e| WriteEnd { at_line_start: true, failed: Some(io::Error::other(e)) })
    }
}

fn write(
    mut pieces: mpsc::Receiver<(Stream, Vec<u8>)>,
    mut stdout: impl Write,
    mut stderr: impl Write,
) -> WriteEnd {
    let mut at_line_start = true;
    while let Some((stream, bytes)) = pieces.blocking_recv() {
        let done = match stream {
            Stream::Stdout => {
                at_line_start = bytes.last().map_or(at_line_start, |last| *last == b'\n');
                stdout.write_all(&bytes).and_then(|()| stdout.flush())
            }
            Stream::Stderr => stderr.write_all(&bytes).and_then(|()| stderr.flush()),
        };
        if let Err(error) = done {
            return WriteEnd { at_line_start, failed: Some(error) };
        }
    }
    WriteEnd { at_line_start, failed: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stream_gets_its_own_in_order() {
        let (sender, pieces) = mpsc::channel(8);
        for (stream, text) in
            [(Stream::Stdout, "a"), (Stream::Stderr, "x\n"), (Stream::Stdout, "b")]
        {
            sender.try_send((stream, text.into())).unwrap();
        }
        drop(sender);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let written = write(pieces, &mut out, &mut err);
        assert_eq!((out.as_slice(), err.as_slice()), (&b"ab"[..], &b"x\n"[..]));
        assert!(!written.at_line_start && written.failed.is_none());
    }

    #[test]
    fn a_reader_that_went_ends_the_writing() {
        struct ReaderGone;
        impl Write for ReaderGone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (sender, pieces) = mpsc::channel(8);
        sender.try_send((Stream::Stdout, b"lost".to_vec())).unwrap();
        let written = write(pieces, ReaderGone, io::sink());
        assert_eq!(written.failed.unwrap().kind(), io::ErrorKind::BrokenPipe);
    }
}
