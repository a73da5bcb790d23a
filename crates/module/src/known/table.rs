//! Prints the list as a page of the documentation.

use std::fmt::Write as _;

use watshop_protocol::page::Compiler;

use super::{Effect, KnownRow, ROWS};

const HEAD: &str = "# What of Wasmer 7.5 is missing or wrong

Made of the list in `crates/module/src/known`; a test fails when it is not up to date. Watshop shows with a module what concerns
it. What is refused is checked with every compiler by `tests/end_to_end/known.rs`.
";

/// The text of `docs/known.md`.
pub fn markdown() -> String {
    let mut text = HEAD.to_owned();
    let parts = [
        (
            Effect::Refused,
            "Missing",
            "The compilers that are named refuse such a module; all others take it.",
        ),
        (
            Effect::Seen,
            "Wrong, or missing from the error",
            "Such a module runs, with these faults.",
        ),
        (
            Effect::Mended,
            "Mended by Watshop",
            "Wasmer alone has these faults. Watshop works around them.",
        ),
    ];
    for (effect, title, about) in parts {
        let _ = write!(
            text,
            "\n## {title}\n\n{about}\n\n| what | whose code | what Watshop does |\n| --- | --- | --- |\n"
        );
        let rows: Vec<_> = ROWS.iter().filter(|row| row.effect == effect).collect();
        for row in &rows {
            let _ = writeln!(text, "| {} | {} | {} |", row.title, whose(row), row.instead);
        }
        text.push_str("\nThe smallest modules:\n\n```wat\n");
        for row in &rows {
            let _ = write!(text, ";; {}\n{}\n\n", row.title, row.example);
        }
        text.truncate(text.trim_end().len());
        text.push_str("\n```\n");
    }
    text
}

fn whose(row: &KnownRow) -> String {
    let compilers = if row.compilers.len() == Compiler::ALL.len() {
        "every compiler".to_owned()
    } else {
        row.compilers.iter().map(|compiler| compiler.title()).collect::<Vec<_>>().join(", ")
    };
    row.only.map_or_else(|| compilers.clone(), |only| format!("{compilers}, {only}"))
}
