//! The record of host calls: the newest of them, kept cheaply while the guest runs, and read by the
//! answering thread meanwhile.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use watshop_protocol::page::{HostCall, HostCallEnd, Touched, ValueType};
use watshop_protocol::process::runner::Answer;

use super::cells::{self, Words};

/// How many calls are kept.
pub const KEPT: usize = 10_000;

/// Most calls in one answer.
const MOST: usize = 1000;

/// The types of an imported function.
#[derive(Debug, Clone)]
pub struct Signature {
    /// Namespace.
    pub module: String,
    /// Name in it.
    pub name: String,
    /// In order.
    pub params: Vec<ValueType>,
    /// In order.
    pub results: Vec<ValueType>,
}

/// How a call ended, as it is kept.
#[derive(Debug, Clone)]
pub enum End {
    /// Not yet.
    Running,
    /// The words after those of the arguments are its results.
    Returned,
    /// With a code.
    Exited(i32),
    /// With a sentence.
    Trapped(Box<str>),
}

/// What a call touched of memories.
#[derive(Debug, Clone, Default)]
pub struct Touches {
    /// What it read.
    pub read: Vec<Touched>,
    /// What it wrote.
    pub wrote: Vec<Touched>,
}

#[derive(Debug, Clone)]
struct Entry {
    function: u32,
    replayed: bool,
    at_ns: u64,
    took_ns: Option<u64>,
    words: Words,
    end: End,
    touches: Option<Box<Touches>>,
}

/// The record of one runner process; emptied for each instance.
#[derive(Debug, Default)]
pub struct Recorder {
    paused: AtomicBool,
    log: Mutex<Log>,
}

#[derive(Debug, Default)]
struct Log {
    functions: Vec<Signature>,
    entries: VecDeque<Entry>,
    /// Of the newest entry.
    last: u64,
}

/// A call that is about to be written down.
#[derive(Debug)]
pub struct Begun {
    /// When, in nanoseconds since the store was made.
    pub at_ns: u64,
    /// Its arguments, and then its results.
    pub words: Words,
}

impl Recorder {
    /// Begins anew.
    pub fn reset(&self, paused: bool) {
        self.pause(paused);
        *self.lock() = Log { entries: VecDeque::with_capacity(64), ..Log::default() };
    }

    /// Turns recording off or on.
    pub fn pause(&self, paused: bool) {
        self.paused.store(paused, Ordering::Relaxed);
    }

    /// Learns of a function; its number here.
    pub fn add(&self, signature: Signature) -> u32 {
        let mut log = self.lock();
        log.functions.push(signature);
        (log.functions.len() - 1) as u32
    }

    /// What a call needs to be written down; `None` where recording is off.
    #[inline]
    pub fn begin(&self, began: Instant) -> Option<Begun> {
        if self.paused.load(Ordering::Relaxed) {
            return None;
        }
        let at_ns = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        Some(Begun { at_ns, words: Words::new() })
    }

    /// Writes down a call that has ended, or that has begun.
    pub fn push(
        &self,
        function: u32,
        call: Begun,
        end: End,
        touches: Option<Touches>,
        replayed: bool,
    ) -> u64 {
        let Begun { at_ns, words } = call;
        let touches = touches.map(Box::new);
        let mut log = self.lock();
        if log.entries.len() >= KEPT {
            log.entries.pop_front();
        }
        log.entries.push_back(Entry { function, replayed, at_ns, took_ns: None, words, end, touches });
        log.last += 1;
        log.last
    }

    /// Completes a call that was written down when it began; one that was dropped meanwhile stays so.
    pub fn close(&self, sequence: u64, results: &[u64], end: End, touches: Touches, now_ns: u64) {
        let mut log = self.lock();
        let first = log.first();
        let index = sequence.checked_sub(first).and_then(|index| usize::try_from(index).ok());
        let Some(entry) = index.and_then(|index| log.entries.get_mut(index)) else { return };
        entry.words.extend_from_slice(results);
        entry.end = end;
        entry.took_ns = Some(now_ns.saturating_sub(entry.at_ns));
        let touched = !touches.read.is_empty() || !touches.wrote.is_empty();
        entry.touches = touched.then(|| Box::new(touches));
    }

    /// Forgets what was recorded.
    pub fn clear(&self) {
        self.lock().entries.clear();
    }

    /// Calls with a higher sequence than `after`, oldest first.
    pub fn read(&self, after: u64, limit: u32) -> Answer {
        // Copied, so that the guest does not wait while text is made.
        let (functions, entries, first, last) = {
            let log = self.lock();
            let first = log.first().max(after.saturating_add(1));
            let skipped = usize::try_from(first - log.first()).unwrap_or(usize::MAX);
            let entries: Vec<_> =
                log.entries.iter().skip(skipped).take(MOST.min(limit as usize)).cloned().collect();
            (log.functions.clone(), entries, first, log.last)
        };
        let calls =
            entries.into_iter().zip(first..).filter_map(|(entry, n)| entry.show(n, &functions)).collect();
        Answer::Calls { calls, last, total: last, dropped: self.dropped() }
    }

    fn dropped(&self) -> u64 {
        let log = self.lock();
        log.last - log.entries.len() as u64
    }

    /// A panic while the lock is held leaves a log that is whole: an entry is there or not.
    fn lock(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log {
    /// The sequence of the oldest entry there is, or would be.
    fn first(&self) -> u64 {
        self.last + 1 - self.entries.len() as u64
    }
}

impl Entry {
    fn show(self, sequence: u64, functions: &[Signature]) -> Option<HostCall> {
        let signature = functions.get(self.function as usize)?;
        let split = cells::width(&signature.params).min(self.words.len());
        let (arguments, results) = self.words.split_at(split);
        let touches = self.touches.map(|touches| *touches).unwrap_or_default();
        Some(HostCall {
            sequence,
            at_ns: self.at_ns.to_string(),
            took_ns: self.took_ns.map(|took| took.to_string()),
            module: signature.module.clone(),
            name: signature.name.clone(),
            arguments: cells::print(&signature.params, arguments),
            ended: match self.end {
                End::Running => HostCallEnd::Running,
                End::Returned => HostCallEnd::Returned { results: cells::print(&signature.results, results) },
                End::Exited(code) => HostCallEnd::Exited { code },
                End::Trapped(message) => HostCallEnd::Trapped { message: message.into() },
            },
            read: touches.read,
            wrote: touches.wrote,
            replayed: self.replayed,
        })
    }
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
