//! Errors as one line on standard error.

use std::path::Path;

use super::{help, spelled};
use crate::page::{Error, Import, Place, TrapFrame};

/// The line about an error of a file: `file:line:column: error: what happened`, with the other
/// facts behind it. Editors jump to places in this form. A binary has no lines on disk, only in a
/// text that is printed from it, so its places are offsets.
pub fn complaint(file: &Path, is_binary: bool, error: &Error) -> String {
    let own = error.frames.iter().find(|frame| !frame.elsewhere).filter(|frame| !frame.imprecise);
    let at = error.at.or_else(|| own.map(|frame| frame.at).filter(|at| *at != Place::default()));
    let at = at.map(|at| match at.offset {
        Some(_) if is_binary => Place { line: None, column: None, ..at },
        // A person who has the text does not have the binary of this offset.
        _ => Place { offset: None, ..at },
    });
    let file = spelled::name(&file.display().to_string());
    let mut line = format!(
        "{file}{}: error: {}",
        at.map(place).unwrap_or_default(),
        spelled::sentence(&error.message)
    );
    if let [innermost, ..] = error.frames.as_slice() {
        let calls: Vec<_> = error.frames.iter().map(name).collect();
        let within = if innermost.imprecise { "Somewhere in" } else { "In" };
        line += &format!(" {within} {}.", shortened(&calls).join(", called by "));
    }
    // Imports that the message names need no second mention.
    let unnamed: Vec<_> = error.imports.iter().filter(|import| !is_named(error, import)).collect();
    if !unnamed.is_empty() {
        let import = |i: &&Import| {
            format!("{}.{}: {}", spelled::name(&i.module), spelled::name(&i.name), i.kind)
        };
        let list: Vec<_> = unnamed.iter().take(MOST).map(import).collect();
        let more = match unnamed.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        line += &format!(" {}{more}.", list.join("; "));
    }
    if let Some(help) = help(error) {
        line += &format!(" {}", spelled::sentence(&help));
    }
    line.split('\n').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The most imports that are listed one by one.
const MOST: usize = 20;

/// Returns true if the message names an import in backticks. Without them, its name may be a part
/// of another word.
fn is_named(error: &Error, import: &Import) -> bool {
    let same = error.imports.iter().filter(|other| other.name == import.name).count();
    let whole = format!("`{}.{}`", import.module, import.name);
    error.message.contains(&whole)
        || (same == 1 && error.message.contains(&format!("`{}`", import.name)))
}

fn place(at: Place) -> String {
    match (at.line, at.column, at.offset) {
        (Some(line), Some(column), _) => format!(":{line}:{column}"),
        (Some(line), None, _) => format!(":{line}"),
        (None, _, Some(offset)) => format!(":0x{offset:x}"),
        (None, _, None) => String::new(),
    }
}

fn name(frame: &TrapFrame) -> String {
    match &frame.name {
        // The name of an export is not the function's name in the text.
        Some(export) if export.starts_with('"') => {
            format!("{} (function {})", spelled::name(export), frame.function)
        }
        Some(name) => spelled::name(name),
        None => format!("function {}", frame.function),
    }
}

/// The innermost and the outermost calls of a stack. Endless recursion has thousands.
fn shortened(calls: &[String]) -> Vec<String> {
    const INNERMOST: usize = 4;
    match calls {
        [inner @ .., outermost] if inner.len() > INNERMOST + 1 => {
            let left_out = format!("{} more", inner.len() - INNERMOST);
            inner[..INNERMOST].iter().chain([&left_out, outermost]).cloned().collect()
        }
        few => few.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{ErrorCode, ExternType, Import, ValueType};
    use crate::say;

    /// The help after missing imports.
    const MISSING: &str = "Name an import object with `--imports FILE`, or let missing functions trap \
                           with `--unknown-imports trap`.";

    #[test]
    fn a_place_in_text_is_line_and_column() {
        let at = Place { line: Some(3), column: Some(5), offset: Some(9) };
        let error = Error::new(ErrorCode::MalformedText, say!("This is not\nWAT."))
            .at(at)
            .help(say!("Look there."));
        assert_eq!(
            complaint(Path::new("bad.wat"), false, &error),
            "bad.wat:3:5: error: This is not WAT. Look there."
        );
    }

    #[test]
    fn a_place_in_a_binary_is_its_offset() {
        let error = Error::new(ErrorCode::InvalidModule, say!("No."))
            .at(Place { offset: Some(0x1f), ..Place::default() });
        assert_eq!(complaint(Path::new("bad.wasm"), true, &error), "bad.wasm:0x1f: error: No.");
    }

    #[test]
    fn an_offset_is_not_told_of_a_text() {
        let at = Place { offset: Some(0x1f), ..Place::default() };
        let error = Error::new(ErrorCode::InvalidModule, say!("No.")).at(at);
        assert_eq!(complaint(Path::new("bad.wat"), false, &error), "bad.wat: error: No.");
    }

    #[test]
    fn a_trap_is_where_its_innermost_call_is() {
        let mut error = Error::new(ErrorCode::Trap, say!("An integer was divided by zero."));
        let frame = |function, name: Option<&str>, line| TrapFrame {
            function,
            name: name.map(str::to_owned),
            at: Place { line: Some(line), column: Some(7), offset: None },
            elsewhere: false,
            imprecise: false,
        };
        error.frames =
            vec![frame(3, Some("half"), 5), frame(5, Some("\"main\""), 7), frame(4, None, 9)];
        assert_eq!(
            complaint(Path::new("div.wat"), false, &error),
            "div.wat:5:7: error: An integer was divided by zero. In half, called by \"main\" (function 5), called by \
             function 4."
        );
    }

    #[test]
    fn endless_recursion_is_still_one_line_to_read() {
        let mut error = Error::new(ErrorCode::Trap, say!("Too deep."));
        error.frames = (0..10_000)
            .map(|function| TrapFrame {
                function,
                name: None,
                at: Place::default(),
                elsewhere: false,
                imprecise: false,
            })
            .collect();
        let line = complaint(Path::new("f.wat"), false, &error);
        assert!(
            line.contains("function 3, called by 9995 more, called by function 9999"),
            "{line}"
        );
        assert!(line.len() < 200);
    }

    #[test]
    fn missing_imports_are_named_with_their_types_once() {
        let import = |name: &str| Import {
            module: "env".into(),
            name: name.into(),
            kind: ExternType::Function {
                params: vec![ValueType::I32].into(),
                results: vec![].into(),
            },
        };
        let mut error = Error::new(ErrorCode::MissingImports, say!("Nothing provides `said`."));
        error.imports = vec![import("said"), import("log")];
        assert_eq!(
            complaint(Path::new("m.wat"), false, &error),
            format!("m.wat: error: Nothing provides `said`. env.log: function (i32). {MISSING}")
        );
    }

    #[test]
    fn an_import_whose_name_is_a_part_of_a_word_is_listed_too() {
        let import = |module: &str, name: &str| Import {
            module: module.into(),
            name: name.into(),
            kind: ExternType::Function { params: vec![].into(), results: vec![].into() },
        };
        let listed = |message: &str, imports: &[(&str, &str)]| {
            let mut error = Error::new(ErrorCode::MissingImports, say!("{message}"));
            error.imports = imports.iter().map(|(module, name)| import(module, name)).collect();
            complaint(Path::new("m.wat"), false, &error)
        };
        let said = listed("The module asks for 2 imports.", &[("env", "a"), ("env", "import")]);
        assert_eq!(
            said,
            format!(
                "m.wat: error: The module asks for 2 imports. env.a: function (); env.import: function (). {MISSING}"
            )
        );
        let said = listed("Nothing gives `a.log`.", &[("a", "log"), ("b", "log"), ("a", "lo")]);
        assert_eq!(
            said,
            format!(
                "m.wat: error: Nothing gives `a.log`. b.log: function (); a.lo: function (). {MISSING}"
            )
        );
        let many: Vec<_> = (0..1000).map(|_| ("env", "same")).collect();
        assert!(
            listed("Nothing gives them.", &many).ends_with(&format!("; and 980 more. {MISSING}"))
        );
    }

    #[test]
    fn what_a_file_says_is_spelled_out_and_cut() {
        let mut error =
            Error::new(ErrorCode::Trap, say!("No `{}{}`.", "x".repeat(300), "\u{1b}[2J"));
        error.frames = vec![TrapFrame {
            function: 0,
            name: Some("\u{202e}evil\n".into()),
            at: Place::default(),
            elsewhere: false,
            imprecise: false,
        }];
        let line = complaint(Path::new("a\u{1b}.wat"), false, &error);
        assert!(line.starts_with("a\\u{1b}.wat: error: No `xxx"), "{line}");
        assert!(line.contains("x… (304 characters)`. In \\u{202e}evil\\u{a}."), "{line}");
    }
}
