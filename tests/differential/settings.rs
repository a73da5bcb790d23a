//! The compilers and engines, on this machine and for other CPUs under qemu.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use watshop_protocol::instance::{Call, CallAnswer, Instantiate, Load};
use watshop_protocol::page::{
    Compiler, Engine, Error, ErrorCode, ImportObject, Limits, ModuleRef, Proposals, Provider,
    Provision, Stream, TabId, Target, UnknownImports, Value, WasiSettings,
};
use watshop_protocol::process::runner::{CallEnd, HostSetup, LinkedModule};
use watshop_tests::process::{CompilerProcess, RunnerProcess};

use crate::signature::Signature;

const LIBRARY: TabId = TabId(1);

pub struct Setting {
    pub name: String,
    compiler: Compiler,
    engine: Engine,
    machine: Option<Machine>,
    process: CompilerProcess,
    folder: TempDir,
    count: u32,
}

/// Another CPU.
#[derive(Clone)]
struct Machine {
    triple: &'static str,
    qemu: &'static str,
    libraries: &'static str,
    runner: PathBuf,
}

/// Returns every compiler with every engine, and JIT code of each for aarch64 if its runner is
/// here.
pub fn all() -> Vec<Setting> {
    let compilers =
        Compiler::ALL.into_iter().filter(|it| *it != Compiler::Llvm || watshop_tests::has_llvm());
    let compilers: Vec<_> = compilers.collect();
    let here =
        compilers.iter().flat_map(|compiler| Engine::ALL.map(|engine| (*compiler, engine, None)));
    let there = aarch64();
    let there = compilers
        .iter()
        .filter_map(|compiler| Some((*compiler, Engine::Jit, Some(there.clone()?))));
    here.chain(there)
        .map(|(compiler, engine, machine)| Setting {
            name: match &machine {
                None => format!("{} {}", compiler.as_str(), engine.as_str()),
                Some(machine) => format!("{} {}", compiler.as_str(), machine.triple),
            },
            compiler,
            engine,
            machine,
            process: CompilerProcess::start(compiler),
            folder: tempfile::tempdir().unwrap(),
            count: 0,
        })
        .collect()
}

fn aarch64() -> Option<Machine> {
    let triple = "aarch64-unknown-linux-gnu";
    let runner = watshop_tests::programs().join("../runners").join(triple).join("watshop-runner");
    let machine = Machine {
        triple,
        qemu: "/usr/bin/qemu-aarch64",
        libraries: "/usr/aarch64-linux-gnu",
        runner,
    };
    let version =
        |command: &mut Command| command.arg("--version").output().ok().map(|it| it.stdout);
    let here = version(&mut Command::new(watshop_tests::programs().join("watshop-runner")));
    let is_ready = machine.runner.is_file()
        && Path::new(machine.qemu).is_file()
        && version(Command::new(machine.qemu).args(["-L", machine.libraries]).arg(&machine.runner))
            == here;
    if !is_ready {
        println!(
            "not tested: {triple}, no runner of this build or no qemu is here (npm run build -- --runners)"
        );
    }
    is_ready.then_some(machine)
}

impl Setting {
    pub fn has_vectors(&self) -> bool {
        self.compiler != Compiler::Singlepass
    }

    /// Makes an instance of the second module, which imports from one of the first and from the
    /// host. Returns none if Singlepass refuses one of them for another CPU: it would compute
    /// others of many floats wrongly there.
    pub fn link(
        &mut self,
        library: &str,
        consumer: &str,
        signatures: &[Signature],
    ) -> Option<Instance> {
        let (library, library_hash) = self.compile(library)?;
        let (consumer, consumer_hash) = self.compile(consumer)?;
        let mut runner = match &self.machine {
            None => RunnerProcess::start(self.folder.path()),
            Some(machine) => {
                let mut command = Command::new(machine.qemu);
                command.args(["-L", machine.libraries]).arg(&machine.runner);
                RunnerProcess::start_by(command, self.folder.path())
            }
        };
        let load = Load { sealed: consumer, payload_hash: Some(consumer_hash), own: false };
        runner.ask(load).unwrap_or_else(|error| panic!("{}: {error:?}", self.name));
        let linked = LinkedModule {
            tab: LIBRARY,
            title: "library".to_owned(),
            sealed: library,
            payload_hash: library_hash,
            imports: ImportObject::default(),
            wasi: WasiSettings::default(),
        };
        let host = HostSetup {
            imports: imports(signatures),
            linked: vec![linked],
            ..HostSetup::default()
        };
        let made = runner.ask(Instantiate {
            limits: Limits::default(),
            wasi: WasiSettings::default(),
            unknown_imports: UnknownImports::Error,
            host,
        });
        made.unwrap_or_else(|error| panic!("{}: {error:?}", self.name));
        Some(Instance(runner))
    }

    fn compile(&mut self, text: &str) -> Option<(PathBuf, String)> {
        self.count += 1;
        let sealed = self.folder.path().join(format!("{}.wshop", self.count));
        let binary = wat::parse_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let target = self
            .machine
            .as_ref()
            .map(|machine| Target { triple: machine.triple.to_owned(), cpu_features: Vec::new() });
        let made =
            self.process.compile_for(target, &binary, self.engine, Proposals::default(), &sealed);
        let may_refuse = self.compiler == Compiler::Singlepass && self.machine.is_some();
        match made {
            Ok(passport) => Some((sealed, passport.payload_hash)),
            Err(error) if may_refuse && error.code == ErrorCode::CompilerRefused => None,
            Err(error) => panic!("{}: {error:?}\n{text}", self.name),
        }
    }
}

fn imports(signatures: &[Signature]) -> ImportObject {
    let mut provisions = Vec::new();
    let mut add = |module: &str, name: String, provider| {
        provisions.push(Provision { module: module.to_owned(), name, provider });
    };
    let of_library = |export: &str| Provider::ExportOf {
        of: ModuleRef::Tab(LIBRARY),
        export: export.to_owned(),
    };
    add("lib", "table".to_owned(), of_library("table"));
    for (at, signature) in signatures.iter().enumerate() {
        for name in [format!("f{at}"), format!("back{at}")] {
            let provider = of_library(&name);
            add("lib", name, provider);
        }
        let log = Provider::Log {
            template: "{*}\\n".to_owned(),
            stream: Stream::Stdout,
            results: signature.constant_texts(),
        };
        add("env", format!("h{at}"), log);
    }
    ImportObject { provisions }
}

pub struct Instance(RunnerProcess);

impl Instance {
    /// Calls an export. Returns its results, and the host's output meanwhile.
    pub fn call(
        &mut self,
        export: &str,
        arguments: &[String],
    ) -> Result<(Vec<Value>, String), Box<Error>> {
        let request =
            Call { export: export.to_owned(), arguments: arguments.to_vec(), limit_ms: 60_000 };
        let (answer, output) = self.0.ask_and_listen(request)?;
        match answer {
            CallAnswer { ended: CallEnd::Returned(values), .. } => {
                Ok((values, String::from_utf8(output).unwrap()))
            }
            CallAnswer { ended: CallEnd::Failed(error), .. } => Err(error),
            other => panic!("not an answer to Call: {other:?}"),
        }
    }
}
