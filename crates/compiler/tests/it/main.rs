//! The compiler processes as they are: each test starts real executables.

mod cancel;
mod compile;
mod pipe;
mod process;
mod refuse;
mod versions;
