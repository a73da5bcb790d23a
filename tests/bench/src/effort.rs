//! How much is measured.

/// How often things are measured, and how large they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// As often as the figures of docs/performance.md need it.
    Whole,
    /// One round of what takes minutes.
    Quick,
    /// Once, of a small size: only whether it still runs. Its figures say nothing.
    Moment,
}

impl Effort {
    /// That of the words of a command line.
    pub fn of(words: &[String]) -> Self {
        let has = |wanted: &str| words.iter().any(|word| word == wanted);
        match (has("moment"), has("quick")) {
            (true, _) => Self::Moment,
            (_, true) => Self::Quick,
            _ => Self::Whole,
        }
    }

    /// Rounds of what takes minutes.
    pub fn long(self, whole: usize) -> usize {
        if self == Self::Whole { whole } else { 1 }
    }

    /// Rounds, calls or another size of what takes seconds.
    pub fn short<T>(self, whole: T, moment: T) -> T {
        if self == Self::Moment { moment } else { whole }
    }
}
