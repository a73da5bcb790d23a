//! The workbench for shells and pages: it answers every method of the registry.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use watshop_protocol::say;

use serde::Serialize;
use tokio::sync::OnceCell;
use watshop_lessons::CourseFiles;
use watshop_protocol::instance::{ForPage, Forward, InputTaken, PageRequest};
use watshop_protocol::page::{
    BenchRatio, BenchReport, CallsView, Choices, CodeView, CompileProfile, DataSegments, DoneReply,
    Error, ErrorCode, Event, ExportList, FolderSource, FunctionList, FunctionText, GrowthReport,
    HeldFiles, ImportsCode, ImportsView, KeptBenches, LessonPage, LessonReport, Offers, Race,
    Result, RunReport, Settings, Sizes, TabId, TabSummary, TabView, TargetRow, Targets,
    WasiCallsView, WasiFolder, Welcome, write_reply,
};
use watshop_protocol::passport::WASMER;
use watshop_protocol::registry::{
    self, AnnouncementReply, BenchTab, CallExport, CallMany, ChangeTab, CheckLesson, ClearCalls,
    ClearConsole, ClearHistory, ClearWasiCalls, CloseTab, CodeImports, CodeWasi, CompareBenches,
    ConfigureTab, CourseReply, Download, DownloadTab, EditReply, EditTab, FindTarget,
    ForgetHistory, FormatReply, FormatTab, GetTab, GiveFolder, GiveInput, GrowTab, Hello,
    LessonReply, LessonsFound, ListBenches, ListExports, ListFiles, ListFunctions, ListImports,
    ListTargets, MeasureCompilation, MoveUp, NewTab, OfferImport, OpenAnnouncement, OpenBytes,
    OpenCore, OpenCorePath, OpenCourse, OpenCoursePath, OpenImports, OpenImportsPath, OpenLesson,
    OpenPath, OrderTabs, OutputPart, OutputSaved, OutputShown, PageOfLesson, PastRuns, PauseCalls,
    ProvideAll, PutHeld, RaceTab, ReadBenchReport, ReadCalls, ReadCode, ReadFunction, ReadHeld,
    ReadHistory, ReadLesson, ReadOutput, ReadSegments, ReadSizes, ReadWasiCalls, RemoveHeld,
    RemoveUnused, RenameTab, ReopenReply, ReopenTab, ReplayCalls, RunTab, SaveImports, SaveOutput,
    SavePath, SaveUi, SearchLessons, StopRace, StopReply, StopTab,
};
use watshop_protocol::written::written;

use crate::bench::{Announcement, Chart2021, announcement_program};
use crate::build::{find_target, list_targets};
use crate::checks;
use crate::config::{Config, StateKind};
use crate::console::Part;
use crate::events::Events;
use crate::files::plain_name;
use crate::imports::Selection;
use crate::rooms::Rooms;
use crate::sync::lock;
use crate::tabs::{self, Change, Source, Tab, Tabs};
use crate::task::{blocking, in_place};

/// The text of a new tab.
const NEW: &str = "(module\n  (func (export \"answer\") (result i32)\n    i32.const 42\n  )\n)\n";

/// The bytes of a reply that is written on the thread that answers.
const SHORT: usize = 64 << 10;

/// The largest JSON that is kept for a page, in bytes.
const LARGEST_UI: usize = 256 << 10;

/// Tabs, settings, saved state, and the processes that compile and run. Clones are handles of the
/// same workbench. The drop of the last one kills its processes and saves all changes.
///
/// Its methods are those of [`WorkbenchApi`](registry::WorkbenchApi), to be called within a tokio runtime.
#[derive(Debug, Clone)]
pub struct Workbench(Arc<Rooms>, CheckingWorkbench);

/// An answer to a page that is awaited: its JSON, and the bytes that come with it.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<(String, Vec<u8>)>> + Send + 'a>>;

/// A workbench for the checks of lessons, opened by the first one.
type CheckingWorkbench = Arc<OnceCell<Workbench>>;

impl Workbench {
    /// Opens the data folder. A first start on it has a tab with the first lesson.
    ///
    /// # Errors
    ///
    /// `state` if another workbench has the folder or a newer Watshop wrote it. `file` or
    /// `disk_full` if it cannot be written to. Damaged state is not an error: it is moved aside,
    /// all of it that can be read is used, and the first listener gets a notice.
    pub fn open(config: Config) -> Result<Self> {
        let rooms = Arc::new(Rooms::open(config)?);
        rooms.remember();
        Ok(Self(rooms, CheckingWorkbench::default()))
    }

    /// Subscribes to the events from now on.
    pub fn subscribe(&self) -> Events {
        self.0.hub.subscribe()
    }

    /// Makes the table of targets again: every compiler compiles a small module for every target in
    /// every form. `tell` gets each attempt. The result belongs into `targets.tsv`.
    ///
    /// # Errors
    ///
    /// `file` if a file cannot be written.
    pub async fn probe_targets(&self, tell: impl Fn(&str)) -> Result<String> {
        let source = Source::Wat(NEW.into());
        let settings = Settings::default();
        let tab = self.0.tabs.add_tab(tabs::NewTab {
            title: Some("probe.wat".into()),
            path: None,
            source,
            settings,
        });
        let mut turn = tab.begin()?;
        let table = self.0.builder.probe(&mut turn, tell).await;
        drop(turn);
        self.0.tabs.close(tab.id).await?;
        table
    }

    /// Checks a course, keeps it, and adds it to the lessons.
    async fn add_course(&self, name: &str, files: CourseFiles) -> Result<CourseReply> {
        let (rooms, name) = (Arc::clone(&self.0), tabs::course_name(name));
        let first = blocking(move || {
            let first = rooms.tabs.library().open(&name, &files)?;
            if rooms.config.state == StateKind::Saved {
                tabs::keep_course(&rooms.config.courses(), &name, &files)?;
            }
            Ok(first)
        })
        .await?;
        self.0.hub.tell(Event::Lessons { lessons: self.0.tabs.library().list() });
        Ok(CourseReply { first })
    }

    /// Answers a request of a page, as [`registry::dispatch`] does.
    ///
    /// A future becomes machine code in the crate that polls it. In this box, all methods do so
    /// here, once, and not in each shell again.
    pub fn dispatch<'a>(
        &'a self,
        method: &'a str,
        params: serde_json::Value,
        bytes: Vec<u8>,
    ) -> Answering<'a> {
        Box::pin(registry::dispatch(self, method, params, bytes))
    }

    /// Ends all processes with their guests, saves all changes, and closes the data folder. Later
    /// changes are not kept.
    pub async fn shutdown(&self) {
        let tabs: Vec<_> = self.0.tabs.open();
        let runners: Vec<_> = tabs.iter().filter_map(|tab| lock(&tab.runner).take()).collect();
        for runner in runners {
            runner.kill().await;
        }
        let stopping = async {
            for tab in tabs {
                tab.stop().await;
            }
        };
        // A compiler that does not stop at once is killed with the process.
        let _ = tokio::time::timeout(Duration::from_millis(300), stopping).await;
        if let Some(checking) = self.1.get() {
            Box::pin(checking.shutdown()).await;
        }
        self.0.builder.end().await;
        let rooms = Arc::clone(&self.0);
        let closed = tokio::task::spawn_blocking(move || rooms.tabs.end()).await;
        if let Ok(Err(error)) = closed {
            tracing::error!(%error, "the state could not be saved at the end");
        }
    }

    /// A tab with all that a page shows of it.
    async fn view(&self, tab: &Arc<Tab>) -> Result<TabView> {
        let source = tab.held().source.clone();
        let _read = self.0.tabs.read_source(tab, source).await;
        self.0.tabs.wait_for_first_check(tab).await;
        let race = self.0.session.race_of(tab.id);
        let view = || TabView { race, ..tab.view() };
        Ok(if tab.held().is_large() { in_place(view) } else { view() })
    }

    fn tab(&self, id: TabId) -> Result<Arc<Tab>> {
        self.0.tabs.tab(id)
    }

    /// The module of a tab as a binary.
    async fn binary(&self, id: TabId) -> Result<Arc<[u8]>> {
        let tab = self.tab(id)?;
        let source = tab.held().source.clone();
        let source = self.0.tabs.read_source(&tab, source).await;
        Ok(tabs::parse(source).await?.0)
    }
}

impl registry::WorkbenchApi for Workbench {
    async fn hello(&self, _: Hello) -> Result<Welcome> {
        Ok(Welcome {
            version: env!("CARGO_PKG_VERSION").into(),
            wasmer: WASMER.into(),
            host: self.0.builder.machine().triple.clone(),
            compilers: self.0.builder.compilers.states(),
            engines: self.0.builder.engines(),
            tabs: self.0.tabs.summaries(),
            lessons: self.0.tabs.library().list(),
            allowed_folders: self.0.config.folders.told(),
            ui: lock(&self.0.ui).clone(),
        })
    }

    async fn list_targets(&self, _: ListTargets) -> Result<Targets> {
        let mut targets = list_targets(self.0.builder.machine());
        for row in &mut targets.rows {
            row.runner = self.0.files.has_runner(&row.triple);
        }
        Ok(targets)
    }

    async fn find_target(&self, FindTarget { triple }: FindTarget) -> Result<TargetRow> {
        let row = find_target(&triple, self.0.builder.machine())?;
        Ok(TargetRow { runner: self.0.files.has_runner(&row.triple), ..row })
    }

    async fn read_sizes(&self, _: ReadSizes) -> Result<Sizes> {
        let rooms = Arc::clone(&self.0);
        blocking(move || rooms.sizes.weigh(&rooms.config)).await
    }

    async fn list_functions(&self, asked: ListFunctions) -> Result<FunctionList> {
        let binary = self.binary(asked.tab).await?;
        let (wanted, from) = (asked.wanted.unwrap_or_default(), asked.from.unwrap_or(0));
        blocking(move || Ok(watshop_module::functions(&binary, &wanted, from))).await
    }

    async fn read_function(
        &self,
        ReadFunction { tab, function }: ReadFunction,
    ) -> Result<FunctionText> {
        let binary = self.binary(tab).await?;
        blocking(move || watshop_module::function_text(&binary, function)).await
    }

    async fn read_code(&self, ReadCode { tab }: ReadCode) -> Result<CodeView> {
        self.0.session.code(&*self.tab(tab)?).await
    }

    async fn save_ui(&self, SaveUi { ui }: SaveUi) -> Result<DoneReply> {
        if ui.len() > LARGEST_UI {
            return Err(Error::new(
                ErrorCode::BadRequest,
                say!("A page may save {LARGEST_UI} bytes, not {}.", ui.len()),
            ));
        }
        *lock(&self.0.ui) = Some(ui.clone());
        self.0.tabs.keep(Change::Ui(ui));
        Ok(DoneReply {})
    }

    async fn new_tab(&self, NewTab { title, text }: NewTab) -> Result<TabView> {
        let title = title.map(|title| plain_name(&title));
        let source = Source::Wat(text.as_deref().unwrap_or(NEW).into());
        let tab = self.0.tabs.add_tab(tabs::NewTab {
            title,
            path: None,
            source,
            settings: Settings::default(),
        });
        self.view(&tab).await
    }

    async fn open_path(&self, OpenPath { path }: OpenPath) -> Result<TabView> {
        let tab = self.0.files.open_path(path).await?;
        self.view(&tab).await
    }

    async fn open_bytes(&self, OpenBytes { name }: OpenBytes, bytes: Vec<u8>) -> Result<TabView> {
        let tab = self.0.files.open_bytes(name, bytes).await?;
        self.view(&tab).await
    }

    async fn open_core(
        &self,
        OpenCore { name, module }: OpenCore,
        bytes: Vec<u8>,
    ) -> Result<TabView> {
        let tab = self.0.files.open_core(name, bytes, module).await?;
        self.view(&tab).await
    }

    async fn open_core_path(&self, OpenCorePath { path, module }: OpenCorePath) -> Result<TabView> {
        let tab = self.0.files.open_core_path(path, module).await?;
        self.view(&tab).await
    }

    async fn open_lesson(&self, OpenLesson { lesson }: OpenLesson) -> Result<TabView> {
        let tab = self.0.tabs.add_lesson(&lesson)?;
        self.view(&tab).await
    }

    async fn read_lesson(&self, ReadLesson { tab }: ReadLesson) -> Result<LessonReply> {
        let lesson = self.tab(tab)?.held().lesson.clone();
        let lesson = lesson.ok_or_else(|| {
            Error::new(ErrorCode::BadRequest, say!("This tab is not of a lesson."))
        })?;
        let found = self.0.tabs.library().find(&lesson)?;
        let lesson = found.lesson();
        Ok(LessonReply { text: lesson.text.clone(), settings: lesson.settings() })
    }

    async fn page_of_lesson(&self, PageOfLesson { lesson }: PageOfLesson) -> Result<LessonPage> {
        self.0.tabs.library().page(&lesson)
    }

    async fn check_lesson(&self, CheckLesson { tab, answer }: CheckLesson) -> Result<LessonReport> {
        let tab = self.tab(tab)?;
        let open = || async { Self::open(checks::beside(&self.0.config)) };
        let workbench = self.1.get_or_try_init(open).await?;
        checks::check(workbench, &self.0.hub, (&self.0.tabs, &tab), answer).await
    }

    async fn open_course(
        &self,
        OpenCourse { name }: OpenCourse,
        bytes: Vec<u8>,
    ) -> Result<CourseReply> {
        let files = blocking(move || watshop_lessons::read_zip(&bytes)).await?;
        self.add_course(&name, files).await
    }

    async fn open_course_path(
        &self,
        OpenCoursePath { path }: OpenCoursePath,
    ) -> Result<CourseReply> {
        let path = std::path::PathBuf::from(path.0);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let files = blocking(move || watshop_lessons::read_path(&path)).await?;
        self.add_course(&name.unwrap_or_default(), files).await
    }

    async fn search_lessons(
        &self,
        SearchLessons { wanted }: SearchLessons,
    ) -> Result<LessonsFound> {
        Ok(LessonsFound { lessons: self.0.tabs.library().search(&wanted) })
    }

    async fn rename_tab(&self, RenameTab { tab, title }: RenameTab) -> Result<TabSummary> {
        self.0.tabs.rename(&*self.tab(tab)?, plain_name(&title))
    }

    async fn close_tab(&self, CloseTab { tab }: CloseTab) -> Result<DoneReply> {
        self.0.session.end_race(tab);
        self.0.benches.forget(tab);
        self.0.tabs.close(tab).await?;
        Ok(DoneReply {})
    }

    async fn reopen_tab(&self, ReopenTab { tab }: ReopenTab) -> Result<ReopenReply> {
        let tab = match self.0.tabs.reopen(tab) {
            Some(tab) => Some(self.view(&tab).await?),
            None => None,
        };
        Ok(ReopenReply { tab })
    }

    async fn order_tabs(&self, OrderTabs { tabs }: OrderTabs) -> Result<DoneReply> {
        self.0.tabs.order(&tabs)?;
        Ok(DoneReply {})
    }

    async fn get_tab(&self, GetTab { tab }: GetTab) -> Result<TabView> {
        let tab = self.tab(tab)?;
        self.view(&tab).await
    }

    async fn edit_tab(&self, EditTab { tab, text, after, client }: EditTab) -> Result<EditReply> {
        let (tab, length) = (self.tab(tab)?, text.len());
        let source = tab.held().source.clone();
        let _read = self.0.tabs.read_source(&tab, source).await;
        let edit = move |tabs: &Arc<Tabs>, tab: &Arc<Tab>| tabs.edit(tab, &text, after, client);
        self.0.tabs.in_order(&tab, length, edit).await
    }

    async fn change_tab(&self, asked: ChangeTab) -> Result<EditReply> {
        let ChangeTab { tab, after, change, client } = asked;
        let tab = self.tab(tab)?;
        let source = tab.held().source.clone();
        let _read = self.0.tabs.read_source(&tab, source).await;
        let length = change.insert.len();
        let edit = move |tabs: &Arc<Tabs>, tab: &Arc<Tab>| tabs.change(tab, after, change, client);
        self.0.tabs.in_order(&tab, length, edit).await
    }

    async fn configure_tab(
        &self,
        ConfigureTab { tab, settings }: ConfigureTab,
    ) -> Result<DoneReply> {
        let tab = self.tab(tab)?;
        let recorded = tab.held().settings.wasi.timeline;
        self.0.tabs.configure_large(&tab, settings).await?;
        let record = tab.held().settings.wasi.timeline;
        if record != recorded {
            self.0.session.record_wasi_calls(&tab, record).await?;
        }
        Ok(DoneReply {})
    }

    async fn give_folder(
        &self,
        GiveFolder { tab, path, guest, access }: GiveFolder,
    ) -> Result<DoneReply> {
        let tab = self.tab(tab)?;
        let folder = WasiFolder { guest, source: FolderSource::Host { path }, access };
        self.0.tabs.give_folder(&tab, folder)?;
        Ok(DoneReply {})
    }

    async fn list_files(&self, ListFiles { tab, name }: ListFiles) -> Result<HeldFiles> {
        let (tab, held) = (self.tab(tab)?.id, Arc::clone(self.0.tabs.held_folders()));
        blocking(move || held.list(tab, &name)).await
    }

    async fn read_held(
        &self,
        ReadHeld { tab, name, at }: ReadHeld,
    ) -> Result<(DoneReply, Vec<u8>)> {
        let (tab, held) = (self.tab(tab)?.id, Arc::clone(self.0.tabs.held_folders()));
        Ok((DoneReply {}, blocking(move || held.read(tab, &name, &at)).await?))
    }

    async fn put_held(
        &self,
        PutHeld { tab, name, at }: PutHeld,
        bytes: Vec<u8>,
    ) -> Result<DoneReply> {
        let (tab, held) = (self.tab(tab)?.id, Arc::clone(self.0.tabs.held_folders()));
        blocking(move || held.put(tab, &name, &at, &bytes)).await?;
        Ok(DoneReply {})
    }

    async fn remove_held(&self, RemoveHeld { tab, name, at }: RemoveHeld) -> Result<DoneReply> {
        let (tab, held) = (self.tab(tab)?.id, Arc::clone(self.0.tabs.held_folders()));
        blocking(move || held.remove(tab, &name, &at)).await?;
        Ok(DoneReply {})
    }

    async fn format_tab(&self, FormatTab { tab }: FormatTab) -> Result<FormatReply> {
        let tab = self.tab(tab)?;
        let source = tab.held().source.clone();
        let source = self.0.tabs.read_source(&tab, source).await;
        let text = source.text().cloned().ok_or_else(|| {
            Error::new(ErrorCode::BadRequest, say!("This tab has no text to format."))
        })?;
        let text = blocking(move || watshop_module::format(&text)).await?;
        Ok(FormatReply { text })
    }

    async fn save_path(&self, SavePath { tab, path }: SavePath) -> Result<TabSummary> {
        self.0.files.save(&self.tab(tab)?, path).await
    }

    async fn download_tab(&self, asked: DownloadTab) -> Result<(Download, Vec<u8>)> {
        self.0.files.download(&self.tab(asked.tab)?, &asked).await
    }

    async fn run_tab(&self, RunTab { tab }: RunTab) -> Result<RunReport> {
        self.0.session.run(self.tab(tab)?).await
    }

    async fn call_export(
        &self,
        CallExport { tab, export, arguments }: CallExport,
    ) -> Result<RunReport> {
        self.0.session.call(self.tab(tab)?, export, arguments, None).await
    }

    async fn stop_tab(&self, StopTab { tab }: StopTab) -> Result<StopReply> {
        self.0.session.stop_race(tab, None)?;
        Ok(StopReply { how: self.tab(tab)?.stop().await })
    }

    async fn give_input(&self, asked: GiveInput, bytes: Vec<u8>) -> Result<InputTaken> {
        self.0.session.give_input(&*self.tab(asked.tab)?, &asked, bytes).await
    }

    async fn read_output(
        &self,
        ReadOutput { tab, at }: ReadOutput,
    ) -> Result<(OutputPart, Vec<u8>)> {
        let Part { at, end, bytes } = self.tab(tab)?.console.output(at).await?;
        Ok((OutputPart { at, end }, bytes))
    }

    async fn save_output(&self, SaveOutput { tab, path }: SaveOutput) -> Result<OutputSaved> {
        self.0.files.save_output(&*self.tab(tab)?, path).await
    }

    async fn output_shown(&self, OutputShown { tab, end }: OutputShown) -> Result<DoneReply> {
        self.tab(tab)?.console.shown(end);
        Ok(DoneReply {})
    }

    async fn clear_console(&self, ClearConsole { tab }: ClearConsole) -> Result<DoneReply> {
        self.tab(tab)?.console.clear().await;
        Ok(DoneReply {})
    }

    async fn clear_history(&self, ClearHistory { tab }: ClearHistory) -> Result<DoneReply> {
        let tab = self.tab(tab)?;
        self.0.tabs.clear_history(&tab);
        Ok(DoneReply {})
    }

    async fn read_segments(&self, asked: ReadSegments) -> Result<DataSegments> {
        self.0.session.segments(&*self.tab(asked.tab)?, asked).await
    }

    async fn call_many(
        &self,
        CallMany { tab, export, arguments, times }: CallMany,
    ) -> Result<RunReport> {
        self.0.session.call(self.tab(tab)?, export, arguments, Some(times)).await
    }

    async fn bench_tab(&self, BenchTab { tab, order }: BenchTab) -> Result<BenchReport> {
        self.0.benches.bench(self.tab(tab)?, order).await
    }

    async fn grow_tab(&self, GrowTab { tab, order }: GrowTab) -> Result<GrowthReport> {
        self.0.benches.growth(self.tab(tab)?, order).await
    }

    async fn measure_compilation(
        &self,
        MeasureCompilation { tab }: MeasureCompilation,
    ) -> Result<CompileProfile> {
        self.0.benches.compile_times(self.tab(tab)?).await
    }

    async fn race_tab(&self, RaceTab { tab, order }: RaceTab) -> Result<Race> {
        self.0.session.race(self.tab(tab)?, order).await
    }

    async fn stop_race(&self, StopRace { tab, lane }: StopRace) -> Result<DoneReply> {
        self.0.session.stop_race(self.tab(tab)?.id, lane)?;
        Ok(DoneReply {})
    }

    async fn move_up(&self, MoveUp { tab, lane }: MoveUp) -> Result<Race> {
        self.0.session.move_up(&self.tab(tab)?, lane)
    }

    async fn open_announcement(
        &self,
        _: OpenAnnouncement,
        bytes: Vec<u8>,
    ) -> Result<AnnouncementReply> {
        let program = blocking(move || announcement_program(bytes)).await?;
        let tab = self.0.files.open_bytes("qjs.wasm".into(), program).await?;
        let mut settings = tab.held().settings.clone();
        settings.wasi.arguments = Announcement::ARGUMENTS.map(str::to_owned).into();
        self.0.tabs.configure_large(&tab, settings).await?;
        let charts = Announcement::CHARTS.iter().map(Chart2021::sent).collect();
        Ok(AnnouncementReply { tab: self.view(&tab).await?, charts })
    }

    async fn read_history(&self, _: ReadHistory) -> Result<(PastRuns, Vec<u8>)> {
        let history = Arc::clone(&self.0.history);
        blocking(move || {
            let packed = history.read()?;
            let runs = u32::try_from(packed.count()).unwrap_or(u32::MAX);
            Ok((PastRuns { runs, names: packed.names }, packed.bytes))
        })
        .await
    }

    async fn forget_history(&self, _: ForgetHistory) -> Result<DoneReply> {
        let history = Arc::clone(&self.0.history);
        blocking(move || history.clear()).await?;
        Ok(DoneReply {})
    }

    async fn list_benches(&self, ListBenches { tab }: ListBenches) -> Result<KeptBenches> {
        Ok(self.0.benches.list(self.tab(tab)?.id))
    }

    async fn compare_benches(&self, asked: CompareBenches) -> Result<BenchRatio> {
        let CompareBenches { tab, first, second, phase } = asked;
        let tab = self.tab(tab)?.id;
        let benches = Arc::clone(&self.0.benches);
        blocking(move || benches.ratio(tab, first, second, phase)).await
    }

    async fn read_bench_report(
        &self,
        ReadBenchReport { tab, form }: ReadBenchReport,
    ) -> Result<(Download, Vec<u8>)> {
        let tab = self.tab(tab)?.id;
        let benches = Arc::clone(&self.0.benches);
        let (name, media_type, bytes) = blocking(move || benches.report(tab, form)).await?;
        Ok((Download { name, media_type: media_type.to_owned() }, bytes))
    }

    async fn list_exports(&self, asked: ListExports) -> Result<ExportList> {
        self.0.session.list_exports(&*self.tab(asked.tab)?, asked).await
    }

    async fn list_imports(&self, asked: ListImports) -> Result<ImportsView> {
        let choice = Selection {
            wanted: asked.wanted.unwrap_or_default(),
            wrong: false,
            from: asked.from.unwrap_or(0),
        };
        self.0.imports.list_imports(&self.tab(asked.tab)?, choice).await
    }

    async fn remove_unused(&self, RemoveUnused { tab }: RemoveUnused) -> Result<DoneReply> {
        self.0.imports.remove_unused(&self.tab(tab)?).await?;
        Ok(DoneReply {})
    }

    async fn offer_import(&self, OfferImport { tab, module, name }: OfferImport) -> Result<Offers> {
        self.0.imports.offer(&self.tab(tab)?, &module, &name).await
    }

    async fn provide_all(&self, ProvideAll { tab }: ProvideAll) -> Result<Choices> {
        self.0.imports.provide_all(&self.tab(tab)?).await
    }

    async fn save_imports(&self, SaveImports { tab }: SaveImports) -> Result<(Download, Vec<u8>)> {
        self.0.imports.save_imports(&self.tab(tab)?).await
    }

    async fn open_imports(
        &self,
        OpenImports { tab, name }: OpenImports,
        bytes: Vec<u8>,
    ) -> Result<DoneReply> {
        self.0.imports.open_imports(&self.tab(tab)?, &name, &bytes).await?;
        Ok(DoneReply {})
    }

    async fn open_imports_path(
        &self,
        OpenImportsPath { tab, path }: OpenImportsPath,
    ) -> Result<DoneReply> {
        self.0.imports.open_imports_path(&self.tab(tab)?, path).await?;
        Ok(DoneReply {})
    }

    async fn code_imports(
        &self,
        CodeImports { tab, language }: CodeImports,
    ) -> Result<ImportsCode> {
        self.0.imports.code_imports(&self.tab(tab)?, language).await
    }

    async fn read_calls(&self, ReadCalls { tab, after, limit }: ReadCalls) -> Result<CallsView> {
        self.0.session.read_calls(&*self.tab(tab)?, after, limit).await
    }

    async fn clear_calls(&self, ClearCalls { tab }: ClearCalls) -> Result<DoneReply> {
        self.0.session.clear_calls(&*self.tab(tab)?).await?;
        Ok(DoneReply {})
    }

    async fn pause_calls(&self, PauseCalls { tab, paused }: PauseCalls) -> Result<DoneReply> {
        self.0.session.pause_calls(&*self.tab(tab)?, paused).await?;
        Ok(DoneReply {})
    }

    async fn replay_calls(&self, ReplayCalls { tab, replay }: ReplayCalls) -> Result<DoneReply> {
        self.0.session.replay_calls(&*self.tab(tab)?, replay).await?;
        Ok(DoneReply {})
    }

    async fn code_wasi(&self, CodeWasi { tab, form }: CodeWasi) -> Result<ImportsCode> {
        let tab = self.tab(tab)?;
        let held = tab.held();
        Ok(watshop_codegen::write_wasi(form, &held.title, &held.settings.wasi))
    }

    async fn read_wasi_calls(&self, asked: ReadWasiCalls) -> Result<WasiCallsView> {
        self.0.session.read_wasi_calls(&*self.tab(asked.tab)?, asked).await
    }

    async fn clear_wasi_calls(&self, ClearWasiCalls { tab }: ClearWasiCalls) -> Result<DoneReply> {
        self.0.session.clear_wasi_calls(&*self.tab(tab)?).await?;
        Ok(DoneReply {})
    }
}

impl Forward for Workbench {
    async fn forward<R: PageRequest>(
        &self,
        tab: TabId,
        request: R,
        bytes: Vec<u8>,
    ) -> Result<(<R::Answer as ForPage>::Reply, Vec<u8>)> {
        self.0.session.forward(self.tab(tab)?, request, bytes).await
    }

    async fn write<T: Serialize + Send + 'static>(
        &self,
        method: &'static str,
        most: usize,
        reply: T,
    ) -> Result<String> {
        // Most replies are written here, in a fraction of a millisecond.
        match written(&reply, SHORT) {
            Ok(json) => Ok(json),
            // A window's replies are made one after the other, so that no more of them wait in
            // memory than the window may have.
            Err(_) => in_place(move || {
                let json = write_reply(method, most, &reply);
                // To free a hundred thousand entries takes as long as to write them.
                drop(reply);
                json
            }),
        }
    }
}
