//! Errors, as one line on standard error.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use watshop_protocol::page::Error;
use watshop_protocol::terminal::{self, JsonReport};
use watshop_workbench::is_binary_file;

use crate::answer;

/// Tells why a command failed: to a program as JSON, and to a person in any case.
pub(crate) fn fail(file: &Path, error: &Error, json: bool) -> anyhow::Result<ExitCode> {
    if json {
        answer::print_json(&JsonReport::Failed { error })?;
    }
    write(&about(file, error));
    Ok(ExitCode::FAILURE)
}

/// The line about an error of a file.
pub(crate) fn about(file: &Path, error: &Error) -> String {
    terminal::complaint(file, is_binary_file(file), error)
}

/// Writes a line with its control characters spelled out. A closed standard error is ignored,
/// because there is no other place to write to.
pub(crate) fn write(line: &str) {
    drop(writeln!(std::io::stderr(), "{}", terminal::spelled::lines(line)));
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use clap::CommandFactory as _;
    use watshop_protocol::page::{ErrorCode, TrapKind};

    use watshop_protocol::say;

    use super::*;
    use crate::arguments::CommandLine;

    /// An error of each code, with all facts that add a sentence to its help.
    fn errors() -> impl Iterator<Item = Error> {
        ErrorCode::ALL.iter().map(|code| {
            let mut error = Error::new(*code, say!("It failed.")).help(say!("{}", code.advice()));
            error.proposal = Some("simd".into());
            error.trap = Some(TrapKind::StackOverflow);
            error
        })
    }

    /// The terminal told people to press buttons that it does not have.
    #[test]
    fn no_error_names_a_panel_or_a_button() {
        for error in errors() {
            let line = about(Path::new("m.wat"), &error).to_lowercase();
            for part in ["panel", "button", "press ", "click", "toolbar", "settings", "menu", "**"]
            {
                assert!(!line.contains(part), "`{part}`: {line}");
            }
        }
    }

    #[test]
    fn every_option_that_an_error_names_exists() {
        let mut line = CommandLine::command();
        line.build();
        let commands = line.get_subcommands();
        let options: HashSet<_> = commands
            .flat_map(|command| command.get_arguments())
            .filter_map(|argument| argument.get_long())
            .collect();
        let mut named = 0;
        for error in errors() {
            let line = about(Path::new("m.wat"), &error);
            for word in line.split([' ', '`']).filter_map(|word| word.strip_prefix("--")) {
                let name = word.trim_end_matches(|c: char| !c.is_alphanumeric());
                assert!(options.contains(name), "--{name}: {line}");
                named += 1;
            }
        }
        assert!(named > 8);
    }
}
