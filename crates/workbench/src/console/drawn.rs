//! The output that pages have drawn, so that none gets more than it can draw.

use tokio::sync::watch;
use watshop_protocol::bounds::OUTPUT_SHOWN_EVERY;

/// The most bytes of events that no page has drawn yet, before further ones wait.
const MOST_UNDRAWN: u64 = 2 * OUTPUT_SHOWN_EVERY as u64;

/// The bytes of a console's events that a page has drawn.
#[derive(Debug, Default)]
pub(crate) struct DrawnOutput(watch::Sender<u64>);

impl DrawnOutput {
    /// A page has drawn the events up to this end.
    pub(crate) fn reach(&self, end: u64) {
        self.0.send_if_modified(|drawn| {
            let more = end > *drawn;
            *drawn = end.max(*drawn);
            more
        });
    }

    /// Waits until so much of the events up to an end is drawn that another may follow.
    pub(crate) async fn room(&self, end: u64) {
        let has_room = |drawn: &u64| end.saturating_sub(*drawn) <= MOST_UNDRAWN;
        // It does not fail: the sender is this value.
        drop(self.0.subscribe().wait_for(has_room).await);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn there_is_room_until_too_much_is_not_drawn_and_again_after_it_is() {
        let drawn = DrawnOutput::default();
        let has_room = async |end| timeout(Duration::ZERO, drawn.room(end)).await.is_ok();
        assert!(has_room(MOST_UNDRAWN).await);
        assert!(!has_room(MOST_UNDRAWN + 10).await);
        drawn.reach(9);
        assert!(!has_room(MOST_UNDRAWN + 10).await);
        drawn.reach(10);
        assert!(has_room(MOST_UNDRAWN + 10).await);
        drawn.reach(5);
        assert!(has_room(MOST_UNDRAWN + 10).await, "an older one changes nothing");
    }
}
