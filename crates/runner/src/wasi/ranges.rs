//! The ranges of memory that a call of WASI read or wrote.

use watshop_protocol::page::WasiRange;
use watshop_protocol::wasi::{Kind, Parameter};
use watshop_wasi::{Errno, Generation};

use super::capture::{Capture, End};

impl Capture {
    /// The ranges in the order of the parameters. Nothing was written by a call that failed.
    pub fn ranges(&self) -> Vec<WasiRange> {
        let parameters = self.known.function.parameters;
        let done = self.end == End::Returned(Errno::SUCCESS);
        let mut ranges = Vec::new();
        let mut add = |parameter: &Parameter, at: u64, length: u64, wrote: bool| {
            if length > 0 && (done || !wrote) {
                ranges.push(WasiRange {
                    parameter: parameter.name.to_owned(),
                    offset: at.into(),
                    length: u32::try_from(length).unwrap_or(u32::MAX),
                    wrote,
                });
            }
        };
        for (at, (parameter, value)) in parameters.iter().zip(self.arguments).enumerate() {
            let next = self.arguments.get(at + 1).copied().unwrap_or(0);
            let next_kind = parameters.get(at + 1).map(|next| next.kind);
            match parameter.kind {
                Kind::Text => add(parameter, value, next, false),
                Kind::Pieces => {
                    let wrote = self.known.fills;
                    let mut left = if wrote { self.numbers[0].unwrap_or(0) } else { u64::MAX };
                    for (start, length) in self.pieces {
                        let length = u64::from(length).min(left);
                        left -= length;
                        add(parameter, start.into(), length, wrote);
                    }
                }
                Kind::In => {
                    let one = if self.generation == Generation::Snapshot0 { 56 } else { 48 };
                    add(parameter, value, one * self.arguments[2], false);
                }
                Kind::Out if next_kind == Some(Kind::Length) => {
                    add(parameter, value, next.min(self.numbers[0].unwrap_or(next)), true);
                }
                Kind::Out => add(parameter, value, self.size(parameter), true),
                Kind::Out32 => add(parameter, value, 4, true),
                Kind::Out64 => add(parameter, value, 8, true),
                _ => {}
            }
        }
        ranges
    }

    /// The bytes that the function writes for a parameter.
    fn size(&self, parameter: &Parameter) -> u64 {
        let of_words = |at: usize| self.numbers[at].unwrap_or(0);
        match (self.known.function.name, parameter.name) {
            ("args_get" | "environ_get", "argv" | "environ") => 4 * of_words(0),
            ("args_get" | "environ_get", _) => of_words(1),
            ("poll_oneoff", _) => 32 * of_words(0),
            ("fd_fdstat_get", _) => 24,
            ("fd_prestat_get", _) => 8,
            (_, "ro_flags") => 2,
            // A description of a file.
            _ if self.generation == Generation::Snapshot0 => 56,
            _ => 64,
        }
    }
}
