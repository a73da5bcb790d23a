//! `watshop compile`: a module becomes a file of code, for this machine or another.

use std::path::PathBuf;
use std::process::ExitCode;
use watshop_protocol::say;

use serde::Serialize;
use watshop_protocol::page::{Error, ErrorCode, Result, Settings, TabId};
use watshop_protocol::passport::Passport;
use watshop_protocol::registry::{
    ConfigureTab, DownloadKind, DownloadTab, OpenPath, WorkbenchApi as _,
};
use watshop_workbench::{Config, StateKind, Workbench, inspect_file, unpack_bundle, write_checked};

use crate::arguments::CompileArguments;
use crate::{answer, complaint};

/// The end of the name of an archive. A bundle with another name is a folder.
const ARCHIVE: &[u8] = b".zst";

/// A description of the made file. `--json` prints it.
#[derive(Debug, Serialize)]
struct CompileReport {
    file: PathBuf,
    format: DownloadKind,
    /// The size in bytes. For an unpacked bundle it is that of the archive.
    size: u64,
    /// BLAKE3 of the file, in hexadecimal. A folder has none; it contains `SHA256SUMS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<PathBuf>,
    /// The passport of a sealed artifact.
    #[serde(skip_serializing_if = "Option::is_none")]
    passport: Option<Passport>,
}

/// Compiles a file and prints a description of the result.
pub(crate) async fn compile(wanted: CompileArguments) -> anyhow::Result<ExitCode> {
    let config = Config { state: StateKind::InMemory, ..Config::from_environment()? };
    let workbench = Workbench::open(config)?;
    let made = make(&workbench, &wanted).await;
    workbench.shutdown().await;
    let made = match made {
        Ok(made) => made,
        Err(error) => return complaint::fail(&wanted.file, &error, wanted.json),
    };
    if wanted.json {
        answer::print_json(&made)?;
    } else {
        answer::print(&describe(&made))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn make(workbench: &Workbench, wanted: &CompileArguments) -> Result<CompileReport> {
    let settings = wanted.settings();
    let path = wanted.file.to_str().ok_or_else(|| {
        Error::new(ErrorCode::File, say!("The file's name is not UTF-8."))
            .help(say!("Rename it, or make a link to it."))
    })?;
    let view = workbench.open_path(OpenPath { path: path.into() }).await?;
    let tab = view.summary.id;
    configure(workbench, tab, settings).await?;
    let bytes = download(workbench, wanted, tab, wanted.format).await?;
    if wanted.format == DownloadKind::Bundle
        && !wanted.output.as_os_str().as_encoded_bytes().ends_with(ARCHIVE)
    {
        unpack_bundle(&bytes, &wanted.output)?;
        let (file, size) = (wanted.output.clone(), bytes.len() as u64);
        return Ok(CompileReport {
            file,
            format: wanted.format,
            size,
            hash: None,
            header: None,
            passport: None,
        });
    }
    let header = match wanted.format {
        DownloadKind::Object => Some(download(workbench, wanted, tab, DownloadKind::Header).await?),
        _ => None,
    };
    let beside = wanted.output.with_extension("h");
    if header.is_some() && beside == wanted.output {
        return Err(Error::new(
            ErrorCode::BadRequest,
            say!("`{}` is the file of the object's C header.", beside.display()),
        )
        .help(say!("Name the object file so that it ends in .o or .obj.")));
    }
    let (file, hash) = write_checked(&wanted.output, &bytes)?;
    let header = match header.map(|header| write_checked(&beside, &header)).transpose() {
        Ok(header) => header.map(|(path, _)| path),
        Err(error) => {
            // An object without its header is only half of the request.
            drop(std::fs::remove_file(&file));
            return Err(error);
        }
    };
    let passport = match wanted.format {
        DownloadKind::Sealed => inspect_file(&file)?.passport,
        _ => None,
    };
    Ok(CompileReport {
        file,
        format: wanted.format,
        size: bytes.len() as u64,
        hash: Some(hash),
        header,
        passport,
    })
}

async fn configure(workbench: &Workbench, tab: TabId, settings: Settings) -> Result<()> {
    let named = settings.target.is_some();
    let configured = workbench.configure_tab(ConfigureTab { tab, settings }).await;
    configured.map(drop).map_err(|error| match error.code {
        ErrorCode::BadRequest if named => list_targets(error),
        _ => error,
    })
}

/// Adds the command that lists the targets to an error about one.
fn list_targets(error: Error) -> Error {
    let help = match error.help_sentence() {
        Some(help) => say!("{help} `watshop targets` lists the targets."),
        None => say!("`watshop targets` lists the targets."),
    };
    error.help(help)
}

async fn download(
    workbench: &Workbench,
    wanted: &CompileArguments,
    tab: TabId,
    what: DownloadKind,
) -> Result<Vec<u8>> {
    let params =
        DownloadTab { tab, what, strip: wanted.strip, validate: Some(!wanted.no_validate) };
    workbench.download_tab(params).await.map(|(_, bytes)| bytes)
}

fn describe(made: &CompileReport) -> String {
    let mut text = format!("{} {}\n", made.file.display(), size(made.size));
    if let Some(header) = &made.header {
        text += &format!("{}\n", header.display());
    }
    if let Some(passport) = &made.passport {
        let features = passport.cpu_features.join(" ");
        text += &format!(
            "for {} {}\n",
            passport.triple,
            if features.is_empty() { "(no CPU features)" } else { &features }
        );
    }
    text
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
