//! The options of `watshop lessons`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use watshop_protocol::page::Compiler;

use super::one_of;

/// Prove a course of lessons, take it in the terminal, or begin a new one
#[derive(Debug, Args)]
pub(crate) struct LessonsArguments {
    #[command(subcommand)]
    pub(crate) command: LessonsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LessonsCommand {
    Check(LessonsCheckArguments),
    Run(LessonsRunArguments),
    New(LessonsNewArguments),
}

/// Prove every lesson of a course with every compiler and engine
///
/// Exit status: 0 without a fault, 1 with one.
#[derive(Debug, Args)]
pub(crate) struct LessonsCheckArguments {
    /// The course: a folder or a .zip
    #[arg(default_value = ".")]
    pub(crate) folder: PathBuf,
    /// Prove only the lesson of this id
    #[arg(long, value_name = "ID")]
    pub(crate) lesson: Option<String>,
    /// Prove with this compiler only; may be repeated
    #[arg(long = "compiler", value_parser = one_of::<Compiler>(["singlepass", "cranelift", "llvm"]))]
    pub(crate) compilers: Vec<Compiler>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Take the tasks of a course in the terminal: each save is checked, and `h` gives a hint
#[derive(Debug, Args)]
pub(crate) struct LessonsRunArguments {
    /// The course: a folder or a .zip
    pub(crate) folder: PathBuf,
    /// The folder of your own texts; without it, one beside the course, with its name and `-work`
    #[arg(long, value_name = "DIR")]
    pub(crate) work: Option<PathBuf>,
    /// Check the first task that does not pass once, and end
    #[arg(long)]
    pub(crate) once: bool,
}

/// Make a course of one task to begin with
#[derive(Debug, Args)]
pub(crate) struct LessonsNewArguments {
    /// The folder to make
    pub(crate) folder: PathBuf,
}
