//! `watshop-compiler-singlepass`

use std::process::ExitCode;

use wasmer_compiler::CompilerConfig;
use wasmer_compiler_singlepass::Singlepass;
use watshop_protocol::page::{Compiler, Optimisation};

fn main() -> ExitCode {
    watshop_compiler::serve(Compiler::Singlepass, configure)
}

/// Makes Singlepass, which has only one optimisation level.
fn configure(_: Optimisation) -> Box<dyn CompilerConfig> {
    Box::new(Singlepass::new())
}
