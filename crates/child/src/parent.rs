//! The parent's end: a child process that gets requests and gives answers by frames (see
//! [`watshop_protocol::process`]).
//!
//! One task owns the child and reads its messages. Another writes the requests. A third keeps the
//! end of its log. A process never outlives its handles: the drop of the last one kills it. A
//! parent that is itself killed closes the pipes, which is the order to end.

mod failure;
mod pending;
mod pipe;
mod process;
mod spawner;
mod stderr_tail;

pub use failure::{ProcessEnd, RequestFailure};
pub use process::{ChildProcess, NoticeListener};
