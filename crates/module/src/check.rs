use watshop_protocol::page::{Place, Problem, Proposals};

use crate::text::{self, Spans};
use crate::{Lines, validate};

/// What came of reading a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The module, as far as the text could be read; it may be invalid.
    pub binary: Option<Vec<u8>>,
    /// Everything found, in the order of the text's sections; empty for a valid module.
    pub problems: Vec<Problem>,
}

/// Reads a text as the editor needs it: its first error as text, or everything the validator has
/// against it (at most one problem a function and one outside), with the line and column it hangs
/// on. A problem whose place in the text is not known for sure has none.
pub fn check_text(text: &str, proposals: &Proposals) -> Checked {
    match text::assemble(text, Spans::Skip, |_, binary| binary) {
        Err(malformed) => Checked { binary: None, problems: vec![malformed.into_problem()] },
        Ok(binary) => {
            let faults = validate::faults(&binary, proposals, validate::MOST);
            let lines = Lines::of_text(text);
            let place = |mut problem: Problem| {
                // Nobody has the binary that an offset would be in.
                if problem.at.line.is_none() {
                    problem.at = Place::default();
                }
                problem
            };
            let problems =
                faults.into_iter().map(|fault| place(fault.into_problem(Some(&lines)))).collect();
            Checked { binary: Some(binary), problems }
        }
    }
}
