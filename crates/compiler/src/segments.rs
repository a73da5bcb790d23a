//! Active segments that Wasmer 7.5 cannot write, or writes to another place than they say.
//!
//! - It takes an offset for a number with a sign (`initialize_memories` of wasmer-vm, `instance/mod.rs`): a data segment
//!   behind the first 2 GiB of a memory traps.
//! - It cannot read an element that is the value of a global (`read_elems` of wasmer-compiler, `translator/sections.rs`).
//!
//! From the first such segment on, all are written by a function that is added to the module, in the same order, with the
//! instructions that the specification defines active segments by. It becomes the start function, and calls the one that
//! the module has. Only Wasmer's description of the module changes: all module offsets stay what they are.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use wasmer_compiler::FunctionBodyData;
use wasmer_types::entity::PrimaryMap;
use wasmer_types::entity::packed_option::ReservedValue as _;
use wasmer_types::{
    CompileError, DataIndex, DataInitializer, ElemIndex, FunctionType, InitExprOp, LocalFunctionIndex,
    MemoryIndex, ModuleInfo, SignatureHash, SignatureIndex, TableIndex, TableInitializer, Type,
};
use watshop_module::Active;
use watshop_protocol::page::{Error, ErrorCode, Place};
use watshop_protocol::process::segments::{SECTION, Segment, SegmentKind, Segments, Step};

use crate::starter::Starter;

/// Pages of 2 GiB, and of 4 GiB.
const HALF: u32 = 1 << 15;
const WHOLE: u32 = 1 << 16;

/// Finds the active segments of a valid module.
///
/// # Errors
///
/// [`CompileError::Codegen`] if the module cannot be read.
pub(crate) fn find(module: &[u8]) -> Result<Active, CompileError> {
    watshop_module::active(module).map_err(|error| CompileError::Codegen(error.to_string()))
}

/// Refuses what neither Wasmer nor we can make: passive segments with elements that are values of globals. An object file
/// (`whole` is false) has nothing added to it, so that no segment can have such elements there.
///
/// # Errors
///
/// `compiler_refused`, with the place of the segment.
pub(crate) fn check(active: &Active, whole: bool) -> Result<(), Error> {
    let Some(element) = active.from_globals.iter().find(|element| element.passive || !whole) else {
        return Ok(());
    };
    let message = match element.passive {
        true => format!(
            "Wasmer 7.5 cannot make the passive element segment {}: its element {} is the value of a global.",
            element.segment, element.element
        ),
        false => format!(
            "Wasmer 7.5 cannot put the element segment {} into an object file: its element {} is the value of a global.",
            element.segment, element.element
        ),
    };
    let place = Place { offset: Some(element.at), ..Place::default() };
    Err(Error::new(ErrorCode::CompilerRefused, message)
        .help("Name the function with `ref.func`, or set the element with `table.set` in the start function.")
        .at(place))
}

/// The module with another reference in the place of each element that is the value of a global, of the same length.
pub(crate) fn readable<'a>(module: &'a [u8], active: &Active) -> Cow<'a, [u8]> {
    const REF_FUNC: u8 = 0xd2;
    let mut module = Cow::Borrowed(module);
    for element in &active.from_globals {
        if let Some([instruction, index @ .., last]) = module.to_mut().get_mut(element.bytes.clone()) {
            // Function 0, as a LEB128 number of the same length.
            *instruction = REF_FUNC;
            index.fill(0x80);
            *last = 0;
        }
    }
    module
}

/// The function that is to write the segments which Wasmer cannot, if there are any; nothing is changed yet.
pub(crate) fn starter(info: &ModuleInfo, data: &[DataInitializer<'_>], active: &Active) -> Option<Starter> {
    let (elements, bytes) = of_kinds(active);
    let from_global = |index: u32| active.from_globals.iter().any(|element| element.segment == index);
    let first_element = elements.iter().position(|segment| from_global(segment.index));
    let first_data = match first_element {
        // All elements come before all data.
        Some(_) => 0,
        None => bytes.iter().position(|segment| lies_behind_2_gib(info, segment))?,
    };
    let mut starter = Starter::new(first_element.unwrap_or(elements.len()), first_data);
    for (segment, init) in elements.iter().zip(&info.table_initializers).skip(starter.first_element) {
        write_elements(&mut starter, info, segment, init, active);
    }
    for (segment, init) in bytes.iter().zip(data).skip(first_data) {
        write_data(&mut starter, info, segment, init);
    }
    if let Some(start) = info.start_function {
        starter.call(start.as_u32());
    }
    starter.end();
    Some(starter)
}

/// Makes Wasmer leave to the function what it writes, and notes down for the runner which segments may not fit.
pub(crate) fn apply<'a>(
    info: &mut ModuleInfo,
    bodies: &mut PrimaryMap<LocalFunctionIndex, FunctionBodyData<'a>>,
    data: &mut Vec<DataInitializer<'_>>,
    active: &Active,
    starter: Option<&'a Starter>,
    module_length: usize,
) {
    let mut noted = Segments { active: Vec::new(), starter: None };
    let may_not_fit = active.segments.iter().filter(|segment| !is_known_to_fit(info, segment));
    noted.active.extend(may_not_fit.cloned());
    if let Some(starter) = starter {
        let (elements, bytes) = of_kinds(active);
        let moved = info.table_initializers.split_off(starter.first_element);
        for (segment, init) in elements.iter().skip(starter.first_element).zip(moved) {
            if !starter.sets(segment.index) {
                info.passive_elements.insert(ElemIndex::from_u32(segment.index), init.elements);
            }
        }
        let moved = data.split_off(starter.first_data);
        for (segment, init) in bytes.iter().skip(starter.first_data).zip(moved) {
            info.passive_data.insert(DataIndex::from_u32(segment.index), Arc::from(init.data));
        }
        let kind = start_type(info);
        let index = info.functions.push(kind);
        bodies.push(FunctionBodyData { data: starter.body(), module_offset: module_length as u64 });
        info.start_function = Some(index);
        noted.starter = Some(index.as_u32());
    }
    if noted != Segments::default()
        && let Ok(bytes) = serde_json::to_vec(&noted)
    {
        let section = info.custom_sections_data.push(bytes.into_boxed_slice());
        info.custom_sections.insert(SECTION.to_owned(), section);
    }
}

fn of_kinds(active: &Active) -> (Vec<&Segment>, Vec<&Segment>) {
    active.segments.iter().partition(|segment| segment.kind == SegmentKind::Element)
}

/// The most pages that a memory can have.
fn most_pages(info: &ModuleInfo, memory: u32) -> u32 {
    let memory = info.memories.get(MemoryIndex::from_u32(memory));
    memory.and_then(|memory| memory.maximum).map_or(WHOLE, |most| most.0)
}

fn lies_behind_2_gib(info: &ModuleInfo, segment: &Segment) -> bool {
    let may = match segment.offset[..] {
        [Step::Const(offset)] => offset > i32::MAX.cast_unsigned(),
        _ => true,
    };
    may && most_pages(info, segment.into) > HALF
}

/// Whether a segment fits whatever the module is linked with.
fn is_known_to_fit(info: &ModuleInfo, segment: &Segment) -> bool {
    let Some(start) = segment.start(|_| None) else { return false };
    let has = match segment.kind {
        SegmentKind::Data => {
            let memory = info.memories.get(MemoryIndex::from_u32(segment.into));
            memory.map(|memory| u64::from(memory.minimum.0) << 16)
        }
        SegmentKind::Element => {
            let table = info.tables.get(TableIndex::from_u32(segment.into));
            table.map(|table| u64::from(table.minimum))
        }
    };
    has.is_some_and(|has| segment.end(start) <= has)
}

fn write_elements(
    starter: &mut Starter,
    info: &ModuleInfo,
    segment: &Segment,
    init: &TableInitializer,
    active: &Active,
) {
    let (table, length) = (init.table_index.as_u32(), segment.length);
    let kind = info.tables.get(init.table_index).map_or(Type::FuncRef, |table| table.ty);
    let of_segment = active.from_globals.iter().filter(|element| element.segment == segment.index);
    let globals: HashMap<u32, u32> = of_segment.map(|element| (element.element, element.global)).collect();
    if kind == Type::FuncRef && globals.is_empty() {
        offset(starter, init.offset_expr.ops());
        starter.table_init(length, segment.index, table);
        return;
    }
    // All at once first, so that nothing is written if the last does not fit.
    offset(starter, init.offset_expr.ops());
    starter.table_fill_with_null(kind, length, table);
    for (element, function) in (0..).zip(&init.elements) {
        let global = globals.get(&element).copied();
        let function =
            Some(*function).filter(|function| kind == Type::FuncRef && !function.is_reserved_value());
        if global.is_none() && function.is_none() {
            continue;
        }
        offset(starter, init.offset_expr.ops());
        starter.add(element);
        match (global, function) {
            (Some(global), _) => starter.global_get(global),
            (None, Some(function)) => starter.ref_func(function.as_u32()),
            (None, None) => {}
        }
        starter.table_set(table);
    }
    starter.set(segment.index);
}

fn write_data(starter: &mut Starter, info: &ModuleInfo, segment: &Segment, init: &DataInitializer<'_>) {
    let (memory, ops) = (segment.into, init.location.offset_expr.ops());
    let mut length = segment.length;
    // `memory.init` of Wasmer 7.5 cannot write the last byte of 4 GiB: it adds up address and length in 32 bits. If
    // this one byte does not fit, nothing is written.
    if let Some(last) = init.data.last()
        && most_pages(info, memory) == WHOLE
    {
        length -= 1;
        offset(starter, ops);
        starter.store_byte(*last, length, memory);
    }
    offset(starter, ops);
    starter.memory_init(length, segment.index, memory);
}

/// The address or element that a segment begins at.
fn offset(starter: &mut Starter, ops: &[InitExprOp]) {
    for op in ops {
        match op {
            InitExprOp::I32Const(value) => starter.i32_const(*value),
            InitExprOp::GlobalGetI32(global) => starter.global_get(global.as_u32()),
            InitExprOp::I32Add => starter.i32_add(),
            InitExprOp::I32Sub => starter.i32_sub(),
            InitExprOp::I32Mul => starter.i32_mul(),
            // Wasmer 7.5 has no memories and tables of 64 bits.
            InitExprOp::GlobalGetI64(_)
            | InitExprOp::I64Const(_)
            | InitExprOp::I64Add
            | InitExprOp::I64Sub
            | InitExprOp::I64Mul => {}
        }
    }
}

/// The type of a start function, which is added if the module has none.
fn start_type(info: &mut ModuleInfo) -> SignatureIndex {
    let empty = |kind: &FunctionType| kind.params().is_empty() && kind.results().is_empty();
    if let Some((index, _)) = info.signatures.iter().find(|(_, kind)| empty(kind)) {
        return index;
    }
    let kind = FunctionType::new([], []);
    info.signature_hashes.push(SignatureHash::new(kind.signature_hash()));
    info.signatures.push(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmer_compiler::ModuleEnvironment;
    use wasmer_types::FunctionIndex;

    fn translated(text: &str) -> (ModuleInfo, usize) {
        let module = wat::parse_str(text).unwrap();
        let active = find(&module).unwrap();
        let readable = readable(&module, &active);
        assert_eq!(readable.len(), module.len());
        let translation = ModuleEnvironment::new().translate(&readable).unwrap();
        let (mut info, mut bodies) = (translation.module, translation.function_body_inputs);
        let mut data = translation.data_initializers;
        let starter = starter(&info, &data, &active);
        apply(&mut info, &mut bodies, &mut data, &active, starter.as_ref(), module.len());
        (info, data.len())
    }

    #[test]
    fn a_module_whose_segments_fit_is_compiled_as_it_is() {
        let (info, data) = translated(
            r#"(module (memory 1) (table 2 funcref) (data (i32.const 65534) "ab") (elem (i32.const 0) $f $f) (func $f))"#,
        );
        assert_eq!((info.functions.len(), data, info.start_function), (1, 1, None));
        assert!(info.custom_sections.is_empty());
    }

    #[test]
    fn segments_are_moved_from_the_first_that_wasmer_cannot_write() {
        let (info, data) = translated(
            r#"(module (memory 65536) (data (i32.const 1) "a") (data (i32.const -1) "b") (data "c") (data (i32.const 2) "d"))"#,
        );
        assert_eq!(data, 1);
        let passive: Vec<_> = info.passive_data.keys().map(|index| index.as_u32()).collect();
        assert_eq!(passive, [1, 2, 3]);
        assert_eq!(info.start_function, Some(FunctionIndex::from_u32(0)));

        let (info, data) = translated(
            r#"(module (import "m" "g" (global funcref)) (memory 1) (table 3 funcref) (func $f)
                 (elem (i32.const 0) $f) (elem (i32.const 1) funcref (global.get 0)) (elem (i32.const 2) $f)
                 (data (i32.const 1) "a"))"#,
        );
        assert_eq!((info.table_initializers.len(), info.passive_elements.len(), data), (1, 1, 0));
    }
}
