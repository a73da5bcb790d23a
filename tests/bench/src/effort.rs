//! The amount of measuring.

/// The number of repetitions and the sizes of measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// As many repetitions as the figures of docs/performance.md need.
    Whole,
    /// One round of the measurements that take minutes.
    Quick,
    /// One repetition with small sizes, only to see that everything still runs. Its figures say
    /// nothing.
    Moment,
}

impl Effort {
    /// Returns the effort that the words of a command line ask for.
    pub fn of(words: &[String]) -> Self {
        let has = |wanted: &str| words.iter().any(|word| word == wanted);
        match (has("moment"), has("quick")) {
            (true, _) => Self::Moment,
            (_, true) => Self::Quick,
            _ => Self::Whole,
        }
    }

    /// Returns the rounds of a measurement that takes minutes.
    pub fn long(self, whole: usize) -> usize {
        if self == Self::Whole { whole } else { 1 }
    }

    /// Returns the rounds, calls or another size of a measurement that takes seconds.
    pub fn short<T>(self, whole: T, moment: T) -> T {
        if self == Self::Moment { moment } else { whole }
    }
}
