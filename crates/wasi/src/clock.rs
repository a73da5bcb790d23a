//! Clocks, random bytes, and waiting, behind a trait each.

use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, Timespec, clock_getres, clock_gettime};

use crate::errno::{Errno, WasiFailure, WasiResult};
use crate::file::Result;

/// The clocks of WASI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockKind {
    /// The time of the wall, since 1970.
    Realtime,
    /// A clock that is never set.
    Monotonic,
    /// The time that the process has computed.
    Process,
    /// The time that the thread has computed.
    Thread,
}

impl ClockKind {
    /// By its number.
    ///
    /// # Errors
    ///
    /// `INVAL` if there is no such clock.
    pub fn of(number: u32) -> Result<Self> {
        Ok(match number {
            0 => Self::Realtime,
            1 => Self::Monotonic,
            2 => Self::Process,
            3 => Self::Thread,
            _ => return Err(Errno::INVAL),
        })
    }
}

/// Clocks.
pub trait Clock: Send {
    /// The time that a clock shows.
    ///
    /// # Errors
    ///
    /// `INVAL` if it shows none that WASI can tell: one before 1970.
    fn now(&self, which: ClockKind) -> Result<Duration>;
    /// Its smallest step.
    fn resolution(&self, which: ClockKind) -> Duration;
}

/// The system's clocks.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self, which: ClockKind) -> Result<Duration> {
        duration(clock_gettime(id(which))).ok_or(Errno::INVAL)
    }

    fn resolution(&self, which: ClockKind) -> Duration {
        duration(clock_getres(id(which))).unwrap_or(Duration::from_nanos(1))
    }
}

fn id(which: ClockKind) -> ClockId {
    match which {
        ClockKind::Realtime => ClockId::Realtime,
        ClockKind::Monotonic => ClockId::Monotonic,
        ClockKind::Process => ClockId::ProcessCPUTime,
        ClockKind::Thread => ClockId::ThreadCPUTime,
    }
}

/// `None` for a time before 1970: WASI has none before it.
fn duration(time: Timespec) -> Option<Duration> {
    let seconds = u64::try_from(time.tv_sec).ok()?;
    Some(Duration::new(seconds, u32::try_from(time.tv_nsec).ok()?))
}

/// Random bytes.
pub trait Random: Send {
    /// Fills a piece of memory.
    ///
    /// # Errors
    ///
    /// `IO` if the system fails.
    fn fill(&mut self, bytes: &mut [u8]) -> Result;
}

/// The system's random bytes.
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> Result {
        getrandom::fill(bytes).map_err(|_| Errno::IO)
    }
}

/// Waiting, which can be ended from outside.
pub trait Pause: Send {
    /// Waits until a time, or until one of these can be read; without a time for ever.
    ///
    /// # Errors
    ///
    /// [`WasiFailure::Stopped`] if the program is to end.
    fn wait(&mut self, readable: &[BorrowedFd<'_>], until: Option<Instant>) -> WasiResult;
    /// Returns true if the program is to end.
    fn stopped(&self) -> bool;

    /// Asks that in the middle of long work.
    ///
    /// # Errors
    ///
    /// [`WasiFailure::Stopped`].
    fn go_on(&self) -> WasiResult {
        if self.stopped() { Err(WasiFailure::Stopped) } else { Ok(()) }
    }
}
