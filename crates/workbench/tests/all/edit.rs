//! Tests of edits and checks, also by several pages at once.

use watshop_protocol::page::{ErrorCode, Event, SourceKind, TabId};
use watshop_protocol::registry::{ConfigureTab, EditTab, FormatTab, OpenBytes};

use crate::fixture::{ADD_ONE, Fixture};

fn edit(tab: TabId, text: &str) -> EditTab {
    EditTab { tab, text: text.into(), after: None, client: "page 1".into() }
}

#[tokio::test]
async fn an_edit_is_told_with_who_did_it_and_then_checked() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    let before = fixture.view(tab).await;
    assert!(before.problems.is_empty());
    assert_eq!(before.module.unwrap().exports.exports[0].name, "add_one");
    let revision =
        fixture.ask(edit(tab, "(module (func $f (result i32)))")).await.unwrap().revision;
    assert!(revision > before.revision);
    let (by, told, change) = fixture
        .event("the text", |event| match event {
            Event::Text { client, revision, change, .. } => {
                Some((client.clone(), *revision, change.clone()))
            }
            _ => None,
        })
        .await;
    assert_eq!((by.as_str(), told), ("page 1", revision));
    let change = change.unwrap();
    let mut text = ADD_ONE.to_owned();
    text.replace_range(change.from as usize..change.to as usize, &change.insert);
    assert_eq!(text, "(module (func $f (result i32)))");
    assert_eq!(change.length, text.len() as u64);
    let (problems, module) = fixture
        .event("the check", |event| match event {
            Event::Checked { revision: r, problems, module, .. } if *r == revision => {
                Some((problems.clone(), module.clone()))
            }
            _ => None,
        })
        .await;
    assert_eq!((problems[0].code, problems[0].at.line), (ErrorCode::InvalidModule, Some(1)));
    assert!(module.is_some());
    let same = fixture.ask(edit(tab, "(module (func $f (result i32)))")).await.unwrap().revision;
    assert_eq!(same, revision, "the same text is no change");
}

#[tokio::test]
async fn of_many_keys_the_last_is_checked() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab("(module)").await;
    let mut last = 0;
    for n in 0..200 {
        let text = format!("(module (func (export \"f{n}\")))");
        last = fixture.ask(edit(tab, &text)).await.unwrap().revision;
    }
    let module = fixture
        .event("the last check", |event| match event {
            Event::Checked { revision, module, .. } if *revision == last => Some(module.clone()),
            _ => None,
        })
        .await;
    assert_eq!(module.unwrap().exports.exports[0].name, "f199");
    assert_eq!(fixture.view(tab).await.text.unwrap(), "(module (func (export \"f199\")))");
}

#[tokio::test]
async fn proposals_are_checked_anew_when_they_change() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab("(module (func (param v128)))").await;
    assert!(fixture.view(tab).await.problems.is_empty());
    let mut settings = fixture.view(tab).await.settings;
    settings.proposals.simd = false;
    fixture.ask(ConfigureTab { tab, settings }).await.unwrap();
    let problems = fixture
        .event("problems", |event| match event {
            Event::Checked { problems, .. } if !problems.is_empty() => Some(problems.clone()),
            _ => None,
        })
        .await;
    assert_eq!(problems[0].code, ErrorCode::InvalidModule);
}

#[tokio::test]
async fn editing_a_binary_makes_it_text() {
    let mut fixture = Fixture::new();
    let binary = watshop_module::parse(ADD_ONE).unwrap();
    let (view, _) = fixture.ask_with(OpenBytes { name: "a.wasm".into() }, binary).await.unwrap();
    assert_eq!(view.summary.kind, SourceKind::Wasm);
    let (tab, printed) = (view.summary.id, view.text.unwrap());
    fixture.ask(edit(tab, &printed)).await.unwrap();
    assert_eq!(
        fixture.view(tab).await.summary.kind,
        SourceKind::Wasm,
        "the same text is no change"
    );
    fixture.ask(edit(tab, &format!("{printed}\n;; mine"))).await.unwrap();
    let kind = fixture
        .event("the row", |event| match event {
            Event::Tabs { tabs } => {
                tabs.iter().find(|t| t.id == tab && t.kind == SourceKind::Wat).map(|t| t.kind)
            }
            _ => None,
        })
        .await;
    assert_eq!(kind, SourceKind::Wat);
    fixture.run_well(tab).await;
    assert_eq!(fixture.results(tab, "add_one", &["1"]).await, ["2"]);
}

#[tokio::test]
async fn formatting_gives_text_and_changes_nothing() {
    let fixture = Fixture::new();
    let tab = fixture.tab("(module(func(export \"f\")))").await;
    let formatted = fixture.ask(FormatTab { tab }).await.unwrap().text;
    assert!(formatted.lines().count() > 1, "{formatted}");
    assert_eq!(fixture.view(tab).await.text.unwrap(), "(module(func(export \"f\")))");
    let broken = fixture.tab("(module").await;
    assert_eq!(
        fixture.ask(FormatTab { tab: broken }).await.unwrap_err().code,
        ErrorCode::MalformedText
    );
}
