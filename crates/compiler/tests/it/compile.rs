use watshop_artifact::{Machine, fits, open};
use watshop_protocol::page::{Compiler, Engine, ErrorCode, Form, Optimisation, Proposals, Target};

use crate::process::{COMPILERS, Process, fib, functions};

const LEVELS: [Optimisation; 3] =
    [Optimisation::None, Optimisation::Speed, Optimisation::SpeedAndSize];

#[test]
fn every_compiler_seals_code_for_this_machine_in_each_form_and_at_each_level() {
    for &compiler in COMPILERS {
        let mut process = Process::start(compiler);
        for engine in Engine::ALL {
            for optimisation in LEVELS {
                let mut job = process.job();
                (job.form, job.optimisation) = (engine.into(), optimisation);
                let asked = job.clone();
                let passport = process.compile(job, &fib()).unwrap();

                let sealed = open(&asked.to).unwrap();
                assert_eq!(sealed.passport, passport);
                fits(&passport, &Machine::host()).unwrap();
                let compiled = passport.compiled.unwrap();
                let said =
                    (compiled.compiler, passport.engine, compiled.optimisation, compiled.proposals);
                assert_eq!(said, (compiler, engine, optimisation, asked.proposals));
                assert_eq!(
                    (compiled.module_hash, compiled.module_size),
                    (asked.module_hash, fib().len() as u64)
                );
                let magic: &[u8] = match engine {
                    Engine::Jit => b"wasmer-universal",
                    Engine::Native => b"\x7fELF",
                };
                assert!(sealed.payload().starts_with(magic), "{compiler:?} {engine:?}");
            }
        }
    }
}

#[test]
fn the_level_reaches_the_compiler() {
    for &compiler in COMPILERS.iter().filter(|c| **c != Compiler::Singlepass) {
        let mut process = Process::start(compiler);
        let mut hash = |optimisation| {
            let mut job = process.job();
            job.optimisation = optimisation;
            // A loop that can be shortened.
            let module = wat::parse_str(
                "(module (func (export \"f\") (param i32) (result i32) (local i32)
                   (loop (local.set 1 (i32.add (i32.mul (local.get 0) (i32.const 8)) (local.get 1)))
                         (br_if 0 (i32.lt_u (local.get 1) (i32.mul (local.get 0) (i32.const 8)))))
                   (local.get 1)))",
            );
            process.compile(job, &module.unwrap()).unwrap().payload_hash
        };
        assert_ne!(hash(Optimisation::None), hash(Optimisation::Speed), "{compiler:?}");
        assert_eq!(
            hash(Optimisation::Speed),
            hash(Optimisation::Speed),
            "{compiler:?} repeats itself"
        );
    }
}

#[test]
fn code_for_another_machine_says_so_in_its_passport() {
    for &compiler in COMPILERS {
        let mut process = Process::start(compiler);
        let mut job = process.job();
        job.target =
            Some(Target { triple: "aarch64-unknown-linux-gnu".to_owned(), cpu_features: vec![] });
        let passport = process.compile(job.clone(), &fib()).unwrap();
        assert_eq!(passport.triple, "aarch64-unknown-linux-gnu");
        assert!(fits(&passport, &Machine::host()).is_err());

        job.form = Form::Native;
        assert_eq!(process.compile(job, &fib()).unwrap_err().code, ErrorCode::EngineUnavailable);
        process.still_works();
    }
}

#[test]
fn only_the_features_asked_for_are_used() {
    let mut process = Process::start(Compiler::Cranelift);
    let mut job = process.job();
    let triple = Machine::host().triple;
    job.target = Some(Target { triple, cpu_features: vec!["sse2".to_owned()] });
    assert_eq!(process.compile(job, &fib()).unwrap().cpu_features, ["sse2"]);
}

#[test]
fn a_proposal_decides_whether_a_module_is_valid() {
    let module =
        wat::parse_str("(module (func (export \"f\") (result v128) (v128.const i64x2 1 2)))")
            .unwrap();
    let mut process = Process::start(Compiler::Cranelift);
    process.compile(process.job(), &module).unwrap();

    let mut job = process.job();
    job.proposals = Proposals { simd: false, relaxed_simd: false, ..job.proposals };
    let error = process.compile(job, &module).unwrap_err();
    assert_eq!(error.code, ErrorCode::InvalidModule);
    assert!(error.message.contains("`simd`"), "{error}");
    assert!(error.at.unwrap().offset.is_some_and(|at| (at as usize) < module.len()), "{error:?}");
}

#[test]
fn progress_is_told_at_most_sixty_times_a_second() {
    let mut process = Process::start(Compiler::Cranelift);
    let module = functions(600);
    let begun = std::time::Instant::now();
    process.compile(process.job(), &module).unwrap();
    let took = begun.elapsed();

    let fractions: Vec<_> =
        process.progress.iter().filter_map(|(_, _, fraction)| *fraction).collect();
    assert!(fractions.len() > 2, "{took:?} {:?}", process.progress);
    assert!(
        fractions.len() as f64 <= 60.0 * took.as_secs_f64() + 1.0,
        "{} in {took:?}",
        fractions.len()
    );
    assert!(fractions.iter().all(|f| (0.0..=1.0).contains(f)), "{fractions:?}");
    assert!(fractions.is_sorted(), "{fractions:?}");
    assert!(process.progress.iter().all(|(job, _, _)| *job == 1));
}

#[test]
fn a_module_that_was_just_compiled_need_not_be_sent_again() {
    let mut process = Process::start(Compiler::Singlepass);
    let sent = process.compile(process.job(), &fib()).unwrap();
    let mut job = process.job();
    job.again = true;
    job.form = Form::Native;
    let again = process.compile(job, b"").unwrap();
    let (again, sent) = (again.compiled.unwrap(), sent.compiled.unwrap());
    assert_eq!((again.module_hash, again.module_size), (sent.module_hash, sent.module_size));

    // The bytes of another module were not kept.
    let mut job = process.job();
    job.again = true;
    job.module_hash = watshop_artifact::hash(b"another");
    assert_eq!(process.compile(job, b"").unwrap_err().code, ErrorCode::EmptyFile);
}
