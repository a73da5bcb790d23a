use std::time::Instant;

use wasmer::sys::EngineBuilder;
use wasmer::{Engine as WasmerEngine, Global, MemoryType, Type};
use watshop_protocol::page::{HostCall, HostCallEnd};

use super::super::NamedExterns;
use super::super::record::{Recorder, Signature};
use super::*;
use crate::ending::HostStopped;
use crate::outbox::Outbox;
use crate::stop::Stop;
use crate::types::value_types;

use WasmerValue::{F64, I32, I64};

/// A store without a compiler, a memory with text in it, and a global.
struct ScriptStage {
    store: Store,
    host: Arc<Host>,
    scope: Arc<HostScope>,
}

impl ScriptStage {
    fn new() -> Self {
        let outbox = Arc::new(Outbox::default());
        let stop = Arc::new(Stop::new(Arc::clone(&outbox)));
        let recorder = Arc::new(Recorder::default());
        recorder.reset(false);
        let host = Arc::new(Host { recorder, outbox, stop, began: Instant::now(), replay: None });
        let mut store = Store::new(WasmerEngine::from(EngineBuilder::headless()));
        let memory = wasmer::Memory::new(&mut store, MemoryType::new(1, Some(2), false)).unwrap();
        memory.view(&store).write(16, "grüße\0".as_bytes()).unwrap();
        let global = Global::new_mut(&mut store, I64(5));
        let seen = NamedExterns {
            memories: vec![("memory".into(), memory)],
            globals: vec![("count".into(), global)],
            ..NamedExterns::default()
        };
        let scope = Arc::new(HostScope::default());
        assert!(scope.exported.set(seen).is_ok());
        Self { store, host, scope }
    }

    fn make(
        &mut self,
        params: &[Type],
        results: &[Type],
        source: &str,
    ) -> Result<Function, String> {
        let (params, results) = (value_types(params), value_types(results));
        let kind = FunctionType::new(
            params.iter().map(|kind| wasm(*kind)).collect::<Vec<_>>(),
            results.iter().map(|kind| wasm(*kind)).collect::<Vec<_>>(),
        );
        let signature = Signature {
            module: "env".into(),
            name: "f".into(),
            params: params.clone(),
            results: results.clone(),
        };
        let number = self.host.recorder.add(signature);
        let (host, scope) = (Arc::clone(&self.host), Arc::clone(&self.scope));
        let frame = HostFrame { host, scope, number, title: "env.f".into(), params, results };
        function(&mut self.store, frame, &kind, source)
    }

    fn run(
        &mut self,
        params: &[Type],
        results: &[Type],
        source: &str,
        arguments: &[WasmerValue],
    ) -> Result<Vec<WasmerValue>, RuntimeError> {
        let function = self.make(params, results, source).unwrap();
        function.call(&mut self.store, arguments).map(Vec::from)
    }

    fn calls(&self) -> Vec<HostCall> {
        self.host.recorder.read(0, 100).calls
    }
}

fn wasm(kind: watshop_protocol::page::ValueType) -> Type {
    use watshop_protocol::page::ValueType as V;
    match kind {
        V::I32 => Type::I32,
        V::I64 => Type::I64,
        V::F32 => Type::F32,
        V::F64 => Type::F64,
        V::V128 => Type::V128,
        V::FuncRef => Type::FuncRef,
        V::ExternRef => Type::ExternRef,
        V::ExnRef => Type::ExceptionRef,
    }
}

#[test]
fn numbers_are_numbers_and_big_integers_are_exact() {
    let mut stage = ScriptStage::new();
    let sum =
        stage.run(&[Type::I32, Type::I32], &[Type::I32], "(x, y) => x + y", &[I32(40), I32(2)]);
    assert_eq!(sum.unwrap(), [I32(42)]);
    let big = stage.run(&[Type::I64], &[Type::I64], "x => x + 1n", &[I64((1 << 53) + 1)]);
    assert_eq!(big.unwrap(), [I64((1 << 53) + 2)]);
    let several = stage.run(
        &[Type::F64],
        &[Type::I32, Type::F64, Type::I64],
        "x => [x > 1, x / 2, -1n] // all",
        &[F64(3.0)],
    );
    assert_eq!(several.unwrap(), [I32(1), F64(1.5), I64(-1)]);
    let wide =
        stage.run(&[Type::V128], &[Type::V128], "x => x + 1n", &[WasmerValue::V128(1 << 100)]);
    assert_eq!(wide.unwrap(), [WasmerValue::V128((1 << 100) + 1)]);
}

#[test]
fn a_wrong_result_names_the_import_its_type_and_what_was_given() {
    let mut stage = ScriptStage::new();
    for (results, source, words) in [
        (&[Type::I32][..], "() => 1.5", "`env.f` returns an i32, and its JavaScript gave 1.5"),
        (&[Type::I32], "() => undefined", "gave undefined"),
        (&[Type::I32], "() => 2 ** 32", "gave 4294967296"),
        (&[Type::I32], "() => 'no'", "gave the string \"no\""),
        (&[Type::I64], "() => 1", "an i64, and its JavaScript gave 1"),
        (&[Type::I32, Type::I32], "() => 1", "returns (i32, i32)"),
        (&[Type::I32, Type::I32], "() => [1]", "gave an array of 1"),
        (&[Type::I32], "async () => 1", "gave a value of type"),
    ] {
        let error = stage.run(&[], results, source, &[]).unwrap_err();
        assert!(error.message().contains(words), "{source}: {error}");
    }
}

#[test]
fn what_is_thrown_is_a_trap_with_its_line_and_what_is_no_function_is_refused() {
    let mut stage = ScriptStage::new();
    let error =
        stage.run(&[], &[], "() => {\n  throw new TypeError('not today');\n}", &[]).unwrap_err();
    assert_eq!(error.message(), "TypeError: not today (line 2 of `env.f`)");
    let error = stage.run(&[], &[], "() => { throw 7 }", &[]).unwrap_err();
    assert_eq!(error.message(), "7 was thrown");
    let calls = stage.calls();
    assert_eq!(calls[1].ended, HostCallEnd::Trapped { message: "7 was thrown".into() });
    assert!(stage.make(&[], &[], "1 +").unwrap_err().contains("`env.f` cannot be used"));
    assert!(stage.make(&[], &[], "41").unwrap_err().contains(", not a function"));
}

#[test]
fn memory_and_globals_are_at_hand_and_what_was_touched_is_recorded() {
    let mut stage = ScriptStage::new();
    let text = stage.run(
        &[Type::I32],
        &[Type::I32],
        "at => { memory.write(0, [1, 2]); memory.u32(4, 7); \
         return memory.text(at) === 'grüße' && memory.text(at, 3) === 'grü'.slice(0, 2) + '\\ufffd' ? memory.u8(1) : 0 }",
        &[I32(16)],
    );
    assert_eq!(text.unwrap(), [I32(2)]);
    let call = &stage.calls()[0];
    assert_eq!((call.wrote[0].at.as_str(), call.wrote[0].bytes.as_str()), ("0", "0102"));
    assert_eq!((call.wrote[1].at.as_str(), call.wrote[1].bytes.as_str()), ("4", "07000000"));
    assert!(call.took_ns.is_some() && !call.read.is_empty());

    let counted = stage.run(
        &[],
        &[Type::I64],
        "() => { globals.count.value += 1n; return globals.count.value }",
        &[],
    );
    assert_eq!(counted.unwrap(), [I64(6)]);
    let error = stage.run(&[], &[Type::I32], "() => memory.u8(65536)", &[]).unwrap_err();
    assert!(error.message().contains("past the end"), "{error}");
    let error = stage.run(&[], &[Type::I32], "() => memory.u32(-1)", &[]).unwrap_err();
    assert!(error.message().contains("not a valid address"), "{error}");
}

#[test]
fn memory_buffer_is_the_memory_itself_until_it_grows() {
    let mut stage = ScriptStage::new();
    let source = "at => { const bytes = new Uint8Array(memory.buffer, at, 7); new DataView(memory.buffer).setInt16(2, -2, true); \
        return memory.buffer === memory.buffer && memory.buffer.byteLength === 65536 \
          && new TextDecoder().decode(bytes) === 'grüße' && memory.i16(2) === -2 ? 1 : 0 }";
    assert_eq!(stage.run(&[Type::I32], &[Type::I32], source, &[I32(16)]).unwrap(), [I32(1)]);
    let plain = "() => memory.u8(0)";
    assert_eq!(stage.run(&[], &[Type::I32], plain, &[]).unwrap(), [I32(0)]);
    let grows = "() => { const old = memory.buffer, view = new Uint8Array(old); const before = memory.grow(1); \
        return [before, old.byteLength, view.length, memory.buffer.byteLength] }";
    let four = [Type::I32, Type::I32, Type::I32, Type::I32];
    let grown = stage.run(&[], &four, grows, &[]).unwrap();
    assert_eq!(grown, [I32(1), I32(0), I32(0), I32(131_072)]);
    let unlisted: Vec<_> = stage.calls().iter().map(|call| call.unlisted.clone()).collect();
    let memory = vec!["memory".to_owned()];
    assert_eq!(unlisted, [memory.clone(), vec![], memory], "only where a buffer was in hand");
}

#[test]
fn a_buffer_that_is_kept_is_noted_in_every_call_and_taken_back_when_the_guest_grows_its_memory() {
    let mut stage = ScriptStage::new();
    stage.run(&[], &[], "() => { globalThis.kept = new Uint8Array(memory.buffer) }", &[]).unwrap();
    let length = "() => kept.length";
    assert_eq!(stage.run(&[], &[Type::I32], length, &[]).unwrap(), [I32(65_536)]);
    assert_eq!(stage.calls()[1].unlisted, ["memory"]);
    let (_, memory) = stage.scope.memory(None).unwrap().clone();
    memory.grow(&mut stage.store, 1).unwrap();
    assert_eq!(stage.run(&[], &[Type::I32], length, &[]).unwrap(), [I32(0)]);
    assert!(stage.calls()[2].unlisted.is_empty());
}

#[test]
fn a_memory_longer_than_a_buffer_can_be_is_reached_in_other_ways() {
    let mut stage = ScriptStage::new();
    let huge = wasmer::Memory::new(&mut stage.store, MemoryType::new(40_000, None, false)).unwrap();
    let seen = NamedExterns { memories: vec![("huge".into(), huge)], ..NamedExterns::default() };
    assert!(stage.scope.imported.set(seen).is_ok());
    let error = stage.run(&[], &[], "() => memories.huge.buffer", &[]).unwrap_err();
    assert!(
        error.message().contains("2621440000 bytes") && error.message().contains("memory.slice"),
        "{error}"
    );
    let end = "() => { memories.huge.u8(2621439999, 7); return memories.huge.u8(2621439999) }";
    assert_eq!(stage.run(&[], &[Type::I32], end, &[]).unwrap(), [I32(7)]);
}

#[test]
fn a_call_that_had_a_buffer_in_hand_is_not_answered_from_the_record() {
    let mut stage = ScriptStage::new();
    stage.run(&[], &[], "() => { new Uint8Array(memory.buffer)[0] = 1 }", &[]).unwrap();
    let recorded = stage.calls();
    let recorder = Arc::clone(&stage.host.recorder);
    let (outbox, stop) = (Arc::clone(&stage.host.outbox), Arc::clone(&stage.host.stop));
    let replay = Some(super::super::Replay::new(recorded));
    let host = Arc::new(Host { recorder, outbox, stop, began: Instant::now(), replay });
    let (scope, title) = (Arc::clone(&stage.scope), "env.f".to_owned());
    let frame =
        HostFrame { host, scope, number: 0, title, params: vec![].into(), results: vec![].into() };
    let kind = FunctionType::new([Type::I32; 0], [Type::I32; 0]);
    let function = super::super::replay::function(&mut stage.store, frame, &kind, ("env", "f"));
    let error = function.call(&mut stage.store, &[]).unwrap_err();
    assert!(error.message().contains("`memory.buffer` of `memory`"), "{error}");
}

#[test]
fn what_javascript_gives_as_a_reference_comes_back_as_the_same_value() {
    let mut stage = ScriptStage::new();
    let external = &[Type::ExternRef][..];
    let object = stage.run(&[], external, "() => globalThis.object = { n: 1 }", &[]).unwrap();
    let same = "x => x === object ? x.n : 0";
    assert_eq!(stage.run(external, &[Type::I32], same, &object).unwrap(), [I32(1)]);
    let text = stage.run(&[], external, "() => 'text'", &[]).unwrap();
    assert_eq!(stage.run(external, &[Type::I32], "x => x.length", &text).unwrap(), [I32(4)]);

    // A reference that the page made is passed on unchanged, and is the same each time.
    let page = WasmerValue::ExternRef(Some(wasmer::ExternRef::new(&mut stage.store, 5_u32)));
    let source = "x => { globalThis.page ??= x; return page === x ? x : null }";
    for _ in 0..2 {
        let back = stage.run(external, external, source, std::slice::from_ref(&page)).unwrap();
        let WasmerValue::ExternRef(Some(back)) = &back[0] else { panic!("{back:?}") };
        assert_eq!(back.downcast::<u32>(&stage.store), Some(&5));
    }
    let null = stage.run(external, external, "x => x", &[WasmerValue::ExternRef(None)]).unwrap();
    assert!(matches!(null[0], WasmerValue::ExternRef(None)));
    let error = stage.run(&[], &[Type::FuncRef], "() => () => 1", &[]).unwrap_err();
    assert!(
        error.message().contains("gave a value of type function, which is not a funcref"),
        "{error}"
    );
}

#[test]
fn text_is_decoded_and_encoded_as_in_a_browser() {
    let mut stage = ScriptStage::new();
    let source = r#"() => {
        const decoder = new TextDecoder('utf-8', { fatal: true });
        let thrown = 0;
        try { decoder.decode(Uint8Array.of(0xff)) } catch (error) { thrown = error instanceof TypeError ? 1 : 0 }
        const to = new Uint8Array(memory.buffer, 100, 5);
        const { read, written } = new TextEncoder().encodeInto('aß€', to);
        const lossy = new TextDecoder().decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xf0, 0x9f, 0x62));
        return [thrown, read, written, memory.text(100) === 'aß' && lossy === 'a�b' ? 1 : 0];
    }"#;
    let results =
        stage.run(&[], &[Type::I32, Type::I32, Type::I32, Type::I32], source, &[]).unwrap();
    assert_eq!(results, [I32(1), I32(2), I32(3), I32(1)]);
}

#[test]
fn memory_and_stack_without_end_are_errors() {
    // The test needs a stack like that of the guest's thread. Its own is smaller than the limit of
    // JavaScript.
    let body = || {
        let mut stage = ScriptStage::new();
        let hoard = "() => { let a = []; for (;;) a.push(new Array(1e6).fill(1)) }";
        let error = stage.run(&[], &[], hoard, &[]).unwrap_err();
        assert!(error.message().contains("out of memory"), "{error}");
        let error = stage.run(&[], &[], "() => { const f = () => f() + 1; f() }", &[]).unwrap_err();
        assert!(error.message().contains("stack"), "{error}");
        let fine = stage.run(&[], &[Type::I32], "() => 1", &[]);
        assert_eq!(fine.unwrap(), [I32(1)], "the next call works");
    };
    let thread = std::thread::Builder::new().stack_size(crate::host::STACK).spawn(body).unwrap();
    thread.join().unwrap();
}

#[test]
fn a_loop_without_end_ends_by_stop() {
    let mut stage = ScriptStage::new();
    let stop = Arc::clone(&stage.host.stop);
    let number = stop.submit();
    let running = stop.begin(number).unwrap();
    let stopper = std::thread::spawn({
        let (stop, recorder) = (Arc::clone(&stop), Arc::clone(&stage.host.recorder));
        move || {
            // The call is recorded when it begins.
            while recorder.read(0, 1).last == 0 {
                std::thread::yield_now();
            }
            stop.stop()
        }
    });
    let error = stage.run(&[], &[], "() => { for (;;); }", &[]).unwrap_err();
    assert!(error.downcast_ref::<HostStopped>().is_some(), "{error}");
    assert!(stopper.join().unwrap());
    drop(running);
}
