//! Files that come to the window from outside of the page: dropped on it, or named on a command
//! line.

use std::path::{Path, PathBuf};
use watshop_protocol::say;

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, DragDropEvent, Manager as _, Window, WindowEvent, Wry, async_runtime};
use watshop_protocol::page::{Error, ErrorCode, Event, ShellCommand};
use watshop_protocol::registry::{OpenCoursePath, OpenLesson, OpenPath, WorkbenchApi as _};

use crate::shell::Shell;
use crate::window;

/// Makes a second launch over the same data folder show the first one's window and open its files
/// there. Without a session bus, the second launch ends at the lock of the data folder.
pub(crate) fn single_instance(data_dir: &Path) -> TauriPlugin<Wry> {
    let folder = std::path::absolute(data_dir).unwrap_or_else(|_| data_dir.to_owned());
    // Names on a bus consist of letters and digits, and none begins with a digit.
    let hash = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(format!("org.watshop.Watshop.d{}", &hash[..16]))
        .callback(|app, arguments, folder| {
            window::focus(app);
            open(app, named(arguments.into_iter().skip(1), Path::new(&folder)));
        })
        .build()
}

/// Opens the files of our own command line.
pub(crate) fn open_arguments(app: &AppHandle) {
    let folder = std::env::current_dir().unwrap_or_default();
    let arguments =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    open(app, named(arguments, &folder));
}

/// Opens files that are dropped on the window.
pub(crate) fn on_window_event(window: &Window, event: &WindowEvent) {
    if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
        open(window.app_handle(), paths.clone());
    }
}

/// The paths of arguments, relative to a folder. An argument that begins with a dash is an option
/// of a launcher.
fn named(arguments: impl Iterator<Item = String>, folder: &Path) -> Vec<PathBuf> {
    arguments
        .filter(|argument| !argument.starts_with('-'))
        .map(|argument| folder.join(argument))
        .collect()
}

/// Opens files one after another and shows the last. A file that cannot be opened becomes a notice.
/// Import objects come last, for the tab that the page shows then.
fn open(app: &AppHandle, mut paths: Vec<PathBuf>) {
    paths.sort_by_key(|path| is_import_object(path));
    let app = app.clone();
    async_runtime::spawn(async move {
        let Some(shell) = app.try_state::<Shell>() else { return };
        for path in paths {
            let event = match open_one(&shell, path).await {
                Ok(command) => Event::Shell { command },
                Err(error) => Event::Notice { error },
            };
            shell.tell(event);
        }
    });
}

async fn open_one(shell: &Shell, path: PathBuf) -> Result<ShellCommand, Error> {
    let path = path.into_os_string().into_string().map_err(|path| {
        let path = path.display();
        Error::new(ErrorCode::File, say!("The name of `{path}` is not UTF-8."))
            .help(say!("Rename the file."))
    })?;
    if is_import_object(Path::new(&path)) {
        return Ok(ShellCommand::OpenImports { path: path.into() });
    }
    let workbench = shell.workbench();
    let view = if is_course(Path::new(&path)) {
        let course = workbench.open_course_path(OpenCoursePath { path: path.into() }).await?;
        workbench.open_lesson(OpenLesson { lesson: course.first }).await?
    } else {
        workbench.open_path(OpenPath { path: path.into() }).await?
    };
    Ok(ShellCommand::ShowTab { tab: view.summary.id })
}

/// Returns true if the end of a name is that of an import object. The page uses the same rule.
fn is_import_object(path: &Path) -> bool {
    path.to_string_lossy().to_lowercase().ends_with(".imports.json")
}

/// Returns true for a folder and for an archive: a course of lessons. The page uses the same rule.
fn is_course(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().to_lowercase().ends_with(".zip")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_from_the_folder_of_whoever_named_them() {
        let named =
            named(["a.wat", "-v", "/b.wasm"].map(str::to_owned).into_iter(), Path::new("/home/me"));
        assert_eq!(named, [Path::new("/home/me/a.wat"), Path::new("/b.wasm")]);
    }
}
