use super::*;
use crate::{check_text, parse, print};
use watshop_protocol::page::Proposals;

/// The token that the first problem underlines.
fn underlined(text: &str) -> String {
    let problem = check_text(text, &Proposals::default()).problems.remove(0);
    let (line, column) = (problem.at.line.unwrap() as usize, problem.at.column.unwrap() as usize);
    text.lines()
        .nth(line - 1)
        .unwrap()
        .chars()
        .skip(column - 1)
        .take(problem.length as usize)
        .collect()
}

#[test]
fn a_problem_underlines_what_it_is_about() {
    assert_eq!(underlined("(module\n (func (result i32)\n  i64.const 1\n  i32.eqz))"), "i32.eqz");
    assert_eq!(underlined("(module (func (result i32) (i32.const 1) (param $x i32)))"), "param");
    assert_eq!(underlined("(module\n (func)\n (func call 9))"), "call");
    assert_eq!(underlined("(module (global $g i32 (i64.const 1)))"), "global");
    assert_eq!(
        underlined("(module (func $f) (export \"a\" (func $f)) (export \"a\" (func $f)))"),
        "export"
    );
    assert_eq!(underlined("(module (func $f (param i32)) (start $f))"), "$f");
    assert_eq!(
        underlined("(module (memory 1) (data (i32.const 0) \"a\") (data (i64.const 0) \"a\"))"),
        "data"
    );
    assert_eq!(underlined("(module (memory 70000))"), "memory");
}

#[test]
fn a_missing_result_points_at_the_closing_parenthesis() {
    let problem = check_text("(module\n (func (result i32)\n  nop\n )\n)", &Proposals::default())
        .problems
        .remove(0);
    assert_eq!((problem.at.line, problem.at.column), (Some(4), Some(2)));
}

#[test]
fn columns_are_right_after_wide_characters() {
    let text = "(module (func (; 🦀é ;) (result i32) i64.const 1))";
    let problem = check_text(text, &Proposals::default()).problems.remove(0);
    let column = text.chars().count() - 1;
    assert_eq!(problem.at.column, u32::try_from(column).ok());
}

#[test]
fn folded_instructions_have_their_own_places() {
    let text = "(module\n(func (param i32) (result i32)\n(i32.add\n(local.get 0)\n(i32.const 1))))";
    let binary = parse(text).unwrap();
    let add = binary.iter().position(|b| *b == 0x6a).unwrap();
    let line = |offset: usize| Lines::of_text(text).place(offset as u32).unwrap().line.unwrap();
    assert_eq!([line(add - 4), line(add - 2), line(add), line(add + 1)], [4, 5, 3, 5]);
}

#[test]
fn nothing_has_a_line_outside_of_what_the_text_says() {
    let text = "(module $named (func $f nop))";
    let binary = parse(text).unwrap();
    let lines = Lines::of_text(text);
    assert_eq!(lines.place(0), None);
    assert_eq!(lines.place(binary.len() as u32), None);
    assert_eq!(lines.place(binary.len() as u32 - 1), None, "that is the name section");
    assert_eq!(lines.place(u32::MAX), None);
    assert_eq!(Lines::of_text("(module").place(20), None);
    assert_eq!(Lines::of_text("(module binary \"\\00asm\\01\\00\\00\\00\")").place(0), None);
}

#[test]
fn printed_lines_are_those_of_the_printed_text() {
    let text = "(module (memory 1) (func $f (param i32) (result i32) (local i64)\n (if (result i32) (local.get 0) (then (i32.const 7)) (else (unreachable)))) (data (i32.const 0) \"x\"))";
    let binary = parse(text).unwrap();
    let printed = print(&binary).unwrap();
    let lines = Lines::of_printed(&binary);
    let shown = |offset: usize| {
        let place = lines.place(offset as u32)?;
        let line: String = printed
            .lines()
            .nth(place.line? as usize - 1)?
            .chars()
            .skip(place.column? as usize - 1)
            .collect();
        Some(line)
    };
    let unreachable = binary.windows(2).position(|w| w == [0x05, 0x00]).unwrap() + 1;
    assert_eq!(shown(unreachable).unwrap(), "unreachable");
    assert_eq!(shown(unreachable - 1).unwrap(), "else");
    assert_eq!(shown(unreachable - 3).unwrap(), "i32.const 7");
    assert_eq!(
        shown(unreachable - 2).unwrap(),
        "i32.const 7",
        "the middle of an instruction is the instruction"
    );
    assert_eq!(shown(binary.len() - 1), None, "that is the name section");
    assert_eq!(shown(0).unwrap(), "(module");
}
