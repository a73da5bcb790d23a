//! The contract between the page and the workbench.
//!
//! A request is `{id, method, params}`, its reply `{id, ok}` or `{id, error}`, and an event
//! `{event, …}`. If bytes belong to one (an upload, a memory page), the whole has the layout of
//! [`crate::frame`]. Every shell carries the same envelope and adds nothing to it.

mod bench;
mod calls;
mod component;
mod console;
mod counts;
mod envelope;
mod error;
mod error_code;
mod event;
mod files;
mod folders;
mod growth;
mod host_path;
mod imports;
mod instance_view;
mod kept_benches;
mod lesson;
mod limits;
mod lists;
mod memory;
mod module;
mod module_view;
mod place;
mod problem;
mod profile;
mod race;
mod run;
mod sandbox;
mod settings;
mod shell;
mod tab;
mod tab_id;
mod table;
mod target;
mod wasi_calls;
mod wasi_form;
mod wasi_rules;
mod welcome;

pub use bench::{
    AnnouncementChart, BenchComparison, BenchEntry, BenchMachine, BenchModule, BenchOrder,
    BenchPick, BenchRatio, BenchReport, BenchedCalls, BusyProcess, CompilerTime, Contender,
    Figures, PhaseSeries, Verdict, WarmUp,
};
pub use calls::{CallsView, HostCall, HostCallEnd, MemoryTouch};
pub use component::{ComponentView, CoreModule};
pub use console::{ConsoleChunk, OutputSource, Stream};
pub use counts::{FunctionCount, InstructionCounts};
pub use envelope::{DoneReply, Request, reply_to, write_reply};
pub(crate) use envelope::{read_params, too_large_error};
pub use error::{Error, Result, TrapFrame, TrapKind};
pub use error_code::{ErrorCode, Example};
pub use event::{Event, TextChange};
pub use files::{HeldEntry, HeldFiles, HeldKind};
pub use folders::{AllowedFolder, FolderAccess, FolderSource, WasiFolder};
pub use growth::{GrowthEntry, GrowthFit, GrowthLaw, GrowthOrder, GrowthPoint, GrowthReport};
pub use host_path::{HostPath, Parameter};
pub use imports::{
    Choice, Choices, ClockOrigin, ClockUnit, CodeLanguage, Control, Field, FieldOption,
    IMPORTS_SCHEMA, ImportObject, ImportView, ImportsCode, ImportsFile, ImportsView, Init,
    InitContent, ModuleRef, Offer, Offers, Provider, ProviderKind, Providers, Provides, Provision,
    constant, may_satisfy, satisfies,
};
pub use instance_view::InstanceView;
pub use kept_benches::{KeptBenches, Measured};
pub use lesson::{
    CheckState, Lesson, LessonCheck, LessonInput, LessonKind, LessonPage, LessonPicture,
    LessonReport,
};
pub use lists::{ExportList, ExportRow, ImportList, ImportName, ListPart};
pub use memory::{DataSegment, DataSegments, SnapshotKind};
pub use module::{
    Export, ExternType, Import, KnownLimit, ModuleSummary, Section, StartFunction, WasiVersion,
};
pub use module_view::{FunctionList, FunctionRow, FunctionText, ModuleView};
pub use place::Place;
pub use problem::{Problem, Severity};
pub use profile::{
    CompileProfile, CompileStep, CompileStepTime, CompileTimes, FunctionCompileTime,
};
pub use race::{LaneState, Race, RaceLane, RaceOrder};
pub use run::{
    CacheUse, CallFigures, CodeView, ExportState, FunctionCode, Outcome, Phase, RecordKind,
    Repeats, RunRecord, RunReport, RunState, StopHow, Timings, Value,
};
pub use sandbox::Layer;
pub use settings::{
    EnvironmentVariable, Limits, Settings, UnknownImports, WasiClock, WasiInput, WasiRandom,
    WasiSettings,
};
pub use shell::{Menu, MenuItem, ShellCommand};
pub use tab::{Maker, SourceKind, TabSummary, TabView};
pub use tab_id::TabId;
pub use table::{TableElement, TableEntry};
pub use target::{
    CpuImplication, CpuNeed, CpuPreset, Form, ProbeResult, Target, TargetCell, TargetRow, Targets,
};
pub use wasi_calls::{
    WasiCall, WasiCallCount, WasiCallEnd, WasiCallFilter, WasiCallsView, WasiRange,
};
pub use wasi_form::WasiForm;
pub use wasi_rules::{WasiAction, WasiRule};
pub use welcome::{CompilerState, EngineState, ProgramSize, Sizes, Welcome};

pub use crate::compilation::{Compiler, Engine, Optimisation, Proposals};
pub use crate::value::ValueType;
