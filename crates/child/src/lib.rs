#![doc = include_str!("../README.md")]

mod log;
mod outbox;
mod request_loop;
mod system;
mod time;

pub use log::{LOG_VARIABLE, log_to_stderr};
pub use outbox::Outbox;
pub use request_loop::{Attachment, Received, answer_requests};
pub use system::{end, take_pipes};
pub use time::nanoseconds;
