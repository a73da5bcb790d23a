//! The messages about lessons with a common slip in them.

use std::collections::BTreeSet;
use std::path::Path;

use wast::lexer::{Lexer, TokenKind};
use watshop_protocol::page::Proposals;

use crate::{plain, words};

/// Checks the message about each lesson with each slip. Returns the faults of the messages.
pub fn faults() -> Vec<String> {
    let examples = Path::new("../examples");
    let mut faults = BTreeSet::new();
    for lesson in lessons(examples) {
        for slip in slips(&lesson) {
            for problem in watshop_module::check_text(&slip, &Proposals::default()).problems {
                words::note(&problem.message);
                faults.extend(plain::of_problem(&problem));
            }
        }
    }
    faults.into_iter().collect()
}

fn lessons(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(lessons(&path));
        } else if path.extension().is_some_and(|end| end == "wat") {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
    found
}

/// Returns a text with one slip each: a word left out, written twice, misspelt, or replaced by
/// another of its kind.
fn slips(text: &str) -> Vec<String> {
    let mut slips = Vec::new();
    let mut at = 0;
    let lexer = Lexer::new(text);
    while let Ok(Some(token)) = lexer.parse(&mut at) {
        let word = token.src(text);
        let (before, behind) = (&text[..token.offset], &text[token.offset + word.len()..]);
        let mut put = |other: &str| slips.push(format!("{before}{other}{behind}"));
        match token.kind {
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment => continue,
            TokenKind::LParen | TokenKind::RParen => {
                for other in ["", "((", "))", "(", ")", "{", "["] {
                    put(other);
                }
            }
            TokenKind::String => {
                for other in [
                    "",
                    &word[1..],
                    &word[..word.len() - 1],
                    "\"\\q\"",
                    "\"\\u{d800}\"",
                    "name",
                    "'name'",
                    "7",
                ] {
                    put(other);
                }
            }
            TokenKind::Integer(_) | TokenKind::Float(_) => {
                for other in [
                    "",
                    "-1",
                    "1.5",
                    "99999999999",
                    "99999999999999999999999",
                    "0x",
                    "1_",
                    "1e",
                    "nan",
                    "true",
                    "1,5",
                    "i32",
                    "$n",
                    "'a'",
                    "\"a\"",
                    "0b1",
                    "10u8",
                ] {
                    put(other);
                }
            }
            TokenKind::Id => {
                for other in ["", "$", "$nobody", "0", "99", "-1", &word[1..], "i32", "\"a\""] {
                    put(other);
                }
            }
            _ => {
                let swapped: String = match word.split_at_checked(2) {
                    Some((two, rest)) => two.chars().rev().chain(rest.chars()).collect(),
                    None => word.to_owned(),
                };
                put(&swapped);
                for other in [
                    "",
                    "func",
                    "int",
                    "i32",
                    "i64",
                    "f32",
                    "v128",
                    "i32.add",
                    "local.get",
                    "global.set 0",
                    "$n",
                    "7",
                    "\"a\"",
                    "=",
                    ";",
                    ",",
                    "/* a */",
                    "//",
                    "memory",
                    "end",
                    "else",
                    "(result i32)",
                    "funcref",
                    "return_call 0",
                    "throw 0",
                ] {
                    put(other);
                }
                put(&format!("{word} {word}"));
                put(&format!("{word}("));
                put(&format!("{word},"));
                put(&word.to_uppercase());
                for (from, to) in [
                    ("i32", "i64"),
                    ("i64", "i32"),
                    ("f64", "i32"),
                    ("f32", "f64"),
                    (".", "_"),
                    (".", "/"),
                    ("get", "set"),
                    ("set", "get"),
                    ("_s", ""),
                    ("_u", ""),
                ] {
                    if word.contains(from) {
                        put(&word.replacen(from, to, 1));
                    }
                }
            }
        }
    }
    for line in 0..text.lines().count() {
        let without = text.lines().enumerate().filter(|(at, _)| *at != line).map(|(_, line)| line);
        slips.push(without.collect::<Vec<_>>().join("\n"));
        let twice = text
            .lines()
            .enumerate()
            .flat_map(|(at, text)| std::iter::repeat_n(text, if at == line { 2 } else { 1 }));
        slips.push(twice.collect::<Vec<_>>().join("\n"));
    }
    slips
}
