//! The samples of a bench.

use std::sync::{Mutex, MutexGuard, PoisonError};

use watshop_protocol::bounds::MOST_SAMPLES;

/// The samples of the last bench, in nanoseconds. The guest's thread adds to them, and the answering
/// thread reads them meanwhile. The lock is taken between two samples, so none contains it.
#[derive(Default)]
pub struct SampleStore(Mutex<Vec<u64>>);

impl SampleStore {
    /// Drops all samples, and makes room for as many as are kept. The system gives the memory when
    /// it is first written to.
    pub fn clear(&self) {
        let mut samples = self.lock();
        samples.clear();
        samples.reserve_exact(MOST_SAMPLES as usize);
    }

    /// Adds a sample.
    pub fn add(&self, ns: u64) {
        self.lock().push(ns);
    }

    /// True if no more samples are kept.
    pub fn is_full(&self) -> bool {
        self.count() >= MOST_SAMPLES
    }

    /// The number of samples.
    pub fn count(&self) -> u32 {
        // There are at most `MOST_SAMPLES`.
        self.lock().len() as u32
    }

    /// The number of all samples, and the bytes of some of them.
    pub fn read(&self, from: u32, limit: u32) -> (u32, Vec<u8>) {
        let samples = self.lock();
        let wanted = samples.iter().skip(from as usize).take(limit as usize);
        (samples.len() as u32, wanted.flat_map(|sample| sample.to_le_bytes()).collect())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
