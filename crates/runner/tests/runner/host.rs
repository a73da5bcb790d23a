//! Tests of the import object: JavaScript that uses the instance, and imported memories.

use serde_json::json;
use watshop_protocol::instance::{
    Address, CallAnswer, Calls, CompareMemory, GrowAnswer, GrowMemory, Instantiate,
    InstantiateAnswer, MemoryDifferences, MemoryFound, MemoryPiece, MemoryRange, ReadCalls,
    SearchMemory, SurveyMemory, TakeSnapshot, WriteMemory,
};
use watshop_protocol::page::{Engine, ErrorCode, HostCall, ImportObject, Provision, SnapshotKind};
use watshop_protocol::process::runner::{CallEnd, HostSetup};

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
    let host = HostSetup { imports, ..HostSetup::default() };
    let request = Instantiate {
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
    let Calls { calls, .. } = runner.ask(ReadCalls { after: 0, limit: 1000 }).unwrap();
    calls
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
    assert!(script.contains("is not a funcref"), "{script}");
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
    let host = HostSetup {
        imports: ImportObject { provisions: provisions.into() },
        ..HostSetup::default()
    };
    let made = runner.ask(Instantiate {
        limits: Default::default(),
        wasi: Default::default(),
        unknown_imports: Default::default(),
        host,
    });
    let InstantiateAnswer::Instance { memories, .. } = made.unwrap() else { panic!("no instance") };
    assert_eq!(memories, ["own", "again", "env.second"], "the first is exported as `again`");

    let name = || "env.second".to_owned();
    assert_eq!(runner.read("env.second", 1, 6).unwrap(), (b"second".to_vec(), 1));
    assert_eq!(runner.read("again", 1, 5).unwrap().0, b"first");
    assert_eq!(runner.read("env.first", 1, 5).unwrap().0, b"first");
    assert_eq!(runner.read("own", 1, 5).unwrap().0, [0; 5]);
    assert_eq!(runner.read("env.third", 1, 5).unwrap_err().code, ErrorCode::UnknownExport);
    let search = SearchMemory {
        memory: name(),
        start: Address(0),
        end: Address(u64::MAX),
        backwards: false,
        most: 9,
    };
    let MemoryFound { found, .. } = runner.ask_with(search, b"needle").unwrap();
    assert_eq!(found, [Address(100)]);

    // Changes of the guest are seen, and so are changes from here.
    runner.ask(TakeSnapshot { memory: name(), kind: SnapshotKind::Mark }).unwrap();
    runner.call("write", &["65"]);
    let (offset, length) = (Address(0), Address(u64::MAX));
    let compare =
        CompareMemory { memory: name(), kind: SnapshotKind::Mark, offset, length, most: 9 };
    let MemoryDifferences { ranges, .. } = runner.ask(compare).unwrap();
    assert_eq!(ranges, [MemoryRange { offset: Address(7), length: Address(1) }]);
    runner.ask_with(WriteMemory { memory: name(), offset: Address(8) }, b"BC").unwrap();
    assert_eq!(runner.read("env.second", 7, 3).unwrap().0, b"ABC");
    let GrowAnswer { pages, .. } = runner.ask(GrowMemory { memory: name(), by: 1 }).unwrap();
    assert_eq!((pages, runner.read("env.second", 131_071, 1).unwrap().1), (2, 2));
    let MemoryPiece { pages } = runner
        .ask(SurveyMemory { memory: name(), offset: Address(0), bucket: Address(65_536), most: 4 })
        .unwrap();
    assert_eq!(pages, 2);
}

#[test]
fn a_million_calls_are_counted_and_the_newest_are_kept_while_others_read_them() {
    const MANY: &str = r#"(module (import "env" "f" (func $f (param i32) (result i32)))
      (func (export "run") (param $n i32) (local $i i32)
        (loop $next (drop (call $f (local.get $i)))
          (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))))"#;
    let mut runner =
        with(MANY, &[("f", json!({ "provide": "counter", "start": "0", "step": "1" }))]);
    let running = runner.post(crate::process::call("run", &["1000000"], 0));
    let mut seen = 0;
    loop {
        let Calls { calls, last, .. } = runner.ask(ReadCalls { after: seen, limit: 1000 }).unwrap();
        for call in &calls {
            assert!(call.sequence > seen, "{} after {seen}", call.sequence);
            seen = call.sequence;
            // Each entry is one call, and not a mixture of two.
            assert_eq!(call.arguments[0].value, (call.sequence - 1).to_string());
            let ended = serde_json::to_value(&call.ended).unwrap();
            assert_eq!(ended["results"][0]["value"], call.arguments[0].value.as_str());
        }
        if last == 1_000_000 && seen == last {
            break;
        }
    }
    runner.wait(running).unwrap();
    let Calls { dropped, total, .. } = runner.ask(ReadCalls { after: 0, limit: 1 }).unwrap();
    assert_eq!((dropped, total), (990_000, 1_000_000));
}

/// A module that calls `env.f` when `f` is called, and in its start function if `start` is given.
fn calls_f(start: &str) -> String {
    format!(
        r#"(module
          (import "env" "f" (func $f (param i32)))
          (memory (export "memory") 1)
          (data (i32.const 4) "from start")
          (func $go (call $f (i32.const 4))) {start}
          (func (export "f") (param i32) (call $f (local.get 0)))
          (func (export "one") (result i32) (i32.const 1)))"#
    )
}

/// The output of a JavaScript function.
fn printed(source: &str) -> String {
    let mut runner = with(&calls_f(""), &[("f", script(source))]);
    runner.call("f", &["0"]);
    String::from_utf8(runner.stdout.clone()).unwrap()
}

#[test]
fn values_are_printed_as_a_console_does() {
    for (values, wanted) in [
        ("new TypeError('not today')", "TypeError: not today"),
        (
            "new Error('out', { cause: new RangeError('in') })",
            "Error: out { cause: [RangeError: in] }",
        ),
        ("{ error: new Error('x') }", "{ error: [Error: x] }"),
        ("Object.assign(new Error('x'), { code: 5 })", "Error: x { code: 5 }"),
        ("undefined, null, true, -0, [-0], 1.5, NaN", "undefined null true -0 [ -0 ] 1.5 NaN"),
        ("1n, [2n], { n: 3n }", "1n [ 2n ] { n: 3n }"),
        ("new Map([['a', { b: [1, 2] }]])", "Map(1) { 'a' => { b: [ 1, 2 ] } }"),
        ("new Set([1, 'b'])", "Set(2) { 1, 'b' }"),
        (
            "{ a: { b: { c: { d: 1 } } }, 'e f': undefined }",
            "{ a: { b: { c: { d: 1 } } }, 'e f': undefined }",
        ),
        ("[1, , 3], [], {}", "[ 1, <1 empty item>, 3 ] [] {}"),
        (
            "new Uint8Array([1, 2]), new Float64Array(1), new ArrayBuffer(3)",
            "Uint8Array(2) [ 1, 2 ] Float64Array(1) [ 0 ] ArrayBuffer { byteLength: 3 }",
        ),
        (
            "function named() {}, () => 1, class Point {}",
            "[Function: named] [Function (anonymous)] [class Point]",
        ),
        ("Symbol('s'), { [Symbol('k')]: 1 }", "Symbol(s) { [Symbol(k)]: 1 }"),
        ("(() => { const a = { b: [] }; a.b.push(a); return a })()", "{ b: [ [Circular] ] }"),
        ("{ get a() { throw 1 } }", "{ a: [Getter] }"),
        (
            "new (class Point { x = 1 })(), Object.create(null)",
            "Point { x: 1 } [Object: null prototype] {}",
        ),
        ("new Date(0), /a+/g, new Number(3)", "1970-01-01T00:00:00.000Z /a+/g [Number: 3]"),
        ("'%s is %d%%', 'x', 3, 'y'", "x is 3% y"),
        ("'it\\'s', ['it\\'s', 'a\\nb']", "it's [ \"it's\", 'a\\nb' ]"),
        ("'\\ud800'", "\u{fffd}"),
        ("", ""),
    ] {
        assert_eq!(
            printed(&format!("() => console.log({values})")),
            format!("{wanted}\n"),
            "{values}"
        );
    }
}

#[test]
fn what_is_printed_has_bounds_and_what_is_left_out_is_counted() {
    assert!(
        printed("() => console.log(Array.from({ length: 150 }, (_, i) => i))")
            .ends_with("99, ... 50 more items ]\n")
    );
    assert!(
        printed("() => console.log(new Set(Array(101).keys()))")
            .ends_with("99, ... 1 more item }\n")
    );
    let wide = printed(
        "() => console.log(Object.fromEntries(Array.from({ length: 102 }, (_, i) => ['k' + i, i])))",
    );
    assert!(wide.ends_with("k99: 99, ... 2 more properties }\n"), "{wide}");
    let long = printed("() => console.log('x'.repeat(100001))");
    assert!(long.ends_with("x... 1 more character\n") && long.len() < 100_050);
    let deep =
        printed("() => { let a = {}; for (let i = 0; i < 1000; i++) a = { a }; console.log(a) }");
    assert!(deep.contains("[Object]") && deep.len() < 200, "{deep}");
    // Eight levels of a hundred equal arrays have a hundred million million leaves.
    let many = printed(
        "() => { let a = [1]; for (let i = 0; i < 8; i++) a = Array(100).fill(a); console.log(a) }",
    );
    assert!(many.len() < 200_000);
}

/// One line had 15 MB: a script that puts another function in the place of the one that cuts was
/// not cut.
#[test]
fn a_message_of_the_console_has_a_bound_whatever_a_script_does() {
    for lie in ["String.prototype.slice = function () { return this }", "Math.min = Math.max"] {
        let long = printed(&format!(
            "() => {{ {lie}; console.log('é'.repeat(2000000), 'x'.repeat(2000000)) }}"
        ));
        assert!(long.len() <= 513 << 10, "{lie}: {}", long.len());
    }
}

/// A `Map` that said that a value had the number 2,000,000 made as many references, outside of the
/// memory that JavaScript may have.
#[test]
fn a_map_that_lies_about_a_references_number_makes_one_reference() {
    let text = r#"(module (import "env" "f" (func $f (result externref)))
      (func (export "g") (param i32)
        (loop $again (drop (call $f))
          (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br_if $again (local.get 0)))))"#;
    let lies = "(() => { let n = 2000000; const get = Map.prototype.get;
      Map.prototype.get = function (key) {
        return typeof key === 'symbol' ? n++ : get.call(this, key);
      } })(), () => Symbol.iterator";
    let mut runner = with(text, &[("f", script(&format!("({lies})")))]);
    let before = runner.peak_memory();
    runner.call("g", &["1000"]);
    let grown = runner.peak_memory() - before;
    assert!(grown < 16 << 20, "{} MiB more", grown >> 20);
}

#[test]
fn what_was_put_off_runs_after_the_call() {
    assert_eq!(
        printed(
            "async () => { console.log(1); await null; console.log(3) ; Promise.resolve().then(() => console.log(4)) }"
        ) + &printed(
            "() => { queueMicrotask(() => console.log(6, exports.one())); console.log(5) }"
        ),
        "1\n3\n4\n5\n6 1\n"
    );
}

#[test]
fn an_error_in_what_was_put_off_is_told_with_its_line_and_ends_nothing() {
    for (source, wanted) in [
        (
            "() => {\n  Promise.resolve().then(() => {\n    throw new TypeError('late');\n  });\n}",
            "Uncaught in a promise: TypeError: late (line 3 of `env.f`)\n",
        ),
        (
            "async () => {\n  throw new Error('soon');\n}",
            "Uncaught in a promise: soon (line 2 of `env.f`)\n",
        ),
        ("() => queueMicrotask(() => { throw 7 })", "Uncaught in a promise: 7 was thrown\n"),
        ("() => { const p = Promise.reject(new Error('caught')); p.catch(() => {}) }", ""),
        ("() => { const p = Promise.reject(1); queueMicrotask(() => p.catch(() => {})) }", ""),
    ] {
        let mut runner = with(&calls_f(""), &[("f", script(source))]);
        runner.call("f", &["0"]);
        assert_eq!(String::from_utf8_lossy(&runner.stderr), wanted, "{source}");
        runner.call("f", &["0"]);
    }
    let many = "() => { for (let i = 0; i < 1000; i++) Promise.reject(i) }";
    let mut runner = with(&calls_f(""), &[("f", script(many))]);
    runner.call("f", &["0"]);
    let told = String::from_utf8_lossy(&runner.stderr).into_owned();
    assert!(told.contains("980 more errors in promises") && told.lines().count() == 21, "{told}");
}

#[test]
fn what_puts_off_itself_for_ever_is_ended_by_the_time_limit_and_by_stop() {
    let source = "() => { const again = () => Promise.resolve().then(again); again() }";
    let mut runner = with(&calls_f(""), &[("f", script(source))]);
    let called = runner.ask(crate::process::call("f", &["0"], 50)).unwrap();
    let CallAnswer { ended: CallEnd::Failed(error), .. } = called else { panic!("{called:?}") };
    assert_eq!(error.code, ErrorCode::CallTime, "{error:?}");
    assert_eq!(runner.call("one", &[]), ["1"]);

    let mut runner = with(&calls_f(""), &[("f", script(source))]);
    let call = runner.post(crate::process::call("f", &["0"], 0));
    while calls(&mut runner).is_empty() {}
    assert!(runner.stop());
    let Ok(CallAnswer { ended: CallEnd::Failed(error), .. }) = runner.wait(call) else {
        panic!("it ended")
    };
    assert_eq!(error.code, ErrorCode::Stopped);
}

#[test]
fn in_the_start_functions_time_it_is_told_that_exports_come_later() {
    for source in [
        "at => memory.text(at, 10)",
        "at => console.log(memory.u8(at))",
        "() => exports.one()",
        "() => globals.g.value",
        "() => memories.memory.u8(0)",
        "() => table.length",
    ] {
        let provision = Provision {
            module: "env".into(),
            name: "f".into(),
            provider: serde_json::from_value(script(source)).unwrap(),
        };
        let mut runner = Runner::start();
        runner.open(&calls_f("(start $go)"), Engine::Jit);
        let host = HostSetup {
            imports: ImportObject { provisions: vec![provision] },
            ..HostSetup::default()
        };
        let (limits, wasi, unknown_imports) = Default::default();
        let error = runner.ask(Instantiate { limits, wasi, unknown_imports, host }).unwrap_err();
        for words in ["exports are not there yet while its start function runs", "import"] {
            assert!(error.message.contains(words), "{source}: {error:?}");
        }
    }
    let imported = r#"(module
      (import "env" "memory" (memory 1))
      (import "env" "f" (func $f (param i32)))
      (data (i32.const 4) "from start")
      (func $go (call $f (i32.const 4))) (start $go))"#;
    let memory =
        json!({ "provide": "memory", "minimum": 1, "maximum": null, "shared": false, "init": [] });
    let source = "at => console.log(memory.text(at, 10), typeof exports.f)";
    let runner = with(imported, &[("memory", memory), ("f", script(source))]);
    assert_eq!(runner.stdout, b"from start undefined\n");
}

#[test]
fn a_wasi_program_may_import_from_the_import_object_as_well() {
    let text = r#"(module
      (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
      (import "env" "answer" (func $answer (result i32)))
      (memory (export "memory") 1)
      (func (export "_start") (call $exit (call $answer))))"#;
    let answer = json!({ "provide": "value", "results": ["42"] });
    let mut runner = with(text, &[("answer", answer)]);
    let CallAnswer { ended, .. } = runner.try_call("_start", &[]).unwrap();
    assert_eq!(ended, CallEnd::Exited(42));
}
