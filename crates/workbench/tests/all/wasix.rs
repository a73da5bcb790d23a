//! Modules that import WASIX have a runner of their own, and the others do not.

use watshop_protocol::page::{ErrorCode, Outcome, Phase, StopHow};
use watshop_protocol::registry::{EditTab, ListImports, StopTab};

use crate::fixture::{Fixture, failure};

/// Ends with status 7.
const ENDS: &str = r#"(module
  (import "wasix_32v1" "proc_exit2" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start") (call $exit (i32.const 7))))"#;

const SLEEPS: &str = r#"(module
  (import "wasix_32v1" "thread_sleep" (func $sleep (param i64) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start") (drop (call $sleep (i64.const 3600000000000)))))"#;

const PLAIN: &str = r#"(module (func (export "answer") (result i32) (i32.const 42)))"#;

#[tokio::test]
async fn a_module_with_wasix_runs_in_its_own_runner_and_the_next_one_in_the_light_one() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ENDS).await;
    for _ in 0..2 {
        assert_eq!(fixture.run(tab).await.outcome, Outcome::Exited { status: 7 });
        fixture.pid_of("watshop-runner-wasix").await;
    }
    let edit = EditTab { tab, text: PLAIN.into(), after: None, client: "page 1".into() };
    fixture.ask(edit).await.unwrap();
    fixture.run_well(tab).await;
    assert_eq!(fixture.results(tab, "answer", &[]).await, ["42"]);
    fixture.pid_of("watshop-runner").await;
}

#[tokio::test]
async fn a_sleeping_program_of_wasix_is_stopped_and_its_process_lives() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SLEEPS).await;
    let run = fixture.run_up_to(tab, Phase::Call).await;
    assert_eq!(fixture.ask(StopTab { tab }).await.unwrap().how, StopHow::Interrupted);
    assert_eq!(failure(run.await.unwrap()).code, ErrorCode::Stopped);
}

#[tokio::test]
async fn a_runner_for_wasix_that_is_not_there_says_how_to_get_it() {
    let fixture = Fixture::new();
    std::fs::remove_file(fixture.program("watshop-runner-wasix")).unwrap();
    let tab = fixture.tab(ENDS).await;
    let error = fixture.run_badly(tab).await;
    assert_eq!(error.code, ErrorCode::WasixUnavailable);
    assert!(error.message.starts_with("This module needs WASIX"), "{error:?}");
    assert!(error.help.unwrap().contains("npm run build"));
    // The same tab runs as soon as its text needs no WASIX, and so does another one.
    let edit = EditTab { tab, text: PLAIN.into(), after: None, client: "page 1".into() };
    fixture.ask(edit).await.unwrap();
    fixture.run_well(tab).await;
    let plain = fixture.tab(PLAIN).await;
    fixture.run_well(plain).await;
}

#[tokio::test]
async fn the_imports_of_wasix_are_provided_and_so_is_the_memory_that_its_tools_import() {
    let fixture = Fixture::new();
    let text = r#"(module
      (import "wasix_32v1" "thread_id" (func (param i32) (result i32)))
      (import "env" "memory" (memory 1 2 shared))
      (import "env" "other" (func)))"#;
    let tab = fixture.tab(text).await;
    let view = fixture.ask(ListImports { tab, wanted: None, from: None }).await.unwrap();
    assert_eq!(view.missing, 1);
    let system: Vec<_> = view.imports.iter().map(|import| import.wasi).collect();
    assert_eq!(system, [true, true, false]);
    assert!(view.imports.iter().all(|import| import.problem.is_none()));
}
