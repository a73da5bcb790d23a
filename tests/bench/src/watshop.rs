//! A workbench, asked the way a shell asks it.

use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::sync::mpsc;
use watshop_protocol::page::{Compiler, Outcome, RunReport, Settings, TabId};
use watshop_protocol::registry::{
    CallExport, ConfigureTab, EditTab, NewTab, OpenBytes, RunTab, WorkbenchApi as _,
};
use watshop_workbench::{CacheMode, Config, HostFolders, StateKind, Workbench};

/// A workbench with a data folder of its own, which compiles every time.
pub struct Bench {
    workbench: Workbench,
    _folder: TempDir,
}

impl Bench {
    /// Makes a workbench. The output of guests is read and dropped.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (sender, mut output) = mpsc::channel(64);
        tokio::spawn(async move { while output.recv().await.is_some() {} });
        let workbench = Workbench::open(Config {
            data_dir: folder.path().to_owned(),
            programs: watshop_tests::programs(),
            state: StateKind::InMemory,
            cache: CacheMode::Off,
            raw_output: Some(sender),
            input_wanted: None,
            streams: None,
            folders: HostFolders::Any,
        })
        .unwrap();
        Self { workbench, _folder: folder }
    }

    /// Opens a tab with text.
    pub async fn text(&self, text: &str) -> TabId {
        let params = NewTab { title: None, text: Some(text.to_owned()) };
        self.workbench.new_tab(params).await.unwrap().summary.id
    }

    /// Opens a tab with a binary.
    pub async fn binary(&self, name: &str, bytes: Vec<u8>) -> TabId {
        self.workbench
            .open_bytes(OpenBytes { name: name.to_owned() }, bytes)
            .await
            .unwrap()
            .summary
            .id
    }

    /// Sets a tab to a compiler, and a program to its arguments.
    pub async fn configure(&self, tab: TabId, compiler: Compiler, arguments: &[&str]) {
        let mut settings = Settings { compiler, ..Settings::default() };
        settings.wasi.arguments = arguments.iter().map(|a| (*a).to_owned()).collect();
        self.workbench.configure_tab(ConfigureTab { tab, settings }).await.unwrap();
    }

    /// Replaces a tab's text.
    pub async fn edit(&self, tab: TabId, text: String) {
        self.workbench
            .edit_tab(EditTab { tab, text, after: None, client: "bench".into() })
            .await
            .unwrap();
    }

    /// Runs a tab. Returns the report and the time from request to reply.
    pub async fn run(&self, tab: TabId) -> (RunReport, Duration) {
        let began = Instant::now();
        let report = self.workbench.run_tab(RunTab { tab }).await.unwrap();
        let time = began.elapsed();
        assert!(!matches!(report.outcome, Outcome::Failed { .. }), "{report:?}");
        (report, time)
    }

    /// Calls an export. Returns its first result, the time in the guest, and the time from request
    /// to reply.
    pub async fn call(
        &self,
        tab: TabId,
        export: &str,
        argument: i32,
    ) -> (String, Duration, Duration) {
        let params =
            CallExport { tab, export: export.to_owned(), arguments: vec![argument.to_string()] };
        let began = Instant::now();
        let report = self.workbench.call_export(params).await.unwrap();
        let time = began.elapsed();
        let Outcome::Returned { results } = report.outcome else { panic!("{report:?}") };
        let guest = Duration::from_nanos(report.record.timings.call.unwrap());
        (results[0].value.clone(), guest, time)
    }
}

impl Default for Bench {
    fn default() -> Self {
        Self::new()
    }
}
