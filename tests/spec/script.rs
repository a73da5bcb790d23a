//! One script of the test suite, run in a world: with each module alone in a process of its own, or
//! all of them linked.

use std::collections::HashMap;

use wast::parser::ParseBuffer;
use wast::token::Id;
use wast::{QuoteWat, Wast, WastDirective, WastExecute, WastInvoke};
use watshop_protocol::page::{Error, ErrorCode, Value};

use crate::expect;
use crate::skips::Skipped;

pub const IMPORTS: &str = "needs an import";
pub const V128: &str = "v128 in the signature of an export";
pub const REFUSED: &str = "the compiler lacks an instruction";
pub const BEYOND: &str = "needs a proposal that Wasmer lacks or that is off in this suite";
pub const CHANGED: &str = "its state would have been changed by a module that needs an import";
const THREADS: &str = "threads of the script";
/// The codes for a binary that is not a module, or not a valid one.
const INVALID: [ErrorCode; 3] =
    [ErrorCode::InvalidModule, ErrorCode::NotAModule, ErrorCode::EmptyFile];
pub const OTHER: &str = "a value or a directive beyond these suites";

/// The result of a directive.
pub enum Came {
    Back(Vec<Value>),
    Failed(Box<Error>),
    Skip(&'static str),
}

/// A place for the instances of a script.
pub trait World {
    /// Compiles a binary without making an instance.
    fn compile(&mut self, binary: &[u8]) -> Result<(), Box<Error>>;
    /// Makes the next instance. The inner error is a reason to skip every directive that needs it.
    /// The outer error is one of the module's own, such as a trap of its start function.
    fn add(&mut self, binary: &[u8]) -> Result<Result<(), &'static str>, Box<Error>>;
    /// Makes an instance that no directive will name. Most of them fail.
    fn attempt(&mut self, binary: &[u8]) -> Result<Result<(), &'static str>, Box<Error>>;
    /// Lets other modules import from an instance.
    fn register(&mut self, name: &str, instance: usize);
    /// Drops an instance that no name refers to any more.
    fn forget(&mut self, instance: usize);
    fn call(&mut self, instance: usize, export: &str, arguments: Vec<String>) -> Came;
    fn get(&mut self, instance: usize, global: &str) -> Came;
    /// Returns the reason why a wrong result of an instance is not the compiler's fault, if there
    /// is one.
    fn excuse(&self, instance: usize) -> Option<&'static str>;
}

pub struct Script<W> {
    world: W,
    count: usize,
    names: HashMap<String, usize>,
    registered: Vec<usize>,
    line: usize,
    pub skipped: Skipped,
    pub failures: Vec<String>,
}

impl<W: World> Script<W> {
    pub fn new(world: W) -> Self {
        Self {
            world,
            count: 0,
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

    fn directive(&mut self, directive: WastDirective<'_>) {
        match directive {
            WastDirective::Module(module) => self.module(module),
            WastDirective::AssertMalformed { module, message, .. }
            | WastDirective::AssertInvalid { module, message, .. } => self.refuses(module, message),
            WastDirective::Invoke(call) => match self.invoke(&call) {
                Came::Back(_) => {}
                Came::Skip(reason) => self.skipped.add(reason),
                Came::Failed(error) => {
                    self.fail(&format!("{} did not come back: {error}", call.name));
                }
            },
            WastDirective::AssertReturn { exec, results, .. } => match self.excused(exec) {
                (Came::Back(values), _)
                    if values.len() == results.len()
                        && values.iter().zip(&results).all(|(v, e)| expect::matches(v, e)) => {}
                (Came::Skip(reason), _) | (_, Some(reason)) => self.skipped.add(reason),
                (Came::Back(values), None) => {
                    self.fail(&format!("expected {results:?}, got {values:?}"));
                }
                (Came::Failed(error), None) => {
                    self.fail(&format!("expected {results:?}, got {error:?}"));
                }
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
            WastDirective::Register { module, name, .. } => self.register(module, name),
            WastDirective::AssertUnlinkable { module, message, .. } => {
                let came = self.start(QuoteWat::Wat(module));
                self.is_unlinkable(came, message);
            }
            WastDirective::Thread(_) | WastDirective::Wait { .. } => self.skipped.add(THREADS),
            _ => self.skipped.add(OTHER),
        }
    }

    fn module(&mut self, mut module: QuoteWat<'_>) {
        let name = module.name().map(|id| id.name().to_owned());
        match module.encode().map(|binary| self.world.add(&binary)) {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(reason))) => self.skipped.add(reason),
            Ok(Err(error)) => self.fail(&format!("the module does not run: {error:?}")),
            Err(error) => self.fail(&format!("the module does not encode: {error}")),
        }
        // An instance without a name cannot be reached once there is a newer one.
        if let Some(last) = self.count.checked_sub(1)
            && !self.names.values().any(|index| *index == last)
            && !self.registered.contains(&last)
        {
            self.world.forget(last);
        }
        self.count += 1;
        if let Some(name) = name {
            self.names.insert(name, self.count - 1);
        }
    }

    fn index(&self, module: Option<Id<'_>>) -> Option<usize> {
        match module {
            Some(id) => self.names.get(id.name()).copied(),
            None => self.count.checked_sub(1),
        }
    }

    fn register(&mut self, module: Option<Id<'_>>, name: &str) {
        if let Some(index) = self.index(module) {
            self.registered.push(index);
            self.world.register(name, index);
        }
    }

    /// Checks that a module is refused: by the text's grammar, or by the compiler as invalid.
    fn refuses(&mut self, mut module: QuoteWat<'_>, message: &str) {
        let Ok(binary) = module.encode() else { return };
        match self.world.compile(&binary) {
            Ok(()) => self.fail(&format!("accepted a module that is not valid: {message}")),
            Err(error) if INVALID.contains(&error.code) => {}
            Err(error) => {
                self.fail(&format!("refused as {:?}, not as invalid: {error}", error.code));
            }
        }
    }

    fn execute(&mut self, exec: WastExecute<'_>) -> Came {
        match exec {
            WastExecute::Invoke(call) => self.invoke(&call),
            WastExecute::Get { module, global, .. } => match self.index(module) {
                Some(index) => self.world.get(index, global),
                None => Came::Skip(OTHER),
            },
            WastExecute::Wat(wat) => self.start(QuoteWat::Wat(wat)),
        }
    }

    /// Runs a directive. Returns its result, and the reason why it may be wrong.
    fn excused(&mut self, exec: WastExecute<'_>) -> (Came, Option<&'static str>) {
        let of = match &exec {
            WastExecute::Invoke(call) => self.index(call.module),
            WastExecute::Get { module, .. } => self.index(*module),
            WastExecute::Wat(_) => None,
        };
        (self.execute(exec), of.and_then(|of| self.world.excuse(of)))
    }

    fn start(&mut self, mut module: QuoteWat<'_>) -> Came {
        match module.encode().map(|binary| self.world.attempt(&binary)) {
            Ok(Ok(Ok(()))) => Came::Back(Vec::new()),
            Ok(Ok(Err(reason))) => Came::Skip(reason),
            Ok(Err(error)) => Came::Failed(error),
            Err(_) => Came::Skip(OTHER),
        }
    }

    fn invoke(&mut self, call: &WastInvoke<'_>) -> Came {
        let arguments = call.args.iter().map(expect::argument).collect::<Option<Vec<_>>>();
        match (arguments, self.index(call.module)) {
            (Some(arguments), Some(index)) => self.world.call(index, call.name, arguments),
            _ => Came::Skip(OTHER),
        }
    }

    fn is_unlinkable(&mut self, came: Came, message: &str) {
        match came {
            Came::Skip(reason) => self.skipped.add(reason),
            Came::Failed(error)
                if [ErrorCode::ImportMismatch, ErrorCode::MissingImports].contains(&error.code) => {
            }
            Came::Failed(error) => {
                self.fail(&format!("does not link, but for another reason: {error:?}"));
            }
            Came::Back(_) => self.fail(&format!("links, against `{message}`")),
        }
    }

    fn traps(&mut self, came: Came, message: &str) {
        match came {
            Came::Skip(reason) => self.skipped.add(reason),
            Came::Failed(error) if expect::trap_matches(error.trap, message) => {}
            Came::Failed(error) => {
                self.fail(&format!("expected the trap `{message}`, got {error:?}"));
            }
            Came::Back(values) => {
                self.fail(&format!("expected the trap `{message}`, got {values:?}"));
            }
        }
    }

    fn fail(&mut self, what: &str) {
        self.failures.push(format!("  line {}: {what}", self.line));
    }
}
