use watshop_protocol::page::{ErrorCode, TrapKind};

use super::*;
use crate::expectation::LessonCall;
use crate::inputs::{MemoryInput, Pattern};

const HEADER: &str =
    ";; title: Add one\n;; group: Start\n;; look: The stack.\n;; look: The result.\n";

fn expectation(text: &str) -> Result<Expectation, HeaderError> {
    parse(&format!("{HEADER};; expect: {text}\n(module)")).map(|mut lesson| lesson.expect.remove(0))
}

fn call(function: &str, arguments: &[&str]) -> LessonCall {
    LessonCall {
        function: function.into(),
        arguments: arguments.iter().map(|a| (*a).to_owned()).collect(),
    }
}

#[test]
fn a_header_ends_with_the_first_other_line() {
    let text = format!("{HEADER};; arguments: a b\n;; expect: f ->\n;;\n;; nonsense\n(module)");
    let lesson = parse(&text).unwrap();
    assert_eq!(lesson.title, "Add one");
    assert_eq!(lesson.group, "Start");
    assert_eq!(lesson.kind, LessonKind::Read);
    assert_eq!(lesson.look, "The stack. The result.");
    assert_eq!(lesson.arguments, ["a", "b"]);
    assert_eq!(lesson.compilers, Compiler::ALL);
    assert_eq!(lesson.expect, [Expectation::Results { call: call("f", &[]), results: vec![] }]);
}

#[test]
fn every_kind_of_expectation_is_read() {
    let same = Expectation::Same {
        times: 200,
        function: "f".into(),
        patterns: vec![Pattern::Any, Pattern::Within(0, 16), Pattern::Fixed("x".into())],
        memory: Some(MemoryInput { at: 256, length: 64 }),
    };
    for (text, wanted) in [
        (
            "swap 1 -2 -> -2 1",
            Expectation::Results {
                call: call("swap", &["1", "-2"]),
                results: vec!["-2".into(), "1".into()],
            },
        ),
        (
            "same \"extern 7\" -> \"extern 7\"",
            Expectation::Results {
                call: call("same", &["extern 7"]),
                results: vec!["extern 7".into()],
            },
        ),
        (
            "trap integer_divide_by_zero: div 1 0",
            Expectation::Trap {
                kind: TrapKind::IntegerDivideByZero,
                call: call("div", &["1", "0"]),
            },
        ),
        (
            "error missing_imports",
            Expectation::Error { code: ErrorCode::MissingImports, call: None },
        ),
        (
            "error call_time: spin",
            Expectation::Error { code: ErrorCode::CallTime, call: Some(call("spin", &[])) },
        ),
        (r"stdout: a\n\tb -> c\\", Expectation::Stdout("a\n\tb -> c\\".into())),
        (r"console: 3\n", Expectation::Console("3\n".into())),
        ("exit 3", Expectation::Exit(3)),
        ("memory 0x10 = 68 69", Expectation::Memory { at: 16, bytes: vec![0x68, 0x69] }),
        ("global n = 3", Expectation::Global { name: "n".into(), value: "3".into() }),
        ("log 1 2", Expectation::Log(vec!["1".into(), "2".into()])),
        (
            "calls env.log 3",
            Expectation::Calls { module: "env".into(), name: "log".into(), times: 3 },
        ),
        ("refused by singlepass", Expectation::Refused(Compiler::Singlepass)),
        (
            "target riscv64gc-unknown-linux-gnu",
            Expectation::Target("riscv64gc-unknown-linux-gnu".into()),
        ),
        ("same 200: f ? 0..16 x with memory 0x100 64", same),
    ] {
        assert_eq!(expectation(text).unwrap(), wanted, "{text}");
    }
}

#[test]
fn a_mistake_is_named_with_its_line() {
    for text in [
        "f 1",
        "-> 1",
        "trap boredom: f",
        "error boredom",
        r"stdout: \x",
        "memory 16 = 100",
        "exit soon",
        "calls log 3",
        "refused by gcc",
        "same many: f",
        "same 2: f with memory 0 70000",
        "f \"open -> 1",
    ] {
        let Err(HeaderError::Line { line: 5, .. }) = expectation(text) else {
            panic!("{text}: {:?}", expectation(text))
        };
    }
    assert!(matches!(parse(";; titel: x"), Err(HeaderError::Line { line: 1, .. })));
    assert!(matches!(parse(";; kind: exam"), Err(HeaderError::Line { line: 1, .. })));
    assert_eq!(parse(&format!("{HEADER}(module)")), Err(HeaderError::Missing("expect")));
    assert_eq!(parse("(module)"), Err(HeaderError::Missing("title")));
    let task = format!("{HEADER};; kind: task\n;; expect: f ->\n");
    assert_eq!(parse(&task), Err(HeaderError::Missing("goal")));
    let quiz = format!("{HEADER};; kind: quiz\n;; question: Why?\n;; expect: f ->\n");
    assert_eq!(parse(&quiz), Err(HeaderError::Missing("answer")));
    let hints = ";; hint: a\n".repeat(4);
    assert!(parse(&format!("{HEADER}{hints}")).is_err());
}

#[test]
fn the_rest_of_a_header_is_read() {
    let text = format!(
        "{HEADER};; kind: task\n;; goal: Do.\n;; needs: a b\n;; minutes: 5\n;; hint: One.\n\
         ;; file: data/a.txt = x\\n\n;; set: random 7\n;; solution: engine native\n\
         ;; compilers: llvm cranelift\n;; must: contain nop\n;; expect: f ->\n"
    );
    let lesson = parse(&text).unwrap();
    assert_eq!(lesson.needs, ["a", "b"]);
    assert_eq!((lesson.minutes, lesson.hints.len(), lesson.rules.len()), (Some(5), 1, 1));
    assert_eq!((lesson.settings.len(), lesson.solution.len()), (1, 1));
    assert_eq!(lesson.compilers, [Compiler::Llvm, Compiler::Cranelift]);
    let file = LessonFile { folder: "data".into(), at: "a.txt".into(), text: "x\n".into() };
    assert_eq!(lesson.files, [file]);
    assert!(parse(&format!("{HEADER};; compilers: gcc\n")).is_err());
    for place in ["../x", "data/../x", "data//x", "data/", "Data/x", "x"] {
        let file = format!("{HEADER};; file: {place} = y\n");
        assert!(matches!(parse(&file), Err(HeaderError::Line { line: 5, .. })), "{place}");
    }
}
