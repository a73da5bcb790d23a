//! Instructions as compiled code counts them, beside the count of an interpreter.
//!
//! Programs are random, and the interpreter of `program.rs` knows nothing of compilers.
//! `WATSHOP_SEED` repeats a run, and `WATSHOP_ROUNDS` makes it longer.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]
#![allow(clippy::print_stdout, reason = "the seed, and what is not tested here, is said by name")]

mod interpreter;
mod program;

use std::path::Path;

use interpreter::{Count, Interpreter};
use program::{Extent, Program};
use watshop_protocol::instance::{Call, CallAnswer, ReadCounts};
use watshop_protocol::page::{Compiler, Engine, ErrorCode, FunctionCount, Limits, Proposals};
use watshop_protocol::process::runner::CallEnd;
use watshop_tests::process::{CompilerProcess, RunnerProcess};
use watshop_tests::random::Random;

/// The programs of one round, with each kind of instruction.
const PROGRAMS: usize = 12;

#[test]
fn compiled_code_counts_what_an_interpreter_counts() {
    let number =
        |name: &str, usual: u64| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    let (seed, rounds) = (number("WATSHOP_SEED", 20_261_129), number("WATSHOP_ROUNDS", 1));
    println!("WATSHOP_SEED={seed} WATSHOP_ROUNDS={rounds}");
    let folder = tempfile::tempdir().unwrap();
    for compiler in compilers() {
        let mut process = CompilerProcess::start(compiler);
        let mut ran = 0;
        for round in 0..rounds {
            let mut random = Random::new(seed + round);
            for at in 0..PROGRAMS {
                let extent = Extent { throws: at % 3 == 1, tail_calls: at % 3 == 2 };
                let program = Program::new(&mut random, extent);
                let engine = Engine::ALL[at % 2];
                let what = format!("{} {}, {at} of {round}", compiler.as_str(), engine.as_str());
                ran += usize::from(check(&mut process, engine, &program, folder.path(), &what));
            }
        }
        assert!(ran >= PROGRAMS / 3, "{}: only {ran} programs ran", compiler.as_str());
    }
}

/// Runs a program, and compares all counts. Returns false if the compiler lacks an instruction.
fn check(
    process: &mut CompilerProcess,
    engine: Engine,
    program: &Program,
    folder: &Path,
    what: &str,
) -> bool {
    let text = program.text();
    let binary = wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let sealed = folder.join("counted.wshop");
    let Extent { throws: exceptions, tail_calls: tail_call } = program.extent;
    let proposals = Proposals { exceptions, tail_call, ..Proposals::default() };
    match process.compile_counting(&binary, engine, proposals, &sealed) {
        Ok(passport) => assert!(passport.compiled.unwrap().counts_instructions),
        Err(error) if error.code == ErrorCode::CompilerRefused => return false,
        Err(error) => panic!("{what}: {error:?}\n{text}"),
    }
    let mut runner = RunnerProcess::start(folder);
    runner.instantiate(&sealed, Limits::default()).unwrap();
    for seed in [1, 20, 300] {
        let wanted = Interpreter::run(program, seed);
        let call =
            Call { export: "run".into(), arguments: vec![seed.to_string()], limit_ms: 60_000 };
        let CallAnswer { instructions, ended, .. } = runner.ask(call).unwrap();
        assert_eq!(
            matches!(ended, CallEnd::Returned(_)),
            wanted.returned,
            "{what}, seed {seed}: {ended:?}\n{text}"
        );
        let counts = runner.ask(ReadCounts {}).unwrap();
        let mut found: Vec<_> = counts.functions.iter().map(of_function).collect();
        found.sort_by_key(|(index, _)| *index);
        let called = (0..).zip(&wanted.functions).filter(|(_, count)| count.calls > 0);
        let called: Vec<_> = called.map(|(index, count)| (index, *count)).collect();
        assert_eq!(found, called, "{what}, seed {seed}\n{text}");
        let total = wanted.functions.iter().map(|count| count.instructions).sum();
        assert_eq!((instructions, counts.total), (Some(total), total), "{what}, seed {seed}");
    }
    true
}

/// A loop that reads past the end of its memory in its 16,384th turn. A compiler that kept the
/// counter of a loop in a register would lose it there.
#[test]
fn a_trap_in_a_loop_loses_no_counts() {
    const TEXT: &str = r#"(module (memory 1) (func (export "f") (local $at i32)
        (loop $next
            (drop (i32.load (local.tee $at (i32.add (local.get $at) (i32.const 4)))))
            (br $next))))"#;
    // Before the loop nothing counts but the loop itself. A turn is seven instructions, and one that
    // is begun counts as a whole.
    const ALL: u64 = 1 + 16_384 * 7;
    let folder = tempfile::tempdir().unwrap();
    let sealed = folder.path().join("counted.wshop");
    let binary = wat::parse_str(TEXT).unwrap();
    for compiler in compilers() {
        for engine in Engine::ALL {
            let mut process = CompilerProcess::start(compiler);
            process.compile_counting(&binary, engine, Proposals::default(), &sealed).unwrap();
            let mut runner = RunnerProcess::start(folder.path());
            runner.instantiate(&sealed, Limits::default()).unwrap();
            let call = Call { export: "f".into(), arguments: Vec::new(), limit_ms: 60_000 };
            let CallAnswer { instructions, ended, .. } = runner.ask(call).unwrap();
            let what = format!("{} {}", compiler.as_str(), engine.as_str());
            assert!(matches!(ended, CallEnd::Failed { .. }), "{what}: {ended:?}");
            assert_eq!(instructions, Some(ALL), "{what}");
        }
    }
}

fn compilers() -> impl Iterator<Item = Compiler> {
    Compiler::ALL.into_iter().filter(|it| *it != Compiler::Llvm || watshop_tests::has_llvm())
}

fn of_function(function: &FunctionCount) -> (u32, Count) {
    let FunctionCount { index, instructions, calls, .. } = *function;
    (index, Count { instructions, calls })
}
