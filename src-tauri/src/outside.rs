//! What the page asks of the machine beside requests: files that a dialog named, and pages of the
//! Web.

use std::path::PathBuf;

use tauri::ipc::Request;

use crate::body;

/// Writes bytes to the file that the header `path` names, percent-encoded: a download that a dialog
/// asked where to put. Written to a temporary name first, so that no half of it takes the place of
/// what was there.
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
            // What could not take its place is of no use to anybody.
            drop(std::fs::remove_file(&temporary));
            sentence(error)
        })
}

/// Opens a page of the Web in the person's browser. Nothing but the Web: other schemes start
/// programs.
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
