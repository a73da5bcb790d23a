//! `watshop-compiler-cranelift`

use std::process::ExitCode;

use wasmer_compiler::CompilerConfig;
use wasmer_compiler_cranelift::{Cranelift, CraneliftOptLevel};
use watshop_protocol::page::{Compiler, Optimisation};

fn main() -> ExitCode {
    watshop_compiler::serve(Compiler::Cranelift, configure)
}

fn configure(optimisation: Optimisation) -> Box<dyn CompilerConfig> {
    let mut cranelift = Cranelift::new();
    cranelift.opt_level(match optimisation {
        Optimisation::None => CraneliftOptLevel::None,
        Optimisation::Speed => CraneliftOptLevel::Speed,
        Optimisation::SpeedAndSize => CraneliftOptLevel::SpeedAndSize,
    });
    Box::new(cranelift)
}
