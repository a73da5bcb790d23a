//! The folders of a program as a file system of WASIX. Beneath it are the runner's own folders, so
//! what a program may do in them is the same as with WASI.

use std::path::Path;
use std::sync::Arc;
use watshop_protocol::{Sentence, say};

use wasmer_wasix::virtual_fs::{EmptyFileSystem, MountFileSystem};
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_wasi::host::HostFolder;

use folder::MountedFolder;

mod file;
mod folder;
mod told;

/// The path of a folder for the program: a name without a slash is beneath `/` too.
fn absolute(name: &str) -> String {
    let parts = name.split('/').filter(|part| !part.is_empty() && *part != ".");
    format!("/{}", parts.collect::<Vec<_>>().join("/"))
}

/// The file system with all folders.
///
/// # Errors
///
/// `wasi_folder` if two of them have the same place, or one has no place.
pub fn mounted(folders: Vec<(String, HostFolder)>) -> Result<MountFileSystem> {
    let all = MountFileSystem::new();
    let refused = |name: &str| {
        refuse(say!("The program cannot have a folder `{name}` beside its other folders."))
            .help(say!("Give each folder a path of its own, such as `/data`."))
    };
    if !folders.iter().any(|(name, _)| absolute(name) == "/") {
        // Nothing is there but the folders.
        all.mount("/", Arc::new(EmptyFileSystem::default())).map_err(|_| refused("/"))?;
    }
    for (name, host) in folders {
        let mounted = Arc::new(MountedFolder::new(host));
        all.mount(absolute(&name), mounted).map_err(|_| refused(&name))?;
    }
    Ok(all)
}

/// The current directory of a program: the one of the settings, or else `/`.
///
/// # Errors
///
/// `wasi_folder` if it is in none of the folders.
pub fn current(wanted: Option<&str>, folders: &[(String, HostFolder)]) -> Result<String> {
    let Some(wanted) = wanted else { return Ok("/".to_owned()) };
    let path = absolute(wanted);
    let inside = |name: &str| Path::new(&path).starts_with(absolute(name));
    if path == "/" || folders.iter().any(|(name, _)| inside(name)) {
        return Ok(path);
    }
    let has: Vec<_> = folders.iter().map(|(name, _)| format!("`{name}`")).collect();
    let has = if has.is_empty() { say!("none") } else { say!("{}", has.join(", ")) };
    let why = say!("The current directory `{wanted}` is in none of the program's folders.");
    Err(refuse(why).help(say!("Give the program a folder that contains it. It has {has}.")))
}

fn refuse(why: Sentence) -> Error {
    Error::new(ErrorCode::WasiFolder, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_has_a_place_beneath_the_root() {
        for (name, path) in
            [("/data", "/data"), ("data/", "/data"), ("./a/./b", "/a/b"), (".", "/"), ("/", "/")]
        {
            assert_eq!(absolute(name), path);
        }
    }
}
