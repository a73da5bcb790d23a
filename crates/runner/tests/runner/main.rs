//! The runner's promises, asked of the real process with code from the real compilers.

// What a test unwraps is what it asserts; clippy knows that of test functions only, not of what
// they share.
#![allow(clippy::unwrap_used)]

mod alone;
mod calls;
mod cut_short;
mod externals;
mod host;
mod life;
mod limits;
mod load;
mod memory;
mod process;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod rogue;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod sandbox;
mod stop;
mod traps;
mod values;
mod wasi;
