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

/// LLVM and Cranelift panic when they are asked for code for a 32-bit x86.
#[test]
fn a_compiler_that_panics_answers_in_plain_words_and_goes_on() {
    for &compiler in COMPILERS {
        let mut process = Process::start(compiler);
        for _ in 0..3 {
            let mut job = process.job();
            job.form = watshop_protocol::page::Form::Object;
            job.target = Some(Target {
                triple: "i686-unknown-linux-gnu".to_owned(),
                cpu_features: vec!["avx".to_owned()],
            });
            let sealed = job.to.clone();
            let error = process.compile(job, &fib()).unwrap_err();
            assert_eq!(error.code, ErrorCode::CompilerRefused, "{error}");
            let right =
                format!("{} refused the module: it makes no code for that CPU.", compiler.title());
            assert_eq!(error.message, right);
            assert!(!sealed.exists());
        }
        process.still_works();
    }
}

#[test]
fn a_compiler_that_lacks_something_says_what_and_where() {
    let tail_call = "(module (func $f (export \"f\") (return_call $f)))";
    let vector = "(module (func (export \"f\") (param v128) (result v128) (local.get 0)))";
    let several = "(module (import \"a\" \"b\" (func (result i32 i64))))";
    let memory64 =
        "(module (memory i64 1) (func (export \"f\") (result i32) (i32.load (i64.const 4))))";
    let table64 = "(module (table i64 2 funcref) (elem (i64.const 0) $f) (func $f (export \"f\")))";
    let mut lacks = vec![
        (Compiler::Singlepass, tail_call, "tail calls"),
        (Compiler::Cranelift, tail_call, "tail calls"),
        (Compiler::Singlepass, vector, "vectors"),
        (Compiler::Singlepass, several, "`a.b`"),
    ];
    for &compiler in COMPILERS {
        lacks.extend([(compiler, memory64, "memory64"), (compiler, table64, "memory64")]);
    }
    for (compiler, module, what) in lacks {
        let mut process = Process::start(compiler);
        let mut job = process.job();
        job.proposals = Proposals { tail_call: true, memory64: true, ..job.proposals };
        let error = process.compile(job, &wat::parse_str(module).unwrap()).unwrap_err();
        assert_eq!(error.code, ErrorCode::CompilerRefused, "{error}");
        assert!(error.message.contains(what), "{compiler:?}: {error}");
        assert!(error.at.is_some_and(|at| at.offset.is_some()), "{error:?}");
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

/// Deep nesting makes compilers recurse. The stack of their threads must be large enough for it.
#[test]
fn a_module_that_nests_deeply_does_not_end_the_process() {
    // The form is flat, because the text parser has a limit for nested folded instructions.
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

/// A file system of 64 KiB in a mount namespace that ends with the process. If the system does not
/// allow one, the test has no disk to fill.
#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let unshare = |script: &str| {
        let mut command = Command::new("unshare");
        command
            .args(["--map-root-user", "--mount", "sh", "-c", script])
            .arg(program(Compiler::Singlepass));
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
    let function = format!(
        "(func (export \"f\") (result i64) {} i64.const 0)",
        "i64.const 1 drop\n".repeat(8000)
    );
    let large =
        wat::parse_str(format!("(module {function} (data \"{}\"))", "x".repeat(80_000))).unwrap();
    for _ in 0..2 {
        let error = process.compile(process.job(), &large).unwrap_err();
        assert_eq!(error.code, ErrorCode::DiskFull, "{error}");
    }
    // The unfinished file was removed, so a small one still fits. (Other processes do not see this
    // file system.)
    process.compile(process.job(), &fib()).unwrap();
}
