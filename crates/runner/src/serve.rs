//! The runner of a workbench. It exchanges frames on standard input and output until the input is
//! closed.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use anyhow::Context as _;
use watshop_child::{Received, answer_requests, take_pipes};
use watshop_protocol::instance::Request;
use watshop_protocol::process::runner::Notice;

use crate::Executable;
use crate::at_once::InstanceReader;
use crate::folders::Folder;
use crate::sandbox::{self, SandboxPlan};
use crate::threads::{self, Threads};
use crate::wasi::{Given, Streams};
use crate::{memory, memory_scan, scan};

/// Serves until the input is closed, and then ends the process.
///
/// # Errors
///
/// The system lacks a resource at the start.
pub fn serve(executable: Executable, plan: &SandboxPlan) -> anyhow::Result<ExitCode> {
    let (mut input, output) =
        take_pipes().context("the standard streams could not be taken over")?;
    memory::open().context("the process's own memory could not be opened")?;
    memory_scan::open();
    let folders = plan.folders.iter().map(Folder::open).collect::<anyhow::Result<_>>()?;
    let sandbox = sandbox::enter(plan);
    let given = Given::new(executable.interface, folders, Streams::Workbench(plan.streams));
    let threads = Threads::start(given)?;
    threads.outbox.notice(Notice::Ready { sandbox });
    threads::spawn("writer", {
        let outbox = Arc::clone(&threads.outbox);
        move || outbox.write_and_end(output)
    })?;
    let scans = scan::start(&threads)?;
    let router = Router { threads, scans };
    let read =
        answer_requests(&mut input, &router.threads.outbox, |received| router.route(received));
    if let Err(error) = read {
        tracing::error!(%error, "the requests cannot be read any more");
    }
    // The input is closed by an order to end, or by the end of the parent. The guest may be
    // anywhere, so this neither waits nor cleans up.
    watshop_child::end(0)
}

/// The thread that reads the requests. It never waits for the guest.
struct Router {
    threads: Threads,
    scans: Sender<scan::ScanJob>,
}

impl Router {
    fn route(&self, Received { id, request, bytes }: Received<Request>) {
        let outbox = &self.threads.outbox;
        let sent = match request {
            Request::AtOnce(request) => {
                outbox.answer_now(id, request.answer(&mut InstanceReader(&self.threads), &bytes));
                Ok(())
            }
            Request::ByScan(request) => {
                let job = scan::ScanJob { id, request, bytes };
                self.scans.send(job).map_err(|_| scan::ended_error())
            }
            Request::ByGuest(request) => self.threads.submit(id, request),
        };
        if let Err(gone) = sent {
            outbox.answer_now(id, Err(gone));
        }
    }
}
