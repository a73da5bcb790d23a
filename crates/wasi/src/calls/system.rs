//! Clocks, random bytes, and the program itself.

use std::thread;
use std::time::Duration;

use super::Call;
use crate::clock::ClockKind;
use crate::errno::{Errno, WasiFailure, WasiResult};

/// Random bytes that are made between two questions whether the program is to end.
const PIECE: usize = 1 << 20;

/// The largest number of a signal (`__wasi_signal_t`).
const LAST_SIGNAL: u32 = 30;

impl Call<'_> {
    /// Tells how fine a clock is.
    ///
    /// # Errors
    ///
    /// `INVAL` if there is no such clock, `FAULT`.
    pub fn clock_res_get(&mut self, id: u32, resolution: u32) -> WasiResult {
        let fine = self.process.clock.resolution(ClockKind::of(id)?);
        self.memory.put_u64(resolution, nanoseconds(fine))
    }

    /// Tells the time.
    ///
    /// # Errors
    ///
    /// As [`Self::clock_res_get`].
    pub fn clock_time_get(&mut self, id: u32, _precision: u64, time: u32) -> WasiResult {
        let now = self.process.clock.now(ClockKind::of(id)?)?;
        self.memory.put_u64(time, nanoseconds(now))
    }

    /// Fills memory with random bytes.
    ///
    /// # Errors
    ///
    /// `FAULT`; [`WasiFailure::Stopped`].
    pub fn random_get(&mut self, buf: u32, length: u32) -> WasiResult {
        for piece in self.memory.bytes_mut(buf, length)?.chunks_mut(PIECE) {
            self.process.pause.go_on()?;
            self.process.random.fill(piece)?;
        }
        Ok(())
    }

    /// Lets others compute.
    ///
    /// # Errors
    ///
    /// None.
    pub fn sched_yield(&mut self) -> WasiResult {
        thread::yield_now();
        Ok(())
    }

    /// Ends the program.
    ///
    /// # Errors
    ///
    /// Always [`WasiFailure::Exit`].
    pub fn proc_exit(&mut self, code: u32) -> WasiResult {
        Err(WasiFailure::Exit(code))
    }

    /// A program here gets no signals, and can send itself none: `NOTSUP`.
    ///
    /// # Errors
    ///
    /// `INVAL` if there is no such signal, else `NOTSUP`.
    pub fn proc_raise(&mut self, signal: u32) -> WasiResult {
        Err(if signal > LAST_SIGNAL { Errno::INVAL } else { Errno::NOTSUP }.into())
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
