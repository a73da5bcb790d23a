//! The workbench as shells and pages know it: an answer to every method of the registry.

use std::sync::Arc;
use std::time::Duration;

use watshop_protocol::page::registry::{
    CallExport, CallMany, ClearConsole, ClearHistory, CloseTab, ConfigureTab, Done, Download, DownloadTab,
    EditTab, Edited, FindTarget, FormatTab, Formatted, GetTab, GrowTable, Hello, ListTargets, MemoryPiece,
    NewTab, OpenBytes, OpenLesson, OpenPath, OrderTabs, ReadCode, ReadExports, ReadMemory, ReadSizes,
    ReadTable, ReopenTab, Reopened, RunTab, SavePath, SaveUi, SetElement, SetGlobal, StopTab, Stopped,
};
use watshop_protocol::page::registry::{
    ClearCalls, CodeImports, ListImports, OfferImport, OpenImports, OpenImportsPath, PauseCalls, ProvideAll,
    ReadCalls, ReplayCalls, SaveImports,
};
use watshop_protocol::page::registry::{
    CompareMemory, FillMemory, GrowMemory, ReadSegments, SearchMemory, SurveyMemory, TakeSnapshot,
    WriteMemory,
};
use watshop_protocol::page::{
    self, CallsView, Choices, CodeView, Error, ErrorCode, Event, ImportsCode, ImportsView, InstanceView,
    Offers, Result, RunReport, Settings, Sizes, TabId, TabSummary, TabView, TablePiece, TargetRow, Targets,
    Welcome,
};
use watshop_protocol::page::{
    DataSegments, MemoryDifferences, MemoryFound, MemoryOverview, MemorySnapshot, MemoryWritten,
};
use watshop_protocol::passport::WASMER;
use watshop_protocol::process::runner;

use crate::activity::Activity;
use crate::bench::Bench;
use crate::config::Config;
use crate::events::Events;
use crate::lessons;
use crate::open::blocking;
use crate::open::plain_name;
use crate::source::Source;
use crate::state::{Change, Memory};
use crate::sync::lock;
use crate::tab::Tab;
use crate::{tabs, targets};

/// What a new tab holds.
const NEW: &str = "(module\n  (func (export \"answer\") (result i32)\n    i32.const 42\n  )\n)\n";

/// The largest JSON that a page can have kept, in bytes.
const LARGEST_UI: usize = 256 << 10;

/// Tabs, settings, saved state, and the processes that compile and run. Clones are handles of the same
/// workbench; when the last is dropped, its processes are killed and what is not saved yet is.
///
/// Its methods are those of [`page::Workbench`], to be called within a tokio runtime.
#[derive(Debug, Clone)]
pub struct Workbench(Arc<Bench>);

impl Workbench {
    /// Opens the data folder. A first start on it has a tab with the first lesson.
    ///
    /// # Errors
    ///
    /// `state` where another workbench has the folder or a newer Watshop wrote it; `file` or
    /// `disk_full` where it cannot be written to. Saved state that is damaged is no error: it is moved
    /// aside, what can be read of it is taken over, and the first listener gets a notice.
    pub fn open(config: Config) -> Result<Self> {
        let bench = Arc::new(Bench::open(config)?);
        let memory: Arc<dyn Memory> = Arc::clone(&bench) as _;
        bench.state.remember(Arc::downgrade(&memory));
        Ok(Self(bench))
    }

    /// What happens from now on.
    pub fn subscribe(&self) -> Events {
        self.0.hub.subscribe()
    }

    /// Runs the first lesson where nobody has worked in this data folder before, so that a person who is
    /// here for the first time sees a program that runs.
    pub async fn show_first_run(&self) {
        let tab = lock(&self.0.shelf).open.first().cloned();
        if let (true, Some(tab)) = (self.0.first_start, tab)
            && let Err(error) = self.0.run(tab).await
        {
            tracing::warn!(%error, "the first lesson cannot be run");
        }
    }

    /// The table of targets, made anew: a small module compiled for each of them by every compiler in every
    /// form. `tell` hears what is tried. What it gives belongs into `targets.tsv`.
    ///
    /// # Errors
    ///
    /// `file` where nothing can be written.
    pub async fn probe_targets(&self, tell: impl Fn(&str)) -> Result<String> {
        let source = Source::Wat(NEW.into());
        let settings = Settings::default();
        let tab = self.0.add_tab(tabs::NewTab { title: "probe.wat".into(), path: None, source, settings });
        let mut turn = Activity::begin(&tab)?;
        let table = self.0.foundry.probe(&mut turn, tell).await;
        drop(turn);
        self.0.close(tab.id).await?;
        table
    }

    /// Ends all processes, running guests with them, saves what is not saved yet, and lets go of the
    /// data folder. Nothing is kept after this.
    pub async fn shutdown(&self) {
        let tabs: Vec<_> = lock(&self.0.shelf).open.clone();
        let runners: Vec<_> = tabs.iter().filter_map(|tab| lock(&tab.runner).take()).collect();
        for runner in runners {
            runner.kill().await;
        }
        let stopping = async {
            for tab in tabs {
                self.0.stop(&tab).await;
            }
        };
        // A compiler that does not give up at once is killed with the process.
        let _ = tokio::time::timeout(Duration::from_millis(300), stopping).await;
        self.0.foundry.compilers.end().await;
        let bench = Arc::clone(&self.0);
        let closed = tokio::task::spawn_blocking(move || bench.state.close()).await;
        if let Ok(Err(error)) = closed {
            tracing::error!(%error, "the state could not be saved at the end");
        }
    }

    /// A tab with all there is to show of it.
    async fn view(&self, tab: &Arc<Tab>) -> TabView {
        let source = tab.held().source.clone();
        let _read = self.0.read_source(tab, source).await;
        self.0.wait_for_first_check(tab).await;
        tab.view()
    }

    fn tab(&self, id: TabId) -> Result<Arc<Tab>> {
        self.0.tab(id)
    }
}

fn plain<T>(reply: T) -> Result<(T, Vec<u8>)> {
    Ok((reply, Vec::new()))
}

fn done() -> Result<(Done, Vec<u8>)> {
    plain(Done {})
}

impl page::Workbench for Workbench {
    async fn hello(&self, _: Hello, _: Vec<u8>) -> Result<(Welcome, Vec<u8>)> {
        plain(Welcome {
            version: env!("CARGO_PKG_VERSION").into(),
            wasmer: WASMER.into(),
            host: self.0.foundry.machine().triple.clone(),
            compilers: self.0.foundry.compilers.states(),
            engines: self.0.foundry.engines(),
            tabs: self.0.summaries(),
            lessons: lessons::list(),
            ui: lock(&self.0.ui).clone(),
        })
    }

    async fn list_targets(&self, _: ListTargets, _: Vec<u8>) -> Result<(Targets, Vec<u8>)> {
        plain(targets::list(self.0.foundry.machine()))
    }

    async fn find_target(
        &self,
        FindTarget { triple }: FindTarget,
        _: Vec<u8>,
    ) -> Result<(TargetRow, Vec<u8>)> {
        plain(targets::find(&triple, self.0.foundry.machine())?)
    }

    async fn read_sizes(&self, _: ReadSizes, _: Vec<u8>) -> Result<(Sizes, Vec<u8>)> {
        let bench = Arc::clone(&self.0);
        plain(blocking(move || bench.scales.weigh(&bench.config)).await?)
    }

    async fn read_code(&self, ReadCode { tab }: ReadCode, _: Vec<u8>) -> Result<(CodeView, Vec<u8>)> {
        plain(self.0.code(&*self.tab(tab)?).await?)
    }

    async fn save_ui(&self, SaveUi { ui }: SaveUi, _: Vec<u8>) -> Result<(Done, Vec<u8>)> {
        if ui.len() > LARGEST_UI {
            return Err(Error::new(
                ErrorCode::BadRequest,
                format!("A page can have {LARGEST_UI} bytes kept, and these are {}.", ui.len()),
            ));
        }
        *lock(&self.0.ui) = Some(ui.clone());
        self.0.state.keep(Change::Ui(ui));
        done()
    }

    async fn new_tab(&self, NewTab { title, text }: NewTab, _: Vec<u8>) -> Result<(TabView, Vec<u8>)> {
        let title = title.map_or_else(|| "untitled.wat".into(), |title| plain_name(&title));
        let source = Source::Wat(text.as_deref().unwrap_or(NEW).into());
        let tab = self.0.add_tab(tabs::NewTab { title, path: None, source, settings: Settings::default() });
        plain(self.view(&tab).await)
    }

    async fn open_path(&self, OpenPath { path }: OpenPath, _: Vec<u8>) -> Result<(TabView, Vec<u8>)> {
        let tab = self.0.open_path(path).await?;
        plain(self.view(&tab).await)
    }

    async fn open_bytes(&self, OpenBytes { name }: OpenBytes, bytes: Vec<u8>) -> Result<(TabView, Vec<u8>)> {
        let tab = self.0.open_bytes(name, bytes).await?;
        plain(self.view(&tab).await)
    }

    async fn open_lesson(&self, OpenLesson { lesson }: OpenLesson, _: Vec<u8>) -> Result<(TabView, Vec<u8>)> {
        let tab = self.0.add_lesson(&lesson)?;
        plain(self.view(&tab).await)
    }

    async fn close_tab(&self, CloseTab { tab }: CloseTab, _: Vec<u8>) -> Result<(Done, Vec<u8>)> {
        self.0.close(tab).await?;
        done()
    }

    async fn reopen_tab(&self, _: ReopenTab, _: Vec<u8>) -> Result<(Reopened, Vec<u8>)> {
        let tab = match self.0.reopen() {
            Some(tab) => Some(self.view(&tab).await),
            None => None,
        };
        plain(Reopened { tab })
    }

    async fn order_tabs(&self, OrderTabs { tabs }: OrderTabs, _: Vec<u8>) -> Result<(Done, Vec<u8>)> {
        self.0.order(&tabs)?;
        done()
    }

    async fn get_tab(&self, GetTab { tab }: GetTab, _: Vec<u8>) -> Result<(TabView, Vec<u8>)> {
        let tab = self.tab(tab)?;
        plain(self.view(&tab).await)
    }

    async fn edit_tab(
        &self,
        EditTab { tab, text, client }: EditTab,
        _: Vec<u8>,
    ) -> Result<(Edited, Vec<u8>)> {
        let tab = self.tab(tab)?;
        let source = tab.held().source.clone();
        let _read = self.0.read_source(&tab, source).await;
        plain(Edited { revision: self.0.edit(&tab, &text, client)? })
    }

    async fn configure_tab(
        &self,
        ConfigureTab { tab, settings }: ConfigureTab,
        _: Vec<u8>,
    ) -> Result<(Done, Vec<u8>)> {
        self.0.configure(&self.tab(tab)?, settings)?;
        done()
    }

    async fn format_tab(&self, FormatTab { tab }: FormatTab, _: Vec<u8>) -> Result<(Formatted, Vec<u8>)> {
        let tab = self.tab(tab)?;
        let source = tab.held().source.clone();
        let source = self.0.read_source(&tab, source).await;
        let text = source.text().cloned().ok_or_else(|| {
            Error::new(ErrorCode::BadRequest, "This tab shows no text that could be formatted.")
        })?;
        let text = blocking(move || watshop_module::format(&text)).await?;
        plain(Formatted { text })
    }

    async fn save_path(&self, SavePath { tab, path }: SavePath, _: Vec<u8>) -> Result<(TabSummary, Vec<u8>)> {
        plain(self.0.save(&self.tab(tab)?, path).await?)
    }

    async fn download_tab(
        &self,
        DownloadTab { tab, what, strip }: DownloadTab,
        _: Vec<u8>,
    ) -> Result<(Download, Vec<u8>)> {
        self.0.download(&self.tab(tab)?, what, strip).await
    }

    async fn run_tab(&self, RunTab { tab }: RunTab, _: Vec<u8>) -> Result<(RunReport, Vec<u8>)> {
        plain(self.0.run(self.tab(tab)?).await?)
    }

    async fn call_export(
        &self,
        CallExport { tab, export, arguments }: CallExport,
        _: Vec<u8>,
    ) -> Result<(RunReport, Vec<u8>)> {
        plain(self.0.call(self.tab(tab)?, export, arguments, None).await?)
    }

    async fn stop_tab(&self, StopTab { tab }: StopTab, _: Vec<u8>) -> Result<(Stopped, Vec<u8>)> {
        plain(Stopped { how: self.0.stop(&*self.tab(tab)?).await })
    }

    async fn read_exports(
        &self,
        ReadExports { tab }: ReadExports,
        _: Vec<u8>,
    ) -> Result<(InstanceView, Vec<u8>)> {
        plain(self.0.exports(&*self.tab(tab)?).await?)
    }

    async fn clear_console(&self, ClearConsole { tab }: ClearConsole, _: Vec<u8>) -> Result<(Done, Vec<u8>)> {
        self.tab(tab)?.console.clear();
        done()
    }

    async fn clear_history(&self, ClearHistory { tab }: ClearHistory, _: Vec<u8>) -> Result<(Done, Vec<u8>)> {
        let tab = self.tab(tab)?;
        let mut held = tab.held();
        held.history.clear();
        self.0.state.keep(Change::ClearHistory(tab.id));
        self.0.hub.tell(Event::HistoryCleared { tab: tab.id });
        drop(held);
        done()
    }

    async fn read_memory(&self, asked: ReadMemory, _: Vec<u8>) -> Result<(MemoryPiece, Vec<u8>)> {
        self.0.memory(&*self.tab(asked.tab)?, asked).await
    }

    async fn write_memory(&self, asked: WriteMemory, bytes: Vec<u8>) -> Result<(MemoryWritten, Vec<u8>)> {
        plain(self.0.write_memory(&*self.tab(asked.tab)?, asked, bytes).await?)
    }

    async fn fill_memory(&self, asked: FillMemory, bytes: Vec<u8>) -> Result<(MemoryWritten, Vec<u8>)> {
        plain(self.0.fill_memory(&*self.tab(asked.tab)?, asked, bytes).await?)
    }

    async fn grow_memory(&self, asked: GrowMemory, _: Vec<u8>) -> Result<(MemoryPiece, Vec<u8>)> {
        plain(self.0.grow_memory(&self.tab(asked.tab)?, asked).await?)
    }

    async fn search_memory(&self, asked: SearchMemory, bytes: Vec<u8>) -> Result<(MemoryFound, Vec<u8>)> {
        plain(self.0.search_memory(&*self.tab(asked.tab)?, asked, bytes).await?)
    }

    async fn survey_memory(&self, asked: SurveyMemory, _: Vec<u8>) -> Result<(MemoryOverview, Vec<u8>)> {
        self.0.survey_memory(&*self.tab(asked.tab)?, asked).await
    }

    async fn take_snapshot(&self, asked: TakeSnapshot, _: Vec<u8>) -> Result<(MemorySnapshot, Vec<u8>)> {
        plain(self.0.take_snapshot(&*self.tab(asked.tab)?, asked).await?)
    }

    async fn compare_memory(&self, asked: CompareMemory, _: Vec<u8>) -> Result<(MemoryDifferences, Vec<u8>)> {
        self.0.compare_memory(&*self.tab(asked.tab)?, asked).await
    }

    async fn read_segments(&self, asked: ReadSegments, _: Vec<u8>) -> Result<(DataSegments, Vec<u8>)> {
        plain(self.0.segments(&*self.tab(asked.tab)?, asked).await?)
    }

    async fn call_many(
        &self,
        CallMany { tab, export, arguments, times }: CallMany,
        _: Vec<u8>,
    ) -> Result<(RunReport, Vec<u8>)> {
        plain(self.0.call(self.tab(tab)?, export, arguments, Some(times)).await?)
    }

    async fn set_global(
        &self,
        SetGlobal { tab, global, value }: SetGlobal,
        _: Vec<u8>,
    ) -> Result<(InstanceView, Vec<u8>)> {
        plain(self.0.change(self.tab(tab)?, runner::Request::SetGlobal { global, value }).await?)
    }

    async fn read_table(
        &self,
        ReadTable { tab, table, offset, length }: ReadTable,
        _: Vec<u8>,
    ) -> Result<(TablePiece, Vec<u8>)> {
        plain(self.0.table(&*self.tab(tab)?, table, offset, length).await?)
    }

    async fn set_element(
        &self,
        SetElement { tab, table, index, entry }: SetElement,
        _: Vec<u8>,
    ) -> Result<(InstanceView, Vec<u8>)> {
        plain(self.0.change(self.tab(tab)?, runner::Request::SetElement { table, index, entry }).await?)
    }

    async fn grow_table(
        &self,
        GrowTable { tab, table, delta }: GrowTable,
        _: Vec<u8>,
    ) -> Result<(InstanceView, Vec<u8>)> {
        plain(self.0.change(self.tab(tab)?, runner::Request::GrowTable { table, delta }).await?)
    }

    async fn list_imports(
        &self,
        ListImports { tab }: ListImports,
        _: Vec<u8>,
    ) -> Result<(ImportsView, Vec<u8>)> {
        plain(self.0.list_imports(&self.tab(tab)?).await)
    }

    async fn offer_import(
        &self,
        OfferImport { tab, module, name }: OfferImport,
        _: Vec<u8>,
    ) -> Result<(Offers, Vec<u8>)> {
        plain(self.0.offer(&self.tab(tab)?, &module, &name).await?)
    }

    async fn provide_all(&self, ProvideAll { tab }: ProvideAll, _: Vec<u8>) -> Result<(Choices, Vec<u8>)> {
        plain(self.0.provide_all(&self.tab(tab)?).await?)
    }

    async fn save_imports(
        &self,
        SaveImports { tab }: SaveImports,
        _: Vec<u8>,
    ) -> Result<(Download, Vec<u8>)> {
        self.0.save_imports(&*self.tab(tab)?)
    }

    async fn open_imports(
        &self,
        OpenImports { tab, name }: OpenImports,
        bytes: Vec<u8>,
    ) -> Result<((), Vec<u8>)> {
        plain(self.0.open_imports(&self.tab(tab)?, &name, &bytes).await?)
    }

    async fn open_imports_path(
        &self,
        OpenImportsPath { tab, path }: OpenImportsPath,
        _: Vec<u8>,
    ) -> Result<((), Vec<u8>)> {
        plain(self.0.open_imports_path(&self.tab(tab)?, path).await?)
    }

    async fn code_imports(
        &self,
        CodeImports { tab, language }: CodeImports,
        _: Vec<u8>,
    ) -> Result<(ImportsCode, Vec<u8>)> {
        plain(self.0.code_imports(&self.tab(tab)?, language).await)
    }

    async fn read_calls(
        &self,
        ReadCalls { tab, after, limit }: ReadCalls,
        _: Vec<u8>,
    ) -> Result<(CallsView, Vec<u8>)> {
        plain(self.0.read_calls(&*self.tab(tab)?, after, limit).await?)
    }

    async fn clear_calls(&self, ClearCalls { tab }: ClearCalls, _: Vec<u8>) -> Result<(Done, Vec<u8>)> {
        self.0.clear_calls(&*self.tab(tab)?).await?;
        done()
    }

    async fn pause_calls(
        &self,
        PauseCalls { tab, paused }: PauseCalls,
        _: Vec<u8>,
    ) -> Result<(Done, Vec<u8>)> {
        self.0.pause_calls(&*self.tab(tab)?, paused).await?;
        done()
    }

    async fn replay_calls(
        &self,
        ReplayCalls { tab, replay }: ReplayCalls,
        _: Vec<u8>,
    ) -> Result<(Done, Vec<u8>)> {
        self.0.replay_calls(&*self.tab(tab)?, replay).await?;
        done()
    }
}
