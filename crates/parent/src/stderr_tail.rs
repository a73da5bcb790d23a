//! The end of a process's log, for the message about its death.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::AsyncReadExt as _;
use tokio::process::ChildStderr;
use tokio::task::JoinHandle;

/// The bytes of a log that are kept.
const KEPT: usize = 4096;

/// Reads a process's standard error to its end, passes it on to the log, and keeps the last 4 KiB.
pub struct StderrTail {
    kept: Arc<Mutex<VecDeque<u8>>>,
    reader: JoinHandle<()>,
}

impl StderrTail {
    /// Starts to read.
    pub fn listen(mut stderr: ChildStderr, program: &Path) -> Self {
        let kept = Arc::new(Mutex::new(VecDeque::with_capacity(KEPT)));
        let keeper = Arc::clone(&kept);
        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let reader = tokio::spawn(async move {
            let mut piece = vec![0; KEPT];
            while let Ok(length @ 1..) = stderr.read(&mut piece).await {
                let piece = &piece[..length];
                tracing::debug!(process = name, "{}", String::from_utf8_lossy(piece).trim_end());
                keep(&mut lock(&keeper), piece);
            }
        });
        Self { kept, reader }
    }

    /// The end of the log, once the process is gone.
    pub async fn finish(mut self) -> String {
        // A program that the process started may still hold its end of the pipe. This does not wait
        // for it.
        if tokio::time::timeout(Duration::from_millis(200), &mut self.reader).await.is_err() {
            self.reader.abort();
        }
        let mut kept = lock(&self.kept);
        String::from_utf8_lossy(kept.make_contiguous()).trim().to_owned()
    }
}

/// A panic elsewhere leaves bytes that are still the end of the log.
fn lock(kept: &Mutex<VecDeque<u8>>) -> MutexGuard<'_, VecDeque<u8>> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

fn keep(kept: &mut VecDeque<u8>, piece: &[u8]) {
    let piece = &piece[piece.len().saturating_sub(KEPT)..];
    let over = (kept.len() + piece.len()).saturating_sub(KEPT);
    kept.drain(..over);
    kept.extend(piece);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_is_kept() {
        let mut kept = VecDeque::new();
        keep(&mut kept, &[b'a'; 3000]);
        keep(&mut kept, &[b'b'; 3000]);
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept.iter().filter(|b| **b == b'b').count(), 3000);
        keep(&mut kept, &[b'c'; 3 * KEPT]);
        assert!(kept.iter().all(|b| *b == b'c') && kept.len() == KEPT);
    }
}
