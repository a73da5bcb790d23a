//! Tests of Stop and the limits: a guest cannot hold a tab for ever.

use std::path::Path;
use std::time::{Duration, Instant};

use watshop_protocol::instance::{Address, PageRequest as _, ReadExports, ReadMemory};
use watshop_protocol::page::{ErrorCode, Event, Outcome, Phase, StopHow, TabId};
use watshop_protocol::registry::{CloseTab, RunTab, StopTab};

use crate::fixture::{Fixture, SPIN, failure, send};

const SPIN_AT_START: &str = "(module (func $spin (loop (br 0))) (start $spin))";

async fn stop(fixture: &Fixture, tab: TabId) -> StopHow {
    fixture.ask(StopTab { tab }).await.unwrap().how
}

#[tokio::test]
async fn stop_interrupts_a_loop_and_leaves_the_instance() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    assert_eq!(stop(&fixture, tab).await, StopHow::Idle);
    fixture.run_well(tab).await;
    let call = fixture.begin_call(tab, "spin").await;
    // The memory is read while the guest runs.
    let read = ReadMemory { memory: "memory".into(), offset: Address(16), length: 7 }.in_tab(tab);
    let (_, bytes) = fixture.ask_with(read, vec![]).await.unwrap();
    assert_eq!(bytes, b"watshop");
    assert_eq!(fixture.call(tab, "answer", &[]).await.unwrap_err().code, ErrorCode::Busy);
    assert_eq!(fixture.ask(RunTab { tab }).await.unwrap_err().code, ErrorCode::Busy);

    assert_eq!(stop(&fixture, tab).await, StopHow::Interrupted);
    let error = failure(call.await.unwrap());
    assert_eq!(error.code, ErrorCode::Stopped);
    assert!(error.frames.first().is_some_and(|f| f.at.line.is_some()), "where it was: {error:?}");
    assert_eq!(fixture.ask(ReadExports {}.in_tab(tab)).await.unwrap().generation, 1);
    assert_eq!(fixture.results(tab, "answer", &[]).await, ["42"], "the instance goes on");
}

#[tokio::test]
async fn a_call_ends_at_its_limit() {
    let fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.configure(tab, |s| s.limits.call_ms = 200).await;
    fixture.run_well(tab).await;
    let began = Instant::now();
    let error = failure(fixture.call(tab, "spin", &[]).await.unwrap());
    assert_eq!(error.code, ErrorCode::CallTime);
    assert!(began.elapsed() >= Duration::from_millis(200));
    assert_eq!(fixture.results(tab, "answer", &[]).await, ["42"]);
}

#[tokio::test]
async fn a_start_function_that_never_ends_is_bounded_and_can_be_stopped() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN_AT_START).await;
    fixture.configure(tab, |s| s.limits.call_ms = 200).await;
    assert_eq!(fixture.run_badly(tab).await.code, ErrorCode::CallTime);
    fixture.configure(tab, |s| s.limits.call_ms = 0).await;
    let run = fixture.run_up_to(tab, Phase::Instantiate).await;
    assert_eq!(stop(&fixture, tab).await, StopHow::Interrupted);
    assert_eq!(failure(run.await.unwrap()).code, ErrorCode::Stopped);
    assert!(fixture.view(tab).await.instance.is_none());
}

#[tokio::test]
async fn a_runner_that_does_not_answer_is_killed_and_the_next_run_starts_anew() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.run_well(tab).await;
    let pid = fixture.pid_of("watshop-runner").await;
    send(pid, libc::SIGSTOP);
    let call = fixture.begin_call(tab, "answer").await;
    assert_eq!(stop(&fixture, tab).await, StopHow::Killed);
    assert_eq!(failure(call.await.unwrap()).code, ErrorCode::Stopped);
    fixture
        .event("the instance is gone", |e| {
            matches!(e, Event::Instance { instance: None, .. }).then_some(())
        })
        .await;
    assert!(fixture.view(tab).await.instance.is_none());
    fixture.run_well(tab).await;
    assert_ne!(fixture.pid_of("watshop-runner").await, pid);
    assert_eq!(fixture.results(tab, "answer", &[]).await, ["42"]);
}

#[tokio::test]
async fn a_compiler_that_does_not_give_up_is_killed_and_the_next_run_starts_anew() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.run_well(fixture.tab("(module)").await).await;
    let pid = fixture.pid_of("watshop-compiler-cranelift").await;
    send(pid, libc::SIGSTOP);
    let run = fixture.run_up_to(tab, Phase::Compile).await;
    let began = Instant::now();
    assert_eq!(stop(&fixture, tab).await, StopHow::Cancelled);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(failure(run.await.unwrap()).code, ErrorCode::Stopped);
    fixture.run_well(tab).await;
    assert_ne!(fixture.pid_of("watshop-compiler-cranelift").await, pid);
}

#[tokio::test]
async fn who_waits_for_a_compiler_can_be_stopped_while_waiting() {
    let mut fixture = Fixture::new();
    let (first, second) = (fixture.tab(SPIN).await, fixture.tab("(module (func))").await);
    fixture.run_well(fixture.tab("(module)").await).await;
    let pid = fixture.pid_of("watshop-compiler-cranelift").await;
    send(pid, libc::SIGSTOP);
    let blocked = fixture.run_up_to(first, Phase::Compile).await;
    let waiting = fixture.run_up_to(second, Phase::Compile).await;
    assert_eq!(stop(&fixture, second).await, StopHow::Cancelled);
    assert_eq!(failure(waiting.await.unwrap()).code, ErrorCode::Stopped);
    send(pid, libc::SIGCONT);
    assert_eq!(blocked.await.unwrap().outcome, Outcome::Ready, "the first was not disturbed");
}

#[tokio::test]
async fn closing_a_tab_ends_what_it_does() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.configure(tab, |s| s.limits.call_ms = 0).await;
    fixture.run_well(tab).await;
    let pid = fixture.pid_of("watshop-runner").await;
    let call = fixture.begin_call(tab, "spin").await;
    fixture.ask(CloseTab { tab }).await.unwrap();
    assert_eq!(failure(call.await.unwrap()).code, ErrorCode::Stopped);
    assert!(!Path::new(&format!("/proc/{pid}")).exists(), "the runner is gone");
}
