//! The start function that writes active segments, from the first one that Wasmer cannot write. It
//! writes them in the order of the module, with the instructions by which the specification defines
//! active segments. At its end it calls the module's own start function.

use std::collections::HashMap;
use std::sync::Arc;

use wasmer_types::entity::packed_option::ReservedValue as _;
use wasmer_types::{
    DataIndex, DataInitializer, ElemIndex, InitExprOp, MemoryIndex, ModuleInfo, TableInitializer,
    Type,
};
use watshop_module::ActiveSegments;
use watshop_protocol::process::segments::{ConstInstruction, Segment, SegmentKind};

use super::code::Code;

/// The pages of 2 GiB, and of 4 GiB.
const HALF: u32 = 1 << 15;
const WHOLE: u32 = 1 << 16;

/// The function before it is added.
pub(super) struct SegmentWriter {
    /// The index of the first active element segment that it writes, and of the first active data
    /// segment.
    first_element: usize,
    first_data: usize,
    code: Code,
    /// The segments that are written element by element. They leave no passive segment.
    set: Vec<u32>,
}

impl SegmentWriter {
    /// The function, or `None` if Wasmer can write all segments.
    pub(super) fn of(
        info: &ModuleInfo,
        data: &[DataInitializer<'_>],
        active: &ActiveSegments,
    ) -> Option<Self> {
        let (elements, bytes) = of_kinds(active);
        let from_global =
            |index: u32| active.from_globals.iter().any(|element| element.segment == index);
        let first_element = elements.iter().position(|segment| from_global(segment.index));
        let first_data = match first_element {
            // All elements come before all data.
            Some(_) => 0,
            None => bytes.iter().position(|segment| lies_behind_2_gib(info, segment))?,
        };
        let first_element = first_element.unwrap_or(elements.len());
        let mut starter = Self { first_element, first_data, code: Code::new(), set: Vec::new() };
        for (segment, init) in elements.iter().zip(&info.table_initializers).skip(first_element) {
            starter.write_elements(info, segment, init, active);
        }
        for (segment, init) in bytes.iter().zip(data).skip(first_data) {
            starter.write_data(info, segment, init);
        }
        if let Some(start) = info.start_function {
            starter.code.call(start.as_u32());
        }
        starter.code.end();
        Some(starter)
    }

    pub(super) fn body(&self) -> &[u8] {
        self.code.bytes()
    }

    /// Makes the segments passive that the function writes.
    pub(super) fn move_segments(
        &self,
        info: &mut ModuleInfo,
        data: &mut Vec<DataInitializer<'_>>,
        active: &ActiveSegments,
    ) {
        let (elements, bytes) = of_kinds(active);
        let moved = info.table_initializers.split_off(self.first_element);
        for (segment, init) in elements.iter().skip(self.first_element).zip(moved) {
            if !self.set.contains(&segment.index) {
                info.passive_elements.insert(ElemIndex::from_u32(segment.index), init.elements);
            }
        }
        let moved = data.split_off(self.first_data);
        for (segment, init) in bytes.iter().skip(self.first_data).zip(moved) {
            info.passive_data.insert(DataIndex::from_u32(segment.index), Arc::from(init.data));
        }
    }

    fn write_elements(
        &mut self,
        info: &ModuleInfo,
        segment: &Segment,
        init: &TableInitializer,
        active: &ActiveSegments,
    ) {
        let (table, length) = (init.table_index.as_u32(), segment.length);
        let kind = info.tables.get(init.table_index).map_or(Type::FuncRef, |table| table.ty);
        let of_segment =
            active.from_globals.iter().filter(|element| element.segment == segment.index);
        let globals: HashMap<u32, u32> =
            of_segment.map(|element| (element.element, element.global)).collect();
        if kind == Type::FuncRef && globals.is_empty() {
            offset(&mut self.code, init.offset_expr.ops());
            self.code.table_init(length, segment.index, table);
            return;
        }
        // All elements are filled at once first. So nothing is written if the last one does not
        // fit.
        offset(&mut self.code, init.offset_expr.ops());
        self.code.ref_null(kind);
        self.code.i32_const(length.cast_signed());
        self.code.table_fill(table);
        for (element, function) in (0_u32..).zip(&init.elements) {
            let global = globals.get(&element).copied();
            let function = Some(*function)
                .filter(|function| kind == Type::FuncRef && !function.is_reserved_value());
            if global.is_none() && function.is_none() {
                continue;
            }
            offset(&mut self.code, init.offset_expr.ops());
            self.code.i32_const(element.cast_signed());
            self.code.i32_add();
            match (global, function) {
                (Some(global), _) => self.code.global_get(global),
                (None, Some(function)) => self.code.ref_func(function.as_u32()),
                (None, None) => {}
            }
            self.code.table_set(table);
        }
        self.set.push(segment.index);
    }

    fn write_data(&mut self, info: &ModuleInfo, segment: &Segment, init: &DataInitializer<'_>) {
        let (memory, ops) = (segment.into, init.location.offset_expr.ops());
        let mut length = segment.length;
        // `memory.init` of Wasmer 7.5 cannot write the last byte of 4 GiB, because it adds address
        // and length in 32 bits. If this one byte does not fit, nothing is written.
        if let Some(last) = init.data.last()
            && most_pages(info, memory) == WHOLE
        {
            length -= 1;
            offset(&mut self.code, ops);
            self.code.store_byte(*last, length, memory);
        }
        offset(&mut self.code, ops);
        self.code.memory_init(length, segment.index, memory);
    }
}

/// The address or the element at which a segment begins.
fn offset(code: &mut Code, ops: &[InitExprOp]) {
    for op in ops {
        match op {
            InitExprOp::I32Const(value) => code.i32_const(*value),
            InitExprOp::GlobalGetI32(global) => code.global_get(global.as_u32()),
            InitExprOp::I32Add => code.i32_add(),
            InitExprOp::I32Sub => code.i32_sub(),
            InitExprOp::I32Mul => code.i32_mul(),
            // Wasmer 7.5 has neither memories nor tables of 64 bits.
            InitExprOp::GlobalGetI64(_)
            | InitExprOp::I64Const(_)
            | InitExprOp::I64Add
            | InitExprOp::I64Sub
            | InitExprOp::I64Mul => {}
        }
    }
}

fn of_kinds(active: &ActiveSegments) -> (Vec<&Segment>, Vec<&Segment>) {
    active.segments.iter().partition(|segment| segment.kind == SegmentKind::Element)
}

/// The most pages that a memory can have.
fn most_pages(info: &ModuleInfo, memory: u32) -> u32 {
    let memory = info.memories.get(MemoryIndex::from_u32(memory));
    memory.and_then(|memory| memory.maximum).map_or(WHOLE, |most| most.0)
}

fn lies_behind_2_gib(info: &ModuleInfo, segment: &Segment) -> bool {
    let may = match segment.offset[..] {
        [ConstInstruction::Const(offset)] => offset > i32::MAX.cast_unsigned(),
        _ => true,
    };
    may && most_pages(info, segment.into) > HALF
}
