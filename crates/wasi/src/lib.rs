#![doc = include_str!("../README.md")]

mod calls;
pub mod clock;
pub mod descriptors;
mod errno;
pub mod file;
pub mod fixed_clock;
pub mod host;
mod memory;
mod process;
mod rights;
pub mod seeded;
pub mod stat;
pub mod virtual_folder;
mod walk;

pub use calls::Call;
pub use errno::{Errno, WasiFailure, WasiResult};
pub use memory::{Memory, Pieces};
pub use process::WasiProcess;
pub use rights::Rights;
pub use walk::walk;

/// The generations of WASI that are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// `wasi_unstable`.
    Snapshot0,
    /// `wasi_snapshot_preview1`.
    Preview1,
}
