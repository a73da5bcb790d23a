//! Keeps long work off the threads that answer.

use std::future::poll_fn;
use std::pin::pin;

use tokio::runtime::{Handle, RuntimeFlavor};

use super::timed::handed_over;

/// The bytes whose reading, writing or copying takes a good part of a millisecond.
const LONG: usize = 256 << 10;

/// Does work of some milliseconds on this thread, while others take over its tasks. The task does
/// not wait, so nothing else of its owner is done meanwhile.
pub fn in_place<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => handed_over(|| tokio::task::block_in_place(work)),
        _ => work(),
    }
}

/// Does work on so many bytes, as [`in_place`] does if that takes long.
pub fn in_place_for<T>(bytes: usize, work: impl FnOnce() -> T) -> T {
    if bytes > LONG { in_place(work) } else { work() }
}

/// Runs a long task so that other threads take over whenever it is polled.
pub async fn handing_over<F: Future>(task: F) -> F::Output {
    let mut task = pin!(task);
    poll_fn(|context| in_place(|| task.as_mut().poll(context))).await
}
