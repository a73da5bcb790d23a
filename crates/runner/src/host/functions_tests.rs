use std::sync::Arc;
use std::time::Instant;

use wasmer::sys::EngineBuilder;
use wasmer::{Engine, Memory, MemoryType, Type};
use watshop_protocol::page::{HostCall, Limits, Providers};
use watshop_protocol::process::Said;
use watshop_protocol::process::runner::Notice;

use super::super::record::Recorder;
use super::super::{Host, HostScope, NamedExterns, Replay};
use super::*;
use crate::ending::ProgramExit;
use crate::outbox::Outbox;
use crate::stop::Stop;

/// A store without a compiler, and the parts that host functions need.
struct FunctionStage {
    store: Store,
    host: Arc<Host>,
    scope: Arc<HostScope>,
}

impl FunctionStage {
    fn new(replay: Option<Vec<HostCall>>) -> Self {
        let outbox = Arc::new(Outbox::default());
        let stop = Arc::new(Stop::new(Arc::clone(&outbox)));
        let recorder = Arc::new(Recorder::default());
        recorder.reset(false);
        let replay = replay.map(Replay::new);
        let host = Arc::new(Host { recorder, outbox, stop, began: Instant::now(), replay });
        let store = Store::new(Engine::from(EngineBuilder::headless()));
        Self { store, host, scope: Arc::default() }
    }

    fn with_memory(text: &[u8], at: u64) -> Self {
        let mut stage = Self::new(None);
        let memory = Memory::new(&mut stage.store, MemoryType::new(1, Some(1), false)).unwrap();
        memory.view(&stage.store).write(at, text).unwrap();
        let seen =
            NamedExterns { memories: vec![("memory".into(), memory)], ..NamedExterns::default() };
        assert!(stage.scope.exported.set(seen).is_ok());
        stage
    }

    fn make(&mut self, params: &[Type], results: &[Type], json: &str) -> Function {
        let provider: Provider = serde_json::from_str(json).unwrap();
        let imports = Providers::default();
        let resolver = ImportResolver {
            host: &self.host,
            imports: &imports,
            neighbours: &[],
            scope: &self.scope,
            limits: Limits::default(),
            compiler: None,
        };
        let kind = FunctionType::new(params, results);
        make(&mut self.store, &resolver, ("env", "f"), &kind, &provider).unwrap()
    }

    fn printed(&self) -> String {
        match self.host.outbox.next() {
            Some((Said::Notice(Notice::Output(_)), bytes)) => String::from_utf8(bytes).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn calls(&self) -> Vec<HostCall> {
        self.host.recorder.read(0, 1000).calls
    }
}

use WasmerValue::{F64, I32, I64};

#[test]
fn a_value_is_returned_and_the_call_is_recorded() {
    let mut stage = FunctionStage::new(None);
    let function = stage.make(
        &[Type::I64],
        &[Type::I32, Type::F64],
        r#"{"provide": "value", "results": ["7", "nan:0x8000000000001"]}"#,
    );
    let results = function.call(&mut stage.store, &[I64(i64::MIN)]).unwrap();
    assert_eq!(results[0], I32(7));
    let F64(float) = results[1] else { panic!("{results:?}") };
    assert_eq!(float.to_bits(), 0x7ff8_0000_0000_0001);
    let calls = stage.calls();
    assert_eq!(calls[0].arguments[0].value, "-9223372036854775808");
    let HostCallEnd::Returned { results } = &calls[0].ended else { panic!("{calls:?}") };
    assert_eq!(results[1].value, "nan:0x8000000000001");
}

use watshop_protocol::page::HostCallEnd;

#[test]
fn a_log_writes_its_template_with_the_arguments() {
    let mut stage = FunctionStage::new(None);
    let function = stage.make(
        &[Type::I32, Type::F64],
        &[],
        r#"{"provide": "log", "template": "{0:x} {0:u} {0:c} {1:?}\\n"}"#,
    );
    function.call(&mut stage.store, &[I32(65), F64(-0.0)]).unwrap();
    assert_eq!(stage.printed(), "0x41 65 A f64 -0\n");
}

#[test]
fn a_string_is_read_by_length_and_up_to_nul() {
    let mut stage = FunctionStage::with_memory("grüße\0rest".as_bytes(), 65536 - 12);
    let by_length = stage.make(
        &[Type::I32, Type::I32],
        &[],
        r#"{"provide": "read_string", "pointer": 0, "length": 1}"#,
    );
    by_length.call(&mut stage.store, &[I32(65536 - 12), I32(4)]).unwrap();
    assert_eq!(stage.printed(), "grü\n");
    let to_nul = stage.make(
        &[Type::I32],
        &[],
        r#"{"provide": "read_string", "pointer": 0, "newline": false}"#,
    );
    to_nul.call(&mut stage.store, &[I32(65536 - 12)]).unwrap();
    assert_eq!(stage.printed(), "grüße");
    let read = &stage.calls()[1].read[0];
    assert_eq!((read.memory.as_str(), read.at.as_str(), read.length), ("memory", "65524", 7));
    assert_eq!(read.bytes, "6772c3bcc39f65");

    for (pointer, length) in [(65536, 1), (-1, 0), (65530, 7), (0, -1)] {
        let error = by_length.call(&mut stage.store, &[I32(pointer), I32(length)]).unwrap_err();
        assert!(error.message().contains("past the end"), "{error}");
    }
    let unended = FunctionStage::with_memory(&[b'x'; 10], 65526);
    let mut unended = unended;
    let to_nul = unended.make(&[Type::I32], &[], r#"{"provide": "read_string", "pointer": 0}"#);
    let error = to_nul.call(&mut unended.store, &[I32(65530)]).unwrap_err();
    assert!(error.message().contains("no NUL"), "{error}");
}

#[test]
fn an_exit_and_a_trap_end_the_call_each_in_its_way() {
    let mut stage = FunctionStage::new(None);
    let exit = stage.make(&[Type::I32], &[], r#"{"provide": "exit", "code": 1, "parameter": 0}"#);
    let error = exit.call(&mut stage.store, &[I32(-3)]).unwrap_err();
    assert_eq!(error.downcast_ref::<ProgramExit>().unwrap().0, -3);
    let trap = stage.make(&[Type::I32], &[], r#"{"provide": "trap", "message": "no {0}"}"#);
    let error = trap.call(&mut stage.store, &[I32(5)]).unwrap_err();
    assert_eq!(error.message(), "no 5");
    let ends: Vec<_> = stage.calls().into_iter().map(|call| call.ended).collect();
    assert_eq!(
        ends,
        [HostCallEnd::Exited { code: -3 }, HostCallEnd::Trapped { message: "no 5".into() }]
    );
}

#[test]
fn a_replay_answers_as_recorded_and_refuses_what_the_record_has_not() {
    let random = r#"{"provide": "random", "seed": "9"}"#;
    let mut first = FunctionStage::new(None);
    let function = first.make(&[Type::I32], &[Type::I64], random);
    let recorded: Vec<_> =
        (0..2).map(|n| function.call(&mut first.store, &[I32(n)]).unwrap()).collect();

    let mut second = FunctionStage::new(Some(first.calls()));
    // The provider is not called, because the record answers.
    let function = second.make(&[Type::I32], &[Type::I64], r#"{"provide": "value"}"#);
    assert_eq!(function.call(&mut second.store, &[I32(0)]).unwrap(), recorded[0]);
    let other = function.call(&mut second.store, &[I32(7)]).unwrap_err();
    assert!(other.message().contains("`env.f(1)`, and the module calls it with (7)"), "{other}");
    let over = function.call(&mut second.store, &[I32(2)]).unwrap_err();
    assert!(over.message().contains("no further call"), "{over}");
}
