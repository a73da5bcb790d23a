//! The light runner: it has WASI and no other system interface.

use std::process::ExitCode;

use watshop_runner::Executable;

fn main() -> ExitCode {
    watshop_runner::main(Executable { name: "watshop-runner", interface: None })
}
