//! Tests of Stop and the limits: a guest cannot hold a tab for ever.

use std::path::Path;
use std::time::{Duration, Instant};

use watshop_protocol::instance::{Address, PageRequest as _, ReadExports, ReadMemory};
use watshop_protocol::page::{ErrorCode, Event, Outcome, Phase, StopHow, TabId};
use watshop_protocol::registry::{CloseTab, RunTab, StopTab};

use crate::house::{House, SPIN, failure, send};

const SPIN_AT_START: &str = "(module (func $spin (loop (br 0))) (start $spin))";

async fn stop(house: &House, tab: TabId) -> StopHow {
    house.ask(StopTab { tab }).await.unwrap().how
}

#[tokio::test]
async fn stop_interrupts_a_loop_and_leaves_the_instance() {
    let mut house = House::new();
    let tab = house.tab(SPIN).await;
    assert_eq!(stop(&house, tab).await, StopHow::Idle);
    house.run_well(tab).await;
    let call = house.begin_call(tab, "spin").await;
    // The memory is read while the guest runs.
    let read = ReadMemory { memory: "memory".into(), offset: Address(16), length: 7 }.in_tab(tab);
    let (_, bytes) = house.ask_with(read, vec![]).await.unwrap();
    assert_eq!(bytes, b"watshop");
    assert_eq!(house.call(tab, "answer", &[]).await.unwrap_err().code, ErrorCode::Busy);
    assert_eq!(house.ask(RunTab { tab }).await.unwrap_err().code, ErrorCode::Busy);

    assert_eq!(stop(&house, tab).await, StopHow::Interrupted);
    let error = failure(call.await.unwrap());
    assert_eq!(error.code, ErrorCode::Stopped);
    assert!(error.frames.first().is_some_and(|f| f.at.line.is_some()), "where it was: {error:?}");
    assert_eq!(house.ask(ReadExports {}.in_tab(tab)).await.unwrap().generation, 1);
    assert_eq!(house.results(tab, "answer", &[]).await, ["42"], "the instance goes on");
}

#[tokio::test]
async fn a_call_ends_at_its_limit() {
    let house = House::new();
    let tab = house.tab(SPIN).await;
    house.configure(tab, |s| s.limits.call_ms = 200).await;
    house.run_well(tab).await;
    let began = Instant::now();
    let error = failure(house.call(tab, "spin", &[]).await.unwrap());
    assert_eq!(error.code, ErrorCode::CallTime);
    assert!(began.elapsed() >= Duration::from_millis(200));
    assert_eq!(house.results(tab, "answer", &[]).await, ["42"]);
}

#[tokio::test]
async fn a_start_function_that_never_ends_is_bounded_and_can_be_stopped() {
    let mut house = House::new();
    let tab = house.tab(SPIN_AT_START).await;
    house.configure(tab, |s| s.limits.call_ms = 200).await;
    assert_eq!(house.run_badly(tab).await.code, ErrorCode::CallTime);
    house.configure(tab, |s| s.limits.call_ms = 0).await;
    let run = house.run_up_to(tab, Phase::Instantiate).await;
    assert_eq!(stop(&house, tab).await, StopHow::Interrupted);
    assert_eq!(failure(run.await.unwrap()).code, ErrorCode::Stopped);
    assert!(house.view(tab).await.instance.is_none());
}

#[tokio::test]
async fn a_runner_that_does_not_answer_is_killed_and_the_next_run_starts_anew() {
    let mut house = House::new();
    let tab = house.tab(SPIN).await;
    house.run_well(tab).await;
    let pid = house.pid_of("watshop-runner").await;
    send(pid, libc::SIGSTOP);
    let call = house.begin_call(tab, "answer").await;
    assert_eq!(stop(&house, tab).await, StopHow::Killed);
    assert_eq!(failure(call.await.unwrap()).code, ErrorCode::Stopped);
    house
        .event("the instance is gone", |e| {
            matches!(e, Event::Instance { instance: None, .. }).then_some(())
        })
        .await;
    assert!(house.view(tab).await.instance.is_none());
    house.run_well(tab).await;
    assert_ne!(house.pid_of("watshop-runner").await, pid);
    assert_eq!(house.results(tab, "answer", &[]).await, ["42"]);
}

#[tokio::test]
async fn a_compiler_that_does_not_give_up_is_killed_and_the_next_run_starts_anew() {
    let mut house = House::new();
    let tab = house.tab(SPIN).await;
    house.run_well(house.tab("(module)").await).await;
    let pid = house.pid_of("watshop-compiler-cranelift").await;
    send(pid, libc::SIGSTOP);
    let run = house.run_up_to(tab, Phase::Compile).await;
    let began = Instant::now();
    assert_eq!(stop(&house, tab).await, StopHow::Cancelled);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(failure(run.await.unwrap()).code, ErrorCode::Stopped);
    house.run_well(tab).await;
    assert_ne!(house.pid_of("watshop-compiler-cranelift").await, pid);
}

#[tokio::test]
async fn who_waits_for_a_compiler_can_be_stopped_while_waiting() {
    let mut house = House::new();
    let (first, second) = (house.tab(SPIN).await, house.tab("(module (func))").await);
    house.run_well(house.tab("(module)").await).await;
    let pid = house.pid_of("watshop-compiler-cranelift").await;
    send(pid, libc::SIGSTOP);
    let blocked = house.run_up_to(first, Phase::Compile).await;
    let waiting = house.run_up_to(second, Phase::Compile).await;
    assert_eq!(stop(&house, second).await, StopHow::Cancelled);
    assert_eq!(failure(waiting.await.unwrap()).code, ErrorCode::Stopped);
    send(pid, libc::SIGCONT);
    assert_eq!(blocked.await.unwrap().outcome, Outcome::Ready, "the first was not disturbed");
}

#[tokio::test]
async fn closing_a_tab_ends_what_it_does() {
    let mut house = House::new();
    let tab = house.tab(SPIN).await;
    house.configure(tab, |s| s.limits.call_ms = 0).await;
    house.run_well(tab).await;
    let pid = house.pid_of("watshop-runner").await;
    let call = house.begin_call(tab, "spin").await;
    house.ask(CloseTab { tab }).await.unwrap();
    assert_eq!(failure(call.await.unwrap()).code, ErrorCode::Stopped);
    assert!(!Path::new(&format!("/proc/{pid}")).exists(), "the runner is gone");
}
