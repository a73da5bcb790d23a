use wasm_encoder::{
    Component, Module, ModuleSection, NestedComponentSection, ProducersField, ProducersSection,
};

use super::*;

/// A component from its text, by the encoder of wasm-tools.
fn encoded(text: &str) -> Vec<u8> {
    let buffer = wast::parser::ParseBuffer::new(text).unwrap();
    wast::parser::parse::<wast::Wat<'_>>(&buffer).unwrap().encode().unwrap()
}

const PROGRAM: &str = r#"(core module $m
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (func (export "_start") (call $exit (i32.const 7))))"#;

#[test]
fn the_core_modules_inside_are_listed_with_those_of_components_inside() {
    let bytes = encoded(&format!(
        r#"(component
            (core module $shim (func (export "f")))
            (component (core module $inner (memory 1)) {PROGRAM}))"#
    ));
    let error = component_error(Some("c.wasm"), &bytes);
    assert_eq!(error.code, ErrorCode::NotAModule);
    assert!(error.message.starts_with("`c.wasm` is a WebAssembly component, and"), "{error}");
    assert!(error.message.contains("0 `shim` ("), "{error}");
    assert!(error.message.contains("2 `m` ("), "{error}");
    assert!(error.message.contains("exports `_start`, in a component inside"), "{error}");
    let facts = error.component.unwrap();
    let told: Vec<_> =
        facts.modules.iter().map(|one| (one.name.as_str(), one.depth, one.wasi)).collect();
    assert_eq!(told, [("shim", 1, false), ("inner", 2, false), ("m", 2, true)]);
    assert_eq!(facts.program, Some(2));
    assert!(error.help.unwrap().starts_with("Open core module 2, which runs here"));
    let core = core_module(&bytes, 2).unwrap();
    crate::validate(core, &watshop_protocol::page::Proposals::default()).unwrap();
    assert_eq!(core_module(&bytes, 3), None);
}

#[test]
fn the_version_of_wasi_and_the_way_to_rebuild_by_language_are_told() {
    let mut module = Module::new();
    let mut field = ProducersField::new();
    field.value("Rust", "");
    let mut producers = ProducersSection::new();
    producers.field("language", &field);
    module.section(&producers);
    let mut inner = Component::new();
    inner.section(&ModuleSection(&module));
    let mut outer = Component::new();
    outer.section(&NestedComponentSection(&inner));
    let bytes = outer.finish();
    let error = component_error(None, &bytes);
    assert!(error.message.contains("There is one core module inside: 0 ("), "{error}");
    let help = error.help.unwrap();
    assert_eq!(help, "Rebuild it as a core module: `cargo build --target wasm32-wasip1`.");
    let bytes = encoded(
        r#"(component (import "wasi:cli/environment@0.2.3" (instance))
            (core module (import "wasi_unstable" "proc_exit" (func (param i32)))))"#,
    );
    let error = component_error(None, &bytes);
    assert!(error.message.contains("component for WASI 0.2.3"), "{error}");
    let facts = error.component.unwrap();
    assert_eq!((facts.wasi.as_deref(), facts.program), (Some("0.2.3"), Some(0)));
    let help = error.help.unwrap();
    for tool in ["cargo build --target wasm32-wasip1", "tinygo build", "GOOS=wasip1", "zig cc"] {
        assert!(help.contains(tool), "{help}");
    }
}

#[test]
fn a_component_that_is_cut_off_anywhere_is_told_without_a_panic() {
    let bytes = encoded(&format!("(component {PROGRAM} (component {PROGRAM}))"));
    for length in 8..bytes.len() {
        let error = component_error(Some("cut.wasm"), &bytes[..length]);
        assert!(error.message.contains("is a WebAssembly component"), "{error}");
        for module in 0..3 {
            let _ = core_module(&bytes[..length], module);
        }
    }
    let none = component_error(None, &Component::new().finish());
    assert!(none.message.contains("There is no core module inside."), "{none}");
}

#[test]
fn many_core_modules_are_counted() {
    let many = "(core module)".repeat(150);
    let error = component_error(None, &encoded(&format!("(component {many})")));
    assert!(error.message.contains("and 94 more"), "{error}");
    assert_eq!(error.component.unwrap().modules.len(), MOST);
}
