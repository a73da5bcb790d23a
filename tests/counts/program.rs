//! Random programs that come to an end.

use std::fmt::Write as _;

use watshop_tests::random::Random;

/// The number of functions. A function calls only those behind it.
const FUNCTIONS: usize = 5;

/// The kinds of instructions that a program may have.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    pub throws: bool,
    pub tail_calls: bool,
}

/// A statement. Its labels count from the innermost, as in the text.
#[derive(Clone, Debug)]
pub enum Statement {
    /// So many `nop`.
    Nops(u32),
    /// The next state of the program's random numbers.
    Step,
    Block(Vec<Statement>),
    /// The body, so many times. The counter is a local of the function.
    Loop {
        times: u32,
        counter: usize,
        body: Vec<Statement>,
    },
    /// The sides are chosen by a bit of the state.
    If {
        bit: u32,
        then: Vec<Statement>,
        other: Vec<Statement>,
    },
    /// A branch to a label, if the bit is set.
    BranchIf {
        bit: u32,
        label: u32,
    },
    Branch {
        label: u32,
    },
    /// A branch to a label by two bits of the state.
    BranchTable {
        bit: u32,
        labels: [u32; 4],
    },
    Call(usize),
    CallIndirect(usize),
    TailCall(usize),
    Return,
    /// A throw, if the bit is set.
    ThrowIf {
        bit: u32,
    },
    /// Throws in the body are caught.
    Catch(Vec<Statement>),
}

/// Functions, of which the first is exported.
#[derive(Clone, Debug)]
pub struct Program {
    pub extent: Extent,
    pub functions: Vec<Vec<Statement>>,
}

impl Program {
    pub fn new(random: &mut Random, extent: Extent) -> Self {
        let functions = (0..FUNCTIONS).map(|number| {
            let mut maker = Maker { random, extent, number, labels: Vec::new(), loops: 0 };
            let mut body = maker.body(3);
            if extent.tail_calls && number + 1 < FUNCTIONS {
                body.push(Statement::TailCall(number + 1));
            }
            body
        });
        Self { extent, functions: functions.collect() }
    }

    /// The module. Its parameter is the first state.
    pub fn text(&self) -> String {
        let mut text =
            String::from("(module (global $x (mut i32) (i32.const 0)) (type $t (func))\n");
        if self.extent.throws {
            text += "(tag $e)\n";
        }
        // Function 0 has the parameter, and the others have none.
        for (number, body) in self.functions.iter().enumerate() {
            let head = match number {
                0 => "(export \"run\") (param i32)",
                _ => "(type $t)",
            };
            let _ = write!(text, "(func $f{number} {head} (local");
            text += &" i32".repeat(counters(body).max(1));
            text += ")\n";
            if number == 0 {
                text += "local.get 0 global.set $x\n";
            }
            write_all(&mut text, body, usize::from(number == 0));
            text += ")\n";
        }
        text += "(table funcref (elem";
        (0..FUNCTIONS).for_each(|number| text += &format!(" $f{number}"));
        text + ")))"
    }
}

/// The locals that the loops of a body need.
fn counters(body: &[Statement]) -> usize {
    let of = |statement: &Statement| match statement {
        Statement::Loop { counter, body, .. } => counters(body).max(counter + 1),
        Statement::Block(body) | Statement::Catch(body) => counters(body),
        Statement::If { then, other, .. } => counters(then).max(counters(other)),
        _ => 0,
    };
    body.iter().map(of).max().unwrap_or(0)
}

/// Makes the statements of one function.
struct Maker<'a> {
    random: &'a mut Random,
    extent: Extent,
    number: usize,
    /// The labels around a statement, outermost first. True for one that may be branched to: a
    /// branch to a loop could go on for ever.
    labels: Vec<bool>,
    loops: usize,
}

impl Maker<'_> {
    fn body(&mut self, depth: u32) -> Vec<Statement> {
        let mut body = vec![Statement::Step];
        for _ in 0..=self.random.below(3) {
            body.push(self.statement(depth));
        }
        body
    }

    fn within(&mut self, depth: u32, labels: &[bool]) -> Vec<Statement> {
        self.labels.extend(labels);
        let body = self.body(depth - 1);
        self.labels.truncate(self.labels.len() - labels.len());
        body
    }

    fn bit(&mut self) -> u32 {
        8 + self.random.below(20) as u32
    }

    /// A label that may be branched to.
    fn label(&mut self) -> Option<u32> {
        let free: Vec<_> = (0..).zip(self.labels.iter().rev()).filter(|(_, free)| **free).collect();
        (!free.is_empty()).then(|| free[self.random.below(free.len())].0)
    }

    fn statement(&mut self, depth: u32) -> Statement {
        let calls = self.number + 1 < FUNCTIONS;
        let callee =
            |maker: &mut Self| maker.number + 1 + maker.random.below(FUNCTIONS - maker.number - 1);
        match (self.random.below(14), depth) {
            (0 | 1, 1..) => Statement::Block(self.within(depth, &[true])),
            (2 | 3, 1..) => {
                let (times, counter) = (1 + self.random.below(4) as u32, self.loops);
                self.loops += 1;
                Statement::Loop { times, counter, body: self.within(depth, &[false]) }
            }
            (4 | 5, 1..) => Statement::If {
                bit: self.bit(),
                then: self.within(depth, &[true]),
                other: match self.random.below(2) {
                    0 => Vec::new(),
                    _ => self.within(depth, &[true]),
                },
            },
            (6, 1..) if self.extent.throws => Statement::Catch(self.within(depth, &[true, true])),
            (7, _) if self.extent.throws => Statement::ThrowIf { bit: self.bit() },
            (8, _) if calls => Statement::Call(callee(self)),
            (9, _) if calls => Statement::CallIndirect(callee(self)),
            (10 | 11, _) => match self.label() {
                Some(label) if self.random.below(4) == 0 => Statement::Branch { label },
                Some(label) => Statement::BranchIf { bit: self.bit(), label },
                None => Statement::Step,
            },
            (12, _) => match self.label() {
                Some(first) => {
                    let mut labels = [first; 4];
                    labels.iter_mut().for_each(|label| *label = self.label().unwrap_or(first));
                    Statement::BranchTable { bit: self.bit(), labels }
                }
                None => Statement::Return,
            },
            _ => Statement::Nops(1 + self.random.below(3) as u32),
        }
    }
}

/// Writes statements. The counters of loops are behind so many other locals.
fn write_all(text: &mut String, body: &[Statement], locals: usize) {
    for statement in body {
        write_one(text, statement, locals);
    }
}

fn write_one(text: &mut String, statement: &Statement, locals: usize) {
    let condition = |bit: u32| format!("global.get $x i32.const {} i32.and", 1_u32 << bit);
    match statement {
        Statement::Nops(count) => *text += &"nop ".repeat(*count as usize),
        Statement::Step => {
            *text += "global.get $x i32.const 1664525 i32.mul i32.const 1013904223 i32.add \
                      global.set $x\n";
        }
        Statement::Block(body) => {
            *text += "block\n";
            write_all(text, body, locals);
            *text += "end\n";
        }
        Statement::Loop { times, counter, body } => {
            let counter = counter + locals;
            *text += &format!("i32.const {times} local.set {counter} loop\n");
            write_all(text, body, locals);
            *text += &format!(
                "local.get {counter} i32.const 1 i32.sub local.tee {counter} br_if 0 end\n"
            );
        }
        Statement::If { bit, then, other } => {
            *text += &format!("{} if\n", condition(*bit));
            write_all(text, then, locals);
            if !other.is_empty() {
                *text += "else\n";
                write_all(text, other, locals);
            }
            *text += "end\n";
        }
        Statement::BranchIf { bit, label } => {
            *text += &format!("{} br_if {label}\n", condition(*bit));
        }
        Statement::Branch { label } => *text += &format!("br {label}\n"),
        Statement::BranchTable { bit, labels: [a, b, c, d] } => {
            *text += &format!(
                "global.get $x i32.const {bit} i32.shr_u i32.const 3 i32.and br_table {a} {b} {c} {d}\n"
            );
        }
        Statement::Call(function) => *text += &format!("call $f{function}\n"),
        Statement::CallIndirect(function) => {
            *text += &format!("i32.const {function} call_indirect (type $t)\n");
        }
        Statement::TailCall(function) => *text += &format!("return_call $f{function}\n"),
        Statement::Return => *text += "return\n",
        Statement::ThrowIf { bit } => *text += &format!("{} if throw $e end\n", condition(*bit)),
        Statement::Catch(body) => {
            *text += "block try_table (catch_all 0)\n";
            write_all(text, body, locals);
            *text += "end end\n";
        }
    }
}
