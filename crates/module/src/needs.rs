//! Finds the proposals that a module needs: those without which it does not validate.
//!
//! To turn each off and validate again would cost a dozen passes over all code. Instead only the
//! sections are tried that way, which is cheap. Each function is then validated once, with the
//! proposals that are known so far. Only a function that fails is tried proposal by proposal.

use wasmparser::{
    BinaryReader, FuncToValidate, FuncValidatorAllocations, FunctionBody, Parser, ValidPayload,
    Validator, ValidatorResources,
};
use watshop_protocol::page::Proposals;

use crate::features;

/// The needed proposals by their names in the settings. Faults of another kind are ignored.
pub(crate) fn proposals(binary: &[u8]) -> Vec<&'static str> {
    let mut needed = least(&[], |on| sections(binary, on)).unwrap_or_default();
    let all = Proposals::NAMES;
    let mut validator = Validator::new_with_features(features::of_names(all.iter().copied()));
    let mut parser = Parser::new(0);
    parser.set_features(*validator.features());
    let mut functions = Vec::new();
    for payload in parser.parse_all(binary) {
        match payload.and_then(|payload| validator.payload(&payload)) {
            Ok(ValidPayload::Func(function, body)) => functions.push((function, body)),
            Ok(_) => {}
            Err(_) => break,
        }
    }
    let mut allocations = FuncValidatorAllocations::default();
    for (function, body) in &functions {
        if !valid(function, body, &needed, &mut allocations)
            && let Some(more) = least(&needed, |on| valid(function, body, on, &mut allocations))
        {
            needed = more;
        }
    }
    all.iter().copied().filter(|name| needed.contains(name)).collect()
}

/// The fewest proposals that satisfy `works`, including `known`. `None` if even all of them do not.
/// More proposals never make a module invalid, so it is enough to drop one after the other.
fn least(
    known: &[&'static str],
    mut works: impl FnMut(&[&'static str]) -> bool,
) -> Option<Vec<&'static str>> {
    let mut on = Proposals::NAMES.to_vec();
    if !works(&on) {
        return None;
    }
    for name in Proposals::NAMES.iter().filter(|name| !known.contains(name)) {
        let without: Vec<_> = on.iter().copied().filter(|other| other != name).collect();
        if works(&without) {
            on = without;
        }
    }
    Some(on)
}

/// True if everything outside of function bodies is valid.
fn sections(binary: &[u8], on: &[&str]) -> bool {
    let features = features::of_names(on.iter().copied());
    let mut validator = Validator::new_with_features(features);
    let mut parser = Parser::new(0);
    parser.set_features(features);
    parser
        .parse_all(binary)
        .all(|payload| payload.and_then(|payload| validator.payload(&payload)).is_ok())
}

fn valid(
    function: &FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    on: &[&str],
    allocations: &mut FuncValidatorAllocations,
) -> bool {
    let features = features::of_names(on.iter().copied());
    let FuncToValidate { resources, index, ty, .. } = function;
    let function =
        FuncToValidate { resources: resources.clone(), index: *index, ty: *ty, features };
    // The reader decodes by its features, so it needs the same ones.
    let body = FunctionBody::new(BinaryReader::new_features(
        body.as_bytes(),
        body.range().start,
        features,
    ));
    let mut validator = function.into_validator(std::mem::take(allocations));
    let valid = validator.validate(&body).is_ok();
    *allocations = validator.into_allocations();
    valid
}
