//! Measures how long a task keeps a thread that answers requests.

use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The longest time for which one poll of a task may keep its thread. All other windows wait.
const LONGEST: Duration = Duration::from_millis(5);

thread_local! {
    /// The time of this thread's work during which other threads took over its tasks.
    static HANDED_OVER: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Wraps a task that runs on a thread that answers requests. At the log level `debug`, each poll
/// that keeps the processor for more than 5 ms is written to the log with the task's name.
///
/// The time is that of the thread, so that a busy machine changes nothing.
pub fn timed<F: Future>(name: &'static str, task: F) -> Timed<F> {
    Timed { name, task: Box::pin(task) }
}

/// Does work whose time does not count, because other threads have taken over the tasks of this
/// one.
pub fn handed_over<T>(work: impl FnOnce() -> T) -> T {
    let began = thread_time();
    let done = work();
    HANDED_OVER.set(HANDED_OVER.get() + thread_time().saturating_sub(began));
    done
}

/// A task with its name, made by [`timed`].
#[derive(Debug)]
pub struct Timed<F> {
    name: &'static str,
    task: Pin<Box<F>>,
}

impl<F: Future> Future for Timed<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        if !tracing::enabled!(tracing::Level::DEBUG) {
            return self.task.as_mut().poll(context);
        }
        let (before, began) = (HANDED_OVER.get(), thread_time());
        let polled = self.task.as_mut().poll(context);
        let handed_over = HANDED_OVER.get().saturating_sub(before);
        let kept = thread_time().saturating_sub(began).saturating_sub(handed_over);
        if kept > LONGEST {
            tracing::debug!(task = self.name, ?kept, "a task kept its thread");
        }
        polled
    }
}

/// The processor time of this thread.
fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}
