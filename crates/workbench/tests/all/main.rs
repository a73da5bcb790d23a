//! Tests of the workbench with the real executables. Each test has a data folder and programs of
//! its own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod benches;
mod cache;
mod compile_times;
mod console;
mod crash;
mod edit;
mod externals;
mod fixture;
mod folders;
mod functions;
mod growth;
mod imports;
mod installed;
mod killed;
mod lessons;
mod memory;
mod open;
mod race;
mod race_stopped;
mod run;
mod sizes;
mod state;
mod stop;
mod wasix;
