//! The lines `must:` of a header: rules for the text of a task.

use wasmparser::{Parser, Payload};
use watshop_protocol::page::{Place, Result};
use watshop_protocol::{Sentence, say};

use crate::instructions::instructions;
use crate::number::number;

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The module has this instruction.
    Contain(String),
    /// It has none of it.
    NotContain(String),
    /// It has at most so many of it.
    ContainAtMost(usize, String),
    /// No function has more locals, parameters not counted.
    Locals(u32),
    /// The binary has no more bytes, custom sections not counted.
    Bytes(usize),
    /// It is the binary of another lesson, custom sections not counted.
    BinaryOf(String),
    /// The text has nothing without an effect, such as code that is never reached.
    NoLint,
}

impl Rule {
    /// Reads the text behind `must:`.
    pub(crate) fn parse(text: &str) -> std::result::Result<Self, Sentence> {
        let counted =
            |rest: &str, unit: &str| rest.strip_suffix(unit).map(|number| number.trim().to_owned());
        if let Some(rest) = text.strip_prefix("contain at most ") {
            let (count, name) =
                rest.split_once(' ').ok_or_else(|| say!("a count and an instruction follow"))?;
            return Ok(Self::ContainAtMost(number(count)?, name.trim().into()));
        }
        if let Some(name) = text.strip_prefix("not contain ") {
            return Ok(Self::NotContain(name.trim().into()));
        }
        if let Some(name) = text.strip_prefix("contain ") {
            return Ok(Self::Contain(name.trim().into()));
        }
        if let Some(id) = text.strip_prefix("be the binary of ") {
            return Ok(Self::BinaryOf(id.trim().into()));
        }
        if text == "have no lint" {
            return Ok(Self::NoLint);
        }
        if let Some(rest) = text.strip_prefix("have at most ") {
            if let Some(count) = counted(rest, "locals").or_else(|| counted(rest, "local")) {
                return Ok(Self::Locals(number(&count)?));
            }
            if let Some(count) = counted(rest, "bytes") {
                return Ok(Self::Bytes(number(&count)?));
            }
        }
        Err(say!("`{text}` is no rule"))
    }

    /// The rule as a sentence.
    pub(crate) fn sentence(&self) -> Sentence {
        match self {
            Self::Contain(name) => say!("The module contains `{name}`."),
            Self::NotContain(name) => say!("The module does not contain `{name}`."),
            Self::ContainAtMost(most, name) => {
                say!("The module contains `{name}` at most {most} times.")
            }
            Self::Locals(most) => {
                say!("No function has more than {most} locals beside its parameters.")
            }
            Self::Bytes(most) => say!("The binary without names has at most {most} bytes."),
            Self::BinaryOf(id) => {
                say!("The binary without names is the same as that of the lesson `{id}`.")
            }
            Self::NoLint => say!("The text has nothing that is never reached, read or used."),
        }
    }

    /// Judges a text and its binary. The answer is empty if the rule holds, and otherwise says how it
    /// does not. `binary_of` gives the binary of a lesson.
    pub(crate) fn judge(
        &self,
        (text, binary): (&str, &[u8]),
        binary_of: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Option<Sentence>> {
        let count = |name: &str| {
            instructions(binary).map(|all| all.iter().filter(|found| *found == name).count())
        };
        let wrong = match self {
            Self::Contain(name) => {
                (count(name)? == 0).then(|| say!("`{name}` is not in the text."))
            }
            Self::NotContain(name) => match count(name)? {
                0 => None,
                found => Some(say!("`{name}` is in the text, {}.", times(found))),
            },
            Self::ContainAtMost(most, name) => {
                let found = count(name)?;
                (found > *most).then(|| say!("`{name}` is in the text {}.", times(found)))
            }
            Self::Locals(most) => {
                let found = most_locals(binary);
                (found > *most).then(|| say!("One function has {found}."))
            }
            Self::Bytes(most) => {
                let found = watshop_module::strip(binary)?.len();
                (found > *most).then(|| say!("It has {found} bytes."))
            }
            Self::BinaryOf(id) => {
                let wanted =
                    binary_of(id).map(|wanted| watshop_module::strip(&wanted)).transpose()?;
                let found = watshop_module::strip(binary)?;
                match wanted {
                    Some(wanted) if wanted == found => None,
                    Some(wanted) => Some(first_difference(&found, &wanted)?),
                    None => Some(say!("There is no lesson `{id}`.")),
                }
            }
            Self::NoLint => {
                watshop_module::lints(text)?.into_iter().next().map(|lint| match lint.at {
                    Some(Place { line: Some(line), .. }) => {
                        say!("Line {line}: {}", lint.message)
                    }
                    _ => lint.message,
                })
            }
        };
        Ok(wrong)
    }
}

/// The first line of two binaries' texts that differs.
fn first_difference(found: &[u8], wanted: &[u8]) -> Result<Sentence> {
    let (found, wanted) = (watshop_module::print(found)?, watshop_module::print(wanted)?);
    let plain = |line: &str| {
        let pieces =
            line.split("(;").map(|piece| piece.split_once(";)").map_or(piece, |(_, rest)| rest));
        pieces.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (mut here, mut there) = (found.lines().map(plain), wanted.lines().map(plain));
    Ok(loop {
        match (here.next(), there.next()) {
            (Some(one), Some(other)) if one == other => {}
            (Some(one), Some(other)) => {
                break say!("The first part that differs is `{one}`. It should be `{other}`.");
            }
            (Some(one), None) => break say!("`{one}` is too much."),
            (None, Some(other)) => break say!("`{other}` is missing."),
            (None, None) => break say!("Only the form of its sections differs."),
        }
    })
}

fn times(count: usize) -> Sentence {
    if count == 1 { say!("once") } else { say!("{count} times") }
}

/// The most locals of a function, parameters not counted.
fn most_locals(binary: &[u8]) -> u32 {
    let bodies = Parser::new(0).parse_all(binary).filter_map(|payload| match payload {
        Ok(Payload::CodeSectionEntry(body)) => body.get_locals_reader().ok(),
        _ => None,
    });
    let counts = bodies.map(|locals| {
        locals.into_iter().flatten().fold(0_u32, |sum, (count, _)| sum.saturating_add(count))
    });
    counts.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(rule: &str, text: &str) -> Option<Sentence> {
        let binary = watshop_module::parse(text).unwrap();
        let other = |id: &str| {
            (id == "twin").then(|| watshop_module::parse("(module (func (param $x i32)))").unwrap())
        };
        Rule::parse(rule).unwrap().judge((text, &binary), other).unwrap()
    }

    #[test]
    fn every_rule_holds_for_one_module_and_not_for_another() {
        for (rule, good, bad) in [
            ("contain nop", "(module (func nop))", "(module (func))"),
            ("not contain loop", "(module (func))", "(module (func (loop)))"),
            ("contain at most 1 nop", "(module (func nop))", "(module (func nop nop))"),
            (
                "have at most 1 locals",
                "(module (func (param i32 i32) (local i32)))",
                "(module (func (local i32 i64)))",
            ),
            ("have at most 8 bytes", "(module)", "(module (func))"),
            ("be the binary of twin", "(module (func (param $other i32)))", "(module)"),
            ("have no lint", "(module)", "(module (func $left))"),
        ] {
            assert_eq!(judge(rule, good), None, "{rule}");
            assert!(judge(rule, bad).is_some(), "{rule}");
        }
        assert_eq!(
            judge("be the binary of nothing", "(module)").unwrap(),
            "There is no lesson `nothing`."
        );
        assert_eq!(
            judge("have no lint", "(module (func (export \"f\")\n  (return)\n  (nop)))").unwrap(),
            "Line 3: Control never reaches this instruction."
        );
    }

    #[test]
    fn another_binary_is_told_by_its_first_difference() {
        let tell = |found: &str, wanted: &str| {
            let of = |text| watshop_module::strip(&watshop_module::parse(text).unwrap()).unwrap();
            first_difference(&of(found), &of(wanted)).unwrap()
        };
        assert_eq!(
            tell("(module (func nop nop))", "(module (func nop unreachable))"),
            "The first part that differs is `nop`. It should be `unreachable`."
        );
        assert_eq!(
            tell("(module (func $a) (func call $a))", "(module (func $a) (func call 1))"),
            "The first part that differs is `call 0`. It should be `call 1`."
        );
    }

    #[test]
    fn other_words_are_no_rule() {
        for text in ["", "be nice", "have at most many locals", "have no", "contain at most x nop"]
        {
            assert!(Rule::parse(text).is_err(), "{text}");
        }
    }
}
