//! Tests of the exports of an instance: they are called many times, set and grown. A running guest
//! does not delay a reader.

use watshop_protocol::instance::{
    GrowTable, InTab, PageRequest as _, ReadTable, SetElement, SetGlobal,
};
use watshop_protocol::page::{ErrorCode, Event, Outcome, RunState, TabId, TableEntry};
use watshop_protocol::registry::{CallMany, StopTab};

use crate::fixture::{Fixture, SPIN, failure};

const TABLE: &str = "(module
  (table (export \"table\") 2 3 funcref)
  (elem (i32.const 0) $named)
  (func $named (export \"answer\") (result i32) (i32.const 42)))";

fn many(tab: TabId, export: &str, times: u32) -> CallMany {
    CallMany { tab, export: export.into(), arguments: Vec::new(), times }
}

fn set(tab: TabId, value: &str) -> InTab<SetGlobal> {
    SetGlobal { global: "turns".into(), value: value.into() }.in_tab(tab)
}

#[tokio::test]
async fn many_calls_are_one_record_with_figures() {
    let fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    assert_eq!(fixture.ask(many(tab, "answer", 5)).await.unwrap_err().code, ErrorCode::NoInstance);
    fixture.run_well(tab).await;
    let report = fixture.ask(many(tab, "answer", 500)).await.unwrap();
    let figures = report.record.figures.unwrap();
    assert_eq!(figures.calls, 500);
    assert_eq!(report.record.timings.call.unwrap() / 500, figures.mean_ns);
    assert!(matches!(&report.outcome, Outcome::Returned { results } if results[0].value == "42"));
    let history = fixture.view(tab).await.history;
    assert_eq!(history.last(), Some(&report.record));
    assert_eq!(history.len(), 2);
    for times in [0, 10_000_001] {
        assert_eq!(
            fixture.ask(many(tab, "answer", times)).await.unwrap_err().code,
            ErrorCode::BadRequest
        );
    }
}

#[tokio::test]
async fn many_calls_tell_how_far_they_are_and_can_be_stopped() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.run_well(tab).await;
    let params = serde_json::to_value(many(tab, "answer", 10_000_000)).unwrap();
    let calls = fixture.begin("tab.call_many", params);
    let done = fixture
        .event("how far the calls are", |event| match event {
            Event::State { state: RunState::Calling { repeats: Some(repeats), .. }, .. } => {
                (repeats.done > 0).then_some(repeats.done)
            }
            _ => None,
        })
        .await;
    fixture.ask(StopTab { tab }).await.unwrap();
    let report = calls.await.unwrap();
    assert!(report.record.figures.unwrap().calls >= done);
    assert_eq!(failure(report).code, ErrorCode::Stopped);
    assert_eq!(fixture.view(tab).await.state, RunState::Idle);
}

#[tokio::test]
async fn a_global_is_set_for_everybody_and_not_while_a_guest_runs() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.run_well(tab).await;
    let view = fixture.ask(set(tab, "-7")).await.unwrap();
    assert_eq!(fixture.view(tab).await.instance, Some(view));
    let told = fixture
        .event("the instance with its new value", |event| match event {
            Event::Instance { instance: Some(instance), .. } => {
                let turns = instance.exports.exports.iter().find(|one| one.name == "turns")?;
                turns.value.as_ref().map(|value| value.value.clone()).filter(|value| value == "-7")
            }
            _ => None,
        })
        .await;
    assert_eq!(told, "-7");
    let call = fixture.begin_call(tab, "spin").await;
    assert_eq!(fixture.ask(set(tab, "1")).await.unwrap_err().code, ErrorCode::Busy);
    fixture.ask(StopTab { tab }).await.unwrap();
    call.await.unwrap();
    assert_eq!(fixture.ask(set(tab, "one")).await.unwrap_err().code, ErrorCode::ArgumentType);
    fixture.ask(set(tab, "1")).await.unwrap();
}

#[tokio::test]
async fn a_table_is_read_set_and_grown() {
    let fixture = Fixture::new();
    let tab = fixture.tab(TABLE).await;
    fixture.run_well(tab).await;
    let read = |length| ReadTable { table: "table".into(), offset: 0, length }.in_tab(tab);
    let entry = TableEntry::Export("answer".into());
    fixture.ask(SetElement { table: "table".into(), index: 1, entry }.in_tab(tab)).await.unwrap();
    fixture.ask(GrowTable { table: "table".into(), delta: 1 }.in_tab(tab)).await.unwrap();
    let piece = fixture.ask(read(10)).await.unwrap();
    let names: Vec<_> =
        piece.answer.elements.iter().map(|element| element.name.as_deref()).collect();
    assert_eq!((piece.generation, piece.answer.size), (1, 3));
    assert_eq!(names, [Some("named"), Some("named"), None]);
    assert_eq!(fixture.ask(read(1001)).await.unwrap_err().code, ErrorCode::BadRequest);
}
