//! Maps a text by its syntax tree. The resolved fields are the entries of the sections in order,
//! and the instructions are the operators of the bodies one by one. So a line is looked up, never
//! guessed.

use std::cell::OnceCell;
use std::collections::HashMap;

use wasmparser::{FromReader, FunctionBody, Parser, Payload, SectionLimited};
use wast::core::{FuncKind, ImportItems, Instruction, ItemKind, Module, ModuleField, ModuleKind};
use wast::lexer::{Lexer, TokenKind};
use wast::token::{Index, Span};

use super::parts::{FieldSpans, parts};
use super::{Spot, Table, spot, users};
use crate::text::{Spans, assemble};

/// The table of a text. `None` if the text is malformed or holds its module as bytes.
pub(super) fn table(text: &str) -> Option<Table> {
    let fields = |module: &Module<'_>, binary: Vec<u8>| match &module.kind {
        ModuleKind::Text(fields) => Some(read(text, &Fields::sort(fields, text), &binary)),
        ModuleKind::Binary(_) => None,
    };
    let mut spots = assemble(text, Spans::Keep, fields).ok()??;
    spots.sort_by_key(|spot| spot.start);
    Some(Table { spots, printed: String::new() })
}

/// The spans of the fields, by the section that each becomes part of.
#[derive(Default)]
struct Fields<'a> {
    types: Vec<Span>,
    imports: Vec<Span>,
    imports_memory: bool,
    imports_table: bool,
    functions: Vec<(Span, &'a [Span])>,
    tables: Vec<FieldSpans>,
    memories: Vec<Span>,
    globals: Vec<FieldSpans>,
    exports: Vec<Span>,
    start: Option<Span>,
    elements: Vec<FieldSpans>,
    data: Vec<FieldSpans>,
    tags: Vec<Span>,
    /// The first instruction that needs the count of data segments before the code.
    counted: Option<Span>,
}

impl<'a> Fields<'a> {
    fn sort(fields: &'a [ModuleField<'_>], text: &str) -> Self {
        let mut sorted = Self::default();
        let users = OnceCell::new();
        for field in fields {
            match field {
                ModuleField::Type(field) if field.span.offset() == 0 => {
                    // A type that is not in the text of its own takes the place of its first user.
                    let index = u32::try_from(sorted.types.len()).unwrap_or(u32::MAX);
                    let user = users.get_or_init(|| users::first(fields)).get(&index);
                    sorted.types.push(user.copied().unwrap_or(field.span));
                }
                ModuleField::Type(field) => sorted.types.push(field.span),
                ModuleField::Rec(field) => sorted.types.push(field.span),
                ModuleField::Import(field) => {
                    sorted.imports.push(field.span);
                    if let ImportItems::Single { sig, .. } = &field.items {
                        sorted.imports_memory |= matches!(sig.kind, ItemKind::Memory(_));
                        sorted.imports_table |= matches!(sig.kind, ItemKind::Table(_));
                    }
                }
                ModuleField::Func(field) => {
                    let mut spans: &[Span] = &[];
                    if let FuncKind::Inline { expression, .. } = &field.kind {
                        spans = expression.instr_spans.as_deref().unwrap_or_default();
                        let counted = expression.instrs.iter().position(needs_count);
                        sorted.counted = sorted
                            .counted
                            .or_else(|| counted.and_then(|at| spans.get(at).copied()));
                    }
                    sorted.functions.push((field.span, spans));
                }
                ModuleField::Table(field) => sorted.tables.push(FieldSpans::of_table(field)),
                ModuleField::Memory(field) => sorted.memories.push(field.span),
                ModuleField::Global(field) => sorted.globals.push(FieldSpans::of_global(field)),
                ModuleField::Export(field) => sorted.exports.push(field.span),
                ModuleField::Start(Index::Num(_, span)) => sorted.start = Some(*span),
                ModuleField::Start(Index::Id(id)) => sorted.start = Some(id.span()),
                ModuleField::Elem(field) => sorted.elements.push(FieldSpans::of_elements(field)),
                ModuleField::Data(field) => sorted.data.push(FieldSpans::of_data(field, text)),
                ModuleField::Tag(field) => sorted.tags.push(field.span),
                ModuleField::Custom(_) => {}
            }
        }
        sorted
    }
}

fn needs_count(instruction: &Instruction<'_>) -> bool {
    matches!(instruction, Instruction::memory_init(_) | Instruction::data_drop(_))
}

fn read(text: &str, fields: &Fields<'_>, binary: &[u8]) -> Vec<Spot> {
    let closing = closing(text);
    let mut functions = fields.functions.iter();
    let mut spots = Vec::new();
    // Everything before a part that cannot be read still has its places.
    for payload in Parser::new(0).parse_all(binary).map_while(Result::ok) {
        match payload {
            Payload::TypeSection(section) => entries(&mut spots, section, &fields.types, 0),
            Payload::ImportSection(section) => entries(&mut spots, section, &fields.imports, 0),
            Payload::FunctionSection(section) => {
                let spans: Vec<_> = fields.functions.iter().map(|(span, _)| *span).collect();
                entries(&mut spots, section, &spans, 0);
            }
            Payload::TableSection(section) => {
                let excess = usize::from(!fields.imports_table);
                parts(&mut spots, section, &fields.tables, excess);
            }
            Payload::MemorySection(section) => {
                // If only one memory is allowed, an imported one counts.
                let excess = usize::from(!fields.imports_memory);
                entries(&mut spots, section, &fields.memories, excess);
            }
            Payload::TagSection(section) => entries(&mut spots, section, &fields.tags, 0),
            Payload::GlobalSection(section) => parts(&mut spots, section, &fields.globals, 0),
            Payload::ExportSection(section) => entries(&mut spots, section, &fields.exports, 0),
            Payload::StartSection { range, .. } => {
                spots.extend(fields.start.map(|span| spot(range, span)));
            }
            Payload::ElementSection(section) => parts(&mut spots, section, &fields.elements, 0),
            Payload::DataCountSection { range, .. } => {
                spots.extend(fields.counted.map(|span| spot(range, span)));
            }
            Payload::DataSection(section) => parts(&mut spots, section, &fields.data, 0),
            Payload::CodeSectionEntry(code) => {
                let Some((span, instructions)) = functions.next() else { break };
                body(&mut spots, &code, *span, instructions, &closing);
            }
            _ => {}
        }
    }
    spots
}

/// Adds a spot for each entry, and one for the count, which belongs to the entry `excess`. A
/// section is skipped if its number of entries differs from that of the fields.
fn entries<'a, T: FromReader<'a>>(
    spots: &mut Vec<Spot>,
    section: SectionLimited<'a, T>,
    spans: &[Span],
    excess: usize,
) {
    if section.count() as usize != spans.len() {
        return;
    }
    // An error at the count itself is about the entry that is one too many.
    let (begin, end) = (section.range().start, section.range().end);
    let starts: Vec<u64> =
        section.into_iter_with_offsets().map_while(|entry| Some(entry.ok()?.0)).collect();
    let counted = spans.get(excess).or(spans.first());
    spots.extend(counted.zip(starts.first()).map(|(span, first)| spot(begin..*first, *span)));
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(end);
        spots.push(spot(*start..end, spans[i]));
    }
}

/// Adds spots for the head of a function, each instruction, and the `end` that the text writes as
/// `)`. If a body cannot be decoded to its end, the rest has no places.
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
        // The error about a misplaced operator has the operator's own offset, which still has a
        // line.
        let read = reader.read().is_ok();
        spots.push(spot(start..reader.original_position().max(start + 1), span));
        if !read {
            return;
        }
    }
}

/// The place of the closing parenthesis for each keyword behind a `(`.
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
