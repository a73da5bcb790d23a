//! Calls an export many times, and measures each call.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use watshop_child::nanoseconds;
use watshop_protocol::instance::CallMany;
use watshop_protocol::page::{CallFigures, Repeats, Result};
use watshop_protocol::process::runner::{CallEnd, Notice};

use crate::guest_instance::GuestInstance;
use crate::outbox::Outbox;
use crate::stop::{RENEWED, RunningJob};
use crate::{call, trap};

/// The time between two reports of progress.
const TOLD: Duration = Duration::from_millis(50);

/// The result of many calls.
pub struct RepeatResult {
    /// The time in the guest of all calls that returned.
    pub time: Duration,
    /// The figures. `None` if not one call returned.
    pub figures: Option<CallFigures>,
    /// The end of the last call.
    pub ended: CallEnd,
}

/// Calls an export as often as asked, but at least once. It ends earlier if a call does not return.
///
/// # Errors
///
/// The errors of [`call::call`]. The guest was not called.
pub fn call_many(
    live: &mut GuestInstance,
    asked: &CallMany,
    running: &RunningJob<'_>,
    outbox: &Outbox,
) -> Result<RepeatResult> {
    let CallMany { export, arguments, times, limit_ms } = asked;
    let (times, limit_ms) = (*times, *limit_ms);
    let (function, arguments) = call::prepare(live, export, arguments)?;
    let mut took = Vec::new();
    live.reset_counts();
    live.enter(running, limit_ms);
    running.renew(limit_ms);
    let mut told = Instant::now();
    let mut renewed = told;
    let ended = loop {
        let begun = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| function.call(&mut live.store, &arguments)));
        let over = Instant::now();
        if !matches!(outcome, Ok(Ok(_))) {
            break call::ended(live, export, outcome, running);
        }
        took.push(nanoseconds(over - begun));
        // A command's `_start` is a whole program, so one call ends it.
        if took.len() >= times as usize || live.command && export == "_start" {
            break call::ended(live, export, outcome, running);
        }
        if running.wanted()
            && let Some(reason) = running.reason()
        {
            break CallEnd::Failed(Box::new(trap::stopped_error(reason)));
        }
        if over - renewed >= RENEWED {
            running.renew(limit_ms);
            renewed = over;
        }
        if over - told >= TOLD {
            let done = u32::try_from(took.len()).unwrap_or(u32::MAX);
            outbox.notice(Notice::Repeated(Repeats { done, times }));
            told = over;
        }
    };
    running.leave();
    let time = Duration::from_nanos(took.iter().sum());
    Ok(RepeatResult { time, figures: figures(took), ended })
}

/// The figures of all calls. The median of an even number is the mean of the two in the middle, as
/// usual.
fn figures(mut took: Vec<u64>) -> Option<CallFigures> {
    took.sort_unstable();
    let (min_ns, max_ns) = (*took.first()?, *took.last()?);
    let middle = took.len() / 2;
    let median_ns = match took.len() % 2 {
        0 => took[middle - 1].midpoint(took[middle]),
        _ => took[middle],
    };
    let mean_ns = took.iter().sum::<u64>() / took.len() as u64;
    let calls = u32::try_from(took.len()).unwrap_or(u32::MAX);
    Some(CallFigures { calls, min_ns, median_ns, mean_ns, max_ns })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_sorted_times() {
        let odd = figures(vec![9, 1, 2]).unwrap();
        assert_eq!(
            (odd.calls, odd.min_ns, odd.median_ns, odd.mean_ns, odd.max_ns),
            (3, 1, 2, 4, 9)
        );
        let even = figures(vec![10, 4, 2, 8]).unwrap();
        assert_eq!((even.median_ns, even.mean_ns), (6, 6));
        assert_eq!(figures(Vec::new()), None);
    }
}
