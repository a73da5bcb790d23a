//! The contract of an instance: every request that a tab's runner answers, once.
//!
//! An entry of the list below makes the request's type and, by the group in which it stands, says
//! which of the runner's threads answers it. From the list come the requests and answers between
//! workbench and runner ([`Request`], [`Ask`](crate::process::Ask)), the traits that the runner's
//! threads implement ([`AtOnce`], [`ByScan`], [`ByGuest`]; a request that no thread answers does
//! not compile), and the router to their functions. An entry that begins with a method's name is
//! also a method of the page, with `tab` in front of its parameters ([`InTab`]): the workbench
//! passes it on without knowing its shape, and TypeScript gets its types.
//!
//! [`takes_bytes`](crate::page::Method::takes_bytes) and `gives_bytes` stand behind the answer of
//! an entry whose frame carries bytes.

mod address;
#[macro_use]
mod contract;
#[macro_use]
mod page;
mod answers;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::page::{
    CodeView, Done, Limits, Method, Parameter, Result, SnapshotKind, TableEntry, UnknownImports,
    WasiSettings, Workbench,
};
use crate::process::Ask;
use crate::process::runner::Host;

pub use address::Address;
pub use answers::{
    Called, CalledMany, Calls, Exports, Grown, Instantiated, Loaded, MemoryDifferences,
    MemoryFound, MemoryPiece, MemoryRange, MemorySnapshot, MemoryWritten, Stopping, TablePiece,
};
pub use contract::Answered;
pub use page::{ForPage, InInstance, InTab, PageRequest};

/// The most bytes of memory in one request or answer.
pub const MOST_BYTES: u32 = 1 << 20;

/// The most elements of a table in one answer.
pub const MOST_ELEMENTS: u32 = 1000;

/// The most places or ranges of a memory in one answer.
pub const MOST_FOUND: u32 = 1000;

/// The most buckets of a memory in one answer.
pub const MOST_BUCKETS: u32 = 4096;

/// The most host calls in one answer.
pub const MOST_CALLS: u32 = 1000;

instance! {
    /// The thread that reads the requests answers at once, whatever the guest does.
    AtOnce / AtOnceRequest {
        page {
            /// Bytes of an exported memory, also while the guest runs.
            "memory.read" ReadMemory / read_memory {
                /// The export's name.
                memory: String,
                /// The first byte.
                offset: Address,
                /// At most 1 MiB.
                length: u32,
            } -> MemoryPiece, gives_bytes;

            /// Puts the bytes of the request into an exported memory, at most 1 MiB of them; also
            /// while the guest runs.
            "memory.write" WriteMemory / write_memory {
                /// The export's name.
                memory: String,
                /// Where the first byte goes.
                offset: Address,
            } -> MemoryWritten, takes_bytes;

            /// Elements of an exported table, also while the guest runs.
            "table.read" ReadTable / read_table {
                /// The export's name.
                table: String,
                /// The first element.
                offset: u32,
                /// At most 1000; fewer come if the table ends before.
                length: u32,
            } -> TablePiece;

            /// The exports as they are now.
            "tab.exports" ReadExports / read_exports {} -> Exports;
        }

        workbench {
            /// Interrupts the guest. The call's own answer follows as the error `stopped`.
            Stop / stop {} -> Stopping;

            /// The machine code of what is loaded.
            ReadCode / read_code {} -> CodeView;

            /// Recorded host calls, also while the guest runs.
            ReadCalls / read_calls {
                /// Only those with a higher sequence.
                after: u64,
                /// The most; [`MOST_CALLS`] if it is larger.
                limit: u32,
            } -> Calls;

            /// Empties the record of host calls.
            ClearCalls / clear_calls {} -> Done;

            /// Turns the recording of host calls off or on.
            PauseCalls / pause_calls {
                /// Whether it is off.
                paused: bool,
            } -> Done;
        }
    }

    /// A thread of its own goes through whole memories, so that neither the guest nor the answers
    /// wait for it.
    ByScan / ByScanRequest {
        page {
            /// Puts the bytes of the request into a range again and again, the last time as far as
            /// they fit.
            "memory.fill" FillMemory / fill_memory {
                /// The export's name.
                memory: String,
                /// The first byte of the range.
                offset: Address,
                /// Bytes of the range.
                length: Address,
            } -> MemoryWritten, takes_bytes;

            /// Looks for the bytes of the request, also while the guest runs; see [`MemoryFound`]
            /// on how far one answer goes.
            "memory.search" SearchMemory / search_memory {
                /// The export's name.
                memory: String,
                /// The first address at which they may begin.
                start: Address,
                /// The address after the last at which they may begin; the memory's end if it is
                /// beyond.
                end: Address,
                /// Whether the last is looked for first.
                backwards: bool,
                /// The most to find; 1000 at most.
                most: u32,
            } -> MemoryFound, takes_bytes;

            /// Where a memory has data, in buckets of one size: a hash of each, as many as a moment
            /// allows. The bytes are a hash for each bucket (u64, little endian; 0 if all of the
            /// bucket is zero).
            "memory.overview" SurveyMemory / survey_memory {
                /// The export's name.
                memory: String,
                /// Where the first bucket begins.
                offset: Address,
                /// Bytes of a bucket; the last ends with the memory.
                bucket: Address,
                /// The most buckets; 4096 at most.
                most: u32,
            } -> MemoryPiece, gives_bytes;

            /// Keeps what a memory holds now in its runner, to compare with later; at most 512 MiB
            /// that are not zero.
            "memory.snapshot" TakeSnapshot / take_snapshot {
                /// The export's name.
                memory: String,
                /// Which one is replaced.
                kind: SnapshotKind,
            } -> MemorySnapshot;

            /// What has changed since a snapshot, as far as a moment allows. The bytes are 16 for
            /// each range: the first 8 of the range as they were and as they are, zeros behind a
            /// range that is shorter.
            "memory.compare" CompareMemory / compare_memory {
                /// The export's name.
                memory: String,
                /// With which.
                kind: SnapshotKind,
                /// The first byte of the range.
                offset: Address,
                /// Bytes of the range; to the memory's end if it is longer.
                length: Address,
                /// The most ranges; 1000 at most.
                most: u32,
            } -> MemoryDifferences, gives_bytes;
        }
        workbench {}
    }

    /// The guest's own thread, one request after the other.
    ByGuest / ByGuestRequest takes_tab {
        page {
            /// Makes a memory larger, while no guest runs.
            "memory.grow" GrowMemory / grow_memory {
                /// The export's name.
                memory: String,
                /// By how many pages.
                by: u32,
            } -> Grown;

            /// Sets an exported global that is mutable. Gives the exports after it.
            "global.set" SetGlobal / set_global {
                /// The export's name.
                global: String,
                /// As text (see [`crate::value`]).
                value: String,
            } -> Exports;

            /// Sets an element of an exported table. Gives the exports after it.
            "table.set" SetElement / set_element {
                /// The export's name.
                table: String,
                /// Which element.
                index: u32,
                /// What to.
                entry: TableEntry,
            } -> Exports;

            /// Makes an exported table longer; the new elements are null. Gives the exports after
            /// it.
            "table.grow" GrowTable / grow_table {
                /// The export's name.
                table: String,
                /// By how many elements.
                delta: u32,
            } -> Exports;
        }

        workbench {
            /// Checks an artifact, sealed or of Wasmer's own kind, and maps its code. What was
            /// loaded before is dropped.
            Load / load {
                /// Its file.
                sealed: PathBuf,
                /// The payload's hash that the workbench expects, if it expects one.
                payload_hash: Option<String>,
                /// Our own compiler made it: the passport is signed by this data folder's hand.
                /// Then its hash is enough, and its layout is not gone through as well.
                own: bool,
            } -> Loaded;

            /// Makes an instance of what is loaded. What was instantiated before is dropped.
            Instantiate / instantiate {
                /// What the guest may take.
                limits: Limits,
                /// What a WASI program finds; `program` is always given.
                wasi: WasiSettings,
                /// What happens to function imports that nothing provides.
                unknown_imports: UnknownImports,
                /// What the host gives.
                host: Host,
            } -> Instantiated;

            /// Calls an exported function. Of a WASI command, `_start` ends with its exit status.
            Call / call {
                /// Its name.
                export: String,
                /// As text, one for each parameter (see [`crate::value`]).
                arguments: Vec<String>,
                /// Longest time in milliseconds; 0 is no limit.
                limit_ms: u32,
            } -> Called;

            /// Calls an exported function many times with the same arguments, and says every now
            /// and then how far that is.
            CallMany / call_many {
                /// Its name.
                export: String,
                /// As text, one for each parameter (see [`crate::value`]).
                arguments: Vec<String>,
                /// How often, at least once.
                times: u32,
                /// Longest time of each call in milliseconds; 0 is no limit.
                limit_ms: u32,
            } -> CalledMany;
        }
    }
}
