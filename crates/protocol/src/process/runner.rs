//! To and from a runner process.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::page::{
    CallFigures, CodeView, Export, ExportState, HostCall, Import, ImportObject, Layer, Limits, Repeats,
    SnapshotKind, Stream, TabId, TableElement, TableEntry, UnknownImports, Value, WasiSettings,
};

/// What a runner is asked. `Stop`, `Exports`, `ReadTable` and all about memory but `GrowMemory` are answered while a
/// guest runs; the others wait for one another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Request {
    /// Check an artifact, sealed or of Wasmer's own kind, and map its code. What was loaded before is dropped.
    Load {
        /// Its file.
        sealed: PathBuf,
        /// The payload's hash that the workbench expects, where it expects one.
        payload_hash: Option<String>,
        /// Our own compiler made it: the passport is signed by this data folder's hand. Then its hash is enough, and its
        /// layout is not gone through as well.
        own: bool,
    },
    /// Make an instance of what is loaded. What was instantiated before is dropped.
    Instantiate {
        /// What the guest may take.
        limits: Limits,
        /// What a WASI program finds; `program` is always given.
        wasi: WasiSettings,
        /// What happens to function imports that nothing provides.
        unknown_imports: UnknownImports,
        /// What the host gives.
        #[serde(default)]
        host: Host,
    },
    /// Call an exported function. Of a WASI command, `_start` ends with its exit status.
    Call {
        /// Its name.
        export: String,
        /// As text, one for each parameter (see [`crate::value`]).
        arguments: Vec<String>,
        /// Longest time in milliseconds; 0 is no limit.
        limit_ms: u32,
    },
    /// Interrupt the guest. Answered at once; the call's own answer follows as the error `stopped`.
    Stop,
    /// The exports as they are now.
    Exports,
    /// The machine code of what is loaded.
    Code,
    /// Bytes of an exported memory.
    ReadMemory {
        /// The export's name.
        memory: String,
        /// The first byte.
        offset: u64,
        /// How many.
        length: u32,
    },
    /// Put the frame's bytes into an exported memory.
    WriteMemory {
        /// The export's name.
        memory: String,
        /// Where the first goes.
        offset: u64,
    },
    /// Put the frame's bytes into a range again and again.
    FillMemory {
        /// The export's name.
        memory: String,
        /// The first byte of the range.
        offset: u64,
        /// Of the range.
        length: u64,
    },
    /// Make an exported memory larger; waits for the guest.
    GrowMemory {
        /// The export's name.
        memory: String,
        /// By how many pages.
        by: u32,
    },
    /// Look for the frame's bytes, for a moment.
    SearchMemory {
        /// The export's name.
        memory: String,
        /// The first address where they may begin.
        start: u64,
        /// The address after the last where they may begin.
        end: u64,
        /// Whether the last is looked for first.
        backwards: bool,
        /// The most to find.
        most: u32,
    },
    /// Hash buckets of a memory, for a moment.
    SurveyMemory {
        /// The export's name.
        memory: String,
        /// Where the first bucket begins.
        offset: u64,
        /// Bytes of a bucket.
        bucket: u64,
        /// The most buckets.
        most: u32,
    },
    /// Keep what a memory holds now.
    TakeSnapshot {
        /// The export's name.
        memory: String,
        /// Which one is replaced.
        kind: SnapshotKind,
    },
    /// Compare a memory with what was kept of it, for a moment.
    CompareMemory {
        /// The export's name.
        memory: String,
        /// With which.
        kind: SnapshotKind,
        /// The first byte of the range.
        offset: u64,
        /// Of the range.
        length: u64,
        /// The most ranges.
        most: u32,
    },
    /// Call an exported function many times with the same arguments, and say every now and then how far that is.
    CallMany {
        /// Its name.
        export: String,
        /// As text, one for each parameter (see [`crate::value`]).
        arguments: Vec<String>,
        /// How often, at least once.
        times: u32,
        /// Longest time of each call in milliseconds; 0 is no limit.
        limit_ms: u32,
    },
    /// Set an exported global that is mutable.
    SetGlobal {
        /// The export's name.
        global: String,
        /// As text.
        value: String,
    },
    /// Elements of an exported table, as far as it has them.
    ReadTable {
        /// The export's name.
        table: String,
        /// The first.
        offset: u32,
        /// How many.
        length: u32,
    },
    /// Set an element of an exported table.
    SetElement {
        /// The export's name.
        table: String,
        /// Which.
        index: u32,
        /// What to.
        entry: TableEntry,
    },
    /// Make an exported table longer, by null references.
    GrowTable {
        /// The export's name.
        table: String,
        /// By how many.
        delta: u32,
    },
    /// Recorded host calls; answered while a guest runs, as the next two are.
    Calls {
        /// Only those with a higher sequence.
        after: u64,
        /// The most.
        limit: u32,
    },
    /// Empty the record of host calls.
    ClearCalls,
    /// Turn the recording of host calls off or on.
    PauseCalls {
        /// Whether it is off.
        paused: bool,
    },
}

/// What the host gives to an instance, beside WASI.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Host {
    /// The tab's own import object.
    pub imports: ImportObject,
    /// The modules whose exports it names, and those whose exports these name; each after all that it
    /// imports from.
    pub linked: Vec<Linked>,
    /// Whether the recording of host calls is off.
    pub paused: bool,
    /// What functions answer from, where they answer from a record.
    pub replay: Option<Vec<HostCall>>,
}

/// A module of another tab, to be instantiated in the same store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Linked {
    /// The tab, as import objects name it.
    pub tab: TabId,
    /// Its title, for messages.
    pub title: String,
    /// Its sealed file.
    pub sealed: PathBuf,
    /// The payload's hash that the workbench expects.
    pub payload_hash: String,
    /// Its own import object.
    pub imports: ImportObject,
    /// What it finds where it imports WASI.
    pub wasi: WasiSettings,
}

/// What it answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// To `Load`.
    Loaded {
        /// Checking and mapping, in nanoseconds.
        load_ns: u64,
        /// What the module asks for.
        imports: Vec<Import>,
        /// What it gives.
        exports: Vec<Export>,
    },
    /// To `Instantiate`.
    Instantiated {
        /// With the start function, in nanoseconds.
        instantiate_ns: u64,
        /// As they are now.
        exports: Vec<ExportState>,
        /// Memories that it imports and does not export, as `module.name`.
        imported_memories: Vec<String>,
        /// Has WASI imports and a `_start`.
        command: bool,
    },
    /// To `Instantiate`: the program ended itself in its start function or its `_initialize`, so there is no instance.
    Exited {
        /// As far as it came, in nanoseconds.
        instantiate_ns: u64,
        /// Its exit status.
        status: i32,
    },
    /// To `Call`: it came back, or the program ended. The exports are those after it.
    Called {
        /// In the guest, in nanoseconds.
        call_ns: u64,
        /// How it ended.
        ended: Ended,
        /// As they are now.
        exports: Vec<ExportState>,
    },
    /// To `Stop`.
    Stopping {
        /// Whether anything was running.
        running: bool,
    },
    /// To `Exports`, `SetGlobal`, `SetElement` and `GrowTable`.
    Exports {
        /// As they are now.
        exports: Vec<ExportState>,
    },
    /// To `Code`.
    Code(CodeView),
    /// To `ReadMemory` and `SurveyMemory`; the bytes, or a hash for each bucket, go with it.
    Memory {
        /// Of the memory, now.
        pages: u64,
    },
    /// To `CallMany`: how the last call ended, and the exports after it.
    CalledMany {
        /// Of all calls, in the guest, in nanoseconds.
        call_ns: u64,
        /// Of those that came back; none where not one did.
        figures: Option<CallFigures>,
        /// How the last one ended.
        ended: Ended,
        /// As they are now.
        exports: Vec<ExportState>,
    },
    /// To `ReadTable`.
    Table {
        /// Of the table, now.
        size: u32,
        /// In order.
        elements: Vec<TableElement>,
    },
    /// To `Calls`.
    Calls {
        /// Oldest first.
        calls: Vec<HostCall>,
        /// The sequence of the newest one there is.
        last: u64,
        /// How many were recorded since the instance was made.
        total: u64,
        /// How many of these are gone.
        dropped: u64,
    },
    /// To `ClearCalls` and `PauseCalls`.
    Done,
    /// To `WriteMemory` and `FillMemory`.
    Written {
        /// Of the memory, now.
        pages: u64,
        /// Whether the guest's thread was at work.
        running: bool,
    },
    /// To `GrowMemory`.
    Grown {
        /// Of the memory, now.
        pages: u64,
        /// As they are now.
        exports: Vec<ExportState>,
    },
    /// To `SearchMemory`.
    Found {
        /// Of the memory, now.
        pages: u64,
        /// Where the bytes begin, in the order of the search.
        found: Vec<u64>,
        /// Where to go on, where the range is not done.
        next: Option<u64>,
    },
    /// To `TakeSnapshot`.
    Kept {
        /// Of the memory, when it was taken.
        pages: u64,
        /// Bytes that are kept of it.
        bytes: u64,
    },
    /// To `CompareMemory`; the bytes are of each range its first 8 as they were and as they are.
    Compared {
        /// Of the memory, now.
        pages: u64,
        /// Offset and length of each run of bytes that differ.
        ranges: Vec<(u64, u64)>,
        /// The offset to go on from, where the range is not done.
        next: Option<u64>,
    },
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The function came back.
    Returned(Vec<Value>),
    /// The WASI program ended with a status.
    Exited(i32),
    /// It trapped, was stopped or took too long; the instance can still be read. The `at` of the
    /// error's frames are offsets: the workbench, which knows the text, adds the lines.
    Failed(Box<crate::page::Error>),
}

/// What it says in between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Ready for requests; said once, at the start.
    Ready {
        /// What stands between a guest's code and the machine from here on.
        sandbox: Vec<Layer>,
    },
    /// The guest wrote the frame's bytes.
    Output {
        /// Where to.
        stream: Stream,
    },
    /// How far `CallMany` is.
    Repeated(Repeats),
    /// The process ends by itself, with status 0, behind the answer that comes next: a trap cut work of the runtime short
    /// (a stack that overflowed in the unwinder keeps its lock, for one), so nothing can be relied on here any more.
    Ending,
}
