//! `watshop-compiler-llvm`

use std::process::ExitCode;

use wasmer_compiler::CompilerConfig;
use wasmer_compiler_llvm::{LLVM, LLVMOptLevel};
use watshop_protocol::page::{Compiler, Optimisation};

fn main() -> ExitCode {
    watshop_compiler::serve(Compiler::Llvm, configure)
}

/// Makes LLVM with the level that `watshop_protocol::page::Optimisation` describes.
fn configure(optimisation: Optimisation) -> Box<dyn CompilerConfig> {
    let mut llvm = LLVM::new();
    // Otherwise a function would get its first memory from its caller, and a linked module would
    // work on another module's memory.
    llvm.enable_m0_pass_param(false);
    llvm.opt_level(match optimisation {
        Optimisation::None => LLVMOptLevel::None,
        Optimisation::Speed => LLVMOptLevel::Aggressive,
        Optimisation::SpeedAndSize => LLVMOptLevel::Default,
    });
    Box::new(llvm)
}
