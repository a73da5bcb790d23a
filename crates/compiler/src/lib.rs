#![doc = include_str!("../README.md")]

mod build;
mod clock;
mod compile;
mod count;
mod forward;
mod instrument;
mod macho;
mod meter;
mod object;
mod panics;
mod plain;
mod scan;
mod segments;
mod serve;
mod system;
mod target;
mod times;
mod unshared_wait;

/// The allocator of the compiler processes. Compilers make many small allocations in several
/// threads, and a few of many megabytes. This allocator keeps freed memory for the next
/// compilation. Its feature `override` gives it to LLVM's C++ too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub use compile::Configure;
pub use serve::serve;
pub use target::features;
