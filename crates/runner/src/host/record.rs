//! The record of host calls: the newest of them, written by the guest's thread without waiting and,
//! as a rule, without allocation, and read by the answering thread meanwhile.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use watshop_protocol::instance::{Calls, MOST_CALLS};
use watshop_protocol::page::{HostCall, HostCallEnd, Touched, ValueType};

use super::cells;
use clock::{Moment, Scale};
use ring::{Entry, KEPT, Pen, Ring};

mod clock;
mod ring;

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

/// How a call ended.
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

/// A range of a memory that a call read or wrote.
#[derive(Debug, Clone)]
pub struct Touch {
    /// The memory's name.
    pub memory: Arc<str>,
    /// The first byte.
    pub at: u64,
    /// How many bytes.
    pub length: u64,
    /// The first of them.
    pub bytes: Vec<u8>,
}

/// What a call touched of memories.
#[derive(Debug, Clone, Default)]
pub struct Touches {
    /// What it read.
    pub read: Vec<Touch>,
    /// What it wrote.
    pub wrote: Vec<Touch>,
    /// Memories that it may have read and written beyond that.
    pub unlisted: Vec<Arc<str>>,
}

// The mark of an entry: how it ended, and what else there is.
const ENDS: u16 = 0b11;
const RUNNING: u16 = 0;
const RETURNED: u16 = 1;
const EXITED: u16 = 2;
const TRAPPED: u16 = 3;
const REPLAYED: u16 = 1 << 2;
const HAS_MORE: u16 = 1 << 3;

/// What few calls have, and what finds no room among the words.
#[derive(Debug, Clone, Default)]
struct More {
    sequence: u64,
    words: Vec<u64>,
    message: Box<str>,
    touches: Touches,
}

/// The record of one runner process; emptied for each instance.
#[derive(Debug)]
pub struct Recorder {
    paused: AtomicBool,
    ring: Ring,
    /// Calls up to this sequence were forgotten.
    cleared: AtomicU64,
    rest: Mutex<Rest>,
}

#[derive(Debug)]
struct Rest {
    functions: Vec<Signature>,
    began: Moment,
    /// By their sequences.
    more: VecDeque<More>,
}

impl Default for Recorder {
    fn default() -> Self {
        let rest = Rest { functions: Vec::new(), began: Moment::now(), more: VecDeque::new() };
        Self {
            paused: AtomicBool::default(),
            ring: Ring::default(),
            cleared: AtomicU64::default(),
            rest: Mutex::new(rest),
        }
    }
}

impl Recorder {
    /// Begins anew. For the guest's thread, as all that writes.
    pub fn reset(&self, paused: bool) {
        self.pause(paused);
        let mut rest = self.lock();
        self.ring.reset();
        self.cleared.store(0, Ordering::Relaxed);
        *rest = Rest { functions: Vec::new(), began: Moment::now(), more: VecDeque::new() };
    }

    /// Turns recording off or on.
    pub fn pause(&self, paused: bool) {
        self.paused.store(paused, Ordering::Relaxed);
    }

    /// Learns of a function; its number here.
    pub fn add(&self, signature: Signature) -> u32 {
        let mut rest = self.lock();
        rest.functions.push(signature);
        (rest.functions.len() - 1) as u32
    }

    /// When a call begins; `None` where recording is off.
    #[inline]
    pub fn begin(&self) -> Option<u64> {
        (!self.paused.load(Ordering::Relaxed)).then(clock::ticks)
    }

    /// Begins to write down a call: what follows are its arguments.
    #[inline]
    pub fn open(&self, function: u32, at: u64) -> Pen<'_> {
        self.ring.open(function, at)
    }

    /// Goes on with a call that was written down when it began: what follows are its results.
    /// `None` where it is not kept any more.
    pub fn reopen(&self, sequence: u64) -> Option<Pen<'_>> {
        self.ring.reopen(sequence, clock::ticks())
    }

    /// Completes what was begun; the call's sequence.
    #[inline]
    pub fn close(
        &self,
        pen: &mut Pen<'_>,
        end: End,
        touches: Option<Touches>,
        replayed: bool,
    ) -> u64 {
        let sequence = pen.sequence;
        let mut mark = if replayed { REPLAYED } else { 0 };
        let mut message = None;
        mark |= match end {
            End::Running => RUNNING,
            End::Returned => RETURNED,
            End::Exited(code) => {
                pen.word(u64::from(code as u32));
                EXITED
            }
            End::Trapped(sentence) => {
                message = Some(sentence);
                TRAPPED
            }
        };
        let touches = touches.filter(|touches| !touches.is_empty());
        if message.is_some()
            || touches.is_some()
            || !pen.beyond.is_empty()
            || pen.mark & HAS_MORE != 0
        {
            mark |= HAS_MORE;
            let words = std::mem::take(&mut pen.beyond);
            self.add_more(
                sequence,
                words,
                message.unwrap_or_default(),
                touches.unwrap_or_default(),
            );
        }
        pen.finish(mark);
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
            Err(at) => all.insert(at, More { sequence, words, message, touches }),
        }
    }

    /// Forgets what was recorded.
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
        // After the entries: what more they have was put here before.
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
        let calls = entries
            .into_iter()
            .filter_map(|entry| {
                while more.front().is_some_and(|more| more.sequence < entry.sequence) {
                    more.pop_front();
                }
                let more = more.pop_front_if(|more| more.sequence == entry.sequence);
                // Where it has gone meanwhile, so has the call.
                (more.is_some() || entry.mark & HAS_MORE == 0)
                    .then(|| show(entry, more.unwrap_or_default(), &functions, scale))?
            })
            .collect();
        Calls { calls, last, total: last, dropped }
    }

    /// A panic while the lock is held leaves a record that is whole: each change is one push or
    /// pop.
    fn lock(&self) -> MutexGuard<'_, Rest> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn show(entry: Entry, more: More, functions: &[Signature], scale: Scale) -> Option<HostCall> {
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
    /// With the first bytes of it, at most so many.
    pub fn new(memory: &Arc<str>, at: u64, bytes: &[u8], most: usize) -> Self {
        let shown = &bytes[..bytes.len().min(most)];
        Self { memory: Arc::clone(memory), at, length: bytes.len() as u64, bytes: shown.to_vec() }
    }

    /// Puts another one behind it, where that is where it belongs.
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

    fn show(&self) -> Touched {
        let mut bytes = String::with_capacity(2 * self.bytes.len());
        for byte in &self.bytes {
            // Writing into a string cannot fail.
            let _ = write!(bytes, "{byte:02x}");
        }
        Touched {
            memory: self.memory.to_string(),
            at: self.at.to_string(),
            length: u32::try_from(self.length).unwrap_or(u32::MAX),
            bytes,
        }
    }
}

/// Of what was read, as many bytes are recorded.
pub const READ: usize = 64;

/// Of what was written; more, since it can be replayed.
pub const WROTE: usize = 4096;

/// Most ranges that one call is recorded to have read, and to have written.
const RANGES: usize = 64;

impl Touches {
    fn is_empty(&self) -> bool {
        self.read.is_empty() && self.wrote.is_empty() && self.unlisted.is_empty()
    }

    /// Notes that bytes were read.
    pub fn read(&mut self, memory: &Arc<str>, at: u64, bytes: &[u8]) {
        if !note(&mut self.read, Touch::new(memory, at, bytes, READ), READ) {
            self.unlisted(memory);
        }
    }

    /// Notes that bytes were written.
    pub fn wrote(&mut self, memory: &Arc<str>, at: u64, bytes: &[u8]) {
        if !note(&mut self.wrote, Touch::new(memory, at, bytes, WROTE), WROTE) {
            self.unlisted(memory);
        }
    }

    /// Notes that a memory may have been read and written in a way that is not seen.
    pub fn unlisted(&mut self, memory: &Arc<str>) {
        if !self.unlisted.contains(memory) {
            self.unlisted.push(Arc::clone(memory));
        }
    }
}

/// Whether there was room for it.
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
