//! Folders of the host as a command line names them for a WASI program.

use std::path::Path;

/// A folder of the host, and its name for a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFolder {
    /// The folder.
    pub host: String,
    /// The name that the program knows it by.
    pub guest: String,
    /// True if nothing in it can be changed.
    pub read_only: bool,
}

/// Reads `HOST`, `HOST::GUEST` or `HOST:GUEST`, each with or without `:ro` behind it. A text that is
/// the name of a folder as it stands is that folder, even if there is a colon in it.
///
/// # Errors
///
/// The sentence about the form. Whether `HOST` is there is not asked.
pub fn folder(text: &str) -> Result<NamedFolder, String> {
    let is_folder = |name: &str| Path::new(name).is_dir();
    let named = |host: &str, guest: &str, read_only| {
        if host.is_empty() || guest.is_empty() {
            return Err("write HOST, HOST::GUEST or HOST::GUEST:ro".to_owned());
        }
        Ok(NamedFolder { host: host.to_owned(), guest: guest.to_owned(), read_only })
    };
    if is_folder(text) {
        return named(text, text, false);
    }
    let (rest, read_only) = match text.strip_suffix(":ro") {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    if is_folder(rest) {
        return named(rest, rest, read_only);
    }
    let parts = rest.split_once("::").or_else(|| rest.split_once(':'));
    let (host, guest) = parts.unwrap_or((rest, rest));
    named(host, guest, read_only)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_a_name_for_the_program_and_may_be_read_only() {
        let made = tempfile::tempdir().unwrap();
        let host = made.path().to_str().unwrap();
        let odd = format!("{host}/a:b");
        std::fs::create_dir(&odd).unwrap();
        let read =
            |text: &str| folder(text).map(|named| (named.host, named.guest, named.read_only));
        let is = |host: &str, guest: &str, ro| Ok((host.to_owned(), guest.to_owned(), ro));
        assert_eq!(read(host), is(host, host, false));
        assert_eq!(read(&format!("{host}:ro")), is(host, host, true));
        assert_eq!(read(&format!("{host}::/data")), is(host, "/data", false));
        assert_eq!(read(&format!("{host}:/data")), is(host, "/data", false));
        assert_eq!(read(&format!("{host}:/data:ro")), is(host, "/data", true));
        assert_eq!(read(&format!("{host}::.:ro")), is(host, ".", true));
        assert_eq!(read(&odd), is(&odd, &odd, false));
        assert_eq!(read(&format!("{odd}::/x")), is(&odd, "/x", false));
        assert_eq!(read("d::e::f"), is("d", "e::f", false));
        for wrong in ["", "::", &format!("{host}::"), "::/data", ":ro"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
