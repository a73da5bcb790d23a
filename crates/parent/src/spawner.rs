//! The thread that starts processes.
//!
//! A child can ask the system to be killed with its parent. Linux takes the *thread* that started
//! it for its parent. Threads of Tokio come and go, but this one stays as long as the parent's
//! own process.

use std::io;
use std::sync::OnceLock;
use std::sync::mpsc::{self, Sender, SyncSender};
use std::thread;

use tokio::process::{Child, Command};
use tokio::runtime::Handle;

struct SpawnRequest {
    command: Command,
    runtime: Handle,
    started: SyncSender<io::Result<Child>>,
}

/// Starts a process, and waits for its start.
///
/// # Errors
///
/// Those of the system.
pub fn spawn(command: Command) -> io::Result<Child> {
    let gone = || io::Error::other("the thread that starts processes is gone");
    let (started, child) = mpsc::sync_channel(1);
    let request = SpawnRequest { command, runtime: Handle::current(), started };
    requests()?.send(request).map_err(|_| gone())?;
    child.recv().map_err(|_| gone())?
}

/// The channel of requests to the thread, which is started with the first.
fn requests() -> io::Result<&'static Sender<SpawnRequest>> {
    static REQUESTS: OnceLock<Sender<SpawnRequest>> = OnceLock::new();
    if let Some(requests) = REQUESTS.get() {
        return Ok(requests);
    }
    let (requests, waiting) = mpsc::channel::<SpawnRequest>();
    thread::Builder::new().name("spawner".to_owned()).spawn(move || {
        for SpawnRequest { mut command, runtime, started } in waiting {
            // The sender of the request waits, so the runtime of the child's pipes still exists.
            let _inside = runtime.enter();
            let _ = started.send(command.spawn());
        }
    })?;
    // If two threads come first at once, one of the started threads gets no requests and ends.
    Ok(REQUESTS.get_or_init(|| requests))
}
