//! Stop and the limits: nothing that a guest does holds a tab for ever.

use std::time::{Duration, Instant};

use watshop_protocol::page::registry::{ReadExports, ReadMemory, RunTab, StopTab};
use watshop_protocol::page::{ErrorCode, Event, RunState, StopHow};

use crate::house::{House, SPIN, failure, send};

const SPIN_AT_START: &str = "(module (func $spin (loop (br 0))) (start $spin))";

async fn calling(house: &mut House) {
    house
        .event("a call begins", |e| {
            matches!(e, Event::State { state: RunState::Calling { .. }, .. }).then_some(())
        })
        .await;
}

#[tokio::test]
async fn stop_interrupts_a_loop_and_leaves_the_instance() {
    let mut house = House::new();
    let tab = house.tab(SPIN).await;
    assert_eq!(house.ask(StopTab { tab }).await.unwrap().how, StopHow::Idle);
    house.run_well(tab).await;
    let workbench = house.workbench.clone();
    let call = tokio::spawn(async move {
        let params = serde_json::json!({ "tab": tab, "export": "spin", "arguments": [] });
        watshop_protocol::page::dispatch(&workbench, "tab.call", params, vec![]).await
    });
    calling(&mut house).await;
    // Read in the middle of it.
    let (_, bytes) = house
        .ask_with(ReadMemory { tab, memory: "memory".into(), offset: "16".into(), length: 7 }, vec![])
        .await
        .unwrap();
    assert_eq!(bytes, b"watshop");
    assert_eq!(house.call(tab, "answer", &[]).await.unwrap_err().code, ErrorCode::Busy);

    assert_eq!(house.ask(StopTab { tab }).await.unwrap().how, StopHow::Interrupted);
    let (report, _) = call.await.unwrap().unwrap();
    let error = failure(serde_json::from_value(report).unwrap());
    assert_eq!(error.code, ErrorCode::Stopped);
    assert!(error.frames.first().is_some_and(|f| f.at.line.is_some()), "where it was: {error:?}");
    let view = house.ask(ReadExports { tab }).await.unwrap();
    assert_eq!(view.generation, 1);
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
    let workbench = house.workbench.clone();
    let run = tokio::spawn(async move {
        watshop_protocol::page::dispatch(&workbench, "tab.run", serde_json::json!({ "tab": tab }), vec![])
            .await
    });
    let instantiating = |event: &Event| match event {
        Event::State {
            state: RunState::Running { phase: watshop_protocol::page::Phase::Instantiate, .. },
            ..
        } => Some(()),
        _ => None,
    };
    house.event("it instantiates", instantiating).await;
    assert_ne!(house.ask(StopTab { tab }).await.unwrap().how, StopHow::Idle);
    let (report, _) = run.await.unwrap().unwrap();
    assert_eq!(failure(serde_json::from_value(report).unwrap()).code, ErrorCode::Stopped);
    assert!(house.view(tab).await.instance.is_none());
}

#[tokio::test]
async fn a_runner_that_does_not_answer_is_killed_and_the_next_run_starts_anew() {
    let mut house = House::new();
    let tab = house.tab(SPIN).await;
    house.run_well(tab).await;
    let pid = house.pid_of("watshop-runner").await;
    send(pid, libc::SIGSTOP);
    let call = house.call(tab, "answer", &[]);
    let stop = async {
        // Only when the call is there, there is something to stop.
        while house.ask(StopTab { tab }).await.unwrap().how != StopHow::Killed {
            tokio::task::yield_now().await;
        }
    };
    let (report, ()) = tokio::join!(call, stop);
    assert_eq!(failure(report.unwrap()).code, ErrorCode::Stopped);
    assert!(house.view(tab).await.instance.is_none());
    house
        .event("the instance is gone", |e| matches!(e, Event::Instance { instance: None, .. }).then_some(()))
        .await;
    house.run_well(tab).await;
    assert_ne!(house.pid_of("watshop-runner").await, pid);
    assert_eq!(house.results(tab, "answer", &[]).await, ["42"]);
}

#[tokio::test]
async fn a_compiler_that_does_not_give_up_is_killed_and_the_next_run_starts_anew() {
    let house = House::new();
    let (tab, other) = (house.tab(SPIN).await, house.tab("(module)").await);
    house.run_well(other).await;
    let pid = house.pid_of("watshop-compiler-cranelift").await;
    send(pid, libc::SIGSTOP);
    let began = Instant::now();
    let run = house.ask(RunTab { tab });
    let stop = async {
        while house.ask(StopTab { tab }).await.unwrap().how != StopHow::Cancelled {
            tokio::task::yield_now().await;
        }
    };
    let (report, ()) = tokio::join!(run, stop);
    assert_eq!(failure(report.unwrap()).code, ErrorCode::Stopped);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
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
    let workbench = house.workbench.clone();
    let blocked = tokio::spawn(async move {
        watshop_protocol::page::dispatch(&workbench, "tab.run", serde_json::json!({ "tab": first }), vec![])
            .await
    });
    let compiling = |event: &Event| match event {
        Event::State {
            tab,
            state: RunState::Running { phase: watshop_protocol::page::Phase::Compile, .. },
        } => (*tab == first).then_some(()),
        _ => None,
    };
    house.event("the first compiles", compiling).await;
    let stop = async {
        while house.ask(StopTab { tab: second }).await.unwrap().how != StopHow::Cancelled {
            tokio::task::yield_now().await;
        }
    };
    let (report, ()) = tokio::join!(house.ask(RunTab { tab: second }), stop);
    assert_eq!(failure(report.unwrap()).code, ErrorCode::Stopped);
    send(pid, libc::SIGCONT);
    let (report, _) = blocked.await.unwrap().unwrap();
    assert_eq!(report["outcome"]["outcome"], "ready", "the first was not disturbed: {report}");
}

#[tokio::test]
async fn closing_a_tab_ends_what_it_does() {
    let mut house = House::new();
    let tab = house.tab(SPIN).await;
    house.configure(tab, |s| s.limits.call_ms = 0).await;
    house.run_well(tab).await;
    let pid = house.pid_of("watshop-runner").await;
    let workbench = house.workbench.clone();
    let call = tokio::spawn(async move {
        let params = serde_json::json!({ "tab": tab, "export": "spin", "arguments": [] });
        watshop_protocol::page::dispatch(&workbench, "tab.call", params, vec![]).await
    });
    calling(&mut house).await;
    house.ask(watshop_protocol::page::registry::CloseTab { tab }).await.unwrap();
    call.await.unwrap().unwrap();
    assert!(!std::path::Path::new(&format!("/proc/{pid}")).exists(), "the runner is gone");
}
