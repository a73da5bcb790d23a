//! Runs slow work.

pub(crate) use watshop_parent::in_place;
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::say;

/// Runs slow work on a thread that may block.
///
/// # Errors
///
/// The errors of the work. `state` if it ended before its time.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(Error::new(ErrorCode::State, say!("The work ended before its time: {error}."))
            .help(say!("Try again. If it happens again, please report it with what you did.")))
    })
}
