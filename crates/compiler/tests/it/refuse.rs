use std::process::Command;

use watshop_protocol::page::{Compiler, Engine, ErrorCode, Proposals, Target};

use crate::process::{COMPILERS, Process, fib, program};

#[test]
fn what_is_no_module_is_refused_and_the_process_goes_on() {
    for &compiler in COMPILERS {
        let mut process = Process::start(compiler);
        for (bytes, code) in [
            (b"".as_slice(), ErrorCode::EmptyFile),
            (b"\0asm", ErrorCode::InvalidModule),
            (b"(module)", ErrorCode::NotAModule),
            (&[0xff; 3000], ErrorCode::NotAModule),
            (&fib()[..40], ErrorCode::InvalidModule),
        ] {
            let error = process.compile(process.job(), bytes).unwrap_err();
            assert_eq!(error.code, code, "{compiler:?}: {error}");
        }
        process.still_works();
    }
}

/// None has 64-bit memories in this Wasmer, and all find out by a panic.
#[test]
fn a_compiler_that_panics_answers_in_its_own_words_and_goes_on() {
    let module =
        wat::parse_str("(module (memory i64 1) (func (export \"f\") (result i32) (i32.load (i64.const 4))))");
    let module = module.unwrap();
    for &compiler in COMPILERS {
        let mut process = Process::start(compiler);
        for _ in 0..3 {
            let mut job = process.job();
            job.proposals = Proposals { memory64: true, ..job.proposals };
            let sealed = job.to.clone();
            let error = process.compile(job, &module).unwrap_err();
            assert_eq!(error.code, ErrorCode::CompilerRefused, "{error}");
            assert!(error.message.starts_with(compiler.title()), "{error}");
            assert!(!sealed.exists());
            assert!(error.message.contains("64bit memory"), "{error}");
        }
        process.still_works();
    }
}

#[test]
fn a_compiler_that_lacks_something_says_what() {
    let tail_call = "(module (func $f (export \"f\") (return_call $f)))";
    let vector = "(module (func (export \"f\") (param v128) (result v128) (local.get 0)))";
    let lacks = [
        (Compiler::Singlepass, tail_call, "ReturnCall"),
        (Compiler::Cranelift, tail_call, "ReturnCall"),
        (Compiler::Singlepass, vector, "V128"),
    ];
    for (compiler, module, what) in lacks {
        let mut process = Process::start(compiler);
        let mut job = process.job();
        job.proposals.tail_call = true;
        let error = process.compile(job, &wat::parse_str(module).unwrap()).unwrap_err();
        assert_eq!(error.code, ErrorCode::CompilerRefused, "{error}");
        assert!(error.message.contains(what), "{compiler:?}: {error}");
        assert!(error.help.is_some());
        process.still_works();
    }
}

#[test]
fn a_target_that_does_not_exist_is_named() {
    let mut process = Process::start(Compiler::Singlepass);
    let mut job = process.job();
    job.target = Some(Target { triple: "pdp11-dec-unix".to_owned(), cpu_features: vec![] });
    let error = process.compile(job, &fib()).unwrap_err();
    assert_eq!(error.code, ErrorCode::BadRequest);
    assert!(error.message.contains("pdp11-dec-unix"), "{error}");
    process.still_works();
}

#[test]
fn a_folder_that_is_not_there_is_an_error_of_the_file() {
    let mut process = Process::start(Compiler::Singlepass);
    let mut job = process.job();
    job.to = process.folder().join("no/such/folder/out.wshop");
    let error = process.compile(job, &fib()).unwrap_err();
    assert_eq!(error.code, ErrorCode::File);
    assert!(error.message.contains("no/such/folder"), "{error}");
}

/// Deep nesting makes compilers recurse; the stack of their threads must not be what ends.
#[test]
fn a_module_that_nests_deeply_does_not_end_the_process() {
    // Flat, since in its folded form the parser of the text has a limit of its own.
    let module = format!("(module (func {}{}))", "block\n".repeat(20_000), "end\n".repeat(20_000));
    let module = wat::parse_str(module).unwrap();
    for &compiler in COMPILERS {
        let mut process = Process::start(compiler);
        for engine in Engine::ALL {
            let mut job = process.job();
            job.form = engine.into();
            if let Err(error) = process.compile(job, &module) {
                assert_eq!(error.code, ErrorCode::CompilerRefused, "{compiler:?}: {error}");
            }
        }
        process.still_works();
    }
}

/// A file system of 64 KiB, in a mount namespace that goes with the process. Where such may not be made,
/// there is nothing to fill.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let unshare = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", script]).arg(program(Compiler::Singlepass));
        command.arg(folder.path());
        command
    };
    let mount = "mount -t tmpfs -o size=64k none \"$1\"";
    if !unshare(mount).output().is_ok_and(|tried| tried.status.success()) {
        eprintln!("no mount namespace here");
        return;
    }
    let command = unshare(&format!("{mount} && exec \"$0\""));
    let mut process = Process::start_by(Compiler::Singlepass, command, folder);
    let function =
        format!("(func (export \"f\") (result i64) {} i64.const 0)", "i64.const 1 drop\n".repeat(8000));
    let large = wat::parse_str(format!("(module {function} (data \"{}\"))", "x".repeat(80_000))).unwrap();
    for _ in 0..2 {
        let error = process.compile(process.job(), &large).unwrap_err();
        assert_eq!(error.code, ErrorCode::DiskFull, "{error}");
    }
    // What it began is gone again: something small still fits. (Nobody outside sees the file.)
    process.compile(process.job(), &fib()).unwrap();
}
