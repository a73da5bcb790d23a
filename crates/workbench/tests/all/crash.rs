//! Tests of processes that die: the person sees why, and nothing else is lost.

use watshop_protocol::instance::{PageRequest as _, ReadExports};
use watshop_protocol::page::{ErrorCode, Event, Phase, StopHow, TrapKind};
use watshop_protocol::registry::{CallMany, RunTab, StopTab};

use crate::fixture::{ADD_ONE, Fixture, SPIN, failure, send, until};

#[tokio::test]
async fn a_compiler_that_is_killed_in_the_middle_is_an_error_and_the_next_compilation_works() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    fixture.run_well(fixture.tab("(module)").await).await;
    let pid = fixture.pid_of("watshop-compiler-cranelift").await;
    // A stopped process is surely in the middle when it is killed.
    send(pid, libc::SIGSTOP);
    let run = fixture.run_up_to(tab, Phase::Compile).await;
    send(pid, libc::SIGKILL);
    let error = failure(run.await.unwrap());
    assert_eq!(error.code, ErrorCode::CompilerCrashed);
    assert!(error.message.contains("SIGKILL"), "{error}");
    fixture.run_well(tab).await;
    assert_eq!(fixture.results(tab, "add_one", &["1"]).await, ["2"]);
}

#[tokio::test]
async fn a_compiler_that_died_between_two_jobs_is_not_noticed() {
    let fixture = Fixture::new();
    fixture.run_well(fixture.tab("(module)").await).await;
    let pid = fixture.pid_of("watshop-compiler-cranelift").await;
    send(pid, libc::SIGKILL);
    until("its end", || (!std::path::Path::new(&format!("/proc/{pid}")).exists()).then_some(()))
        .await;
    fixture.run_well(fixture.tab(ADD_ONE).await).await;
}

#[tokio::test]
async fn a_runner_that_dies_in_a_call_is_an_error_and_the_next_run_starts_anew() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.run_well(tab).await;
    let pid = fixture.pid_of("watshop-runner").await;
    let call = fixture.begin_call(tab, "spin").await;
    send(pid, libc::SIGKILL);
    let error = failure(call.await.unwrap());
    assert_eq!(error.code, ErrorCode::RunnerCrashed);
    assert!(error.message.contains("SIGKILL"), "{error}");
    fixture
        .event("the instance is gone", |e| {
            matches!(e, Event::Instance { instance: None, .. }).then_some(())
        })
        .await;
    assert_eq!(fixture.call(tab, "answer", &[]).await.unwrap_err().code, ErrorCode::NoInstance);
    fixture.ask(RunTab { tab }).await.unwrap();
    assert_eq!(fixture.results(tab, "answer", &[]).await, ["42"]);
}

#[tokio::test]
async fn a_runner_that_dies_while_nobody_waits_is_told_of() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.run_well(tab).await;
    send(fixture.pid_of("watshop-runner").await, libc::SIGKILL);
    fixture
        .event("the instance is gone", |e| {
            matches!(e, Event::Instance { instance: None, .. }).then_some(())
        })
        .await;
    let code = fixture
        .event("why", |e| if let Event::Notice { error } = e { Some(error.code) } else { None })
        .await;
    assert_eq!(code, ErrorCode::RunnerCrashed);
    fixture.run_well(tab).await;
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
    let mut fixture = Fixture::new();
    let tab = fixture.tab(DEEP).await;
    fixture
        .configure(tab, |settings| {
            settings.proposals.exceptions = true;
            settings.limits.stack_kib = 64;
        })
        .await;
    for times in [None, Some(3)] {
        fixture.run_well(tab).await;
        let pid = fixture.pid_of("watshop-runner").await;
        let call = match times {
            None => fixture.call(tab, "deep", &[]).await.unwrap(),
            Some(times) => fixture
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
        assert_eq!(fixture.view(tab).await.instance, None);
        assert_eq!(fixture.call(tab, "again", &[]).await.unwrap_err().code, ErrorCode::NoInstance);
        until("its end", || {
            (!std::path::Path::new(&format!("/proc/{pid}")).exists()).then_some(())
        })
        .await;
    }
    fixture.run_well(tab).await;
    assert_eq!(fixture.results(tab, "again", &[]).await, ["7"]);
    // The death of the process must not be reported a second time.
    let again = |event: &Event| match event {
        Event::Notice { error } => panic!("{error}"),
        Event::Finished { report, .. } => {
            (report.record.export.as_deref() == Some("again")).then_some(())
        }
        _ => None,
    };
    fixture.event("the last call", again).await;
}

#[tokio::test]
async fn a_start_function_that_ends_the_runner_fails_the_run_and_the_next_run_starts_anew() {
    let fixture = Fixture::new();
    let tab = fixture.tab(&DEEP.replace("(tag $e)", "(tag $e) (start $deep)")).await;
    fixture.configure(tab, |settings| settings.proposals.exceptions = true).await;
    for _ in 0..2 {
        let error = fixture.run_badly(tab).await;
        assert_eq!(
            (error.code, error.trap),
            (ErrorCode::Trap, Some(TrapKind::StackOverflow)),
            "{error:?}"
        );
        assert_eq!(fixture.view(tab).await.instance, None);
    }
}

#[tokio::test]
async fn a_compiler_that_is_frozen_is_told_of_by_its_number_and_stop_ends_it() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    fixture.run_well(fixture.tab("(module)").await).await;
    let pid = fixture.pid_of("watshop-compiler-cranelift").await;
    send(pid, libc::SIGSTOP);
    let run = fixture.run_up_to(tab, Phase::Compile).await;
    let error = fixture
        .event("it is told of", |event| match event {
            Event::Silent { tab: of, error } if *of == tab => Some(error.clone()),
            _ => None,
        })
        .await;
    assert_eq!(error.code, ErrorCode::CompilerSilent);
    assert!(error.message.contains(&format!("Cranelift (process {pid})")), "{error}");
    assert_eq!(fixture.ask(StopTab { tab }).await.unwrap().how, StopHow::Cancelled);
    assert_eq!(failure(run.await.unwrap()).code, ErrorCode::Stopped);
    until("its end", || (!std::path::Path::new(&format!("/proc/{pid}")).exists()).then_some(()))
        .await;
    fixture.run_well(tab).await;
    assert_eq!(fixture.results(tab, "add_one", &["1"]).await, ["2"]);
}

/// Looks were never answered, and nothing but the end of Watshop ended the process.
#[tokio::test]
async fn a_runner_that_is_frozen_is_told_of_by_its_number_and_stop_ends_it() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.run_well(tab).await;
    let pid = fixture.pid_of("watshop-runner").await;
    send(pid, libc::SIGSTOP);
    let began = std::time::Instant::now();
    let look = async || fixture.ask(ReadExports {}.in_tab(tab)).await;
    let (one, two) = tokio::join!(look(), look());
    for answer in [one, two] {
        let error = answer.unwrap_err();
        assert_eq!(error.code, ErrorCode::RunnerSilent);
        assert!(error.message.contains(&format!("process {pid}")), "{error}");
    }
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    assert_eq!(fixture.ask(StopTab { tab }).await.unwrap().how, StopHow::Killed);
    fixture
        .event("the instance is gone", |e| {
            matches!(e, Event::Instance { instance: None, .. }).then_some(())
        })
        .await;
    fixture.run_well(tab).await;
    assert_eq!(fixture.ask(StopTab { tab }).await.unwrap().how, StopHow::Idle, "it answers");
    fixture.ask(ReadExports {}.in_tab(tab)).await.unwrap();
}
