//! Loading artifacts: Watshop's runner, which checks them first, beside Wasmer's own load of the
//! same code.

use std::time::{Duration, Instant};

use tempfile::TempDir;
use wasmer::Module;
use wasmer::sys::EngineBuilder;
use watshop_protocol::instance::{Instantiate, InstantiateAnswer, Load, LoadAnswer};
use watshop_protocol::page::{Compiler, Engine, Limits, Proposals, UnknownImports, WasiSettings};

use watshop_tests::process::{CompilerProcess, RunnerProcess};

use crate::effort::Effort;
use crate::figures::{Pairs, median, show};

/// The first lines of the table.
pub const HEAD: &str = "| compiler | engine | size | check | Wasmer's load | check and load | difference | ratio | instantiate |\n\
    | --- | --- | --- | --- | --- | --- | --- | --- | --- |";

/// A row of the table: a WASI program, compiled once, and loaded by both again and again, in turn.
pub fn row(effort: Effort, compiler: Compiler, engine: Engine, wasm: &[u8]) -> String {
    let folder = TempDir::new().unwrap();
    let (sealed, bare) = (folder.path().join("a.wshop"), folder.path().join("a.bin"));
    let mut process = CompilerProcess::start(compiler);
    process.compile(wasm, engine, Proposals::default(), &sealed).unwrap();
    let payload = watshop_artifact::open(&sealed).unwrap().payload().to_vec();
    std::fs::write(&bare, &payload).unwrap();

    let mut runner = RunnerProcess::start(folder.path());
    let (mut check, mut instantiate, mut load) = (Vec::new(), Vec::new(), Pairs::default());
    for _ in 0..effort.short(31, 1) {
        let began = Instant::now();
        drop(watshop_artifact::open(&sealed).unwrap());
        check.push(began.elapsed());

        let headless = wasmer::Engine::from(EngineBuilder::headless());
        let began = Instant::now();
        // SAFETY: our own compiler has just made it.
        #[expect(unsafe_code, reason = "Wasmer trusts the machine code that it loads")]
        let module = unsafe { Module::deserialize_from_file(&headless, &bare) }.unwrap();
        let direct = began.elapsed();
        drop(module);

        let asked = Load { sealed: sealed.clone(), payload_hash: None, own: true };
        let LoadAnswer { load_ns, .. } = runner.ask(asked).unwrap();
        load.add(direct, Duration::from_nanos(load_ns));
        let asked = Instantiate {
            limits: Limits::default(),
            wasi: WasiSettings { program: Some("qjs".into()), ..WasiSettings::default() },
            unknown_imports: UnknownImports::Error,
            host: Default::default(),
        };
        let InstantiateAnswer::Instance { instantiate_ns, .. } = runner.ask(asked).unwrap() else {
            panic!("no instance")
        };
        instantiate.push(Duration::from_nanos(instantiate_ns));
    }
    let megabytes = payload.len() as f64 / 1e6;
    format!(
        "| {} | {} | {megabytes:.1} MB | {} | {} | {} |",
        compiler.title(),
        engine.as_str(),
        show(median(&check)),
        load.row(),
        show(median(&instantiate)),
    )
}
