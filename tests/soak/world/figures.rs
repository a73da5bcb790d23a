//! The figures of an attack: the slowest answers, the most memory.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// The most of everything so far.
#[derive(Debug, Default)]
pub struct Figures {
    slowest: BTreeMap<String, Duration>,
    start: Duration,
    memory: u64,
    files: usize,
}

impl Figures {
    /// Notes the time of an answer.
    pub fn answer(&mut self, method: &str, time: Duration) {
        let slowest = self.slowest.entry(method.to_owned()).or_default();
        *slowest = time.max(*slowest);
    }

    /// Notes the time of a start.
    pub fn start(&mut self, time: Duration) {
        self.start = time.max(self.start);
    }

    /// Notes the memory in bytes and the open files of the workbench.
    pub fn workbench(&mut self, memory: u64, files: usize) {
        self.memory = memory.max(self.memory);
        self.files = files.max(self.files);
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The workbench had {} MiB and {} open files at most, and started within {} ms. The slowest answers:",
            self.memory >> 20,
            self.files,
            self.start.as_millis()
        )?;
        let mut slowest: Vec<_> = self.slowest.iter().collect();
        slowest.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
        for (method, time) in slowest.iter().take(5) {
            write!(f, " {method} {} ms,", time.as_millis())?;
        }
        write!(f, " all others less.")
    }
}
