//! A workbench in a temporary folder, with functions to use it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::task::JoinHandle;
use watshop_protocol::page::{
    Error, Event, Outcome, Phase, Result, RunReport, RunState, Settings, TabId, TabView,
};
use watshop_protocol::registry::{Call, CallExport, ConfigureTab, GetTab, NewTab, RunTab};
use watshop_workbench::{CacheMode, Config, Events, HostFolders, StateKind, Workbench};

/// The time that a failing test waits. Nothing takes so long, even on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub const ADD_ONE: &str = "(module
  (func (export \"add_one\") (param $number i32) (result i32)
    local.get $number
    i32.const 1
    i32.add))";

/// A module that runs until it is stopped.
pub const SPIN: &str = "(module
  (global $turns (export \"turns\") (mut i32) (i32.const 0))
  (memory (export \"memory\") 1)
  (data (i32.const 16) \"watshop\")
  (func (export \"spin\")
    (loop $again
      (global.set $turns (i32.add (global.get $turns) (i32.const 1)))
      (br $again)))
  (func (export \"answer\") (result i32) (i32.const 42)))";

pub struct Fixture {
    pub workbench: Workbench,
    pub events: Events,
    pub config: Config,
    pub folder: TempDir,
}

impl Fixture {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::Builder::new().prefix("watshop-test-").tempdir().unwrap();
        let mut config = config(folder.path());
        change(&mut config);
        let workbench = Workbench::open(config.clone()).unwrap();
        Self { events: workbench.subscribe(), workbench, config, folder }
    }

    /// Closes the workbench and opens it again with the same folder.
    pub async fn reopened(self) -> Self {
        self.reopened_with(|_| {}).await
    }

    /// Closes the workbench and opens another with the same folder.
    pub async fn reopened_with(self, change: impl FnOnce(&mut Config)) -> Self {
        self.workbench.shutdown().await;
        let Self { workbench, events, mut config, folder } = self;
        drop((workbench, events));
        change(&mut config);
        let workbench = Workbench::open(config.clone()).unwrap();
        Self { events: workbench.subscribe(), workbench, config, folder }
    }

    pub async fn ask<C: Call>(&self, call: C) -> Result<C::Reply> {
        self.ask_with(call, Vec::new()).await.map(|(reply, _)| reply)
    }

    pub async fn ask_with<C: Call>(&self, call: C, bytes: Vec<u8>) -> Result<(C::Reply, Vec<u8>)> {
        let params = serde_json::to_value(&call).unwrap();
        let (reply, bytes) = self.workbench.dispatch(C::METHOD.name(), params, bytes).await?;
        Ok((serde_json::from_str(&reply).unwrap(), bytes))
    }

    /// Opens a new tab with this text.
    pub async fn tab(&self, text: &str) -> TabId {
        let new = NewTab { title: None, text: Some(text.into()) };
        self.ask(new).await.unwrap().summary.id
    }

    pub async fn view(&self, tab: TabId) -> TabView {
        self.ask(GetTab { tab }).await.unwrap()
    }

    pub async fn configure(&self, tab: TabId, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.view(tab).await.settings;
        change(&mut settings);
        self.ask(ConfigureTab { tab, settings }).await.unwrap();
    }

    pub async fn run(&self, tab: TabId) -> RunReport {
        self.ask(RunTab { tab }).await.unwrap()
    }

    /// Runs a tab. The run must leave an instance, or a program that ended well.
    pub async fn run_well(&self, tab: TabId) -> RunReport {
        let report = self.run(tab).await;
        if let Outcome::Failed { error } = &report.outcome {
            panic!("{error:#?}");
        }
        report
    }

    /// Runs a tab. The run must fail with the error that is returned.
    pub async fn run_badly(&self, tab: TabId) -> Error {
        failure(self.run(tab).await)
    }

    pub async fn call(&self, tab: TabId, export: &str, arguments: &[&str]) -> Result<RunReport> {
        let arguments = arguments.iter().map(|a| (*a).to_owned()).collect();
        self.ask(CallExport { tab, export: export.into(), arguments }).await
    }

    /// Calls an export, which must return these results.
    pub async fn results(&self, tab: TabId, export: &str, arguments: &[&str]) -> Vec<String> {
        match self.call(tab, export, arguments).await.unwrap().outcome {
            Outcome::Returned { results } => results.into_iter().map(|v| v.value).collect(),
            other => panic!("{other:#?}"),
        }
    }

    /// Waits for an event. Other events before it are skipped.
    pub async fn event<T>(&mut self, what: &str, wanted: impl Fn(&Event) -> Option<T>) -> T {
        let search = async {
            loop {
                let event = self.events.next().await.expect("the workbench is there");
                if let Some(found) = wanted(&event) {
                    return found;
                }
            }
        };
        tokio::time::timeout(PATIENCE, search).await.unwrap_or_else(|_| panic!("no event: {what}"))
    }

    /// Presses Run, and continues when the run has come to a phase.
    pub async fn run_up_to(&mut self, tab: TabId, phase: Phase) -> JoinHandle<RunReport> {
        let run = self.begin("tab.run", serde_json::json!({ "tab": tab }));
        self.event("the phase", |event| match event {
            Event::State { tab: t, state: RunState::Running { phase: p, .. } } => {
                ((*t, *p) == (tab, phase)).then_some(())
            }
            _ => None,
        })
        .await;
        run
    }

    /// Calls an export, and continues when the call has begun.
    pub async fn begin_call(&mut self, tab: TabId, export: &str) -> JoinHandle<RunReport> {
        let params = serde_json::json!({ "tab": tab, "export": export, "arguments": [] });
        let call = self.begin("tab.call", params);
        self.event("the call", |event| match event {
            Event::State { tab: t, state: RunState::Calling { .. } } => (*t == tab).then_some(()),
            _ => None,
        })
        .await;
        call
    }

    /// Begins a run or calls, and gives the future report.
    pub fn begin(
        &mut self,
        method: &'static str,
        params: serde_json::Value,
    ) -> JoinHandle<RunReport> {
        // Older events must not be taken for those of this run.
        self.events = self.workbench.subscribe();
        let workbench = self.workbench.clone();
        tokio::spawn(async move {
            let (report, _) = workbench.dispatch(method, params, vec![]).await.unwrap();
            serde_json::from_str(&report).unwrap()
        })
    }

    /// Waits for the process of a program in this fixture, and gives its number.
    pub async fn pid_of(&self, program: &str) -> i32 {
        let wanted = self.config.programs.join(program);
        until(program, || pids(&wanted).first().copied()).await
    }

    pub fn program(&self, name: &str) -> PathBuf {
        self.config.programs.join(name)
    }
}

/// The error of a report, which must have one.
pub fn failure(report: RunReport) -> Error {
    match report.outcome {
        Outcome::Failed { error } => {
            assert_eq!(report.record.error, Some(error.code));
            error
        }
        other => panic!("it went well: {other:#?}"),
    }
}

/// A folder with data and programs for one test. The programs are links. So the name of a process
/// shows its test, and a test can remove one.
pub fn config(folder: &Path) -> Config {
    let programs = folder.join("programs");
    std::fs::create_dir(&programs).unwrap();
    let built = built_programs();
    for name in PROGRAMS {
        let program = built.join(name);
        assert!(
            program.is_file(),
            "{} is not built; `npm run build` builds it, WATSHOP_PROGRAMS names the folder of the executables",
            program.display()
        );
        std::os::unix::fs::symlink(program, programs.join(name)).unwrap();
    }
    Config {
        data_dir: folder.join("data"),
        programs,
        state: StateKind::Saved,
        cache: CacheMode::On,
        raw_output: None,
        input_wanted: None,
        streams: None,
        folders: HostFolders::Any,
    }
}

const PROGRAMS: [&str; 5] = [
    "watshop-runner",
    "watshop-runner-wasix",
    "watshop-compiler-singlepass",
    "watshop-compiler-cranelift",
    "watshop-compiler-llvm",
];

/// The folder `target/release`, relative to `target/release/deps/all-…`.
fn built_programs() -> PathBuf {
    std::env::var_os("WATSHOP_PROGRAMS").map_or_else(
        || std::env::current_exe().unwrap().parent().and_then(Path::parent).unwrap().to_owned(),
        PathBuf::from,
    )
}

/// The processes that were started under a path.
pub fn pids(program: &Path) -> Vec<i32> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let Ok(line) = std::fs::read(entry.path().join("cmdline")) else { continue };
        if line.split(|b| *b == 0).next() == Some(program.as_os_str().as_encoded_bytes()) {
            found.push(pid);
        }
    }
    found
}

/// Waits for a condition outside of the workbench, which has no event.
pub async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

pub fn send(pid: i32, signal: i32) {
    // SAFETY: kill(2) takes two numbers and touches no memory.
    #[expect(unsafe_code, reason = "a signal is sent")]
    let sent = unsafe { libc::kill(pid, signal) };
    assert_eq!(sent, 0, "signal {signal} to {pid}: {}", std::io::Error::last_os_error());
}
