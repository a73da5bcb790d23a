//! The pages of the guide that are made from the contract: error codes, and settings with their
//! defaults and bounds.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use watshop_protocol::page::{ErrorCode, Example, Limits, Proposals, Settings};
use watshop_protocol::terminal;

/// The page's own step after each error.
fn page_steps() -> HashMap<ErrorCode, Option<String>> {
    let table = Path::new("../../ui/src/values/steps.json");
    serde_json::from_str(&std::fs::read_to_string(table).unwrap()).unwrap()
}

/// `WATSHOP_UPDATE_GUIDE=1` writes it.
fn is_up_to_date(name: &str, text: &str) {
    let page = Path::new("../../docs/guide").join(name);
    if std::env::var_os("WATSHOP_UPDATE_GUIDE").is_some() {
        std::fs::write(&page, text).unwrap();
    }
    let same = std::fs::read_to_string(page).unwrap() == text;
    assert!(
        same,
        "docs/guide/{name} is not what the code declares; WATSHOP_UPDATE_GUIDE=1 writes it"
    );
}

#[test]
fn the_page_of_error_codes_has_every_code_as_it_is_declared() {
    let mut text = String::from(
        "# Error codes\n\nEvery error has a stable code beside its sentence: the panel Timings shows it, and `--json` prints \
         it. The code never changes its meaning. This page is made of three tables: `crates/protocol/src/page/error_code.rs`, \
         `ui/src/values/steps.json` for the window and the browser, and `crates/protocol/src/terminal/help.rs` for the \
         terminal. Tests keep it in step and run each example that is a module.\n",
    );
    let page = page_steps();
    assert_eq!(page.len(), ErrorCode::ALL.len());
    let mut topic = "";
    for code in ErrorCode::ALL {
        if code.topic() != topic {
            topic = code.topic();
            writeln!(text, "\n## {topic}").unwrap();
        }
        write!(text, "\n### `{}`\n\n{}\n\n", code.as_str(), code.meaning()).unwrap();
        match code.example() {
            Example::Module(wat, arguments) => {
                let line: Vec<_> =
                    ["watshop run example.wat"].iter().chain(arguments).copied().collect();
                let file = if wat.is_empty() { "A file with nothing in it." } else { "" };
                let listing =
                    if wat.is_empty() { String::new() } else { format!("```wat\n{wat}\n```\n") };
                write!(text, "Example: `{}`\n\n{file}{listing}", line.join(" ")).unwrap();
                if wat.is_empty() {
                    text.push('\n');
                }
            }
            Example::Steps(steps) => writeln!(text, "Example: {steps}").unwrap(),
        }
        writeln!(text, "\n**What to do.** {}", code.advice()).unwrap();
        let steps = [
            ("the window and the browser", page[code].as_deref()),
            ("the terminal", terminal::option(*code)),
        ];
        for (at, (shell, step)) in steps.into_iter().filter(|(_, step)| step.is_some()).enumerate()
        {
            let gap = if at == 0 { "\n" } else { "" };
            let step = step.unwrap_or_default().replace("{proposal}", "NAME");
            writeln!(text, "{gap}- In {shell}: {step}").unwrap();
        }
    }
    is_up_to_date("errors.md", &text);
}

#[test]
fn the_page_of_settings_has_the_defaults_and_bounds_of_the_contract() {
    let defaults = serde_json::to_value(Settings::default()).unwrap();
    let word = |name: &str| defaults[name].as_str().unwrap().to_owned();
    let mut text = format!(
        "# Settings\n\n![The panel Settings](pictures/settings.webp)\n\nEach tab has its own settings. They are saved with it. This page is made of \
         `crates/protocol/src/page/settings.rs`; a test keeps it in step.\n\n\
         ## How code is made\n\n\
         | setting | where | default | values |\n| --- | --- | --- | --- |\n\
         | Compiler | toolbar, `--compiler` | `{}` | `singlepass` compiles fastest, `cranelift` is the middle, `llvm` makes the \
         fastest code |\n\
         | Engine | toolbar, `--engine` | `{}` | `jit` copies the code into memory, `native` maps a shared object from its file \
         (x86-64 Linux) |\n\
         | Optimise | toolbar, `--optimisation` | `{}` | `none`, `speed`, `speed_and_size`; Singlepass has one level |\n\
         | Target | panel Target, `--target`, `--cpu-feature` | this machine with all that its CPU has | a triple and CPU \
         features, see [Target](target.md) |\n\
         | Count instructions | panel Settings, `--count-instructions` | {} | code that counts its instructions by function, see \
         [Timings](timings.md); it is slower |\n",
        word("compiler"),
        word("engine"),
        word("optimisation"),
        if defaults["count_instructions"] == true { "on" } else { "off" },
    );
    text.push_str(
        "\n## Limits\n\nA guest that reaches a limit gets an error that names the limit. The time in which a program waits for its \
         input does not count as time of a call.\n\n\
         | limit | option | default | least | most |\n| --- | --- | --- | --- | --- |\n",
    );
    let limits = serde_json::to_value(Limits::default()).unwrap();
    let titles = BTreeMap::from([
        ("memory_pages", "Pages (64 KiB) of one memory"),
        ("table_elements", "Elements of one table"),
        ("call_ms", "Time of a call, in ms; 0 is no limit"),
        ("stack_kib", "Stack, in KiB"),
        ("store_mib", "Memories and tables, in MiB; 0 is half of the machine's memory"),
    ]);
    for (name, range) in Limits::BOUNDS {
        let option = name.replace('_', "-");
        writeln!(
            text,
            "| {} | `--{option}` | {} | {} | {} |",
            titles[name],
            limits[name],
            range.start(),
            range.end()
        )
        .unwrap();
    }
    assert_eq!(limits.as_object().unwrap().len(), Limits::BOUNDS.len());
    text.push_str(
        "\n## Imports and WASI\n\n\
         | setting | where | default | values |\n| --- | --- | --- | --- |\n",
    );
    writeln!(
        text,
        "| Missing function imports | panel Settings, `--unknown-imports` | `{}` | `error` does not start the module, `trap` lets \
         each of them trap when it is called |\n\
         | Import object | panel [Imports](imports.md), `--imports FILE` | empty | [all providers](../imports.md) |\n\
         | Program name, arguments, environment | panel [WASI](wasi.md), `-- ARG…`, `--env` | the tab's title, none, none | text \
         without NUL, at most 1 MiB together |\n\
         | Trust | panel [Artifact](artifact.md), `--trust` | no | one artifact by its hash, see [Security](../../SECURITY.md) |",
        word("unknown_imports"),
    )
    .unwrap();
    text.push_str(
        "\n## Proposals\n\nThe defaults are those of Wasmer 7.5. `--enable NAME` and `--disable NAME` set them in the terminal.\n\n\
         | proposal | default | what it brings |\n| --- | --- | --- |\n",
    );
    for ((name, on), (_, about)) in Proposals::default().iter().zip(Proposals::ABOUT) {
        writeln!(
            text,
            "| `{name}` | {} | {} |",
            if on { "on" } else { "off" },
            about.trim_end_matches('.')
        )
        .unwrap();
    }
    is_up_to_date("settings.md", &text);
}
