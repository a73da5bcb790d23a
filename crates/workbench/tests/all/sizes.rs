//! Small modules with many or large parts: every message about them has a bound.

use std::fmt::Write as _;

use watshop_protocol::bounds::{MOST_NAME, MOST_ROWS};
use watshop_protocol::page::{ErrorCode, Event, TabId};
use watshop_protocol::registry::{
    Call, ConfigureTab, GetTab, ListExports, ListImports, OpenBytes, ProvideAll, ReadCode,
    RemoveUnused, RunTab,
};

use crate::fixture::{Fixture, failure};

/// The bytes of any message about these modules, though a module may have a megabyte.
const SMALL: usize = 400_000;

/// A module that exports one function of many parameters by many names.
fn exports(count: usize, params: usize) -> Vec<u8> {
    let mut text = format!("(module (func $f (param{}) unreachable)", " i32".repeat(params));
    for n in 0..count {
        let _ = write!(text, "(export \"f{n}\" (func $f))");
    }
    watshop_module::parse(&(text + ")")).unwrap()
}

fn imports(count: usize, params: usize) -> Vec<u8> {
    let mut text = format!("(module (type (func (param{})))", " i32".repeat(params));
    for n in 0..count {
        let _ = write!(text, "(import \"m\" \"f{n}\" (func (type 0)))");
    }
    watshop_module::parse(&(text + ")")).unwrap()
}

impl Fixture {
    async fn opened(&self, bytes: Vec<u8>) -> TabId {
        let call = OpenBytes { name: "large.wasm".into() };
        let (view, _) = self.ask_with(call, bytes).await.unwrap();
        view.summary.id
    }

    /// The bytes of a reply.
    async fn length<C: Call>(&self, call: C) -> usize {
        let params = serde_json::to_value(&call).unwrap();
        let reply = self.workbench.dispatch(C::METHOD.name(), params, vec![]).await;
        reply.unwrap().0.len()
    }

    /// The bytes of the longest event so far.
    async fn longest_event(&mut self) -> usize {
        let mut longest = 0;
        // A tab of its own ends the events.
        let _ = self.tab("(module)").await;
        loop {
            let event = self.events.next().await.unwrap();
            longest = longest.max(serde_json::to_string(&*event).unwrap().len());
            if matches!(&*event, Event::Tabs { tabs } if tabs.last().unwrap().title != "large.wasm")
            {
                return longest;
            }
        }
    }
}

/// They made messages of 241 MB to every window with every answer about the tab.
#[tokio::test]
async fn twenty_thousand_exports_of_a_function_of_many_parameters_make_small_messages() {
    let mut fixture = Fixture::new();
    let tab = fixture.opened(exports(20_000, 40)).await;
    let view = fixture.view(tab).await;
    let list = view.module.unwrap().exports;
    assert_eq!((list.count, list.exports.len(), list.types.len()), (20_000, 1000, 1));
    assert!(fixture.length(GetTab { tab }).await < SMALL);

    let of = |wanted: &str, from| ListExports { tab, wanted: wanted.into(), functions: true, from };
    let found = fixture.ask(of("F1999", 0)).await.unwrap();
    assert_eq!((found.count, found.exports.len()), (11, 11), "in upper or lower case");
    fixture.run_well(tab).await;
    let instance = fixture.view(tab).await.instance.unwrap().exports;
    assert_eq!((instance.count, instance.exports.len()), (20_000, 1000));
    let found = fixture.ask(of("F1999", 0)).await.unwrap();
    assert_eq!((found.count, found.exports.len()), (11, 11), "the runner searches as well");
    let last = fixture.ask(of("", 19_000)).await.unwrap();
    assert_eq!((last.count, last.exports.len()), (20_000, 1000));
    assert_eq!(last.exports.last().unwrap().name, "f19999");
    let arguments = vec!["0"; 40];
    fixture.call(tab, "f19999", &arguments).await.unwrap();
    assert!(fixture.length(GetTab { tab }).await < SMALL);
    assert!(fixture.longest_event().await < SMALL);
}

/// They killed the workbench at 4 GB.
#[tokio::test]
async fn many_imports_come_by_page_and_are_searched_in_the_workbench() {
    let mut fixture = Fixture::new();
    let tab = fixture.opened(imports(20_000, 40)).await;
    let list =
        |wanted: Option<&str>, from| ListImports { tab, wanted: wanted.map(Into::into), from };
    let view = fixture.ask(list(None, None)).await.unwrap();
    assert_eq!((view.count, view.found, view.missing), (20_000, 20_000, 20_000));
    assert_eq!((view.imports.len(), view.types.len()), (MOST_ROWS as usize, 1));
    assert!(view.imports[0].text.ends_with("i32, … 40 in all)"), "{}", view.imports[0].text);
    let next = fixture.ask(list(None, Some(MOST_ROWS))).await.unwrap();
    assert_eq!(next.imports[0].name, format!("f{MOST_ROWS}"));
    let found = fixture.ask(list(Some("M.f1999"), None)).await.unwrap();
    assert_eq!((found.count, found.found, found.imports.len()), (20_000, 11, 11));
    assert!(fixture.length(list(None, None)).await < SMALL);

    let error = failure(fixture.ask(RunTab { tab }).await.unwrap());
    assert_eq!((error.code, error.imports.len()), (ErrorCode::MissingImports, 100));
    assert!(error.message.contains("20000 imports"), "{}", error.message);

    let choices = fixture.ask(ProvideAll { tab }).await.unwrap();
    assert_eq!((choices.count, choices.choices.len()), (20_000, MOST_ROWS as usize));
    let view = fixture.ask(list(None, None)).await.unwrap();
    assert_eq!((view.missing, view.wrong, view.unused_count), (0, 0, 0));
    let mut settings = fixture.view(tab).await.settings;
    for provision in &mut settings.imports.provisions[..15_000] {
        provision.module = "other".into();
    }
    fixture.ask(ConfigureTab { tab, settings }).await.unwrap();
    let view = fixture.ask(list(None, None)).await.unwrap();
    assert_eq!((view.unused_count, view.unused.len()), (15_000, MOST_ROWS as usize));
    fixture.ask(RemoveUnused { tab }).await.unwrap();
    let view = fixture.ask(list(None, None)).await.unwrap();
    assert_eq!((view.unused_count, view.missing), (0, 15_000));
    assert!(fixture.longest_event().await < 4_000_000, "the import object is the longest");
}

/// The event about it went to every window, however large it was.
#[tokio::test]
async fn an_import_object_that_is_too_large_for_an_event_is_refused() {
    let fixture = Fixture::new();
    let tab = fixture.tab("(module)").await;
    let mut settings = fixture.view(tab).await.settings;
    let script = serde_json::json!({
        "module": "m", "name": "f", "provider": { "provide": "javascript", "source": "x".repeat(200_000) },
    });
    for n in 0..50 {
        let mut provision = script.clone();
        provision["name"] = format!("f{n}").into();
        settings.imports.provisions.push(serde_json::from_value(provision).unwrap());
    }
    let error = fixture.ask(ConfigureTab { tab, settings }).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::MessageTooLarge);
    assert!(fixture.view(tab).await.settings.imports.provisions.is_empty());
}

/// The code of 24 functions with names of 40,000 letters was a list of a megabyte.
#[tokio::test]
async fn long_names_are_short_where_they_are_shown() {
    let fixture = Fixture::new();
    let name = "x".repeat(40_000);
    let text =
        format!("(module (func $f{name} unreachable) (func (export \"{name}\") call $f{name}))");
    let tab = fixture.opened(watshop_module::parse(&text).unwrap()).await;
    fixture.run_well(tab).await;
    let short = |name: &str| name.chars().count() < MOST_NAME as usize;
    let code = fixture.ask(ReadCode { tab }).await.unwrap();
    assert_eq!(code.functions.len(), 2);
    for function in &code.functions {
        let name = function.name.as_ref().unwrap();
        assert!(short(name) && name.contains("… (400"), "{name}");
    }
    let report = fixture.call(tab, &name, &[]).await.unwrap();
    assert!(short(report.record.export.as_ref().unwrap()));
    let error = failure(report);
    assert_eq!(error.frames.len(), 2);
    assert!(error.frames.iter().all(|frame| short(frame.name.as_ref().unwrap())));
    let error = fixture.call(tab, &format!("{name}y"), &[]).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::UnknownExport);
    assert!(error.message.len() < 400, "{}", error.message);
}

/// A name of 40,000 letters that is called 26,000 times was printed as a gigabyte.
#[tokio::test]
async fn a_binary_whose_text_would_be_too_long_is_shown_without_it() {
    let fixture = Fixture::new();
    let name = "x".repeat(40_000);
    let text = format!("(module (func ${name}) (func {}))", format!("call ${name} ").repeat(1000));
    let tab = fixture.opened(watshop_module::parse(&text).unwrap()).await;
    let view = fixture.view(tab).await;
    assert_eq!((view.text, view.module.unwrap().functions), (None, 2));
    fixture.run_well(tab).await;
}
