//! Goes through all of a memory, block by block, while the guest runs and may even be replaced.

use std::sync::PoisonError;
use std::time::{Duration, Instant};
use watshop_protocol::say;

use watshop_protocol::page::{Error, ErrorCode, Result};

use super::touched;
use crate::exports::{SharedView, no_instance_error};
use crate::memory::{PAGE, inside, read_into, write};

/// The bytes that are read at once. They fit into a processor's cache.
pub const BLOCK: u64 = 256 << 10;

/// The time that one answer may take. A caller that wants more asks again. So it learns the
/// progress, and can stop.
const MOMENT: Duration = Duration::from_millis(50);

/// Zeros to compare with.
static ZEROS: [u8; BLOCK as usize] = [0; BLOCK as usize];

/// True if all of these bytes, at most a block, are zero.
pub fn is_zero(bytes: &[u8]) -> bool {
    ZEROS.get(..bytes.len()) == Some(bytes)
}

/// A memory of one instance. The instance is held only while a block is copied, so that a thread
/// that drops it does not wait.
pub struct WholeMemory<'a> {
    shown: &'a SharedView,
    name: &'a str,
    instance: u64,
    size: u64,
    until: Instant,
}

impl<'a> WholeMemory<'a> {
    /// A memory of the present instance.
    ///
    /// # Errors
    ///
    /// `no_instance` or `unknown_export`.
    pub fn of(shown: &'a SharedView, name: &'a str) -> Result<Self> {
        let window = shown.lock().unwrap_or_else(PoisonError::into_inner);
        let window = window.as_ref().ok_or_else(no_instance_error)?;
        let size = window.extent(name)?.1 as u64;
        Ok(Self { shown, name, instance: window.number(), size, until: Instant::now() + MOMENT })
    }

    /// The size in bytes, at the time when this was made.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The size in pages, at the time when this was made.
    pub fn pages(&self) -> u64 {
        self.size / PAGE as u64
    }

    /// The number of its instance.
    pub fn instance(&self) -> u64 {
        self.instance
    }

    /// True if it is time to answer.
    pub fn is_late(&self) -> bool {
        Instant::now() >= self.until
    }

    /// True if a range was never written. Then it is zero. False if that is not known.
    ///
    /// # Errors
    ///
    /// `no_instance` if the instance is gone, `out_of_bounds`.
    pub fn is_untouched(&self, offset: u64, length: u64) -> Result<bool> {
        self.with(|extent| {
            inside(extent, offset, length)?;
            Ok(touched::never(extent.0 as u64 + offset, length))
        })
    }

    /// Copies bytes of the memory.
    ///
    /// # Errors
    ///
    /// `no_instance` if the instance is gone, `out_of_bounds`.
    pub fn read(&self, offset: u64, to: &mut [u8]) -> Result<()> {
        self.with(|extent| read_into(extent, offset, to))
    }

    /// Fills a range with some bytes, again and again. It has no time limit.
    ///
    /// # Errors
    ///
    /// `out_of_bounds` before anything is written. `no_instance` if the instance goes meanwhile.
    pub fn fill(&self, offset: u64, length: u64, with: &[u8]) -> Result<()> {
        self.with(|extent| inside(extent, offset, length))?;
        if with.is_empty() {
            return Err(Error::new(
                ErrorCode::BadRequest,
                say!("There are no bytes to fill the range with."),
            ));
        }
        // The block is a whole number of repetitions, so that every block continues the one before.
        let times = (BLOCK as usize / with.len()).max(1);
        let block = with.repeat(times);
        let mut done = 0;
        while done < length {
            let piece = usize::try_from(length - done).unwrap_or(usize::MAX).min(block.len());
            self.with(|extent| write(extent, offset + done, &block[..piece]))?;
            done += piece as u64;
        }
        Ok(())
    }

    fn with<T>(&self, work: impl FnOnce((usize, usize)) -> Result<T>) -> Result<T> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        match shown.as_ref().filter(|window| window.number() == self.instance) {
            Some(window) => work(window.extent(self.name)?),
            None => Err(Error::new(
                ErrorCode::NoInstance,
                say!("The instance that was looked at is gone."),
            )),
        }
    }
}
