//! Medians and ratios.

use std::time::Duration;

use watshop_protocol::page::Timings;

/// Pairs of times that were taken one after the other, so that a machine whose speed drifts does
/// not favour either.
#[derive(Default)]
pub struct Pairs {
    direct: Vec<Duration>,
    watshop: Vec<Duration>,
}

impl Pairs {
    /// Adds a pair.
    pub fn add(&mut self, direct: Duration, watshop: Duration) {
        self.direct.push(direct);
        self.watshop.push(watshop);
    }

    /// Returns the cells of a table: direct, Watshop, difference, ratio; each the median.
    pub fn row(&self) -> String {
        let (direct, watshop) = (median(&self.direct), median(&self.watshop));
        let mut ratios: Vec<f64> = self
            .direct
            .iter()
            .zip(&self.watshop)
            .map(|(d, w)| w.as_secs_f64() / d.as_secs_f64())
            .collect();
        ratios.sort_by(f64::total_cmp);
        format!(
            "{} | {} | {:+.2} ms | {:.2}×",
            show(direct),
            show(watshop),
            (watshop.as_secs_f64() - direct.as_secs_f64()) * 1e3,
            ratios[ratios.len() / 2],
        )
    }
}

/// The times of a run's phases, run after run.
#[derive(Default)]
pub struct Phases([Vec<Duration>; 7]);

impl Phases {
    /// The head of the table, whose columns after the name are those of [`row`](Self::row).
    pub const HEAD: &str = "| compiler | parse | compile | seal | load | instantiate | call | between them |\n\
        | --- | --- | --- | --- | --- | --- | --- | --- |";

    /// Adds a run, which took `all` from request to result.
    pub fn add(&mut self, timings: &Timings, all: Duration) {
        // The compilers of a benchmark have started before. If one has not, its start is between
        // the phases.
        let Timings { parse, start: _, compile, seal, load, instantiate, call, total: _ } =
            *timings;
        let phases = [parse, compile, seal, load, instantiate, call];
        let phases = phases.map(|time| Duration::from_nanos(time.unwrap_or(0)));
        let between = all.saturating_sub(phases.iter().sum());
        for (column, time) in self.0.iter_mut().zip(phases.into_iter().chain([between])) {
            column.push(time);
        }
    }

    /// Returns the cells of a table: the median of each phase.
    pub fn row(&self) -> String {
        self.0.iter().map(|times| show(median(times))).collect::<Vec<_>>().join(" | ")
    }
}

/// Returns the median of some times.
pub fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}

/// Formats a time with about three digits.
pub fn show(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    match ms {
        _ if ms < 1.0 => format!("{:.0} µs", ms * 1e3),
        _ if ms < 10.0 => format!("{ms:.2} ms"),
        _ if ms < 1000.0 => format!("{ms:.0} ms"),
        _ => format!("{:.2} s", ms / 1e3),
    }
}
