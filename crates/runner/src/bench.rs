//! Measures calls of an export, without pipes and pages in the way.
//!
//! A sample is the time of a batch of calls. A batch has one call, or as many as the clock needs to
//! measure them well. The way into the guest is not measured: both readings of the clock are taken
//! on the guest's own stack.

mod calibrate;
mod direct;
mod samples;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use watshop_protocol::say;

use wasmer::RuntimeError;
use watshop_child::nanoseconds;
use watshop_protocol::instance::{BenchAnswer, BenchCalls};
use watshop_protocol::page::{Error, ErrorCode, Result, WarmUp};
use watshop_protocol::process::runner::CallEnd;

use crate::guest_instance::GuestInstance;
use crate::stop::{RENEWED, RunningJob};
use crate::{call, trap};
use direct::{Batch, DirectCall};

pub use calibrate::calibrate;
pub use samples::SampleStore;

/// The least time of a batch. To read the clock takes some 25 ns, so this is measured to 0.3 %.
const WELL_MEASURED: Duration = Duration::from_micros(10);

/// The most calls of a batch: those of an empty function in a millisecond.
const LARGEST_BATCH: u32 = 1 << 20;

/// The least number of batches that a limited number of calls is divided into.
const FEWEST_BATCHES: u32 = 30;

/// Calls an export as asked.
///
/// # Errors
///
/// The errors of [`call::call`], and `bad_request` without a limit or for a program's `_start`. The
/// guest was not called.
pub fn bench_calls(
    live: &mut GuestInstance,
    asked: &BenchCalls,
    running: &RunningJob<'_>,
    samples: &SampleStore,
) -> Result<BenchAnswer> {
    if asked.calls == 0 && asked.time_ms == 0 {
        let why = say!("A bench needs a number of calls or a time.");
        return Err(Error::new(ErrorCode::BadRequest, why));
    }
    if live.command && asked.export == "_start" {
        let why = say!("`_start` is a whole program, and an instance runs it once.");
        return Err(Error::new(ErrorCode::BadRequest, why));
    }
    let (function, arguments) = call::prepare(live, &asked.export, &asked.arguments)?;
    let Some(mut direct) = DirectCall::new(&mut live.store, &function, &arguments) else {
        let why = say!("The export `{}` cannot be called directly.", asked.export);
        return Err(Error::new(ErrorCode::NotAFunction, why));
    };
    samples.clear();
    live.enter(running, asked.limit_ms);
    let mut bench = Bench {
        live,
        asked,
        running,
        renewed: Instant::now(),
        first: Vec::new(),
        warm_up: WarmUp::default(),
        calls: 0,
        varies: false,
    };
    running.renew(asked.limit_ms);
    let found = bench.warm_up(&mut direct);
    let (batch, ended) = match found {
        Ok(batch) => (batch, bench.measure(&mut direct, batch, samples)),
        Err(ended) => (asked.batch.max(1), Some(ended)),
    };
    running.leave();
    let Bench { warm_up, calls, varies, .. } = bench;
    let full = samples.is_full();
    let ended = match ended {
        Some(ended) => ended,
        None => {
            let results = direct.results(&mut live.store, &function);
            call::ended(live, &asked.export, Ok(Ok(results)), running)
        }
    };
    let (samples, exports) = (samples.count(), live.window().exports());
    Ok(BenchAnswer { batch, calls, samples, warm_up, varies, full, ended, exports })
}

/// A bench in progress.
struct Bench<'a> {
    live: &'a mut GuestInstance,
    asked: &'a BenchCalls,
    running: &'a RunningJob<'a>,
    /// The time at which the limit of a batch was last set.
    renewed: Instant,
    /// The results of the first call, in raw form.
    first: Vec<u128>,
    warm_up: WarmUp,
    calls: u64,
    varies: bool,
}

impl Bench<'_> {
    /// Calls for the time of the warm-up, and until a batch is long enough. Gives its calls.
    fn warm_up(&mut self, direct: &mut DirectCall) -> std::result::Result<u32, CallEnd> {
        let until = Instant::now() + Duration::from_millis(self.asked.warm_up_ms.into());
        let largest = match self.asked.calls {
            0 => LARGEST_BATCH,
            calls => (calls / FEWEST_BATCHES).clamp(1, LARGEST_BATCH),
        };
        let mut batch = self.asked.batch.clamp(1, LARGEST_BATCH);
        let mut found = self.asked.batch > 0;
        loop {
            let Batch { time, over, .. } = self.once(direct, batch)?;
            if self.warm_up.calls == 0 {
                // A first call is measured by itself, unless the size of a batch is given.
                self.warm_up.first_ns = nanoseconds(time) / u64::from(batch);
                self.first = direct.raw_results().collect();
            }
            self.warm_up.calls += u64::from(batch);
            self.warm_up.time_ns += nanoseconds(time);
            if !found {
                found = time >= WELL_MEASURED || batch >= largest;
                if !found {
                    batch = (batch * 2).min(largest);
                }
            }
            if found && over >= until {
                return Ok(batch);
            }
        }
    }

    /// Measures batches until a limit is reached. `None` if every call has returned.
    fn measure(
        &mut self,
        direct: &mut DirectCall,
        batch: u32,
        samples: &SampleStore,
    ) -> Option<CallEnd> {
        let time = Duration::from_millis(self.asked.time_ms.into());
        let began = Instant::now();
        loop {
            let done = match self.once(direct, batch) {
                Ok(done) => done,
                Err(ended) => return Some(ended),
            };
            self.calls += u64::from(batch);
            samples.add(nanoseconds(done.time));
            self.varies |= !direct.raw_results().eq(self.first.iter().copied());
            let enough = self.asked.calls > 0 && self.calls >= u64::from(self.asked.calls);
            let late = self.asked.time_ms > 0 && done.over - began >= time;
            if enough || late || samples.is_full() {
                return None;
            }
        }
    }

    /// Does one batch.
    fn once(&mut self, direct: &mut DirectCall, batch: u32) -> std::result::Result<Batch, CallEnd> {
        let store = &mut self.live.store;
        let outcome = catch_unwind(AssertUnwindSafe(|| direct.batch(store, batch)));
        let done = match outcome {
            Ok(Ok(done)) => done,
            Ok(Err((returned, error))) => {
                self.calls += u64::from(returned);
                return Err(self.failed(Ok(error)));
            }
            Err(panic) => return Err(self.failed(Err(panic))),
        };
        if self.running.wanted()
            && let Some(reason) = self.running.reason()
        {
            return Err(CallEnd::Failed(Box::new(trap::stopped_error(reason))));
        }
        if done.over - self.renewed >= RENEWED {
            self.running.renew(self.asked.limit_ms);
            self.renewed = done.over;
        }
        Ok(done)
    }

    fn failed(&mut self, outcome: std::thread::Result<RuntimeError>) -> CallEnd {
        call::ended(self.live, &self.asked.export, outcome.map(Err), self.running)
    }
}
