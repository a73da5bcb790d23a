//! Runs one artifact in a terminal: loads it, makes an instance, calls it and reports.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::PoisonError;
use std::time::Instant;
use watshop_protocol::say;

use watshop_protocol::instance::{ByGuestRequest, Call, Instantiate, InstantiateAnswer, Load};
use watshop_protocol::page::{
    self, Error, ErrorCode, Export, ExternType, ImportObject, ImportsFile, InstructionCounts,
    OutputSource, Stream, Timings, Value, WasiSettings,
};
use watshop_protocol::passport::Passport;
use watshop_protocol::process::runner::{CallEnd, HostSetup, Notice};
use watshop_protocol::process::{Ask, Said};
use watshop_protocol::terminal;

use crate::Executable;
use crate::arguments::ArtifactRun;
use crate::exports::LiveInstance;
use crate::folders::Folder;
use crate::last_line;
use crate::threads::{self, Threads};
use crate::wasi::{Given, Streams};

mod report;

/// Runs a file and reports the result, as `watshop run` does.
///
/// Ctrl-C ends the process as it ends any other, because there is nothing to clean up.
///
/// # Errors
///
/// The system lacks a resource, or standard output refuses the result.
pub fn run(
    executable: Executable,
    wanted: &ArtifactRun,
    folders: Vec<Folder>,
) -> anyhow::Result<ExitCode> {
    let began = Instant::now();
    let mut guest = GuestConnection {
        threads: Threads::start(Given::new(executable.interface, folders, Streams::Own))?,
        at_line_start: true,
    };
    let ended = go(&mut guest, wanted);
    let status = report::report(executable, wanted, ended, began.elapsed(), guest.at_line_start)?;
    // All is written. The other threads only wait for work.
    watshop_child::end(status.into())
}

/// The result of a run.
struct AloneResult {
    passport: Passport,
    /// The results of the function that was called.
    results: Vec<Value>,
    /// The exit status of a WASI program.
    status: Option<i32>,
    timings: Timings,
    /// The instructions by function, if the code counts them.
    counts: Option<InstructionCounts>,
    /// The functions that could have been called, if none was called.
    callable: Option<Vec<String>>,
}

/// The reason why a run has no result.
enum AloneFailure {
    /// An error.
    Error(Box<Error>),
    /// The arguments do not fit the file.
    Usage(&'static str),
    /// The guest's output cannot be written.
    Mute(io::Error),
}

impl From<Error> for AloneFailure {
    fn from(error: Error) -> Self {
        Self::Error(Box::new(error))
    }
}

/// The guest's thread. Its output becomes the standard output and standard error of this process.
struct GuestConnection {
    threads: Threads,
    at_line_start: bool,
}

impl GuestConnection {
    fn ask<R: Ask + Into<ByGuestRequest>>(
        &mut self,
        request: R,
    ) -> Result<R::Answer, AloneFailure> {
        self.threads.submit(0, request.into())?;
        loop {
            // An answer comes after all output that was written before it.
            match self.threads.outbox.next().ok_or_else(threads::ended_error)? {
                (Said::Answer { result, .. }, _) => {
                    return serde_json::from_str(result?.get()).map_err(|why| unreadable(&why));
                }
                (Said::Notice(Notice::Output(OutputSource { stream, .. })), bytes) => {
                    self.pass_on(stream, &bytes).map_err(AloneFailure::Mute)?;
                }
                (
                    Said::Notice(
                        Notice::Ready { .. }
                        | Notice::InputWanted
                        | Notice::Repeated(_)
                        | Notice::Ending,
                    ),
                    _,
                ) => {}
            }
        }
    }

    /// The instructions of the last call, if the code counts them.
    fn counts(&self) -> Option<InstructionCounts> {
        let shown = self.threads.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = shown.as_ref().map(LiveInstance::counts);
        counts.filter(|counts| counts.counted)
    }

    fn pass_on(&mut self, stream: Stream, bytes: &[u8]) -> io::Result<()> {
        match stream {
            Stream::Stdout => {
                self.at_line_start = bytes.last().map_or(self.at_line_start, |last| *last == b'\n');
                let mut stdout = io::stdout().lock();
                stdout.write_all(bytes).and_then(|()| stdout.flush())
            }
            Stream::Stderr => last_line::stderr()?.write_all(bytes),
        }
    }
}

fn go(guest: &mut GuestConnection, wanted: &ArtifactRun) -> Result<AloneResult, AloneFailure> {
    let ArtifactRun { file, invoke, arguments, .. } = wanted;
    let mut timings = Timings::default();
    let passport = watshop_artifact::read_passport(file).map_err(Error::from)?;
    if passport.compiled.is_none() && !wanted.trust {
        return Err(unsealed_error().into());
    }
    // The very file that was checked is loaded, even if its name means another one by now.
    let payload_hash = Some(passport.payload_hash.clone());
    let loaded = guest.ask(Load { sealed: file.clone(), payload_hash, own: false })?;
    timings.load = Some(loaded.load_ns);
    let for_program = invoke.as_deref().is_none_or(|name| name == "_start");
    let program = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    let wasi = WasiSettings {
        program: Some(program),
        arguments: if for_program { arguments.clone() } else { Vec::new() },
        ..wanted.wasi.clone()
    };
    let unknown_imports = wanted.unknown_imports;
    let imports = wanted.imports.as_deref().map(import_object).transpose()?.unwrap_or_default();
    let exports = match guest.ask(Instantiate {
        limits: wanted.limits,
        wasi,
        unknown_imports,
        host: HostSetup { imports, ..HostSetup::default() },
    })? {
        InstantiateAnswer::Instance { command: true, .. } if !for_program => {
            return Err(AloneFailure::Usage(terminal::PROGRAM_CALLED));
        }
        InstantiateAnswer::Instance { instantiate_ns, command, exports, .. } => {
            timings.instantiate = Some(instantiate_ns);
            if command { None } else { Some(exports) }
        }
        InstantiateAnswer::Exited { instantiate_ns, status } => {
            timings.instantiate = Some(instantiate_ns);
            return Ok(AloneResult {
                passport,
                results: Vec::new(),
                status: Some(status),
                timings,
                counts: None,
                callable: None,
            });
        }
    };
    let (export, arguments) = match (invoke, exports) {
        (_, None) => ("_start", Vec::new()),
        (Some(name), Some(_)) => (name.as_str(), arguments.clone()),
        (None, Some(_)) if !arguments.is_empty() => {
            return Err(AloneFailure::Usage(terminal::NO_PROGRAM));
        }
        (None, Some(exports)) => {
            let functions = exports.exports().map(|state| state.export).filter(is_function);
            let callable = Some(functions.map(|export| export.name).collect());
            return Ok(AloneResult {
                passport,
                results: Vec::new(),
                status: None,
                timings,
                counts: guest.counts(),
                callable,
            });
        }
    };
    let call = Call { export: export.to_owned(), arguments, limit_ms: wanted.limits.call_ms };
    let called = guest.ask(call)?;
    timings.call = Some(called.call_ns);
    let (results, status) = match called.ended {
        CallEnd::Returned(results) => (results, None),
        CallEnd::Exited(status) => (Vec::new(), Some(status)),
        CallEnd::Failed(error) => return Err(AloneFailure::Error(error)),
    };
    let counts = guest.counts();
    Ok(AloneResult { passport, results, status, timings, counts, callable: None })
}

/// The most bytes of an import object.
const LARGEST_IMPORTS: u64 = 100 << 20;

/// Reads an import object like `watshop run --imports`.
fn import_object(file: &Path) -> page::Result<ImportObject> {
    let name = file.display().to_string();
    let bytes = watshop_artifact::read_regular(file, LARGEST_IMPORTS).map_err(|error| {
        Error::new(ErrorCode::File, say!("The import object `{name}` cannot be read: {error}."))
    })?;
    ImportsFile::read(&name, &bytes)
}

/// The error of a file without a passport, whose maker is unknown.
fn unsealed_error() -> Error {
    Error::new(
        ErrorCode::UntrustedArtifact,
        say!("This is machine code without a passport: a file of Wasmer's own. Nothing in it says who made it."),
    )
    .help(say!("It stays in the sandbox even if you allow it to run."))
}

fn is_function(export: &Export) -> bool {
    matches!(export.kind, ExternType::Function { .. })
}

fn unreadable(why: &serde_json::Error) -> AloneFailure {
    let why = say!("The answer of the guest's thread cannot be read: {why}.");
    Error::new(ErrorCode::RunnerCrashed, why).into()
}
