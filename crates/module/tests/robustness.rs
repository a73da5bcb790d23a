//! Any input gets an answer, without a panic or an overflow.

// A test fails by a panic. Clippy permits that in test functions only, not in the functions that
// they call.
#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

use proptest::collection::vec;
use proptest::prelude::*;
use watshop_module::{
    Lines, check_binary, check_text, format, parse, print, sniff, summarize, validate,
};
use watshop_protocol::page::Proposals;

/// Calls every function that takes bytes.
fn ask(bytes: &[u8]) {
    let _ = sniff(bytes);
    for proposals in [Proposals::default(), Proposals::all()] {
        let valid = validate(bytes, &proposals).is_ok();
        assert_eq!(valid, check_binary(bytes, &proposals).is_empty());
    }
    let summary = summarize(bytes);
    let printed = print(bytes);
    let lines = Lines::of_printed(bytes);
    for offset in (0..bytes.len() as u32 + 2).chain([u32::MAX]) {
        if let Some(place) = lines.place(offset) {
            let count = printed.as_ref().unwrap().lines().count();
            assert!((1..=count).contains(&(place.line.unwrap() as usize)));
        }
    }
    drop((summary, printed));
}

/// Calls every function that takes a text.
fn ask_text(text: &str) {
    let parsed = parse(text);
    for proposals in [Proposals::default(), Proposals::all()] {
        let checked = check_text(text, &proposals);
        assert_eq!(checked.binary.as_ref(), parsed.as_ref().ok());
        for problem in checked.problems {
            assert!(problem.length >= 1);
            if let Some(line) = problem.at.line {
                assert!(line as usize <= text.split(['\n', '\r']).count());
            }
        }
    }
    if let Ok(formatted) = format(text) {
        assert_eq!(parse(&formatted).unwrap(), *parsed.as_ref().unwrap());
    }
    let lines = Lines::of_text(text);
    let length = parsed.map_or(64, |binary| binary.len()) as u32;
    for offset in 0..length {
        let _ = lines.place(offset);
    }
}

const WORDS: [&str; 40] = [
    "(",
    "(",
    "(",
    "(",
    ")",
    ")",
    ")",
    ")",
    "module",
    "func",
    "$f",
    "$g",
    "param",
    "result",
    "i32",
    "i64",
    "f32",
    "v128",
    "funcref",
    "local.get",
    "0",
    "1",
    "i32.const",
    "i32.add",
    "drop",
    "block",
    "loop",
    "if",
    "then",
    "end",
    "br",
    "call",
    "memory",
    "data",
    "\"a\"",
    "export",
    "table",
    "global",
    "(;",
    ";; x\n",
];

const MODULE: &str = r#"(module $m (import "a" "b" (func (param i32))) (import "a" "g" (global i64))
  (type $t (func (param i32) (result i64 f32))) (table 2 funcref) (memory 1 2) (tag $e (param i32))
  (global $c (mut i32) (i32.const 3)) (export "f" (func $f)) (start $s) (elem (i32.const 0) $f $s)
  (func $f (type $t) (local v128 i64) (block $b (br_if $b (local.get 0)) (drop (i32.load offset=4 (local.get 0))))
    (try_table (catch $e $never) (throw $e (i32.const 1))) i64.const -1 f32.const nan:0x123)
  (func $s (call_indirect (param i32) (i32.const 1) (i32.const 0)) return_call $s)
  (data (i32.const 8) "\00\ff text"))"#;

proptest! {
    #[test]
    fn random_bytes(bytes in vec(any::<u8>(), 0..200)) {
        ask(&bytes);
    }

    #[test]
    fn random_bytes_after_the_header_of_a_module(bytes in vec(prop_oneof![any::<u8>(), 0_u8..14], 0..200)) {
        ask(&[b"\0asm\x01\0\0\0".as_slice(), &bytes].concat());
    }

    #[test]
    fn a_module_with_bytes_changed_lost_or_added(changes in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..6)) {
        let mut binary = parse(&MODULE.replace("$never", "0")).unwrap();
        for (at, byte, how) in changes {
            let at = 8 + at.index(binary.len() - 8);
            match how {
                0 => binary[at] = byte,
                1 => drop(binary.remove(at)),
                _ => binary.insert(at, byte),
            }
        }
        ask(&binary);
    }

    #[test]
    fn random_text(text in "\\PC{0,200}") {
        ask_text(&text);
    }

    #[test]
    fn words_of_the_language_in_any_order(words in vec(prop::sample::select(&WORDS[..]), 0..80)) {
        ask_text(&words.join(" "));
    }

    #[test]
    fn a_text_with_words_changed_lost_or_added(changes in vec((any::<prop::sample::Index>(), prop::sample::select(&WORDS[..]), 0..3), 1..6)) {
        let text = MODULE.replace("$never", "0");
        let mut words: Vec<&str> = text.split(' ').collect();
        for (at, word, how) in changes {
            let at = at.index(words.len());
            match how {
                0 => words[at] = word,
                1 => drop(words.remove(at)),
                _ => words.insert(at, word),
            }
        }
        ask_text(&words.join(" "));
    }

    #[test]
    fn formatting_twice_is_formatting_once(blanks in vec(prop::sample::select(&[" ", "\n", "\t", "  ", "\n\n\n", " ;; note\n", "(; note ;)"][..]), 200)) {
        let text: String = MODULE.replace("$never", "0").split(' ').zip(blanks).flat_map(|(word, blank)| [word, blank]).collect();
        if let Ok(once) = format(&text) {
            prop_assert_eq!(format(&once).unwrap(), once);
        }
    }
}
