#![doc = include_str!("../README.md")]

mod answer;
mod arguments;
mod bench;
mod columns;
mod compile;
mod complaint;
mod guest_input;
mod guest_output;
mod inspect;
mod interrupt;
mod launch_page;
mod lessons;
mod race;
mod run;
mod serve;
mod targets;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Command, CommandLine};

fn main() -> ExitCode {
    let line = CommandLine::parse_from(arguments::gather(std::env::args_os()));
    let log = match line.command {
        // These commands promise one clear line on standard error, so their log is off unless
        // `WATSHOP_LOG` asks for it.
        Command::Run(_)
        | Command::Compile(_)
        | Command::Targets(_)
        | Command::Inspect(_)
        | Command::Bench(_)
        | Command::Lessons(_) => "off",
        Command::Serve(_) | Command::Learn(_) => "warn",
    };
    watshop_workbench::log_to_stderr(log);
    let ended = match line.command {
        Command::Inspect(wanted) => inspect::inspect(&wanted),
        Command::Run(wanted) if wanted.race => on_runtime(race::race(*wanted)),
        Command::Run(wanted) => on_runtime(run::run(*wanted)),
        Command::Compile(wanted) => on_runtime(compile::compile(wanted)),
        Command::Targets(wanted) => on_runtime(targets::targets(wanted)),
        Command::Lessons(wanted) => on_runtime(lessons::lessons(wanted.command)),
        Command::Serve(wanted) => on_runtime(serve::serve(wanted, None)),
        Command::Learn(wanted) => on_runtime(serve::serve(wanted.serve, Some(wanted.course))),
        Command::Bench(wanted) => on_runtime(bench::bench(*wanted)),
    };
    ended.unwrap_or_else(|error| {
        complaint::write(&format!("watshop: error: {error:#}"));
        ExitCode::FAILURE
    })
}

/// Runs a command on two threads. They are enough, and more would take time to start.
fn on_runtime(
    work: impl Future<Output = anyhow::Result<ExitCode>> + Send + 'static,
) -> anyhow::Result<ExitCode> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let ended = runtime.block_on(work);
    // A write to a terminal that is no longer read must not keep this process alive.
    runtime.shutdown_background();
    ended
}
