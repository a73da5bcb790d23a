//! End to end, over the real executables, as a person at a terminal uses them.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]
#![allow(clippy::print_stdout, reason = "what is not tested here is said by name")]

#[path = "end_to_end/bad_imports.rs"]
mod bad_imports;
#[path = "end_to_end/bad_input.rs"]
mod bad_input;
#[path = "end_to_end/bench.rs"]
mod bench;
#[path = "end_to_end/cache.rs"]
mod cache;
#[path = "end_to_end/compile.rs"]
mod compile;
#[path = "end_to_end/counts.rs"]
mod counts;
#[path = "end_to_end/elsewhere.rs"]
mod elsewhere;
#[path = "end_to_end/foreign.rs"]
mod foreign;
#[path = "end_to_end/guide.rs"]
mod guide;
#[path = "end_to_end/headless.rs"]
mod headless;
#[path = "end_to_end/imports.rs"]
mod imports;
#[path = "end_to_end/inspect.rs"]
mod inspect;
#[path = "end_to_end/killed.rs"]
mod killed;
#[path = "end_to_end/known.rs"]
mod known;
#[path = "end_to_end/lessons.rs"]
mod lessons;
#[path = "end_to_end/old_data.rs"]
mod old_data;
#[path = "end_to_end/own_terminal.rs"]
mod own_terminal;
#[path = "end_to_end/python_examples.rs"]
mod python_examples;
#[path = "end_to_end/real_program.rs"]
mod real_program;
#[path = "end_to_end/real_wasi.rs"]
mod real_wasi;
#[path = "end_to_end/run.rs"]
mod run;
#[path = "end_to_end/segments.rs"]
mod segments;
#[path = "end_to_end/serve.rs"]
mod serve;
#[path = "end_to_end/trap_places.rs"]
mod trap_places;
#[path = "end_to_end/wasi.rs"]
mod wasi;
#[path = "end_to_end/wasi_escapes.rs"]
mod wasi_escapes;
#[path = "end_to_end/wasi_programs.rs"]
mod wasi_programs;
#[path = "end_to_end/words.rs"]
mod words;

use watshop_protocol::page::{Compiler, Engine};

/// Returns every compiler that is built, with every engine.
fn combinations() -> impl Iterator<Item = (Compiler, Engine)> {
    let compilers =
        Compiler::ALL.into_iter().filter(|c| *c != Compiler::Llvm || watshop_tests::has_llvm());
    compilers.flat_map(|compiler| Engine::ALL.map(|engine| (compiler, engine)))
}

/// Returns the path of a file of the repository. The folder is read when the test runs, because
/// clones share built executables.
fn repository(path: &str) -> String {
    let package = std::env::var("CARGO_MANIFEST_DIR").unwrap();
    std::path::Path::new(&package).parent().unwrap().join(path).to_str().unwrap().to_owned()
}
