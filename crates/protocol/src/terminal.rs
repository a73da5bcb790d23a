//! What is printed in a terminal, by `watshop run` and by a runner that is carried alone: the same
//! for both.

mod complaint;
mod passport;
pub mod spelled;

use serde::Serialize;

use crate::page::{Cache, Compiler, Engine, Error, Timings, Value};

pub use complaint::complaint;
pub use passport::{bytes, describe_passport, fact};

/// What `--json` prints.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Answer<'a> {
    /// It came to its end.
    Finished {
        /// Of the function that was called.
        results: &'a [Value],
        /// Of a WASI program.
        #[serde(skip_serializing_if = "Option::is_none")]
        exit_status: Option<i32>,
        /// Who made the code, where that is known.
        compiler: Option<Compiler>,
        /// In what form.
        engine: Engine,
        /// Whether the code was there already.
        cache: Option<Cache>,
        /// In nanoseconds.
        timings_ns: Timings,
    },
    /// It did not.
    Failed {
        /// Why.
        error: &'a Error,
    },
}

/// Wrong usage: an export of a WASI program is to be called.
pub const PROGRAM_CALLED: &str = "this is a WASI program: it runs from its start to its exit, and nothing else of it can be called. Leave out \
     --invoke, and give it its arguments after `--`";

/// Wrong usage: there are arguments and nothing to give them to.
pub const NO_PROGRAM: &str = "this is not a WASI program, so it takes no arguments. Name the function \
                              to call: --invoke NAME";

/// A program's own status, as other runtimes give it; none is success. The system keeps eight bits
/// of it, and a failure must not become a success by that.
pub fn exit_status(of_program: Option<i32>) -> u8 {
    let status = of_program.unwrap_or(0);
    match (status & 0xff) as u8 {
        0 if status != 0 => 1,
        low => low,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::ValueType;

    #[test]
    fn json_has_the_promised_shape() {
        let answer = Answer::Finished {
            results: &[Value { kind: ValueType::I32, value: "42".into() }],
            exit_status: None,
            compiler: Some(Compiler::Cranelift),
            engine: Engine::Jit,
            cache: Some(Cache::Miss),
            timings_ns: Timings { parse: Some(1), total: Some(9), ..Timings::default() },
        };
        assert_eq!(
            serde_json::to_string(&answer).unwrap(),
            r#"{"results":[{"type":"i32","value":"42"}],"compiler":"cranelift","engine":"jit","cache":"miss","timings_ns":{"parse":1,"total":9}}"#
        );
    }

    #[test]
    fn a_failure_never_becomes_a_success_by_losing_bits() {
        let cases = [(None, 0), (Some(3), 3), (Some(256), 1), (Some(-1), 255)];
        for (status, wanted) in cases {
            assert_eq!(exit_status(status), wanted);
        }
    }
}
