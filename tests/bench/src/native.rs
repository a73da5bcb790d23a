//! Compiling a Native artifact beside a JIT one of the same module: what linking costs.

use std::time::Instant;

use tempfile::TempDir;
use watshop_protocol::page::{Compiler, Engine, Proposals};
use watshop_tests::process::CompilerProcess;

use crate::effort::Effort;
use crate::figures::Pairs;

/// The first lines of the table.
pub const HEAD: &str =
    "| compiler | JIT | Native | difference | ratio |\n| --- | --- | --- | --- | --- |";

/// A row of the table: a module, compiled and sealed in both forms again and again, in turn.
pub fn row(effort: Effort, compiler: Compiler, wasm: &[u8]) -> String {
    let folder = TempDir::new().unwrap();
    let sealed = folder.path().join("a.wshop");
    let mut process = CompilerProcess::start(compiler);
    let mut time = |engine| {
        let began = Instant::now();
        process.compile(wasm, engine, Proposals::default(), &sealed).unwrap();
        began.elapsed()
    };
    // The first compilation gets the memory that the others use again.
    time(Engine::Jit);
    let mut pairs = Pairs::default();
    for _ in 0..effort.long(if compiler == Compiler::Llvm { 3 } else { 15 }) {
        pairs.add(time(Engine::Jit), time(Engine::Native));
    }
    format!("| {} | {} |", compiler.title(), pairs.row())
}
