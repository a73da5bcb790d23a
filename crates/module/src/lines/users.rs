//! Finds the user of a type that is written in the place of its use: `(func (param i32))`.

use wast::core::{
    BlockType, FuncKind, ImportItems, Instruction, ItemKind, ModuleField, TagType, TypeUse,
};
use wast::token::{Index, Span};

/// The first field or instruction in the text that uses a type.
pub(super) fn first(fields: &[ModuleField<'_>], index: u32) -> Option<Span> {
    fields.iter().filter_map(|field| user(field, index)).min_by_key(Span::offset)
}

fn user(field: &ModuleField<'_>, index: u32) -> Option<Span> {
    match field {
        ModuleField::Func(function) if is(&function.ty, index) => Some(function.span),
        ModuleField::Func(function) => {
            let FuncKind::Inline { expression, .. } = &function.kind else { return None };
            let at = expression.instrs.iter().position(|instruction| uses(instruction, index))?;
            expression.instr_spans.as_deref()?.get(at).copied()
        }
        ModuleField::Import(import) => {
            let ImportItems::Single { sig, .. } = &import.items else { return None };
            match &sig.kind {
                ItemKind::Func(kind) | ItemKind::FuncExact(kind) => {
                    is(kind, index).then_some(import.span)
                }
                ItemKind::Tag(TagType::Exception(kind)) => is(kind, index).then_some(import.span),
                _ => None,
            }
        }
        ModuleField::Tag(tag) => {
            let TagType::Exception(kind) = &tag.ty;
            is(kind, index).then_some(tag.span)
        }
        _ => None,
    }
}

fn uses(instruction: &Instruction<'_>, index: u32) -> bool {
    let block = |block: &BlockType<'_>| is(&block.ty, index);
    match instruction {
        Instruction::block(kind) | Instruction::loop_(kind) | Instruction::if_(kind) => block(kind),
        Instruction::try_table(kind) => block(&kind.block),
        Instruction::call_indirect(call) | Instruction::return_call_indirect(call) => {
            is(&call.ty, index)
        }
        _ => false,
    }
}

fn is<T>(kind: &TypeUse<'_, T>, index: u32) -> bool {
    matches!(kind.index, Some(Index::Num(number, _)) if number == index)
}
