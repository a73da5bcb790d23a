//! The functions of a module that is too large to be shown as text.

use watshop_protocol::page::{ErrorCode, TabId};
use watshop_protocol::registry::{ListFunctions, OpenBytes, ReadFunction};

use crate::fixture::Fixture;

fn list(tab: TabId, wanted: &str, from: u32) -> ListFunctions {
    ListFunctions { tab, wanted: Some(wanted.into()), from: Some(from) }
}

#[tokio::test]
async fn functions_of_a_large_module_are_listed_and_read_one_by_one() {
    let fixture = Fixture::new();
    let many = "(func nop)".repeat(40_000);
    let text = format!("(module {many} (func $last (export \"end\") (result i32) i32.const 42))");
    let binary = watshop_module::parse(&text).unwrap();
    let (view, _) =
        fixture.ask_with(OpenBytes { name: "large.wasm".into() }, binary).await.unwrap();
    let tab = view.summary.id;
    assert!(view.text.is_none(), "it is shown as text, and so no test of this");

    let all = fixture.ask(ListFunctions { tab, wanted: None, from: None }).await.unwrap();
    assert_eq!((all.functions.len(), all.found), (1000, 40_001));
    let found = fixture.ask(list(tab, "LAST", 0)).await.unwrap();
    assert_eq!((found.functions[0].index, found.found), (40_000, 1));
    assert_eq!(fixture.ask(list(tab, "", 40_000)).await.unwrap().functions, found.functions);

    let read = fixture.ask(ReadFunction { tab, function: 40_000 }).await.unwrap();
    assert_eq!(read.text, "(func $last (;40000;) (type 1) (result i32)\n  i32.const 42\n)");
    let missing = fixture.ask(ReadFunction { tab, function: 40_001 }).await.unwrap_err();
    assert_eq!(missing.code, ErrorCode::BadRequest);
}

#[tokio::test]
async fn the_functions_of_a_text_are_those_of_its_binary() {
    let fixture = Fixture::new();
    let tab = fixture.tab("(module (func $one (nop)))").await;
    assert_eq!(fixture.ask(list(tab, "", 0)).await.unwrap().found, 1);
    let read = fixture.ask(ReadFunction { tab, function: 0 }).await.unwrap();
    assert_eq!(read.text, "(func $one (;0;) (type 0)\n  nop\n)");
    let broken = fixture.tab("(module (func").await;
    let error = fixture.ask(list(broken, "", 0)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::MalformedText);
}
