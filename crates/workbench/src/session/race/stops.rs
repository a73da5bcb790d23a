//! The contenders of a race that are to stop.

use std::collections::HashSet;

/// The contenders that a person has stopped.
#[derive(Debug, Default)]
pub(super) struct Stops {
    over: bool,
    lanes: HashSet<usize>,
}

impl Stops {
    /// Stops all contenders, also those that wait.
    pub(super) fn all(&mut self) {
        self.over = true;
    }

    /// Stops one contender.
    pub(super) fn one(&mut self, lane: usize) {
        self.lanes.insert(lane);
    }

    /// True if all contenders are to stop.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// True if this contender is to stop.
    pub(super) fn of(&self, lane: usize) -> bool {
        self.over || self.lanes.contains(&lane)
    }
}
