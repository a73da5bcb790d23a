//! A program of WASIX: its imports, and the memory that they work on.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use watshop_protocol::say;

use tokio::runtime::Handle;
use wasmer::{
    Extern, ExternType, FunctionEnv, ImportType, Imports, Instance, Memory, Module, Store,
};
use wasmer_wasix::wasmer_wasix_types::types::Signal;
use wasmer_wasix::{
    PluggableRuntime, WasiEnv, WasiEnvBuilder, WasiFunctionEnv, WasiModuleInstanceHandles,
    WasiModuleTreeHandles, WasiStateCreationError,
};
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_runner::{ProgramPlan, SystemProgram, Waker};

use crate::calls::{self, CallState};
use crate::files;
use crate::streams::StreamFile;
use crate::tasks::Tasks;

/// A program.
pub struct WasixProgram {
    env: WasiFunctionEnv,
    imports: Imports,
    state: Arc<CallState>,
    /// The memory that the module imports. A module of WASIX expects one from its host.
    memory: Option<Memory>,
}

impl WasixProgram {
    /// A program that has not begun.
    ///
    /// # Errors
    ///
    /// `instantiation` if an argument or a variable cannot be passed, `wasi_folder` if its current
    /// directory is in none of its folders.
    pub fn new(
        module: &Module,
        store: &mut Store,
        plan: ProgramPlan<'_>,
        runtime: &Handle,
    ) -> Result<Self> {
        let ProgramPlan { settings, folders, streams, stop } = plan;
        let [input, output, error] = streams;
        let kinds = [input.kind(), output.kind(), error.kind()];
        let file = |stream| Box::new(StreamFile::new(stream, runtime.clone()));
        let mut host = PluggableRuntime::new(Arc::new(Tasks(runtime.clone())));
        host.set_engine(store.engine().clone());
        let cwd = files::current(settings.cwd.as_deref(), &folders)?;
        let mut builder = WasiEnv::builder(settings.program.as_deref().unwrap_or("program"))
            .args(&settings.arguments)
            .runtime(Arc::new(host))
            .stdin(file(input))
            .stdout(file(output))
            .stderr(file(error))
            .mount_fs(files::mounted(folders)?)
            .current_dir(PathBuf::from(&cwd))
            .disable_default_builtins(true);
        for variable in &settings.environment {
            builder.add_env(&variable.name, &variable.value);
        }
        if settings.cwd.is_some() && !settings.environment.iter().any(|own| own.name == "PWD") {
            builder.add_env("PWD", &cwd);
        }
        let builder = preopened(builder, &cwd).map_err(|why| failed(&why))?;
        let env = builder.build().map_err(|why| failed(&why))?;
        let process = env.process.clone();
        let stopped = Arc::new(AtomicBool::new(false));
        let waker: Arc<Waker> = Arc::new({
            let stopped = Arc::clone(&stopped);
            move || {
                stopped.store(true, Ordering::Relaxed);
                process.signal_process(Signal::Sigkill);
            }
        });
        stop.add_waker(&waker);
        let state = Arc::new(CallState::new(Arc::clone(stop), kinds, stopped, waker));
        let env = WasiFunctionEnv::new(store, env);
        let imports = env.import_object_for_all_wasi_versions(store, module).map_err(|why| {
            Error::new(ErrorCode::Instantiation, say!("WASIX gives no imports: {why}."))
        })?;
        Ok(Self { env, imports, state, memory: None })
    }

    /// The memory that the system functions work on: the one that is exported as WASI wants it, or
    /// else the one that is imported.
    fn working_memory(&self, instance: &Instance) -> Option<Memory> {
        let exported = instance.exports.get_memory("memory").ok().cloned();
        exported.or_else(|| self.memory.clone())
    }
}

fn failed(why: &dyn std::error::Error) -> Error {
    let why = say!("The program cannot be given its surroundings: {why}.");
    Error::new(ErrorCode::Instantiation, why)
}

/// The folders that a program finds open: all of its own are beneath `/`.
fn preopened(
    mut builder: WasiEnvBuilder,
    cwd: &str,
) -> std::result::Result<WasiEnvBuilder, WasiStateCreationError> {
    builder.add_preopen_build(|opened| {
        opened.directory(cwd).alias(".").read(true).write(true).create(true)
    })?;
    builder.add_preopen_dir("/")?;
    Ok(builder)
}

impl SystemProgram for WasixProgram {
    fn find(&mut self, store: &mut Store, import: &ImportType) -> Option<Extern> {
        if let (ExternType::Memory(kind), "env", "memory") =
            (import.ty(), import.module(), import.name())
        {
            let memory = Memory::new(store, *kind).ok()?;
            self.memory = Some(memory.clone());
            return Some(memory.into());
        }
        let Some(Extern::Function(function)) =
            self.imports.get_export(import.module(), import.name())
        else {
            return None;
        };
        let env = FunctionEnv::new(
            store,
            calls::Callee {
                state: Arc::clone(&self.state),
                name: import.name().to_owned(),
                function,
            },
        );
        Some(calls::make(store, &env).into())
    }

    fn attach(&mut self, store: &mut Store, instance: &Instance) -> Result<()> {
        let Some(memory) = self.working_memory(instance) else {
            let why = say!(
                "WASIX works on the memory that a module exports as `memory` or imports as `env.memory`, and this \
                 module has neither."
            );
            return Err(Error::new(ErrorCode::WasiMemory, why).help(say!(
                "Export it: (memory (export \"memory\") 1), or (export \"memory\" (memory 0)) on a line of its own."
            )));
        };
        let handles = WasiModuleInstanceHandles::new(memory.clone(), store, instance.clone(), None);
        let handles = WasiModuleTreeHandles::Static(handles);
        let taken =
            self.env.initialize_handles_and_layout(store, instance.clone(), handles, None, true);
        taken.map_err(|why| {
            let why = say!("WASIX cannot work with this module: {why}.");
            Error::new(ErrorCode::Instantiation, why)
        })?;
        let _ = self.state.memory.set(memory);
        self.state.attached.store(true, Ordering::Relaxed);
        Ok(())
    }
}
