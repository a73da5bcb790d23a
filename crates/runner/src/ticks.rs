//! Measures the times of host calls and of calls of WASI. To read the processor's own counter takes a third of the time
//! of a question to the system, and a guest may call its host ten million times a second.

use std::sync::LazyLock;
use std::time::Instant;

/// The number of times that both clocks are read, to find the moment at which they were read
/// closest together.
const ATTEMPTS: usize = 4;

/// A moment on both clocks.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    at: Instant,
    ticks: u64,
}

/// The length of a tick, measured from one moment to another.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    first: u64,
    ns_per_tick: f64,
}

impl Moment {
    /// The present moment.
    pub fn now() -> Self {
        let read = || {
            let before = ticks();
            let at = Instant::now();
            // If the thread was interrupted in between, the two readings are far apart.
            (ticks().wrapping_sub(before), Self { at, ticks: before })
        };
        let best = std::iter::repeat_with(read).take(ATTEMPTS).min_by_key(|(width, _)| *width);
        best.map_or_else(|| Self { at: Instant::now(), ticks: ticks() }, |(_, moment)| moment)
    }

    /// The length of a tick, measured from this moment to now.
    pub fn scale(self) -> Scale {
        let now = Self::now();
        let passed = now.ticks.wrapping_sub(self.ticks).max(1);
        let ns = now.at.duration_since(self.at).as_nanos();
        Scale { first: self.ticks, ns_per_tick: ns as f64 / passed as f64 }
    }
}

impl Scale {
    /// The nanoseconds from the first moment to a reading.
    pub fn since(self, ticks: u64) -> u64 {
        self.long(ticks.saturating_sub(self.first))
    }

    /// The nanoseconds of so many ticks.
    pub fn long(self, ticks: u64) -> u64 {
        (ticks as f64 * self.ns_per_tick) as u64
    }
}

/// The reading of the counter.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn ticks() -> u64 {
    if *STEADY {
        #[expect(unsafe_code, reason = "a processor's instruction")]
        // SAFETY: every x86-64 processor has this instruction, and it only reads a counter.
        return unsafe { std::arch::x86_64::_rdtsc() };
    }
    system()
}

/// The time of the system's clock, for processors without a known counter.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
pub fn ticks() -> u64 {
    system()
}

fn system() -> u64 {
    static FIRST: LazyLock<Instant> = LazyLock::new(Instant::now);
    watshop_child::nanoseconds(FIRST.elapsed())
}

/// True if the counter runs at one speed and on all cores alike (Intel SDM 18.17.1, "Invariant
/// TSC").
#[cfg(target_arch = "x86_64")]
static STEADY: LazyLock<bool> = LazyLock::new(|| {
    use std::arch::x86_64::__cpuid;
    const POWER: u32 = 0x8000_0007;
    __cpuid(0x8000_0000).eax >= POWER && __cpuid(POWER).edx & 1 << 8 != 0
});

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn ticks_are_nanoseconds_once_they_are_scaled() {
        let first = Moment::now();
        let wait = Duration::from_millis(20);
        let began = ticks();
        std::thread::sleep(wait);
        let ended = ticks();
        let passed = first.at.elapsed();
        let scale = first.scale();
        let slept = Duration::from_nanos(scale.long(ended - began));
        assert!(
            wait <= slept + Duration::from_micros(100) && slept <= passed,
            "{slept:?} of {passed:?}"
        );
        assert!(scale.since(began) <= scale.since(ended));
        assert_eq!(scale.since(0), 0, "what is before the first moment is at it");
    }
}
