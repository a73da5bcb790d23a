//! Clocks.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use watshop_child::nanoseconds;

use super::errno::{Answer, Errno, INVAL};
use super::guest::Guest;

/// Of the wall.
pub const REALTIME: u32 = 0;
/// One that is never set.
pub const MONOTONIC: u32 = 1;

pub fn clock_res_get(guest: &mut Guest<'_>, clock: u32, resolution: u32) -> Answer {
    kind(clock)?;
    guest.put_u64(resolution, 1)
}

pub fn clock_time_get(guest: &mut Guest<'_>, clock: u32, _precision: u64, time: u32) -> Answer {
    let now = now(clock)?;
    guest.put_u64(time, nanoseconds(now))
}

/// What a clock shows.
///
/// # Errors
///
/// `INVAL` if WASI has no such clock.
pub fn now(clock: u32) -> Result<Duration, Errno> {
    let time = clock_gettime(kind(clock)?);
    // Times before 1970 are none in WASI.
    let seconds = u64::try_from(time.tv_sec).map_err(|_| INVAL)?;
    Ok(Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default()))
}

fn kind(clock: u32) -> Result<ClockId, Errno> {
    Ok(match clock {
        REALTIME => ClockId::Realtime,
        MONOTONIC => ClockId::Monotonic,
        2 => ClockId::ProcessCPUTime,
        3 => ClockId::ThreadCPUTime,
        _ => return Err(INVAL),
    })
}
