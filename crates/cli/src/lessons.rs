//! `watshop lessons`: proves a course, checks it at each save, and begins a new one.

mod begin;
mod prove;
mod watch;

use std::path::Path;
use std::process::ExitCode;

use watshop_lessons::{Course, CourseProblem, lint, read_path};
use watshop_protocol::page::Error;

use crate::arguments::LessonsCommand;

/// Runs a subcommand.
pub(crate) async fn lessons(command: LessonsCommand) -> anyhow::Result<ExitCode> {
    match command {
        LessonsCommand::Check(wanted) => prove::check(wanted).await,
        LessonsCommand::Run(wanted) => watch::watch(&wanted).await,
        LessonsCommand::New(wanted) => begin::begin(&wanted.folder),
    }
}

/// A course with the faults that show without a run.
fn read(path: &Path) -> Result<(Course, Vec<CourseProblem>), Error> {
    let files = read_path(path)?;
    let (course, mut problems) = Course::read(&files);
    problems.extend(lint(&course, &files));
    Ok((course, problems))
}
