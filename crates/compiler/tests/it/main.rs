//! Tests of the compiler processes: each starts real executables.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

mod cancel;
mod compile;
mod pipe;
mod process;
mod refuse;
mod versions;
