//! What a WASI program is made of, beside its instance, and where its memory is.

use std::ptr::NonNull;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use watshop_protocol::Sentence;
use watshop_protocol::say;

use wasmer::sys::vm::VMMemoryDefinition;
use wasmer_types::{ExportIndex, ModuleInfo};
use watshop_protocol::page::{Error, ErrorCode, Result, WasiClock, WasiRandom, WasiSettings};
use watshop_wasi::clock::{Clock, Random, SystemClock, SystemRandom};
use watshop_wasi::descriptors::{Descriptor, Descriptors};
use watshop_wasi::fixed_clock::FixedClock;
use watshop_wasi::seeded::SeededRandom;
use watshop_wasi::{Errno, Rights, WasiProcess};

use super::observer::Observer;
use super::rules::Rules;
use super::streams::{self, Sleep};
use super::trace::Trace;
use super::{Given, cwd};
use crate::limits::Definitions;
use crate::outbox::Outbox;
use crate::stop::Stop;

/// A program, and where its memory is to be found.
pub struct Program {
    /// The state that the functions of WASI work with.
    pub process: WasiProcess,
    /// Sees each call, if that is asked for.
    pub observer: Observer,
    memory: Option<NonNull<VMMemoryDefinition>>,
    /// The index of the memory that is exported as WASI wants it; else why there is none.
    wanted: std::result::Result<usize, NoMemory>,
    definitions: Arc<Mutex<Definitions>>,
}

impl Program {
    /// One that has not begun.
    ///
    /// # Errors
    ///
    /// `instantiation` if an argument or a variable cannot be passed, `wasi_folder` if its current
    /// directory is in none of its folders.
    pub fn new(
        module: &ModuleInfo,
        (settings, given): (&WasiSettings, &Given),
        stop: &Arc<Stop>,
        outbox: &Arc<Outbox>,
        definitions: &Arc<Mutex<Definitions>>,
    ) -> Result<Self> {
        let program = settings.program.as_deref().unwrap_or("program");
        let words = [program].into_iter().chain(settings.arguments.iter().map(String::as_str));
        let arguments =
            words.map(|word| with_nul(word, &say!("argument"))).collect::<Result<_>>()?;
        let environment = settings.environment.iter().map(|variable| {
            if variable.name.is_empty() || variable.name.contains('=') {
                let why =
                    say!("The variable `{}` has no name that WASI can pass on.", variable.name);
                return Err(Error::new(ErrorCode::Instantiation, why)
                    .help(say!("A name has at least one letter and no `=`.")));
            }
            with_nul(&format!("{}={}", variable.name, variable.value), &say!("variable"))
        });
        let mut descriptors = Descriptors::default();
        let standard = streams::standard(given, &settings.input, outbox, stop).map_err(|why| {
            let why = say!("The system gives no pipe for the program's input: {why}.");
            Error::new(ErrorCode::Instantiation, why)
        })?;
        let named = [
            (Rights::FD_READ, "stdin"),
            (Rights::FD_WRITE, "stdout"),
            (Rights::FD_WRITE, "stderr"),
        ];
        for (stream, (rights, name)) in standard.into_iter().zip(named) {
            // Three are far fewer than a program may have.
            let _ = descriptors.add(Descriptor::stream(stream, rights, name));
        }
        let mut folders = Vec::new();
        for folder in &given.folders {
            let guest = folder.guest();
            let failed = |errno: Errno| folder_error(guest, errno);
            let host = folder.host().map_err(failed)?;
            let again = host.again().map_err(|why| failed(why.into()))?;
            let added = descriptors.add(Descriptor::preopened(Box::new(again), guest.to_owned()));
            added.map_err(|_| failed(Errno::MFILE))?;
            folders.push((guest, host));
        }
        let mut environment = environment.collect::<Result<Vec<_>>>()?;
        if let Some(cwd) = &settings.cwd {
            cwd::enter(cwd, &folders, &mut descriptors)?;
            if !settings.environment.iter().any(|variable| variable.name == "PWD") {
                environment.push(with_nul(&format!("PWD={cwd}"), &say!("variable"))?);
            }
        }
        let trace = || Trace { outbox: Arc::clone(outbox), stop: Arc::clone(stop) };
        Ok(Self {
            observer: Observer {
                trace: settings.trace.then(trace),
                timeline: Arc::clone(&given.timeline),
                rules: Rules::of(&settings.rules),
                spare: None,
            },
            process: WasiProcess {
                arguments,
                environment,
                descriptors,
                clock: clock(&settings.clock),
                random: random(&settings.random),
                pause: Box::new(Sleep(Arc::clone(stop))),
            },
            memory: None,
            wanted: memory_index(module),
            definitions: Arc::clone(definitions),
        })
    }

    /// The runtime's record of the memory that the module exports as `memory`. It is found among
    /// those of all memories, as a start function runs before there is an instance whose exports
    /// could be asked.
    pub fn find_memory(&mut self) -> Option<NonNull<VMMemoryDefinition>> {
        if self.memory.is_none() {
            let index = *self.wanted.as_ref().ok()?;
            let definitions = self.definitions.lock().unwrap_or_else(PoisonError::into_inner);
            self.memory = definitions.memories.get(index).copied();
        }
        self.memory
    }

    /// Why a function finds no memory.
    pub fn no_memory(&self, function: &'static str) -> NoMemory {
        let why = self.wanted.as_ref().err().cloned().unwrap_or_default();
        NoMemory { function, ..why }
    }
}

/// The error of a folder that a program cannot be given.
pub fn folder_error(guest: &str, errno: Errno) -> Error {
    let about = match errno.meaning() {
        Some((_, about)) => Sentence::plain(about),
        None => say!("The system failed."),
    };
    let why = say!("The program cannot be given its folder `{guest}`: {about}");
    Error::new(ErrorCode::WasiFolder, why).help(say!("Give it fewer folders or files."))
}

fn clock(wanted: &WasiClock) -> Box<dyn Clock> {
    let fixed = |at_s: u32, step_ms: u32| {
        let step = Duration::from_millis(step_ms.into());
        Box::new(FixedClock::new(Duration::from_secs(at_s.into()), step))
    };
    match *wanted {
        WasiClock::Real => Box::new(SystemClock),
        WasiClock::Frozen { at_s } => fixed(at_s, 0),
        WasiClock::Stepping { at_s, step_ms } => fixed(at_s, step_ms),
    }
}

fn random(wanted: &WasiRandom) -> Box<dyn Random> {
    match *wanted {
        WasiRandom::Real => Box::new(SystemRandom),
        WasiRandom::Seeded { seed } => Box::new(SeededRandom::new(seed.into())),
    }
}

/// Why WASI has no memory to work with.
#[derive(Debug, Clone, Default, thiserror::Error)]
#[error("WASI finds no memory{}", .called.as_ref().map(|name| format!("; there is one called `{name}`")).unwrap_or_default())]
pub struct NoMemory {
    /// Whether the module has one at all.
    pub has_one: bool,
    /// What a memory is exported as instead.
    pub called: Option<String>,
    /// The function of WASI that wants it.
    pub function: &'static str,
}

fn memory_index(module: &ModuleInfo) -> std::result::Result<usize, NoMemory> {
    match module.exports.get("memory") {
        Some(ExportIndex::Memory(index)) => Ok(index.as_u32() as usize),
        _ => Err(NoMemory {
            has_one: !module.memories.is_empty(),
            called: module.exports.iter().find_map(|(name, export)| {
                matches!(export, ExportIndex::Memory(_)).then(|| name.clone())
            }),
            function: "",
        }),
    }
}

fn with_nul(word: &str, what: &Sentence) -> Result<Vec<u8>> {
    if word.contains('\0') {
        let why = say!("A program cannot be given the {what} {word:?}: it has a NUL in it.");
        return Err(Error::new(ErrorCode::Instantiation, why)
            .help(say!("Strings end with a NUL in WASI; leave it out.")));
    }
    Ok([word.as_bytes(), b"\0"].concat())
}
