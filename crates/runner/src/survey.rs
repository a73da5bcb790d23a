//! The thread that goes through whole memories, so that neither the guest nor the answering thread waits for it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::process::runner::{Answer, Request};

use crate::exports::Shown;
use crate::memory::overview;
use crate::memory::search::{self, Starts};
use crate::memory::snapshot::{self, Differences};
use crate::memory::whole::Whole;
use crate::stop::Stop;
use crate::threads::{self, Threads};

/// The most places or ranges in one answer.
const MOST_FOUND: u32 = 1000;

/// The most buckets in one answer.
const MOST_BUCKETS: u32 = 4096;

/// One request about all of a memory.
pub struct Job {
    /// Of the request.
    pub id: u32,
    /// `FillMemory`, `SearchMemory`, `SurveyMemory`, `TakeSnapshot` or `CompareMemory`.
    pub request: Request,
    /// Those that came with it.
    pub bytes: Vec<u8>,
}

/// Starts the thread; it does one job after the other.
///
/// # Errors
///
/// Where the system gives no more threads.
pub fn start(of: &Threads) -> anyhow::Result<Sender<Job>> {
    let (jobs, waiting) = channel();
    let (outbox, shown, stop) = (Arc::clone(&of.outbox), Arc::clone(&of.shown), Arc::clone(&of.stop));
    threads::spawn("survey", move || {
        let waiting: Receiver<Job> = waiting;
        for job in waiting {
            outbox.answer_now(job.id, answer(&shown, &stop, job.request, &job.bytes));
        }
    })?;
    Ok(jobs)
}

/// The error where the thread has ended.
pub fn gone() -> Error {
    Error::new(ErrorCode::RunnerCrashed, "The thread that goes through memories has ended.")
}

fn answer(shown: &Shown, stop: &Stop, request: Request, bytes: &[u8]) -> Result<(Answer, Vec<u8>)> {
    match request {
        Request::FillMemory { memory, offset, length } => {
            let whole = Whole::of(shown, &memory)?;
            whole.fill(offset, length, bytes)?;
            Ok((Answer::Written { pages: whole.pages(), running: stop.busy() }, Vec::new()))
        }
        Request::SearchMemory { memory, start, end, backwards, most } => {
            let whole = Whole::of(shown, &memory)?;
            let starts = Starts { start, end, backwards };
            let (found, next) = search::search(&whole, bytes, &starts, most.clamp(1, MOST_FOUND) as usize)?;
            Ok((Answer::Found { pages: whole.pages(), found, next }, Vec::new()))
        }
        Request::SurveyMemory { memory, offset, bucket, most } => {
            let whole = Whole::of(shown, &memory)?;
            let hashes = overview::survey(&whole, offset, bucket, most.clamp(1, MOST_BUCKETS) as usize)?;
            Ok((Answer::Memory { pages: whole.pages() }, hashes))
        }
        Request::TakeSnapshot { memory, kind } => {
            let taken = snapshot::take(shown, &memory, kind)?;
            Ok((Answer::Kept { pages: taken.pages(), bytes: taken.kept() }, Vec::new()))
        }
        Request::CompareMemory { memory, kind, offset, length, most } => {
            let before = snapshot::find(shown, &memory, kind)?;
            let whole = Whole::of(shown, &memory)?;
            let most = most.clamp(1, MOST_FOUND) as usize;
            let Differences { ranges, next } = snapshot::compare(&whole, &before, offset, length, most)?;
            let told = snapshot::tell(&whole, &before, &ranges)?;
            Ok((Answer::Compared { pages: whole.pages(), ranges, next }, told))
        }
        _ => Err(Error::new(ErrorCode::BadRequest, "This request is not one about all of a memory.")),
    }
}
