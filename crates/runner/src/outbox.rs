//! The queue of everything that this process says: answers, notices and the guest's output.

use watshop_protocol::process::runner::Notice;

/// The queue before the pipe to the workbench, or before the terminal.
pub type Outbox = watshop_child::Outbox<Notice>;
