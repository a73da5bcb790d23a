//! `watshop bench`.

mod announcement;
mod compare;
mod table;

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use watshop_protocol::say;

use watshop_protocol::page::{BenchReport, Error, ErrorCode, Event, Result, RunState, TabId};
use watshop_protocol::registry::{
    BenchTab, ConfigureTab, Hello, OpenImportsPath, OpenPath, ReportForm, StopTab,
    WorkbenchApi as _,
};
use watshop_workbench::{CacheMode, Config, StateKind, Workbench, report_file, write_file};

use crate::arguments::BenchArguments;
use crate::interrupt::Interrupts;
use crate::run::{INTERRUPTED, host_path};
use crate::{answer, complaint};

/// Benches a file, compares two reports, or repeats the benchmark of the announcement.
pub(crate) async fn bench(wanted: BenchArguments) -> anyhow::Result<ExitCode> {
    if let [before, after] = wanted.compare.as_slice() {
        return compare::compare(before, after, wanted.fail_above);
    }
    let config =
        Config { state: StateKind::InMemory, cache: CacheMode::Off, ..Config::from_environment()? };
    let workbench = Workbench::open(config)?;
    let ended = follow(&workbench, &wanted).await;
    workbench.shutdown().await;
    let about = wanted.file.as_deref().unwrap_or(Path::new("qjs.wasm"));
    let report = match ended {
        Ok(report) => report,
        Err(error) if error.code == ErrorCode::Stopped => return Ok(ExitCode::from(INTERRUPTED)),
        Err(error) => return complaint::fail(about, &error, wanted.json),
    };
    tell(&wanted, &report)?;
    let failed: Vec<_> = report.entries.iter().filter(|entry| entry.error.is_some()).collect();
    for entry in &failed {
        if let Some(error) = &entry.error {
            let line = complaint::about(about, error);
            complaint::write(&format!("{}: {line}", entry.contender.title()));
        }
    }
    // A compiler that was not named may lack a feature of the module.
    let good = if wanted.compilers.is_empty() {
        failed.len() < report.entries.len()
    } else {
        failed.is_empty()
    };
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints the report and writes the files that are wanted.
fn tell(wanted: &BenchArguments, report: &BenchReport) -> anyhow::Result<()> {
    for (file, form) in [(&wanted.html, ReportForm::Html), (&wanted.csv, ReportForm::Csv)] {
        if let Some(file) = file {
            write_file(file, &report_file(report, form)?)?;
        }
    }
    if wanted.json {
        return Ok(answer::print_json(report)?);
    }
    let text = match wanted.announcement {
        Some(_) => announcement::charts(report),
        None => table::describe(report),
    };
    Ok(answer::print(&text)?)
}

/// Measures, and listens for Ctrl-C.
async fn follow(workbench: &Workbench, wanted: &BenchArguments) -> Result<BenchReport> {
    let mut work = std::pin::pin!(measure(workbench, wanted));
    let listening = |error: std::io::Error| {
        Error::new(ErrorCode::Stopped, say!("Ctrl-C cannot be listened for: {error}."))
    };
    let mut interrupts = Interrupts::listen().map_err(listening)?;
    let mut stops = 0;
    loop {
        tokio::select! {
            report = &mut work => return report,
            () = show_progress(workbench) => {}
            () = interrupts.next() => {
                stops += 1;
                // A second Ctrl-C ends the program at once.
                if stops > 1 {
                    return Err(Error::new(ErrorCode::Stopped, say!("Stopped.")));
                }
                let workbench = workbench.clone();
                tokio::spawn(async move { workbench.stop_tab(StopTab { tab: TabId(1) }).await });
            }
        }
    }
}

async fn measure(workbench: &Workbench, wanted: &BenchArguments) -> Result<BenchReport> {
    let compilers = workbench.hello(Hello {}).await?.compilers;
    let mut order = wanted.order(&compilers);
    let mut settings = wanted.settings();
    let tab = match (&wanted.file, &wanted.announcement) {
        (Some(file), _) => {
            workbench.open_path(OpenPath { path: host_path(file)? }).await?.summary.id
        }
        (None, program) => {
            order = announcement::order(order);
            settings.wasi.arguments = announcement::arguments();
            announcement::open(workbench, program.clone().flatten()).await?
        }
    };
    workbench.configure_tab(ConfigureTab { tab, settings }).await?;
    for folder in wanted.wasi.folders(tab) {
        workbench.give_folder(folder).await?;
    }
    if let Some(file) = &wanted.imports {
        workbench.open_imports_path(OpenImportsPath { tab, path: host_path(file)? }).await?;
    }
    workbench.bench_tab(BenchTab { tab, order }).await
}

/// Shows the progress on standard error if that is a terminal. It waits for ever.
async fn show_progress(workbench: &Workbench) {
    if !std::io::stderr().is_terminal() {
        return std::future::pending().await;
    }
    let mut events = workbench.subscribe();
    while let Some(event) = events.next().await {
        let line = match &*event {
            Event::State { state: RunState::Running { phase, fraction, detail }, .. } => {
                let phase = format!("{phase:?}").to_lowercase();
                let percent = fraction.map_or(0.0, |fraction| fraction * 100.0);
                format!("{}: {phase} {percent:.0} %", detail.as_deref().unwrap_or_default())
            }
            Event::State { state: RunState::Idle, .. } => String::new(),
            _ => continue,
        };
        // A closed standard error has no reader who could miss it.
        drop(write!(std::io::stderr(), "\r\x1b[K{line}"));
    }
    std::future::pending::<()>().await;
}
