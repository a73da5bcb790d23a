//! Runs slow work.

use tokio::runtime::{Handle, RuntimeFlavor};
use watshop_protocol::page::{Error, ErrorCode, Result};

/// Does work of some milliseconds on this thread, while others take over its tasks. The task does
/// not wait, so nothing else of its owner is done meanwhile.
pub(crate) fn in_place<T>(work: impl FnOnce() -> T) -> T {
    match Handle::current().runtime_flavor() {
        RuntimeFlavor::MultiThread => tokio::task::block_in_place(work),
        _ => work(),
    }
}

/// Runs slow work on a thread that may block.
///
/// # Errors
///
/// The errors of the work. `state` if it ended before its time.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(Error::new(ErrorCode::State, format!("The work ended before its time: {error}."))
            .help("Try again. If it happens again, please report it with what you did."))
    })
}
