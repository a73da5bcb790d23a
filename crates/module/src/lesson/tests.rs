use super::*;

const HEADER: &str =
    ";; title: Add one\n;; group: Start\n;; look: The stack.\n;; look: The result.\n";

fn expectation(text: &str) -> Result<Expectation, LessonError> {
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
    assert_eq!(lesson.group, Group::Start);
    assert_eq!(lesson.look, "The stack. The result.");
    assert_eq!(lesson.arguments, ["a", "b"]);
    assert_eq!(lesson.compilers, Compiler::ALL);
    assert_eq!(lesson.expect, [Expectation::Results { call: call("f", &[]), results: vec![] }]);
}

#[test]
fn every_kind_of_expectation_is_read() {
    assert_eq!(
        expectation("swap 1 -2 -> -2 1").unwrap(),
        Expectation::Results {
            call: call("swap", &["1", "-2"]),
            results: vec!["-2".into(), "1".into()]
        }
    );
    assert_eq!(
        expectation("trap integer_divide_by_zero: div 1 0").unwrap(),
        Expectation::Trap { kind: TrapKind::IntegerDivideByZero, call: call("div", &["1", "0"]) }
    );
    assert_eq!(
        expectation("error missing_imports").unwrap(),
        Expectation::Error { code: ErrorCode::MissingImports, call: None }
    );
    assert_eq!(
        expectation("error call_time: spin").unwrap(),
        Expectation::Error { code: ErrorCode::CallTime, call: Some(call("spin", &[])) }
    );
    assert_eq!(expectation(r"stdout: a\n\tb\\").unwrap(), Expectation::Stdout("a\n\tb\\".into()));
}

#[test]
fn a_mistake_is_named_with_its_line() {
    for (text, why) in [
        ("f 1", "an expectation is `function arguments -> results`"),
        ("-> 1", "the name of a function is missing"),
        ("trap boredom: f", "there is no trap `boredom`"),
        ("error boredom", "there is no error `boredom`"),
        (r"stdout: \x", r"after `\` comes n, t or `\`"),
    ] {
        assert_eq!(expectation(text).unwrap_err(), LessonError::Line { line: 5, why: why.into() });
    }
    assert!(matches!(parse(";; titel: x"), Err(LessonError::Line { line: 1, .. })));
    assert!(matches!(parse(";; group: start"), Err(LessonError::Line { line: 1, .. })));
    assert_eq!(parse(&format!("{HEADER}(module)")), Err(LessonError::Missing("expect")));
    assert_eq!(parse("(module)"), Err(LessonError::Missing("look")));
}

#[test]
fn compilers_may_be_named() {
    let lesson =
        parse(&format!("{HEADER};; compilers: llvm cranelift\n;; expect: f ->\n")).unwrap();
    assert_eq!(lesson.compilers, [Compiler::Llvm, Compiler::Cranelift]);
    assert!(parse(&format!("{HEADER};; compilers: gcc\n")).is_err());
}

#[test]
fn traps_are_called_as_on_the_wire() {
    for (name, kind) in TRAPS {
        assert_eq!(serde_json::to_value(kind).unwrap(), name);
    }
}
