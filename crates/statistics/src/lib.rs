#![doc = include_str!("../README.md")]

mod drift;
mod growth;
mod histogram;
mod order;
mod random;
mod ratio;
mod summary;

pub use drift::{Drift, drift};
pub use growth::{Growth, Law, fit};
pub use histogram::{Histogram, histogram};
pub use order::{Interval, Sorted};
pub use ratio::{Ratio, Verdict, by_bootstrap, by_pairs};
pub use summary::Summary;
