//! The next step after an error, with the options of the command line. The page has its own table,
//! `ui/src/values/steps.json`.

use serde::{Serialize, Serializer};

use crate::page::{Error, ErrorCode, TrapKind};

/// The help of an error in a terminal: the advice that it has, and the option that helps.
pub fn help(error: &Error) -> Option<String> {
    let option = option(error.code).filter(|_| applies(error));
    let option = option.map(|option| match &error.proposal {
        Some(proposal) => option.replace("{proposal}", proposal),
        None => option.to_owned(),
    });
    let parts: Vec<_> = [error.help.clone(), option].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Writes an error with its help in a terminal.
pub(super) fn helpful<S: Serializer>(error: &&Error, to: S) -> Result<S::Ok, S::Error> {
    Error { help: help(error), ..(*error).clone() }.serialize(to)
}

/// Returns true if the option helps with this error. Some codes have errors of several causes.
fn applies(error: &Error) -> bool {
    match error.code {
        ErrorCode::InvalidModule => error.proposal.is_some(),
        ErrorCode::NotAModule => {
            error.component.as_ref().is_some_and(|component| !component.modules.is_empty())
        }
        ErrorCode::Trap => error.trap == Some(TrapKind::StackOverflow),
        _ => true,
    }
}

/// The sentence about the option that helps with a code. `{proposal}` is the name of one.
pub fn option(code: ErrorCode) -> Option<&'static str> {
    match code {
        ErrorCode::InvalidModule => Some("Turn it on with `--enable {proposal}`."),
        ErrorCode::NotAModule => {
            Some("`--core-module N` runs a core module that is inside of a component.")
        }
        ErrorCode::MissingImports => Some(
            "Name an import object with `--imports FILE`, or let missing functions trap with \
             `--unknown-imports trap`.",
        ),
        ErrorCode::Trap => Some("To allow deeper calls, raise the stack with `--stack-kib`."),
        ErrorCode::CallTime => {
            Some("If the work takes that long, raise the limit with `--call-ms`.")
        }
        ErrorCode::MemoryLimit => Some("To allow more, raise the limit with `--memory-pages`."),
        ErrorCode::StoreLimit => Some("To allow more, raise the limit with `--store-mib`."),
        ErrorCode::TableLimit => Some("To allow more, raise the limit with `--table-elements`."),
        ErrorCode::ImportMismatch | ErrorCode::ImportsFile => {
            Some("The import object is the file that `--imports` names.")
        }
        ErrorCode::EngineUnavailable => Some("Use `--engine jit`."),
        ErrorCode::TargetUnsupported => {
            Some("`watshop targets` lists the code that can be made for each target.")
        }
        ErrorCode::CompilerUnavailable
        | ErrorCode::CompilerRefused
        | ErrorCode::CompilerCrashed => Some("`--compiler` chooses another compiler."),
        ErrorCode::WasiFolder => Some("`--dir HOST::GUEST` gives a program a folder."),
        ErrorCode::UntrustedArtifact => Some("If you trust its maker, use `--trust`."),
        ErrorCode::MalformedText
        | ErrorCode::EmptyFile
        | ErrorCode::FileTooLarge
        | ErrorCode::MessageTooLarge
        | ErrorCode::UnknownExport
        | ErrorCode::NotAFunction
        | ErrorCode::ArgumentCount
        | ErrorCode::ArgumentType
        | ErrorCode::Stopped
        | ErrorCode::Instantiation
        | ErrorCode::NoInstance
        | ErrorCode::Busy
        | ErrorCode::OutOfBounds
        | ErrorCode::Immutable
        | ErrorCode::WasiMemory
        | ErrorCode::WasixUnavailable
        | ErrorCode::ImportCycle
        | ErrorCode::ImportScript
        | ErrorCode::LinkerUnavailable
        | ErrorCode::LinkFailed
        | ErrorCode::ExportDamaged
        | ErrorCode::RunnerCrashed
        | ErrorCode::RunnerSilent
        | ErrorCode::CompilerSilent
        | ErrorCode::ArtifactDamaged
        | ErrorCode::ArtifactForeign
        | ErrorCode::File
        | ErrorCode::DiskFull
        | ErrorCode::State
        | ErrorCode::UnknownTab
        | ErrorCode::UnknownLesson
        | ErrorCode::Course
        | ErrorCode::UnknownMethod
        | ErrorCode::BadRequest
        | ErrorCode::NotFromHere => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say;

    #[test]
    fn advice_comes_before_the_option() {
        let error =
            Error::new(ErrorCode::CallTime, say!("Too long.")).help(say!("Look for a loop."));
        assert_eq!(
            help(&error).unwrap(),
            "Look for a loop. If the work takes that long, raise the limit with `--call-ms`."
        );
    }

    #[test]
    fn an_option_is_named_only_if_it_helps() {
        let mut error =
            Error::new(ErrorCode::InvalidModule, say!("This needs `simd`, which is off."));
        assert_eq!(help(&error), None);
        error.proposal = Some("simd".into());
        assert_eq!(help(&error).unwrap(), "Turn it on with `--enable simd`.");
        let mut error = Error::new(ErrorCode::Trap, say!("An integer was divided by zero."));
        error.trap = Some(TrapKind::IntegerDivideByZero);
        assert_eq!(help(&error), None);
        error.trap = Some(TrapKind::StackOverflow);
        assert!(help(&error).unwrap().contains("--stack-kib"));
    }
}
