use std::fmt;
use std::process::ExitStatus;

use watshop_protocol::page::Error;

/// The reason why there is no answer.
#[derive(Debug, Clone)]
pub enum RequestFailure {
    /// The process answered that it cannot.
    Refused(Box<Error>),
    /// The process is gone.
    Ended(ProcessEnd),
    /// The answer does not fit the request, for this reason.
    Unreadable(String),
}

/// The end of a process.
#[derive(Debug, Clone)]
pub struct ProcessEnd {
    /// The exit status, if the system gives it.
    pub status: Option<ExitStatus>,
    /// The end of its log, or the fault of its last message.
    pub log_tail: String,
    /// True if the system ended it because memory ran out, and says so.
    pub out_of_memory: bool,
}

impl fmt::Display for ProcessEnd {
    /// Writes the end of a sentence: "signal: 9 (SIGKILL)" and the end of its log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => write!(f, "{status}")?,
            None => write!(f, "no exit status")?,
        }
        match self.log_tail.trim() {
            "" => write!(f, "; its log is empty"),
            words => write!(f, "; the end of its log:\n{words}"),
        }
    }
}
