//! Packs bundles: an artifact, the runner that loads it, and a text about starting it, in one
//! archive for another machine.

use std::fmt::Write as _;
use std::io::{self, Read as _};
use std::path::Path;
use watshop_protocol::Sentence;
use watshop_protocol::say;

use sha2::{Digest as _, Sha256};
use watshop_protocol::page::{Error, ErrorCode, Export, ExternType, ModuleSummary, Result};
use watshop_protocol::passport::Passport;

use crate::config::file_error;

/// The default level of `zstd` itself. A higher one makes executables hardly smaller.
const LEVEL: i32 = 9;

/// The contents of a bundle.
pub(crate) struct Bundle<'a> {
    /// The name of its folder and of the artifact.
    pub name: String,
    pub sealed: &'a [u8],
    pub passport: &'a Passport,
    /// The module, whose exports decide how it can be started.
    pub module: Option<&'a ModuleSummary>,
    /// The name of the runner that the module needs.
    pub program: &'static str,
    /// The runner for the artifact's target, if there is one at hand.
    pub runner: Option<Vec<u8>>,
}

/// A file of a bundle: its name, its bytes, and whether it is executable.
type BundleFile<'a> = (String, &'a [u8], bool);

impl Bundle<'_> {
    /// Packs the archive as `.tar.zst`, and unpacks it again as a check.
    ///
    /// Errors: `export_damaged` if the unpacked files differ.
    pub(crate) fn pack(&self) -> Result<Vec<u8>> {
        let name = &self.name;
        let readme = self.readme();
        let mut entries: Vec<BundleFile<'_>> = vec![
            (format!("{name}.wshop"), self.sealed, false),
            ("README.txt".into(), readme.as_bytes(), false),
        ];
        if let Some(runner) = &self.runner {
            entries.push((self.program.into(), runner, true));
        }
        let sums = sums(&entries);
        entries.push(("SHA256SUMS".into(), sums.as_bytes(), false));
        let failed = |error: io::Error| {
            Error::new(ErrorCode::File, say!("The bundle cannot be packed: {error}."))
        };
        let packed = archive(
            name,
            &entries,
            self.passport.compiled.as_ref().map_or(0, |compiled| compiled.created_ms / 1000),
        )
        .map_err(failed)?;
        unpack(&packed, name, &entries)?;
        Ok(packed)
    }

    fn readme(&self) -> String {
        let Self { name, passport, module, program, .. } = self;
        let exports = module.map(|module| module.exports.as_slice()).unwrap_or_default();
        let function = exports.iter().find_map(|export| match export {
            Export { name, kind: ExternType::Function { params, .. } } => {
                let arguments = " 0".repeat(params.len());
                Some(format!(" --invoke {name}{arguments}"))
            }
            _ => None,
        });
        let command = module.is_some_and(|module| module.command);
        let arguments =
            if command { " -- ARGUMENT…".into() } else { function.unwrap_or_default() };
        let by = passport.compiled.as_ref().map(|compiled| {
            format!(", compiled by {} of Wasmer {}", compiled.compiler.title(), compiled.wasmer)
        });
        let mut text = format!("{name}{} for {}", by.unwrap_or_default(), passport.triple);
        if !passport.cpu_features.is_empty() {
            let _ = write!(text, " with {}", passport.cpu_features.join(", "));
        }
        text += ".\n";
        if self.runner.is_none() {
            let _ = write!(
                text,
                "\nThis bundle has no runner for {}, because none was built. `npm run build -- --runners` in Watshop's \
                 sources makes it, or `cargo build --release -p {program}` on that machine. Put the runner \
                 `{program}` into this folder first.\n",
                passport.triple
            );
        }
        let _ = write!(
            text,
            "\nRun it on that machine, in this folder:\n\n    ./{program} {name}.wshop{arguments}\n"
        );
        text + "\n`sha256sum -c SHA256SUMS` checks that nothing has changed since it was packed.\n"
    }
}

/// The checksums in the format of `sha256sum`.
fn sums(entries: &[BundleFile<'_>]) -> String {
    entries
        .iter()
        .map(|(name, bytes, _)| format!("{:x}  {name}\n", Sha256::digest(bytes)))
        .collect()
}

fn archive(folder: &str, entries: &[BundleFile<'_>], seconds: u64) -> io::Result<Vec<u8>> {
    let mut tar = tar::Builder::new(zstd::Encoder::new(Vec::new(), LEVEL)?);
    for (name, bytes, program) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(if *program { 0o755 } else { 0o644 });
        header.set_mtime(seconds);
        tar.append_data(&mut header, Path::new(folder).join(name), *bytes)?;
    }
    tar.into_inner()?.finish()
}

/// Writes the files of a bundle into a new folder. The folder gets its name only when all of them
/// are written and checked.
///
/// # Errors
///
/// `file` if the name is taken, or if the folder cannot be written. Then none of it is left.
pub fn unpack_bundle(packed: &[u8], folder: &Path) -> Result<()> {
    let failed = |error: io::Error| file_error(say!("Writing"), folder, &error);
    if folder.symlink_metadata().is_ok() {
        return Err(Error::new(ErrorCode::File, say!("`{}` already exists.", folder.display()))
            .help(say!("Name a folder that does not exist yet, or end the name in .tar.zst to get the archive.")));
    }
    let parent =
        folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let meanwhile =
        tempfile::Builder::new().prefix(".watshop-").tempdir_in(parent).map_err(failed)?;
    let mut tar = tar::Archive::new(zstd::Decoder::new(packed).map_err(failed)?);
    tar.unpack(meanwhile.path()).map_err(failed)?;
    let inner = std::fs::read_dir(meanwhile.path()).map_err(failed)?.next();
    let inner = inner.transpose().map_err(failed)?.map(|entry| entry.path()).unwrap_or_default();
    std::fs::rename(inner, folder).map_err(failed)
}

fn unpack(packed: &[u8], folder: &str, entries: &[BundleFile<'_>]) -> Result<()> {
    let damaged = |why: Sentence| watshop_artifact::damaged_error(say!("the bundle {why}"));
    let unreadable = |error: io::Error| damaged(say!("cannot be read again ({error})"));
    let mut tar = tar::Archive::new(zstd::Decoder::new(packed).map_err(unreadable)?);
    let mut expected = entries.iter();
    for file in tar.entries().map_err(unreadable)? {
        let mut file = file.map_err(unreadable)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        let path = file.path().map_err(unreadable)?.into_owned();
        match expected.next() {
            Some((name, wanted, _)) if path == Path::new(folder).join(name) && bytes == *wanted => {
            }
            _ => return Err(damaged(say!("holds another `{}`", path.display()))),
        }
    }
    match expected.next() {
        None => Ok(()),
        Some((name, ..)) => Err(damaged(say!("lacks `{name}`"))),
    }
}
