//! The thread that starts processes.
//!
//! A child can ask the system to be killed with its parent. Linux takes the *thread* that started
//! it for its parent. Threads of Tokio come and go, but this one stays as long as the workbench's
//! own process.

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

/// Starts a process, and waits for its start. The errors are the system's.
pub(super) fn start(command: Command) -> io::Result<Child> {
    let gone = || io::Error::other("the thread that starts processes is gone");
    let (started, child) = mpsc::sync_channel(1);
    let order = Order { command, runtime: Handle::current(), started };
    orders()?.send(order).map_err(|_| gone())?;
    child.recv().map_err(|_| gone())?
}

/// The channel of orders to the thread, which is started with the first.
fn orders() -> io::Result<&'static Sender<Order>> {
    static ORDERS: OnceLock<Sender<Order>> = OnceLock::new();
    if let Some(orders) = ORDERS.get() {
        return Ok(orders);
    }
    let (orders, waiting) = mpsc::channel::<Order>();
    thread::Builder::new().name("starter".to_owned()).spawn(move || {
        for Order { mut command, runtime, started } in waiting {
            // The sender of the order waits, so the runtime of the child's pipes still exists.
            let _inside = runtime.enter();
            let _ = started.send(command.spawn());
        }
    })?;
    // If two threads come first at once, one of the started threads gets no orders and ends.
    Ok(ORDERS.get_or_init(|| orders))
}
