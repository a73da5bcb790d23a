//! Measures the machine itself, by work that is always the same.

use std::hint::black_box;
use std::time::Instant;

use watshop_child::nanoseconds;
use watshop_protocol::instance::CalibrateAnswer;

/// The steps of the loop, each of which needs the one before: some 20 µs.
const STEPS: u32 = 20_000;

/// The most rounds of one request.
const MOST: u32 = 1000;

/// The readings of the clock that are compared.
const READINGS: usize = 1000;

/// Measures a loop so many times. A quiet machine always takes the same time for it.
pub fn calibrate(rounds: u32) -> CalibrateAnswer {
    let loops = (0..rounds.min(MOST)).map(|_| {
        let began = Instant::now();
        black_box((0..STEPS).fold(black_box(1_u64), |state, _| {
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
        }));
        nanoseconds(began.elapsed())
    });
    CalibrateAnswer { clock_ns: clock(), loops: loops.collect() }
}

/// The least difference between two readings of the clock, in nanoseconds.
fn clock() -> u64 {
    let difference = || {
        let began = Instant::now();
        nanoseconds(began.elapsed())
    };
    let seen = std::iter::repeat_with(difference).take(READINGS).filter(|ns| *ns > 0);
    seen.min().unwrap_or(1)
}
