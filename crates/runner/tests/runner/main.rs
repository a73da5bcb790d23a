//! The runner's promises, asked of the real process with code from the real compilers.

mod calls;
mod life;
mod limits;
mod load;
mod memory;
mod process;
mod stop;
mod traps;
mod values;
mod wasi;
