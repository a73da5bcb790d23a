//! Measures the compilation of each function.
//!
//! Wasmer's compilers make the middleware of a body on the thread that compiles it, right before
//! they read the body, and on that thread they tell their progress right after its code is made
//! (7.5: `compile_module` of each compiler, `translate_function_buckets` of wasmer-compiler).
//! Between the two is all that they do for this function.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use wasmer_compiler::{FunctionMiddleware, ModuleMiddleware};
use wasmer_types::entity::EntityRef as _;
use wasmer_types::{CompilationProgress, CompilationProgressCallback, LocalFunctionIndex};
use watshop_child::nanoseconds;

/// The clock of one compilation.
#[derive(Debug)]
pub(crate) struct FunctionClock {
    began: Instant,
    /// The number of this clock. A compilation that was cancelled leaves functions begun.
    number: u64,
    /// The nanoseconds of each function, by local index.
    times: Vec<AtomicU64>,
    /// The nanoseconds from the beginning of the clock to the end of the last function, and to the
    /// last progress.
    functions_over: AtomicU64,
    steps_over: AtomicU64,
}

/// A function that this thread compiles.
#[derive(Clone, Copy)]
struct BegunFunction {
    clock: u64,
    index: usize,
    at: Instant,
}

thread_local! {
    static BEGUN: Cell<Option<BegunFunction>> = const { Cell::new(None) };
}

impl FunctionClock {
    /// A clock for so many functions, which runs from now on.
    pub(crate) fn start(functions: usize) -> Arc<Self> {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Arc::new(Self {
            began: Instant::now(),
            number: LAST.fetch_add(1, Ordering::Relaxed),
            times: (0..functions).map(|_| AtomicU64::new(0)).collect(),
            functions_over: AtomicU64::new(0),
            steps_over: AtomicU64::new(0),
        })
    }

    /// The callback for a compiler, which passes its progress on.
    pub(crate) fn listening(
        self: &Arc<Self>,
        progress: &CompilationProgressCallback,
    ) -> CompilationProgressCallback {
        let (clock, progress) = (Arc::clone(self), progress.clone());
        CompilationProgressCallback::new(move |now: CompilationProgress| {
            // Singlepass also tells of functions that are not over, without a step.
            if now.phase_step().is_some() {
                clock.step();
            }
            progress.notify(now)
        })
    }

    fn step(&self) {
        let since = nanoseconds(self.began.elapsed());
        if let Some(begun) = BEGUN.take().filter(|begun| begun.clock == self.number) {
            if let Some(time) = self.times.get(begun.index) {
                time.store(nanoseconds(begun.at.elapsed()), Ordering::Relaxed);
            }
            self.functions_over.fetch_max(since, Ordering::Relaxed);
        }
        self.steps_over.fetch_max(since, Ordering::Relaxed);
    }

    /// The nanoseconds of each function, by local index.
    pub(crate) fn functions(&self) -> impl Iterator<Item = u64> {
        self.times.iter().map(|time| time.load(Ordering::Relaxed))
    }

    /// The nanoseconds from a moment until the clock was started.
    pub(crate) fn since(&self, moment: Instant) -> u64 {
        nanoseconds(self.began - moment)
    }

    /// The nanoseconds of all functions together, of the steps behind them, and of the rest.
    pub(crate) fn parts(&self) -> [u64; 3] {
        let whole = nanoseconds(self.began.elapsed());
        let functions = self.functions_over.load(Ordering::Relaxed);
        let steps = self.steps_over.load(Ordering::Relaxed).max(functions);
        [functions, steps - functions, whole.saturating_sub(steps)]
    }
}

/// Begins to measure a function when a compiler makes its middleware.
#[derive(Debug)]
pub(crate) struct FunctionStart(pub Arc<FunctionClock>);

/// Changes nothing.
#[derive(Debug)]
struct Unchanged;

impl ModuleMiddleware for FunctionStart {
    fn generate_function_middleware<'a>(
        &self,
        index: LocalFunctionIndex,
    ) -> Box<dyn FunctionMiddleware<'a> + 'a> {
        let begun =
            BegunFunction { clock: self.0.number, index: index.index(), at: Instant::now() };
        BEGUN.set(Some(begun));
        Box::new(Unchanged)
    }
}

impl FunctionMiddleware<'_> for Unchanged {}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(step: Option<u64>) -> CompilationProgress {
        CompilationProgress::new(None, Some(9), step)
    }

    #[test]
    fn a_function_lasts_until_the_next_step() {
        let clock = FunctionClock::start(2);
        let told = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&told);
        let callback = clock.listening(&CompilationProgressCallback::new(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }));
        let start = FunctionStart(Arc::clone(&clock));
        start.generate_function_middleware(LocalFunctionIndex::from_u32(1));
        callback.notify(progress(None)).unwrap();
        assert_eq!(clock.functions().collect::<Vec<_>>(), [0, 0], "it is not over yet");
        callback.notify(progress(Some(1))).unwrap();
        let times: Vec<_> = clock.functions().collect();
        assert!(times[0] == 0 && times[1] > 0, "{times:?}");
        // A step without a function is one of a trampoline.
        callback.notify(progress(Some(2))).unwrap();
        assert_eq!(clock.functions().collect::<Vec<_>>(), times);
        assert_eq!(told.load(Ordering::Relaxed), 3);
    }

    #[test]
    fn a_function_of_a_cancelled_compilation_is_not_one_of_the_next() {
        let cancelled = FunctionStart(FunctionClock::start(1));
        cancelled.generate_function_middleware(LocalFunctionIndex::from_u32(0));
        let clock = FunctionClock::start(1);
        let callback = clock.listening(&CompilationProgressCallback::new(|_| Ok(())));
        callback.notify(progress(Some(1))).unwrap();
        assert_eq!(clock.functions().collect::<Vec<_>>(), [0]);
    }
}
