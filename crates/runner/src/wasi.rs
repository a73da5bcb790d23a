//! WASI snapshot 0 and preview 1: arguments, environment, output, clocks, random bytes, exit.
//!
//! There is no network, no folder, and standard input is at its end. Nothing of the host gets in: the
//! file system is an empty one, and threads and other programs cannot be started.

use std::sync::Arc;

use virtual_fs::{EmptyFileSystem, NullFile};
use wasmer::{Engine, Extern, Function, Imports, Instance, Memory, MemoryType, Module, Store};
use wasmer_wasix::{
    WasiEnv, WasiFunctionEnv, WasiModuleInstanceHandles, WasiModuleTreeHandles, WasiThread, WasiVersion,
    generate_import_object_from_env,
};
use watshop_protocol::page::{Error, ErrorCode, Result, Stream, WasiSettings};

use crate::stop::Stop;
use crate::wire::Outbox;

mod output;
mod poll;
mod runtime;

/// The namespaces that are provided.
const NAMESPACES: [(&str, WasiVersion); 2] =
    [("wasi_unstable", WasiVersion::Snapshot0), ("wasi_snapshot_preview1", WasiVersion::Snapshot1)];

/// A guest's WASI, before and after its instance is made.
pub struct Wasi {
    env: WasiFunctionEnv,
    imports: Imports,
}

impl Wasi {
    /// What a module needs of WASI; `None` where it imports nothing of it.
    ///
    /// # Errors
    ///
    /// `instantiation` where an argument or a variable cannot be passed.
    pub fn of(
        module: &Module,
        store: &mut Store,
        engine: &Engine,
        settings: &WasiSettings,
        stop: &Arc<Stop>,
        outbox: &Arc<Outbox>,
    ) -> Result<Option<Self>> {
        let wanted: Vec<_> = NAMESPACES
            .into_iter()
            .filter(|(namespace, _)| module.info().imports.keys().any(|key| key.module == *namespace))
            .collect();
        if wanted.is_empty() {
            return Ok(None);
        }
        let file = |stream| Box::new(output::Output::new(stream, outbox.clone(), stop.clone()));
        let program = settings.program.clone().unwrap_or_else(|| "program".to_owned());
        let env = WasiEnv::builder(program)
            .args(&settings.arguments)
            .envs(settings.environment.iter().map(|v| (&v.name, &v.value)))
            .runtime(Arc::new(runtime::Offline::new(engine.clone(), stop.clone())))
            .fs(Arc::new(EmptyFileSystem::default()) as Arc<dyn virtual_fs::FileSystem + Send + Sync>)
            .stdin(Box::new(NullFile::default()))
            .stdout(file(Stream::Stdout))
            .stderr(file(Stream::Stderr))
            .disable_default_builtins(true)
            .finalize(store)
            .map_err(|e| Error::new(ErrorCode::Instantiation, format!("WASI cannot be set up: {e}.")))?;
        let mut imports = Imports::new();
        for (namespace, version) in wanted {
            imports.extend(&generate_import_object_from_env(store, &env.env, version));
            // wasmer-wasix keeps only part of the status; and a program without a memory may exit too.
            imports.define(namespace, "proc_exit", Function::new_typed(store, exit));
            if let Some(Extern::Function(poll)) = imports.get_export(namespace, "poll_oneoff") {
                let layout = match version {
                    WasiVersion::Snapshot0 => poll::SNAPSHOT0,
                    _ => poll::PREVIEW1,
                };
                imports.define(namespace, "poll_oneoff", poll::repair(store, &env.env, poll, layout));
            }
        }
        Ok(Some(Self { env, imports }))
    }

    /// The function of a namespace of WASI.
    pub fn find(&self, namespace: &str, name: &str) -> Option<Extern> {
        let ours = NAMESPACES.iter().any(|(known, _)| *known == namespace);
        self.imports.get_export(namespace, name).filter(|_| ours)
    }

    /// What the guest runs on, as WASI sees it.
    pub fn thread(&self, store: &Store) -> WasiThread {
        self.env.data(store).thread.clone()
    }

    /// Tells WASI which memory it reads and writes, once the instance is there.
    ///
    /// # Errors
    ///
    /// `instantiation` where the instance's exports do not suit it.
    pub fn attach(&mut self, store: &mut Store, instance: &Instance) -> Result<()> {
        let memory = match instance.exports.iter().memories().next() {
            Some((_, memory)) => memory.clone(),
            // A program that only exits needs none; one that passes pointers gets errors from WASI.
            None => Memory::new(store, MemoryType::new(0, Some(0), false)).map_err(|e| unfit(&e))?,
        };
        let handles = WasiModuleInstanceHandles::new(memory, store, instance.clone(), None);
        let handles = WasiModuleTreeHandles::Static(handles);
        self.env
            .initialize_handles_and_layout(store, instance.clone(), handles, None, true)
            .map_err(|e| unfit(&e))
    }
}

/// The end of a program by its own wish, with its status.
#[derive(Debug, thiserror::Error)]
#[error("the program ended with status {0}")]
pub struct Exit(pub i32);

fn exit(status: i32) -> std::result::Result<(), Exit> {
    Err(Exit(status))
}

fn unfit(why: &dyn std::error::Error) -> Error {
    Error::new(ErrorCode::Instantiation, format!("WASI cannot work with this module: {why}."))
}
