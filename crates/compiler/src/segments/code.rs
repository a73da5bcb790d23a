//! Functions that are added to a module, as the bytes of their bodies.

use wasmer_types::Type;

/// The body of a function, as it is being made. It has no locals except its parameters. Most
/// methods have the name of the instruction that they add.
pub(crate) struct Code(Vec<u8>);

/// Opcodes of the specification's chapter 5.4.
mod op {
    pub(super) const IF: u8 = 0x04;
    pub(super) const END: u8 = 0x0b;
    pub(super) const CALL: u8 = 0x10;
    pub(super) const DROP: u8 = 0x1a;
    pub(super) const LOCAL_GET: u8 = 0x20;
    pub(super) const GLOBAL_GET: u8 = 0x23;
    pub(super) const TABLE_GET: u8 = 0x25;
    pub(super) const TABLE_SET: u8 = 0x26;
    pub(super) const I32_STORE8: u8 = 0x3a;
    pub(super) const I32_CONST: u8 = 0x41;
    pub(super) const I32_LT_U: u8 = 0x49;
    pub(super) const I64_GT_U: u8 = 0x56;
    pub(super) const I32_ADD: u8 = 0x6a;
    pub(super) const I32_SUB: u8 = 0x6b;
    pub(super) const I32_MUL: u8 = 0x6c;
    pub(super) const I64_ADD: u8 = 0x7c;
    pub(super) const I64_EXTEND_I32_U: u8 = 0xad;
    pub(super) const REF_NULL: u8 = 0xd0;
    pub(super) const REF_FUNC: u8 = 0xd2;
    pub(super) const MEMORY_INIT: [u8; 2] = [0xfc, 8];
    pub(super) const DATA_DROP: [u8; 2] = [0xfc, 9];
    pub(super) const TABLE_INIT: [u8; 2] = [0xfc, 12];
    pub(super) const ELEM_DROP: [u8; 2] = [0xfc, 13];
    pub(super) const TABLE_FILL: [u8; 2] = [0xfc, 17];
}

impl Code {
    pub(crate) fn new() -> Self {
        // The number of locals.
        Self(vec![0])
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn i32_const(&mut self, value: i32) {
        self.0.push(op::I32_CONST);
        signed(&mut self.0, value);
    }

    pub(crate) fn global_get(&mut self, global: u32) {
        self.op(&[op::GLOBAL_GET], &[global]);
    }

    pub(crate) fn local_get(&mut self, local: u32) {
        self.op(&[op::LOCAL_GET], &[local]);
    }

    pub(crate) fn drop(&mut self) {
        self.0.push(op::DROP);
    }

    /// Begins a block without parameters and results. `end` ends it.
    pub(crate) fn if_then(&mut self) {
        const EMPTY: u8 = 0x40;
        self.0.extend([op::IF, EMPTY]);
    }

    pub(crate) fn i32_lt_u(&mut self) {
        self.0.push(op::I32_LT_U);
    }

    pub(crate) fn i64_extend_i32_u(&mut self) {
        self.0.push(op::I64_EXTEND_I32_U);
    }

    pub(crate) fn i64_add(&mut self) {
        self.0.push(op::I64_ADD);
    }

    pub(crate) fn i64_gt_u(&mut self) {
        self.0.push(op::I64_GT_U);
    }

    pub(crate) fn i32_add(&mut self) {
        self.0.push(op::I32_ADD);
    }

    pub(crate) fn i32_sub(&mut self) {
        self.0.push(op::I32_SUB);
    }

    pub(crate) fn i32_mul(&mut self) {
        self.0.push(op::I32_MUL);
    }

    pub(crate) fn ref_func(&mut self, function: u32) {
        self.op(&[op::REF_FUNC], &[function]);
    }

    pub(crate) fn table_set(&mut self, table: u32) {
        self.op(&[op::TABLE_SET], &[table]);
    }

    pub(crate) fn table_get(&mut self, table: u32) {
        self.op(&[op::TABLE_GET], &[table]);
    }

    pub(crate) fn table_fill(&mut self, table: u32) {
        self.op(&op::TABLE_FILL, &[table]);
    }

    pub(crate) fn ref_null(&mut self, kind: Type) {
        let kind = match kind {
            Type::ExternRef => 0x6f,
            Type::ExceptionRef => 0x69,
            _ => 0x70,
        };
        self.0.extend([op::REF_NULL, kind]);
    }

    /// Copies the whole segment to the element on the stack, and drops the segment.
    pub(crate) fn table_init(&mut self, length: u32, segment: u32, table: u32) {
        self.i32_const(0);
        self.i32_const(length.cast_signed());
        self.op(&op::TABLE_INIT, &[segment, table]);
        self.op(&op::ELEM_DROP, &[segment]);
    }

    /// Copies `length` bytes of the segment to the address on the stack, and drops the segment.
    pub(crate) fn memory_init(&mut self, length: u32, segment: u32, memory: u32) {
        self.i32_const(0);
        self.i32_const(length.cast_signed());
        self.op(&op::MEMORY_INIT, &[segment, memory]);
        self.op(&op::DATA_DROP, &[segment]);
    }

    /// Stores a byte at `behind` bytes after the address on the stack.
    pub(crate) fn store_byte(&mut self, byte: u8, behind: u32, memory: u32) {
        /// The flag in the alignment which says that the memory's index follows.
        const WITH_MEMORY: u32 = 0x40;
        self.i32_const(byte.into());
        self.op(&[op::I32_STORE8], &[WITH_MEMORY, memory, behind]);
    }

    pub(crate) fn call(&mut self, function: u32) {
        self.op(&[op::CALL], &[function]);
    }

    pub(crate) fn end(&mut self) {
        self.0.push(op::END);
    }

    fn op(&mut self, opcode: &[u8], immediates: &[u32]) {
        self.0.extend_from_slice(opcode);
        for immediate in immediates {
            unsigned(&mut self.0, *immediate);
        }
    }
}

/// Writes a number as the binary format has it (LEB128).
pub(crate) fn unsigned(to: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        to.push(value as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

fn signed(to: &mut Vec<u8>, mut value: i32) {
    while !(-0x40..0x40).contains(&value) {
        to.push(value as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8 & 0x7f);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_specification_has_them() {
        for (value, bytes) in [
            (0, &[0x00][..]),
            (63, &[0x3f]),
            (64, &[0xc0, 0x00]),
            (-1, &[0x7f]),
            (-64, &[0x40]),
            (i32::MIN, &[0x80, 0x80, 0x80, 0x80, 0x78]),
        ] {
            let mut made = Vec::new();
            signed(&mut made, value);
            assert_eq!(made, bytes, "{value}");
        }
        let mut made = Vec::new();
        unsigned(&mut made, u32::MAX);
        assert_eq!(made, [0xff, 0xff, 0xff, 0xff, 0x0f]);
    }
}
