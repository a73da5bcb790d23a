//! Goes through whole memories, a block at a time, while the guest runs.

pub mod overview;
pub mod search;
pub mod snapshot;
mod touched;
pub mod whole;

pub use touched::open;
