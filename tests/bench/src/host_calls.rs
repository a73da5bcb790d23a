//! Host calls: a guest that calls an import a million times, in the real runner with recording on
//! and off, beside the same module with Wasmer's own dynamic host function. All take turns.

use std::time::Duration;

use tempfile::TempDir;
use wasmer::{
    Function, FunctionEnv, FunctionEnvMut, FunctionType, Instance, Module, Store, Type, Value,
    imports,
};
use watshop_protocol::instance::{Call, CallAnswer, Instantiate, Load, PauseCalls};
use watshop_protocol::page::{
    Compiler, Engine, ImportObject, Limits, Proposals, Provider, Provision, UnknownImports,
    WasiSettings,
};
use watshop_protocol::process::runner::{CallEnd, HostSetup};
use watshop_tests::process::{CompilerProcess, RunnerProcess};

use crate::direct;
use crate::effort::Effort;
use crate::figures::median;

/// The first lines of the table.
pub const HEAD: &str = "| provider | a call | recording paused | recording costs | of Wasmer's function | promised |\n\
    | --- | --- | --- | --- | --- | --- |";

/// A guest that calls its import `n` times, and returns the sum of the results.
const GUEST: &str = r#"(module
    (import "env" "f" (func $f (param i32 i32) (result i32)))
    (func (export "run") (param $n i32) (result i32) (local $i i32) (local $sum i32)
        (loop $next
            (local.set $sum (i32.add (local.get $sum) (call $f (local.get $i) (i32.const 2))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $next (i32.lt_u (local.get $i) (local.get $n))))
        (local.get $sum)))"#;

/// A provider to be timed: its title, its JSON, the guest's sum with it, and its promised time.
type Timed = (&'static str, &'static str, fn(i32) -> i32, &'static str);

const PROVIDERS: [Timed; 4] = [
    (
        "constant",
        r#"{"provide": "value", "results": ["7"]}"#,
        |n| 7 * n,
        "≤ 1.5× of Wasmer's function",
    ),
    (
        "log, one line a call",
        r#"{"provide": "log", "template": "f({*})\\n"}"#,
        |_| 0,
        "recording costs ≤ 2×",
    ),
    ("log of nothing", r#"{"provide": "log", "template": ""}"#, |_| 0, "recording costs ≤ 2×"),
    (
        "JavaScript `(x, y) => x + y`",
        r#"{"provide": "javascript", "source": "(x, y) => x + y"}"#,
        sum,
        "≤ 2 µs",
    ),
];

fn sum(n: i32) -> i32 {
    (0..n).fold(0, |sum: i32, x| sum.wrapping_add(x + 2))
}

/// Returns the rows of the table.
pub fn rows(effort: Effort) -> Vec<String> {
    let calls = effort.short(1_000_000, 100);
    let folder = TempDir::new().unwrap();
    let sealed = folder.path().join("a.wshop");
    let wasm = wat::parse_str(GUEST).unwrap();
    let mut compiler = CompilerProcess::start(Compiler::Cranelift);
    compiler.compile(&wasm, Engine::Jit, Proposals::default(), &sealed).unwrap();
    let mut runners = PROVIDERS.map(|(_, json, ..)| {
        let mut runner = RunnerProcess::start(folder.path());
        let load = Load { sealed: sealed.clone(), payload_hash: None, own: false };
        runner.ask(load).unwrap();
        runner.ask(instantiation(serde_json::from_str(json).unwrap())).unwrap();
        runner
    });
    let engine = direct::engine(Compiler::Cranelift);
    let (module, _) = direct::compile(&engine, &wasm);

    let mut native = Vec::new();
    let mut times = PROVIDERS.map(|_| (Vec::new(), Vec::new()));
    for _ in 0..effort.long(11) {
        native.push(by_wasmer(&engine, &module, calls));
        for ((runner, (recorded, paused)), provider) in
            runners.iter_mut().zip(&mut times).zip(PROVIDERS)
        {
            recorded.push(by_watshop(runner, false, (calls, provider.2(calls))));
            paused.push(by_watshop(runner, true, (calls, provider.2(calls))));
        }
    }
    let native = median(&native);
    let mut rows = vec![format!(
        "| Wasmer's own dynamic function | {} | | | 1.00× | |",
        a_call(native, calls)
    )];
    for ((title, _, _, promise), (recorded, paused)) in PROVIDERS.iter().zip(&times) {
        let (recorded, paused) = (median(recorded), median(paused));
        rows.push(format!(
            "| {title} | {} | {} | {:.2}× | {:.2}× | {promise} |",
            a_call(recorded, calls),
            a_call(paused, calls),
            ratio(recorded, paused),
            ratio(recorded, native),
        ));
    }
    rows
}

fn instantiation(provider: Provider) -> Instantiate {
    let provision = Provision { module: "env".into(), name: "f".into(), provider };
    Instantiate {
        limits: Limits { call_ms: 0, ..Limits::default() },
        wasi: WasiSettings { program: Some("bench".into()), ..WasiSettings::default() },
        unknown_imports: UnknownImports::Error,
        host: HostSetup {
            imports: ImportObject { provisions: vec![provision] },
            ..HostSetup::default()
        },
    }
}

/// Runs the guest as in Wasmer's documentation: with a constant from a function whose type is known
/// when it is made.
fn by_wasmer(engine: &wasmer::Engine, module: &Module, calls: i32) -> Duration {
    let mut store = Store::new(engine.clone());
    let nothing = FunctionEnv::new(&mut store, ());
    let kind = FunctionType::new([Type::I32, Type::I32], [Type::I32]);
    let answer = |_: FunctionEnvMut<'_, ()>, _: &[Value]| Ok(vec![Value::I32(7)]);
    let f = Function::new_with_env(&mut store, &nothing, kind, answer);
    let given = imports! { "env" => { "f" => f } };
    let instance = Instance::new(&mut store, module, &given).unwrap();
    let run = instance.exports.get_function("run").unwrap();
    let began = std::time::Instant::now();
    let results = run.call(&mut store, &[Value::I32(calls)]).unwrap();
    let time = began.elapsed();
    assert_eq!(results[0], Value::I32(7 * calls));
    time
}

fn by_watshop(runner: &mut RunnerProcess, paused: bool, (calls, expected): (i32, i32)) -> Duration {
    runner.ask(PauseCalls { paused }).unwrap();
    let call = Call { export: "run".into(), arguments: vec![calls.to_string()], limit_ms: 0 };
    let CallAnswer { call_ns, ended: CallEnd::Returned(results), .. } = runner.ask(call).unwrap()
    else {
        panic!("the guest did not return")
    };
    assert_eq!(results[0].value, expected.to_string());
    Duration::from_nanos(call_ns)
}

fn a_call(all: Duration, calls: i32) -> String {
    format!("{:.0} ns", all.as_nanos() as f64 / f64::from(calls))
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
