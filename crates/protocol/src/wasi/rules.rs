//! The meaning of a rule for calls of WASI, and its form on a command line.

use crate::{Sentence, say};
use std::fmt;
use std::str::FromStr;

use super::{ERRNOS, FUNCTIONS};
use crate::page::{WasiAction, WasiRule};

impl WasiRule {
    /// The longest delay in milliseconds.
    pub const LONGEST_DELAY: u32 = 60_000;

    /// The most rules of a program.
    pub const MOST: usize = 100;

    /// Returns true if the rule speaks of this function.
    pub fn names(&self, function: &str) -> bool {
        match self.call.strip_suffix('*') {
            Some(beginning) => function.starts_with(beginning),
            None => self.call == function,
        }
    }

    /// The number of the error that the rule returns; `None` if it returns none that WASI has.
    pub fn errno(&self) -> Option<u16> {
        let WasiAction::Deny { errno } = &self.action else { return None };
        let number = ERRNOS.iter().position(|name| name == errno).filter(|number| *number > 0)?;
        u16::try_from(number).ok()
    }

    /// Checks the rule.
    ///
    /// # Errors
    ///
    /// A sentence that says why it is not one.
    pub fn check(&self) -> Result<(), Sentence> {
        let Self { call, action, .. } = self;
        if !FUNCTIONS.iter().any(|function| self.names(function.name)) {
            return Err(say!("WASI has no function `{call}`."));
        }
        match action {
            WasiAction::Deny { .. } | WasiAction::Fake { .. } if call == "proc_exit" => {
                Err(say!("`proc_exit` does not return, so a rule can only delay it."))
            }
            WasiAction::Deny { errno } if self.errno().is_none() => {
                Err(say!("`{errno}` is not an error of WASI. `NOENT` is one, for example."))
            }
            WasiAction::Delay { ms } if *ms > Self::LONGEST_DELAY => {
                Err(say!("A call is delayed by at most {} ms.", Self::LONGEST_DELAY))
            }
            WasiAction::Fake { result: Some(result) } if result.parse::<u64>().is_err() => {
                Err(say!("`{result}` is not a result: write a whole number from 0 to 2^64 - 1."))
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for WasiRule {
    /// The form of the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.call)?;
        if !self.letters.is_empty() {
            write!(f, "@{}", self.letters)?;
        }
        if self.after > 0 {
            write!(f, "+{}", self.after)?;
        }
        match &self.action {
            WasiAction::Allow => f.write_str("=allow"),
            WasiAction::Deny { errno } => write!(f, "=deny:{errno}"),
            WasiAction::Delay { ms } => write!(f, "=delay:{ms}"),
            WasiAction::Fake { result: None } => f.write_str("=fake"),
            WasiAction::Fake { result: Some(result) } => write!(f, "=fake:{result}"),
        }
    }
}

impl FromStr for WasiRule {
    type Err = Sentence;

    /// Reads `CALL[@PATH][+N]=ACTION`, in which ACTION is `allow`, `deny:ERROR`, `delay:MS`, `fake` or
    /// `fake:RESULT`.
    fn from_str(text: &str) -> Result<Self, Sentence> {
        let form = || {
            say!(
                "`{text}` is not a rule: write CALL[@PATH][+N]=ACTION, such as \
                 `fd_write@out.txt+10=deny:NOSPC`"
            )
        };
        let (calls, action) = text.rsplit_once('=').ok_or_else(form)?;
        let (calls, after) = match calls.rsplit_once('+') {
            Some((calls, after)) if after.bytes().all(|byte| byte.is_ascii_digit()) => {
                (calls, after.parse().map_err(|_| form())?)
            }
            _ => (calls, 0),
        };
        let (call, path) = calls.split_once('@').unwrap_or((calls, ""));
        let action = match action.split_once(':').unwrap_or((action, "")) {
            ("allow", "") => WasiAction::Allow,
            ("deny", errno) => WasiAction::Deny { errno: errno.to_owned() },
            ("delay", ms) => WasiAction::Delay { ms: ms.parse().map_err(|_| form())? },
            ("fake", "") => WasiAction::Fake { result: None },
            ("fake", result) => WasiAction::Fake { result: Some(result.to_owned()) },
            _ => return Err(form()),
        };
        let rule = Self { call: call.to_owned(), letters: path.to_owned(), after, action };
        rule.check().map(|()| rule)
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
