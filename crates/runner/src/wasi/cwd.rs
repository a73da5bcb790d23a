//! A program's current directory. WASI has none: a C library begins relative paths in the folder that
//! is called `.`, and prefers the one that it was given last.

use watshop_protocol::Sentence;
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::say;
use watshop_wasi::descriptors::{Descriptor, Descriptors};
use watshop_wasi::file::{Folder as _, Open, Opened};
use watshop_wasi::host::HostFolder;

/// Gives a program the folder of a path as `.`, after its other folders.
///
/// # Errors
///
/// `wasi_folder` if none of its folders contains it, or if it cannot be opened.
pub fn enter(
    cwd: &str,
    folders: &[(&str, HostFolder)],
    descriptors: &mut Descriptors,
) -> Result<()> {
    let refuse = |why: Sentence| Error::new(ErrorCode::WasiFolder, why);
    let wanted = plain(cwd);
    let found = folders.iter().filter_map(|(guest, folder)| {
        let name = plain(guest);
        Some((name.len(), beneath(name, wanted)?, folder))
    });
    let Some((name, rest, folder)) = found.max_by_key(|(length, ..)| *length) else {
        let has: Vec<_> = folders.iter().map(|(guest, _)| format!("`{guest}`")).collect();
        let has = if has.is_empty() { say!("none") } else { say!("{}", has.join(", ")) };
        return Err(refuse(say!(
            "The current directory `{cwd}` is in none of the program's folders."
        ))
        .help(say!("Give the program a folder that contains it. It has {has}.")));
    };
    if wanted.is_empty() {
        return Ok(());
    }
    if name == 0 || folders.iter().any(|(guest, _)| plain(guest).is_empty()) {
        return Err(refuse(say!(
            "The current directory cannot be `{cwd}` beside a folder that the program knows as `/`: its C library begins \
             relative and absolute paths in the same place then."
        ))
        .help(say!("Give that folder another name, such as `/data`.")));
    }
    let failed =
        |why: Sentence| refuse(say!("The current directory `{cwd}` cannot be opened: {why}"));
    let own = folder.again().map_err(|why| failed(say!("{why}.")))?;
    let how = Open { follow: true, folder: true, read: true, ..Open::default() };
    let opened =
        if rest.is_empty() { Ok(Opened::Folder(Box::new(own))) } else { own.open(rest, how) };
    match opened {
        Ok(Opened::Folder(folder)) => {
            let added = descriptors.add(Descriptor::preopened(folder, ".".to_owned()));
            added.map(|_| ()).map_err(|_| failed(say!("the program has too many folders.")))
        }
        Ok(Opened::File(_)) => Err(failed(say!("it is not a folder."))),
        Err(errno) => Err(failed(match errno.meaning() {
            Some((_, about)) => Sentence::plain(about),
            None => say!("the system failed."),
        })),
    }
}

/// A name of a folder as a C library compares it: without what stands for "here" or "the top".
fn plain(mut name: &str) -> &str {
    while let Some(rest) = name.strip_prefix('/').or_else(|| name.strip_prefix("./")) {
        name = rest;
    }
    if name == "." { "" } else { name.trim_end_matches('/') }
}

/// The rest of a path that is in a folder.
fn beneath<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    let rest = path.strip_prefix(folder)?;
    if folder.is_empty() || rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_in_a_folder_whose_name_is_its_beginning() {
        for (folder, path, rest) in [
            ("/data", "/data", Some("")),
            ("/data", "data/sub/deep/", Some("sub/deep")),
            ("data/", "./data/sub", Some("sub")),
            ("/data", "/database", None),
            ("/", "/data", Some("data")),
            (".", ".", Some("")),
            ("/data", "/", None),
        ] {
            assert_eq!(beneath(plain(folder), plain(path)), rest, "{folder} {path}");
        }
    }
}
