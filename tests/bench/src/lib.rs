//! The parts that the benchmark compares: Wasmer's own API called directly, and Watshop's workbench
//! as a shell calls it.

#![allow(clippy::unwrap_used, reason = "a benchmark's way to fail is to panic")]

pub mod alone;
pub mod artifacts;
pub mod calls;
#[cfg(test)]
mod copied;
pub mod direct;
pub mod effort;
pub mod figures;
pub mod host_calls;
pub mod native;
pub mod watshop;
