//! Notes of a compiler process about a module's active segments. The runner has only the code, and
//! names by them the segment that does not fit.

use serde::{Deserialize, Serialize};

/// The custom section of the code that contains the [`Segments`] as JSON.
pub const SECTION: &str = "watshop.segments";

/// The active segments of a module that are not known to fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segments {
    /// The segments in the order in which they are written: those of tables before those of
    /// memories.
    pub active: Vec<Segment>,
}

/// An active segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The kind of its content.
    pub kind: SegmentKind,
    /// The index among all segments of its kind.
    pub index: u32,
    /// The name from the name section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The byte offset in the module.
    pub at: u32,
    /// The index of the table or memory that it is written to.
    pub into: u32,
    /// The first address or element, as a constant expression; empty if the expression does not
    /// give an i32.
    pub offset: Vec<ConstInstruction>,
    /// The number of bytes or elements.
    pub length: u32,
}

/// The content of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// References, for a table.
    Element,
    /// Bytes, for a memory.
    Data,
}

/// An instruction of a constant expression that gives an i32.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstInstruction {
    /// `i32.const`, as an address.
    Const(u32),
    /// `global.get` of an imported global.
    Global(u32),
    /// `i32.add`.
    Add,
    /// `i32.sub`.
    Sub,
    /// `i32.mul`.
    Mul,
}

impl Segment {
    /// The first address or element that it is written to; `None` if it is not known. `global`
    /// gives the value of an imported global.
    pub fn start(&self, global: impl Fn(u32) -> Option<u32>) -> Option<u32> {
        let mut stack: Vec<u32> = Vec::new();
        for step in &self.offset {
            let value = match step {
                ConstInstruction::Const(value) => *value,
                ConstInstruction::Global(index) => global(*index)?,
                ConstInstruction::Add => binary(&mut stack, u32::wrapping_add)?,
                ConstInstruction::Sub => binary(&mut stack, u32::wrapping_sub)?,
                ConstInstruction::Mul => binary(&mut stack, u32::wrapping_mul)?,
            };
            stack.push(value);
        }
        stack.pop().filter(|_| stack.is_empty())
    }

    /// The address or the element behind the last one. `start` is the first, as [`Self::start`]
    /// gives it.
    pub fn end(&self, start: u32) -> u64 {
        u64::from(start) + u64::from(self.length)
    }
}

fn binary(stack: &mut Vec<u32>, with: fn(u32, u32) -> u32) -> Option<u32> {
    let right = stack.pop()?;
    Some(with(stack.pop()?, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(offset: Vec<ConstInstruction>) -> Segment {
        Segment { kind: SegmentKind::Data, index: 0, name: None, at: 0, into: 0, offset, length: 2 }
    }

    #[test]
    fn a_segment_begins_where_its_expression_says_as_an_address_without_a_sign() {
        let start = |offset| at(offset).start(|global| (global == 1).then_some(0x7fff_ffff));
        assert_eq!(start(vec![ConstInstruction::Const(0xffff_fff0)]), Some(0xffff_fff0));
        assert_eq!(
            start(vec![
                ConstInstruction::Global(1),
                ConstInstruction::Const(3),
                ConstInstruction::Add
            ]),
            Some(0x8000_0002)
        );
        assert_eq!(
            start(vec![
                ConstInstruction::Const(1),
                ConstInstruction::Const(3),
                ConstInstruction::Sub
            ]),
            Some(0xffff_fffe)
        );
        assert_eq!(
            start(vec![
                ConstInstruction::Const(0x1_0000),
                ConstInstruction::Const(0x1_0000),
                ConstInstruction::Mul
            ]),
            Some(0)
        );
        assert_eq!(at(Vec::new()).end(u32::MAX), (1 << 32) + 1);
    }

    #[test]
    fn a_segment_that_begins_nobody_knows_where_has_no_start() {
        for offset in [
            vec![],
            vec![ConstInstruction::Global(0)],
            vec![ConstInstruction::Add],
            vec![ConstInstruction::Const(1), ConstInstruction::Const(2)],
        ] {
            assert_eq!(at(offset).start(|_| None), None);
        }
    }
}
