use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use wasmer_types::{CompilationProgress, CompilationProgressCallback};

use crate::outbox::Outbox;

/// Time between two notices: 60 a second.
const INTERVAL: Duration = Duration::from_nanos(1_000_000_000 / 60);

/// The part of a compilation that is over when the compiler begins with functions, and when it has done
/// the last; before lies validation, after it laying out, linking and sealing. Measured on
/// qjs.wasm.
const FUNCTIONS: std::ops::Range<f32> = 0.02..0.95;

/// How far one compilation is, and whether it is still wanted. Shared by the threads that work on it.
#[derive(Clone)]
pub(crate) struct Meter(Arc<Inner>);

struct Inner {
    job: u32,
    outbox: Outbox,
    cancelled: Arc<AtomicBool>,
    begun: Instant,
    /// Nanoseconds after `begun` at which the next notice is due.
    due: AtomicU64,
}

/// What a compilation that nobody wants any more unwinds with.
pub(crate) struct Cancelled;

impl Meter {
    /// The meter of a compilation that begins now. The first notice is due after an interval, so a small
    /// module is done before anything is said.
    pub fn new(job: u32, outbox: Outbox, cancelled: Arc<AtomicBool>) -> Self {
        let due = AtomicU64::new(nanoseconds(INTERVAL));
        Self(Arc::new(Inner { job, outbox, cancelled, begun: Instant::now(), due }))
    }

    /// A step of ours is reached.
    pub fn reach(&self, step: &str, fraction: f32) {
        self.check();
        self.tell(step, Some(fraction));
    }

    /// What a compiler calls after each function.
    pub fn callback(&self) -> CompilationProgressCallback {
        let meter = self.clone();
        CompilationProgressCallback::new(move |progress| {
            meter.check();
            meter.tell(progress.phase_name().unwrap_or("Compiling"), fraction(&progress));
            Ok(())
        })
    }

    /// Ends the thread's part of the compilation where it was cancelled.
    ///
    /// It unwinds, since the error that a callback may return is not enough: Wasmer's workers take it as
    /// the end of one batch of functions, and go on with the next
    /// (`wasmer_compiler::translate_function_buckets`).
    fn check(&self) {
        if self.0.cancelled.load(Ordering::Relaxed) {
            panic::resume_unwind(Box::new(Cancelled));
        }
    }

    fn tell(&self, step: &str, fraction: Option<f32>) {
        let now = nanoseconds(self.0.begun.elapsed());
        let due = self.0.due.load(Ordering::Relaxed);
        let next = now + nanoseconds(INTERVAL);
        // Of several threads that are due at the same time, one tells.
        let first = || self.0.due.compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if now >= due && first() {
            self.0.outbox.progress(self.0.job, step.to_owned(), fraction);
        }
    }
}

fn fraction(progress: &CompilationProgress) -> Option<f32> {
    let done = progress.phase_step()? as f32 / progress.phase_step_count()?.max(1) as f32;
    Some(FUNCTIONS.start + (FUNCTIONS.end - FUNCTIONS.start) * done.min(1.0))
}

fn nanoseconds(of: Duration) -> u64 {
    u64::try_from(of.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_fills_its_part_of_the_whole() {
        let at = |step, count| fraction(&CompilationProgress::new(None, count, step));
        assert_eq!(at(Some(0), Some(10)), Some(FUNCTIONS.start));
        assert_eq!(at(Some(10), Some(10)), Some(FUNCTIONS.end));
        assert_eq!(at(Some(11), Some(10)), Some(FUNCTIONS.end), "a compiler's estimate may be short");
        assert_eq!(at(Some(0), Some(0)), Some(FUNCTIONS.start));
        assert_eq!(at(None, Some(10)), None);
    }
}
