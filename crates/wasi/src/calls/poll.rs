//! `poll_oneoff`: waiting for time and for descriptors.

use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use super::Call;
use crate::Generation;
use crate::clock::{Clock, ClockKind};
use crate::descriptors::{Descriptors, What};
use crate::errno::{Errno, WasiResult};
use crate::file::{Ready, Result};

/// Most that a program waits for at once.
const MOST: u32 = 4096;

/// The places of a subscription's parts, in bytes (`__wasi_subscription_t` of each generation).
#[derive(Clone, Copy)]
struct Layout {
    size: u32,
    clock: usize,
    timeout: usize,
    flags: usize,
}

/// The clocks of snapshot 0 have a name of their own first.
const SNAPSHOT0: Layout = Layout { size: 56, clock: 24, timeout: 32, flags: 48 };

const PREVIEW1: Layout = Layout { size: 48, clock: 16, timeout: 24, flags: 40 };

const EVENT: u32 = 32;
/// The place of the descriptor in a subscription to one, in both.
const DESCRIPTOR: usize = 16;
const TAG: usize = 8;
const CLOCK: u8 = 0;
const READ: u8 = 1;
const WRITE: u8 = 2;
const ABSOLUTE: u8 = 1;
/// The flag of an event whose other end is gone.
const HANGUP: u16 = 1;

/// Something that has happened.
struct Event {
    user: [u8; 8],
    tag: u8,
    error: Errno,
    ready: Option<Ready>,
}

/// The time at which a clock is due; `None` is never.
type Due = Option<Instant>;

impl Call<'_> {
    /// Waits until one of the subscriptions has happened.
    ///
    /// # Errors
    ///
    /// `INVAL` if there is nothing to wait for, or more than 4096 things; `FAULT`;
    /// [`crate::WasiFailure::Stopped`].
    pub fn poll_oneoff(
        &mut self,
        subscriptions: u32,
        events: u32,
        count: u32,
        happened: u32,
    ) -> WasiResult {
        let layout = match self.generation {
            Generation::Snapshot0 => SNAPSHOT0,
            Generation::Preview1 => PREVIEW1,
        };
        if !(1..=MOST).contains(&count) {
            return Err(Errno::INVAL.into());
        }
        self.memory.check_list(subscriptions, count, layout.size)?;
        self.memory.check_list(events, count, EVENT)?;
        self.memory.bytes(happened, 4)?;
        let list = self.memory.bytes(subscriptions, count * layout.size)?.to_vec();
        let list: Vec<_> = list.chunks_exact(layout.size as usize).collect();
        if list.iter().any(|subscription| subscription[TAG] > WRITE) {
            return Err(Errno::INVAL.into());
        }
        let clock = self.process.clock.as_ref();
        let dues: Vec<_> = list.iter().map(|one| due(one, clock, layout)).collect();
        let first = dues.iter().filter_map(|due| due.as_ref().ok().copied().flatten()).min();
        let ready = loop {
            let ready = ready(&self.process.descriptors, &list, &dues);
            if !ready.is_empty() {
                break ready;
            }
            let waited = waited_for(&self.process.descriptors, &list);
            self.process.pause.wait(&waited, first)?;
        };
        for (at, event) in (events..).step_by(EVENT as usize).zip(&ready) {
            self.memory.put(at, &written(event))?;
        }
        self.memory.put_u32(happened, ready.len() as u32)
    }
}

fn ready(descriptors: &Descriptors, list: &[&[u8]], dues: &[Result<Due>]) -> Vec<Event> {
    let now = Instant::now();
    let mut events = Vec::new();
    for (one, due) in list.iter().zip(dues) {
        let (user, tag) = (part(one, 0), one[TAG]);
        let told = match (tag, due) {
            (CLOCK, Ok(due)) if due.is_some_and(|due| due <= now) => Ok(None),
            (CLOCK, Ok(_)) => continue,
            (CLOCK, Err(errno)) => Err(*errno),
            _ => match descriptor(descriptors, one) {
                Ok(Ready::No) => continue,
                other => other.map(Some),
            },
        };
        let error = told.err().unwrap_or(Errno::SUCCESS);
        events.push(Event { user, tag, error, ready: told.ok().flatten() });
    }
    events
}

/// The readiness of a descriptor. A file is always ready.
fn descriptor(descriptors: &Descriptors, one: &[u8]) -> Result<Ready> {
    let read = one[TAG] == READ;
    match &descriptors.get(number(one))?.what {
        What::Stream(stream) if read => stream.readable(),
        What::Stream(stream) => stream.writable(),
        What::File { file, position } if read => {
            Ok(Ready::Bytes(file.stat()?.size.saturating_sub(*position)))
        }
        What::File { .. } => Ok(Ready::Bytes(1 << 16)),
        What::Folder { .. } => Err(Errno::BADF),
    }
}

/// The system's descriptors among the streams that are to be read.
fn waited_for<'a>(descriptors: &'a Descriptors, list: &[&[u8]]) -> Vec<BorrowedFd<'a>> {
    let read = list.iter().filter(|one| one[TAG] == READ);
    let streams = read.filter_map(|one| match &descriptors.get(number(one)).ok()?.what {
        What::Stream(stream) => stream.waited_for(),
        _ => None,
    });
    streams.collect()
}

fn number(one: &[u8]) -> u32 {
    u32::from_le_bytes(part(one, DESCRIPTOR))
}

/// The time at which a subscription to a clock is due; never for the others.
fn due(one: &[u8], clock: &dyn Clock, layout: Layout) -> Result<Due> {
    if one[TAG] != CLOCK {
        return Ok(None);
    }
    let which = ClockKind::of(u32::from_le_bytes(part(one, layout.clock)))?;
    if !matches!(which, ClockKind::Realtime | ClockKind::Monotonic) {
        // Time of the processor does not go on while a program waits.
        return Err(Errno::NOTSUP);
    }
    let timeout = Duration::from_nanos(u64::from_le_bytes(part(one, layout.timeout)));
    let wait = match one[layout.flags] & ABSOLUTE {
        0 => timeout,
        _ => timeout.saturating_sub(clock.now(which)?),
    };
    Ok(Instant::now().checked_add(wait))
}

fn written(event: &Event) -> [u8; EVENT as usize] {
    let (count, flags) = match event.ready {
        Some(Ready::Bytes(count)) => (count, 0),
        Some(Ready::Hangup) => (0, HANGUP),
        Some(Ready::No) | None => (0, 0),
    };
    let mut bytes = [0; EVENT as usize];
    bytes[..8].copy_from_slice(&event.user);
    bytes[8..10].copy_from_slice(&event.error.0.to_le_bytes());
    bytes[10] = event.tag;
    bytes[16..24].copy_from_slice(&count.to_le_bytes());
    bytes[24..26].copy_from_slice(&flags.to_le_bytes());
    bytes
}

/// Bytes of a subscription, which has them all.
fn part<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes.get(at..at + N).and_then(|part| part.try_into().ok()).unwrap_or([0; N])
}
