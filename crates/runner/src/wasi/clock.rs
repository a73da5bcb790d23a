//! Clocks.

use std::time::Duration;

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
    guest.put_u64(time, u64::try_from(now.as_nanos()).unwrap_or(u64::MAX))
}

/// What a clock shows.
///
/// # Errors
///
/// `INVAL` if WASI has no such clock.
pub fn now(clock: u32) -> Result<Duration, Errno> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    #[allow(unsafe_code)]
    // SAFETY: the system writes a whole `timespec`, and this is one of our own.
    let failed = unsafe { libc::clock_gettime(kind(clock)?, &raw mut time) } != 0;
    // Times before 1970 are none in WASI.
    let seconds = u64::try_from(time.tv_sec).ok().filter(|_| !failed).ok_or(INVAL)?;
    Ok(Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default()))
}

fn kind(clock: u32) -> Result<libc::clockid_t, Errno> {
    Ok(match clock {
        REALTIME => libc::CLOCK_REALTIME,
        MONOTONIC => libc::CLOCK_MONOTONIC,
        2 => libc::CLOCK_PROCESS_CPUTIME_ID,
        3 => libc::CLOCK_THREAD_CPUTIME_ID,
        _ => return Err(INVAL),
    })
}
