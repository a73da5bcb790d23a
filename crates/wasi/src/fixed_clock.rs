//! Clocks that show the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::clock::{Clock, ClockKind};
use crate::file::Result;

/// Clocks that stand still, or go on by a step with each look at one of them.
pub struct FixedClock {
    /// The time of day at the first look, since 1970.
    start: Duration,
    step: Duration,
    looks: AtomicU64,
}

impl FixedClock {
    /// Clocks that begin at a time of day, and are `step` later at each look. Clocks that show no
    /// time of day begin at zero.
    pub fn new(start: Duration, step: Duration) -> Self {
        Self { start, step, looks: AtomicU64::new(0) }
    }
}

impl Clock for FixedClock {
    fn now(&self, which: ClockKind) -> Result<Duration> {
        let looks = self.looks.fetch_add(1, Ordering::Relaxed);
        let gone = self.step.saturating_mul(u32::try_from(looks).unwrap_or(u32::MAX));
        Ok(match which {
            ClockKind::Realtime => self.start.saturating_add(gone),
            ClockKind::Monotonic | ClockKind::Process | ClockKind::Thread => gone,
        })
    }

    fn resolution(&self, _: ClockKind) -> Duration {
        self.step.max(Duration::from_nanos(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_without_a_step_stands_still() {
        let clock = FixedClock::new(Duration::from_secs(1_000_000_000), Duration::ZERO);
        for _ in 0..3 {
            assert_eq!(clock.now(ClockKind::Realtime), Ok(Duration::from_secs(1_000_000_000)));
            assert_eq!(clock.now(ClockKind::Monotonic), Ok(Duration::ZERO));
        }
    }

    #[test]
    fn a_clock_with_a_step_goes_on_with_each_look_at_any_clock() {
        let clock = FixedClock::new(Duration::from_secs(5), Duration::from_millis(10));
        assert_eq!(clock.now(ClockKind::Realtime), Ok(Duration::from_secs(5)));
        assert_eq!(clock.now(ClockKind::Monotonic), Ok(Duration::from_millis(10)));
        assert_eq!(clock.now(ClockKind::Realtime), Ok(Duration::from_millis(5020)));
    }
}
