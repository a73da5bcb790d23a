//! A guest's standard input, from that of this process or from a file.
//!
//! Bytes are read only if the guest waits for them. So a program that reads nothing leaves the
//! input to the next command of a script.

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Read as _};
use std::os::fd::AsFd as _;
use std::path::Path;
use std::sync::OnceLock;
use std::thread;

use anyhow::Context as _;
use tokio::sync::mpsc;
use watshop_protocol::page::TabId;
use watshop_protocol::registry::{GiveInput, WorkbenchApi as _};
use watshop_workbench::Workbench;

/// The most bytes that are read at once: as many as a pipe holds.
const PIECE: usize = 64 << 10;

/// Passes a guest its input.
pub(crate) struct GuestInput {
    wanted: mpsc::Receiver<()>,
    source: File,
}

impl GuestInput {
    /// The sender that a workbench tells when its guest waits, and the input.
    ///
    /// # Errors
    ///
    /// The file cannot be opened.
    pub(crate) fn open(file: Option<&Path>) -> anyhow::Result<(mpsc::Sender<()>, Self)> {
        let source = match file {
            Some(path) => File::open(path)
                .with_context(|| format!("the input `{}` cannot be opened", path.display()))?,
            None => io::stdin().as_fd().try_clone_to_owned()?.into(),
        };
        let (tell, wanted) = mpsc::channel(1);
        Ok((tell, Self { wanted, source }))
    }

    /// Passes bytes on for as long as it is polled. `tab` is set by the time its guest runs.
    pub(crate) async fn pass_on(
        mut self,
        workbench: &Workbench,
        tab: &OnceLock<TabId>,
    ) -> Infallible {
        let mut pieces = Pieces::of(self.source);
        let mut rest = Vec::new();
        let mut end = false;
        while self.wanted.recv().await.is_some() {
            let Some(&tab) = tab.get() else { continue };
            if rest.is_empty() && !end {
                rest = pieces.next().await;
                end = rest.is_empty();
            }
            match workbench.give_input(GiveInput { tab, end, raw: false }, rest.clone()).await {
                Ok(answer) => drop(rest.drain(..rest.len().min(answer.taken as usize))),
                Err(error) => {
                    tracing::debug!(%error, "the program reads no more");
                    rest.clear();
                }
            }
        }
        std::future::pending().await
    }
}

/// The pieces that a thread reads, each when it is asked for.
///
/// A terminal may never send a byte, and nothing wakes a thread that waits for it. So this is no
/// thread of the runtime, which would wait for it at its end.
struct Pieces {
    ask: std::sync::mpsc::Sender<()>,
    read: mpsc::Receiver<Vec<u8>>,
}

impl Pieces {
    fn of(mut source: File) -> Self {
        let (ask, asked) = std::sync::mpsc::channel();
        let (tell, read) = mpsc::channel(1);
        thread::spawn(move || {
            while asked.recv().is_ok() {
                let mut piece = vec![0; PIECE];
                let count = source.read(&mut piece).unwrap_or_else(|error| {
                    tracing::warn!(%error, "the input cannot be read");
                    0
                });
                piece.truncate(count);
                if tell.blocking_send(piece).is_err() {
                    return;
                }
            }
        });
        Self { ask, read }
    }

    /// The next piece. An empty one is the end, or an error of the system.
    async fn next(&mut self) -> Vec<u8> {
        if self.ask.send(()).is_err() {
            return Vec::new();
        }
        self.read.recv().await.unwrap_or_default()
    }
}
