#![doc = include_str!("../README.md")]

mod compile;
mod meter;
mod outbox;
mod panics;
mod serve;
mod system;
mod target;

pub use compile::Configure;
pub use serve::serve;
pub use target::features;
