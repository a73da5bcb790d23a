//! Waiting for descriptors, until Stop.

use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use watshop_wasi::file::Result;
use watshop_wasi::{Errno, WasiFailure, WasiResult};

use crate::stop::Stop;

/// The longest wait for the system before Stop is asked again.
const AGAIN: Duration = Duration::from_millis(20);

/// Waits until one of them can be read, or until a time. The time limit of the call does not count
/// meanwhile: a person who thinks before typing is no loop that does not end.
pub fn wait(stop: &Stop, readable: &[BorrowedFd<'_>], until: Option<Instant>) -> WasiResult {
    let _held = stop.hold_limit();
    loop {
        if stop.wanted() {
            return Err(WasiFailure::Stopped);
        }
        let left = until.map_or(AGAIN, |until| until.saturating_duration_since(Instant::now()));
        if ready(readable, left.min(AGAIN))? || left.is_zero() {
            return Ok(());
        }
    }
}

/// Returns true if one of them can be read within this time.
pub fn ready(readable: &[BorrowedFd<'_>], within: Duration) -> Result<bool> {
    let mut waited: Vec<_> =
        readable.iter().map(|one| PollFd::from_borrowed_fd(*one, PollFlags::IN)).collect();
    let within = Timespec::try_from(within).map_err(|_| Errno::INVAL)?;
    match poll(&mut waited, Some(&within)) {
        Ok(count) => Ok(count > 0),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(errno) => Err(errno.into()),
    }
}
