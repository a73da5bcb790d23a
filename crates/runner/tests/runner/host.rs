//! What the tab gives to a module: JavaScript that has the instance at hand, and memories that are looked into.

use serde_json::json;
use watshop_protocol::page::{Engine, ErrorCode, HostCall, ImportObject, Provision, SnapshotKind};
use watshop_protocol::process::runner::{Answer, Host, Request};

use crate::process::Runner;

/// A module with an import object: names in `env`, and their providers.
fn with(text: &str, providers: &[(&str, serde_json::Value)]) -> Runner {
    let provision = |(name, provider): &(&str, serde_json::Value)| Provision {
        module: "env".into(),
        name: (*name).to_owned(),
        provider: serde_json::from_value(provider.clone()).unwrap(),
    };
    let imports = ImportObject { provisions: providers.iter().map(provision).collect() };
    let mut runner = Runner::start();
    runner.open(text, Engine::Jit);
    let host = Host { imports, ..Host::default() };
    let request = Request::Instantiate {
        limits: Default::default(),
        wasi: Default::default(),
        unknown_imports: Default::default(),
        host,
    };
    runner.ask(request).unwrap();
    runner
}

fn script(source: &str) -> serde_json::Value {
    json!({ "provide": "javascript", "source": source })
}

fn calls(runner: &mut Runner) -> Vec<HostCall> {
    match runner.ask(Request::Calls { after: 0, limit: 1000 }).unwrap() {
        Answer::Calls { calls, .. } => calls,
        other => panic!("{other:?}"),
    }
}

const REFERENCES: &str = r#"(module
  (import "env" "apply" (func $apply (param funcref i32) (result i32)))
  (import "env" "choose" (func $choose (param i32) (result funcref)))
  (import "env" "shelve" (func $shelve (param externref)))
  (import "env" "host" (func $host (result i32)))
  (type $unary (func (param i32) (result i32)))
  (table $t (export "t") 3 8 funcref)
  (table $x (export "x") 1 externref)
  (global $g (export "g") (mut externref) (ref.null extern))
  (elem (i32.const 0) $double $square)
  (func $double (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
  (func $square (param i32) (result i32) (i32.mul (local.get 0) (local.get 0)))
  (func $fails (export "fails") (param i32) (result i32) unreachable)
  (export "host" (func $host))
  (func (export "apply") (param i32 i32) (result i32)
    (call $apply (table.get $t (local.get 0)) (local.get 1)))
  (func (export "chosen") (param i32 i32) (result i32)
    (table.set $t (i32.const 2) (call $choose (local.get 0)))
    (call_indirect $t (type $unary) (local.get 1) (i32.const 2)))
  (func (export "shelve") (call $shelve (global.get $g)))
  (func (export "on_shelf") (result externref) (table.get $x (i32.const 0))))"#;

fn references(choose: &str, shelve: &str) -> Runner {
    with(
        REFERENCES,
        &[
            (
                "apply",
                script(
                    "(f, x) => f === null ? -1 : f(x) + (f === exports.double && f === table.get(0) ? 1000 : 0)",
                ),
            ),
            ("choose", script(choose)),
            ("shelve", script(shelve)),
            ("host", json!({ "provide": "value", "results": ["3"] })),
        ],
    )
}

#[test]
fn functions_of_the_module_are_functions_in_javascript_and_go_back_as_references() {
    let mut runner = references(
        "n => n === 0 ? exports.double : n === 1 ? table.get(1) : n === 2 ? exports.host : n === 3 ? exports.fails : x => x",
        "() => {}",
    );
    assert_eq!(
        runner.call("apply", &["0", "21"]),
        ["1042"],
        "the same function by export, table and argument"
    );
    assert_eq!(runner.call("apply", &["1", "5"]), ["25"]);
    assert_eq!(runner.call("apply", &["2", "5"]), ["-1"], "null is null");
    assert_eq!(runner.call("chosen", &["0", "4"]), ["8"]);
    assert_eq!(runner.call("chosen", &["1", "4"]), ["16"]);
    assert_eq!(runner.fail("chosen", &["3", "4"]).code, ErrorCode::Trap);
    let host = runner.fail("chosen", &["2", "4"]).message;
    assert!(host.contains("a function of the host, to which there is no reference"), "{host}");
    let script = runner.fail("chosen", &["4", "4"]).message;
    assert!(script.contains("is no funcref"), "{script}");
}

#[test]
fn tables_and_globals_hold_what_javascript_puts_there() {
    let mut runner = references(
        "n => { table.set(2, table.get(1)); const before = table.grow(1, exports.double); \
           if (before !== 3 || table.length !== 4 || tables.t.get(3) !== exports.double) throw new Error('no'); \
           return table.get(2) }",
        "x => { if (x !== null) throw new Error('not null'); globals.g.value = { secret: 5 }; \
           if (globals.g.value.secret !== 5) throw new Error('another'); tables.x.set(0, globals.g.value) }",
    );
    assert_eq!(runner.call("chosen", &["0", "6"]), ["36"]);
    runner.call("shelve", &[]);
    assert_eq!(
        runner.call("on_shelf", &[]),
        ["extern of JavaScript"],
        "which is not null, and nobody's number"
    );
    let again = runner.fail("shelve", &[]).message;
    assert!(again.contains("not null"), "{again}");
}

const GROWS: &str = r#"(module
  (import "env" "look" (func $look (result i32)))
  (memory (export "memory") 1 4)
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "grow_and_trap") (drop (memory.grow (i32.const 1))) unreachable)
  (func (export "poke") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (export "look") (result i32) (call $look)))"#;

#[test]
fn a_buffer_shows_what_the_guest_writes_and_is_empty_once_the_guest_has_grown_its_memory() {
    let source = "() => { const bytes = new Uint8Array(memory.buffer); exports.poke(9, 77); const seen = bytes[9]; \
        bytes[10] = 88; exports.grow(); const after = bytes.length; \
        const other = new Uint8Array(memory.buffer); try { exports.grow_and_trap() } catch {} \
        return seen === 77 && after === 0 && other.length === 0 && memory.buffer.byteLength === 3 * 65536 ? 1 : 0 }";
    let mut runner = with(GROWS, &[("look", script(source))]);
    assert_eq!(runner.call("look", &[]), ["1"]);
    assert_eq!(runner.read("memory", 9, 2).unwrap(), (vec![77, 88], 3));
    assert_eq!(calls(&mut runner)[0].unlisted, ["memory"]);
}

const BORROWS: &str = r#"(module
  (import "env" "first" (memory $first 1 2))
  (import "env" "second" (memory $second 1 2))
  (memory $own (export "own") 1)
  (data (memory $second) (i32.const 100) "needle")
  (export "again" (memory $first))
  (func (export "write") (param i32) (i32.store8 $second (i32.const 7) (local.get 0))))"#;

#[test]
fn a_memory_that_is_imported_is_looked_into_as_an_exported_one() {
    let memory = |text: &str| json!({ "provide": "memory", "minimum": 1, "maximum": 2, "init": [{ "at": 1, "content": { "text": text } }] });
    let mut runner = Runner::start();
    runner.open(BORROWS, Engine::Jit);
    let provisions = ["first", "second"].map(|name| Provision {
        module: "env".into(),
        name: name.into(),
        provider: serde_json::from_value(memory(name)).unwrap(),
    });
    let host = Host { imports: ImportObject { provisions: provisions.into() }, ..Host::default() };
    let made = runner.ask(Request::Instantiate {
        limits: Default::default(),
        wasi: Default::default(),
        unknown_imports: Default::default(),
        host,
    });
    let Answer::Instantiated { imported_memories, .. } = made.unwrap() else { panic!("no instance") };
    assert_eq!(imported_memories, ["env.second"], "the first is exported");

    let name = || "env.second".to_owned();
    assert_eq!(runner.read("env.second", 1, 6).unwrap(), (b"second".to_vec(), 1));
    assert_eq!(runner.read("again", 1, 5).unwrap().0, b"first");
    assert_eq!(runner.read("env.first", 1, 5).unwrap().0, b"first");
    assert_eq!(runner.read("own", 1, 5).unwrap().0, [0; 5]);
    assert_eq!(runner.read("env.third", 1, 5).unwrap_err().code, ErrorCode::UnknownExport);
    let search = Request::SearchMemory { memory: name(), start: 0, end: u64::MAX, backwards: false, most: 9 };
    let Answer::Found { found, .. } = runner.ask_with(search, b"needle").unwrap() else {
        panic!("no search")
    };
    assert_eq!(found, [100]);

    // What the guest changes is seen, and so is what is changed here.
    runner.ask(Request::TakeSnapshot { memory: name(), kind: SnapshotKind::Mark }).unwrap();
    runner.call("write", &["65"]);
    let (offset, length) = (0, u64::MAX);
    let compare =
        Request::CompareMemory { memory: name(), kind: SnapshotKind::Mark, offset, length, most: 9 };
    let Answer::Compared { ranges, .. } = runner.ask(compare).unwrap() else { panic!("no comparison") };
    assert_eq!(ranges, [(7, 1)]);
    runner.ask_with(Request::WriteMemory { memory: name(), offset: 8 }, b"BC").unwrap();
    assert_eq!(runner.read("env.second", 7, 3).unwrap().0, b"ABC");
    let Answer::Grown { pages, .. } = runner.ask(Request::GrowMemory { memory: name(), by: 1 }).unwrap()
    else {
        panic!("not grown")
    };
    assert_eq!((pages, runner.read("env.second", 131_071, 1).unwrap().1), (2, 2));
    let Answer::Memory { pages } =
        runner.ask(Request::SurveyMemory { memory: name(), offset: 0, bucket: 65_536, most: 4 }).unwrap()
    else {
        panic!("no survey")
    };
    assert_eq!(pages, 2);
}

#[test]
fn a_million_calls_are_counted_and_the_newest_are_kept_while_others_read_them() {
    const MANY: &str = r#"(module (import "env" "f" (func $f (param i32) (result i32)))
      (func (export "run") (param $n i32) (local $i i32)
        (loop $next (drop (call $f (local.get $i)))
          (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))))"#;
    let mut runner = with(MANY, &[("f", json!({ "provide": "counter", "start": "0", "step": "1" }))]);
    let running = runner.post(crate::process::call("run", &["1000000"], 0));
    let mut seen = 0;
    loop {
        let Answer::Calls { calls, last, .. } =
            runner.ask(Request::Calls { after: seen, limit: 1000 }).unwrap()
        else {
            panic!("no calls")
        };
        for call in &calls {
            assert!(call.sequence > seen, "{} after {seen}", call.sequence);
            seen = call.sequence;
            // Each entry is one call and no mixture of two.
            assert_eq!(call.arguments[0].value, (call.sequence - 1).to_string());
            let ended = serde_json::to_value(&call.ended).unwrap();
            assert_eq!(ended["results"][0]["value"], call.arguments[0].value.as_str());
        }
        if last == 1_000_000 && seen == last {
            break;
        }
    }
    runner.wait(running).unwrap();
    let Answer::Calls { dropped, total, .. } = runner.ask(Request::Calls { after: 0, limit: 1 }).unwrap()
    else {
        panic!("no calls")
    };
    assert_eq!((dropped, total), (990_000, 1_000_000));
}
