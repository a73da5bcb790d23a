//! Links shared libraries. LLVM's lld links an object file for its target, on any system.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use watshop_protocol::say;

use tempfile::TempDir;
use tokio::process::Command;
use watshop_artifact::{ObjectFile, verify_object};
use watshop_protocol::page::{Error, ErrorCode, Result, StopHow};

use super::artifact::InspectedObject;
use crate::activity::{RunGuard, stopped};
use crate::config::file_error;

/// The folder of LLVM 22 on Debian, Ubuntu and with the packages of apt.llvm.org.
const LLVM: &str = "/usr/lib/llvm-22/bin";

/// The formats of shared libraries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkedAs {
    /// ELF.
    So,
    /// Mach-O.
    Dylib,
    /// PE.
    Dll,
}

impl LinkedAs {
    /// The format for the system of a triple.
    ///
    /// Errors: `target_unsupported` for a system without one.
    pub(crate) fn of(triple: &str) -> Result<Self> {
        match watshop_artifact::system(triple) {
            "Linux" | "Android" | "FreeBSD" => Ok(Self::So),
            "macOS" | "iOS" => Ok(Self::Dylib),
            "Windows" => Ok(Self::Dll),
            _ => Err(Error::new(
                ErrorCode::TargetUnsupported,
                say!("Watshop does not know what a shared library is on the system of {triple}."),
            )
            .help(say!("Export the object file and link it there."))),
        }
    }

    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::So => "so",
            Self::Dylib => "dylib",
            Self::Dll => "dll",
        }
    }

    fn linker(self) -> &'static str {
        match self {
            Self::So => "ld.lld",
            Self::Dylib => "ld64.lld",
            Self::Dll => "lld-link",
        }
    }

    /// The linker's arguments. Symbols of the runtime stay undefined, because the program that
    /// loads the library provides them.
    fn arguments(self, triple: &str, object: &Path, to: &Path) -> Vec<String> {
        let (object, to) = (object.display().to_string(), to.display().to_string());
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        match self {
            Self::So => own(&["-shared", "-o", &to, &object]),
            Self::Dylib => {
                let architecture = if triple.starts_with("aarch64") { "arm64" } else { "x86_64" };
                let platform =
                    if watshop_artifact::system(triple) == "iOS" { "ios" } else { "macos" };
                own(&[
                    "-dylib",
                    "-undefined",
                    "dynamic_lookup",
                    "-arch",
                    architecture,
                    "-platform_version",
                    platform,
                    "11.0",
                    "11.0",
                    "-o",
                    &to,
                    &object,
                ])
            }
            Self::Dll => {
                own(&["/dll", "/noentry", "/force:unresolved", &format!("/out:{to}"), &object])
            }
        }
    }
}

/// Links an object file to a shared library and checks it.
///
/// Errors: `linker_unavailable`, `link_failed` with the linker's words, `export_damaged`,
/// `stopped`.
pub(crate) async fn link(object: &InspectedObject, guard: &mut RunGuard) -> Result<Vec<u8>> {
    let kind = LinkedAs::of(&object.triple)?;
    let program = find(kind.linker())?;
    let folder =
        TempDir::new().map_err(|e| file_error(say!("Making"), &std::env::temp_dir(), &e))?;
    let (input, output) = (
        folder.path().join("module.o"),
        folder.path().join("module").with_extension(kind.ending()),
    );
    tokio::fs::write(&input, &object.bytes)
        .await
        .map_err(|e| file_error(say!("Writing"), &input, &e))?;
    let running = Command::new(&program)
        .args(kind.arguments(&object.triple, &input, &output))
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let ended = tokio::select! {
        ended = running => ended,
        () = guard.stopped() => {
            guard.was_stopped(StopHow::Cancelled);
            return Err(stopped());
        }
    };
    let ended = ended.map_err(|e| file_error(say!("Starting"), &program, &e))?;
    // lld-link warns about undefined symbols, but its status is 0 then.
    if !ended.status.success() {
        let words = String::from_utf8_lossy(&ended.stderr);
        let first =
            words.lines().find(|line| line.contains("error")).unwrap_or("it gave no reason").trim();
        return Err(Error::new(
            ErrorCode::LinkFailed,
            say!("{} cannot link this object: {first}.", kind.linker()),
        )
        .help(say!(
            "Another compiler's object may link; the object file itself can be exported as it is."
        )));
    }
    let bytes =
        tokio::fs::read(&output).await.map_err(|e| file_error(say!("Reading"), &output, &e))?;
    let metadata: Vec<_> =
        object.symbols.iter().filter(|name| name.starts_with("WASMER_METADATA")).cloned().collect();
    verify_object(&bytes, ObjectFile::Shared, &object.triple, &metadata)?;
    Ok(bytes)
}

fn find(linker: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from(LLVM)]);
    let names = [format!("{linker}-22"), linker.to_owned()];
    let mut candidates = folders.flat_map(|folder| names.clone().map(|name| folder.join(name)));
    candidates.find(|program| program.is_file()).ok_or_else(|| {
        Error::new(ErrorCode::LinkerUnavailable, say!("The linker `{linker}` is not installed."))
            .help(say!("On Debian and Ubuntu it is in the package lld-22; or export the object file and link it yourself."))
    })
}
