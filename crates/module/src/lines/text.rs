//! From a syntax tree: its fields, once resolved, are the entries of the sections in order, and its
//! instructions are the operators of the bodies one by one. So a line is looked up, never guessed.

use std::collections::HashMap;
use std::ops::Range;

use wasmparser::{FromReader, FunctionBody, Parser, Payload, SectionLimited};
use wast::core::{FuncKind, Module, ModuleField, ModuleKind};
use wast::lexer::{Lexer, TokenKind};
use wast::token::{Index, Span};

use super::{Spot, Table};
use crate::text::{Spans, assemble};

/// The table of a text; `None` when the text is malformed or holds its module as bytes.
pub(super) fn table(text: &str) -> Option<Table> {
    let fields = |module: &Module<'_>, binary: Vec<u8>| match &module.kind {
        ModuleKind::Text(fields) => read(text, &Fields::sort(fields), &binary),
        ModuleKind::Binary(_) => None,
    };
    let mut spots = assemble(text, Spans::Keep, fields).ok()??;
    spots.sort_by_key(|spot| spot.start);
    Some(Table { spots, printed: String::new() })
}

/// Spans of the fields by the section they end up in.
#[derive(Default)]
struct Fields<'a> {
    types: Vec<Span>,
    imports: Vec<Span>,
    functions: Vec<(Span, &'a [Span])>,
    tables: Vec<Span>,
    memories: Vec<Span>,
    globals: Vec<Span>,
    exports: Vec<Span>,
    start: Vec<Span>,
    elements: Vec<Span>,
    data: Vec<Span>,
    tags: Vec<Span>,
}

impl<'a> Fields<'a> {
    fn sort(fields: &'a [ModuleField<'_>]) -> Self {
        let mut sorted = Self::default();
        for field in fields {
            match field {
                ModuleField::Type(field) => sorted.types.push(field.span),
                ModuleField::Rec(field) => sorted.types.push(field.span),
                ModuleField::Import(field) => sorted.imports.push(field.span),
                ModuleField::Func(field) => {
                    let instructions = match &field.kind {
                        FuncKind::Inline { expression, .. } => expression.instr_spans.as_deref(),
                        FuncKind::Import { .. } => None,
                    };
                    sorted.functions.push((field.span, instructions.unwrap_or_default()));
                }
                ModuleField::Table(field) => sorted.tables.push(field.span),
                ModuleField::Memory(field) => sorted.memories.push(field.span),
                ModuleField::Global(field) => sorted.globals.push(field.span),
                ModuleField::Export(field) => sorted.exports.push(field.span),
                ModuleField::Start(Index::Num(_, span)) => sorted.start.push(*span),
                ModuleField::Start(Index::Id(id)) => sorted.start.push(id.span()),
                ModuleField::Elem(field) => sorted.elements.push(field.span),
                ModuleField::Data(field) => sorted.data.push(field.span),
                ModuleField::Tag(field) => sorted.tags.push(field.span),
                ModuleField::Custom(_) => {}
            }
        }
        sorted
    }
}

fn read(text: &str, fields: &Fields<'_>, binary: &[u8]) -> Option<Vec<Spot>> {
    let closing = closing(text);
    let mut functions = fields.functions.iter();
    let mut spots = Vec::new();
    for payload in Parser::new(0).parse_all(binary) {
        match payload.ok()? {
            Payload::TypeSection(section) => entries(&mut spots, section, &fields.types),
            Payload::ImportSection(section) => entries(&mut spots, section, &fields.imports),
            Payload::FunctionSection(section) => {
                let spans: Vec<_> = fields.functions.iter().map(|(span, _)| *span).collect();
                entries(&mut spots, section, &spans);
            }
            Payload::TableSection(section) => entries(&mut spots, section, &fields.tables),
            Payload::MemorySection(section) => entries(&mut spots, section, &fields.memories),
            Payload::TagSection(section) => entries(&mut spots, section, &fields.tags),
            Payload::GlobalSection(section) => entries(&mut spots, section, &fields.globals),
            Payload::ExportSection(section) => entries(&mut spots, section, &fields.exports),
            Payload::StartSection { range, .. } => {
                spots.extend(fields.start.first().map(|span| spot(range, *span)));
            }
            Payload::ElementSection(section) => entries(&mut spots, section, &fields.elements),
            Payload::DataSection(section) => entries(&mut spots, section, &fields.data),
            Payload::CodeSectionEntry(code) => {
                let (span, instructions) = functions.next()?;
                body(&mut spots, &code, *span, instructions, &closing);
            }
            _ => {}
        }
    }
    Some(spots)
}

/// One spot an entry. A section of another number of entries than the tree has fields is left out.
fn entries<'a, T: FromReader<'a>>(spots: &mut Vec<Spot>, section: SectionLimited<'a, T>, spans: &[Span]) {
    if section.count() as usize != spans.len() {
        return;
    }
    let end = section.range().end;
    let starts: Vec<u64> = section.into_iter_with_offsets().map_while(|entry| Some(entry.ok()?.0)).collect();
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(end);
        spots.push(spot(*start..end, spans[i]));
    }
}

/// The head of a function, each instruction, and the `end` that the text writes as `)`. A body that cannot
/// be decoded to its end has places as far as it can.
fn body(
    spots: &mut Vec<Spot>,
    body: &FunctionBody<'_>,
    head: Span,
    instructions: &[Span],
    closing: &HashMap<usize, usize>,
) {
    let Ok(mut reader) = body.get_operators_reader() else { return };
    spots.push(spot(body.range().start..reader.original_position(), head));
    let close = closing.get(&head.offset()).map(|at| Span::from_offset(*at));
    for span in instructions.iter().copied().chain(close) {
        let start = reader.original_position();
        // An operator out of place is told at its own offset, which still has a line.
        let read = reader.read().is_ok();
        spots.push(spot(start..reader.original_position().max(start + 1), span));
        if !read {
            return;
        }
    }
}

fn spot(range: Range<u64>, span: Span) -> Spot {
    Spot { start: range.start, end: range.end, at: span.offset() }
}

/// For each keyword after a `(`, where the parenthesis closes.
fn closing(text: &str) -> HashMap<usize, usize> {
    let mut closing = HashMap::new();
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut fresh = false;
    for token in Lexer::new(text).iter(0).map_while(Result::ok) {
        match token.kind {
            TokenKind::LParen => open.push(None),
            TokenKind::RParen => {
                if let Some(Some(keyword)) = open.pop() {
                    closing.insert(keyword, token.offset);
                }
            }
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment => continue,
            _ if fresh => {
                if let Some(last) = open.last_mut() {
                    *last = Some(token.offset);
                }
            }
            _ => {}
        }
        fresh = token.kind == TokenKind::LParen;
    }
    closing
}
