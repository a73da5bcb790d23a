//! The time limit of a guest, which stands still while the guest waits for its standard input.
//!
//! The runner keeps the same limit by itself. This one ends a guest whose runner cannot.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

/// True while the guest waits for its standard input.
#[derive(Clone)]
pub(crate) struct InputWaits(watch::Sender<bool>);

impl InputWaits {
    /// A guest that does not wait.
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Notes that the guest waits, or goes on.
    pub(crate) fn set(&self, waits: bool) {
        self.0.send_replace(waits);
    }

    /// Ends once the guest has run for this time, without the time in which it waited.
    pub(crate) async fn pass(&self, limit: Duration) {
        let mut waits = self.0.subscribe();
        let mut left = limit;
        loop {
            // The sender is this object's own, so a change always comes at last.
            if *waits.borrow_and_update() {
                let _ = waits.changed().await;
                continue;
            }
            let begun = Instant::now();
            tokio::select! {
                () = tokio::time::sleep(left) => return,
                _ = waits.changed() => left = left.saturating_sub(begun.elapsed()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_time_in_which_a_guest_waits_does_not_count() {
        const LIMIT: Duration = Duration::from_millis(20);
        let waits = InputWaits::new();
        waits.set(true);
        let passed = waits.pass(LIMIT);
        tokio::pin!(passed);
        // The test is about the time itself.
        let waiting = tokio::time::timeout(10 * LIMIT, &mut passed).await;
        assert!(waiting.is_err(), "the limit is over while the guest waits");
        waits.set(false);
        passed.await;
    }
}
