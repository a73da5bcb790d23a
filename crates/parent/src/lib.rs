#![doc = include_str!("../README.md")]

mod failure;
mod oom_kills;
mod pending;
mod pipe;
mod process;
mod spawner;
mod stderr_tail;

pub use failure::{ProcessEnd, RequestFailure};
pub use process::{ChildProcess, NoticeListener};
