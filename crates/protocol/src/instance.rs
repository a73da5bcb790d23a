//! The contract of an instance: every request that a tab's runner answers, once.
//!
//! An entry of the list below makes the request's type. Its group tells which of the runner's
//! threads answers it. From the list come the requests and answers between workbench and runner
//! ([`Request`], [`Ask`]), the traits that the runner's threads implement ([`AtOnce`], [`ByScan`],
//! [`ByGuest`]; a request that no thread answers does
//! not compile), and the router to their functions. An entry that begins with a method's name is
//! also a method of the page, with `tab` in front of its parameters ([`InTab`]): the workbench
//! passes it on without knowing its shape, and TypeScript gets its types.
//!
//! [`takes_bytes`](InstanceMethod::takes_bytes) and `gives_bytes` stand behind the answer of
//! an entry whose frame carries bytes.

#[macro_use]
mod contract;
#[macro_use]
mod page;
mod answers;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::describe::{Describe, Described};
use crate::page::{
    CodeView, DoneReply, ExportList, InstructionCounts, Limits, Parameter, Result, SnapshotKind,
    TableEntry, UnknownImports, WasiCallFilter, WasiCallsView, WasiSettings,
};
use crate::process::Ask;
use crate::process::runner::HostSetup;

pub use crate::address::Address;
pub use answers::{
    BenchAnswer, CalibrateAnswer, CallAnswer, CallManyAnswer, Calls, Exports, GrowAnswer,
    InputTaken, InstantiateAnswer, LoadAnswer, MemoryDifferences, MemoryFound, MemoryPiece,
    MemoryRange, MemorySnapshot, MemoryWritten, SamplesPiece, StopAnswer, TablePiece,
};
pub use contract::EncodedAnswer;
pub use page::{ForPage, Forward, InInstance, InTab, PageRequest};

instance! {
    /// The thread that reads the requests answers at once, whatever the guest does.
    AtOnce / AtOnceRequest {
        page {
            /// Bytes of an exported memory. They can be read while the guest runs.
            "memory.read" ReadMemory / read_memory {
                /// The export's name.
                memory: String,
                /// The first byte.
                offset: Address,
                /// The number of bytes, at most 1 MiB.
                length: u32,
            } -> MemoryPiece, gives_bytes;

            /// Writes the bytes of the request into an exported memory, at most 1 MiB of them. They
            /// can be written while the guest runs.
            "memory.write" WriteMemory / write_memory {
                /// The export's name.
                memory: String,
                /// The address of the first byte.
                offset: Address,
            } -> MemoryWritten, takes_bytes;

            /// Elements of an exported table. They can be read while the guest runs.
            "table.read" ReadTable / read_table {
                /// The export's name.
                table: String,
                /// The first element.
                offset: u32,
                /// The number of elements, at most 1000. Fewer come if the table ends before.
                length: u32,
            } -> TablePiece;

            /// The first exports with their current state.
            "tab.exports" ReadExports / read_exports {} -> Exports;

            /// The instructions of the last call by function, if the code counts them. They can be
            /// read while the guest runs.
            "tab.counts" ReadCounts / read_counts {} -> InstructionCounts;
        }

        workbench {
            /// Interrupts the guest. The call's own answer follows as the error `stopped`.
            Stop / stop {} -> StopAnswer;

            /// Puts the bytes of the request behind those that wait at a WASI program's standard
            /// input.
            WriteInput / write_input {
                /// True if no bytes follow these: the program then finds the end of its input.
                end: bool,
            } -> InputTaken, takes_bytes;

            /// Exports with their current state.
            FindExports / find_exports {
                /// Only exports with these letters in their name, in upper or lower case.
                wanted: String,
                /// Only functions.
                functions: bool,
                /// The number of these exports that are left out before the first.
                from: u32,
            } -> ExportList;

            /// The machine code that is loaded.
            ReadCode / read_code {} -> CodeView;

            /// Recorded host calls. They can be read while the guest runs.
            ReadCalls / read_calls {
                /// Only calls with a higher sequence are read.
                after: u64,
                /// The most calls to read, [`MOST_CALLS`](crate::bounds::MOST_CALLS) at most.
                limit: u32,
            } -> Calls;

            /// Empties the record of host calls.
            ClearCalls / clear_calls {} -> DoneReply;

            /// Samples of the last [`BenchCalls`], oldest first. They can be read while it runs. The
            /// bytes are the nanoseconds of each batch (u64, little endian).
            ReadSamples / read_samples {
                /// The number of samples that are left out before the first.
                from: u32,
                /// The most samples, [`MOST_SAMPLES_READ`](crate::bounds::MOST_SAMPLES_READ) at most.
                limit: u32,
            } -> SamplesPiece, gives_bytes;

            /// Turns the recording of host calls off or on.
            PauseCalls / pause_calls {
                /// True turns it off.
                paused: bool,
            } -> DoneReply;

            /// Empties the record of calls of WASI.
            ClearWasiCalls / clear_wasi_calls {} -> DoneReply;

            /// Turns the recording of calls of WASI on or off.
            RecordWasiCalls / record_wasi_calls {
                /// True turns it on.
                on: bool,
            } -> DoneReply;
        }
    }

    /// A thread of its own reads whole memories, so that neither the guest nor other answers wait
    /// for it.
    ByScan / ByScanRequest {
        page {
            /// Writes the bytes of the request into a range again and again, the last time as far
            /// as they fit.
            "memory.fill" FillMemory / fill_memory {
                /// The export's name.
                memory: String,
                /// The first byte of the range.
                offset: Address,
                /// The number of bytes of the range.
                length: Address,
            } -> MemoryWritten, takes_bytes;

            /// Searches for the bytes of the request, also while the guest runs. [`MemoryFound`]
            /// says which part one answer covers.
            "memory.search" SearchMemory / search_memory {
                /// The export's name.
                memory: String,
                /// The first address at which they may begin.
                start: Address,
                /// The address after the last one at which they may begin. It may lie beyond the
                /// end of the memory.
                end: Address,
                /// True finds the last match first.
                backwards: bool,
                /// The most matches, 1000 at most.
                most: u32,
            } -> MemoryFound, takes_bytes;

            /// An overview of a memory, in buckets of one size: a hash of each, as many as a short
            /// time allows. The bytes are a hash for each bucket (u64, little endian; 0 if the
            /// whole bucket is zero).
            "memory.overview" SurveyMemory / survey_memory {
                /// The export's name.
                memory: String,
                /// The address of the first bucket.
                offset: Address,
                /// The bytes of a bucket. The last one ends with the memory.
                bucket: Address,
                /// The most buckets, 4096 at most.
                most: u32,
            } -> MemoryPiece, gives_bytes;

            /// Keeps the content of a memory in its runner, to compare with later. At most 512 MiB
            /// of it may be other than zero.
            "memory.snapshot" TakeSnapshot / take_snapshot {
                /// The export's name.
                memory: String,
                /// The snapshot to replace.
                kind: SnapshotKind,
            } -> MemorySnapshot;

            /// The changes of a memory since a snapshot, as far as a short time allows. The bytes
            /// are 16 for each range: its first 8 bytes at the snapshot, and the same 8 now. Zeros
            /// follow if a range is shorter.
            "memory.compare" CompareMemory / compare_memory {
                /// The export's name.
                memory: String,
                /// The snapshot.
                kind: SnapshotKind,
                /// The first byte of the range.
                offset: Address,
                /// The bytes of the range. It may exceed the end of the memory.
                length: Address,
                /// The most ranges, 1000 at most.
                most: u32,
            } -> MemoryDifferences, gives_bytes;
        }

        workbench {
            /// Recorded calls of WASI. They can be read while the guest runs.
            ReadWasiCalls / read_wasi_calls {
                /// The calls that are wanted.
                filter: WasiCallFilter,
                /// The number of these calls that are left out before the first; null gives the
                /// newest.
                from: Option<u32>,
                /// The most calls to read, [`MOST_CALLS`](crate::bounds::MOST_CALLS) at most.
                limit: u32,
            } -> WasiCallsView;
        }
    }

    /// The guest's own thread, one request after the other.
    ByGuest / ByGuestRequest takes_tab {
        page {
            /// Makes a memory larger, if no guest runs.
            "memory.grow" GrowMemory / grow_memory {
                /// The export's name.
                memory: String,
                /// The number of pages to add.
                by: u32,
            } -> GrowAnswer;

            /// Sets an exported global that is mutable, and gives the exports after it.
            "global.set" SetGlobal / set_global {
                /// The export's name.
                global: String,
                /// The value as text (see [`crate::value`]).
                value: String,
            } -> Exports;

            /// Sets an element of an exported table, and gives the exports after it.
            "table.set" SetElement / set_element {
                /// The export's name.
                table: String,
                /// The element.
                index: u32,
                /// The new value.
                entry: TableEntry,
            } -> Exports;

            /// Makes an exported table longer, and gives the exports after it. The new elements are
            /// null.
            "table.grow" GrowTable / grow_table {
                /// The export's name.
                table: String,
                /// The number of elements to add.
                delta: u32,
            } -> Exports;
        }

        workbench {
            /// Checks an artifact, sealed or of Wasmer's own kind, and maps its code. The code that
            /// was loaded before is dropped.
            Load / load {
                /// The artifact's file.
                sealed: PathBuf,
                /// The payload's hash that the workbench expects, if it expects one.
                payload_hash: Option<String>,
                /// True if our own compiler made it: the passport is signed by this data folder's
                /// hand. Then the hash is enough, and the layout is not checked as well.
                own: bool,
            } -> LoadAnswer;

            /// Makes an instance of the loaded code. The instance before is dropped.
            Instantiate / instantiate {
                /// The limits of the guest.
                limits: Limits,
                /// The settings of a WASI program; `program` is always given.
                wasi: WasiSettings,
                /// The treatment of function imports without a provider.
                unknown_imports: UnknownImports,
                /// The things that the host provides.
                host: HostSetup,
            } -> InstantiateAnswer;

            /// Calls an exported function. `_start` of a WASI command ends with its exit status.
            Call / call {
                /// The export's name.
                export: String,
                /// The arguments as text, one for each parameter (see [`crate::value`]).
                arguments: Vec<String>,
                /// The longest time in milliseconds; 0 is no limit.
                limit_ms: u32,
            } -> CallAnswer;

            /// Calls an exported function many times with the same arguments, and tells its
            /// progress from time to time.
            CallMany / call_many {
                /// The export's name.
                export: String,
                /// The arguments as text, one for each parameter (see [`crate::value`]).
                arguments: Vec<String>,
                /// The number of calls, at least 1.
                times: u32,
                /// The longest time of each call in milliseconds; 0 is no limit.
                limit_ms: u32,
            } -> CallManyAnswer;

            /// Calls an exported function again and again, and keeps the time of each batch of calls.
            /// The calls of a warm-up come first, and their times are not kept. It ends at whichever
            /// of the two limits comes first, or if a call does not return.
            BenchCalls / bench_calls {
                /// The export's name.
                export: String,
                /// The arguments as text, one for each parameter (see [`crate::value`]).
                arguments: Vec<String>,
                /// The number of calls after the warm-up, in whole batches; 0 is no limit.
                calls: u32,
                /// The time of these calls in milliseconds; 0 is no limit.
                time_ms: u32,
                /// The time of the warm-up in milliseconds. It has at least one call.
                warm_up_ms: u32,
                /// The calls of a batch; 0 finds the least number that the clock measures well.
                batch: u32,
                /// The longest time of each batch in milliseconds; 0 is no limit.
                limit_ms: u32,
            } -> BenchAnswer;

            /// Measures the machine: a loop of the runner's own, which always does the same work,
            /// and the clock.
            Calibrate / calibrate {
                /// The number of times that the loop is measured, at most 1000.
                rounds: u32,
            } -> CalibrateAnswer;
        }
    }
}
