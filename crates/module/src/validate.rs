//! Checks a binary against the rules of the specification, with the proposals that are on.

use rayon::prelude::*;
use wasmparser::{
    FuncToValidate, FuncValidatorAllocations, Parser, ValidPayload, Validator, WasmFeatures,
};
use watshop_protocol::page::{Error, ErrorCode, Place, Problem, Proposals, Result};
use watshop_protocol::{Sentence, say};

use crate::{LARGEST_PRINTED, Lines, expected, explain, features};

/// The most problems that are reported. More would not help a reader.
pub(crate) const MOST: usize = 100;

/// The size from which several threads are sooner done than one.
const WORTH_THREADS: usize = 64 << 10;

/// Checks that a binary is a valid module with these proposals on.
///
/// # Errors
///
/// `invalid_module` with the byte offset of the first broken rule. If a proposal that is off is the
/// reason, the error has its name. `not_a_module` or `empty_file`.
pub fn validate(binary: &[u8], proposals: &Proposals) -> Result<()> {
    expected::expect_wasm(binary)?;
    match faults(binary, proposals, 1).into_iter().next() {
        None => Ok(()),
        Some(fault) => Err(fault.into_error()),
    }
}

/// All problems of a binary: at most one in each function and one outside. Up to
/// [`LARGEST_PRINTED`] bytes the places also have the line and column in the text of
/// [`crate::print()`].
pub fn check_binary(binary: &[u8], proposals: &Proposals) -> Vec<Problem> {
    if let Err(error) = expected::expect_wasm(binary) {
        return vec![Problem::of(error, 1)];
    }
    let faults = faults(binary, proposals, MOST);
    if faults.is_empty() {
        return Vec::new();
    }
    let lines = (binary.len() <= LARGEST_PRINTED).then(|| Lines::of_printed(binary));
    faults.into_iter().map(|fault| fault.into_problem(lines.as_ref())).collect()
}

/// A broken rule.
pub(crate) struct Fault {
    message: Sentence,
    proposal: Option<&'static str>,
    offset: Option<u32>,
}

impl Fault {
    fn into_error(self) -> Error {
        let mut error = Error::new(ErrorCode::InvalidModule, self.message);
        error.proposal = self.proposal.map(str::to_owned);
        error.at = self.offset.map(|offset| Place { offset: Some(offset), ..Place::default() });
        error
    }

    pub(crate) fn into_problem(self, lines: Option<&Lines>) -> Problem {
        let found =
            self.offset.zip(lines).and_then(|(offset, lines)| lines.spot(offset, &self.message));
        let error = self.into_error();
        match found {
            Some((place, length)) => Problem::of(error.at(place), length),
            None => Problem::of(error, 1),
        }
    }
}

/// The broken rules in the order of their offsets.
pub(crate) fn faults(binary: &[u8], proposals: &Proposals, most: usize) -> Vec<Fault> {
    let errors = errors(binary, features::of(proposals), most);
    let mut switches = Switches { binary, proposals, most, tried: None };
    errors.iter().map(|error| switches.explain(error)).collect()
}

/// The validator's errors: the first outside of functions, and the first of each function.
fn errors(binary: &[u8], features: WasmFeatures, most: usize) -> Vec<wasmparser::Error> {
    let mut validator = Validator::new_with_features(features);
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut functions = Vec::new();
    let mut errors = Vec::new();
    for payload in parser.parse_all(binary) {
        match payload.and_then(|payload| validator.payload(&payload)) {
            Ok(ValidPayload::Func(function, body)) => functions.push((function, body)),
            Ok(_) => {}
            Err(error) => {
                errors.push(error);
                break;
            }
        }
    }
    // The rules of a function do not look at the body of another, so every core takes some
    // functions.
    let broken = |allocations: &mut FuncValidatorAllocations,
                  (function, body): (FuncToValidate<_>, _)| {
        let mut validator = function.into_validator(std::mem::take(allocations));
        let error = validator.validate(&body).err();
        *allocations = validator.into_allocations();
        error
    };
    if binary.len() < WORTH_THREADS {
        let mut allocations = FuncValidatorAllocations::default();
        errors.extend(
            functions.into_iter().filter_map(|function| broken(&mut allocations, function)),
        );
    } else {
        let broken = functions.into_par_iter().map_init(FuncValidatorAllocations::default, broken);
        errors.par_extend(broken.flatten());
    }
    errors.sort_by_key(wasmparser::Error::offset);
    errors.truncate(most);
    errors
}

/// The error for bytes that are not a whole module.
pub(crate) fn unreadable_error(error: &wasmparser::Error) -> Error {
    let offset = u32::try_from(error.offset()).ok();
    Fault { message: explain::validation(error.message()), proposal: None, offset }.into_error()
}

/// Finds the switch of the proposal that an error needs.
struct Switches<'a> {
    binary: &'a [u8],
    proposals: &'a Proposals,
    most: usize,
    /// The errors that remain with each proposal that is off turned on. They are made at the first
    /// need, because most errors name their feature themselves or have nothing to do with one.
    tried: Option<Vec<(&'static str, Vec<u64>)>>,
}

impl Switches<'_> {
    fn explain(&mut self, error: &wasmparser::Error) -> Fault {
        let offset = u32::try_from(error.offset()).ok();
        if let Some(missing) = error.missing_wasm_feature() {
            return match features::switch(missing) {
                Some(switch) => Self::off(switch, offset),
                None => Fault {
                    message: say!(
                        "This needs the proposal {}, which Wasmer 7.5 does not have.",
                        features::proposal(missing)
                    ),
                    proposal: None,
                    offset,
                },
            };
        }
        if let Some(switch) = self.curing(error) {
            return Self::off(switch, offset);
        }
        Fault { message: explain::validation(error.message()), proposal: None, offset }
    }

    fn off(switch: &'static str, offset: Option<u32>) -> Fault {
        Fault {
            message: say!("This needs the proposal `{switch}`, which is off."),
            proposal: Some(switch),
            offset,
        }
    }

    /// The first proposal that, turned on alone, leaves no error at the place or before it.
    fn curing(&mut self, error: &wasmparser::Error) -> Option<&'static str> {
        let Self { binary, proposals, most, .. } = *self;
        let tried = self.tried.get_or_insert_with(|| {
            let on = |(name, on): (&'static str, bool)| on.then_some(name);
            let off = proposals.iter().filter(|(_, on)| !on);
            off.map(|(switch, _)| {
                let with = features::of_names(proposals.iter().filter_map(on).chain([switch]));
                (switch, errors(binary, with, most).iter().map(wasmparser::Error::offset).collect())
            })
            .collect()
        });
        let cured = |still: &[u64]| still.iter().all(|offset| *offset > error.offset());
        tried.iter().find(|(_, still)| cured(still)).map(|(switch, _)| *switch)
    }
}

#[cfg(test)]
mod tests;
