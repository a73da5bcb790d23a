//! Maps fields with constant expressions. Each instruction in them has its own place, and so has
//! each function of a list.

use wasmparser::{
    ConstExpr, Data, DataKind, Element, ElementItems, ElementKind, FromReader, Global,
    SectionLimited, Table, TableInit,
};
use wast::core::{self as tree, ElemPayload, Expression, GlobalKind, TableKind};
use wast::lexer::{Lexer, TokenKind};
use wast::token::{Index, Span};

use super::{Spot, spot};

/// A field, and the spans of its parts.
pub(super) struct FieldSpans {
    field: Span,
    /// The spans of each constant expression, in the binary's order.
    expressions: Vec<Vec<Span>>,
    /// The span of each function in an element segment that lists indices.
    indices: Vec<Span>,
}

impl FieldSpans {
    fn new<'a>(field: Span, expressions: impl IntoIterator<Item = &'a Expression<'a>>) -> Self {
        let spans = expressions.into_iter().map(spans);
        Self { field, expressions: spans.collect(), indices: Vec::new() }
    }

    pub(super) fn of_table(field: &tree::Table<'_>) -> Self {
        match &field.kind {
            TableKind::Normal { init_expr, .. } => Self::new(field.span, init_expr),
            _ => Self::new(field.span, None),
        }
    }

    pub(super) fn of_global(field: &tree::Global<'_>) -> Self {
        match &field.kind {
            GlobalKind::Inline(expression) => Self::new(field.span, Some(expression)),
            GlobalKind::Import(_) => Self::new(field.span, None),
        }
    }

    pub(super) fn of_data(field: &tree::Data<'_>, text: &str) -> Self {
        let tree::DataKind::Active { offset, .. } = &field.kind else {
            return Self::new(field.span, None);
        };
        let mut part = Self::new(field.span, Some(offset));
        // The parser keeps no place for the outermost instruction of `(data (i32.const 0) …)`,
        // which comes last.
        if part.expressions[0].len() + 1 == offset.instrs.len() {
            part.expressions[0].extend(outermost(text, field.span));
        }
        part
    }

    pub(super) fn of_elements(field: &tree::Elem<'_>) -> Self {
        let offset = match &field.kind {
            tree::ElemKind::Active { offset, .. } => Some(offset),
            tree::ElemKind::Passive | tree::ElemKind::Declared => None,
        };
        match &field.payload {
            ElemPayload::Exprs { exprs, .. } => {
                Self::new(field.span, offset.into_iter().chain(exprs))
            }
            ElemPayload::Indices(indices) => {
                let span = |index: &Index<'_>| match index {
                    Index::Num(_, span) => *span,
                    Index::Id(id) => id.span(),
                };
                let indices = indices.iter().map(span).collect();
                Self { indices, ..Self::new(field.span, offset) }
            }
        }
    }
}

fn spans(expression: &Expression<'_>) -> Vec<Span> {
    expression.instr_spans.as_deref().unwrap_or_default().to_vec()
}

/// The first instruction in the field of a data segment that is written without `offset`.
fn outermost(text: &str, field: Span) -> Option<Span> {
    let lexer = Lexer::new(text);
    let mut opened = false;
    for token in lexer.iter(field.offset()).map_while(Result::ok) {
        match token.kind {
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment => continue,
            TokenKind::Keyword if opened && token.src(text).contains('.') => {
                return Some(Span::from_offset(token.offset));
            }
            // A segment within a memory has an offset that is not in the text.
            TokenKind::String => return None,
            _ => {}
        }
        opened = token.kind == TokenKind::LParen;
    }
    None
}

/// The parts of a section's entry.
pub(super) trait EntryParts<'a> {
    fn expressions(&self) -> Vec<ConstExpr<'a>>;

    fn functions(&self) -> Option<SectionLimited<'a, u32>> {
        None
    }
}

impl<'a> EntryParts<'a> for Global<'a> {
    fn expressions(&self) -> Vec<ConstExpr<'a>> {
        vec![self.init_expr.clone()]
    }
}

impl<'a> EntryParts<'a> for Table<'a> {
    fn expressions(&self) -> Vec<ConstExpr<'a>> {
        match &self.init {
            TableInit::Expr(expression) => vec![expression.clone()],
            TableInit::RefNull => Vec::new(),
        }
    }
}

impl<'a> EntryParts<'a> for Data<'a> {
    fn expressions(&self) -> Vec<ConstExpr<'a>> {
        match &self.kind {
            DataKind::Active { offset_expr, .. } => vec![offset_expr.clone()],
            DataKind::Passive => Vec::new(),
        }
    }
}

impl<'a> EntryParts<'a> for Element<'a> {
    fn expressions(&self) -> Vec<ConstExpr<'a>> {
        let offset = match &self.kind {
            ElementKind::Active { offset_expr, .. } => Some(offset_expr.clone()),
            ElementKind::Passive | ElementKind::Declared => None,
        };
        let mut expressions = Vec::from_iter(offset);
        if let ElementItems::Expressions(_, items) = &self.items {
            expressions.extend(items.clone().into_iter().map_while(Result::ok));
        }
        expressions
    }

    fn functions(&self) -> Option<SectionLimited<'a, u32>> {
        match &self.items {
            ElementItems::Functions(functions) => Some(functions.clone()),
            ElementItems::Expressions(..) => None,
        }
    }
}

/// Adds the spots of a section's entries and of their parts. The section's count belongs to the
/// entry `excess`. A section is skipped if its number of entries differs from that of the fields.
pub(super) fn parts<'a, T: FromReader<'a> + EntryParts<'a>>(
    spots: &mut Vec<Spot>,
    section: SectionLimited<'a, T>,
    fields: &[FieldSpans],
    excess: usize,
) {
    if section.count() as usize != fields.len() {
        return;
    }
    let mut begin = section.range().start;
    let end = section.range().end;
    let entries: Vec<_> = section.into_iter_with_offsets().map_while(Result::ok).collect();
    let counted = fields.get(excess).or(fields.first());
    if let (Some(part), Some((first, _))) = (counted, entries.first()) {
        spots.push(spot(begin..*first, part.field));
    }
    for (i, (start, entry)) in entries.iter().enumerate() {
        let end = entries.get(i + 1).map_or(end, |(next, _)| *next);
        begin = *start;
        for (inside, span) in inside(entry, &fields[i]) {
            // The bytes between the parts belong to the field itself.
            spots.push(spot(begin..inside.start, fields[i].field));
            begin = inside.end;
            spots.push(spot(inside, span));
        }
        spots.push(spot(begin..end, fields[i].field));
    }
}

/// The ranges and spans of an entry's instructions and functions, in order.
fn inside<'a>(entry: &impl EntryParts<'a>, part: &FieldSpans) -> Vec<(std::ops::Range<u64>, Span)> {
    let mut found = Vec::new();
    let expressions = entry.expressions();
    if expressions.len() == part.expressions.len() {
        for (expression, spans) in expressions.iter().zip(&part.expressions) {
            let mut reader = expression.get_operators_reader();
            for span in spans {
                let start = reader.original_position();
                let read = reader.read().is_ok();
                found.push((start..reader.original_position().max(start + 1), *span));
                if !read {
                    break;
                }
            }
        }
    }
    let functions =
        entry.functions().filter(|functions| functions.count() as usize == part.indices.len());
    if let Some(functions) = functions {
        let end = functions.range().end;
        let starts: Vec<_> =
            functions.into_iter_with_offsets().map_while(|entry| Some(entry.ok()?.0)).collect();
        for (i, start) in starts.iter().enumerate() {
            found.push((*start..starts.get(i + 1).copied().unwrap_or(end), part.indices[i]));
        }
    }
    found
}
