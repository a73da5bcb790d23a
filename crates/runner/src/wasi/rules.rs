//! The rules of the settings for calls of WASI.

use std::time::{Duration, Instant};

use watshop_protocol::page::{WasiAction, WasiRule};
use watshop_protocol::wasi::Kind;
use watshop_wasi::{Errno, Memory, WasiProcess, WasiResult};

use super::capture::{Capture, Known};

/// The rules of a program.
pub struct Rules(Vec<Rule>);

struct Rule {
    wanted: WasiRule,
    /// The calls that are still left alone.
    left: u32,
    deed: Deed,
}

/// The deed of a rule.
#[derive(Debug, Clone, Copy)]
pub enum Deed {
    /// The call is made.
    Allow,
    /// It returns a number.
    Deny(Errno),
    /// It is made later.
    Delay(Duration),
    /// It returns `SUCCESS` with this number.
    Fake(Option<u64>),
}

/// A rule that has decided.
#[derive(Debug, Clone, Copy)]
pub struct Decision {
    /// Its number, from 1.
    pub number: u8,
    /// Its deed.
    pub deed: Deed,
}

impl Rules {
    /// The rules of the settings. The workbench has checked them.
    pub fn of(wanted: &[WasiRule]) -> Self {
        let rule = |rule: &WasiRule| {
            let deed = match &rule.action {
                WasiAction::Allow => Deed::Allow,
                WasiAction::Deny { .. } => Deed::Deny(rule.errno().map_or(Errno::IO, Errno)),
                WasiAction::Delay { ms } => Deed::Delay(Duration::from_millis((*ms).into())),
                WasiAction::Fake { result } => {
                    Deed::Fake(result.as_ref().and_then(|result| result.parse().ok()))
                }
            };
            Rule { wanted: rule.clone(), left: rule.after, deed }
        };
        Self(wanted.iter().take(WasiRule::MOST).map(rule).collect())
    }

    /// Returns true if there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rule that decides about a call. A rule that still leaves calls alone counts this one, and
    /// the next is asked.
    pub fn decide(&mut self, call: &Capture) -> Option<Decision> {
        let function = call.known.function;
        for (rule, number) in self.0.iter_mut().zip(1..) {
            if !rule.wanted.names(function.name) || !call.has_in_path(&rule.wanted.letters) {
                continue;
            }
            // A function that does not return can only be delayed.
            if !function.returns && !matches!(rule.deed, Deed::Allow | Deed::Delay(_)) {
                continue;
            }
            if rule.left > 0 {
                rule.left -= 1;
                continue;
            }
            return Some(Decision { number, deed: rule.deed });
        }
        None
    }
}

impl Deed {
    /// Does the deed. `None` if the call is to be made.
    pub fn instead(
        self,
        known: Known,
        arguments: &[u64],
        process: &mut WasiProcess,
        memory: Option<&mut [u8]>,
    ) -> Option<WasiResult> {
        match self {
            Self::Allow => None,
            Self::Deny(errno) => Some(Err(errno.into())),
            Self::Delay(time) => match process.pause.wait(&[], Instant::now().checked_add(time)) {
                Ok(()) => None,
                Err(stopped) => Some(Err(stopped)),
            },
            Self::Fake(result) => Some(fake(known, arguments, Memory::new(memory), result)),
        }
    }
}

/// Writes the first number that the function gives.
fn fake(
    known: Known,
    arguments: &[u64],
    mut memory: Memory<'_>,
    result: Option<u64>,
) -> WasiResult {
    let parameters = known.function.parameters.iter().zip(arguments);
    let mut numbers =
        parameters.filter(|(parameter, _)| matches!(parameter.kind, Kind::Out32 | Kind::Out64));
    let Some((parameter, &at)) = numbers.next() else { return Ok(()) };
    let result = match result {
        Some(result) => result,
        None if parameter.name == "written" => {
            let (list, count) = (arguments[1] as u32, arguments[2] as u32);
            memory.pieces(list, count)?.length() as u64
        }
        None => 0,
    };
    let at = at as u32;
    match parameter.kind {
        Kind::Out64 => memory.put_u64(at, result),
        _ => memory.put_u32(at, u32::try_from(result).unwrap_or(u32::MAX)),
    }
}
