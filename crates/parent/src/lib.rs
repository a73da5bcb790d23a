#![doc = include_str!("../README.md")]

mod failure;
mod in_place;
mod oom_kills;
mod pending;
mod pipe;
mod process;
mod spawner;
mod stderr_tail;
mod timed;

pub use failure::{ProcessEnd, RequestFailure};
pub use in_place::{handing_over, in_place, in_place_for};
pub use process::{ChildProcess, NoticeListener};
pub use timed::{Timed, timed};
