use std::process::Command;

use watshop_protocol::frame;
use watshop_protocol::page::{Compiler, ErrorCode};
use watshop_protocol::process::compiler::CompileJob;

use crate::process::{COMPILERS, Process, functions, long, program};

#[test]
fn a_closed_input_ends_the_process() {
    for &compiler in COMPILERS {
        let mut process = Process::start(compiler);
        process.close_input();
        let (status, log) = process.wait_for_end();
        assert!(status.success(), "{status}: {log}");
        assert_eq!(log, "");
    }
}

#[test]
fn a_closed_input_ends_the_process_in_the_middle_of_a_compilation() {
    let module = long();
    for &compiler in COMPILERS {
        let mut process = Process::start(compiler);
        let job = process.job();
        let sealed = job.to.clone();
        process.send(job, &module);
        process.wait_for_progress();
        process.close_input();
        let (status, log) = process.wait_for_end();
        assert!(status.success(), "{status}: {log}");
        assert!(!sealed.exists());
    }
}

#[test]
fn a_request_that_is_not_understood_is_answered() {
    let mut process = Process::start(Compiler::Singlepass);
    process.send_raw(&framed(br#"{"id":77,"ask":"fly"}"#));
    let error = process.answer::<CompileJob>(77).unwrap_err();
    assert_eq!(error.code, ErrorCode::BadRequest);
    process.still_works();
}

#[test]
fn frames_of_garbage_are_passed_over() {
    let mut process = Process::start(Compiler::Singlepass);
    process.send_raw(&framed(b"\xff\xfe not JSON"));
    process.send_raw(&framed(b""));
    process.send_raw(&framed(br#"{"ask":"compile"}"#));
    // The first frame is shorter than it claims, and the second is too short to claim a length.
    process.send_raw(&[5, 0, 0, 0, 0xff, 0xff, 0, 0, 1]);
    process.send_raw(&[2, 0, 0, 0, 9, 9]);
    process.still_works();
    process.close_input();
    let (status, log) = process.wait_for_end();
    assert!(status.success());
    assert!(log.contains("a request is not understood"), "{log}");
}

#[test]
fn a_length_of_garbage_ends_the_process_with_its_reason() {
    let mut process = Process::start(Compiler::Singlepass);
    process.send_raw(&[0xff; 16]);
    let (status, log) = process.wait_for_end();
    assert_eq!(status.code(), Some(1));
    assert!(log.contains("announces 4294967295 bytes"), "{log}");
}

#[test]
fn half_a_frame_ends_the_process() {
    let mut process = Process::start(Compiler::Singlepass);
    process.send_raw(&[100, 0, 0, 0, 1, 2, 3]);
    process.close_input();
    assert_eq!(process.wait_for_end().0.code(), Some(1));
}

/// The most detailed log goes to the standard error and damages no frame.
#[test]
fn the_log_does_not_touch_the_frames() {
    let mut command = Command::new(program(Compiler::Cranelift));
    command.env("WATSHOP_LOG", "trace");
    let mut process = Process::start_by(Compiler::Cranelift, command, tempfile::tempdir().unwrap());
    process.still_works();
    // This causes one more line of the log.
    process.send_raw(&framed(b"{}"));
    process.close_input();
    let (status, log) = process.wait_for_end();
    assert!(status.success());
    assert!(log.contains("a request is not understood"), "{log}");
}

#[test]
fn a_workbench_that_stops_reading_does_not_leave_the_process_behind() {
    let module = long();
    let mut child = Command::new(program(Compiler::Cranelift))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // The output is closed, and the input stays open.
    drop(child.stdout.take());
    let folder = tempfile::tempdir().unwrap();
    let job = serde_json::json!({
        "id": 1, "ask": "compile", "engine": "jit", "optimisation": "speed", "proposals": {},
        "target": null, "module_hash": "", "sealed": folder.path().join("out.wshop"),
    });
    let mut input = child.stdin.take().unwrap();
    // The process may end before all is written, because it has tried to write that it is ready.
    let _ = frame::write(&mut input, &job, &module);
    assert!(child.wait().unwrap().success());
    drop(input);
}

/// A whole frame with these bytes in the place of the JSON.
fn framed(json: &[u8]) -> Vec<u8> {
    let length = |of: usize| (of as u32).to_le_bytes();
    [&length(4 + json.len()), &length(json.len()), json].concat()
}

#[test]
fn a_request_while_another_is_compiled_waits_for_its_turn() {
    let mut process = Process::start(Compiler::Singlepass);
    let module = functions(300);
    let ids: Vec<_> = (0..3).map(|_| process.send(process.job(), &module)).collect();
    for id in ids {
        process.answer::<CompileJob>(id).unwrap();
    }
}
