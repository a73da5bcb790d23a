//! Growth: the time of an export against one of its arguments. Times are nanoseconds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Contender, Error};

/// A measurement of growth to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GrowthOrder {
    /// The export to call.
    pub export: String,
    /// The arguments as text, one for each parameter (see [`crate::value`]).
    pub arguments: Vec<String>,
    /// The place of the argument that grows. Its text in `arguments` is not used.
    pub swept: u32,
    /// The least value of that argument.
    pub from: u32,
    /// The greatest value of that argument.
    pub to: u32,
    /// The number of values, 5 to 100, evenly spread.
    pub points: u32,
    /// The contenders, one to twelve. They take turns at each value.
    pub contenders: Vec<Contender>,
    /// The milliseconds of the calls of each contender.
    pub time_ms: u32,
}

/// A law of growth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GrowthLaw {
    /// The time does not depend on the argument.
    Constant,
    /// n.
    Linear,
    /// n log n.
    LogLinear,
    /// n².
    Quadratic,
    /// bⁿ with a base that is fitted too.
    Exponential,
}

/// The law that fits best: `offset + slope · f(n)`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct GrowthFit {
    /// The law.
    pub law: GrowthLaw,
    /// The nanoseconds that do not depend on the argument.
    pub offset: f64,
    /// The factor of the law.
    pub slope: f64,
    /// The base of an exponential law; 1 for the others.
    pub base: f64,
    /// The typical distance of the times from the law, as a part of the time.
    pub error: f64,
    /// The chance that this law is the best of the five, from 0 to 1 (Akaike weights).
    pub confidence: f64,
}

/// The time of one value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct GrowthPoint {
    /// The argument.
    pub n: u32,
    /// The median.
    pub median: f64,
    /// The lower end of the interval of the median.
    pub low: f64,
    /// The upper end of the interval of the median.
    pub high: f64,
}

/// The growth of one contender.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct GrowthEntry {
    /// The contender.
    pub contender: Contender,
    /// The times, by argument.
    pub points: Vec<GrowthPoint>,
    /// The law that fits best, if at least five values were measured.
    pub fit: Option<GrowthFit>,
    /// The error that ended it. The points are of the time before.
    pub error: Option<Error>,
}

/// The growth of all contenders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct GrowthReport {
    /// The order.
    pub order: GrowthOrder,
    /// The contenders, in the order in which they were named.
    pub entries: Vec<GrowthEntry>,
}
