//! Inspects a file without running it and without a tab.

use std::io::Read as _;
use std::path::Path;
use watshop_protocol::say;

use serde::Serialize;
use watshop_module::FileFormat;
use watshop_protocol::page::{
    Error, ErrorCode, ModuleSummary, Proposals, Result, Severity, SourceKind,
};
use watshop_protocol::passport::Passport;

use crate::tabs::LARGEST_FILE;

/// The facts about a file.
#[derive(Debug, Serialize)]
pub struct Inspection {
    /// The kind of the file.
    pub kind: SourceKind,
    /// The size of the file in bytes.
    pub file_size: u64,
    /// The summary of a text or a binary.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub module: Option<ModuleSummary>,
    /// The passport of an artifact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passport: Option<Passport>,
}

/// Reads a file and gives the facts about it. A module is validated with every proposal, and every
/// byte of an artifact is checked.
///
/// # Errors
///
/// `file` if it cannot be read, `file_too_large`, and the faults of its contents.
pub fn inspect_file(path: &Path) -> Result<Inspection> {
    let file_error =
        |e: std::io::Error| Error::new(ErrorCode::File, say!("It cannot be read: {e}."));
    if watshop_artifact::is_artifact_file(path) {
        let sealed = watshop_artifact::open(path)?;
        sealed.prove()?;
        let passport = Some(sealed.passport);
        let file_size = sealed.file.metadata().map_err(file_error)?.len();
        return Ok(Inspection { kind: SourceKind::Sealed, file_size, module: None, passport });
    }
    let bytes =
        watshop_artifact::read_regular(path, LARGEST_FILE).map_err(|error| match error.kind() {
            std::io::ErrorKind::FileTooLarge => Error::new(
                ErrorCode::FileTooLarge,
                say!("It has more than {} MiB, the most that is read.", LARGEST_FILE >> 20),
            ),
            _ => file_error(error),
        })?;
    let file_size = bytes.len() as u64;
    let (kind, binary) = match watshop_module::sniff(&bytes) {
        FileFormat::Wat => (SourceKind::Wat, assemble(&bytes)?),
        _ => (SourceKind::Wasm, bytes),
    };
    let module = watshop_module::summarize(&binary)?;
    watshop_module::validate(&binary, &Proposals::all())?;
    Ok(Inspection { kind, file_size, module: Some(module), passport: None })
}

/// Turns WAT into a binary. Its faults have line and column.
fn assemble(bytes: &[u8]) -> Result<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes);
    let checked = watshop_module::check_text(&text, &Proposals::all());
    let error = checked.problems.into_iter().find(|problem| problem.severity == Severity::Error);
    match (error, checked.binary) {
        (Some(problem), _) => Err(problem.into_error()),
        (None, Some(binary)) => Ok(binary),
        (None, None) => watshop_module::parse(&text),
    }
}

/// True if a file begins as a WebAssembly binary does. False if it cannot be read.
pub fn is_binary_file(path: &Path) -> bool {
    let mut magic = [0; 4];
    let read =
        watshop_artifact::open_regular(path).and_then(|(mut file, _)| file.read_exact(&mut magic));
    read.is_ok_and(|()| &magic == b"\0asm")
}
