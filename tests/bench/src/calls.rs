//! The cost of measuring a call: a bench of the runner beside Wasmer's own typed call, in turn.

use std::hint::black_box;
use std::time::Instant;

use tempfile::TempDir;
use wasmer::{Imports, Instance, Store, TypedFunction};
use watshop_protocol::instance::{BenchAnswer, BenchCalls, Instantiate, Load};
use watshop_protocol::page::{Compiler, Engine, Limits, Proposals, UnknownImports, WasiSettings};
use watshop_protocol::process::runner::{CallEnd, HostSetup};
use watshop_tests::process::{CompilerProcess, RunnerProcess};

use crate::direct;
use crate::effort::Effort;

/// The first lines of the table.
pub const HEAD: &str = "| compiler | Wasmer's typed call | a call of a bench | difference | promised |\n\
    | --- | --- | --- | --- | --- |";

const ADD: &str = r#"(module (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1))))"#;

/// Returns the row of a compiler.
pub fn row(effort: Effort, compiler: Compiler) -> String {
    let calls = effort.short(1_000_000, 1000);
    let wasm = wat::parse_str(ADD).unwrap();
    let folder = TempDir::new().unwrap();
    let sealed = folder.path().join("a.wshop");
    CompilerProcess::start(compiler)
        .compile(&wasm, Engine::Jit, Proposals::default(), &sealed)
        .unwrap();
    let mut runner = RunnerProcess::start(folder.path());
    runner.ask(Load { sealed, payload_hash: None, own: false }).unwrap();
    runner.ask(instantiation()).unwrap();
    let engine = direct::engine(compiler);
    let (module, _) = direct::compile(&engine, &wasm);
    let mut store = Store::new(engine);
    let instance = Instance::new(&mut store, &module, &Imports::new()).unwrap();
    let add: TypedFunction<(i32, i32), i32> =
        instance.exports.get_typed_function(&store, "add").unwrap();

    let (mut typed, mut benched) = (Vec::new(), Vec::new());
    for _ in 0..effort.short(11, 1) {
        let began = Instant::now();
        for _ in 0..calls {
            black_box(add.call(&mut store, 40, 2).unwrap());
        }
        typed.push(began.elapsed().as_nanos() as f64 / f64::from(calls));
        benched.push(by_watshop(&mut runner, calls));
    }
    let (typed, benched) = (middle(typed), middle(benched));
    let title = compiler.title();
    let difference = benched - typed;
    format!("| {title} | {typed:.1} ns | {benched:.1} ns | {difference:+.1} ns | ≤ +5 ns |")
}

fn instantiation() -> Instantiate {
    Instantiate {
        limits: Limits { call_ms: 0, ..Limits::default() },
        wasi: WasiSettings { program: Some("bench".into()), ..WasiSettings::default() },
        unknown_imports: UnknownImports::Error,
        host: HostSetup::default(),
    }
}

/// The time of the whole request divided by its calls: also the time between the samples is a cost
/// of measuring.
fn by_watshop(runner: &mut RunnerProcess, calls: u32) -> f64 {
    let asked = BenchCalls {
        export: "add".into(),
        arguments: vec!["40".into(), "2".into()],
        calls,
        time_ms: 0,
        warm_up_ms: 0,
        batch: 0,
        limit_ms: 0,
    };
    let began = Instant::now();
    let BenchAnswer { calls, warm_up, ended, .. } = runner.ask(asked).unwrap();
    let time = began.elapsed().as_nanos() as f64;
    assert!(matches!(ended, CallEnd::Returned(results) if results[0].value == "42"));
    time / (calls + warm_up.calls) as f64
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
