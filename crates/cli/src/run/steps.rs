//! The requests of a run to the workbench, in order.

use std::path::Path;
use std::sync::OnceLock;
use watshop_protocol::say;

use watshop_protocol::instance::{Forward as _, ReadCounts};
use watshop_protocol::page::{
    Error, ErrorCode, HostPath, InstructionCounts, Outcome, RunReport, Settings, TabId, Timings,
    Value,
};
use watshop_protocol::registry::{
    CallExport, ConfigureTab, OpenCorePath, OpenImportsPath, OpenPath, RunTab, WorkbenchApi as _,
};
use watshop_protocol::terminal;
use watshop_workbench::Workbench;

use crate::arguments::RunArguments;

/// The outcome of a run that did not fail.
pub(super) struct RunResult {
    /// The record of the run, with the timings of the call in it.
    pub(super) run: RunReport,
    /// The results of the function that was called.
    pub(super) results: Vec<Value>,
    /// The exit status of a WASI program.
    pub(super) status: Option<i32>,
    /// The instructions by function, if they were counted.
    pub(super) counts: Option<InstructionCounts>,
}

/// The reason why a run failed.
pub(super) enum RunFailure {
    /// The workbench gave an error.
    Error(Box<Error>),
    /// The command line does not suit this file.
    Usage(&'static str),
}

impl From<Error> for RunFailure {
    fn from(error: Error) -> Self {
        Self::Error(Box::new(error))
    }
}

/// The path of a file for a request.
///
/// # Errors
///
/// `file` if its name is not UTF-8.
pub(crate) fn host_path(path: &Path) -> Result<HostPath, Error> {
    path.to_str().map(HostPath::from).ok_or_else(|| {
        Error::new(ErrorCode::File, say!("The name of `{}` is not UTF-8.", path.display()))
            .help(say!("Rename it, or make a link to it."))
    })
}

/// Opens a file, runs it, and calls an export if the command line names one. `tab` is set as soon
/// as the tab exists.
pub(super) async fn go(
    workbench: &Workbench,
    wanted: &RunArguments,
    tab: &OnceLock<TabId>,
) -> Result<RunResult, RunFailure> {
    let path = host_path(&wanted.file)?;
    let view = match wanted.core_module {
        Some(module) => workbench.open_core_path(OpenCorePath { path, module }).await?,
        None => workbench.open_path(OpenPath { path }).await?,
    };
    let id = *tab.get_or_init(|| view.summary.id);
    if !wanted.is_for_program() && view.module.is_some_and(|module| module.command) {
        return Err(RunFailure::program_called());
    }
    let trusted = view.passport.filter(|_| wanted.trust).map(|passport| passport.payload_hash);
    let mut settings = Settings { trusted, ..wanted.settings() };
    settings.wasi.input = wanted.wasi.input();
    workbench.configure_tab(ConfigureTab { tab: id, settings }).await?;
    for folder in wanted.wasi.folders(id) {
        workbench.give_folder(folder).await?;
    }
    if let Some(file) = &wanted.imports {
        workbench.open_imports_path(OpenImportsPath { tab: id, path: host_path(file)? }).await?;
    }

    let mut run = workbench.run_tab(RunTab { tab: id }).await?;
    let mut status = match &run.outcome {
        Outcome::Failed { error } => return Err(error.clone().into()),
        Outcome::Exited { status } => Some(*status),
        Outcome::Ready | Outcome::Returned { .. } | Outcome::Built { .. } => None,
    };
    let results = match &wanted.invoke {
        // The program ended before any export could be called.
        Some(_) if status.is_some() && run.record.timings.call.is_none() => Vec::new(),
        Some(_) if status.is_some() && wanted.is_for_program() => Vec::new(),
        Some(_) if status.is_some() => return Err(RunFailure::program_called()),
        Some(export) => {
            let call =
                CallExport { tab: id, export: export.clone(), arguments: wanted.arguments.clone() };
            let call = workbench.call_export(call).await?;
            add(&mut run.record.timings, call.record.timings);
            match call.outcome {
                Outcome::Failed { error } => return Err(error.into()),
                Outcome::Returned { results } => results,
                // The provider `exit` ended the call.
                Outcome::Exited { status: code } => {
                    status = Some(code);
                    Vec::new()
                }
                Outcome::Ready | Outcome::Built { .. } => Vec::new(),
            }
        }
        None if status.is_none() && !wanted.arguments.is_empty() => {
            return Err(RunFailure::no_program());
        }
        None => Vec::new(),
    };
    let counts = counts(workbench, id).await;
    Ok(RunResult { run, results, status, counts })
}

/// The instructions of the last call. `None` if they were not counted, or if there is no instance
/// any more.
async fn counts(workbench: &Workbench, tab: TabId) -> Option<InstructionCounts> {
    let (counts, _) = workbench.forward(tab, ReadCounts {}, Vec::new()).await.ok()?;
    Some(counts.answer).filter(|counts| counts.counted)
}

impl RunFailure {
    fn program_called() -> Self {
        Self::Usage(terminal::PROGRAM_CALLED)
    }

    fn no_program() -> Self {
        Self::Usage(terminal::NO_PROGRAM)
    }
}

/// Adds the phases of the call to those of the run.
fn add(run: &mut Timings, call: Timings) {
    let Timings { parse, start, compile, seal, load, instantiate, call, total: _ } = call;
    run.parse = run.parse.or(parse);
    run.start = run.start.or(start);
    run.compile = run.compile.or(compile);
    run.seal = run.seal.or(seal);
    run.load = run.load.or(load);
    run.instantiate = run.instantiate.or(instantiate);
    run.call = call.or(run.call);
}
