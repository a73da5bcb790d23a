//! The thread that starts processes.
//!
//! A child can ask the system to be killed with its parent, and Linux takes the *thread* that
//! started it for its parent. Threads of Tokio come and go; this one stays as long as the
//! workbench's own process.

use std::io;
use std::sync::OnceLock;
use std::sync::mpsc::{self, Sender, SyncSender};
use std::thread;

use tokio::process::{Child, Command};
use tokio::runtime::Handle;

struct Order {
    command: Command,
    runtime: Handle,
    started: SyncSender<io::Result<Child>>,
}

/// Starts a process, and waits for that as whoever starts one does. Errors are the system's.
pub(super) fn start(command: Command) -> io::Result<Child> {
    let gone = || io::Error::other("the thread that starts processes is gone");
    let (started, child) = mpsc::sync_channel(1);
    let order = Order { command, runtime: Handle::current(), started };
    orders()?.send(order).map_err(|_| gone())?;
    child.recv().map_err(|_| gone())?
}

/// Where the thread takes its orders; it is started with the first.
fn orders() -> io::Result<&'static Sender<Order>> {
    static ORDERS: OnceLock<Sender<Order>> = OnceLock::new();
    if let Some(orders) = ORDERS.get() {
        return Ok(orders);
    }
    let (orders, waiting) = mpsc::channel::<Order>();
    thread::Builder::new().name("starter".to_owned()).spawn(move || {
        for Order { mut command, runtime, started } in waiting {
            // Who ordered it waits, so the child's pipes belong to a runtime that is there.
            let _inside = runtime.enter();
            let _ = started.send(command.spawn());
        }
    })?;
    // Of two that come first at once, one thread has no orders any more and ends.
    Ok(ORDERS.get_or_init(|| orders))
}
