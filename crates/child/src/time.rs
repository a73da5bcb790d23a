use std::time::Duration;

/// A time as it crosses a pipe, in nanoseconds. One of more than 584 years is cut to that.
pub fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
