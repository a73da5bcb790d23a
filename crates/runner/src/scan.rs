//! The thread that goes through whole memories and records, so that neither the guest nor the answering thread
//! waits for it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use watshop_protocol::say;

use watshop_child::Attachment;
use watshop_protocol::bounds::{MOST_BUCKETS, MOST_FOUND};
use watshop_protocol::instance::{
    ByScan, ByScanRequest, CompareMemory, FillMemory, MemoryDifferences, MemoryFound, MemoryPiece,
    MemoryRange, MemorySnapshot, MemoryWritten, ReadWasiCalls, SearchMemory, SurveyMemory,
    TakeSnapshot,
};
use watshop_protocol::page::{Error, ErrorCode, Result, WasiCallsView};

use crate::exports::SharedView;
use crate::memory_scan::overview;
use crate::memory_scan::search::{self, Starts};
use crate::memory_scan::snapshot::{self, Differences};
use crate::memory_scan::whole::WholeMemory;
use crate::stop::Stop;
use crate::threads::{self, Threads};
use crate::wasi::Timeline;

/// One request about all of a memory.
pub struct ScanJob {
    /// The number of the request.
    pub id: u32,
    /// The request.
    pub request: ByScanRequest,
    /// The bytes of the request.
    pub bytes: Attachment,
}

/// Starts the thread, which does one job after the other.
///
/// # Errors
///
/// The system gives no more threads.
pub fn start(of: &Threads) -> anyhow::Result<Sender<ScanJob>> {
    let (jobs, waiting) = channel();
    let (outbox, shown, stop) =
        (Arc::clone(&of.outbox), Arc::clone(&of.shown), Arc::clone(&of.stop));
    let timeline = Arc::clone(&of.timeline);
    threads::spawn("scan", move || {
        let waiting: Receiver<ScanJob> = waiting;
        let mut scan = Scanner { shown: &shown, stop: &stop, timeline: &timeline };
        for job in waiting {
            outbox.answer_now(job.id, job.request.answer(&mut scan, &job.bytes));
        }
    })?;
    Ok(jobs)
}

/// The error of a request for which the thread is missing.
pub fn ended_error() -> Error {
    Error::new(ErrorCode::RunnerCrashed, say!("The thread that goes through memories has ended."))
}

struct Scanner<'a> {
    timeline: &'a Timeline,
    shown: &'a SharedView,
    stop: &'a Stop,
}

impl ByScan for Scanner<'_> {
    fn fill_memory(&mut self, asked: FillMemory, bytes: &[u8]) -> Result<MemoryWritten> {
        let whole = WholeMemory::of(self.shown, &asked.memory)?;
        whole.fill(asked.offset.0, asked.length.0, bytes)?;
        Ok(MemoryWritten { pages: whole.pages(), running: self.stop.busy() })
    }

    fn search_memory(&mut self, asked: SearchMemory, bytes: &[u8]) -> Result<MemoryFound> {
        let whole = WholeMemory::of(self.shown, &asked.memory)?;
        let starts = Starts { start: asked.start.0, end: asked.end.0, backwards: asked.backwards };
        let (found, next) =
            search::search(&whole, bytes, &starts, bounded(asked.most, MOST_FOUND))?;
        let found = found.into_iter().map(Into::into).collect();
        Ok(MemoryFound { pages: whole.pages(), found, next: next.map(Into::into) })
    }

    fn read_wasi_calls(&mut self, asked: ReadWasiCalls) -> Result<WasiCallsView> {
        Ok(self.timeline.read(&asked.filter, asked.from, asked.limit))
    }

    fn survey_memory(&mut self, asked: SurveyMemory) -> Result<(MemoryPiece, Vec<u8>)> {
        let whole = WholeMemory::of(self.shown, &asked.memory)?;
        let most = bounded(asked.most, MOST_BUCKETS);
        let hashes = overview::survey(&whole, asked.offset.0, asked.bucket.0, most)?;
        Ok((MemoryPiece { pages: whole.pages() }, hashes))
    }

    fn take_snapshot(&mut self, asked: TakeSnapshot) -> Result<MemorySnapshot> {
        let taken = snapshot::take(self.shown, &asked.memory, asked.kind)?;
        Ok(MemorySnapshot { pages: taken.pages(), kept: taken.kept() })
    }

    fn compare_memory(&mut self, asked: CompareMemory) -> Result<(MemoryDifferences, Vec<u8>)> {
        let before = snapshot::find(self.shown, &asked.memory, asked.kind)?;
        let whole = WholeMemory::of(self.shown, &asked.memory)?;
        let most = bounded(asked.most, MOST_FOUND);
        let Differences { ranges, next } =
            snapshot::compare(&whole, &before, asked.offset.0, asked.length.0, most)?;
        let bytes = snapshot::tell(&whole, &before, &ranges)?;
        let range = |(offset, length): (u64, u64)| MemoryRange {
            offset: offset.into(),
            length: length.into(),
        };
        let ranges = ranges.into_iter().map(range).collect();
        Ok((MemoryDifferences { pages: whole.pages(), ranges, next: next.map(Into::into) }, bytes))
    }
}

fn bounded(wanted: u32, most: u32) -> usize {
    wanted.clamp(1, most) as usize
}
