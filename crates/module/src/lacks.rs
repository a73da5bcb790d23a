//! Finds the parts of a module that a compiler of Wasmer 7.5 cannot compile, before the compiler is
//! called. The compiler itself would panic, name its own internals, or for some parts compute a
//! wrong result.

use rayon::prelude::*;
use wasmparser::{
    BlockType, Element, ElementItems, FunctionBody, Operator, Parser, Payload, RecGroup, RefType,
    TableType, TypeRef, ValType,
};
use watshop_protocol::page::{Compiler, Error, ErrorCode, Place, Proposals};
use watshop_protocol::{Sentence, pattern, say};

use crate::spelling;

/// A feature that some compilers lack.
struct Feature {
    /// The feature as the end of "it has no …".
    what: &'static str,
    lacking: &'static [Compiler],
}

const EVERY: &[Compiler] = &Compiler::ALL;
const VECTORS: Feature =
    Feature { what: pattern!("vectors of 128 bits (SIMD)"), lacking: &[Compiler::Singlepass] };
const TAIL_CALLS: Feature =
    Feature { what: pattern!("tail calls"), lacking: &[Compiler::Singlepass, Compiler::Cranelift] };
const EXCEPTIONS: Feature =
    Feature { what: pattern!("exceptions"), lacking: &[Compiler::Singlepass] };
const WIDE: Feature =
    Feature { what: pattern!("arithmetic of 128 bits"), lacking: &[Compiler::Singlepass] };
const SEVERAL_RESULTS: Feature = Feature {
    what: pattern!("imported functions with more than one result"),
    lacking: &[Compiler::Singlepass],
};
const MEMORY64: Feature = Feature {
    what: pattern!("memories with 64-bit addresses (the proposal memory64)"),
    lacking: EVERY,
};
const TABLE64: Feature = Feature {
    what: pattern!("tables with 64-bit indices (the proposal memory64)"),
    lacking: EVERY,
};
const EXCEPTION_ELEMENTS: Feature =
    Feature { what: pattern!("element segments of exceptions"), lacking: EVERY };

/// The row of each proposal whose instructions a compiler may lack.
const INSTRUCTIONS: &[(&str, &Feature)] = &[
    ("simd", &VECTORS),
    ("relaxed_simd", &VECTORS),
    ("tail_call", &TAIL_CALLS),
    ("exceptions", &EXCEPTIONS),
    ("wide_arithmetic", &WIDE),
];

/// A part of the module that the compiler lacks.
struct Lack {
    row: &'static Feature,
    /// The name of the part.
    thing: Sentence,
    offset: u64,
}

/// Checks that a compiler has all features that a valid module needs.
///
/// # Errors
///
/// `compiler_refused` with the first place of a feature that is missing. It names the compilers
/// that have it.
pub fn takes(binary: &[u8], compiler: Compiler, proposals: &Proposals) -> Result<(), Error> {
    match find(binary, compiler, proposals) {
        None => Ok(()),
        Some(lack) => Err(lack.into_error(compiler)),
    }
}

impl Lack {
    fn into_error(self, compiler: Compiler) -> Error {
        let Feature { what, lacking } = self.row;
        let (title, thing, what) = (compiler.title(), self.thing, Sentence::plain(what));
        let message = say!("{title} of Wasmer 7.5 cannot compile {thing}: it has no {what}.");
        let compilers: Vec<_> =
            Compiler::ALL.into_iter().filter(|other| !lacking.contains(other)).collect();
        let mut error =
            Error::new(ErrorCode::CompilerRefused, message).help(who_takes_it(&compilers));
        error.compilers = compilers;
        error.at(Place { offset: u32::try_from(self.offset).ok(), ..Place::default() })
    }
}

/// A sentence that names the compilers that take the module.
pub fn who_takes_it(compilers: &[Compiler]) -> Sentence {
    match compilers {
        [] => say!("No other compiler has it either."),
        [one] => say!("{} takes it.", one.title()),
        [most @ .., last] => {
            let most: Vec<_> = most.iter().map(|compiler| compiler.title()).collect();
            say!("{} and {} take it.", most.join(", "), last.title())
        }
    }
}

fn find(binary: &[u8], compiler: Compiler, proposals: &Proposals) -> Option<Lack> {
    let mut module = CodeFacts { compiler, results: Vec::new(), vectors: Vec::new() };
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(binary).map_while(Result::ok) {
        let found = match payload {
            Payload::TypeSection(section) => {
                first(section.into_iter_with_offsets(), |offset, group| {
                    module.types(offset, &group)
                })
            }
            Payload::ImportSection(section) => {
                first(section.into_imports_with_offsets(), |offset, import| {
                    module.import(offset, &import)
                })
            }
            Payload::TableSection(section) => {
                first(section.into_iter_with_offsets(), |offset, table| {
                    module.table(offset, &table.ty)
                })
            }
            Payload::MemorySection(section) => {
                first(section.into_iter_with_offsets(), |offset, memory| {
                    module.memory(offset, memory.memory64)
                })
            }
            Payload::GlobalSection(section) => {
                first(section.into_iter_with_offsets(), |_, global| {
                    module.global(global.ty.content_type)
                })
            }
            Payload::ElementSection(section) => {
                first(section.into_iter_with_offsets(), |offset, element| {
                    module.element(offset, &element)
                })
            }
            Payload::CodeSectionEntry(body) => {
                bodies.push(body);
                None
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    // Cranelift's only gap in code is tail calls, and LLVM has none.
    let may_lack = match compiler {
        Compiler::Singlepass => true,
        Compiler::Cranelift => proposals.tail_call,
        Compiler::Llvm => false,
    };
    if !may_lack {
        return None;
    }
    bodies.par_iter().find_map_first(|body| module.body(body))
}

/// The first lack in the entries of a section.
fn first<T>(
    entries: impl Iterator<Item = wasmparser::Result<(u64, T)>>,
    mut look: impl FnMut(u64, T) -> Option<Lack>,
) -> Option<Lack> {
    entries.map_while(Result::ok).find_map(|(offset, entry)| look(offset, entry))
}

/// The facts about a module that its code is checked against.
struct CodeFacts {
    compiler: Compiler,
    /// The number of results of each function type, in order. It is 0 for any other type.
    results: Vec<usize>,
    /// True for each global that is a vector.
    vectors: Vec<bool>,
}

impl CodeFacts {
    fn lack(
        &self,
        row: &'static Feature,
        thing: impl FnOnce() -> Sentence,
        offset: u64,
    ) -> Option<Lack> {
        row.lacking.contains(&self.compiler).then(|| Lack { row, thing: thing(), offset })
    }

    fn types(&mut self, offset: u64, group: &RecGroup) -> Option<Lack> {
        for kind in group.types() {
            let wasmparser::CompositeInnerType::Func(function) = &kind.composite_type.inner else {
                self.results.push(0);
                continue;
            };
            self.results.push(function.results().len());
            for value in function.params().iter().chain(function.results()) {
                let found = match *value {
                    ValType::V128 => {
                        self.lack(&VECTORS, || say!("a function type with `v128`"), offset)
                    }
                    kind if is_exception(kind) => {
                        self.lack(&EXCEPTIONS, || say!("a function type with `exnref`"), offset)
                    }
                    _ => None,
                };
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    fn import(&mut self, offset: u64, import: &wasmparser::Import<'_>) -> Option<Lack> {
        match import.ty {
            TypeRef::Func(kind)
                if self.results.get(kind as usize).is_some_and(|results| *results > 1) =>
            {
                self.lack(
                    &SEVERAL_RESULTS,
                    || say!("the import `{}.{}`", import.module, import.name),
                    offset,
                )
            }
            TypeRef::Table(table) => self.table(offset, &table),
            TypeRef::Memory(memory) => self.memory(offset, memory.memory64),
            TypeRef::Global(global) => self.global(global.content_type),
            _ => None,
        }
    }

    fn table(&self, offset: u64, table: &TableType) -> Option<Lack> {
        if table.table64 { self.lack(&TABLE64, || say!("this table"), offset) } else { None }
    }

    fn memory(&self, offset: u64, memory64: bool) -> Option<Lack> {
        if memory64 { self.lack(&MEMORY64, || say!("this memory"), offset) } else { None }
    }

    /// A vector global is a lack only if code reads or writes it.
    fn global(&mut self, kind: ValType) -> Option<Lack> {
        self.vectors.push(kind == ValType::V128);
        None
    }

    fn element(&self, offset: u64, element: &Element<'_>) -> Option<Lack> {
        let ElementItems::Expressions(kind, _) = &element.items else { return None };
        if is_exception(ValType::Ref(*kind)) {
            return self.lack(&EXCEPTION_ELEMENTS, || say!("this element segment"), offset);
        }
        None
    }

    fn body(&self, body: &FunctionBody<'_>) -> Option<Lack> {
        let mut locals = body.get_locals_reader().ok()?;
        for _ in 0..locals.get_count() {
            let offset = locals.original_position();
            let (_, kind) = locals.read().ok()?;
            let found = match kind {
                ValType::V128 => self.lack(&VECTORS, || say!("a local of type `v128`"), offset),
                kind if is_exception(kind) => {
                    self.lack(&EXCEPTIONS, || say!("a local of type `exnref`"), offset)
                }
                _ => None,
            };
            if found.is_some() {
                return found;
            }
        }
        let mut reader = body.get_operators_reader().ok()?;
        let mut unreached = Reachability::default();
        while !reader.eof() {
            let offset = reader.original_position();
            let operator = reader.read().ok()?;
            if unreached.passes_over(&operator) {
                continue;
            }
            if let Some(found) = self.operator(&operator, offset) {
                return Some(found);
            }
        }
        None
    }

    fn operator(&self, operator: &Operator<'_>, offset: u64) -> Option<Lack> {
        match operator {
            Operator::GlobalGet { global_index: index }
            | Operator::GlobalSet { global_index: index }
                if self.vectors.get(*index as usize) == Some(&true) =>
            {
                self.lack(&VECTORS, || say!("`{}` of a `v128`", name(operator)), offset)
            }
            Operator::Block { blockty: BlockType::Type(kind) }
            | Operator::Loop { blockty: BlockType::Type(kind) }
            | Operator::If { blockty: BlockType::Type(kind) }
                if is_exception(*kind) =>
            {
                self.lack(&EXCEPTIONS, || say!("a `{}` of type `exnref`", name(operator)), offset)
            }
            operator => {
                let row = described(operator)?.row?;
                self.lack(row, || say!("`{}`", name(operator)), offset)
            }
        }
    }
}

/// Follows the code that cannot be reached, such as that behind a `return`. Compilers skip it,
/// whatever it is.
#[derive(Default)]
struct Reachability {
    /// The number of blocks that must end until code is reached again.
    blocks: u32,
}

impl Reachability {
    /// True if compilers skip the next instruction of a body. They count blocks in unreachable
    /// code. Singlepass does not know the blocks of exceptions, so it looks at those even there.
    fn passes_over(&mut self, operator: &Operator<'_>) -> bool {
        if self.blocks == 0 {
            let ends_here = matches!(
                operator,
                Operator::Unreachable
                    | Operator::Br { .. }
                    | Operator::BrTable { .. }
                    | Operator::Return
            );
            self.blocks = u32::from(ends_here);
            return false;
        }
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                self.blocks += 1;
            }
            Operator::Else if self.blocks == 1 => self.blocks = 0,
            Operator::End => self.blocks -= 1,
            operator => {
                return !described(operator).is_some_and(|described| described.of_exceptions);
            }
        }
        true
    }
}

fn is_exception(kind: ValType) -> bool {
    matches!(kind, ValType::Ref(kind) if kind == RefType::EXNREF || kind == RefType::EXN)
}

/// The name of an instruction in the text format.
fn name(operator: &Operator<'_>) -> String {
    let name = |described: Described| described.visit.trim_start_matches("visit_");
    described(operator).map_or_else(String::new, |found| spelling::as_written(name(found)))
}

/// An operator's description. It is read for each instruction of a module, so all of it is found out
/// when this program is compiled.
#[derive(Clone, Copy)]
struct Described {
    /// The feature of its proposal, if a compiler may lack that.
    row: Option<&'static Feature>,
    /// True if it is one of the instructions for exceptions.
    of_exceptions: bool,
    /// The validator's name for it: `visit_local_get`.
    visit: &'static str,
}

impl Described {
    const fn new(proposal: &str, visit: &'static str) -> Self {
        let of_exceptions = same(proposal, "exceptions") || same(proposal, "legacy_exceptions");
        let mut rows = INSTRUCTIONS;
        while let [(name, row), rest @ ..] = rows {
            if same(proposal, name) {
                return Self { row: Some(row), of_exceptions, visit };
            }
            rows = rest;
        }
        Self { row: None, of_exceptions, visit }
    }
}

/// Compares texts, as a constant cannot use `==` for them.
const fn same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([first, rest @ ..], [of_other, rest_of_other @ ..]) = (one, other) {
        if *first != *of_other {
            return false;
        }
        (one, other) = (rest, rest_of_other);
    }
    one.is_empty() && other.is_empty()
}

macro_rules! describe {
    ($(@$proposal:ident $op:ident $({ $($arg:ident: $argty:ty),* })? => $visit:ident ($($ann:tt)*))*) => {
        /// The description of an operator.
        #[allow(unreachable_patterns, reason = "which operators there are depends on the validator's features")]
        fn described(operator: &Operator<'_>) -> Option<Described> {
            match operator {
                $(Operator::$op { .. } => const { Some(Described::new(stringify!($proposal), stringify!($visit))) },)*
                _ => None,
            }
        }
    };
}

wasmparser::for_each_operator!(describe);

#[cfg(test)]
mod tests;
