//! `watshop serve`.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use watshop_protocol::registry::{OpenCoursePath, WorkbenchApi as _};
use watshop_workbench::{Config, HostFolders, Workbench};

use crate::answer;
use crate::arguments::ServeArguments;
use crate::complaint;
use crate::interrupt::Interrupts;
use crate::launch_page::LaunchPage;

/// The environment variable with a token for programs.
const TOKEN: &str = "WATSHOP_TOKEN";

/// The characters of the shortest and the longest token.
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=256;

/// Serves until the person or the system ends it. If another process serves this data folder
/// already, it prints a fresh address of that one.
pub(crate) async fn serve(
    wanted: ServeArguments,
    course: Option<PathBuf>,
) -> anyhow::Result<ExitCode> {
    let mut interrupts = Interrupts::listen()?;
    let token = token()?;
    let allowed = wanted.allowed.folders()?;
    let asked = !allowed.is_empty();
    let folders = HostFolders::Allowed(allowed);
    let config = Config { folders, ..Config::from_environment().map_err(said_whole)? };
    let note = config.data_dir.join("serve.json");
    if let Some(address) = watshop_server::fresh_address(&note).await {
        complaint::write("Watshop serves this data folder already; this is a fresh address of it.");
        if course.is_some() {
            complaint::write(
                "Drop the course onto its page, as a .zip, or end it and begin again.",
            );
        }
        if asked {
            complaint::write(
                "It keeps the folders that it was started with: end it, to allow others.",
            );
        }
        // The server that runs removes the file when it ends.
        show(&address, &wanted, &config)?.keep();
        return Ok(ExitCode::SUCCESS);
    }
    let workbench = Workbench::open(config.clone()).map_err(said_whole)?;
    if let Some(path) = course {
        let path = path.to_str().context("the name of the course is not UTF-8")?.into();
        workbench.open_course_path(OpenCoursePath { path }).await.map_err(said_whole)?;
    }
    let options = watshop_server::Options { port: wanted.port, token, note: Some(note) };
    let serving = watshop_server::serve(workbench.clone(), options).await.map_err(|error| {
        let port = wanted.port;
        match error.kind() {
            io::ErrorKind::AddrInUse => {
                anyhow::anyhow!(
                    "port {port} of 127.0.0.1 is in use; choose another with --port, or leave --port out to get a \
                     free one"
                )
            }
            io::ErrorKind::PermissionDenied => {
                anyhow::anyhow!(
                    "the system does not allow you to listen on port {port}; choose a port from 1024 on"
                )
            }
            _ => anyhow::Error::new(error).context(format!("port {port} of 127.0.0.1 could not be opened")),
        }
    })?;
    let _opened = show(&serving.one_time_address()?, &wanted, &config)?;
    if io::stderr().is_terminal() {
        complaint::write(
            "The address lets one browser in, once and within a minute. `watshop serve` in another terminal gives a fresh one.",
        );
    }
    interrupts.next().await;
    tokio::select! {
        () = async {
            serving.stop().await;
            workbench.shutdown().await;
        } => {}
        // A second Ctrl-C ends the program at once.
        () = interrupts.next() => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints an address, and opens it in the person's browser. A file carries the address, because the
/// list of processes is visible to everyone on the machine.
fn show(address: &str, wanted: &ServeArguments, config: &Config) -> anyhow::Result<LaunchPage> {
    answer::print(&format!("{address}\n")).context("the address could not be printed")?;
    let page = LaunchPage::in_folder(&config.data_dir);
    if wanted.no_open {
        return Ok(page);
    }
    let opened = page.write(address).and_then(|()| open::that_detached(page.path()));
    if let Err(error) = opened {
        tracing::warn!("no browser could be opened ({error}); open the address yourself");
    }
    Ok(page)
}

/// The token of the environment variable, if it is set.
fn token() -> anyhow::Result<Option<String>> {
    let Some(token) = std::env::var_os(TOKEN).filter(|token| !token.is_empty()) else {
        return Ok(None);
    };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    match token.into_string() {
        Ok(token) if LENGTHS.contains(&token.len()) && token.bytes().all(is_plain) => {
            Ok(Some(token))
        }
        _ => anyhow::bail!(
            "the token in {TOKEN} must have {} to {} characters, each a letter of English, a digit, `-` or `_`",
            LENGTHS.start(),
            LENGTHS.end()
        ),
    }
}

/// An error whose sentence says also what to do.
fn said_whole(error: watshop_protocol::page::Error) -> anyhow::Error {
    match watshop_protocol::terminal::help(&error) {
        Some(help) => anyhow::anyhow!("{} {help}", error.message),
        None => error.into(),
    }
}
