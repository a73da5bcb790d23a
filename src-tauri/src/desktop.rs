//! The requests of the page to the desktop that are not for the workbench: writing a file that a dialog
//! named, and opening a page of the Web.

use std::path::PathBuf;

use tauri::ipc::Request;

use crate::body;

/// Writes bytes to the file that the header `path` names, percent-encoded. A dialog has asked the
/// person for it. The bytes are written under a temporary name first, so that no incomplete file
/// replaces an older one.
#[tauri::command(async)]
pub(crate) fn write_file(request: Request<'_>) -> Result<(), String> {
    let path = request.headers().get("path").ok_or("The header `path` is missing.")?;
    let path = percent_encoding::percent_decode(path.as_bytes())
        .decode_utf8()
        .map_err(|_| "The path is not UTF-8.".to_owned())?;
    let path = PathBuf::from(&*path);
    let sentence = |e: std::io::Error| format!("Writing `{}` failed: {e}.", path.display());
    let mut temporary = path.clone().into_os_string();
    temporary.push(".part");
    std::fs::write(&temporary, body::bytes(request.body()))
        .and_then(|()| std::fs::rename(&temporary, &path))
        .map_err(|error| {
            // The temporary file is of no use without the new name.
            drop(std::fs::remove_file(&temporary));
            sentence(error)
        })
}

/// Opens a page of the Web in the person's browser. Other schemes are refused, because they can
/// start programs.
#[tauri::command]
pub(crate) fn open_external(url: &str) -> Result<(), String> {
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(format!("`{url}` is not a web address: one begins with http:// or https://."));
    }
    open::that_detached(url).map_err(|e| format!("No browser could be started: {e}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_are_opened() {
        for url in ["file:///etc/passwd", "javascript:alert(1)", "/bin/sh", "httpsx://a", ""] {
            assert!(open_external(url).is_err(), "{url}");
        }
    }
}
