//! Executes programs one instruction after another, and counts each.

use crate::program::{Program, Statement};

/// The counts of a function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub instructions: u64,
    pub calls: u64,
}

/// The end of a program.
#[derive(Debug)]
pub struct End {
    /// False if it ended by an exception.
    pub returned: bool,
    pub functions: Vec<Count>,
}

/// How a statement ends.
enum Flow {
    Next,
    /// To the label of this depth.
    Branch(u32),
    Return,
    TailCall(usize),
    Throw,
}

pub struct Interpreter<'a> {
    program: &'a Program,
    state: u32,
    counts: Vec<Count>,
}

impl<'a> Interpreter<'a> {
    /// Runs a program from its first state.
    pub fn run(program: &'a Program, seed: u32) -> End {
        let counts = vec![Count::default(); program.functions.len()];
        let mut interpreter = Self { program, state: seed, counts };
        // The first function begins with `local.get` and `global.set`.
        interpreter.counts[0].instructions += 2;
        let returned = interpreter.call(0);
        End { returned, functions: interpreter.counts }
    }

    /// Calls a function. Returns false if it threw.
    fn call(&mut self, mut function: usize) -> bool {
        loop {
            self.counts[function].calls += 1;
            match self.all(function, &self.program.functions[function]) {
                Flow::Throw => return false,
                Flow::TailCall(next) => function = next,
                Flow::Next | Flow::Branch(_) | Flow::Return => return true,
            }
        }
    }

    fn all(&mut self, function: usize, body: &'a [Statement]) -> Flow {
        for statement in body {
            match self.one(function, statement) {
                Flow::Next => {}
                other => return other,
            }
        }
        Flow::Next
    }

    /// A body with a label of its own, at whose end the label is.
    fn labelled(&mut self, function: usize, body: &'a [Statement]) -> Flow {
        match self.all(function, body) {
            Flow::Branch(0) => Flow::Next,
            Flow::Branch(label) => Flow::Branch(label - 1),
            other => other,
        }
    }

    fn one(&mut self, function: usize, statement: &'a Statement) -> Flow {
        let state = self.state;
        let is_set = |bit: &u32| state & (1 << bit) != 0;
        let mut count = |instructions: u32| {
            self.counts[function].instructions += u64::from(instructions);
        };
        match statement {
            Statement::Nops(number) => count(*number),
            Statement::Step => {
                count(6);
                self.state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            }
            Statement::Block(body) => {
                count(1);
                return self.labelled(function, body);
            }
            Statement::Loop { times, body, .. } => {
                count(3);
                for _ in 0..*times {
                    match self.all(function, body) {
                        Flow::Next => self.counts[function].instructions += 5,
                        // No branch leads to the loop itself.
                        Flow::Branch(label) => return Flow::Branch(label - 1),
                        other => return other,
                    }
                }
            }
            Statement::If { bit, then, other } => {
                count(4);
                return self.labelled(function, if is_set(bit) { then } else { other });
            }
            Statement::BranchIf { bit, label } => {
                count(4);
                if is_set(bit) {
                    return Flow::Branch(*label);
                }
            }
            Statement::Branch { label } => {
                count(1);
                return Flow::Branch(*label);
            }
            Statement::BranchTable { bit, labels } => {
                count(6);
                return Flow::Branch(labels[(state >> bit) as usize & 3]);
            }
            Statement::Call(callee) => {
                count(1);
                return self.returned(*callee);
            }
            Statement::CallIndirect(callee) => {
                count(2);
                return self.returned(*callee);
            }
            Statement::TailCall(callee) => {
                count(1);
                return Flow::TailCall(*callee);
            }
            Statement::Return => {
                count(1);
                return Flow::Return;
            }
            Statement::ThrowIf { bit } => {
                count(4);
                if is_set(bit) {
                    count(1);
                    return Flow::Throw;
                }
            }
            Statement::Catch(body) => {
                count(2);
                return match self.labelled(function, body) {
                    // The labels are those of `try_table` and of the block around it.
                    Flow::Branch(0) | Flow::Throw => Flow::Next,
                    Flow::Branch(label) => Flow::Branch(label - 1),
                    other => other,
                };
            }
        }
        Flow::Next
    }

    fn returned(&mut self, callee: usize) -> Flow {
        if self.call(callee) { Flow::Next } else { Flow::Throw }
    }
}
