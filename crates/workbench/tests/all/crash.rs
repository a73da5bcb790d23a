//! Processes that die: the person sees why, and nothing else is lost.

use watshop_protocol::page::registry::RunTab;
use watshop_protocol::page::{ErrorCode, Event, Phase};

use crate::house::{ADD_ONE, House, SPIN, failure, send, until};

#[tokio::test]
async fn a_compiler_that_is_killed_in_the_middle_is_an_error_and_the_next_compilation_works() {
    let mut house = House::new();
    let tab = house.tab(ADD_ONE).await;
    house.run_well(house.tab("(module)").await).await;
    let pid = house.pid_of("watshop-compiler-cranelift").await;
    // Stopped, it is surely in the middle when it is killed.
    send(pid, libc::SIGSTOP);
    let run = house.run_up_to(tab, Phase::Compile).await;
    send(pid, libc::SIGKILL);
    let error = failure(run.await.unwrap());
    assert_eq!(error.code, ErrorCode::CompilerCrashed);
    assert!(error.message.contains("SIGKILL"), "{error}");
    house.run_well(tab).await;
    assert_eq!(house.results(tab, "add_one", &["1"]).await, ["2"]);
}

#[tokio::test]
async fn a_compiler_that_died_between_two_jobs_is_not_noticed() {
    let house = House::new();
    house.run_well(house.tab("(module)").await).await;
    let pid = house.pid_of("watshop-compiler-cranelift").await;
    send(pid, libc::SIGKILL);
    until("its end", || (!std::path::Path::new(&format!("/proc/{pid}")).exists()).then_some(())).await;
    house.run_well(house.tab(ADD_ONE).await).await;
}

#[tokio::test]
async fn a_runner_that_dies_in_a_call_is_an_error_and_the_next_run_starts_anew() {
    let mut house = House::new();
    let tab = house.tab(SPIN).await;
    house.run_well(tab).await;
    let pid = house.pid_of("watshop-runner").await;
    let call = house.begin_call(tab, "spin").await;
    send(pid, libc::SIGKILL);
    let error = failure(call.await.unwrap());
    assert_eq!(error.code, ErrorCode::RunnerCrashed);
    assert!(error.message.contains("SIGKILL"), "{error}");
    house
        .event("the instance is gone", |e| matches!(e, Event::Instance { instance: None, .. }).then_some(()))
        .await;
    assert_eq!(house.call(tab, "answer", &[]).await.unwrap_err().code, ErrorCode::NoInstance);
    house.ask(RunTab { tab }).await.unwrap();
    assert_eq!(house.results(tab, "answer", &[]).await, ["42"]);
}

#[tokio::test]
async fn a_runner_that_dies_while_nobody_waits_is_told_of() {
    let mut house = House::new();
    let tab = house.tab(SPIN).await;
    house.run_well(tab).await;
    send(house.pid_of("watshop-runner").await, libc::SIGKILL);
    house
        .event("the instance is gone", |e| matches!(e, Event::Instance { instance: None, .. }).then_some(()))
        .await;
    let code =
        house.event("why", |e| if let Event::Notice { error } = e { Some(error.code) } else { None }).await;
    assert_eq!(code, ErrorCode::RunnerCrashed);
    house.run_well(tab).await;
}
