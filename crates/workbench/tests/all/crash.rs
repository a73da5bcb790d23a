//! Tests of processes that die: the person sees why, and nothing else is lost.

use watshop_protocol::instance::{PageRequest as _, ReadExports};
use watshop_protocol::page::{ErrorCode, Event, Phase, StopHow, TrapKind};
use watshop_protocol::registry::{CallMany, RunTab, StopTab};

use crate::house::{ADD_ONE, House, SPIN, failure, send, until};

#[tokio::test]
async fn a_compiler_that_is_killed_in_the_middle_is_an_error_and_the_next_compilation_works() {
    let mut house = House::new();
    let tab = house.tab(ADD_ONE).await;
    house.run_well(house.tab("(module)").await).await;
    let pid = house.pid_of("watshop-compiler-cranelift").await;
    // A stopped process is surely in the middle when it is killed.
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
    until("its end", || (!std::path::Path::new(&format!("/proc/{pid}")).exists()).then_some(()))
        .await;
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
        .event("the instance is gone", |e| {
            matches!(e, Event::Instance { instance: None, .. }).then_some(())
        })
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
        .event("the instance is gone", |e| {
            matches!(e, Event::Instance { instance: None, .. }).then_some(())
        })
        .await;
    let code = house
        .event("why", |e| if let Event::Notice { error } = e { Some(error.code) } else { None })
        .await;
    assert_eq!(code, ErrorCode::RunnerCrashed);
    house.run_well(tab).await;
}

/// A module that throws and catches in each call, so that the stack ends while the runtime unwinds
/// it.
const DEEP: &str = "(module
  (tag $e)
  (func $work (block $h (try_table (catch $e $h) (throw $e))))
  (func $deep (export \"deep\") (call $work) (call $deep))
  (func (export \"again\") (result i32) (call $work) (i32.const 7)))";

#[tokio::test]
async fn a_runner_that_ends_with_a_trap_is_told_as_the_trap_and_the_next_run_starts_anew() {
    let mut house = House::new();
    let tab = house.tab(DEEP).await;
    house
        .configure(tab, |settings| {
            settings.proposals.exceptions = true;
            settings.limits.stack_kib = 64;
        })
        .await;
    for times in [None, Some(3)] {
        house.run_well(tab).await;
        let pid = house.pid_of("watshop-runner").await;
        let call = match times {
            None => house.call(tab, "deep", &[]).await.unwrap(),
            Some(times) => house
                .ask(CallMany { tab, export: "deep".into(), arguments: vec![], times })
                .await
                .unwrap(),
        };
        let error = failure(call);
        assert_eq!(
            (error.code, error.trap),
            (ErrorCode::Trap, Some(TrapKind::StackOverflow)),
            "{error:?}"
        );
        assert!(error.message.contains("this instance was ended"), "{error}");
        assert_eq!(house.view(tab).await.instance, None);
        assert_eq!(house.call(tab, "again", &[]).await.unwrap_err().code, ErrorCode::NoInstance);
        until("its end", || {
            (!std::path::Path::new(&format!("/proc/{pid}")).exists()).then_some(())
        })
        .await;
    }
    house.run_well(tab).await;
    assert_eq!(house.results(tab, "again", &[]).await, ["7"]);
    // The death of the process must not be reported a second time.
    let again = |event: &Event| match event {
        Event::Notice { error } => panic!("{error}"),
        Event::Finished { report, .. } => {
            (report.record.export.as_deref() == Some("again")).then_some(())
        }
        _ => None,
    };
    house.event("the last call", again).await;
}

#[tokio::test]
async fn a_start_function_that_ends_the_runner_fails_the_run_and_the_next_run_starts_anew() {
    let house = House::new();
    let tab = house.tab(&DEEP.replace("(tag $e)", "(tag $e) (start $deep)")).await;
    house.configure(tab, |settings| settings.proposals.exceptions = true).await;
    for _ in 0..2 {
        let error = house.run_badly(tab).await;
        assert_eq!(
            (error.code, error.trap),
            (ErrorCode::Trap, Some(TrapKind::StackOverflow)),
            "{error:?}"
        );
        assert_eq!(house.view(tab).await.instance, None);
    }
}

/// Looks were never answered, and nothing but the end of Watshop ended the process.
#[tokio::test]
async fn a_runner_that_is_frozen_is_told_of_by_its_number_and_stop_ends_it() {
    let mut house = House::new();
    let tab = house.tab(SPIN).await;
    house.run_well(tab).await;
    let pid = house.pid_of("watshop-runner").await;
    send(pid, libc::SIGSTOP);
    let began = std::time::Instant::now();
    let look = async || house.ask(ReadExports {}.in_tab(tab)).await;
    let (one, two) = tokio::join!(look(), look());
    for answer in [one, two] {
        let error = answer.unwrap_err();
        assert_eq!(error.code, ErrorCode::RunnerSilent);
        assert!(error.message.contains(&format!("process {pid}")), "{error}");
    }
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    assert_eq!(house.ask(StopTab { tab }).await.unwrap().how, StopHow::Killed);
    house
        .event("the instance is gone", |e| {
            matches!(e, Event::Instance { instance: None, .. }).then_some(())
        })
        .await;
    house.run_well(tab).await;
    assert_eq!(house.ask(StopTab { tab }).await.unwrap().how, StopHow::Idle, "it answers");
    house.ask(ReadExports {}.in_tab(tab)).await.unwrap();
}
