//! Each module in a runner of its own, with no imports.

use watshop_protocol::instance::{Call, CallAnswer, Exports, ReadExports};
use watshop_protocol::page::{
    Compiler, Engine, Error, ErrorCode, ExternType, Limits, Proposals, ValueType,
};
use watshop_protocol::process::runner::CallEnd;
use watshop_tests::process::RunnerProcess;

use crate::artifacts::Artifacts;
use crate::script::{CHANGED, Came, IMPORTS, OTHER, V128, World};

enum Instance {
    Running(RunnerProcess),
    /// The instance could not be made, for a reason that skips every directive that needs it.
    Skipped(&'static str),
}

pub struct Alone {
    artifacts: Artifacts,
    instances: Vec<Instance>,
    /// The instances that other modules may import from.
    registered: Vec<usize>,
}

impl Alone {
    pub fn new(compiler: Compiler, proposals: Proposals) -> Self {
        let artifacts = Artifacts::new(compiler, Engine::Jit, proposals);
        Self { artifacts, instances: Vec::new(), registered: Vec::new() }
    }

    fn start(&mut self, binary: &[u8]) -> Result<Result<RunnerProcess, &'static str>, Box<Error>> {
        let artifact = match self.artifacts.make(binary)? {
            Ok(artifact) => artifact,
            Err(reason) => return Ok(Err(reason)),
        };
        let mut runner = RunnerProcess::start(self.artifacts.folder.path());
        match runner.instantiate(&artifact.sealed, Limits::default()) {
            Ok(()) => Ok(Ok(runner)),
            Err(error) if error.code == ErrorCode::MissingImports => {
                self.lose_registered();
                Ok(Err(IMPORTS))
            }
            Err(error) => Err(Box::new(error)),
        }
    }

    /// Drops the registered instances, because a module that could not be made might have written
    /// into any of them.
    fn lose_registered(&mut self) {
        for index in self.registered.drain(..) {
            if let Some(instance) = self.instances.get_mut(index) {
                *instance = Instance::Skipped(CHANGED);
            }
        }
    }

    fn runner(&mut self, instance: usize) -> Result<&mut RunnerProcess, &'static str> {
        match self.instances.get_mut(instance) {
            Some(Instance::Running(runner)) => Ok(runner),
            Some(Instance::Skipped(reason)) => Err(reason),
            None => Err(OTHER),
        }
    }
}

impl World for Alone {
    fn compile(&mut self, binary: &[u8]) -> Result<(), Box<Error>> {
        self.artifacts.compile(binary).map(drop)
    }

    fn add(&mut self, binary: &[u8]) -> Result<Result<(), &'static str>, Box<Error>> {
        let made = self.start(binary);
        let (instance, answer) = match made {
            Ok(Ok(runner)) => (Instance::Running(runner), Ok(Ok(()))),
            Ok(Err(reason)) => (Instance::Skipped(reason), Ok(Err(reason))),
            Err(error) => (Instance::Skipped(OTHER), Err(error)),
        };
        self.instances.push(instance);
        answer
    }

    fn attempt(&mut self, binary: &[u8]) -> Result<Result<(), &'static str>, Box<Error>> {
        Ok(self.start(binary)?.map(drop))
    }

    fn register(&mut self, _: &str, instance: usize) {
        self.registered.push(instance);
    }

    fn forget(&mut self, instance: usize) {
        if let Some(instance) = self.instances.get_mut(instance) {
            *instance = Instance::Skipped(OTHER);
        }
    }

    fn call(&mut self, instance: usize, export: &str, arguments: Vec<String>) -> Came {
        let vectors = self.artifacts.compiler == Compiler::Singlepass;
        let runner = match self.runner(instance) {
            Ok(runner) => runner,
            Err(reason) => return Came::Skip(reason),
        };
        if vectors && has_vectors(runner, export) {
            return Came::Skip(V128);
        }
        called(runner, export, arguments)
    }

    fn get(&mut self, instance: usize, global: &str) -> Came {
        let runner = match self.runner(instance) {
            Ok(runner) => runner,
            Err(reason) => return Came::Skip(reason),
        };
        match runner.ask(ReadExports {}) {
            Ok(Exports { exports }) => {
                let found = exports.exports().find(|state| state.export.name == global);
                Came::Back(found.and_then(|state| state.value).into_iter().collect())
            }
            other => panic!("not an answer to Exports: {other:?}"),
        }
    }

    fn excuse(&self, _: usize) -> Option<&'static str> {
        None
    }
}

/// Calls an export of a runner's instance.
pub fn called(runner: &mut RunnerProcess, export: &str, arguments: Vec<String>) -> Came {
    let request = Call { export: export.to_owned(), arguments, limit_ms: 60_000 };
    match runner.ask(request) {
        Ok(CallAnswer { ended: CallEnd::Returned(values), .. }) => Came::Back(values),
        Ok(CallAnswer { ended: CallEnd::Failed(error), .. }) => Came::Failed(error),
        Ok(other) => panic!("not an answer to Call: {other:?}"),
        Err(error) => Came::Failed(Box::new(error)),
    }
}

fn has_vectors(runner: &mut RunnerProcess, export: &str) -> bool {
    let Ok(Exports { exports }) = runner.ask(ReadExports {}) else { return false };
    exports.exports().any(|state| {
        state.export.name == export
            && matches!(&state.export.kind, ExternType::Function { params, results }
                if params.iter().chain(results.iter()).any(|kind| *kind == ValueType::V128))
    })
}
