//! `watshop serve`.

use std::io;
use std::process::ExitCode;

use anyhow::Context as _;
use watshop_workbench::{Config, Workbench};

use crate::answer;
use crate::arguments::Serve;
use crate::interrupt::Interrupts;

/// Serves until the person or the system ends it.
pub(crate) async fn serve(wanted: Serve) -> anyhow::Result<ExitCode> {
    let mut interrupts = Interrupts::listen()?;
    let config = Config::from_environment().map_err(said_whole)?;
    let workbench = Workbench::open(config).map_err(said_whole)?;
    let options = watshop_server::Options { port: wanted.port };
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
                    "the system does not let you listen on port {port}; choose a port from 1024 on"
                )
            }
            _ => anyhow::Error::new(error).context(format!("port {port} of 127.0.0.1 could not be opened")),
        }
    })?;
    answer::print(&format!("{}\n", serving.url())).context("the address could not be printed")?;
    if !wanted.no_open
        && let Err(error) = open::that_detached(serving.url())
    {
        tracing::warn!("no browser could be opened ({error}); open the address yourself");
    }
    interrupts.next().await;
    tokio::select! {
        () = async {
            serving.stop().await;
            workbench.shutdown().await;
        } => {}
        // Twice is an order.
        () = interrupts.next() => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// With what to do about it.
fn said_whole(error: watshop_protocol::page::Error) -> anyhow::Error {
    match &error.help {
        Some(help) => anyhow::anyhow!("{} {help}", error.message),
        None => error.into(),
    }
}
