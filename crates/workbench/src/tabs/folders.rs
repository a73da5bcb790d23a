//! The folders of a tab's WASI program: the folders of the host that its settings may name, and those
//! that its runner is started with.

use std::path::{Path, PathBuf};
use watshop_protocol::Sentence;
use watshop_protocol::say;

use watshop_protocol::page::{
    Error, ErrorCode, FolderAccess, FolderSource, Result, Settings, WasiFolder,
};

use super::held_files::{self, HeldFolders};
use super::tab::Tab;
use crate::config::{AllowedHostFolder, HostFolders, RunnerFolder};

/// Most folders of a tab: a program finds each by a descriptor.
const MOST: usize = 64;

/// The longest name of a folder, in bytes, as of a path on Linux.
const LONGEST: usize = 4095;

/// Checks that new settings name no folder of the host that the tab does not have already, and give
/// none more access. So a page in a browser, which may send settings, cannot name one.
pub(super) fn adds_no_host_folder(before: &Settings, after: &Settings) -> Result<()> {
    let before = &before.wasi.folders;
    let known = |folder: &&WasiFolder| {
        let same = |one: &WasiFolder| one.source == folder.source && one.access >= folder.access;
        !matches!(folder.source, FolderSource::Host { .. }) || before.iter().any(same)
    };
    match after.wasi.folders.iter().find(|folder| !known(folder)) {
        None => Ok(()),
        Some(folder) => Err(Error::new(
            ErrorCode::NotFromHere,
            say!(
                "The folder `{}` names a folder of the host, and settings cannot add one or give it more access.",
                folder.guest
            ),
        )
        .help(say!("Choose the folder in the window, or name it on the command line."))),
    }
}

/// The name of a folder that Watshop holds.
fn held_name(folder: &WasiFolder) -> Option<&str> {
    match &folder.source {
        FolderSource::Held { name } => Some(name),
        FolderSource::Host { .. } | FolderSource::Allowed { .. } => None,
    }
}

/// Checks the names of folders. The error is a sentence about the first that is wrong.
pub(super) fn inspect(folders: &[WasiFolder]) -> std::result::Result<(), Sentence> {
    if folders.len() > MOST {
        return Err(say!("A program may have {MOST} folders, not {}.", folders.len()));
    }
    for (at, folder) in folders.iter().enumerate() {
        let guest = &folder.guest;
        if guest.is_empty() || guest.contains('\0') || guest.len() > LONGEST {
            return Err(say!(
                "A folder's name for the program has 1 to {LONGEST} bytes and no NUL in it."
            ));
        }
        if let Some(name) = held_name(folder) {
            held_files::check(name)?;
            if folders[..at].iter().any(|one| held_name(one) == Some(name)) {
                return Err(say!("The held folder `{name}` is given twice."));
            }
        }
        if folders[..at].iter().any(|one| one.guest == *guest) {
            return Err(say!("Two folders are called `{guest}`."));
        }
    }
    Ok(())
}

/// The folders that a tab's runner is started with: none if its module is known to use no WASI.
///
/// # Errors
///
/// `wasi_folder` if one is not there or not allowed.
pub(crate) fn of_runner(
    tab: &Tab,
    may: &HostFolders,
    own: &HeldFolders,
) -> Result<Vec<RunnerFolder>> {
    let folders = {
        let held = tab.held();
        if held.module.as_ref().is_some_and(|module| module.wasi.is_none()) {
            return Ok(Vec::new());
        }
        held.settings.wasi.folders.clone()
    };
    let names: Vec<_> = folders.iter().filter_map(held_name).collect();
    own.keep_only(tab.id, &names)?;
    folders
        .iter()
        .map(|folder| {
            let host = match (&folder.source, may) {
                (FolderSource::Host { path }, HostFolders::Any) => Path::new(&path.0).to_owned(),
                (FolderSource::Host { path }, HostFolders::Allowed(_)) => {
                    return Err(refused(say!(
                        "The program's folder `{}` is `{}` of this machine, and a page in a browser may not use it.",
                        folder.guest, path.0
                    ))
                    .help(say!("Take it out, or start the server with `--allow-dir NAME=HOST` and choose it by that name.")));
                }
                (FolderSource::Allowed { name }, may) => allowed(name, folder.access, may)?,
                (FolderSource::Held { name }, _) => {
                    own.note(tab.id, name)?;
                    own.place(tab.id, name)?
                }
            };
            is_there(&host)?;
            let (guest, access) = (folder.guest.clone(), folder.access);
            Ok(RunnerFolder { host, guest, access, bounded: held_name(folder).is_some() })
        })
        .collect()
}

/// The folder that was allowed by a name.
fn allowed(name: &str, access: FolderAccess, may: &HostFolders) -> Result<PathBuf> {
    let all: &[AllowedHostFolder] = match may {
        HostFolders::Allowed(all) => all,
        HostFolders::Any => &[],
    };
    match all.iter().find(|one| one.name == name) {
        Some(one) if access <= one.access => Ok(one.host.clone()),
        Some(one) => Err(refused(say!(
            "The folder `{name}` was allowed with the access `{}`, and the program wants `{}`.",
            one.access.as_str(),
            access.as_str()
        ))
        .help(say!("Give the program less access to it."))),
        None => Err(refused(say!("No folder is allowed by the name `{name}`."))
            .help(say!("Take it out, or start the server with `--allow-dir {name}=HOST`."))),
    }
}

/// Checks that there is a folder.
///
/// # Errors
///
/// `wasi_folder`.
pub(super) fn is_there(host: &Path) -> Result<()> {
    let name = host.display();
    let why = match host.metadata() {
        Ok(found) if found.is_dir() => return Ok(()),
        Ok(_) => say!("`{name}` is a file, not a folder."),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => {
            say!("There is no folder `{name}`.")
        }
        Err(why) => say!("The folder `{name}` cannot be opened: {why}."),
    };
    Err(refused(why).help(say!("Make it, or take it out of the program's folders.")))
}

fn refused(why: Sentence) -> Error {
    Error::new(ErrorCode::WasiFolder, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(access: FolderAccess, path: &str) -> Settings {
        let mut settings = Settings::default();
        let source = FolderSource::Host { path: path.into() };
        settings.wasi.folders.push(WasiFolder { guest: "/d".into(), source, access });
        settings
    }

    #[test]
    fn settings_keep_folders_of_the_host_and_add_none() {
        use FolderAccess::{Create, Read};
        let before = settings(Read, "/a");
        adds_no_host_folder(&before, &before).unwrap();
        adds_no_host_folder(&before, &Settings::default()).unwrap();
        adds_no_host_folder(&settings(Create, "/a"), &before).unwrap();
        for after in [settings(Create, "/a"), settings(Read, "/b"), settings(Read, "/a/")] {
            let error = adds_no_host_folder(&before, &after).unwrap_err();
            assert_eq!(error.code, ErrorCode::NotFromHere);
        }
    }

    #[test]
    fn folders_have_names_of_their_own() {
        let mut two = settings(FolderAccess::Read, "/a").wasi.folders;
        inspect(&two).unwrap();
        two.push(two[0].clone());
        assert!(inspect(&two).unwrap_err().contains("Two folders are called `/d`"));
        for name in ["", "a\0b", &"x".repeat(4096)] {
            two[1].guest = name.to_owned();
            assert!(inspect(&two).unwrap_err().contains("1 to 4095 bytes"), "{name:?}");
        }
        two[1].guest = "/e".into();
        inspect(&two).unwrap();
        let many: Vec<_> =
            (0..65).map(|at| WasiFolder { guest: at.to_string(), ..two[0].clone() }).collect();
        assert!(inspect(&many).unwrap_err().contains("64 folders, not 65"));
    }

    #[test]
    fn a_server_gives_the_folders_that_it_allows_by_name_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let may = HostFolders::Allowed(vec![AllowedHostFolder {
            name: "data".into(),
            host: folder.path().to_owned(),
            access: FolderAccess::Read,
        }]);
        assert_eq!(allowed("data", FolderAccess::Read, &may).unwrap(), folder.path());
        let error = allowed("data", FolderAccess::Write, &may).unwrap_err();
        assert!(error.message.contains("with the access `read`"), "{error}");
        for (name, may) in [("other", &may), ("data", &HostFolders::Any)] {
            let error = allowed(name, FolderAccess::Read, may).unwrap_err();
            assert!(error.help.unwrap().contains("--allow-dir"), "{name}");
        }
    }
}
