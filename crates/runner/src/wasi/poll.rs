//! `poll_oneoff`: waiting for time, and asking what can be read and written at once.

use std::time::{Duration, Instant};

use super::clock::{self, MONOTONIC, REALTIME};
use super::errno::{Answer, Errno, INVAL, NOTSUP};
use super::guest::Guest;
use super::process::Stdio;
use super::stopped;

/// Most that a program waits for at once.
const MOST: u32 = 4096;

/// Where the parts of a subscription are, in bytes (`__wasi_subscription_t` of each generation).
#[derive(Clone, Copy)]
pub struct Layout {
    size: u32,
    clock: usize,
    timeout: usize,
    flags: usize,
}

/// Of snapshot 0, whose clocks have a name of their own first.
pub const SNAPSHOT0: Layout = Layout { size: 56, clock: 24, timeout: 32, flags: 48 };

/// Of preview 1.
pub const PREVIEW1: Layout = Layout { size: 48, clock: 16, timeout: 24, flags: 40 };

const EVENT: u32 = 32;
/// Of a subscription to a descriptor, in both.
const DESCRIPTOR: usize = 16;
const TAG: usize = 8;
const CLOCK: u8 = 0;
const READ: u8 = 1;
const WRITE: u8 = 2;
const ABSOLUTE: u8 = 1;
/// The other end is gone.
const HANGUP: u16 = 1;
/// What can be written at once; a guess, as everywhere.
const ROOM: u64 = 64 << 10;

/// What has happened.
struct Event {
    user: [u8; 8],
    tag: u8,
    error: u16,
    bytes: u64,
    flags: u16,
}

/// When a clock will have gone on so far; `None` is never.
type Due = Option<Instant>;

pub fn poll_oneoff(
    guest: &mut Guest<'_>,
    subscriptions: u32,
    events: u32,
    count: u32,
    happened: u32,
    layout: Layout,
) -> Answer {
    if !(1..=MOST).contains(&count) {
        return Err(INVAL.into());
    }
    guest.check(subscriptions, u64::from(count) * u64::from(layout.size))?;
    guest.check(events, u64::from(count) * u64::from(EVENT))?;
    guest.check(happened, 4)?;
    let mut ready = Vec::new();
    let mut waits: Vec<([u8; 8], Due)> = Vec::new();
    for index in 0..count {
        let mut bytes = vec![0; layout.size as usize];
        guest.read(subscriptions + index * layout.size, &mut bytes)?;
        let user = part(&bytes, 0);
        let event =
            |error: Errno| Event { user, tag: bytes[TAG], error: error.0, bytes: 0, flags: 0 };
        match bytes[TAG] {
            CLOCK => match due(&bytes, layout) {
                Ok(due) => waits.push((user, due)),
                Err(error) => ready.push(event(error)),
            },
            READ | WRITE => {
                ready.push(match guest.descriptor(u32::from_le_bytes(part(&bytes, DESCRIPTOR))) {
                    Ok(Stdio::Input) if bytes[TAG] == READ => {
                        Event { flags: HANGUP, ..event(Errno(0)) }
                    }
                    Ok(Stdio::Output(_)) if bytes[TAG] == WRITE => {
                        Event { bytes: ROOM, ..event(Errno(0)) }
                    }
                    Ok(_) => event(super::errno::BADF),
                    Err(error) => event(error),
                });
            }
            _ => return Err(INVAL.into()),
        }
    }
    if ready.is_empty() {
        let first = waits.iter().filter_map(|(_, due)| *due).min();
        if !guest.process().stop.sleep(first) {
            return Err(stopped());
        }
    }
    let now = Instant::now();
    let over = waits.into_iter().filter(|(_, due)| due.is_some_and(|due| due <= now));
    ready.extend(over.map(|(user, _)| Event { user, tag: CLOCK, error: 0, bytes: 0, flags: 0 }));
    for (at, event) in (events..).step_by(EVENT as usize).zip(&ready) {
        guest.write(at, &written(event))?;
    }
    guest.put_u32(happened, ready.len() as u32)
}

fn due(bytes: &[u8], layout: Layout) -> Result<Due, Errno> {
    let clock = u32::from_le_bytes(part(bytes, layout.clock));
    if ![REALTIME, MONOTONIC].contains(&clock) {
        // Time of the processor does not go on while a program waits.
        return clock::now(clock).and(Err(NOTSUP));
    }
    let timeout = Duration::from_nanos(u64::from_le_bytes(part(bytes, layout.timeout)));
    let wait = match bytes[layout.flags] & ABSOLUTE {
        0 => timeout,
        _ => timeout.saturating_sub(clock::now(clock)?),
    };
    Ok(Instant::now().checked_add(wait))
}

fn written(event: &Event) -> [u8; EVENT as usize] {
    let mut bytes = [0; EVENT as usize];
    bytes[..8].copy_from_slice(&event.user);
    bytes[8..10].copy_from_slice(&event.error.to_le_bytes());
    bytes[10] = event.tag;
    bytes[16..24].copy_from_slice(&event.bytes.to_le_bytes());
    bytes[24..26].copy_from_slice(&event.flags.to_le_bytes());
    bytes
}

/// Bytes of a subscription, which has them all.
fn part<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes.get(at..at + N).and_then(|part| part.try_into().ok()).unwrap_or([0; N])
}
