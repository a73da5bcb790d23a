//! Lints: parts of a valid module that have no effect.

mod body;
mod names;
mod used;

use wasmparser::{
    CompositeInnerType, FunctionBody, Parser, Payload, Result as ParseResult, TypeRef,
};
use watshop_protocol::Sentence;
use watshop_protocol::page::{Error, Place};

use crate::{Lines, parse};
use names::Names;
use used::Used;

/// A part of a text that has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// A sentence that names the part. Names in it stand in backticks.
    pub message: Sentence,
    /// The place, if it is an instruction.
    pub at: Option<Place>,
}

/// The lints of a text: instructions that are never reached, locals that are never read, functions
/// and globals that are never used, and a `mut` that is not needed.
///
/// # Errors
///
/// Those of [`parse`], and none for a module that is invalid: its lints are those that show before
/// the fault.
pub fn lints(text: &str) -> Result<Vec<Lint>, Error> {
    let binary = parse(text)?;
    let lines = Lines::of_text(text);
    let mut module = Module::default();
    let mut found = Vec::new();
    if read(&binary, &mut module, &lines, &mut found).is_ok() {
        found.extend(module.used.lints(&module.names));
    }
    Ok(found)
}

/// The facts of a module that its lints need.
#[derive(Default)]
struct Module {
    names: Names,
    /// The number of parameters of each type.
    parameters: Vec<u32>,
    /// The type of each function, imported ones first.
    types: Vec<u32>,
    used: Used,
}

fn read(
    binary: &[u8],
    module: &mut Module,
    lines: &Lines,
    found: &mut Vec<Lint>,
) -> ParseResult<()> {
    let mut bodies: Vec<FunctionBody<'_>> = Vec::new();
    for payload in Parser::new(0).parse_all(binary) {
        match payload? {
            Payload::TypeSection(section) => {
                for group in section {
                    module.parameters.extend(group?.types().map(|one| {
                        match &one.composite_type.inner {
                            CompositeInnerType::Func(one) => {
                                u32::try_from(one.params().len()).unwrap_or(u32::MAX)
                            }
                            _ => 0,
                        }
                    }));
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    match import?.ty {
                        TypeRef::Func(of) | TypeRef::FuncExact(of) => module.types.push(of),
                        TypeRef::Global(_) => module.used.import_global(),
                        _ => {}
                    }
                }
                module.used.import_functions(module.types.len());
            }
            Payload::FunctionSection(section) => {
                for of in section {
                    module.types.push(of?);
                    module.used.define_function();
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            Payload::CustomSection(custom) => module.names.read(&custom),
            other => module.used.read(other)?,
        }
    }
    // Names stand behind the code.
    let imported = module.types.len() - bodies.len();
    for (at, body) in bodies.iter().enumerate() {
        let function = imported + at;
        let of = module.types.get(function).copied().unwrap_or_default();
        let parameters = module.parameters.get(of as usize).copied().unwrap_or_default();
        body::read(body, (function, parameters), module, lines, found)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
