use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;

fn nothing() -> ExternType {
    ExternType::Function { params: Vec::new().into(), results: Vec::new().into() }
}

/// The kinds of provider with their fields, as they are on the wire.
fn on_the_wire() -> BTreeMap<String, BTreeSet<String>> {
    let schema = serde_json::to_value(schemars::schema_for!(Provider)).unwrap();
    let variants = schema["oneOf"].as_array().unwrap();
    let fields = |variant: &serde_json::Value| -> BTreeSet<String> {
        let names = variant["properties"].as_object().unwrap().keys();
        names.filter(|name| *name != "provide").cloned().collect()
    };
    let tag = |variant: &serde_json::Value| {
        variant["properties"]["provide"]["const"].as_str().unwrap().to_owned()
    };
    variants.iter().map(|variant| (tag(variant), fields(variant))).collect()
}

#[test]
fn every_kind_of_provider_is_described_with_all_that_it_is_given() {
    let kinds = Provider::kinds();
    let described = kinds.map(|kind| {
        let fields = kind.fields.iter().map(|field| field.name.to_owned()).collect::<BTreeSet<_>>();
        (kind.provide.to_owned(), fields)
    });
    assert_eq!(BTreeMap::from(described), on_the_wire());
    for sample in Provider::samples(&nothing()) {
        let tag = serde_json::to_value(&sample).unwrap()["provide"].take();
        assert_eq!(tag, sample.describe().provide, "{sample:?}");
    }
}

#[test]
fn the_words_to_choose_from_are_those_of_the_wire() {
    for sample in Provider::samples(&nothing()) {
        let kind = sample.describe();
        for field in kind.fields {
            let Control::Choice { options } = field.control else { continue };
            for option in options {
                let mut json = serde_json::to_value(&sample).unwrap();
                json[field.name] = option.value.into();
                let read = serde_json::from_value::<Provider>(json);
                assert!(read.is_ok(), "{} {} {}: {read:?}", kind.provide, field.name, option.value);
            }
        }
    }
}

#[test]
fn a_sample_of_what_an_import_asks_for_fits_it() {
    let (memory64, shared) = (false, true);
    for (import, provides) in [
        (ExternType::Memory { minimum: 2, maximum: Some(5), shared, memory64 }, Provides::Memories),
        (
            ExternType::Memory { minimum: 0, maximum: None, shared: false, memory64 },
            Provides::Memories,
        ),
        (
            ExternType::Table {
                element: ValueType::FuncRef,
                minimum: 3,
                maximum: Some(u64::from(u32::MAX)),
            },
            Provides::Tables,
        ),
        (ExternType::Global { value: ValueType::ExternRef, mutable: true }, Provides::Globals),
        (ExternType::Global { value: ValueType::V128, mutable: false }, Provides::Globals),
        (ExternType::Tag { params: vec![ValueType::I32].into() }, Provides::Tags),
    ] {
        let sample = Provider::sample(&import);
        assert_eq!(sample.describe().provides, provides);
        assert_eq!(sample.fits(&import), Ok(()), "{import}");
    }
}

#[test]
fn what_is_offered_fits_or_is_not_offered() {
    let (i32, i64, f64) = (ValueType::I32, ValueType::I64, ValueType::F64);
    for (params, results) in [
        (vec![], vec![]),
        (vec![i32, i32], vec![i32]),
        (vec![f64], vec![i64, ValueType::ExternRef, ValueType::V128]),
    ] {
        let counts = !results.is_empty();
        let import = ExternType::Function { params: params.into(), results: results.into() };
        let fitting =
            Provider::samples(&import).into_iter().filter(|sample| sample.fits(&import).is_ok());
        let kinds: Vec<_> = fitting.map(|sample| sample.describe().provide).collect();
        assert!(kinds.contains(&"javascript") && kinds.contains(&"value"), "{kinds:?}");
        assert_eq!(kinds.contains(&"counter"), counts, "{kinds:?}");
        assert!(!kinds.contains(&"memory") && !kinds.contains(&"tag"), "{kinds:?}");
    }
}

#[test]
fn a_script_takes_the_parameters_and_returns_zeros() {
    let (i64, f64) = (ValueType::I64, ValueType::F64);
    assert_eq!(script(0, &[]), "() => {}");
    assert_eq!(script(4, &[i64]), "(x, y, z, p3) => 0n");
    assert_eq!(script(1, &[i64, f64, ValueType::ExternRef]), "(x) => [0n, 0, null]");
}

/// The table of the kinds in `docs/imports.md`.
fn table() -> String {
    let mut text = "| provide | for | with |\n| --- | --- | --- |\n".to_owned();
    for ProviderKind { provide, provides, fields, about, .. } in Provider::kinds() {
        let provides = serde_json::to_value(provides).unwrap();
        let named = fields.iter().map(|field| match field.control {
            Control::Choice { options } => {
                let words: Vec<_> =
                    options.iter().map(|option| format!("`{}`", option.value)).collect();
                format!("`{}` ({})", field.name, words.join(", "))
            }
            _ => format!("`{}`", field.name),
        });
        let named = named.collect::<Vec<_>>().join(", ");
        let about = if about.is_empty() { String::new() } else { format!(": {about}") };
        text += &format!("| `{provide}` | {} | {named}{about} |\n", provides.as_str().unwrap());
    }
    text
}

#[test]
fn the_documentation_has_every_kind_of_provider() {
    let package = std::env::var("CARGO_MANIFEST_DIR").unwrap();
    let path = Path::new(&package).join("../../docs/imports.md");
    let published = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = published.split_once("| provide | for | with |\n").unwrap();
    let (_, after) = rest.split_once("\n\n").unwrap();
    let current = format!("{before}{}\n{after}", table());
    if published != current && std::env::var_os("WATSHOP_WRITE_DOCS").is_some() {
        std::fs::write(&path, &current).unwrap();
        return;
    }
    assert!(
        published == current,
        "WATSHOP_WRITE_DOCS=1 cargo test -p watshop-protocol writes the table anew"
    );
}
