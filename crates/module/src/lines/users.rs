//! Finds the user of a type that is written in the place of its use: `(func (param i32))`.

use std::collections::HashMap;

use wast::core::{FuncKind, ImportItems, Instruction, ItemKind, ModuleField, TagType, TypeUse};
use wast::token::{Index, Span};

/// The first field or instruction in the text that uses each type, by the type's index.
pub(super) fn first(fields: &[ModuleField<'_>]) -> HashMap<u32, Span> {
    let mut found = HashMap::<u32, Span>::new();
    let mut note = |index: Option<u32>, span: Span| {
        if let Some(index) = index {
            let first = found.entry(index).or_insert(span);
            if span.offset() < first.offset() {
                *first = span;
            }
        }
    };
    for field in fields {
        match field {
            ModuleField::Func(function) => {
                note(number(&function.ty), function.span);
                if let FuncKind::Inline { expression, .. } = &function.kind {
                    let spans = expression.instr_spans.as_deref().unwrap_or_default();
                    for (instruction, span) in expression.instrs.iter().zip(spans) {
                        note(used(instruction), *span);
                    }
                }
            }
            ModuleField::Import(import) => {
                let ImportItems::Single { sig, .. } = &import.items else { continue };
                let index = match &sig.kind {
                    ItemKind::Func(kind) | ItemKind::FuncExact(kind) => number(kind),
                    ItemKind::Tag(TagType::Exception(kind)) => number(kind),
                    _ => None,
                };
                note(index, import.span);
            }
            ModuleField::Tag(tag) => {
                let TagType::Exception(kind) = &tag.ty;
                note(number(kind), tag.span);
            }
            _ => {}
        }
    }
    found
}

/// The type of a block or an indirect call.
fn used(instruction: &Instruction<'_>) -> Option<u32> {
    match instruction {
        Instruction::block(kind) | Instruction::loop_(kind) | Instruction::if_(kind) => {
            number(&kind.ty)
        }
        Instruction::try_table(kind) => number(&kind.block.ty),
        Instruction::call_indirect(call) | Instruction::return_call_indirect(call) => {
            number(&call.ty)
        }
        _ => None,
    }
}

fn number<T>(kind: &TypeUse<'_, T>) -> Option<u32> {
    match kind.index {
        Some(Index::Num(number, _)) => Some(number),
        _ => None,
    }
}
