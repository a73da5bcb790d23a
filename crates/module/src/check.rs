use watshop_protocol::page::{Place, Problem, Proposals};

use crate::text::{self, Spans};
use crate::{Lines, validate};

/// The result of reading a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// The module, if the text could be read. It may be invalid.
    pub binary: Option<Vec<u8>>,
    /// All problems, in the order of the text's sections. It is empty for a valid module.
    pub problems: Vec<Problem>,
}

/// Checks a text for the editor. A malformed text gives its first error. Any other gives all
/// problems of the validator, with line and column: at most one in each function and one outside. A
/// problem has no place if its place in the text is not known for sure.
pub fn check_text(text: &str, proposals: &Proposals) -> CheckReport {
    match text::assemble(text, Spans::Skip, |_, binary| binary) {
        Err(malformed) => CheckReport { binary: None, problems: vec![malformed.into_problem()] },
        Ok(binary) => {
            let faults = validate::faults(&binary, proposals, validate::MOST);
            let lines = Lines::of_text(text);
            let place = |mut problem: Problem| {
                // An offset without a line is of no use to the editor, which does not have the
                // binary.
                if problem.at.line.is_none() {
                    problem.at = Place::default();
                }
                problem
            };
            let problems =
                faults.into_iter().map(|fault| place(fault.into_problem(Some(&lines)))).collect();
            CheckReport { binary: Some(binary), problems }
        }
    }
}
