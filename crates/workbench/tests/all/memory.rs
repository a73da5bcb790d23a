//! Tests of an instance's memory: read, searched and changed, also while its guest runs.

use serde_json::json;
use watshop_protocol::instance::{
    Address, CompareMemory, FillMemory, GrowMemory, MemoryRange, PageRequest as _, ReadMemory,
    SearchMemory, SurveyMemory, TakeSnapshot, WriteMemory,
};
use watshop_protocol::page::{ErrorCode, Event, Result, SnapshotKind, TabId};
use watshop_protocol::registry::{ReadSegments, StopTab};

use crate::fixture::{Fixture, SPIN};

const MODULE: &str = r#"(module
  (memory (export "memory") 1 2)
  (data $word (i32.const 100) "watshop") (data "passive")
  (func (export "put") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0))))"#;

async fn read(fixture: &Fixture, tab: TabId, offset: u64, length: u32) -> Result<Vec<u8>> {
    let read = ReadMemory { memory: "memory".into(), offset: Address(offset), length };
    fixture.ask_with(read.in_tab(tab), vec![]).await.map(|(_, bytes)| bytes)
}

async fn write(fixture: &Fixture, tab: TabId, offset: u64, bytes: &[u8]) -> Result<bool> {
    let write = WriteMemory { memory: "memory".into(), offset: Address(offset) };
    fixture
        .ask_with(write.in_tab(tab), bytes.to_vec())
        .await
        .map(|(written, _)| written.answer.running)
}

async fn instance() -> (Fixture, TabId) {
    let fixture = Fixture::new();
    let tab = fixture.tab(MODULE).await;
    fixture.run_well(tab).await;
    (fixture, tab)
}

#[tokio::test]
async fn what_the_page_writes_the_guest_reads_and_nothing_goes_past_the_end() {
    let (fixture, tab) = instance().await;
    assert!(!write(&fixture, tab, 16, &[7]).await.unwrap());
    assert_eq!(fixture.results(tab, "get", &["16"]).await, ["7"]);
    for offset in [65_536, 9_007_199_254_740_993, u64::MAX] {
        let outside = ErrorCode::OutOfBounds;
        assert_eq!(write(&fixture, tab, offset, &[1]).await.unwrap_err().code, outside, "{offset}");
        assert_eq!(read(&fixture, tab, offset, 1).await.unwrap_err().code, outside, "{offset}");
    }
    for offset in ["-1", "here"] {
        let params = json!({ "tab": tab, "memory": "memory", "offset": offset });
        let error = fixture.workbench.dispatch("memory.write", params, vec![1]).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::BadRequest, "{offset}");
        assert!(error.message.contains(&format!("`{offset}` is not an address")), "{error:?}");
    }
    let much = vec![0; (1 << 20) + 1];
    assert_eq!(write(&fixture, tab, 0, &much).await.unwrap_err().code, ErrorCode::BadRequest);
    let fill = FillMemory { memory: "memory".into(), offset: Address(65_530), length: Address(6) };
    fixture.ask_with(fill.clone().in_tab(tab), b"ab".to_vec()).await.unwrap();
    assert_eq!(read(&fixture, tab, 65528, 8).await.unwrap(), b"\0\0ababab");
    let far = FillMemory { length: Address(7), ..fill };
    assert_eq!(
        fixture.ask_with(far.in_tab(tab), b"ab".to_vec()).await.unwrap_err().code,
        ErrorCode::OutOfBounds
    );
}

#[tokio::test]
async fn without_an_instance_everything_says_so() {
    let fixture = Fixture::new();
    let tab = fixture.tab(MODULE).await;
    assert_eq!(write(&fixture, tab, 0, &[1]).await.unwrap_err().code, ErrorCode::NoInstance);
    let grow = GrowMemory { memory: "memory".into(), by: 1 }.in_tab(tab);
    assert_eq!(fixture.ask(grow).await.unwrap_err().code, ErrorCode::NoInstance);
    let segments = ReadSegments { tab, memory: "memory".into() };
    assert_eq!(fixture.ask(segments).await.unwrap_err().code, ErrorCode::NoInstance);
    // The tab is still free for a run.
    fixture.run_well(tab).await;
}

#[tokio::test]
async fn a_guest_that_runs_is_not_stopped_by_any_of_it_and_growing_waits_for_its_end() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(SPIN).await;
    fixture.run_well(tab).await;
    let call = fixture.begin_call(tab, "spin").await;
    assert!(write(&fixture, tab, 32, b"now").await.unwrap(), "it tells that a guest runs");
    let memory = || "memory".to_owned();
    let (start, end) = (Address(0), Address(u64::MAX));
    let search = SearchMemory { memory: memory(), start, end, backwards: false, most: 10 };
    let (found, _) = fixture.ask_with(search.in_tab(tab), b"now".to_vec()).await.unwrap();
    assert_eq!((found.answer.found, found.answer.next), (vec![Address(32)], None));
    fixture
        .ask(TakeSnapshot { memory: memory(), kind: SnapshotKind::Mark }.in_tab(tab))
        .await
        .unwrap();
    let (offset, bucket) = (Address(0), Address(32_768));
    let survey = SurveyMemory { memory: memory(), offset, bucket, most: 9 };
    let (_, hashes) = fixture.ask_with(survey.in_tab(tab), vec![]).await.unwrap();
    assert_eq!(
        (hashes.len(), &hashes[8..]),
        (16, &[0; 8][..]),
        "two buckets, of which the second is empty"
    );
    let grow = GrowMemory { memory: memory(), by: 1 }.in_tab(tab);
    assert_eq!(fixture.ask(grow.clone()).await.unwrap_err().code, ErrorCode::Busy);
    assert!(!call.is_finished());
    fixture.ask(StopTab { tab }).await.unwrap();
    let _ = call.await.unwrap();
    assert_eq!(fixture.ask(grow).await.unwrap().answer.pages, 2);
}

#[tokio::test]
async fn growth_is_told_to_every_page_and_ends_at_the_maximum() {
    let (mut fixture, tab) = instance().await;
    fixture.events = fixture.workbench.subscribe();
    let grow = GrowMemory { memory: "memory".into(), by: 1 }.in_tab(tab);
    assert_eq!(fixture.ask(grow.clone()).await.unwrap().answer.pages, 2);
    let size = fixture
        .event("the larger memory", |event| match event {
            Event::Instance { instance: Some(instance), .. } => {
                instance.exports.exports.iter().find(|export| export.name == "memory")?.size
            }
            _ => None,
        })
        .await;
    assert_eq!(size, 2);
    let error = fixture.ask(grow.clone()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::MemoryLimit);
    assert!(error.help.is_some(), "{error:?}");
    let other = GrowMemory { memory: "put".into(), by: 1 }.in_tab(tab);
    assert_eq!(fixture.ask(other).await.unwrap_err().code, ErrorCode::UnknownExport);
}

#[tokio::test]
async fn changes_since_the_last_call_are_those_of_that_call() {
    let (fixture, tab) = instance().await;
    let kind = SnapshotKind::Call;
    let (offset, length) = (Address(0), Address(u64::MAX));
    let compare =
        CompareMemory { memory: "memory".into(), kind, offset, length, most: 5 }.in_tab(tab);
    assert_eq!(fixture.ask(compare.clone()).await.unwrap_err().code, ErrorCode::BadRequest);
    fixture.ask(TakeSnapshot { memory: "memory".into(), kind }.in_tab(tab)).await.unwrap();
    fixture.results(tab, "put", &["5", "1"]).await;
    fixture.results(tab, "put", &["6", "1"]).await;
    let (changed, told) = fixture.ask_with(compare.clone(), Vec::new()).await.unwrap();
    assert_eq!(changed.answer.ranges, [MemoryRange { offset: Address(6), length: Address(1) }]);
    assert_eq!(told, [[0; 8], [1, 0, 0, 0, 0, 0, 0, 0]].concat(), "what was there, and what is");
    // Another instance has not changed anything yet, and has no snapshot of its own.
    fixture.run_well(tab).await;
    assert_eq!(fixture.ask(compare).await.unwrap_err().code, ErrorCode::BadRequest);
}

#[tokio::test]
async fn data_segments_are_those_of_the_module_that_runs() {
    let (fixture, tab) = instance().await;
    let segments = fixture.ask(ReadSegments { tab, memory: "memory".into() }).await.unwrap();
    assert_eq!(segments.count, 1);
    let word = &segments.segments[0];
    assert_eq!(
        (word.name.as_deref(), word.offset, word.length),
        (Some("word"), Some(Address(100)), 7)
    );
    assert_eq!(read(&fixture, tab, 100, 7).await.unwrap(), b"watshop");
    let other = ReadSegments { tab, memory: "other".into() };
    assert_eq!(fixture.ask(other).await.unwrap_err().code, ErrorCode::UnknownExport);
}
