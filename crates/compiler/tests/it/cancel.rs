use watshop_protocol::page::DoneReply;
use watshop_protocol::page::ErrorCode;
use watshop_protocol::process::compiler::{Cancel, CompileJob, CompileOutcome};

use crate::process::{COMPILERS, Process, fib, long, sealed_as};

#[test]
fn a_long_compilation_is_stopped_on_order() {
    let module = long();
    for &compiler in COMPILERS {
        let mut process = Process::start(compiler);
        let job = process.job();
        let sealed = job.to.clone();
        let compile = process.send(job, &module);
        process.wait_for_progress();

        let cancel = process.send(Cancel { job: compile }, &[]);
        assert_eq!(process.answer::<Cancel>(cancel), Ok(DoneReply {}));
        assert_eq!(process.answer::<CompileJob>(compile).unwrap_err().code, ErrorCode::Stopped);
        assert!(!sealed.exists());
        process.still_works();
    }
}

#[test]
fn a_compilation_that_waits_can_be_cancelled_before_its_turn() {
    let module = long();
    let mut process = Process::start(COMPILERS[0]);
    let (first, first_path) = sealed_as(process.job(), "first.wshop");
    let (second, second_path) = sealed_as(process.job(), "second.wshop");
    let first = process.send(first, &module);
    let second = process.send(second, &fib());
    let cancel = process.send(Cancel { job: second }, &[]);
    assert_eq!(
        process.answer::<Cancel>(cancel),
        Ok(DoneReply {}),
        "heard while the first is compiled"
    );
    assert!(matches!(process.answer::<CompileJob>(first), Ok(CompileOutcome::Sealed { .. })));
    assert_eq!(process.answer::<CompileJob>(second).unwrap_err().code, ErrorCode::Stopped);
    assert!(first_path.exists() && !second_path.exists());
}

#[test]
fn an_order_for_a_compilation_that_is_over_changes_nothing() {
    let mut process = Process::start(COMPILERS[0]);
    process.still_works();
    let cancel = process.send(Cancel { job: 1 }, &[]);
    assert_eq!(process.answer::<Cancel>(cancel), Ok(DoneReply {}));
    process.still_works();
}

#[test]
fn a_process_that_is_killed_leaves_no_sealed_file() {
    let module = long();
    for &compiler in COMPILERS {
        let mut process = Process::start(compiler);
        let job = process.job();
        let sealed = job.to.clone();
        process.send(job, &module);
        process.wait_for_progress();
        process.kill();
        assert!(!process.wait_for_end().0.success());
        assert!(!sealed.exists());
    }
}
