//! The runner of a workbench. It exchanges frames on standard input and output until the input is
//! closed.

use std::fs::File;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use anyhow::Context as _;
use watshop_protocol::frame;
use watshop_protocol::instance::Request;
use watshop_protocol::page::{Error, ErrorCode};
use watshop_protocol::process::Numbered;
use watshop_protocol::process::runner::Notice;

use crate::at_once::InstanceReader;
use crate::folders::Folder;
use crate::sandbox::{self, SandboxPlan};
use crate::threads::{self, Threads};
use crate::wasi::{Given, Streams};
use crate::wire::Outbox;
use crate::{memory, memory_scan, pipes, scan};

/// Serves until the input is closed, and then ends the process.
///
/// # Errors
///
/// The system lacks a resource at the start.
pub fn serve(plan: &SandboxPlan) -> anyhow::Result<ExitCode> {
    let (input, output) = pipes::take().context("the standard streams could not be taken over")?;
    memory::open().context("the process's own memory could not be opened")?;
    memory_scan::open();
    let folders = plan.folders.iter().map(Folder::open).collect::<anyhow::Result<_>>()?;
    let sandbox = sandbox::enter(plan);
    let threads = Threads::start(Given { folders, streams: Streams::Workbench })?;
    threads.outbox.notice(Notice::Ready { sandbox });
    threads::spawn("writer", {
        let outbox = Arc::clone(&threads.outbox);
        move || write(&outbox, output)
    })?;
    let scans = scan::start(&threads)?;
    Desk { threads, scans }.serve(input);
    // The input is closed by an order to end, or by the end of the parent. The guest may be
    // anywhere, so this neither waits nor cleans up.
    pipes::end(0)
}

/// The thread that reads the requests. It never waits for the guest.
struct Desk {
    threads: Threads,
    scans: Sender<scan::ScanJob>,
}

impl Desk {
    fn serve(&self, mut input: File) {
        loop {
            match frame::read(&mut input) {
                Ok(Some(message)) => self.take(&message),
                Ok(None) => return,
                Err(error) => {
                    tracing::error!(%error, "the requests cannot be read any more");
                    return;
                }
            }
        }
    }

    fn take(&self, message: &[u8]) {
        let outbox = &self.threads.outbox;
        let asked = frame::split(message).map_err(|e| e.to_string()).and_then(|(json, bytes)| {
            let asked = serde_json::from_slice(json);
            asked.map(|asked| (asked, bytes)).map_err(|e| refuse(outbox, json, &e))
        });
        let (Numbered { id, message }, bytes) = match asked {
            Ok(asked) => asked,
            Err(error) => {
                tracing::error!(error, "a request was not understood");
                return;
            }
        };
        let sent = match message {
            Request::AtOnce(request) => {
                outbox.answer_now(id, request.answer(&mut InstanceReader(&self.threads), bytes));
                Ok(())
            }
            Request::ByScan(request) => {
                let job = scan::ScanJob { id, request, bytes: bytes.to_vec() };
                self.scans.send(job).map_err(|_| scan::ended_error())
            }
            Request::ByGuest(request) => self.threads.submit(id, request),
        };
        if let Err(gone) = sent {
            outbox.answer_now(id, Err(gone));
        }
    }
}

/// Answers a message that has an id but is not a request of this protocol.
fn refuse(outbox: &Outbox, json: &[u8], why: &serde_json::Error) -> String {
    let id =
        serde_json::from_slice::<serde_json::Value>(json).ok().and_then(|v| v.get("id")?.as_u64());
    if let Some(id) = id.and_then(|id| u32::try_from(id).ok()) {
        let error =
            Error::new(ErrorCode::BadRequest, format!("The request was not understood: {why}."));
        outbox.answer_now(id, Err(error));
    }
    why.to_string()
}

fn write(outbox: &Outbox, mut output: File) {
    match outbox.write_to(&mut output) {
        // The reason is in `Notice::Ending`.
        Ok(()) => pipes::end(0),
        Err(error) => {
            tracing::error!(%error, "the answers are not read any more");
            pipes::end(1)
        }
    }
}
