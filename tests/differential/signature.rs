//! A function type, the results of its function, and arguments for it.

use std::fmt;

use watshop_protocol::page::{Value, ValueType};
use watshop_protocol::value::{Bits, print};

use watshop_tests::random::Random;

/// One of WebAssembly's numbers, as bits.
#[derive(Clone, Copy, Debug)]
pub struct Number(pub Bits);

#[derive(Clone)]
pub struct Signature {
    pub params: Vec<ValueType>,
    /// The result of a function of the library: one of its parameters, or a mixture of all.
    pub gives: Gives,
    /// The results of the host's function, as text.
    constant: Vec<String>,
}

#[derive(Clone, Copy)]
pub enum Gives {
    Nothing,
    Parameter(usize),
    /// A mixture of the bits of all parameters, as an i64.
    Mixture,
}

const KINDS: [ValueType; 5] =
    [ValueType::I32, ValueType::I64, ValueType::F32, ValueType::F64, ValueType::V128];

impl Signature {
    pub fn new(random: &mut Random) -> Self {
        // Most calls fit registers, and some do not.
        let count = if random.below(4) == 0 { random.below(20) } else { random.below(8) };
        let params: Vec<_> = (0..count).map(|_| random.one_of(&KINDS)).collect();
        let gives = match random.below(8) {
            0 => Gives::Nothing,
            1..4 if count > 0 => Gives::Parameter(random.below(count)),
            _ => Gives::Mixture,
        };
        let mut made = Self { params, gives, constant: Vec::new() };
        made.constant =
            made.results().iter().map(|kind| Number::new(*kind, random).text()).collect();
        made
    }

    /// Returns the signature without vectors if `without` is set, because Singlepass has none.
    pub fn without_vectors_if(&self, without: bool) -> Self {
        let mut made = self.clone();
        if without {
            for kind in made.params.iter_mut().filter(|kind| **kind == ValueType::V128) {
                *kind = ValueType::F64;
            }
            if self.results() == [ValueType::V128] {
                made.constant = vec!["1.5".to_owned()];
            }
        }
        made
    }

    pub fn results(&self) -> Vec<ValueType> {
        match self.gives {
            Gives::Nothing => Vec::new(),
            Gives::Parameter(at) => vec![self.params[at]],
            Gives::Mixture => vec![ValueType::I64],
        }
    }

    pub fn arguments(&self, random: &mut Random) -> Vec<Number> {
        self.params.iter().map(|kind| Number::new(*kind, random)).collect()
    }

    /// Returns the results of a function of the library for these arguments.
    pub fn result(&self, arguments: &[Number]) -> Vec<Value> {
        let bits = match self.gives {
            Gives::Nothing => return Vec::new(),
            Gives::Parameter(at) => arguments[at].0,
            Gives::Mixture => {
                let mix = |mixed: u64, number: &Number| (mixed ^ number.folded()).wrapping_mul(MIX);
                Bits::I64(arguments.iter().fold(START, mix))
            }
        };
        vec![Value { kind: self.results()[0], value: print(bits) }]
    }

    /// Returns the results of the host's function.
    pub fn constant(&self) -> Vec<Value> {
        let results = self.results().into_iter().zip(&self.constant);
        results.map(|(kind, value)| Value { kind, value: value.clone() }).collect()
    }

    pub fn constant_texts(&self) -> Vec<String> {
        self.constant.clone()
    }

    /// Returns the host's output for these arguments.
    pub fn printed(&self, arguments: &[Number]) -> String {
        let texts: Vec<_> = arguments.iter().map(|argument| argument.text()).collect();
        texts.join(", ") + "\n"
    }
}

/// The constants of FNV-1a, for 64 bits.
pub const START: u64 = 0xcbf2_9ce4_8422_2325;
pub const MIX: u64 = 0x0000_0100_0000_01b3;

impl Number {
    /// Makes a number of any bits, and often of those at an edge.
    fn new(kind: ValueType, random: &mut Random) -> Self {
        const EDGES: [u64; 8] =
            [0, 1, u64::MAX, 1 << 63, 0x7ff0_0000_0000_0000, 0x7f80_0000, 0x8000_0000, 3];
        let mut word = || if random.below(4) == 0 { random.one_of(&EDGES) } else { random.next() };
        let quiet32 =
            |bits: u32| if bits & 0x7f80_0000 == 0x7f80_0000 { bits & 0xff80_0000 } else { bits };
        let quiet64 = |bits: u64| {
            let all = 0x7ff0_0000_0000_0000;
            if bits & all == all { bits & 0xfff0_0000_0000_0000 } else { bits }
        };
        Self(match kind {
            ValueType::I32 => Bits::I32(word() as u32),
            ValueType::I64 => Bits::I64(word()),
            // The payload of a NaN may change on the way. An infinity must not change.
            ValueType::F32 => Bits::F32(quiet32(word() as u32)),
            ValueType::F64 => Bits::F64(quiet64(word())),
            _ => Bits::V128(u128::from(word()) << 64 | u128::from(word())),
        })
    }

    pub fn text(&self) -> String {
        print(self.0)
    }

    /// Returns the bits as the library folds them.
    fn folded(&self) -> u64 {
        match self.0 {
            Bits::I32(bits) | Bits::F32(bits) => u64::from(bits),
            Bits::I64(bits) | Bits::F64(bits) => bits,
            Bits::V128(bits) => bits as u64 ^ (bits >> 64) as u64,
            _ => 0,
        }
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |kinds: &[ValueType]| {
            kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" ")
        };
        write!(f, "({}) -> ({})", names(&self.params), names(&self.results()))
    }
}
