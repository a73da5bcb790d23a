use std::collections::BTreeSet;

use wasmparser::{FunctionBody, Operator, Result};
use watshop_protocol::say;

use super::{Lint, Module};
use crate::Lines;

/// A block of a body.
struct Frame {
    /// True if control does not reach the next instruction.
    dead: bool,
    /// True if control does not reach the block itself.
    begun_dead: bool,
    /// True if a lint names an instruction of this arm that is never reached.
    told: bool,
}

/// Reads a function's body: its own lints, and the parts of the module that it uses.
pub(super) fn read(
    body: &FunctionBody<'_>,
    (function, parameters): (usize, u32),
    module: &mut Module,
    lines: &Lines,
    found: &mut Vec<Lint>,
) -> Result<()> {
    let function = u32::try_from(function).unwrap_or(u32::MAX);
    let mut last = parameters;
    for declared in body.get_locals_reader()? {
        last = last.saturating_add(declared?.0);
    }
    let (mut read, mut written) = (BTreeSet::new(), BTreeSet::new());
    let mut frames = vec![Frame { dead: false, begun_dead: false, told: false }];
    for operator in body.get_operators_reader()?.into_iter_with_offsets() {
        let (operator, offset) = operator?;
        let Some(frame) = frames.last_mut() else { break };
        let closes = matches!(operator, Operator::End | Operator::Else);
        if frame.dead && !frame.told && !closes {
            let offset = u32::try_from(offset).unwrap_or(u32::MAX);
            found.push(Lint {
                message: say!("Control never reaches this instruction."),
                at: lines.place(offset),
            });
            // One lint is enough for all that follows in the block.
            frame.told = true;
        }
        match operator {
            Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::TryTable { .. } => {
                let dead = frame.dead;
                frames.push(Frame { dead, begun_dead: dead, told: dead });
            }
            Operator::Else => (frame.dead, frame.told) = (frame.begun_dead, frame.begun_dead),
            Operator::End => {
                frames.pop();
            }
            Operator::Br { .. }
            | Operator::BrTable { .. }
            | Operator::Return
            | Operator::Unreachable
            | Operator::Throw { .. }
            | Operator::ThrowRef => frame.dead = true,
            Operator::ReturnCall { .. }
            | Operator::ReturnCallIndirect { .. }
            | Operator::ReturnCallRef { .. } => {
                frame.dead = true;
                module.used.read_operator(&operator);
            }
            Operator::LocalGet { local_index } => {
                read.insert(local_index);
            }
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                written.insert(local_index);
            }
            other => module.used.read_operator(&other),
        }
    }
    for local in (parameters..last).filter(|local| !read.contains(local)) {
        let name = module.names.local(function, local);
        let message = match written.contains(&local) {
            true => say!("The {name} is written and never read."),
            false => say!("The {name} is not used."),
        };
        found.push(Lint { message, at: None });
    }
    Ok(())
}
