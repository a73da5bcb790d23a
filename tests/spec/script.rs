//! One script of the test suite, played against a compiler and as many runners as it has instances.

use std::collections::HashMap;
use std::path::PathBuf;

use tempfile::TempDir;
use wast::parser::ParseBuffer;
use wast::token::Id;
use wast::{QuoteWat, Wast, WastDirective, WastExecute, WastInvoke, Wat};
use watshop_protocol::page::{
    Compiler, Engine, Error, ErrorCode, ExternType, Limits, Proposals, Value, ValueType,
};
use watshop_protocol::process::runner::{Answer, Ended, Request};
use watshop_tests::process::{CompilerProcess, RunnerProcess};

use crate::expect;
use crate::plain;
use crate::skips::Skipped;

/// Imports come with the import builder; until then no module of a script can use another or `spectest`.
const IMPORTS: &str = "needs an import";
const V128: &str = "v128 in the signature of an export";
const REFUSED: &str = "the compiler lacks an instruction";
const BEYOND: &str = "needs a proposal that Wasmer lacks or that is off in this suite";
const CHANGED: &str = "its state would have been changed by a module that needs an import";
const THREADS: &str = "threads of the script";
/// What a binary is called that is none, or none that is valid.
const INVALID: [ErrorCode; 3] = [ErrorCode::InvalidModule, ErrorCode::NotAModule, ErrorCode::EmptyFile];
const OTHER: &str = "a value or a directive beyond these suites";

enum Instance {
    Running(RunnerProcess),
    /// It could not be made, for a reason that skips whatever needs it.
    Skipped(&'static str),
}

/// What came of a directive that does something.
enum Came {
    Back(Vec<Value>),
    Failed(Box<Error>),
    Skip(&'static str),
}

pub struct Script {
    kind: Compiler,
    proposals: Proposals,
    compiler: CompilerProcess,
    folder: TempDir,
    artifacts: u32,
    instances: Vec<Instance>,
    names: HashMap<String, usize>,
    /// Instances that other modules may import from.
    registered: Vec<usize>,
    line: usize,
    pub skipped: Skipped,
    pub failures: Vec<String>,
}

impl Script {
    pub fn new(kind: Compiler, proposals: Proposals) -> Self {
        Self {
            kind,
            proposals,
            compiler: CompilerProcess::start(kind),
            folder: tempfile::tempdir().unwrap(),
            artifacts: 0,
            instances: Vec::new(),
            names: HashMap::new(),
            registered: Vec::new(),
            line: 0,
            skipped: Skipped::default(),
            failures: Vec::new(),
        }
    }

    pub fn play(&mut self, text: &str) -> Result<(), wast::Error> {
        let mut lexer = wast::lexer::Lexer::new(text);
        lexer.allow_confusing_unicode(true);
        let buffer = ParseBuffer::new_with_lexer(lexer)?;
        for directive in wast::parser::parse::<Wast<'_>>(&buffer)?.directives {
            self.line = directive.span().linecol_in(text).0 + 1;
            self.directive(directive);
        }
        Ok(())
    }

    /// Compiles each valid module, and runs none.
    pub fn compile_all(&mut self, text: &str) -> Result<(), wast::Error> {
        let mut lexer = wast::lexer::Lexer::new(text);
        lexer.allow_confusing_unicode(true);
        let buffer = ParseBuffer::new_with_lexer(lexer)?;
        for directive in wast::parser::parse::<Wast<'_>>(&buffer)?.directives {
            self.line = directive.span().linecol_in(text).0 + 1;
            if let WastDirective::Module(mut module) | WastDirective::ModuleDefinition(mut module) = directive
                && let Ok(binary) = module.encode()
                && let Err(error) = self.compile(&binary)
                && let Err(error) = self.lacking(error)
            {
                self.fail(&format!("it is refused in another way: {error:?}"));
            }
        }
        Ok(())
    }

    fn directive(&mut self, directive: WastDirective<'_>) {
        match directive {
            WastDirective::Module(module) => self.module(module),
            WastDirective::AssertMalformed { module, message, .. }
            | WastDirective::AssertInvalid { module, message, .. } => self.refuses(module, message),
            WastDirective::Invoke(call) => match self.invoke(&call) {
                Came::Back(_) => {}
                Came::Skip(reason) => self.skipped.add(reason),
                Came::Failed(error) => self.fail(&format!("{} did not come back: {error}", call.name)),
            },
            WastDirective::AssertReturn { exec, results, .. } => match self.execute(exec) {
                Came::Back(values)
                    if values.len() == results.len()
                        && values.iter().zip(&results).all(|(v, e)| expect::matches(v, e)) => {}
                Came::Skip(reason) => self.skipped.add(reason),
                Came::Back(values) => self.fail(&format!("expected {results:?}, got {values:?}")),
                Came::Failed(error) => self.fail(&format!("expected {results:?}, got {error:?}")),
            },
            WastDirective::AssertTrap { exec, message, .. } => {
                let came = self.execute(exec);
                self.traps(came, message);
            }
            WastDirective::AssertExhaustion { call, message, .. } => {
                let came = self.invoke(&call);
                self.traps(came, message);
            }
            WastDirective::AssertException { exec, .. } => {
                let came = self.execute(exec);
                self.traps(came, "uncaught exception");
            }
            WastDirective::Register { module, .. } => self.register(module),
            WastDirective::AssertUnlinkable { .. } => self.skipped.add(IMPORTS),
            WastDirective::Thread(_) | WastDirective::Wait { .. } => self.skipped.add(THREADS),
            _ => self.skipped.add(OTHER),
        }
    }

    fn module(&mut self, mut module: QuoteWat<'_>) {
        let name = module.name().map(|id| id.name().to_owned());
        let instance = match module.encode() {
            Ok(binary) => match self.instance(&binary) {
                Ok(instance) => instance,
                Err(error) => {
                    self.fail(&format!("the module does not run: {error:?}"));
                    Instance::Skipped(OTHER)
                }
            },
            Err(error) => {
                self.fail(&format!("the module does not encode: {error}"));
                Instance::Skipped(OTHER)
            }
        };
        if let Instance::Skipped(reason) = instance {
            self.skipped.add(reason);
            if reason == IMPORTS {
                self.lose_registered();
            }
        }
        // What has no name cannot be reached once there is a newer one: its process may end.
        if let Some(last) = self.instances.len().checked_sub(1)
            && !self.names.values().any(|index| *index == last)
            && !self.registered.contains(&last)
        {
            self.instances.pop();
        }
        self.instances.push(instance);
        if let Some(name) = name {
            self.names.insert(name, self.instances.len() - 1);
        }
    }

    /// From now on other modules may share its memories and tables.
    fn register(&mut self, module: Option<Id<'_>>) {
        let index = match module {
            Some(id) => self.names.get(id.name()).copied(),
            None => self.instances.len().checked_sub(1),
        };
        self.registered.extend(index);
    }

    /// A module that could not be made might have written into any of those that were registered.
    fn lose_registered(&mut self) {
        for index in self.registered.drain(..) {
            if let Some(instance) = self.instances.get_mut(index) {
                *instance = Instance::Skipped(CHANGED);
            }
        }
    }

    /// An instance of a binary; an error is one of the module's own, such as a trap of its start function.
    fn instance(&mut self, binary: &[u8]) -> Result<Instance, Box<Error>> {
        let sealed = match self.compile(binary) {
            Ok(sealed) => sealed,
            Err(error) => return self.lacking(error).map(Instance::Skipped),
        };
        let mut runner = RunnerProcess::start(self.folder.path());
        match runner.instantiate(&sealed, Limits::default()) {
            Ok(()) => Ok(Instance::Running(runner)),
            Err(error) if error.code == ErrorCode::MissingImports => Ok(Instance::Skipped(IMPORTS)),
            Err(error) => Err(Box::new(error)),
        }
    }

    fn compile(&mut self, binary: &[u8]) -> Result<PathBuf, Box<Error>> {
        self.artifacts += 1;
        let sealed = self.folder.path().join(format!("{}.wshop", self.artifacts));
        self.compiler.compile(binary, Engine::Jit, self.proposals, &sealed)?;
        Ok(sealed)
    }

    /// The skip for a compiler that says it does not know something, or the error.
    fn lacking(&mut self, error: Box<Error>) -> Result<&'static str, Box<Error>> {
        match error.code {
            ErrorCode::CompilerRefused => {
                if let Some(fault) = plain::fault(&error) {
                    self.fail(&fault);
                }
                Ok(REFUSED)
            }
            ErrorCode::InvalidModule => Ok(BEYOND),
            _ => Err(error),
        }
    }

    /// A module that must be refused: by the text's grammar, or by the compiler as invalid.
    fn refuses(&mut self, mut module: QuoteWat<'_>, message: &str) {
        let Ok(binary) = module.encode() else { return };
        match self.compile(&binary) {
            Ok(_) => self.fail(&format!("accepted a module that is not valid: {message}")),
            Err(error) if INVALID.contains(&error.code) => {}
            Err(error) => self.fail(&format!("refused as {:?}, not as invalid: {error}", error.code)),
        }
    }

    fn execute(&mut self, exec: WastExecute<'_>) -> Came {
        match exec {
            WastExecute::Invoke(call) => self.invoke(&call),
            WastExecute::Get { module, global, .. } => self.get(module, global),
            WastExecute::Wat(wat) => self.start(wat),
        }
    }

    fn start(&mut self, mut wat: Wat<'_>) -> Came {
        match wat.encode().map(|binary| self.instance(&binary)) {
            Ok(Ok(Instance::Running(_))) => Came::Back(Vec::new()),
            Ok(Ok(Instance::Skipped(reason))) => {
                if reason == IMPORTS {
                    self.lose_registered();
                }
                Came::Skip(reason)
            }
            Ok(Err(error)) => Came::Failed(error),
            Err(_) => Came::Skip(OTHER),
        }
    }

    fn invoke(&mut self, call: &WastInvoke<'_>) -> Came {
        let Some(arguments) = call.args.iter().map(expect::argument).collect::<Option<Vec<_>>>() else {
            return Came::Skip(OTHER);
        };
        let vectors = self.kind == Compiler::Singlepass;
        let runner = match self.runner(call.module) {
            Ok(runner) => runner,
            Err(reason) => return Came::Skip(reason),
        };
        if vectors && has_vectors(runner, call.name) {
            return Came::Skip(V128);
        }
        let request = Request::Call { export: call.name.to_owned(), arguments, limit_ms: 60_000 };
        match runner.ask(request) {
            Ok(Answer::Called { ended: Ended::Returned(values), .. }) => Came::Back(values),
            Ok(Answer::Called { ended: Ended::Failed(error), .. }) => Came::Failed(error),
            Ok(other) => panic!("not an answer to Call: {other:?}"),
            Err(error) => Came::Failed(Box::new(error)),
        }
    }

    fn get(&mut self, module: Option<Id<'_>>, global: &str) -> Came {
        let runner = match self.runner(module) {
            Ok(runner) => runner,
            Err(reason) => return Came::Skip(reason),
        };
        match runner.ask(Request::Exports) {
            Ok(Answer::Exports { exports }) => {
                let found = exports.into_iter().find(|state| state.export.name == global);
                Came::Back(found.and_then(|state| state.value).into_iter().collect())
            }
            other => panic!("not an answer to Exports: {other:?}"),
        }
    }

    fn runner(&mut self, module: Option<Id<'_>>) -> Result<&mut RunnerProcess, &'static str> {
        let instance = match module {
            Some(id) => self.names.get(id.name()).and_then(|index| self.instances.get_mut(*index)),
            None => self.instances.last_mut(),
        };
        match instance {
            Some(Instance::Running(runner)) => Ok(runner),
            Some(Instance::Skipped(reason)) => Err(reason),
            None => Err(OTHER),
        }
    }

    fn traps(&mut self, came: Came, message: &str) {
        match came {
            Came::Skip(reason) => self.skipped.add(reason),
            Came::Failed(error) if expect::trap_matches(error.trap, message) => {}
            Came::Failed(error) => self.fail(&format!("expected the trap `{message}`, got {error:?}")),
            Came::Back(values) => self.fail(&format!("expected the trap `{message}`, got {values:?}")),
        }
    }

    fn fail(&mut self, what: &str) {
        self.failures.push(format!("  line {}: {what}", self.line));
    }
}

fn has_vectors(runner: &mut RunnerProcess, export: &str) -> bool {
    let Ok(Answer::Exports { exports }) = runner.ask(Request::Exports) else { return false };
    exports.iter().any(|state| {
        state.export.name == export
            && matches!(&state.export.kind, ExternType::Function { params, results }
                if params.iter().chain(results).any(|kind| *kind == ValueType::V128))
    })
}
