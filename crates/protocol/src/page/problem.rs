use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Error, ErrorCode, Place};
use crate::sentence::{Sentence, Wordings};

/// The severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The module cannot be compiled.
    Error,
    /// The module can be compiled, but may not do as its author expects.
    Warning,
}

/// A problem in the source, which the editor underlines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// The severity.
    pub severity: Severity,
    /// Stable.
    pub code: ErrorCode,
    /// One sentence.
    pub message: String,
    /// The pattern and the facts of the message, for a page in another language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<Wordings>", optional)]
    pub wordings: Option<Box<Wordings>>,
    /// The place at which it starts.
    pub at: Place,
    /// The characters to underline from there, at least 1.
    pub length: u32,
    /// The name of the proposal that is off, if the source needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub proposal: Option<String>,
}

impl Problem {
    /// The problem of an error, which underlines a number of characters.
    pub fn of(error: Error, length: u32) -> Self {
        Self {
            severity: Severity::Error,
            code: error.code,
            message: error.message,
            wordings: error.wordings,
            at: error.at.unwrap_or_default(),
            length,
            proposal: error.proposal,
        }
    }

    /// The message as a sentence, to be a part of another one.
    pub fn sentence(&self) -> Sentence {
        let wording = self.wordings.as_ref().map(|wordings| &wordings.message);
        Sentence::again(&self.message, wording)
    }

    /// The problem as the error of a request.
    pub fn into_error(self) -> Error {
        let message = self.sentence();
        Error { proposal: self.proposal, ..Error::new(self.code, message).at(self.at) }
    }
}
