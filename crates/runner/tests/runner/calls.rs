//! Tests of calls that cannot be made: they say why, and the next one works.

use watshop_protocol::instance::{Call, CallAnswer, LoadAnswer};
use watshop_protocol::page::{Engine, ErrorCode, ExternType, UnknownImports, ValueType};
use watshop_protocol::process::runner::CallEnd;

use crate::process::{Runner, call, size, value};

const MODULE: &str = r#"
(module
  (memory (export "mem") 1 3)
  (table (export "table") 5 9 funcref)
  (global $count (export "count") (mut i32) (i32.const 7))
  (global (export "pi") f64 (f64.const 3.5))
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  (func (export "bump") (global.set $count (i32.add (global.get $count) (i32.const 1))))
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "spread") (result i32) (table.grow 0 (ref.null func) (i32.const 2))))
"#;

#[test]
fn exports_come_with_types_sizes_and_values_and_are_those_of_now() {
    for engine in Engine::ALL {
        let mut runner = Runner::with(MODULE, engine);
        let exports = runner.exports().unwrap();
        let names: Vec<_> = exports.iter().map(|e| e.export.name.as_str()).collect();
        assert_eq!(names, ["mem", "table", "count", "pi", "add", "bump", "grow", "spread"]);
        let kinds: Vec<_> = exports.iter().map(|e| e.export.kind.to_string()).collect();
        assert_eq!(
            kinds,
            [
                "memory of 1 to 3 pages",
                "table of 5 to 9 funcref",
                "mutable global i32",
                "global f64",
                "function (i32, i32) -> i32",
                "function ()",
                "function () -> i32",
                "function () -> i32",
            ]
        );
        assert_eq!((size(&exports, "mem"), size(&exports, "table")), (1, 5));
        assert_eq!(value(&exports, "count").value, "7");
        assert_eq!(value(&exports, "pi").value, "3.5");

        assert_eq!(runner.call("grow", &[]), ["1"]);
        assert_eq!(runner.call("spread", &[]), ["5"]);
        let after = runner.try_call("bump", &[]).unwrap().exports.exports().collect::<Vec<_>>();
        assert_eq!((size(&after, "mem"), size(&after, "table")), (2, 7));
        assert_eq!(value(&after, "count").value, "8");
        assert_eq!(runner.exports().unwrap(), after);
    }
}

#[test]
fn a_call_that_cannot_be_made_says_why_and_the_next_one_works() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let cases: [(&str, &[&str], ErrorCode, &str); 8] = [
        ("ad", &["1", "2"], ErrorCode::UnknownExport, "exports no function `ad`"),
        ("mem", &[], ErrorCode::NotAFunction, "memory of 1 to 3 pages"),
        ("count", &[], ErrorCode::NotAFunction, "mutable global i32"),
        ("add", &["1"], ErrorCode::ArgumentCount, "takes 2 arguments (i32, i32), and 1 was given"),
        ("add", &["1", "2", "3"], ErrorCode::ArgumentCount, "3 were given"),
        ("bump", &["1"], ErrorCode::ArgumentCount, "takes no arguments"),
        ("add", &["1", "two"], ErrorCode::ArgumentType, "Argument 2 of `add`, an i32"),
        ("add", &["4294967296", "0"], ErrorCode::ArgumentType, "does not fit into 32 bits"),
    ];
    for (export, arguments, code, words) in cases {
        let error = runner.try_call(export, arguments).unwrap_err();
        assert_eq!(error.code, code, "{}", error.message);
        assert!(error.message.contains(words), "{}", error.message);
    }
    assert_eq!(runner.try_call("ad", &[]).unwrap_err().help.unwrap(), "Did you mean `add`?");
    assert!(runner.try_call("nothing alike", &[]).unwrap_err().help.unwrap().contains("`grow`"));
    assert_eq!(runner.call("add", &["-1", "0xffffffff"]), ["-2"]);
}

#[test]
fn before_there_is_an_instance_everything_says_that_there_is_none() {
    let mut runner = Runner::start();
    assert_eq!(runner.instantiate().unwrap_err().code, ErrorCode::NoInstance);
    assert_eq!(runner.try_call("f", &[]).unwrap_err().code, ErrorCode::NoInstance);
    assert_eq!(runner.exports().unwrap_err().code, ErrorCode::NoInstance);
    assert_eq!(runner.read("mem", 0, 1).unwrap_err().code, ErrorCode::NoInstance);
    assert!(!runner.stop());
}

#[test]
fn every_instance_is_a_fresh_one() {
    let mut runner = Runner::with(MODULE, Engine::Native);
    runner.call("bump", &[]);
    runner.call("grow", &[]);
    runner.instantiate().unwrap();
    let exports = runner.exports().unwrap();
    assert_eq!((value(&exports, "count").value.as_str(), size(&exports, "mem")), ("7", 1));
}

#[test]
fn missing_imports_are_all_listed_with_their_types() {
    let text = r#"
      (module
        (import "env" "log" (func (param i32 f64) (result i64)))
        (import "env" "memory" (memory 2 5))
        (import "env" "table" (table 1 funcref))
        (import "env" "flag" (global (mut i64)))
        (import "wasi_snapshot_preview1" "no_such_call" (func))
        (import "wasi_snapshot_preview1" "fd_write" (func (param i64)))
        (import "wasi_snapshot_preview1" "fd_close" (func (param i32) (result i32))))"#;
    let mut runner = Runner::start();
    runner.open(text, Engine::Jit);
    let error = runner.instantiate().unwrap_err();
    assert_eq!(error.code, ErrorCode::MissingImports);
    let listed: Vec<_> = error.imports.iter().map(|i| format!("{}: {}", i.name, i.kind)).collect();
    assert_eq!(
        listed,
        [
            "log: function (i32, f64) -> i64",
            "memory: memory of 2 to 5 pages",
            "table: table of 1 funcref",
            "flag: mutable global i64",
            "no_such_call: function ()",
            "fd_write: function (i64)",
        ]
    );
    assert!(error.message.contains("`env.log`: function (i32, f64) -> i64"), "{}", error.message);
    // Missing functions can be replaced by traps, but other imports cannot.
    let error =
        runner.instantiate_with(|_, _, unknown| *unknown = UnknownImports::Trap).unwrap_err();
    let listed: Vec<_> = error.imports.iter().map(|i| i.name.as_str()).collect();
    assert_eq!(listed, ["memory", "table", "flag"]);
}

#[test]
fn loading_tells_what_the_module_asks_for() {
    let mut runner = Runner::start();
    let wasm = wat::parse_str(r#"(module (import "a" "b" (func (param i32))))"#).unwrap();
    let sealed = runner.folder().join("imports.wshop");
    crate::process::compile(
        watshop_protocol::page::Compiler::Cranelift,
        Engine::Jit,
        Default::default(),
        &wasm,
        &sealed,
    );
    let LoadAnswer { imports, load_ns, .. } = runner.load(&sealed).unwrap();
    let imports: Vec<_> = imports.imports().collect();
    assert!(load_ns > 0);
    assert_eq!((imports[0].module.as_str(), imports[0].name.as_str()), ("a", "b"));
    let kind = ExternType::Function { params: vec![ValueType::I32].into(), results: vec![].into() };
    assert_eq!(imports[0].kind, kind);
}

#[test]
fn requests_that_wait_are_answered_in_their_order() {
    let mut runner = Runner::with(MODULE, Engine::Jit);
    let ids: Vec<_> = (0..50).map(|_| runner.post(call("bump", &[], 0))).collect();
    let last = runner.post(Call {
        export: "add".into(),
        arguments: vec!["1".into(), "2".into()],
        limit_ms: 0,
    });
    for (turn, id) in ids.into_iter().enumerate() {
        let CallAnswer { exports, .. } = runner.wait(id).unwrap();
        assert_eq!(value(&exports, "count").value, (8 + turn).to_string());
    }
    assert!(matches!(runner.wait(last).unwrap(), CallAnswer { ended: CallEnd::Returned(_), .. }));
}
