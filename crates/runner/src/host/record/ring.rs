//! The newest calls as words of 64 bits, in places that are used again and again.
//!
//! Only the guest's thread writes. Any other thread may read meanwhile, and no thread ever waits.
//! Each place has the sequence of its call, and 0 while it is written. A reader that finds the same
//! sequence before and after the rest has read one call and not a mixture. This is a sequence lock.
//! All its parts are atomics, so that nothing of it is undefined.

use std::sync::OnceLock;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicU64, fence};

use watshop_protocol::bounds::MOST_KEPT_CALLS;

/// The number of calls that are kept.
pub const KEPT: u64 = MOST_KEPT_CALLS as u64;

/// The words of one call that have room in a place. The others are kept elsewhere.
const WORDS: usize = 12;

/// The number of places that are made at once, when the first of them is needed.
const CHUNK: usize = 256;

/// The number of chunks that [`KEPT`] needs.
const CHUNKS: usize = (KEPT as usize).div_ceil(CHUNK);

/// The number of times that a reader looks at a place that is being written.
const ATTEMPTS: usize = 1000;

/// The place of one call. `what` has the bits `function | count << 32 | mark << 48`.
#[derive(Debug, Default)]
struct RingSlot {
    sequence: AtomicU64,
    what: AtomicU64,
    at: AtomicU64,
    took: AtomicU64,
    words: [AtomicU64; WORDS],
}

/// All places.
#[derive(Debug)]
pub struct Ring {
    chunks: [OnceLock<Box<[RingSlot]>>; CHUNKS],
    /// The sequence of the newest call.
    last: AtomicU64,
}

/// A copy of a call.
#[derive(Debug, PartialEq, Eq)]
pub struct RingEntry {
    /// The call's sequence, from 1.
    pub sequence: u64,
    /// The number of the function.
    pub function: u32,
    /// The mark of the writer.
    pub mark: u16,
    /// The time of its beginning, in ticks.
    pub at: u64,
    /// Its duration in ticks. 0 if it is not known.
    pub took: u64,
    /// The words that had room.
    pub words: Vec<u64>,
}

/// Writes one call. It cannot be read before [`RecordWriter::finish`].
pub struct RecordWriter<'a> {
    ring: &'a Ring,
    place: &'a RingSlot,
    /// The sequence of the call.
    pub sequence: u64,
    function: u32,
    count: usize,
    /// The mark that the call had before.
    pub mark: u16,
    /// The words that had no room.
    pub beyond: Vec<u64>,
}

impl Default for Ring {
    fn default() -> Self {
        Self { chunks: [const { OnceLock::new() }; CHUNKS], last: AtomicU64::new(0) }
    }
}

impl Ring {
    /// The sequence of the newest call. 0 if there is none.
    pub fn last(&self) -> u64 {
        self.last.load(Acquire)
    }

    /// Starts again with the sequence 1. Only the writing thread may call this.
    pub fn reset(&self) {
        for place in self.chunks.iter().filter_map(OnceLock::get).flatten() {
            place.sequence.store(0, Release);
        }
        self.last.store(0, Release);
    }

    #[inline]
    fn place(&self, sequence: u64) -> &RingSlot {
        let (chunk, number) = whereabouts(sequence);
        &self.chunks[chunk].get_or_init(|| (0..CHUNK).map(|_| RingSlot::default()).collect())
            [number]
    }

    /// Begins to write the next call. Only the writing thread may call this.
    #[inline]
    pub fn open(&self, function: u32, at: u64) -> RecordWriter<'_> {
        let sequence = self.last.load(Relaxed) + 1;
        let place = self.place(sequence);
        place.close();
        place.at.store(at, Relaxed);
        place.took.store(0, Relaxed);
        RecordWriter {
            ring: self,
            place,
            sequence,
            function,
            count: 0,
            mark: 0,
            beyond: Vec::new(),
        }
    }

    /// Continues a call, if it is still there. Sets its duration up to now, and takes more words.
    pub fn reopen(&self, sequence: u64, now: u64) -> Option<RecordWriter<'_>> {
        let place = self.place(sequence);
        if place.sequence.load(Relaxed) != sequence {
            return None;
        }
        place.close();
        let what = place.what.load(Relaxed);
        place.took.store(now.saturating_sub(place.at.load(Relaxed)).max(1), Relaxed);
        let (count, mark) = (usize::from((what >> 32) as u16), (what >> 48) as u16);
        Some(RecordWriter {
            ring: self,
            place,
            sequence,
            function: what as u32,
            count,
            mark,
            beyond: Vec::new(),
        })
    }

    /// A copy of a call, if it is still there.
    pub fn read(&self, sequence: u64) -> Option<RingEntry> {
        let (chunk, number) = whereabouts(sequence);
        let place = &self.chunks[chunk].get()?[number];
        for _ in 0..ATTEMPTS {
            match place.sequence.load(Acquire) {
                0 => std::thread::yield_now(),
                there if there == sequence => {
                    let entry = place.copy(sequence);
                    fence(Acquire);
                    if place.sequence.load(Relaxed) == sequence {
                        return Some(entry);
                    }
                }
                _ => return None,
            }
        }
        None
    }
}

/// The chunk of a call, and its number in the chunk.
#[inline]
fn whereabouts(sequence: u64) -> (usize, usize) {
    let number = (sequence % (CHUNKS * CHUNK) as u64) as usize;
    (number / CHUNK, number % CHUNK)
}

impl RingSlot {
    /// Marks the place as one that is being written.
    #[inline]
    fn close(&self) {
        self.sequence.store(0, Relaxed);
        fence(Release);
    }

    fn copy(&self, sequence: u64) -> RingEntry {
        let what = self.what.load(Relaxed);
        let count = usize::from((what >> 32) as u16).min(WORDS);
        RingEntry {
            sequence,
            function: what as u32,
            mark: (what >> 48) as u16,
            at: self.at.load(Relaxed),
            took: self.took.load(Relaxed),
            words: self.words[..count].iter().map(|word| word.load(Relaxed)).collect(),
        }
    }
}

impl RecordWriter<'_> {
    /// Adds a word.
    #[inline]
    pub fn word(&mut self, word: u64) {
        match self.place.words.get(self.count) {
            Some(place) => place.store(word, Relaxed),
            None => self.beyond.push(word),
        }
        self.count += 1;
    }

    /// Lets other threads read the call.
    #[inline]
    pub fn finish(&mut self, mark: u16) {
        let count = self.count.min(usize::from(u16::MAX)) as u64;
        self.place
            .what
            .store(u64::from(self.function) | count << 32 | u64::from(mark) << 48, Relaxed);
        self.place.sequence.store(self.sequence, Release);
        if self.sequence > self.ring.last.load(Relaxed) {
            self.ring.last.store(self.sequence, Release);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn a_call_is_read_as_it_was_written_and_words_without_room_are_left() {
        let ring = Ring::default();
        let mut writer = ring.open(7, 100);
        (0..15).for_each(|word| writer.word(word));
        assert_eq!(writer.beyond, [12, 13, 14]);
        writer.finish(3);
        let entry = ring.read(1).unwrap();
        assert_eq!((entry.function, entry.mark, entry.at, entry.took), (7, 3, 100, 0));
        assert_eq!(entry.words, (0..12).collect::<Vec<_>>());
        assert!(ring.read(2).is_none() && ring.read(300).is_none());
        ring.reset();
        assert!(ring.read(1).is_none());
    }

    #[test]
    fn who_reads_while_another_writes_reads_whole_calls() {
        let ring = Ring::default();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for n in 1..=300_000 {
                    let mut writer = ring.open(n as u32, n);
                    (0..4).for_each(|_| writer.word(n));
                    writer.finish(0);
                }
                done.store(true, Release);
            });
            let mut seen = 0_u64;
            loop {
                let over = done.load(Acquire);
                let last = ring.last();
                for n in last.saturating_sub(50).max(1)..=last {
                    let Some(entry) = ring.read(n) else { continue };
                    seen += 1;
                    assert_eq!((entry.at, u64::from(entry.function)), (n, n));
                    assert_eq!(entry.words, [n; 4]);
                }
                if over {
                    break;
                }
            }
            assert!(seen > 0);
        });
        assert_eq!(ring.last(), 300_000);
        assert!(ring.read(300_000 - KEPT + 1).is_some());
    }
}
