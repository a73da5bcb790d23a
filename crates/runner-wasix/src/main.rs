#![doc = include_str!("../README.md")]

use std::process::ExitCode;

use watshop_protocol::wasi::WASIX_RUNNER;
use watshop_runner::Executable;

mod calls;
mod files;
mod interface;
mod program;
mod refused;
mod streams;
mod tasks;

fn main() -> ExitCode {
    watshop_runner::main(Executable { name: WASIX_RUNNER, interface: Some(&interface::WASIX) })
}
