//! Counts the instructions of a guest. Code that counts adds the length of a block to a counter of
//! its function as soon as it enters the block.
//!
//! A block is a run of instructions of which either all or none are executed, unless one of them
//! traps. It ends with each instruction after which another one than the next may follow, and with
//! each call: a call may end the program, or throw.

use wasmer_compiler::MiddlewareReaderState;
use wasmer_compiler::wasmparser::Operator;
use wasmer_types::{GlobalInit, GlobalType, ModuleInfo, Mutability, Type};
use watshop_artifact::{COUNTERS, Counters};

/// A block of a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// The number of its first instruction in the body.
    pub ordinal: u32,
    /// The number of its instructions that count.
    pub length: u32,
}

/// Finds the blocks of a body, whose instructions are given in order.
#[derive(Debug, Default)]
pub(crate) struct BlockFinder {
    blocks: Vec<Block>,
    begun: Block,
}

impl BlockFinder {
    /// The next instruction.
    pub(crate) fn add(&mut self, ordinal: u32, operator: &Operator<'_>) {
        self.begun.length += u32::from(counts(operator));
        if ends_block(operator) {
            let next = Block { ordinal: ordinal + 1, length: 0 };
            let ended = std::mem::replace(&mut self.begun, next);
            if ended.length > 0 {
                self.blocks.push(ended);
            }
        }
    }

    /// The blocks. The last instruction of a body is an `end`, so none is left open.
    pub(crate) fn blocks(self) -> Vec<Block> {
        self.blocks
    }
}

/// Returns true for an instruction. `end` and `else` only mark where an instruction ends.
fn counts(operator: &Operator<'_>) -> bool {
    !matches!(operator, Operator::End | Operator::Else)
}

/// Returns true if another instruction than the next may be executed after this one, or before the
/// next one.
fn ends_block(operator: &Operator<'_>) -> bool {
    use Operator as O;
    matches!(
        operator,
        O::Unreachable
            | O::Loop { .. }
            | O::If { .. }
            | O::Else
            | O::End
            | O::Br { .. }
            | O::BrIf { .. }
            | O::BrTable { .. }
            | O::BrOnNull { .. }
            | O::BrOnNonNull { .. }
            | O::BrOnCast { .. }
            | O::BrOnCastFail { .. }
            | O::Return
            | O::Call { .. }
            | O::CallIndirect { .. }
            | O::CallRef { .. }
            | O::ReturnCall { .. }
            | O::ReturnCallIndirect { .. }
            | O::ReturnCallRef { .. }
            | O::Throw { .. }
            | O::ThrowRef
            | O::Rethrow { .. }
            | O::Try { .. }
            | O::Catch { .. }
            | O::CatchAll
            | O::Delegate { .. }
    )
}

/// Adds the counters behind all globals of a module that defines so many functions, and notes their
/// place for the runner.
pub(crate) fn add_counters(info: &mut ModuleInfo, functions: usize) -> Counters {
    let counters = Counters { first: info.globals.len() as u32, functions: functions as u32 };
    for _ in 0..functions * 2 {
        info.globals.push(GlobalType::new(Type::I64, Mutability::Var));
        info.global_initializers.push(GlobalInit::I64Const(0));
    }
    let data = info.custom_sections_data.push(counters.to_bytes().into());
    info.custom_sections.insert(COUNTERS.to_owned(), data);
    counters
}

/// Adds a number to a global.
pub(crate) fn increase(global_index: u32, by: u32, state: &mut MiddlewareReaderState<'_>) {
    state.push_operator(Operator::GlobalGet { global_index });
    state.push_operator(Operator::I64Const { value: by.into() });
    state.push_operator(Operator::I64Add);
    state.push_operator(Operator::GlobalSet { global_index });
}

#[cfg(test)]
mod tests {
    use wasmer_compiler::wasmparser::{Parser, Payload};

    use super::*;

    /// The blocks of a module's only function, as pairs of ordinal and length.
    fn blocks(body: &str) -> Vec<(u32, u32)> {
        let module = wat::parse_str(format!("(module (memory 1) (tag $t) {body})")).unwrap();
        let mut found = BlockFinder::default();
        for payload in Parser::new(0).parse_all(&module) {
            if let Payload::CodeSectionEntry(body) = payload.unwrap() {
                for (ordinal, operator) in (0..).zip(body.get_operators_reader().unwrap()) {
                    found.add(ordinal, &operator.unwrap());
                }
            }
        }
        found.blocks().into_iter().map(|block| (block.ordinal, block.length)).collect()
    }

    #[test]
    fn instructions_without_a_branch_are_one_block() {
        assert_eq!(blocks("(func nop nop nop)"), [(0, 3)]);
        assert_eq!(blocks("(func)"), []);
    }

    #[test]
    fn a_block_is_entered_from_above_and_left_by_a_join() {
        // block, local.get, br_if | nop, end | nop
        assert_eq!(
            blocks("(func (param i32) (block (br_if 0 (local.get 0)) nop) nop)"),
            [(0, 3), (3, 1), (5, 1)]
        );
    }

    #[test]
    fn the_body_of_a_loop_is_counted_each_time_and_its_beginning_once() {
        // nop, loop | nop, local.get, br_if
        assert_eq!(
            blocks("(func (param i32) nop (loop nop (br_if 0 (local.get 0))))"),
            [(0, 2), (2, 3)]
        );
    }

    #[test]
    fn both_sides_of_an_if_are_blocks() {
        assert_eq!(
            blocks("(func (param i32) (if (local.get 0) (then nop nop) (else nop)))"),
            [(0, 2), (2, 2), (5, 1)]
        );
    }

    #[test]
    fn calls_and_throws_end_a_block() {
        assert_eq!(blocks("(func $f nop (call $f) nop)"), [(0, 2), (2, 1)]);
        assert_eq!(blocks("(func nop (throw $t))"), [(0, 2)]);
        assert_eq!(blocks("(func $f nop (return_call $f))"), [(0, 2)]);
    }
}
