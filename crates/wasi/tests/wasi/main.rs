//! The functions of WASI as a program sees them, over a folder of the host and over one in memory.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

mod bounded;
mod bounds;
mod descriptors;
mod escapes;
mod files;
mod folders;
mod guest;
mod links;
mod poll;
mod rights;
mod rules;
mod times;
