//! `watshop run --race`: all compilers make code of one module, and a table says how each did.

use std::process::ExitCode;
use watshop_protocol::say;

use watshop_protocol::page::{
    Contender, ErrorCode, LaneState, Race, RaceLane, RaceOrder, Result, Settings, WasiInput,
};
use watshop_protocol::registry::{
    ConfigureTab, Hello, OpenImportsPath, OpenPath, RaceTab, StopRace, StopTab, WorkbenchApi as _,
};
use watshop_workbench::{CacheMode, Config, StateKind, Workbench, time_text};

use crate::arguments::RunArguments;
use crate::columns::columns;
use crate::interrupt::Interrupts;
use crate::run::{INTERRUPTED, host_path};
use crate::{answer, complaint};

/// Races a file and prints the table.
pub(crate) async fn race(wanted: RunArguments) -> anyhow::Result<ExitCode> {
    let config =
        Config { state: StateKind::InMemory, cache: CacheMode::Off, ..Config::from_environment()? };
    let workbench = Workbench::open(config)?;
    let ended = follow(&workbench, &wanted).await;
    workbench.shutdown().await;
    let race = match ended {
        Ok(race) => race,
        Err(error) if error.code == ErrorCode::Stopped => return Ok(ExitCode::from(INTERRUPTED)),
        Err(error) => return complaint::fail(&wanted.file, &error, wanted.json),
    };
    if wanted.json {
        answer::print_json(&race)?;
    } else {
        answer::print(&table(&race))?;
    }
    for lane in &race.lanes {
        if let Some(error) = &lane.error {
            let line = complaint::about(&wanted.file, error);
            complaint::write(&format!("{}: {line}", lane.contender.title()));
        }
    }
    let ready = race.lanes.iter().any(|lane| lane.state == LaneState::Ready);
    let differ = disagree(&race);
    if differ {
        complaint::write("watshop: error: The compilers gave different results, which is a bug.");
    }
    Ok(if ready && !differ { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Races, and listens for Ctrl-C.
async fn follow(workbench: &Workbench, wanted: &RunArguments) -> Result<Race> {
    let compilers = workbench.hello(Hello {}).await?.compilers;
    let path = host_path(&wanted.file)?;
    let tab = workbench.open_path(OpenPath { path }).await?.summary.id;
    let mut settings = wanted.settings();
    settings.wasi.input = WasiInput::Text { text: String::new() };
    let Settings { engine, optimisation, .. } = settings;
    workbench.configure_tab(ConfigureTab { tab, settings }).await?;
    for folder in wanted.wasi.folders(tab) {
        workbench.give_folder(folder).await?;
    }
    if let Some(file) = &wanted.imports {
        workbench.open_imports_path(OpenImportsPath { tab, path: host_path(file)? }).await?;
    }
    let installed = compilers.iter().filter(|state| state.missing.is_none());
    let contender = |compiler| Contender { compiler, engine, optimisation };
    let called = !wanted.is_for_program();
    let order = RaceOrder {
        contenders: installed.map(|state| contender(state.compiler)).collect(),
        export: wanted.invoke.clone().filter(|_| called),
        arguments: if called { wanted.arguments.clone() } else { Vec::new() },
        ends_with_page: false,
    };
    let mut work = std::pin::pin!(workbench.race_tab(RaceTab { tab, order }));
    let listening = |error: std::io::Error| {
        watshop_protocol::page::Error::new(ErrorCode::Stopped, say!("{error}."))
    };
    let mut interrupts = Interrupts::listen().map_err(listening)?;
    tokio::select! {
        race = &mut work => return race,
        () = interrupts.next() => {}
    }
    let stopping = workbench.clone();
    tokio::spawn(async move {
        drop(stopping.stop_race(StopRace { tab, lane: None }).await);
        stopping.stop_tab(StopTab { tab }).await
    });
    tokio::select! {
        race = work => race,
        // A second Ctrl-C ends the program at once.
        () = interrupts.next() => Err(watshop_protocol::page::Error::new(ErrorCode::Stopped, say!("Stopped."))),
    }
}

/// True if two contenders gave different results, bit by bit.
fn disagree(race: &Race) -> bool {
    let ready = race.lanes.iter().filter(|lane| lane.state == LaneState::Ready);
    let mut all = ready.map(|lane| (&lane.results, lane.status));
    let first = all.next();
    all.any(|other| Some(other) != first)
}

fn table(race: &Race) -> String {
    let head = ["", "ready after", "compile", "load", "instantiate", "call", "size", "result"];
    let rows = race.lanes.iter().map(row).collect();
    let mut text = columns(head.map(str::to_owned).into(), rows);
    let ready = race.lanes.iter().filter_map(|lane| Some((lane, lane.ready_ns?)));
    if let Some((lane, ns)) = ready.min_by_key(|(_, ns)| *ns) {
        text += &format!(
            "first result after {}, by {}; {} at once after that\n",
            time_text(ns as f64),
            lane.contender.title(),
            race.together
        );
    }
    text + &break_evens(race)
}

fn row(lane: &RaceLane) -> Vec<String> {
    let shown = |ns: Option<u64>| ns.map_or_else(|| "-".to_owned(), |ns| time_text(ns as f64));
    let result = match lane.state {
        LaneState::Ready => match lane.status {
            Some(status) => format!("status {status}"),
            None => {
                let values: Vec<_> =
                    lane.results.iter().map(|value| value.value.as_str()).collect();
                values.join(" ")
            }
        },
        LaneState::Failed => "failed".to_owned(),
        LaneState::Stopped => "stopped".to_owned(),
        LaneState::Waiting | LaneState::Running => "-".to_owned(),
    };
    vec![
        lane.contender.title(),
        shown(lane.ready_ns),
        shown(lane.timings.compile),
        shown(lane.timings.load),
        shown(lane.timings.instantiate),
        shown(lane.timings.call),
        lane.artifact_bytes.map_or_else(|| "-".to_owned(), |bytes| format!("{} kB", bytes / 1000)),
        result,
    ]
}

/// The calls after which a longer compilation pays off, by the one call that was made. A bench says
/// it better.
fn break_evens(race: &Race) -> String {
    let times = |lane: &RaceLane| Some((lane.timings.compile?, lane.timings.call?));
    let mut all: Vec<_> =
        race.lanes.iter().filter_map(|lane| Some((lane.contender, times(lane)?))).collect();
    all.sort_by_key(|(_, (compile, _))| *compile);
    let Some((first, (compile, call))) = all.first().copied() else { return String::new() };
    let pays = |(contender, (longer, shorter)): &(Contender, (u64, u64))| {
        let (title, first) = (contender.title(), first.title());
        match call.checked_sub(*shorter).filter(|saved| *saved > 0) {
            Some(saved) => {
                let calls = (longer - compile).div_ceil(saved);
                format!("{title} pays off beside {first} after {calls} calls\n")
            }
            None => format!("{title} did not run faster than {first}\n"),
        }
    };
    all[1..].iter().map(pays).collect()
}
