//! Wasmer's own API, in this process, with nothing in between.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wasmer::{Engine, Imports, Instance, Module, Store, Value};
use wasmer_compiler::{CompilerConfig, EngineBuilder};
use wasmer_compiler_cranelift::Cranelift;
use wasmer_compiler_singlepass::Singlepass;
use wasmer_wasix::runtime::task_manager::tokio::TokioTaskManager;
use wasmer_wasix::{PluggableRuntime, WasiEnv, WasiError};
use watshop_protocol::page::Compiler;

/// An engine as Wasmer's users make one.
pub fn engine(compiler: Compiler) -> Engine {
    let config: Box<dyn CompilerConfig> = match compiler {
        Compiler::Singlepass => Box::new(Singlepass::default()),
        Compiler::Cranelift => Box::new(Cranelift::default()),
        #[cfg(feature = "llvm")]
        Compiler::Llvm => Box::new(wasmer_compiler_llvm::LLVM::default()),
        #[cfg(not(feature = "llvm"))]
        Compiler::Llvm => unreachable!("built without LLVM"),
    };
    EngineBuilder::new(config).engine().into()
}

/// Compiles a binary to machine code.
pub fn compile(engine: &Engine, binary: &[u8]) -> (Module, Duration) {
    let began = Instant::now();
    let module = made(engine, binary);
    (module, began.elapsed())
}

#[cfg(feature = "direct")]
fn made(engine: &Engine, binary: &[u8]) -> Module {
    Module::new(engine, binary).unwrap()
}

/// Without the feature, Wasmer's API loads code and makes none, so this calls the compiler behind
/// it. It takes longer, and is for a run that is not measured.
#[cfg(not(feature = "direct"))]
fn made(engine: &Engine, binary: &[u8]) -> Module {
    use wasmer_compiler::ArtifactCreate as _;
    let code = engine.as_sys().compile(binary).unwrap().serialize().unwrap();
    // SAFETY: our own compiler has just made it.
    #[allow(unsafe_code, reason = "Wasmer trusts what is deserialised")]
    unsafe { Module::deserialize(engine, code) }.unwrap()
}

/// Makes an instance without imports, and calls an export once.
pub fn call(engine: &Engine, module: &Module, export: &str, argument: i32) -> (i32, Duration) {
    let mut store = Store::new(engine.clone());
    let instance = Instance::new(&mut store, module, &Imports::new()).unwrap();
    let function = instance.exports.get_function(export).unwrap();
    let began = Instant::now();
    let results = function.call(&mut store, &[Value::I32(argument)]).unwrap();
    (results[0].unwrap_i32(), began.elapsed())
}

/// Runs a WASI program from instance to exit. Returns the time that `_start` took.
pub fn run_program(engine: &Engine, module: &Module, arguments: &[&str]) -> Duration {
    let mut store = Store::new(engine.clone());
    let tasks = TokioTaskManager::new(tokio::runtime::Handle::current());
    let mut runtime = PluggableRuntime::new(Arc::new(tasks));
    runtime.set_engine(engine.clone());
    let (stdout, _read) = wasmer_wasix::virtual_fs::Pipe::channel();
    let builder =
        WasiEnv::builder("qjs").args(arguments).runtime(Arc::new(runtime)).stdout(Box::new(stdout));
    let (instance, _env) = builder.instantiate(module.clone(), &mut store).unwrap();
    let start = instance.exports.get_function("_start").unwrap();
    let began = Instant::now();
    if let Err(error) = start.call(&mut store, &[]) {
        match error.downcast::<WasiError>() {
            Ok(WasiError::Exit(code)) if code.is_success() => {}
            other => panic!("{other:?}"),
        }
    }
    began.elapsed()
}
