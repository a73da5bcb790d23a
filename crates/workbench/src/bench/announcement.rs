//! The benchmark of Wasmer's announcement of 2021: one program, three compilers.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use watshop_protocol::say;

use sha2::{Digest as _, Sha256};
use watshop_protocol::page::{
    AnnouncementChart, Compiler, CompilerTime, Error, ErrorCode, Phase, Result,
};

use crate::config::file_error;

/// The crate that contains the program, and its place there.
const PACKAGE: (&str, &str, &str) = ("wasmer-c-api", "2.3.0", "examples/assets/qjs.wasm");

/// The SHA-256 of the program.
const SHA256: &str = "6f62a6bc5c8f8e3e12a54e2ecbc5674ccfe1c75f91d8e4dd6ebb3fec422a4d6c";

/// The most bytes that are read of a file, which is more than the program has.
const MOST: u64 = 16 << 20;

/// The benchmark of the announcement.
#[derive(Debug, Clone, Copy)]
pub struct Announcement;

/// The figures of a chart of 2021, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chart2021 {
    /// The phase.
    pub phase: Phase,
    /// The title of the chart.
    pub title: &'static str,
    /// The time of each compiler.
    pub times: [(Compiler, f64); 3],
}

impl Announcement {
    /// The arguments of the program.
    pub const ARGUMENTS: [&str; 2] = ["-e", "console.log('hello')"];

    /// The three charts.
    pub const CHARTS: [Chart2021; 3] = [
        Chart2021 {
            phase: Phase::Compile,
            title: "Compilation",
            times: [
                (Compiler::Singlepass, 102e6),
                (Compiler::Cranelift, 295e6),
                (Compiler::Llvm, 5252e6),
            ],
        },
        Chart2021 {
            phase: Phase::Load,
            title: "Loading, headless",
            times: [
                (Compiler::Singlepass, 11.5e6),
                (Compiler::Cranelift, 11.5e6),
                (Compiler::Llvm, 9.8e6),
            ],
        },
        Chart2021 {
            phase: Phase::Call,
            title: "Running",
            times: [
                (Compiler::Singlepass, 0.560e6),
                (Compiler::Cranelift, 0.485e6),
                (Compiler::Llvm, 0.219e6),
            ],
        },
    ];
}

impl Chart2021 {
    /// Returns the chart as a page gets it.
    pub(crate) fn sent(&self) -> AnnouncementChart {
        let times = self.times.map(|(compiler, ns)| CompilerTime { compiler, ns });
        AnnouncementChart { phase: self.phase, times: times.into() }
    }
}

/// Returns the program of the announcement: these bytes, or without any, the file among the crates
/// that cargo has downloaded.
///
/// # Errors
///
/// `file` if there is none, with the address to download, or if the bytes are another program.
pub(crate) fn announcement_program(given: Vec<u8>) -> Result<Vec<u8>> {
    let bytes = if given.is_empty() {
        announcement_file(&downloaded().or_else(fetched).ok_or_else(absent_error)?)?
    } else {
        given
    };
    let digest = Sha256::digest(&bytes);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    if hex != SHA256 {
        let why = say!("This file is not the qjs.wasm of the announcement.");
        return Err(Error::new(ErrorCode::File, why)
            .help(say!("Its SHA-256 would be {SHA256}, and is {hex}.")));
    }
    Ok(bytes)
}

/// Reads a file that may be the program.
///
/// # Errors
///
/// `file` if it cannot be read.
pub fn announcement_file(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MOST).read_to_end(&mut bytes))
        .map_err(|error| file_error(say!("Reading"), path, &error))?;
    Ok(bytes)
}

/// The program in cargo's folder.
fn downloaded() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")))?;
    let (name, version, place) = PACKAGE;
    let indexes = std::fs::read_dir(home.join("registry/src")).ok()?;
    let inside = |index: PathBuf| index.join(format!("{name}-{version}")).join(place);
    indexes.flatten().map(|index| inside(index.path())).find(|path| path.is_file())
}

/// Asks cargo for the crate, which downloads its source without its dependencies.
fn fetched() -> Option<PathBuf> {
    let (name, version, _) = PACKAGE;
    let mut cargo = std::process::Command::new("cargo");
    cargo.args(["info", &format!("{name}@{version}"), "--registry", "crates-io"]);
    let asked = cargo.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.ok().filter(std::process::ExitStatus::success).and_then(|_| downloaded())
}

fn absent_error() -> Error {
    let (name, version, place) = PACKAGE;
    let why = say!("The program of the announcement, qjs.wasm, is not on this machine.");
    Error::new(ErrorCode::File, why).help(say!(
        "`cargo info {name}@{version}` downloads it, and \
         https://static.crates.io/crates/{name}/{name}-{version}.crate contains it as `{place}`."
    ))
}
