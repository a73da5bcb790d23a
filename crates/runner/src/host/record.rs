//! The record of the newest host calls. The guest's thread writes it without waiting and, as a
//! rule, without allocation. The answering thread reads it meanwhile.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use watshop_protocol::bounds::MOST_CALLS;
use watshop_protocol::instance::Calls;
use watshop_protocol::page::{HostCall, HostCallEnd, MemoryTouch};
use watshop_protocol::value::ValueTypes;

use super::cells;
use crate::ticks::{self, Moment, Scale};
use ring::{KEPT, RecordWriter, Ring, RingEntry};

mod ring;

/// An imported function and its types.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The module name of the import.
    pub module: String,
    /// The name of the import in that module.
    pub name: String,
    /// The types of its parameters, in order.
    pub params: ValueTypes,
    /// The types of its results, in order.
    pub results: ValueTypes,
}

/// The end of a call.
#[derive(Debug, Clone)]
pub enum HostCallOutcome {
    /// The call has not ended yet.
    Running,
    /// The call returned. The words after those of the arguments are its results.
    Returned,
    /// The call ended the guest with this exit status.
    Exited(i32),
    /// The call trapped with this sentence.
    Trapped(Box<str>),
}

/// A range of a memory that a call read or wrote.
#[derive(Debug, Clone)]
pub struct Touch {
    /// The memory's name.
    pub memory: Arc<str>,
    /// The first byte.
    pub at: u64,
    /// The number of bytes.
    pub length: u64,
    /// The first of these bytes.
    pub bytes: Vec<u8>,
}

/// The ranges of memories that a call read or wrote.
#[derive(Debug, Clone, Default)]
pub struct Touches {
    /// The ranges that it read.
    pub read: Vec<Touch>,
    /// The ranges that it wrote.
    pub wrote: Vec<Touch>,
    /// The memories that it may have read and written beyond these ranges.
    pub unlisted: Vec<Arc<str>>,
}

/// The bytes of names and ranges after which an answer ends, if it has a call.
const MOST_READ: usize = 1 << 20;

// The mark of an entry: its end, and flags.
const ENDS: u16 = 0b11;
const RUNNING: u16 = 0;
const RETURNED: u16 = 1;
const EXITED: u16 = 2;
const TRAPPED: u16 = 3;
const REPLAYED: u16 = 1 << 2;
const HAS_MORE: u16 = 1 << 3;

/// The parts that few calls have, and the words that do not fit into the ring.
#[derive(Debug, Clone, Default)]
struct CallExtras {
    sequence: u64,
    words: Vec<u64>,
    message: Box<str>,
    touches: Touches,
}

/// The record of one runner process. It is emptied for each instance.
#[derive(Debug)]
pub struct Recorder {
    paused: AtomicBool,
    ring: Ring,
    /// The sequence of the last call that was forgotten.
    cleared: AtomicU64,
    rest: Mutex<RecordTables>,
}

#[derive(Debug)]
struct RecordTables {
    functions: Vec<Signature>,
    began: Moment,
    /// The parts of these calls, by their sequences.
    more: VecDeque<CallExtras>,
}

impl Default for Recorder {
    fn default() -> Self {
        let rest =
            RecordTables { functions: Vec::new(), began: Moment::now(), more: VecDeque::new() };
        Self {
            paused: AtomicBool::default(),
            ring: Ring::default(),
            cleared: AtomicU64::default(),
            rest: Mutex::new(rest),
        }
    }
}

impl Recorder {
    /// Empties the record. Only the guest's thread may call this, like every function that writes.
    pub fn reset(&self, paused: bool) {
        self.pause(paused);
        let mut rest = self.lock();
        self.ring.reset();
        self.cleared.store(0, Ordering::Relaxed);
        *rest = RecordTables { functions: Vec::new(), began: Moment::now(), more: VecDeque::new() };
    }

    /// Turns recording off or on.
    pub fn pause(&self, paused: bool) {
        self.paused.store(paused, Ordering::Relaxed);
    }

    /// Adds a function, and gives its number in the record.
    pub fn add(&self, signature: Signature) -> u32 {
        let mut rest = self.lock();
        rest.functions.push(signature);
        (rest.functions.len() - 1) as u32
    }

    /// The time at which a call begins. `None` while recording is off.
    #[inline]
    pub fn begin(&self) -> Option<u64> {
        (!self.paused.load(Ordering::Relaxed)).then(ticks::ticks)
    }

    /// Begins to record a call. The words that follow are its arguments.
    #[inline]
    pub fn open(&self, function: u32, at: u64) -> RecordWriter<'_> {
        self.ring.open(function, at)
    }

    /// Continues a call that was recorded when it began. The words that follow are its results.
    /// `None` if the call is not kept any more.
    pub fn reopen(&self, sequence: u64) -> Option<RecordWriter<'_>> {
        self.ring.reopen(sequence, ticks::ticks())
    }

    /// Completes an entry, and gives the call's sequence.
    #[inline]
    pub fn close(
        &self,
        writer: &mut RecordWriter<'_>,
        end: HostCallOutcome,
        touches: Option<Touches>,
        replayed: bool,
    ) -> u64 {
        let sequence = writer.sequence;
        let mut mark = if replayed { REPLAYED } else { 0 };
        let mut message = None;
        mark |= match end {
            HostCallOutcome::Running => RUNNING,
            HostCallOutcome::Returned => RETURNED,
            HostCallOutcome::Exited(code) => {
                writer.word(u64::from(code as u32));
                EXITED
            }
            HostCallOutcome::Trapped(sentence) => {
                message = Some(sentence);
                TRAPPED
            }
        };
        let touches = touches.filter(|touches| !touches.is_empty());
        if message.is_some()
            || touches.is_some()
            || !writer.beyond.is_empty()
            || writer.mark & HAS_MORE != 0
        {
            mark |= HAS_MORE;
            let words = std::mem::take(&mut writer.beyond);
            self.add_more(
                sequence,
                words,
                message.unwrap_or_default(),
                touches.unwrap_or_default(),
            );
        }
        writer.finish(mark);
        sequence
    }

    #[cold]
    fn add_more(&self, sequence: u64, words: Vec<u64>, message: Box<str>, touches: Touches) {
        let all = &mut self.lock().more;
        while all.front().is_some_and(|first| first.sequence + KEPT <= sequence) {
            all.pop_front();
        }
        match all.binary_search_by_key(&sequence, |more| more.sequence) {
            Ok(at) => {
                all[at].words.extend(words);
                (all[at].message, all[at].touches) = (message, touches);
            }
            Err(at) => all.insert(at, CallExtras { sequence, words, message, touches }),
        }
    }

    /// Forgets all calls.
    pub fn clear(&self) {
        let mut rest = self.lock();
        self.cleared.store(self.ring.last(), Ordering::Relaxed);
        rest.more.clear();
    }

    /// Calls with a higher sequence than `after`, oldest first.
    pub fn read(&self, after: u64, limit: u32) -> Calls {
        let last = self.ring.last();
        let dropped = self.cleared.load(Ordering::Relaxed).max(last.saturating_sub(KEPT));
        let first = dropped.max(after).saturating_add(1);
        let wanted = (first..=last).take(limit.min(MOST_CALLS) as usize);
        let entries: Vec<_> = wanted.filter_map(|sequence| self.ring.read(sequence)).collect();
        // These are read after the entries, because the writer adds them before it finishes an
        // entry.
        let (functions, scale, mut more) = {
            let rest = self.lock();
            let mut more = VecDeque::new();
            if let (Some(first), Some(last)) = (entries.first(), entries.last()) {
                let these = rest
                    .more
                    .iter()
                    .filter(|m| (first.sequence..=last.sequence).contains(&m.sequence));
                more.extend(these.cloned());
            }
            (rest.functions.clone(), rest.began.scale(), more)
        };
        // Ranges of memories and names can be long. The page asks for the rest.
        let mut bytes = 0;
        let calls = entries
            .into_iter()
            .filter_map(|entry| {
                while more.front().is_some_and(|more| more.sequence < entry.sequence) {
                    more.pop_front();
                }
                let more = more.pop_front_if(|more| more.sequence == entry.sequence);
                // If these parts have been dropped meanwhile, the call is left out.
                (more.is_some() || entry.mark & HAS_MORE == 0)
                    .then(|| show(entry, more.unwrap_or_default(), &functions, scale))?
            })
            .take_while(|call| {
                let room = bytes < MOST_READ;
                bytes += length_of(call);
                room
            })
            .collect();
        Calls { calls, last, total: last, dropped }
    }

    /// Locks the record. It is whole even after a panic, because each change is one push or pop.
    fn lock(&self) -> MutexGuard<'_, RecordTables> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn show(
    entry: RingEntry,
    more: CallExtras,
    functions: &[Signature],
    scale: Scale,
) -> Option<HostCall> {
    let signature = functions.get(entry.function as usize)?;
    let words = [entry.words, more.words].concat();
    let (arguments, results) = words.split_at(cells::width(&signature.params).min(words.len()));
    let ended = match entry.mark & ENDS {
        RUNNING => HostCallEnd::Running,
        RETURNED => HostCallEnd::Returned { results: cells::print(&signature.results, results) },
        EXITED => HostCallEnd::Exited { code: results.first().map_or(0, |word| *word as i32) },
        _ => HostCallEnd::Trapped { message: more.message.into() },
    };
    Some(HostCall {
        sequence: entry.sequence,
        at_ns: scale.since(entry.at).to_string(),
        took_ns: (entry.took > 0).then(|| scale.long(entry.took).to_string()),
        module: signature.module.clone(),
        name: signature.name.clone(),
        arguments: cells::print(&signature.params, arguments),
        ended,
        read: more.touches.read.iter().map(Touch::show).collect(),
        wrote: more.touches.wrote.iter().map(Touch::show).collect(),
        unlisted: more.touches.unlisted.iter().map(|memory| memory.to_string()).collect(),
        replayed: entry.mark & REPLAYED != 0,
    })
}

impl Touch {
    /// A range with its first bytes, at most `most` of them.
    pub fn new(memory: &Arc<str>, at: u64, bytes: &[u8], most: usize) -> Self {
        let shown = &bytes[..bytes.len().min(most)];
        Self { memory: Arc::clone(memory), at, length: bytes.len() as u64, bytes: shown.to_vec() }
    }

    /// Appends another range, if it follows in the same memory. Gives whether it does.
    fn extend(&mut self, next: &Self, most: usize) -> bool {
        let fits = self.memory == next.memory && self.at + self.length == next.at;
        if fits {
            if self.bytes.len() as u64 == self.length {
                let room = most.saturating_sub(self.bytes.len()).min(next.bytes.len());
                self.bytes.extend_from_slice(&next.bytes[..room]);
            }
            self.length += next.length;
        }
        fits
    }

    fn show(&self) -> MemoryTouch {
        let mut bytes = String::with_capacity(2 * self.bytes.len());
        for byte in &self.bytes {
            // Writing into a string cannot fail.
            let _ = write!(bytes, "{byte:02x}");
        }
        MemoryTouch {
            memory: self.memory.to_string(),
            at: self.at.to_string(),
            length: u32::try_from(self.length).unwrap_or(u32::MAX),
            bytes,
        }
    }
}

/// The most bytes of a range that are recorded if it was read.
pub const READ: usize = 64;

/// The most bytes of a range that are recorded if it was written. They are more, because they can
/// be replayed.
pub const WROTE: usize = 4096;

/// The most ranges that a call is recorded to have read, and to have written.
const RANGES: usize = 64;

impl Touches {
    fn is_empty(&self) -> bool {
        self.read.is_empty() && self.wrote.is_empty() && self.unlisted.is_empty()
    }

    /// Records that bytes were read.
    pub fn read(&mut self, memory: &Arc<str>, at: u64, bytes: &[u8]) {
        if !note(&mut self.read, Touch::new(memory, at, bytes, READ), READ) {
            self.unlisted(memory);
        }
    }

    /// Records that bytes were written.
    pub fn wrote(&mut self, memory: &Arc<str>, at: u64, bytes: &[u8]) {
        if !note(&mut self.wrote, Touch::new(memory, at, bytes, WROTE), WROTE) {
            self.unlisted(memory);
        }
    }

    /// Records that a memory may have been read and written unseen.
    pub fn unlisted(&mut self, memory: &Arc<str>) {
        if !self.unlisted.contains(memory) {
            self.unlisted.push(Arc::clone(memory));
        }
    }
}

/// The bytes of a call's names and ranges in an answer.
fn length_of(call: &HostCall) -> usize {
    let touched = call.read.iter().chain(&call.wrote);
    let touched: usize = touched.map(|touch| touch.memory.len() + touch.bytes.len()).sum();
    call.module.len() + call.name.len() + touched
}

/// Adds a range. Gives whether there was room for it.
fn note(to: &mut Vec<Touch>, touch: Touch, most: usize) -> bool {
    if to.last_mut().is_some_and(|last| last.extend(&touch, most)) {
        return true;
    }
    let room = to.len() < RANGES;
    if room {
        to.push(touch);
    }
    room
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
