//! The output in a terminal, the same for `watshop run` and for a runner that is carried alone.

mod complaint;
pub mod environment;
pub mod folder;
mod help;
mod passport;
pub mod spelled;

use serde::Serialize;

use crate::page::{CacheUse, Compiler, Engine, Error, InstructionCounts, Timings, Value};

pub use complaint::complaint;
pub use help::{help, option};
pub use passport::{bytes, describe_passport, fact};

/// The output of `--json`.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum JsonReport<'a> {
    /// The run came to its end.
    Finished {
        /// The results of the function that was called.
        results: &'a [Value],
        /// The exit status of a WASI program.
        #[serde(skip_serializing_if = "Option::is_none")]
        exit_status: Option<i32>,
        /// The compiler that made the code, if it is known.
        compiler: Option<Compiler>,
        /// The form of the code.
        engine: Engine,
        /// The part of the artifact cache.
        cache: Option<CacheUse>,
        /// The times of the phases, in nanoseconds.
        timings_ns: Timings,
        /// The instructions by function, if the code counts them.
        #[serde(skip_serializing_if = "Option::is_none")]
        instructions: Option<&'a InstructionCounts>,
    },
    /// The run failed.
    Failed {
        /// The error, with its help in a terminal.
        #[serde(serialize_with = "help::helpful")]
        error: &'a Error,
    },
}

/// The error of calling an export of a WASI program.
pub const PROGRAM_CALLED: &str = "this is a WASI program: it runs from its start to its exit, and nothing else of it can be called. Leave out \
     --invoke, and give it its arguments after `--`";

/// The error of arguments without a function to give them to.
pub const NO_PROGRAM: &str = "this is not a WASI program, so it takes no arguments. Name the function \
                              to call: --invoke NAME";

/// The exit status for the system, from the program's own; `None` is success. The system keeps
/// eight bits of it, and a failure must not become a success by that.
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
        let answer = JsonReport::Finished {
            results: &[Value { kind: ValueType::I32, value: "42".into() }],
            exit_status: None,
            compiler: Some(Compiler::Cranelift),
            engine: Engine::Jit,
            cache: Some(CacheUse::Miss),
            timings_ns: Timings { parse: Some(1), total: Some(9), ..Timings::default() },
            instructions: None,
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
