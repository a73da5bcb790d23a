//! The list of all requests of a page.
//!
//! These parts are made from it: [`Method`] (names), [`WorkbenchApi`] (one function for each, so a
//! workbench that lacks one does not compile), [`dispatch`] (the router), [`Call`] (for shells and
//! tests written in Rust) and the TypeScript client. The requests that a tab's runner answers are
//! listed in [`crate::instance`]. One function of the workbench handles all of them.

use crate::say;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::address::Address;
use crate::bounds::{MOST_MESSAGE, MOST_TEXT_MESSAGE};
use crate::describe::{Describe, Described};
use crate::instance::{self, ForPage, Forward, InTab, InputTaken, InstanceMethod, PageRequest};
use crate::page::{
    AnnouncementChart, BenchOrder, BenchPick, BenchRatio, BenchReport, CallsView, Choices,
    CodeLanguage, CodeView, CompileProfile, DataSegments, DoneReply, Error, ErrorCode, ExportList,
    FolderAccess, FunctionList, FunctionText, GrowthOrder, GrowthReport, HeldFiles, HostPath,
    ImportsCode, ImportsView, KeptBenches, LessonPage, LessonReport, Offers, Parameter, Phase,
    Race, RaceOrder, Result, RunReport, Settings, Sizes, SnapshotKind, StopHow, TabId, TabSummary,
    TabView, TableEntry, TargetRow, Targets, TextChange, WasiCallFilter, WasiCallsView, WasiForm,
    Welcome, read_params,
};

/// A method of the registry, for code that is written in Rust.
pub trait Call: Serialize + serde::de::DeserializeOwned {
    /// The type of the reply.
    type Reply: Serialize + serde::de::DeserializeOwned;
    /// The name on the wire.
    const METHOD: Method;
}

impl<R: PageRequest> Call for InTab<R> {
    type Reply = <R::Answer as ForPage>::Reply;
    const METHOD: Method = Method::Instance(R::METHOD);
}

macro_rules! name_no_file {
    ($($type:ty)*) => {
        $(impl Parameter for $type { const NAMES_HOST_FILE: bool = false; })*
    };
}

name_no_file!(
    Address BenchOrder BenchPick bool CodeLanguage DownloadKind FolderAccess GrowthOrder Phase RaceOrder ReportForm Settings SnapshotKind String TabId TableEntry TextChange
    u32 u64 WasiCallFilter WasiForm
);

macro_rules! registry {
    ($(
        $(#[doc = $doc:literal])+
        $name:literal $variant:ident / $function:ident
        { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)* }
        -> $reply:ty $(, $($flag:ident)+)?;
    )+) => {
        /// All methods.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Method {
            $($(#[doc = $doc])+ $variant,)+
            /// A method that a tab's runner answers.
            Instance(InstanceMethod),
        }

        impl Method {
            /// All methods.
            pub fn all() -> impl Iterator<Item = Self> {
                let instance = InstanceMethod::ALL.iter().map(|method| Self::Instance(*method));
                [$(Self::$variant),+].into_iter().chain(instance)
            }

            /// The name on the wire.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::Instance(method) => method.name(),
                }
            }

            /// The method of a name.
            pub fn find(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => InstanceMethod::find(name).map(Self::Instance),
                }
            }

            /// Returns true if the method names files of the host. Only the window and the terminal
            /// may carry such a method, because a person chose the file in a dialog or typed its
            /// name. The types of the parameters decide it.
            pub fn names_host_files(self) -> bool {
                match self {
                    $(Self::$variant => false $(|| <$type as Parameter>::NAMES_HOST_FILE)*,)+
                    Self::Instance(method) => method.names_host_files(),
                }
            }

            /// Returns true if it ends the work of a tab. A shell with a bound on requests in progress has
            /// room for it at all times.
            pub fn ends_work(self) -> bool {
                matches!(self, Self::StopTab | Self::CloseTab)
            }

            /// Returns true if a shell is to stop waiting for the reply as soon as the page that asked
            /// is gone: the workbench sees that, and may end the work.
            pub fn knows_leaving(self) -> bool {
                matches!(self, Self::RaceTab)
            }

            /// The most bytes of a reply. A text of any length can be in some.
            pub fn most_bytes(self) -> usize {
                let most = match self {
                    Self::NewTab
                    | Self::OpenPath
                    | Self::OpenBytes
                    | Self::OpenLesson
                    | Self::PageOfLesson
                    | Self::ReopenTab
                    | Self::GetTab
                    | Self::FormatTab
                    | Self::BenchTab
                    | Self::ListBenches
                    | Self::ReadHistory
                    | Self::OpenAnnouncement
                    | Self::CodeImports => MOST_TEXT_MESSAGE,
                    _ => MOST_MESSAGE,
                };
                most as usize
            }

            /// Returns true if bytes come with the reply.
            pub fn gives_bytes(self) -> bool {
                match self {
                    $(Self::$variant => registry!(@has gives_bytes $($($flag)+)?),)+
                    Self::Instance(method) => method.gives_bytes(),
                }
            }

            /// Returns true if bytes go with the request.
            pub fn takes_bytes(self) -> bool {
                match self {
                    $(Self::$variant => registry!(@has takes_bytes $($($flag)+)?),)+
                    Self::Instance(method) => method.takes_bytes(),
                }
            }
        }

        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
            #[serde(deny_unknown_fields)]
            pub struct $variant { $($(#[doc = $field_doc])+ pub $field: $type,)* }

            impl Call for $variant {
                type Reply = $reply;
                const METHOD: Method = Method::$variant;
            }
        )+

        /// What answers a page: one function for each method that a runner does not answer;
        /// [`Forward`] is for all that it does. Bytes come and go with those that are marked so.
        pub trait WorkbenchApi: Forward {
            $(registry!{@function [$(#[doc = $doc])+] $function($variant) -> $reply, [$($($flag)+)?]})+
        }

        /// Finds the method, reads its parameters, asks the workbench, and writes the result as JSON.
        ///
        /// # Errors
        ///
        /// `unknown_method`, `bad_request` if the parameters do not fit, `message_too_large` if the
        /// result is over its bound, and those of the method.
        pub async fn dispatch(
            workbench: &impl WorkbenchApi,
            method: &str,
            params: serde_json::Value,
            bytes: Vec<u8>,
        ) -> Result<(String, Vec<u8>)> {
            let method = Method::find(method).ok_or_else(|| {
                Error::new(ErrorCode::UnknownMethod, say!("There is no method `{method}`."))
            })?;
            match method {
                $(Method::$variant => {
                    let params: $variant = read_params(method.name(), params)?;
                    registry!(@ask workbench, $function, method, params, bytes, [$($($flag)+)?])
                })+
                Method::Instance(method) => instance::dispatch(workbench, method, params, bytes).await,
            }
        }

        /// Lists for the TypeScript: name, parameters, reply, bytes in, bytes out, and the types to
        /// declare.
        pub(crate) fn describe(to: &mut impl Describe) {
            $(to.method::<$variant, $reply>(Described {
                name: $name,
                docs: concat!($($doc, "\n"),+),
                takes_bytes: Method::$variant.takes_bytes(),
                gives_bytes: Method::$variant.gives_bytes(),
            });)+
            instance::describe(to);
        }
    };
    (@function [$($docs:tt)+] $function:ident($params:ty) -> $reply:ty, []) => {
        $($docs)+
        fn $function(&self, params: $params) -> impl Future<Output = Result<$reply>> + Send;
    };
    (@function [$($docs:tt)+] $function:ident($params:ty) -> $reply:ty, [takes_bytes]) => {
        $($docs)+
        fn $function(&self, params: $params, bytes: Vec<u8>) -> impl Future<Output = Result<$reply>> + Send;
    };
    (@function [$($docs:tt)+] $function:ident($params:ty) -> $reply:ty, [gives_bytes]) => {
        $($docs)+
        fn $function(&self, params: $params) -> impl Future<Output = Result<($reply, Vec<u8>)>> + Send;
    };
    (@ask $workbench:ident, $function:ident, $method:ident, $params:ident, $bytes:ident, []) => {
        Ok(($workbench.write($method.name(), $method.most_bytes(), $workbench.$function($params).await?).await?, Vec::new()))
    };
    (@ask $workbench:ident, $function:ident, $method:ident, $params:ident, $bytes:ident, [takes_bytes]) => {
        Ok(($workbench.write($method.name(), $method.most_bytes(), $workbench.$function($params, $bytes).await?).await?, Vec::new()))
    };
    (@ask $workbench:ident, $function:ident, $method:ident, $params:ident, $bytes:ident, [gives_bytes]) => {{
        let (reply, bytes) = $workbench.$function($params).await?;
        Ok(($workbench.write($method.name(), $method.most_bytes(), reply).await?, bytes))
    }};
    (@has $wanted:ident) => { false };
    (@has gives_bytes gives_bytes) => { true };
    (@has takes_bytes takes_bytes) => { true };
    (@has $wanted:ident $other:ident) => { false };
}

/// The reply of `tab.edit` and `tab.change`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditReply {
    /// The text's revision now.
    #[ts(type = "number")]
    pub revision: u64,
    /// Whether the edit was taken. If not, the text stays as it was: it is of another revision than
    /// the edit, or the change does not fit it.
    pub taken: bool,
}

/// The reply of `tab.format`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormatReply {
    /// The text after formatting. The page puts it in, so that its undo can take it back.
    pub text: String,
}

/// The reply of `tab.lesson`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LessonReply {
    /// The lesson's own text. The page puts it in, so that its undo can take it back.
    pub text: String,
    /// The lesson's own settings.
    pub settings: Settings,
}

/// The reply of `course.open`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CourseReply {
    /// The id of the course's first lesson.
    pub first: String,
}

/// The reply of `lesson.search`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LessonsFound {
    /// The ids of the lessons, in the order of the list.
    pub lessons: Vec<String>,
}

/// The reply of `tab.stop`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StopReply {
    /// The way in which it was stopped.
    pub how: StopHow,
}

/// The reply of `tab.download`, whose bytes are the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Download {
    /// A name for the file.
    pub name: String,
    /// The media type of the file.
    pub media_type: String,
}

/// The kind of file to download from a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DownloadKind {
    /// The tab's content, unchanged.
    Source,
    /// The module as a binary.
    Wasm,
    /// The module as text.
    Wat,
    /// The sealed artifact for the tab's settings. It is compiled if the last Run did not make it.
    Sealed,
    /// Wasmer's own serialised module, without a passport. The API and the CLI of Wasmer 7.5 load
    /// it.
    Wasmer,
    /// A relocatable object for the tab's target.
    Object,
    /// The C header that names the object's symbols.
    Header,
    /// A shared object for the tab's target, linked from the object by LLVM's lld.
    Shared,
    /// A `.tar.zst` with the sealed artifact, the runner for its target if one is available,
    /// instructions to start it, and checksums.
    Bundle,
}

/// The form of a bench's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportForm {
    /// One page that opens without a server, with tables, graphs and all samples.
    Html,
    /// The report itself.
    Json,
    /// A table with a line for each sample.
    Csv,
}

/// The reply of `announcement.open`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AnnouncementReply {
    /// The program's tab, with the arguments of then.
    pub tab: TabView,
    /// The figures of then.
    pub charts: Vec<AnnouncementChart>,
}

/// The reply of `history.read`. The bytes have 64 for each run, little endian: its number and its
/// time (milliseconds since 1970) as f64; a byte each for the kind (1 is a call), the compiler
/// (Singlepass, Cranelift, LLVM), the engine (1 is native) and the cache (hit, miss, off, sealed),
/// where 255 is none; the places of the title, the export and the error in `names` as u32, where
/// 2^32 - 1 is none; the nanoseconds of the phases in order and of the whole as f32, where NaN is
/// none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PastRuns {
    /// The number of runs.
    pub runs: u32,
    /// The titles, exports and codes of errors that the runs have.
    pub names: Vec<String>,
}

/// The reply of `tab.output`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutputPart {
    /// The place of the first byte of the reply.
    pub at: u64,
    /// The place behind the newest byte. There is more if it is above `at` and the reply's bytes.
    pub end: u64,
}

/// The reply of `tab.save_output`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutputSaved {
    /// The bytes of the file.
    pub bytes: u64,
    /// The bytes before them that were no longer kept.
    pub dropped: u64,
}

/// The reply of `tab.reopen`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ReopenReply {
    /// The tab that is open again; null if it is not among the closed tabs, or none is left.
    pub tab: Option<TabView>,
}

registry! {
    /// The first request of a page: versions, compilers, tabs, lessons.
    "workbench.hello" Hello / hello {} -> Welcome;

    /// The known targets, with the forms that each compiler makes for them.
    "workbench.targets" ListTargets / list_targets {} -> Targets;

    /// One target. It may be one that the list lacks.
    "workbench.target" FindTarget / find_target {
        /// Any triple that target-lexicon parses.
        triple: String,
    } -> TargetRow;

    /// The sizes of Watshop's own executables. The first answer takes about a second, because it
    /// compresses them.
    "workbench.sizes" ReadSizes / read_sizes {} -> Sizes;

    /// Keeps a page's own JSON (theme, layout, active tab) for its next start.
    "workbench.save_ui" SaveUi / save_ui {
        /// The JSON, at most 256 KiB.
        ui: String,
    } -> DoneReply;

    /// A new tab with text.
    "tab.new" NewTab / new_tab {
        /// The title; by default the first of `untitled.wat`, `untitled-2.wat` and so on that is free.
        title: Option<String>,
        /// The text; a small module by default.
        text: Option<String>,
    } -> TabView;

    /// Opens a file of the host. If a tab has the file already, that tab is the answer.
    "tab.open_path" OpenPath / open_path {
        /// The path, absolute or from the shell's own folder.
        path: HostPath,
    } -> TabView;

    /// Opens bytes that the page got: a dropped or a chosen file.
    "tab.open_bytes" OpenBytes / open_bytes {
        /// The file's name.
        name: String,
    } -> TabView, takes_bytes;

    /// Opens a core module of a component whose bytes the page has.
    "component.open" OpenCore / open_core {
        /// The component's file name.
        name: String,
        /// The index of the core module, as in `ComponentView`.
        module: u32,
    } -> TabView, takes_bytes;

    /// Opens a core module of a component that is a file of the host.
    "component.open_path" OpenCorePath / open_core_path {
        /// The path, absolute or from the shell's own folder.
        path: HostPath,
        /// The index of the core module, as in `ComponentView`.
        module: u32,
    } -> TabView;

    /// Opens a lesson. If a tab has the lesson already, changed or not, that tab is the answer.
    "tab.open_lesson" OpenLesson / open_lesson {
        /// The lesson's id.
        lesson: String,
    } -> TabView;

    /// The text and the settings of a tab's lesson as they were at first. The tab itself does not
    /// change.
    "tab.lesson" ReadLesson / read_lesson {
        /// The tab.
        tab: TabId,
    } -> LessonReply;

    /// The page of a lesson: its text, goal, hints, checks and solution.
    "lesson.page" PageOfLesson / page_of_lesson {
        /// The lesson's id.
        lesson: String,
    } -> LessonPage;

    /// Checks the text and the settings of a tab against its lesson. The checks run in a process of
    /// their own, so the tab's instance does not change. Each check is an event `lesson_checked` as
    /// soon as it is known.
    "lesson.check" CheckLesson / check_lesson {
        /// The tab.
        tab: TabId,
        /// The answer, for a quiz.
        answer: Option<String>,
    } -> LessonReport;

    /// Searches titles, pages and instructions of the lessons.
    "lesson.search" SearchLessons / search_lessons {
        /// The words, of which a lesson must have all.
        wanted: String,
    } -> LessonsFound;

    /// Opens a course of lessons from the bytes of a `.zip`. Every page gets the event `lessons`.
    "course.open" OpenCourse / open_course {
        /// The archive's name, which names the course. An older course of this name is replaced.
        name: String,
    } -> CourseReply, takes_bytes;

    /// Opens a course of lessons, a folder or a `.zip` of the workbench's machine.
    "course.open_path" OpenCoursePath / open_course_path {
        /// The folder or the archive.
        path: HostPath,
    } -> CourseReply;

    /// Gives another name to a tab that has no file.
    "tab.rename" RenameTab / rename_tab {
        /// The tab.
        tab: TabId,
        /// The name, of at most 255 characters, without folders.
        title: String,
    } -> TabSummary;

    /// Closes a tab; `tab.reopen` brings it back.
    "tab.close" CloseTab / close_tab {
        /// The tab.
        tab: TabId,
    } -> DoneReply;

    /// Brings back a closed tab.
    "tab.reopen" ReopenTab / reopen_tab {
        /// The closed tab; the one that was closed last by default.
        tab: Option<TabId>,
    } -> ReopenReply;

    /// Puts the tabs into another order.
    "tab.order" OrderTabs / order_tabs {
        /// All tabs, in the new order.
        tabs: Vec<TabId>,
    } -> DoneReply;

    /// Everything that is shown of a tab.
    "tab.get" GetTab / get_tab {
        /// The tab.
        tab: TabId,
    } -> TabView;

    /// Replaces a tab's text. It is saved within half a second, and checked after that.
    "tab.edit" EditTab / edit_tab {
        /// The tab.
        tab: TabId,
        /// The whole new text.
        text: String,
        /// The only revision that it replaces. `None` replaces any revision.
        after: Option<u64>,
        /// A name that the page chose for itself. The event about this edit carries it.
        client: String,
    } -> EditReply;

    /// Changes a piece of a tab's text. It is saved within half a second, and checked after that.
    "tab.change" ChangeTab / change_tab {
        /// The tab.
        tab: TabId,
        /// The only revision that it changes.
        after: u64,
        /// The change.
        change: TextChange,
        /// A name that the page chose for itself. The event about this edit carries it.
        client: String,
    } -> EditReply;

    /// Replaces a tab's settings.
    "tab.configure" ConfigureTab / configure_tab {
        /// The tab.
        tab: TabId,
        /// All settings.
        settings: Settings,
    } -> DoneReply;

    /// Gives the WASI program of a tab a folder of the host. One that the program knows by the same
    /// name is replaced.
    "tab.give_folder" GiveFolder / give_folder {
        /// The tab.
        tab: TabId,
        /// The folder.
        path: HostPath,
        /// Its name for the program.
        guest: String,
        /// The work that the program may do in it.
        access: FolderAccess,
    } -> DoneReply;

    /// A tab's text after formatting. The tab itself does not change.
    "tab.format" FormatTab / format_tab {
        /// The tab.
        tab: TabId,
    } -> FormatReply;

    /// Writes the content of a tab to a file of the host.
    "tab.save_path" SavePath / save_path {
        /// The tab.
        tab: TabId,
        /// The file; the tab's own by default.
        path: Option<HostPath>,
    } -> TabSummary;

    /// A file made from a tab, as bytes.
    "tab.download" DownloadTab / download_tab {
        /// The tab.
        tab: TabId,
        /// The kind of file.
        what: DownloadKind,
        /// Leave out names and other custom sections (of `wasm` and `wat`).
        strip: bool,
        /// Make `wasm` and `wat` only from a valid module; true by default.
        validate: Option<bool>,
    } -> Download, gives_bytes;

    /// The functions that the tab's module itself defines.
    "tab.functions" ListFunctions / list_functions {
        /// The tab.
        tab: TabId,
        /// Only functions with these letters in their name, in upper or lower case, or with this
        /// index. All by default.
        wanted: Option<String>,
        /// The number of these functions that are left out before the first; 0 by default.
        from: Option<u32>,
    } -> FunctionList;

    /// The text of one function of the tab's module, for a module that is too large to be shown.
    "tab.function_text" ReadFunction / read_function {
        /// The tab.
        tab: TabId,
        /// The index in the module's function index space (imports first).
        function: u32,
    } -> FunctionText;

    /// The machine code of the tab's last Run, function by function.
    "tab.code" ReadCode / read_code {
        /// The tab.
        tab: TabId,
    } -> CodeView;

    /// Compiles (or finds the artifact), loads and instantiates; a WASI program runs to its end.
    /// The reply comes at the end, and events come before it. A failure while running is an
    /// [`Outcome`](crate::page::Outcome), not an error of the request.
    "tab.run" RunTab / run_tab {
        /// The tab.
        tab: TabId,
    } -> RunReport;

    /// Calls an export of the tab's instance.
    "tab.call" CallExport / call_export {
        /// The tab.
        tab: TabId,
        /// The function's name.
        export: String,
        /// The arguments as text, one for each parameter (see [`crate::value`]).
        arguments: Vec<String>,
    } -> RunReport;

    /// Stops a run or a call of a tab.
    "tab.stop" StopTab / stop_tab {
        /// The tab.
        tab: TabId,
    } -> StopReply;

    /// Gives the WASI program that runs the bytes of the request at its standard input: 1 MiB at
    /// most for a pipe, and 4096 for a terminal, which takes all of them or none.
    "tab.input" GiveInput / give_input {
        /// The tab.
        tab: TabId,
        /// True if no bytes follow these: the program then finds the end of its input.
        end: bool,
        /// True if the bytes are single keys: a terminal leaves it to the program to show them.
        raw: bool,
    } -> InputTaken, takes_bytes;

    /// A part of all output of a tab since its console was emptied, in order: of its programs, of
    /// functions that log, and of typed lines as a terminal shows them. Only escape sequences for
    /// terminals are left out. The reply has at most
    /// [`MOST_OUTPUT_READ`](crate::bounds::MOST_OUTPUT_READ) bytes.
    "tab.output" ReadOutput / read_output {
        /// The tab.
        tab: TabId,
        /// The place of the first byte. If that byte is no longer kept, the oldest that is.
        at: u64,
    } -> OutputPart, gives_bytes;

    /// Writes all output of a tab, as `tab.output` has it, to a file of the host.
    "tab.save_output" SaveOutput / save_output {
        /// The tab.
        tab: TabId,
        /// The file.
        path: HostPath,
    } -> OutputSaved;

    /// Says that the page has drawn a tab's output. Output that comes faster than a page draws it is
    /// left out of the events.
    "tab.output_shown" OutputShown / output_shown {
        /// The tab.
        tab: TabId,
        /// The `end` of the event that is drawn.
        end: u64,
    } -> DoneReply;

    /// Empties a tab's console.
    "tab.clear_console" ClearConsole / clear_console {
        /// The tab.
        tab: TabId,
    } -> DoneReply;

    /// Empties a tab's history of runs.
    "tab.clear_history" ClearHistory / clear_history {
        /// The tab.
        tab: TabId,
    } -> DoneReply;

    /// Calls an export of the tab's instance many times with the same arguments. The report has the
    /// last results, and its record has the figures. If a call fails or is stopped, the figures are
    /// those of the calls that returned.
    "tab.call_many" CallMany / call_many {
        /// The tab.
        tab: TabId,
        /// The function's name.
        export: String,
        /// The arguments as text, one for each parameter (see [`crate::value`]).
        arguments: Vec<String>,
        /// The number of calls, from 1 to [`MOST_TIMES`](crate::bounds::MOST_TIMES).
        times: u32,
    } -> RunReport;

    /// Measures a tab's module by several compilers and engines, which take turns, in processes of
    /// their own. `tab.stop` ends it. A failure of a contender is in the report.
    "tab.bench" BenchTab / bench_tab {
        /// The tab.
        tab: TabId,
        /// What to measure.
        order: BenchOrder,
    } -> BenchReport;

    /// Measures how the time of an export grows with one of its arguments, and fits a law.
    /// `tab.stop` ends it.
    "tab.growth" GrowTab / grow_tab {
        /// The tab.
        tab: TabId,
        /// The measurement to make.
        order: GrowthOrder,
    } -> GrowthReport;

    /// Compiles a tab's module once more with its settings, without the cache, and measures each step
    /// and each function. `tab.stop` ends it.
    "tab.compile_times" MeasureCompilation / measure_compilation {
        /// The tab.
        tab: TabId,
    } -> CompileProfile;

    /// Compiles a tab's module by several compilers and engines. The fastest begins alone, and the tab
    /// can be used as soon as one is ready; it moves up to better code as long as its instance was
    /// not used. The reply comes when none works any more.
    "tab.race" RaceTab / race_tab {
        /// The tab.
        tab: TabId,
        /// The race to begin.
        order: RaceOrder,
    } -> Race;

    /// Stops one contender of a tab's race, or all that still work.
    "tab.stop_race" StopRace / stop_race {
        /// The tab.
        tab: TabId,
        /// The place of the contender in the race; null stops all.
        lane: Option<u32>,
    } -> DoneReply;

    /// Gives the tab the instance of a contender that is ready. The state of its present instance is
    /// dropped.
    "tab.move_up" MoveUp / move_up {
        /// The tab.
        tab: TabId,
        /// The place of the contender in the race.
        lane: u32,
    } -> Race;

    /// The stored runs and calls of all sessions, the oldest first. Error `state` if a newer Watshop
    /// wrote them.
    "history.read" ReadHistory / read_history {} -> PastRuns, gives_bytes;

    /// Removes the stored runs and calls of all sessions.
    "history.clear" ForgetHistory / forget_history {} -> DoneReply;

    /// The benches of a tab that the workbench still has: the newest ten since it was started.
    "tab.benches" ListBenches / list_benches {
        /// The tab.
        tab: TabId,
    } -> KeptBenches;

    /// Compares a phase of two benches of a tab. Contenders of one bench took turns, and are compared
    /// by pairs; those of two benches by bootstrap. Error `bad_request` if either was not measured.
    "tab.bench_ratio" CompareBenches / compare_benches {
        /// The tab.
        tab: TabId,
        /// The first.
        first: BenchPick,
        /// The second.
        second: BenchPick,
        /// The phase.
        phase: Phase,
    } -> BenchRatio;

    /// The report of the tab's last bench, as a file.
    "tab.bench_report" ReadBenchReport / read_bench_report {
        /// The tab.
        tab: TabId,
        /// The form of the file.
        form: ReportForm,
    } -> Download, gives_bytes;

    /// Opens the program of the benchmark of Wasmer's announcement of 2021. Without bytes it is looked
    /// for among the crates that cargo has downloaded, and then cargo downloads it. Error `file` if
    /// there is none, with the address to download, or if the bytes are another program.
    "announcement.open" OpenAnnouncement / open_announcement {} -> AnnouncementReply, takes_bytes;

    /// Exports of the tab's instance with their current state, or of its module if it has no
    /// instance.
    "exports.list" ListExports / list_exports {
        /// The tab.
        tab: TabId,
        /// Only exports with these letters in their name, in upper or lower case.
        wanted: String,
        /// Only functions.
        functions: bool,
        /// The number of these exports that are left out before the first.
        from: u32,
    } -> ExportList;

    /// Imports of the module, with their providers. Ask again after the events `checked`, `settings`
    /// and `tabs`.
    "imports.list" ListImports / list_imports {
        /// The tab.
        tab: TabId,
        /// Only imports with these letters in `module.name`, in upper or lower case. All by default.
        wanted: Option<String>,
        /// The number of these imports that are left out before the first; 0 by default.
        from: Option<u32>,
    } -> ImportsView;

    /// The ways in which an import can be provided.
    "imports.offers" OfferImport / offer_import {
        /// The tab.
        tab: TabId,
        /// The import's namespace.
        module: String,
        /// The import's name in the namespace.
        name: String,
    } -> Offers;

    /// Adds a suitable provider to the tab's import object for each import without one.
    "imports.provide_all" ProvideAll / provide_all {
        /// The tab.
        tab: TabId,
    } -> Choices;

    /// Removes every provider that the module does not import. The new settings come as an event.
    "imports.remove_unused" RemoveUnused / remove_unused {
        /// The tab.
        tab: TabId,
    } -> DoneReply;

    /// The tab's import object as an `.imports.json`.
    "imports.save" SaveImports / save_imports {
        /// The tab.
        tab: TabId,
    } -> Download, gives_bytes;

    /// Replaces the tab's import object with that of an `.imports.json`. If it does not fit the
    /// module's imports, the error is `import_mismatch` and nothing changes. The new settings come
    /// as an event.
    "imports.open" OpenImports / open_imports {
        /// The tab.
        tab: TabId,
        /// The file's name, for messages.
        name: String,
    } -> DoneReply, takes_bytes;

    /// Replaces the tab's import object as `imports.open` does, with a file of the workbench's
    /// machine.
    "imports.open_path" OpenImportsPath / open_imports_path {
        /// The tab.
        tab: TabId,
        /// The file.
        path: HostPath,
    } -> DoneReply;

    /// The tab's import object as a program.
    "imports.code" CodeImports / code_imports {
        /// The tab.
        tab: TabId,
        /// The language.
        language: CodeLanguage,
    } -> ImportsCode;

    /// Recorded host calls. They can be read while the guest runs.
    "calls.read" ReadCalls / read_calls {
        /// The tab.
        tab: TabId,
        /// Only calls with a higher sequence are read; 0 reads all.
        after: u64,
        /// The most calls to read, 1000 at most.
        limit: u32,
    } -> CallsView;

    /// Empties the record of host calls.
    "calls.clear" ClearCalls / clear_calls {
        /// The tab.
        tab: TabId,
    } -> DoneReply;

    /// Turns the recording of host calls off, or on again. It stays so until the workbench ends.
    "calls.pause" PauseCalls / pause_calls {
        /// The tab.
        tab: TabId,
        /// True turns it off.
        paused: bool,
    } -> DoneReply;

    /// Keeps the calls that are recorded now, and lets the functions of the next Runs answer from
    /// them. The first call of an import gets the results and the writes into memory of its first
    /// recorded call, and so on. A call traps if its arguments differ from the record, or if the
    /// record has no more calls. The error is `bad_request` if nothing is recorded, or if calls
    /// were dropped from the record.
    "calls.replay" ReplayCalls / replay_calls {
        /// The tab.
        tab: TabId,
        /// True answers from the record; false drops the calls that were kept.
        replay: bool,
    } -> DoneReply;

    /// The settings of the tab's WASI program as a command line or as a program.
    "wasi.code" CodeWasi / code_wasi {
        /// The tab.
        tab: TabId,
        /// The form.
        form: WasiForm,
    } -> ImportsCode;

    /// Recorded calls of WASI. They can be read while the guest runs.
    "wasi.calls" ReadWasiCalls / read_wasi_calls {
        /// The tab.
        tab: TabId,
        /// The calls that are wanted.
        filter: WasiCallFilter,
        /// The number of these calls that are left out before the first; null gives the newest.
        from: Option<u32>,
        /// The most calls to read, 1000 at most.
        limit: u32,
    } -> WasiCallsView;

    /// Empties the record of calls of WASI.
    "wasi.clear_calls" ClearWasiCalls / clear_wasi_calls {
        /// The tab.
        tab: TabId,
    } -> DoneReply;

    /// Lists a folder that Watshop holds for the tab's WASI program, also while the program runs.
    "files.list" ListFiles / list_files {
        /// The tab.
        tab: TabId,
        /// The held folder's name.
        name: String,
    } -> HeldFiles;

    /// Reads a file of a held folder.
    "files.read" ReadHeld / read_held {
        /// The tab.
        tab: TabId,
        /// The held folder's name.
        name: String,
        /// The file's place in the folder.
        at: String,
    } -> DoneReply, gives_bytes;

    /// Writes the bytes of the request as a file of a held folder, and makes the folders around it.
    "files.put" PutHeld / put_held {
        /// The tab.
        tab: TabId,
        /// The held folder's name.
        name: String,
        /// The file's place in the folder.
        at: String,
    } -> DoneReply, takes_bytes;

    /// Removes a file, a link, or a folder with its contents from a held folder.
    "files.remove" RemoveHeld / remove_held {
        /// The tab.
        tab: TabId,
        /// The held folder's name.
        name: String,
        /// The place in the folder.
        at: String,
    } -> DoneReply;

    /// The module's data segments for a memory of the instance. A sealed artifact does not contain
    /// them.
    "memory.segments" ReadSegments / read_segments {
        /// The tab.
        tab: TabId,
        /// The export's name.
        memory: String,
    } -> DataSegments;
}

#[cfg(test)]
mod tests {
    use std::any::TypeId;
    use std::collections::HashSet;

    use ts_rs::{Config, TypeVisitor};

    use super::*;

    #[test]
    fn every_method_is_found_by_its_name() {
        for method in Method::all() {
            assert_eq!(Method::find(method.name()), Some(method));
        }
        assert_eq!(Method::find("tab.fly"), None);
    }

    #[test]
    fn methods_with_a_path_name_host_files_and_no_others() {
        let named: Vec<_> =
            Method::all().filter(|m| m.names_host_files()).map(|m| m.name()).collect();
        assert_eq!(
            named,
            [
                "tab.open_path",
                "component.open_path",
                "course.open_path",
                "tab.give_folder",
                "tab.save_path",
                "tab.save_output",
                "imports.open_path"
            ]
        );
    }

    /// All types that a page can send.
    #[derive(Default)]
    struct SentTypes {
        method: &'static str,
        seen: HashSet<(&'static str, TypeId)>,
        found: Vec<(&'static str, String)>,
    }

    impl TypeVisitor for SentTypes {
        fn visit<T: TS + 'static + ?Sized>(&mut self) {
            if self.seen.insert((self.method, TypeId::of::<T>())) {
                if T::output_path().is_some() {
                    self.found.push((self.method, T::decl(&Config::new())));
                }
                T::visit_dependencies(self);
                T::visit_generics(self);
            }
        }
    }

    impl Describe for SentTypes {
        fn method<P: TS + 'static, R: TS + 'static>(&mut self, method: Described) {
            self.method = method.name;
            self.visit::<P>();
        }
    }

    #[test]
    fn nothing_that_a_page_can_send_names_a_file_without_saying_so() {
        // The name of an open tab, as an `.imports.json` has it. It opens no file.
        const NO_FILE_OF_THE_HOST: [&str; 1] = ["type ModuleRef"];
        let mut sent = SentTypes::default();
        describe(&mut sent);
        assert!(sent.found.len() > Method::all().count());
        for (method, declaration) in sent.found {
            if NO_FILE_OF_THE_HOST.iter().any(|known| declaration.starts_with(known)) {
                continue;
            }
            let words = declaration
                .split(|letter: char| !letter.is_alphanumeric() && !"_?:".contains(letter));
            let mut words = words.filter(|word| !word.is_empty()).peekable();
            while let Some(word) = words.next() {
                let Some(field) = word.strip_suffix(':').map(|field| field.trim_end_matches('?'))
                else {
                    continue;
                };
                let names_a_file = field.split('_').any(|part| {
                    ["path", "file", "files", "folder", "dir", "directory", "filename"]
                        .contains(&part)
                });
                if names_a_file {
                    let kind = words.peek().copied().unwrap_or_default();
                    assert_eq!(kind, "HostPath", "`{field}` of {method}: {declaration}");
                }
            }
        }
    }

    #[test]
    fn a_host_path_is_plain_text_on_the_wire() {
        let call = OpenPath { path: "/a b.wat".into() };
        assert_eq!(serde_json::to_value(&call).unwrap(), serde_json::json!({ "path": "/a b.wat" }));
        assert_eq!(
            serde_json::from_value::<OpenPath>(serde_json::json!({ "path": "/a b.wat" })).unwrap(),
            call
        );
    }
}
