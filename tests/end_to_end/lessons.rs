//! The course that is built in, and `watshop lessons` over the real compilers.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use serde_json::Value;
use watshop_tests::terminal::Terminal;

use crate::repository;

#[test]
fn every_lesson_passes_with_every_compiler_and_engine_that_it_names() {
    let terminal = Terminal::new();
    let ended = terminal.run(&["lessons", "check", &repository("examples"), "--json"]);
    let proof: Value = serde_json::from_str(&ended.stdout).unwrap();
    let lessons = proof["lessons"].as_array().unwrap();
    let faults: Vec<_> = lessons
        .iter()
        .flat_map(|lesson| {
            let faults = lesson["faults"].as_array().unwrap().iter();
            faults.map(move |fault| format!("{}: {fault}", lesson["id"]))
        })
        .chain(proof["faults"].as_array().unwrap().iter().map(Value::to_string))
        .collect();
    assert_eq!(faults, [""; 0]);
    assert_eq!(ended.status, Some(0));
    assert!(lessons.len() >= 55, "{} lessons", lessons.len());
    let passed: u64 = lessons.iter().filter_map(|lesson| lesson["passed"].as_u64()).sum();
    assert!(passed > 500, "only {passed} checks");
}

/// A course of one task in the folder `course`, as `watshop lessons new` makes it.
fn new_course() -> Terminal {
    let terminal = Terminal::new();
    let ended = terminal.run(&["lessons", "new", "course"]);
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    terminal
}

#[test]
fn a_new_course_is_proven_and_begins_unsolved() {
    let terminal = new_course();
    let checked = terminal.run(&["lessons", "check", "course"]);
    assert_eq!(checked.status, Some(0), "{}", checked.stdout);
    assert!(checked.stdout.contains("1 lesson, 3 minutes"), "{}", checked.stdout);

    let begun = terminal.run(&["lessons", "run", "course", "--once"]);
    assert_eq!(begun.status, Some(1));
    assert!(begun.stdout.contains("✗ `double 21` gives `42`."), "{}", begun.stdout);
    assert!(begun.stdout.contains("expected: 42"), "{}", begun.stdout);
    assert!(begun.stdout.contains("input:    double 1"), "{}", begun.stdout);

    let course = terminal.folder().join("course");
    fs::copy(
        course.join("first/double.solution.wat"),
        terminal.folder().join("course-work/double.wat"),
    )
    .unwrap();
    let solved = terminal.run(&["lessons", "run", "course", "--once"]);
    assert_eq!(solved.status, Some(0), "{}", solved.stdout);
    assert!(solved.stdout.contains("All tasks pass."));

    let unchanged = terminal.run(&["lessons", "check", "course"]);
    assert_eq!(unchanged.status, Some(0), "texts of a person are no lessons: {}", unchanged.stdout);
    let again = terminal.run(&["lessons", "new", "course"]);
    assert_eq!(again.status, Some(1), "a course is never written over");
}

#[test]
fn the_loop_in_the_terminal_gives_hints_and_sees_each_save() {
    let terminal = new_course();
    let mut command = terminal.command(&["lessons", "run", "course"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut until = |words: &str| {
        assert!(lines.by_ref().any(|line| line.contains(words)), "{words}");
    };
    until("Type h and Enter for a hint");
    let mut input = child.stdin.take().unwrap();
    for words in ["Hint: The number is already", "Hint: Put the number", "no other hint"] {
        input.write_all(b"h\n").unwrap();
        until(words);
    }
    let work = terminal.folder().join("course-work/double.wat");
    fs::write(&work, "(module (func (export \"double\") (param i32) (result i32) local.get 0")
        .unwrap();
    until("The module runs");
    let solution = terminal.folder().join("course/first/double.solution.wat");
    fs::copy(solution, &work).unwrap();
    until("All tasks pass.");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn each_fault_of_a_course_is_named_with_its_lesson() {
    const HEAD: &str = ";; title: T\n;; group: First\n;; look: See `i32.const`.\n";
    let plain = |more: &str, body: &str| format!("{HEAD}{more};; expect: f -> 1\n\n{body}");
    let one = "(module (func (export \"f\") (result i32) i32.const 1))";
    for (name, text, fault) in [
        ("a.wat", plain("", "(module (func (export \"f\") (result i32) i32.const 2))"), "Got: 2"),
        ("b.wat", plain("", "(module (func (export \"f\")))"), "Expected: 1"),
        ("c.wat", plain(";; needs: nothing\n", one), "needs `nothing`"),
        (
            "d.wat",
            plain("", "(module (func (export \"f\") (result i32) i32.const 0 i32.eqz))"),
            "`i32.eqz`",
        ),
        ("e.wat", plain(";; kind: task\n;; goal: G.\n", one), "a task has a solution beside it"),
        (
            "f.wat",
            plain(";; kind: quiz\n;; question: Q?\n;; answer: 2\n", one),
            "answer of the quiz",
        ),
        (
            "g.wat",
            plain(";; hint: 1\n;; hint: 2\n;; hint: 3\n;; hint: 4\n", one),
            "at most 3 hints",
        ),
        ("G.wat", plain("", one), "small letters"),
        ("h.wat", plain(";; compilers: llvm\n", one), "error compiler_refused"),
    ] {
        let terminal = new_course();
        fs::write(terminal.folder().join("course/first").join(name), text).unwrap();
        let checked = terminal.run(&["lessons", "check", "course", "--compiler", "cranelift"]);
        assert_eq!(checked.status, Some(1), "{name}: {}", checked.stdout);
        assert!(checked.stdout.contains(fault), "{name}: {}", checked.stdout);
    }
}

/// A lesson whose text, page or files are hostile or broken is a fault, and the others are proven.
#[test]
fn a_hostile_or_broken_lesson_is_a_fault_and_reaches_nothing() {
    const HEAD: &str = ";; title: T\n;; group: First\n;; look: See `call`, `loop`, `br`.\n";
    let one = "(module (func (export \"f\")))";
    let plain = |more: &str, body: &str| format!("{HEAD}{more};; expect: f ->\n\n{body}");
    let endless = "(module (func $s (loop (br 0))) (start $s) (func (export \"f\")))";
    for (file, text, fault) in [
        ("first/a.wat", String::new(), "no `;; title: …` line"),
        ("first/b.wat", plain("", ""), "`f` returns"),
        ("first/c.wat", plain("", "(module (func (export \"f\""), "its text is not valid in line"),
        ("first/d.wat", plain("", "(module (; never closed"), "its text is not valid"),
        ("first/e.wat", plain("", endless), "longer than the limit of 500 ms"),
        (
            "first/f.wat",
            plain(";; file: data/../../x = y\n", one),
            "`../../x` is not a place in the folder `data`",
        ),
        ("second/double.wat", plain("", one), "has the same id"),
        ("first/double.md", "[up](../../../etc/passwd)".into(), "links to `../../../etc/passwd`"),
        ("first/double.md", "![up](../../x.svg)".into(), "links to `../../x.svg`"),
        ("first/double.md", "[run](javascript:alert(1))".into(), "links to `javascript:alert(1`"),
        ("first/double.md", "![](course.svg)".into(), "has no text"),
    ] {
        let terminal = new_course();
        let course = terminal.folder().join("course");
        fs::create_dir(course.join("second")).unwrap();
        fs::write(course.join(file), text).unwrap();
        let checked = terminal.run(&["lessons", "check", "course", "--compiler", "singlepass"]);
        assert_eq!(checked.status, Some(1), "{file}: {}", checked.stdout);
        let said = &checked.stdout;
        assert!(said.contains(fault), "{file}: {fault}: {said}{}", checked.stderr);
        assert!(!terminal.folder().join("x").exists());
    }
}

#[test]
fn a_task_that_is_solved_already_and_a_page_that_is_too_long_are_faults() {
    let terminal = new_course();
    let first = terminal.folder().join("course/first");
    let begun = fs::read_to_string(first.join("double.wat")).unwrap();
    let solved = begun.replace(
        "    local.get $number\n  )",
        "    local.get $number\n    local.get $number\n    i32.add\n  )",
    );
    fs::write(first.join("double.wat"), solved).unwrap();
    let page = fs::read_to_string(first.join("double.md")).unwrap();
    fs::write(first.join("double.md"), page + &"word ".repeat(300) + "[link](nothing.md)").unwrap();
    let checked = terminal.run(&["lessons", "check", "course", "--compiler", "singlepass"]);
    assert_eq!(checked.status, Some(1));
    for fault in ["passes all checks already", "300 are the most", "links to `nothing.md`"] {
        assert!(checked.stdout.contains(fault), "{fault}: {}", checked.stdout);
    }
}

#[test]
fn what_is_no_course_is_refused_in_one_line() {
    let terminal = Terminal::new();
    let file = terminal.file("course.zip", b"PK\x05\x06");
    for path in [file.to_str().unwrap(), "nothing"] {
        let ended = terminal.run(&["lessons", "check", path]);
        assert_eq!(ended.status, Some(1));
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
        assert!(ended.stderr.contains("cannot be read"), "{}", ended.stderr);
    }
}

/// The modules in a page, or in the pages of a folder: the file, and the text between "```wat" and
/// "```".
fn modules(root: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut places = vec![std::path::PathBuf::from(repository(root))];
    while let Some(path) = places.pop() {
        if path.is_dir() {
            places.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path).unwrap();
            let blocks = text.split("```wat\n").skip(1);
            let module = |block: &str| block.split("```").next().unwrap().to_owned();
            found.extend(blocks.map(|block| (path.display().to_string(), module(block))));
        }
    }
    found
}

/// The pages whose modules another test runs: they show mistakes and gaps (`guide.rs`, `known.rs`
/// and the last test here), or are made of the lessons, which are proven above.
const RUN_ELSEWHERE: [&str; 4] =
    ["/docs/guide/errors.md", "/docs/guide/source.md", "/docs/known.md", "/docs/lessons/"];

#[test]
fn every_module_in_a_page_of_the_documentation_runs() {
    let terminal = Terminal::new();
    let places = ["examples", "docs", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];
    let all = places.into_iter().flat_map(modules);
    let elsewhere = |page: &str| RUN_ELSEWHERE.iter().any(|place| page.contains(place));
    let pages: Vec<_> = all.filter(|(page, _)| !elsewhere(page)).collect();
    assert!(pages.len() > 40, "{} modules", pages.len());
    for (page, text) in pages {
        let file = terminal.file("page.wat", &text);
        let ended = terminal.run(&["run", file.to_str().unwrap()]);
        let needs_imports = ended.stderr.contains("that nothing provides");
        // A program may end with a status of its own, without a word on standard error.
        let ran = ended.status == Some(0) || ended.stderr.is_empty();
        assert!(ran || needs_imports, "{page}: {}\n{text}", ended.stderr);
    }
}

#[test]
fn the_mistake_in_the_page_of_the_editor_is_told_as_the_page_says() {
    let terminal = Terminal::new();
    let all = modules("docs/guide");
    let (_, text) = all.iter().find(|(page, _)| page.ends_with("source.md")).unwrap();
    let file = terminal.file("page.wat", text);
    let ended = terminal.run(&["run", file.to_str().unwrap()]);
    assert_ne!(ended.status, Some(0));
    let said = "`i32.ad` is not an instruction. Perhaps `i32.add` or `i32.and` is meant.";
    assert!(ended.stderr.contains(said), "{}", ended.stderr);
}
