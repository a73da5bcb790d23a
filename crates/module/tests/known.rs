//! The list of gaps and faults of Wasmer: its page, and the modules that each row concerns.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

use std::collections::HashSet;
use std::path::Path;

use watshop_module::known::{Effect, ROWS, markdown};

/// The test writes the page if `WATSHOP_UPDATE_KNOWN=1` is set.
#[test]
fn the_page_of_the_documentation_is_up_to_date() {
    let page = Path::new("../../docs/known.md");
    if std::env::var_os("WATSHOP_UPDATE_KNOWN").is_some() {
        std::fs::write(page, markdown()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(page).unwrap(), markdown());
}

#[test]
fn each_row_has_an_id_of_its_own_and_a_module_that_can_be_read() {
    let ids: HashSet<_> = ROWS.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), ROWS.len());
    for row in ROWS {
        assert!(watshop_module::parse(row.example).is_ok(), "{}", row.id);
        assert!(!row.title.ends_with('.') && row.instead.ends_with('.'), "{}", row.id);
    }
}

#[test]
fn a_module_is_told_what_concerns_it_and_nothing_else() {
    let told = |text: &str| {
        let summary = watshop_module::summarize(&watshop_module::parse(text).unwrap()).unwrap();
        summary.known.into_iter().map(|limit| limit.id).collect::<Vec<_>>()
    };
    let plain = r#"(module (import "m" "f" (func (result i32))) (table 1 funcref) (elem (i32.const 0) $g) (memory 1)
        (func $g (export "g") (result f64) (f64.const 1.5)))"#;
    assert_eq!(told(plain), Vec::<String>::new());
    // The module alone does not decide a row that depends on the target.
    for row in ROWS.iter().filter(|row| row.effect == Effect::Refused && row.only.is_none()) {
        assert!(
            told(row.example).contains(&row.id.to_owned()),
            "{}: {:?}",
            row.id,
            told(row.example)
        );
    }
    assert_eq!(told(r#"(module (memory i64 1) (table 1 funcref))"#), ["memory64"]);
    let exceptions = told(r#"(module (tag $t) (func (throw $t)))"#);
    assert_eq!(exceptions, ["exceptions", "exception_values"]);
}
