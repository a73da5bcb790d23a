//! The modules of a script, linked as they are meant to be, and each called from another one.
//!
//! A runner makes all instances of a store at once. So linked modules are a group in one runner.
//! When a module joins a group, the group is made anew and its calls are repeated. A driver makes
//! the calls of the script. It is a module that imports all exports of the group, and has a memory
//! of its own, with other bytes.

use std::collections::{BTreeSet, HashMap};

use watshop_protocol::instance::{Instantiate, Load};
use watshop_protocol::page::{
    Compiler, Engine, Error, ErrorCode, Export, ImportObject, Limits, ModuleRef, Proposals,
    Provider, Provision, TabId, UnknownImports, WasiSettings,
};
use watshop_protocol::process::runner::{self};
use watshop_tests::process::RunnerProcess;

use crate::alone::called;
use crate::artifacts::{Artifact, Artifacts};
use crate::driver;
use crate::script::{Came, IMPORTS, OTHER, World};

/// The exports of the host that the scripts expect.
const SPECTEST: &str = r#"(module
  (func (export "print"))
  (func (export "print_i32") (param i32))
  (func (export "print_i64") (param i64))
  (func (export "print_f32") (param f32))
  (func (export "print_f64") (param f64))
  (func (export "print_i32_f32") (param i32 f32))
  (func (export "print_f64_f64") (param f64 f64))
  (global (export "global_i32") i32 (i32.const 666))
  (global (export "global_i64") i64 (i64.const 666))
  (global (export "global_f32") f32 (f32.const 666.6))
  (global (export "global_f64") f64 (f64.const 666.6))
  (table (export "table") 10 20 funcref)
  (memory (export "memory") 1 2))"#;

/// The host's export that the scripts for threads expect.
const SHARED: &str = r#"(module (memory (export "shared_memory") 1 2 shared))"#;

const CHANGED: &str = "its state would have been changed by a module that could not be made";

const LATE: &str =
    "made after calls whose effect it changes, where a runner makes all instances first";

struct Module {
    artifact: Artifact,
    imports: ImportObject,
    exports: Vec<Export>,
    group: usize,
}

struct Group {
    /// The members in the order in which they are made. The host's modules come before them.
    members: Vec<usize>,
    runner: RunnerProcess,
    /// The calls so far, with a number that orders them among all calls.
    calls: Vec<(u64, String, Vec<String>)>,
    /// True if a failure may have changed it.
    lost: bool,
    /// True if one of them writes into another, and was made by the script after a call.
    late: bool,
}

pub struct LinkedModule {
    artifacts: Artifacts,
    spectest: Option<Artifact>,
    shared: Option<Artifact>,
    modules: Vec<Result<Module, &'static str>>,
    registered: HashMap<String, usize>,
    groups: Vec<Option<Group>>,
    calls: u64,
}

/// A module that is about to be made.
struct New {
    module: Module,
    /// The groups that it joins.
    groups: BTreeSet<usize>,
    /// True if it writes into its imports.
    writes: bool,
}

impl LinkedModule {
    pub fn new(compiler: Compiler, engine: Engine, proposals: Proposals) -> Self {
        Self {
            artifacts: Artifacts::new(compiler, engine, proposals),
            spectest: None,
            shared: None,
            modules: Vec::new(),
            registered: HashMap::new(),
            groups: Vec::new(),
            calls: 0,
        }
    }

    /// Compiles a module and finds the groups that it imports from.
    fn prepare(&mut self, binary: &[u8]) -> Result<Result<New, &'static str>, Box<Error>> {
        let artifact = match self.artifacts.make(binary)? {
            Ok(artifact) => artifact,
            Err(reason) => return Ok(Err(reason)),
        };
        let summary = watshop_module::summarize(binary).map_err(Box::new)?;
        let mut imports = ImportObject::default();
        let mut groups = BTreeSet::new();
        for import in summary.imports {
            let of = match self.registered.get(&import.module) {
                Some(index) => match &self.modules[*index] {
                    Ok(module) => {
                        groups.insert(module.group);
                        driver::tab(*index)
                    }
                    Err(_) => return Ok(Err(IMPORTS)),
                },
                None if import.module == "spectest" && import.name == "shared_memory" => {
                    driver::SHARED
                }
                None if import.module == "spectest" => driver::SPECTEST,
                None => continue,
            };
            if imports.find(&import.module, &import.name).is_none() {
                let provider =
                    Provider::ExportOf { of: ModuleRef::Tab(of), export: import.name.clone() };
                imports.provisions.push(Provision {
                    module: import.module,
                    name: import.name,
                    provider,
                });
            }
        }
        if groups.iter().any(|group| self.groups[*group].as_ref().is_none_or(|group| group.lost)) {
            return Ok(Err(CHANGED));
        }
        let module = Module { artifact, imports, exports: summary.exports, group: 0 };
        Ok(Ok(New { module, groups, writes: writes(binary) }))
    }

    /// Makes a group anew, with one more module.
    fn link(&mut self, new: &New, index: usize) -> Result<Group, Box<Error>> {
        let joined: Vec<_> =
            new.groups.iter().filter_map(|group| self.groups[*group].as_ref()).collect();
        let joined_late = joined.iter().any(|group| group.late);
        let mut members: Vec<_> = joined.iter().flat_map(|group| group.members.clone()).collect();
        members.sort_unstable();
        let mut calls: Vec<_> = joined.iter().flat_map(|group| group.calls.clone()).collect();
        calls.sort_by_key(|(number, ..)| *number);

        let mut modules: Vec<(usize, &Module)> =
            members.iter().filter_map(|at| Some((*at, self.modules[*at].as_ref().ok()?))).collect();
        modules.push((index, &new.module));
        let own = modules
            .iter()
            .map(|(at, module)| linked(driver::tab(*at), &module.artifact, &module.imports));
        let own: Vec<_> = own.collect();
        let asked: Vec<_> = modules.iter().map(|(_, module)| module.imports.clone()).collect();
        let exports: Vec<_> =
            modules.iter().map(|(at, module)| (*at, module.exports.clone())).collect();
        let (text, imports) = driver::text(self.artifacts.compiler, &exports);
        let driver = self.artifacts.compile(&wat::parse_str(text).unwrap())?;
        let linked = [self.host(&asked)?, own].concat();

        let mut runner = RunnerProcess::start(self.artifacts.folder.path());
        let load =
            Load { sealed: driver.sealed, payload_hash: Some(driver.payload_hash), own: false };
        runner.ask(load)?;
        runner.ask(Instantiate {
            limits: Limits::default(),
            wasi: WasiSettings::default(),
            unknown_imports: UnknownImports::Error,
            host: runner::HostSetup { imports, linked, ..runner::HostSetup::default() },
        })?;
        for (_, export, arguments) in &calls {
            called(&mut runner, export, arguments.clone());
        }
        members.push(index);
        let late = joined_late || (new.writes && !calls.is_empty());
        Ok(Group { members, runner, calls, lost: false, late })
    }

    /// Makes the host's modules that these import from.
    fn host(&mut self, modules: &[ImportObject]) -> Result<Vec<runner::LinkedModule>, Box<Error>> {
        let asks = |wanted: TabId| {
            let mut provisions = modules.iter().flat_map(|imports| &imports.provisions);
            provisions.any(|it| {
                matches!(&it.provider, Provider::ExportOf { of: ModuleRef::Tab(of), .. } if *of == wanted)
            })
        };
        let mut host = Vec::new();
        for (tab, text, made) in [
            (driver::SPECTEST, SPECTEST, &mut self.spectest),
            (driver::SHARED, SHARED, &mut self.shared),
        ] {
            if !asks(tab) {
                continue;
            }
            let artifact = match made.take() {
                Some(artifact) => artifact,
                None => self.artifacts.compile(&wat::parse_str(text).unwrap())?,
            };
            host.push(linked(tab, made.insert(artifact), &ImportObject::default()));
        }
        Ok(host)
    }

    fn ask(&mut self, instance: usize, of: &str, arguments: Vec<String>) -> Came {
        let module = match self.modules.get(instance) {
            Some(Ok(module)) => module,
            Some(Err(reason)) => return Came::Skip(reason),
            None => return Came::Skip(OTHER),
        };
        let Some(group) = self.groups[module.group].as_mut().filter(|group| !group.lost) else {
            return Came::Skip(CHANGED);
        };
        let Some(at) = module.exports.iter().position(|export| export.name == of) else {
            return Came::Skip(OTHER);
        };
        if let Err(reason) = driver::takes(self.artifacts.compiler, &module.exports[at].kind) {
            return Came::Skip(reason);
        }
        let export = driver::name(instance, at);
        self.calls += 1;
        group.calls.push((self.calls, export.clone(), arguments.clone()));
        called(&mut group.runner, &export, arguments)
    }
}

impl World for LinkedModule {
    fn compile(&mut self, binary: &[u8]) -> Result<(), Box<Error>> {
        self.artifacts.compile(binary).map(drop)
    }

    fn add(&mut self, binary: &[u8]) -> Result<Result<(), &'static str>, Box<Error>> {
        let index = self.modules.len();
        let made = self.prepare(binary).and_then(|new| match new {
            Ok(new) => Ok(Ok((self.link(&new, index)?, new))),
            Err(reason) => Ok(Err(reason)),
        });
        let (mut group, new) = match made {
            Ok(Ok(made)) => made,
            Ok(Err(reason)) => {
                self.modules.push(Err(reason));
                return Ok(Err(reason));
            }
            // An import may only fit after calls, which a runner makes after all instances.
            Err(error) if error.code == ErrorCode::ImportMismatch && self.calls > 0 => {
                self.modules.push(Err(LATE));
                return Ok(Err(LATE));
            }
            Err(error) => {
                self.modules.push(Err(OTHER));
                return Err(error);
            }
        };
        self.modules.push(Ok(new.module));
        for joined in new.groups {
            self.groups[joined] = None;
        }
        let at = self.groups.len();
        for member in &mut group.members {
            if let Ok(module) = &mut self.modules[*member] {
                module.group = at;
            }
        }
        self.groups.push(Some(group));
        Ok(Ok(()))
    }

    fn attempt(&mut self, binary: &[u8]) -> Result<Result<(), &'static str>, Box<Error>> {
        let new = match self.prepare(binary)? {
            Ok(new) => new,
            Err(reason) => return Ok(Err(reason)),
        };
        let made = self.link(&new, self.modules.len()).map(drop);
        let links = !made.as_ref().is_err_and(|error| {
            [ErrorCode::ImportMismatch, ErrorCode::MissingImports].contains(&error.code)
        });
        for group in new.groups.iter().filter(|_| links) {
            if let Some(group) = &mut self.groups[*group] {
                group.lost = true;
            }
        }
        made.map(Ok)
    }

    fn register(&mut self, name: &str, instance: usize) {
        self.registered.insert(name.to_owned(), instance);
    }

    fn forget(&mut self, instance: usize) {
        let Some(Ok(module)) = self.modules.get(instance) else { return };
        let group = &mut self.groups[module.group];
        // An instance that is alone is gone with its process. Others may be linked with it.
        if group.as_ref().is_some_and(|group| group.members == [instance]) {
            *group = None;
            self.modules[instance] = Err(OTHER);
        }
    }

    fn call(&mut self, instance: usize, export: &str, arguments: Vec<String>) -> Came {
        self.ask(instance, export, arguments)
    }

    fn get(&mut self, instance: usize, global: &str) -> Came {
        self.ask(instance, global, Vec::new())
    }

    fn excuse(&self, instance: usize) -> Option<&'static str> {
        let module = self.modules.get(instance)?.as_ref().ok()?;
        self.groups[module.group].as_ref().filter(|group| group.late).map(|_| LATE)
    }
}

fn linked(tab: TabId, artifact: &Artifact, imports: &ImportObject) -> runner::LinkedModule {
    runner::LinkedModule {
        tab,
        title: format!("module {}", tab.0),
        sealed: artifact.sealed.clone(),
        payload_hash: artifact.payload_hash.clone(),
        imports: imports.clone(),
        wasi: WasiSettings::default(),
    }
}

/// Returns true if a module has active segments.
fn writes(binary: &[u8]) -> bool {
    use wasmparser::{DataKind, ElementKind, Parser, Payload};
    Parser::new(0).parse_all(binary).flatten().any(|payload| match payload {
        Payload::DataSection(segments) => segments
            .into_iter()
            .flatten()
            .any(|segment| matches!(segment.kind, DataKind::Active { .. })),
        Payload::ElementSection(segments) => segments
            .into_iter()
            .flatten()
            .any(|segment| matches!(segment.kind, ElementKind::Active { .. })),
        _ => false,
    })
}
