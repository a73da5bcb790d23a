#![doc = include_str!("../README.md")]

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::fs::FileTypeExt as _;
use std::process::ExitCode;

use anyhow::Context as _;
use watshop_protocol::page::Layer;
use watshop_protocol::passport::{ABI, FORMAT, WASMER};
use watshop_protocol::terminal::spelled;

use crate::arguments::RunnerCommand;
use crate::folders::Folder;
use crate::sandbox::SandboxPlan;

pub use ending::{HostRefusal, HostStopped, ProgramExit};
pub use stop::{Stop, Waker};
pub use system::{ProgramPlan, SystemInterface, SystemProgram};

mod arguments;
mod at_once;
// The linker's part of it is for executables (`build.rs`).
#[cfg(not(test))]
mod backtrace;
mod bench;
mod bound_memory;
mod call;
mod counts;
mod ending;
mod exports;
mod externals;
mod fence;
mod folders;
mod functions;
mod grow;
mod guest;
mod guest_instance;
mod host;
mod imports;
mod inspect;
mod instantiate;
mod interfaces;
mod last_line;
mod limits;
mod load;
mod machine_memory;
mod memory;
mod memory_scan;
mod notes;
mod outbox;
mod own_code;
mod places;
mod prefetch;
mod repeat;
mod run;
mod sandbox;
mod scan;
mod segments;
mod serve;
mod signal;
mod snapshots;
mod stop;
mod store_budget;
mod system;
mod threads;
mod ticks;
mod trap;
mod types;
mod values;
mod wasi;

/// The exit status of wrong usage.
const USAGE: u8 = 2;

/// A runner as an executable: its name, and what its guests can import beside WASI.
#[derive(Clone, Copy)]
pub struct Executable {
    /// Its name.
    pub name: &'static str,
    /// The system interface that it has beside WASI.
    pub interface: Option<&'static dyn SystemInterface>,
}

impl Executable {
    /// The version, with the formats that decide whether this runner can run an artifact.
    fn version(self) -> String {
        let (name, own) = (self.name, env!("CARGO_PKG_VERSION"));
        format!("{name} {own} (sealed form {FORMAT}, Wasmer {WASMER}, ABI {ABI})\n")
    }
}

/// The main function of a runner.
pub fn main(executable: Executable) -> ExitCode {
    let ended = match arguments::read(std::env::args_os().skip(1)) {
        Err(why) => return usage(executable, &why),
        Ok(RunnerCommand::Help) => print(&arguments::help(executable.name)),
        Ok(RunnerCommand::Version) => print(&executable.version()),
        Ok(RunnerCommand::Inspect { file, json }) => {
            sandbox::enter(&SandboxPlan { readable: vec![file.clone()], ..SandboxPlan::default() });
            inspect::inspect(&file, json)
        }
        Ok(RunnerCommand::Sandbox { json }) => layers(json),
        Ok(RunnerCommand::Run(wanted)) => {
            // Standard error is promised to be one clear line, so there is no log unless it is
            // asked for.
            log("off");
            last_line::prepare(&wanted.file, wanted.json);
            let readable = [&wanted.file].into_iter().chain(&wanted.imports).cloned().collect();
            let plan =
                SandboxPlan { readable, folders: wanted.folders.clone(), ..SandboxPlan::default() };
            run(executable, &plan, &wanted)
        }
        Ok(RunnerCommand::Serve(_)) if !is_asked() => {
            return usage(executable, "there is no file to run");
        }
        Ok(RunnerCommand::Serve(plan)) => {
            log(QUIET);
            serve::serve(executable, &plan)
        }
    };
    ended.unwrap_or_else(|error| {
        complain(&format!("{}: error: {error:#}", executable.name));
        ExitCode::FAILURE
    })
}

/// Runs a file in the sandbox.
fn run(
    executable: Executable,
    plan: &SandboxPlan,
    wanted: &arguments::ArtifactRun,
) -> anyhow::Result<ExitCode> {
    let folders = plan.folders.iter().map(Folder::open).collect::<anyhow::Result<_>>()?;
    if let Some(file) = &wanted.stdin {
        let input = File::open(file)
            .with_context(|| format!("the input `{}` cannot be opened", file.display()))?;
        rustix::stdio::dup2_stdin(input)?;
    }
    let layers = sandbox::enter(plan);
    tracing::debug!(?layers, "the sandbox is closed");
    run::run(executable, wanted, folders)
}

/// Enters the sandbox of a workbench's runner, and prints its layers.
fn layers(json: bool) -> anyhow::Result<ExitCode> {
    let layers = sandbox::enter(&SandboxPlan {
        own_group: true,
        dies_with_parent: true,
        ..SandboxPlan::default()
    });
    if json {
        return print_json(&serde_json::json!({ "sandbox": layers }).to_string());
    }
    let line = |layer: &Layer| match &layer.why_not {
        None => format!("{:<17} active\n", layer.name),
        Some(why) => format!("{:<17} missing: {why}\n", layer.name),
    };
    print(&layers.iter().map(line).collect::<String>())
}

/// The log's default. Libraries that warn about a guest would let the guest fill the log.
const QUIET: &str = "warn,wasmer=off,virtual_fs=off,virtual_net=off";

/// Starts the log on standard error, and sends panics to it.
fn log(otherwise: &str) {
    watshop_child::log_to_stderr(otherwise);
    std::panic::set_hook(Box::new(note_panic));
}

/// Notes a panic in the log. The error that follows from it says what happened in words for people,
/// so a library's text about its own sources is shown only if the log is asked for more.
fn note_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let source = panic.location().map_or("", |place| place.file());
    if source.contains(".cargo/registry") || source.starts_with("/rustc/") {
        tracing::debug!("{panic}");
    } else {
        tracing::error!("{panic}");
    }
    // The standard library says so of a panic that must not unwind, before it aborts.
    if panic.payload_as_str().is_some_and(|text| text.contains("cannot unwind")) {
        last_line::end_as_aborted();
    }
}

/// True if a parent may send frames: standard input is a pipe, or a socket as some programs make
/// for their children.
fn is_asked() -> bool {
    let kind =
        io::stdin().as_fd().try_clone_to_owned().and_then(|input| File::from(input).metadata());
    kind.is_ok_and(|input| input.file_type().is_fifo() || input.file_type().is_socket())
}

fn usage(Executable { name, .. }: Executable, why: &str) -> ExitCode {
    let line = arguments::usage(name);
    complain(&format!("{name}: {why}\n\n{line}\n\nMore: {name} --help"));
    ExitCode::from(USAGE)
}

/// Writes to standard error, and spells out the control characters that a terminal would obey. If
/// standard error is closed, there is no reader left.
fn complain(text: &str) {
    drop(last_line::stderr().and_then(|mut own| writeln!(own, "{}", spelled::lines(text))));
}

/// Writes one line of JSON to standard output, with escapes for the characters that a terminal
/// would obey or hide.
fn print_json(json: &str) -> anyhow::Result<ExitCode> {
    print(&(spelled::json(json) + "\n"))
}

/// Writes an answer to standard output. A reader that has gone (`| head`) has read enough.
fn print(text: &str) -> anyhow::Result<ExitCode> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
