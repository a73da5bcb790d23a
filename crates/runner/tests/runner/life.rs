//! Tests of the process: it lives as long as its parent, survives bad messages, and starts soon.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use watshop_protocol::frame;
use watshop_protocol::instance::Load;
use watshop_protocol::page::{Engine, ErrorCode};

use crate::process::{Pending, Runner, call, runner_program};

const SPIN: &str = r#"(module (func (export "spin") (loop (br 0))) (func (export "f")))"#;

#[test]
fn a_closed_pipe_ends_it_at_once_even_while_the_guest_spins() {
    let mut idle = Runner::start();
    assert!(idle.close().success());
    let mut busy = Runner::with(SPIN, Engine::Jit);
    busy.post(call("spin", &[], 0));
    assert!(busy.exports().is_ok());
    let begun = Instant::now();
    assert!(busy.close().success());
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[test]
fn a_frame_that_is_no_request_is_refused_and_the_next_one_works() {
    let mut runner = Runner::with(SPIN, Engine::Jit);
    let mut garbage = Vec::new();
    frame::write(&mut garbage, &serde_json::json!({"id": 4000, "ask": "fly"}), &[]).unwrap();
    frame::write(&mut garbage, &serde_json::json!([1, 2, 3]), b"bytes").unwrap();
    frame::write(
        &mut garbage,
        &serde_json::json!({"id": 4001, "ask": "read_memory", "offset": -1}),
        &[],
    )
    .unwrap();
    runner.send_raw(&garbage);
    assert_eq!(runner.wait(Pending::raw(4000)).unwrap_err().code, ErrorCode::BadRequest);
    assert_eq!(runner.wait(Pending::raw(4001)).unwrap_err().code, ErrorCode::BadRequest);
    assert!(runner.call("f", &[]).is_empty());
}

#[test]
fn bytes_that_are_no_frames_end_it() {
    let mut runner = Runner::start();
    runner.send_raw(&[0xff; 64]);
    runner.wait_end();
}

#[test]
fn nothing_but_frames_comes_out_of_standard_output() {
    // A log line of the lowest level must not get between the frames.
    let mut child = Command::new(runner_program())
        .env("WATSHOP_LOG", "trace")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut request = Vec::new();
    let load = Load { sealed: "/nowhere".into(), payload_hash: None, own: false };
    let numbered = watshop_protocol::process::Numbered { id: 1, message: load };
    frame::write(&mut request, &numbered, &[]).unwrap();
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), &request).unwrap();
    let mut output = child.stdout.take().unwrap();
    for _ in 0..2 {
        let message = frame::read(&mut output).unwrap().unwrap();
        let (json, _) = frame::split(&message).unwrap();
        serde_json::from_slice::<serde_json::Value>(json).unwrap();
    }
    drop(child.stdin.take());
    let mut rest = Vec::new();
    output.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"");
    child.wait().unwrap();
}

#[test]
fn many_instances_one_after_another_leave_nothing_behind() {
    let text = r#"(module (memory (export "m") 16) (func (export "touch")
        (memory.fill (i32.const 0) (i32.const 1) (i32.const 1048576))))"#;
    let mut runner = Runner::start();
    runner.open(text, Engine::Jit);
    let cycle = |runner: &mut Runner, times| {
        for _ in 0..times {
            runner.instantiate().unwrap();
            runner.call("touch", &[]);
        }
    };
    cycle(&mut runner, 20);
    let before = runner.peak_memory();
    cycle(&mut runner, 200);
    let grown = runner.peak_memory().saturating_sub(before);
    assert!(grown < 4 << 20, "200 instances of 1 MiB left {grown} bytes");
}
