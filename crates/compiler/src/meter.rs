use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use wasmer_types::{CompilationProgress, CompilationProgressCallback};
use watshop_child::Outbox;
use watshop_protocol::process::compiler::Notice;

/// The time between two notices: 60 a second.
const INTERVAL: Duration = Duration::from_nanos(1_000_000_000 / 60);

/// The part of a compilation that is done when the compiler begins with functions, and when it ends
/// with them. Validation comes before; layout, linking and sealing come after. The figures were
/// measured on qjs.wasm.
const FUNCTIONS: std::ops::Range<f32> = 0.02..0.95;

/// The progress of one compilation, and the flag that cancels it. The threads that compile share
/// it.
#[derive(Clone)]
pub(crate) struct Meter(Arc<MeterState>);

struct MeterState {
    job: u32,
    outbox: Arc<Outbox<Notice>>,
    cancelled: Arc<AtomicBool>,
    told: Mutex<LastProgress>,
}

/// The last notice.
struct LastProgress {
    /// The time from which the next notice may be sent.
    due: Instant,
    fraction: Option<f32>,
}

/// The payload with which a cancelled compilation unwinds.
pub(crate) struct CancelPanic;

impl Meter {
    /// The meter of a compilation that begins now. The first notice is due after an interval, so a
    /// small module ends without one.
    pub fn new(job: u32, outbox: Arc<Outbox<Notice>>, cancelled: Arc<AtomicBool>) -> Self {
        let told = Mutex::new(LastProgress { due: Instant::now() + INTERVAL, fraction: None });
        Self(Arc::new(MeterState { job, outbox, cancelled, told }))
    }

    /// Tells that a step of ours is reached.
    pub fn reach(&self, step: &str, fraction: f32) {
        self.check();
        self.tell(step, Some(fraction));
    }

    /// The callback that a compiler calls after each function.
    pub fn callback(&self) -> CompilationProgressCallback {
        let meter = self.clone();
        CompilationProgressCallback::new(move |progress| {
            meter.check();
            meter.tell(progress.phase_name().unwrap_or("Compiling"), fraction(&progress));
            Ok(())
        })
    }

    /// Ends this thread's part of the compilation if it was cancelled.
    ///
    /// It unwinds, because the error that a callback may return is not enough. Wasmer's workers
    /// take such an error as the end of one batch of functions, and go on with the next
    /// (`wasmer_compiler::translate_function_buckets`).
    fn check(&self) {
        if self.0.cancelled.load(Ordering::Relaxed) {
            panic::resume_unwind(Box::new(CancelPanic));
        }
    }

    fn tell(&self, step: &str, fraction: Option<f32>) {
        // If another thread is sending a notice, this one has nothing to add.
        let Ok(mut told) = self.0.told.try_lock() else { return };
        let now = Instant::now();
        if now < told.due {
            return;
        }
        told.due = now + INTERVAL;
        // A thread that was delayed after it counted its function must not move the bar back.
        told.fraction =
            fraction.map(|fraction| told.fraction.map_or(fraction, |last| last.max(fraction)));
        let (job, step, fraction) = (self.0.job, step.to_owned(), told.fraction);
        self.0.outbox.spare_notice(Notice::Progress { job, step, fraction });
    }
}

fn fraction(progress: &CompilationProgress) -> Option<f32> {
    let done = progress.phase_step()? as f32 / progress.phase_step_count()?.max(1) as f32;
    Some(FUNCTIONS.start + (FUNCTIONS.end - FUNCTIONS.start) * done.min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_fills_its_part_of_the_whole() {
        let at = |step, count| fraction(&CompilationProgress::new(None, count, step));
        assert_eq!(at(Some(0), Some(10)), Some(FUNCTIONS.start));
        assert_eq!(at(Some(10), Some(10)), Some(FUNCTIONS.end));
        assert_eq!(
            at(Some(11), Some(10)),
            Some(FUNCTIONS.end),
            "a compiler's estimate may be short"
        );
        assert_eq!(at(Some(0), Some(0)), Some(FUNCTIONS.start));
        assert_eq!(at(None, Some(10)), None);
    }
}
