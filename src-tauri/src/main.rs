#![doc = include_str!("../README.md")]

mod body;
mod commands;
mod desktop;
mod files;
mod ipc;
mod menu;
mod shell;
mod window;

use std::process::ExitCode;

use tauri::{AppHandle, Manager as _, RunEvent};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogKind};
use watshop_protocol::page::Error;
use watshop_workbench::{Config, Workbench};

use shell::Shell;

/// The log's level unless `WATSHOP_LOG` sets another. A missing session bus is not worth a warning,
/// because the data folder's lock does the same.
const LOG: &str = "warn,tauri_plugin_single_instance=error";

fn main() -> ExitCode {
    window::prefer_shared_memory();
    watshop_workbench::log_to_stderr(LOG);
    match start() {
        Ok(status) => u8::try_from(status).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Opens the window and returns when it is closed.
fn start() -> anyhow::Result<i32> {
    let config = Config::from_environment()?;
    let state = config.data_dir.join("window.json").display().to_string();
    let app = tauri::Builder::default()
        // This plugin comes first: a second launch must end before it changes anything.
        .plugin(files::single_instance(&config.data_dir))
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::remember(state))
        .menu(menu::build)
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()))
        .on_window_event(files::on_window_event)
        .invoke_handler(commands::invoked)
        .setup(move |app| {
            let handle = app.handle();
            match tauri::async_runtime::block_on(async { Workbench::open(config) }) {
                Ok(workbench) => {
                    handle.manage(Shell::new(workbench));
                    files::open_arguments(handle);
                    window::end_on_signals(handle);
                    window::open(handle)?;
                }
                Err(error) => apologise(handle, &error),
            }
            Ok(())
        })
        .build(tauri::generate_context!())?;
    Ok(app.run_return(|app, event| {
        if let RunEvent::Exit = event
            && let Some(shell) = app.try_state::<Shell>()
        {
            // A launch from now on opens a window of its own after our last work, because this one
            // is closing.
            tauri_plugin_single_instance::destroy(app);
            shell.end();
        }
    }))
}

/// Explains why the window does not open: in the log, and in a dialog whose button ends the
/// program.
fn apologise(app: &AppHandle, error: &Error) {
    let help = error.help.as_deref().unwrap_or_default();
    tracing::error!("{} {help}", error.message);
    let app_to_end = app.clone();
    app.dialog()
        .message(format!("{}\n\n{help}", error.message))
        .title("Watshop cannot start")
        .kind(MessageDialogKind::Error)
        .show(move |_| app_to_end.exit(1));
}
