//! Prints the passport of a sealed file (`--inspect`). The file is checked but not loaded.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use watshop_artifact::Machine;
use watshop_protocol::page::Result;
use watshop_protocol::passport::Passport;
use watshop_protocol::terminal::{self, JsonReport, spelled};

use crate::{complain, print, print_json};

/// Prints the passport of a file, and whether it would run here.
///
/// # Errors
///
/// Standard output refuses.
pub fn inspect(file: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let (passport, size) = match read(file) {
        Ok(read) => read,
        Err(error) => {
            if json {
                print_json(&serde_json::to_string(&JsonReport::Failed { error: &error })?)?;
            }
            complain(&terminal::complaint(file, true, &error));
            return Ok(ExitCode::FAILURE);
        }
    };
    if json {
        // The object is that of `watshop inspect --json`.
        return print_json(
            &json!({ "kind": "sealed", "file_size": size, "passport": passport }).to_string(),
        );
    }
    let here = match watshop_artifact::fits(&passport, &Machine::host()) {
        Ok(()) => "yes".to_owned(),
        Err(error) => error.to_string(),
    };
    let mut text = format!(
        "{}: sealed artifact, {}\n",
        spelled::name(&file.display().to_string()),
        terminal::bytes(size)
    );
    // Writing to a string does not fail.
    let _ = terminal::describe_passport(&mut text, &passport);
    let _ = terminal::fact(&mut text, "runs here", &here);
    print(&text)
}

fn read(file: &Path) -> Result<(Passport, u64)> {
    let sealed = watshop_artifact::open(file)?;
    sealed.prove()?;
    let size = sealed.file.metadata().map(|metadata| metadata.len()).unwrap_or_default();
    Ok((sealed.passport, size))
}
