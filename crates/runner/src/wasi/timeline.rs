//! The record of the newest calls of WASI. The guest's thread writes it, and another thread reads it
//! in short pieces, so that the guest waits a few microseconds at most.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use watshop_protocol::bounds::{MOST_CALLS, MOST_KEPT_WASI_CALLS};
use watshop_protocol::page::{WasiCall, WasiCallCount, WasiCallEnd, WasiCallFilter, WasiCallsView};
use watshop_protocol::wasi::FUNCTIONS;
use watshop_wasi::Errno;

use super::capture::{Capture, End};
use super::decode;
use crate::ticks::{Moment, Scale};

/// The number of calls that are kept.
const KEPT: u64 = MOST_KEPT_WASI_CALLS as u64;

/// The number of calls that are copied while the record is locked.
const AT_ONCE: u64 = 256;

/// The record of one runner process. It is emptied for each instance.
#[derive(Default)]
pub struct Timeline {
    on: AtomicBool,
    kept: Mutex<Kept>,
}

struct Kept {
    /// The newest calls. The call of sequence `n` is at `(n - 1) % KEPT`.
    #[expect(
        clippy::vec_box,
        reason = "a call changes places with the one that it follows, uncopied"
    )]
    ring: Vec<Box<Entry>>,
    /// The sequence of the newest call, or 0.
    last: u64,
    /// The sequence of the newest call that was forgotten.
    cleared: u64,
    counts: Vec<Count>,
    began: Moment,
}

/// A call and its times.
#[derive(Clone)]
pub struct Entry {
    /// The call.
    pub capture: Capture,
    /// Its beginning, in ticks.
    pub at: u64,
    /// Its duration, in ticks; `None` if it runs.
    pub took: Option<u64>,
}

/// The place of the first of some calls, the number of all that pass the filter, and these calls.
type Found = (u32, u32, VecDeque<(u64, Entry)>);

#[derive(Clone, Copy, Default)]
struct Count {
    calls: u64,
    failed: u64,
    ticks: u64,
}

impl Default for Kept {
    fn default() -> Self {
        let counts = vec![Count::default(); FUNCTIONS.len()];
        Self { ring: Vec::new(), last: 0, cleared: 0, counts, began: Moment::now() }
    }
}

impl Timeline {
    /// Empties the record for a new instance.
    pub fn reset(&self, on: bool) {
        self.record(on);
        *self.lock() = Kept::default();
    }

    /// Turns recording on or off.
    pub fn record(&self, on: bool) {
        self.on.store(on, Ordering::Relaxed);
    }

    /// Returns true while calls are recorded.
    #[inline]
    pub fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }

    /// Adds a call that has begun and may wait, and gives its sequence. `None` if nothing is
    /// recorded.
    pub fn open(&self, entry: &Entry) -> Option<u64> {
        self.is_on().then(|| {
            let mut kept = self.lock();
            kept.push(Box::new(entry.clone()));
            kept.last
        })
    }

    /// Adds a call that has ended, or ends the one of this sequence. It gives back a place for
    /// another call, if there is one.
    pub fn add(&self, mut entry: Box<Entry>, sequence: Option<u64>) -> Option<Box<Entry>> {
        if sequence.is_none() && !self.is_on() {
            return Some(entry);
        }
        let mut kept = self.lock();
        if let Some(count) = kept.counts.get_mut(entry.capture.known.index) {
            count.calls += 1;
            count.failed += u64::from(entry.capture.end.is_failure());
            count.ticks += entry.took.unwrap_or(0);
        }
        let Some(sequence) = sequence else { return kept.push(entry) };
        if let Some(place) = kept.ring.get_mut(place(sequence)) {
            std::mem::swap(place, &mut entry);
        }
        Some(entry)
    }

    /// Forgets all calls and their counts.
    pub fn clear(&self) {
        let mut kept = self.lock();
        kept.cleared = kept.last;
        kept.counts.fill(Count::default());
    }

    /// The calls that pass a filter, without the first `from` of them; the newest if that is `None`.
    pub fn read(&self, filter: &WasiCallFilter, from: Option<u32>, limit: u32) -> WasiCallsView {
        let limit = limit.clamp(1, MOST_CALLS) as usize;
        let (range, total, counts, scale) = {
            let kept = self.lock();
            (kept.range(), kept.last, kept.counts.clone(), kept.began.scale())
        };
        let (first, found, calls) = match *filter == WasiCallFilter::default() {
            true => self.window(range, from, limit),
            false => self.search(range, filter, from, limit),
        };
        let calls = calls.into_iter().map(|(sequence, entry)| entry.show(sequence, scale));
        WasiCallsView {
            generation: 0,
            calls: calls.collect(),
            first,
            found,
            total,
            dropped: range.0 - 1,
            counts: show_counts(&counts, scale),
        }
    }

    /// The calls of a window, with the place of the first and the number of all.
    fn window(&self, (start, end): (u64, u64), from: Option<u32>, limit: usize) -> Found {
        let all = end - start;
        let limit = (limit as u64).min(all);
        let first = from.map_or(all - limit, u64::from).min(all);
        let wanted = start + first..(start + first + limit).min(end);
        let calls = self.copy(wanted, &WasiCallFilter::default());
        (first as u32, all as u32, calls.into())
    }

    /// The calls that pass a filter, as [`Self::window`] gives them.
    fn search(
        &self,
        (start, end): (u64, u64),
        filter: &WasiCallFilter,
        from: Option<u32>,
        limit: usize,
    ) -> Found {
        let letters = filter.letters.to_lowercase();
        let (mut found, mut calls) = (0, VecDeque::new());
        let mut next = start;
        while next < end {
            let chunk = self.copy(next..end.min(next + AT_ONCE), filter);
            next += AT_ONCE;
            for (sequence, entry) in chunk {
                if !letters.is_empty()
                    && !entry.capture.in_words().to_lowercase().contains(&letters)
                {
                    continue;
                }
                match from {
                    None if calls.len() == limit => {
                        calls.pop_front();
                        calls.push_back((sequence, entry));
                    }
                    Some(from) if found < from || calls.len() == limit => {}
                    _ => calls.push_back((sequence, entry)),
                }
                found += 1;
            }
        }
        let first = from.unwrap_or(found - calls.len() as u32).min(found);
        (first, found, calls)
    }

    /// Copies the kept calls of these sequences that may pass a filter.
    fn copy(&self, wanted: Range<u64>, filter: &WasiCallFilter) -> Vec<(u64, Entry)> {
        let kept = self.lock();
        let (first, end) = kept.range();
        let entries = (wanted.start.max(first)..wanted.end.min(end)).filter_map(|sequence| {
            let entry = kept.ring.get(place(sequence))?;
            let Capture { known, end, .. } = &entry.capture;
            let passes = (filter.name.is_empty() || known.function.name == filter.name)
                && (!filter.failed || end.is_failure());
            passes.then(|| (sequence, Entry::clone(entry)))
        });
        entries.collect()
    }

    /// Locks the record. It is whole even after a panic, because each change is one assignment.
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn place(sequence: u64) -> usize {
    ((sequence - 1) % KEPT) as usize
}

impl Kept {
    /// Adds a call, and gives back the one whose place it takes.
    fn push(&mut self, mut entry: Box<Entry>) -> Option<Box<Entry>> {
        self.last += 1;
        if let Some(place) = self.ring.get_mut(place(self.last)) {
            std::mem::swap(place, &mut entry);
            return Some(entry);
        }
        self.ring.push(entry);
        None
    }

    /// The sequence of the first call that is kept, and the one behind the last.
    fn range(&self) -> (u64, u64) {
        let gone = self.cleared.max(self.last.saturating_sub(KEPT));
        (gone + 1, self.last + 1)
    }
}

impl Entry {
    fn show(self, sequence: u64, scale: Scale) -> WasiCall {
        let Self { capture, at, took } = self;
        WasiCall {
            sequence,
            at_ns: scale.since(at).to_string(),
            took_ns: took.map(|took| scale.long(took).to_string()),
            name: capture.known.function.name.to_owned(),
            arguments: capture.words(),
            ended: capture.show_end(),
            rule: (capture.rule > 0).then_some(capture.rule.into()),
            ranges: capture.ranges(),
        }
    }
}

impl Capture {
    fn show_end(&self) -> WasiCallEnd {
        match self.end {
            End::Running => WasiCallEnd::Running,
            End::Returned(Errno::SUCCESS) => {
                WasiCallEnd::Done { results: self.results().trim_start().to_owned() }
            }
            End::Returned(errno) => {
                let (errno, about) = decode::errno(errno);
                WasiCallEnd::Failed { errno, about }
            }
            End::Exited(status) => WasiCallEnd::Exited { status },
            End::Stopped => WasiCallEnd::Stopped,
            End::NoMemory => WasiCallEnd::NoMemory,
        }
    }

    /// All that a search looks through.
    fn in_words(&self) -> String {
        let end = match self.end {
            End::Returned(Errno::SUCCESS) => self.results(),
            End::Returned(errno) => decode::errno(errno).0,
            _ => String::new(),
        };
        format!("{}({}) {end}", self.known.function.name, self.words())
    }
}

fn show_counts(counts: &[Count], scale: Scale) -> Vec<WasiCallCount> {
    let mut called: Vec<_> =
        FUNCTIONS.iter().zip(counts).filter(|(_, count)| count.calls > 0).collect();
    called.sort_by_key(|(_, count)| std::cmp::Reverse(count.ticks));
    let show = |(function, count): (&watshop_protocol::wasi::Function, &Count)| WasiCallCount {
        name: function.name.to_owned(),
        calls: count.calls,
        failed: count.failed,
        took_ns: scale.long(count.ticks).to_string(),
    };
    called.into_iter().map(show).collect()
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
