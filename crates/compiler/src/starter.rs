use wasmer_types::Type;

/// The function that writes active segments, as it is being made: the body of a function without locals.
pub(crate) struct Starter {
    /// The first of the active element segments that it writes, and the first of the active data segments.
    pub first_element: usize,
    pub first_data: usize,
    body: Vec<u8>,
    /// The segments that are written element by element.
    set: Vec<u32>,
}

/// Opcodes of the specification's chapter 5.4.
mod op {
    pub(super) const END: u8 = 0x0b;
    pub(super) const CALL: u8 = 0x10;
    pub(super) const GLOBAL_GET: u8 = 0x23;
    pub(super) const TABLE_SET: u8 = 0x26;
    pub(super) const I32_STORE8: u8 = 0x3a;
    pub(super) const I32_CONST: u8 = 0x41;
    pub(super) const I32_ADD: u8 = 0x6a;
    pub(super) const I32_SUB: u8 = 0x6b;
    pub(super) const I32_MUL: u8 = 0x6c;
    pub(super) const REF_NULL: u8 = 0xd0;
    pub(super) const REF_FUNC: u8 = 0xd2;
    pub(super) const MEMORY_INIT: [u8; 2] = [0xfc, 8];
    pub(super) const DATA_DROP: [u8; 2] = [0xfc, 9];
    pub(super) const TABLE_INIT: [u8; 2] = [0xfc, 12];
    pub(super) const ELEM_DROP: [u8; 2] = [0xfc, 13];
    pub(super) const TABLE_FILL: [u8; 2] = [0xfc, 17];
}

impl Starter {
    pub(crate) fn new(first_element: usize, first_data: usize) -> Self {
        // No locals.
        Self { first_element, first_data, body: vec![0], set: Vec::new() }
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether a segment is written element by element, so that nothing is left of it.
    pub(crate) fn sets(&self, segment: u32) -> bool {
        self.set.contains(&segment)
    }

    pub(crate) fn set(&mut self, segment: u32) {
        self.set.push(segment);
    }

    pub(crate) fn i32_const(&mut self, value: i32) {
        self.body.push(op::I32_CONST);
        signed(&mut self.body, value);
    }

    pub(crate) fn global_get(&mut self, global: u32) {
        self.op(&[op::GLOBAL_GET], &[global]);
    }

    pub(crate) fn i32_add(&mut self) {
        self.body.push(op::I32_ADD);
    }

    pub(crate) fn i32_sub(&mut self) {
        self.body.push(op::I32_SUB);
    }

    pub(crate) fn i32_mul(&mut self) {
        self.body.push(op::I32_MUL);
    }

    pub(crate) fn add(&mut self, value: u32) {
        self.i32_const(value.cast_signed());
        self.i32_add();
    }

    pub(crate) fn ref_func(&mut self, function: u32) {
        self.op(&[op::REF_FUNC], &[function]);
    }

    pub(crate) fn table_set(&mut self, table: u32) {
        self.op(&[op::TABLE_SET], &[table]);
    }

    /// Of the first element, which is on the stack.
    pub(crate) fn table_fill_with_null(&mut self, kind: Type, length: u32, table: u32) {
        let kind = match kind {
            Type::ExternRef => 0x6f,
            Type::ExceptionRef => 0x69,
            _ => 0x70,
        };
        self.body.extend([op::REF_NULL, kind]);
        self.i32_const(length.cast_signed());
        self.op(&op::TABLE_FILL, &[table]);
    }

    /// Of the whole segment, to the element on the stack.
    pub(crate) fn table_init(&mut self, length: u32, segment: u32, table: u32) {
        self.i32_const(0);
        self.i32_const(length.cast_signed());
        self.op(&op::TABLE_INIT, &[segment, table]);
        self.op(&op::ELEM_DROP, &[segment]);
    }

    /// Of so many bytes of the segment, to the address on the stack.
    pub(crate) fn memory_init(&mut self, length: u32, segment: u32, memory: u32) {
        self.i32_const(0);
        self.i32_const(length.cast_signed());
        self.op(&op::MEMORY_INIT, &[segment, memory]);
        self.op(&op::DATA_DROP, &[segment]);
    }

    /// So far behind the address on the stack.
    pub(crate) fn store_byte(&mut self, byte: u8, behind: u32, memory: u32) {
        /// In the alignment: the memory's index follows.
        const WITH_MEMORY: u32 = 0x40;
        self.i32_const(byte.into());
        self.op(&[op::I32_STORE8], &[WITH_MEMORY, memory, behind]);
    }

    pub(crate) fn call(&mut self, function: u32) {
        self.op(&[op::CALL], &[function]);
    }

    pub(crate) fn end(&mut self) {
        self.body.push(op::END);
    }

    fn op(&mut self, opcode: &[u8], immediates: &[u32]) {
        self.body.extend_from_slice(opcode);
        for immediate in immediates {
            unsigned(&mut self.body, *immediate);
        }
    }
}

fn unsigned(to: &mut Vec<u8>, mut value: u32) {
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
