//! `watshop inspect`: what a file is, without running it and without a workbench.

mod text;

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;
use watshop_module::Sniffed;
use watshop_protocol::page::{Error, ErrorCode, ModuleSummary, Proposals, Result, Severity, SourceKind};
use watshop_protocol::passport::Passport;
use watshop_workbench::LARGEST_FILE;

use crate::arguments::Inspect;
use crate::{answer, complaint};

/// What there is to say of a file. `--json` prints this.
#[derive(Debug, Serialize)]
pub(crate) struct Inspected {
    kind: SourceKind,
    /// Of the file, in bytes.
    file_size: u64,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    module: Option<ModuleSummary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passport: Option<Passport>,
}

/// Reads a file and prints what it is.
pub(crate) fn inspect(wanted: &Inspect) -> anyhow::Result<ExitCode> {
    let inspected = match read(&wanted.file) {
        Ok(inspected) => inspected,
        Err(error) => {
            if wanted.json {
                answer::print_json(&serde_json::json!({ "error": error }))?;
            }
            complaint::write(&complaint::about(&wanted.file, &error));
            return Ok(ExitCode::FAILURE);
        }
    };
    if wanted.json {
        answer::print_json(&inspected)?;
    } else {
        answer::print(&text::describe(&wanted.file, &inspected))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Inspected> {
    let file_error = |e: std::io::Error| Error::new(ErrorCode::File, format!("It cannot be read: {e}."));
    if watshop_artifact::is_artifact_file(path) {
        let sealed = watshop_artifact::open(path)?;
        sealed.prove()?;
        let passport = Some(sealed.passport);
        let file_size = sealed.file.metadata().map_err(file_error)?.len();
        return Ok(Inspected { kind: SourceKind::Sealed, file_size, module: None, passport });
    }
    let bytes = watshop_artifact::read_regular(path, LARGEST_FILE).map_err(|error| match error.kind() {
        std::io::ErrorKind::FileTooLarge => Error::new(
            ErrorCode::FileTooLarge,
            format!("It has more than {} MiB, the most that is read.", LARGEST_FILE >> 20),
        ),
        _ => file_error(error),
    })?;
    let file_size = bytes.len() as u64;
    let (kind, binary) = match watshop_module::sniff(&bytes) {
        Sniffed::Wat => (SourceKind::Wat, assemble(&bytes)?),
        _ => (SourceKind::Wasm, bytes),
    };
    let module = watshop_module::summarize(&binary)?;
    watshop_module::validate(&binary, &Proposals::all())?;
    Ok(Inspected { kind, file_size, module: Some(module), passport: None })
}

/// WAT to binary; what is wrong comes with line and column.
fn assemble(bytes: &[u8]) -> Result<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes);
    let checked = watshop_module::check_text(&text, &Proposals::all());
    let error = checked.problems.into_iter().find(|problem| problem.severity == Severity::Error);
    match (error, checked.binary) {
        (Some(problem), _) => Err(Error::new(problem.code, problem.message).at(problem.at)),
        (None, Some(binary)) => Ok(binary),
        (None, None) => watshop_module::parse(&text),
    }
}
