//! Tests of the runner's promises, with the real process and code of the real compilers.

// A test fails by a panic. Clippy permits that in test functions only, not in the functions that
// they share.
#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

mod alone;
mod bench;
mod calls;
mod cut_short;
mod externals;
mod folders;
mod host;
mod life;
mod limits;
mod load;
mod memory;
mod process;
#[cfg(target_arch = "x86_64")]
mod rogue;
#[cfg(target_arch = "x86_64")]
mod sandbox;
mod stop;
mod traps;
mod values;
mod wasi;
mod wasi_calls;
mod wasi_sources;
mod wasix;
mod wasix_files;
