//! The checks of an attempt, in their order.

use watshop_protocol::page::{LessonCheck, LessonReport};

/// The checks so far. Each is passed on as soon as it is known, because a later one may take long.
pub(super) struct CheckList<F> {
    checks: Vec<LessonCheck>,
    told: F,
}

impl<F: FnMut(&LessonCheck)> CheckList<F> {
    /// An empty list. `told` gets each check of it.
    pub(super) fn new(told: F) -> Self {
        Self { checks: Vec::new(), told }
    }

    /// Appends a check.
    pub(super) fn push(&mut self, check: LessonCheck) {
        (self.told)(&check);
        self.checks.push(check);
    }

    /// The report of all checks.
    pub(super) fn report(self) -> LessonReport {
        LessonReport::new(self.checks)
    }
}
