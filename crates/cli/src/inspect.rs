//! `watshop inspect`: describes a file, without running it and without a workbench.

mod text;

use std::process::ExitCode;

use watshop_workbench::inspect_file;

use crate::arguments::InspectArguments;
use crate::{answer, complaint};

/// Reads a file and prints its description.
pub(crate) fn inspect(wanted: &InspectArguments) -> anyhow::Result<ExitCode> {
    let inspected = match inspect_file(&wanted.file) {
        Ok(inspected) => inspected,
        Err(error) => return complaint::fail(&wanted.file, &error, wanted.json),
    };
    if wanted.json {
        answer::print_json(&inspected)?;
    } else {
        answer::print(&text::describe(&wanted.file, &inspected))?;
    }
    Ok(ExitCode::SUCCESS)
}
