//! The folders that Watshop holds for WASI programs, as folders of the data folder: one for each name
//! in a folder for each tab. A program works in them as in any folder of the host, so its files are
//! there while it runs, and after its process was killed.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, IoSlice, IoSliceMut};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};
use watshop_protocol::{Sentence, say};

use watshop_protocol::bounds::{MOST_HELD_BYTES, MOST_HELD_ENTRIES};
use watshop_protocol::page::{Error, ErrorCode, HeldEntry, HeldFiles, HeldKind, Result, TabId};
use watshop_wasi::Errno;
use watshop_wasi::file::{Access, Folder as _, Open, Opened};
use watshop_wasi::host::HostFolder;
use watshop_wasi::stat::{FileType, Stat};
use watshop_wasi::virtual_folder::Room;

use crate::config::file_error;
use crate::scratch::{self, Scratch};
use crate::sync::lock;

/// The longest name of a held folder.
const LONGEST: usize = 64;

/// The ending of a file that is being written.
const PART: &str = ".watshop-part";

/// The files of a folder by their places, each with its time in nanoseconds and its size.
type Before = HashMap<String, (u64, u64)>;

/// The folders of all tabs.
#[derive(Debug)]
pub(crate) struct HeldFolders {
    /// The folder of all of them; `None` for a temporary one, which goes with the workbench.
    folder: Option<PathBuf>,
    temporary: OnceLock<Scratch>,
    /// The files as they were when the last run began.
    before: Mutex<HashMap<(TabId, String), Before>>,
}

impl HeldFolders {
    /// The folders in one of the data folder, or in a temporary one.
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, temporary: OnceLock::new(), before: Mutex::default() }
    }

    /// Removes the temporary folder, if there is one.
    pub(crate) fn close(&self) {
        scratch::close(&self.temporary);
    }

    fn of_tab(&self, tab: TabId) -> Result<PathBuf> {
        let all = match &self.folder {
            Some(folder) => folder,
            None => scratch::open(&self.temporary)?,
        };
        Ok(all.join(tab.0.to_string()))
    }

    /// The place of a folder, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// `bad_request` if the name is none, `file` or `disk_full`.
    pub(crate) fn place(&self, tab: TabId, name: &str) -> Result<PathBuf> {
        check(name).map_err(|why| Error::new(ErrorCode::BadRequest, why))?;
        let place = self.of_tab(tab)?.join(name);
        fs::create_dir_all(&place).map_err(|e| file_error(say!("Making"), &place, &e))?;
        Ok(place)
    }

    /// Removes the folders of a tab whose names are not among these.
    pub(crate) fn keep_only(&self, tab: TabId, names: &[&str]) -> Result<()> {
        let folder = self.of_tab(tab)?;
        let Ok(found) = fs::read_dir(&folder) else { return Ok(()) };
        for entry in found.flatten() {
            if !entry.file_name().to_str().is_some_and(|name| names.contains(&name)) {
                let path = entry.path();
                fs::remove_dir_all(&path).map_err(|e| file_error(say!("Removing"), &path, &e))?;
            }
        }
        Ok(())
    }

    /// Removes all folders of a tab.
    pub(crate) fn forget(&self, tab: TabId) {
        let removed = self.of_tab(tab).map(fs::remove_dir_all);
        if let Ok(Err(error)) = removed
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the files of a closed tab cannot be removed");
        }
        lock(&self.before).retain(|(of, _), _| *of != tab);
    }

    /// Notes the files of a folder as a run begins.
    pub(crate) fn note(&self, tab: TabId, name: &str) -> Result<()> {
        let found = walk(&self.open(tab, name)?)?;
        let before = found.into_iter().map(|(at, told)| (at, (told.modified, told.size))).collect();
        lock(&self.before).insert((tab, name.to_owned()), before);
        Ok(())
    }

    fn open(&self, tab: TabId, name: &str) -> Result<HostFolder> {
        let place = self.place(tab, name)?;
        let handle = File::open(&place).map_err(|e| file_error(say!("Opening"), &place, &e))?;
        HostFolder::bounded(handle, Access::Create, ROOM).map_err(|errno| failed(name, errno))
    }

    /// Lists all that is in a folder.
    ///
    /// # Errors
    ///
    /// Those of [`Self::place`]; `wasi_folder` if it has too many entries.
    pub(crate) fn list(&self, tab: TabId, name: &str) -> Result<HeldFiles> {
        let found = walk(&self.open(tab, name)?)?;
        let before = lock(&self.before);
        let before = before.get(&(tab, name.to_owned()));
        let entries: Vec<_> =
            found.into_iter().map(|(at, told)| entry(at, &told, before)).collect();
        Ok(HeldFiles { bytes: entries.iter().map(|entry| entry.size).sum(), entries })
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Those of [`Self::place`]; `wasi_folder` if there is no such file.
    pub(crate) fn read(&self, tab: TabId, name: &str, at: &str) -> Result<Vec<u8>> {
        let how = Open { read: true, ..Open::default() };
        let opened = self.open(tab, name)?.open(plain(at)?, how).map_err(told(at))?;
        let Opened::File(file) = opened else { return Err(failed(at, Errno::ISDIR)) };
        let size = file.stat().map_err(told(at))?.size.min(MOST_HELD_BYTES.into());
        let mut bytes = vec![0; usize::try_from(size).unwrap_or(0)];
        let mut done = 0;
        while done < bytes.len() {
            let rest = &mut [IoSliceMut::new(&mut bytes[done..])];
            match file.read_at(rest, done as u64).map_err(told(at))? {
                0 => break,
                more => done += more,
            }
        }
        bytes.truncate(done);
        Ok(bytes)
    }

    /// Writes a file, and makes the folders that it is in. A file of this name is replaced at the
    /// end, so that a program never finds half of it, and it stays if there is no room.
    ///
    /// # Errors
    ///
    /// Those of [`Self::place`]; `wasi_folder` if there is no room beside the other files.
    pub(crate) fn put(&self, tab: TabId, name: &str, at: &str, bytes: &[u8]) -> Result<()> {
        let folder = self.open(tab, name)?;
        let at = plain(at)?;
        for (end, _) in at.match_indices('/') {
            match folder.make_folder(&at[..end]) {
                Ok(()) | Err(Errno::EXIST) => {}
                Err(errno) => return Err(failed(at, errno)),
            }
        }
        let part = format!("{at}{PART}");
        let written = write(&folder, &part, bytes)
            .and_then(|told| folder.rename(&part, &folder, at).map(|()| told));
        let told = written.map_err(|errno| {
            // Half a file is of no use.
            let _ = folder.remove_file(&part);
            failed(at, errno)
        })?;
        if let Some(before) = lock(&self.before).get_mut(&(tab, name.to_owned())) {
            before.insert(at.to_owned(), (told.modified, told.size));
        }
        Ok(())
    }

    /// Removes a file, a link, or a folder with all that is in it.
    ///
    /// # Errors
    ///
    /// Those of [`Self::place`]; `wasi_folder` if it is not there.
    pub(crate) fn remove(&self, tab: TabId, name: &str, at: &str) -> Result<()> {
        let folder = self.open(tab, name)?;
        let at = plain(at)?;
        if folder.stat_at(at, false).map_err(told(at))?.kind != FileType::Directory {
            return folder.remove_file(at).map_err(told(at));
        }
        let how = Open { folder: true, read: true, ..Open::default() };
        let Opened::Folder(inner) = folder.open(at, how).map_err(told(at))? else {
            return Err(failed(at, Errno::NOTDIR));
        };
        let inside = watshop_wasi::walk(inner.as_ref(), ROOM.nodes).map_err(told(at))?;
        // The contents of a folder stand behind it.
        for (path, found) in inside.iter().rev() {
            let removed = match found.kind {
                FileType::Directory => inner.remove_folder(path),
                _ => inner.remove_file(path),
            };
            removed.map_err(told(at))?;
        }
        folder.remove_folder(at).map_err(told(at))
    }
}

/// The room of a folder.
const ROOM: Room = Room { bytes: MOST_HELD_BYTES as u64, nodes: MOST_HELD_ENTRIES as usize };

/// Checks the name of a held folder, which is that of a folder of the host.
pub(crate) fn check(name: &str) -> std::result::Result<(), Sentence> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !name.is_empty() && name.len() <= LONGEST && name.bytes().all(plain) {
        return Ok(());
    }
    Err(say!("A held folder's name has 1 to {LONGEST} of the characters a to z, 0 to 9 and `-`."))
}

/// A place without the spellings that a program's functions do not take.
fn plain(at: &str) -> Result<&str> {
    let fits = !at.is_empty() && !at.starts_with('/') && !at.ends_with('/') && !at.contains('\0');
    if fits { Ok(at) } else { Err(failed(at, Errno::INVAL)) }
}

/// Writes a new file, whose description is returned.
fn write(folder: &HostFolder, at: &str, bytes: &[u8]) -> std::result::Result<Stat, Errno> {
    let how = Open { create: true, truncate: true, write: true, ..Open::default() };
    let Opened::File(file) = folder.open(at, how)? else { return Err(Errno::ISDIR) };
    let mut done = 0;
    while done < bytes.len() {
        done += file.write_at(&[IoSlice::new(&bytes[done..])], done as u64)?;
    }
    file.stat()
}

fn walk(folder: &HostFolder) -> Result<Vec<(String, Stat)>> {
    watshop_wasi::walk(folder, ROOM.nodes).map_err(|errno| failed("", errno))
}

fn entry(at: String, told: &Stat, before: Option<&Before>) -> HeldEntry {
    let kind = match told.kind {
        FileType::Directory => HeldKind::Folder,
        FileType::SymbolicLink => HeldKind::Link,
        _ => HeldKind::File,
    };
    let size = if kind == HeldKind::File { told.size } else { 0 };
    let same = |was: Option<&(u64, u64)>| {
        was.is_some_and(|was| kind == HeldKind::Folder || *was == (told.modified, told.size))
    };
    let changed = before.is_some_and(|before| !same(before.get(&at)));
    HeldEntry { at, kind, size, modified_ms: told.modified / 1_000_000, changed }
}

fn told(at: &str) -> impl Fn(Errno) -> Error {
    move |errno| failed(at, errno)
}

/// The error of a file in a held folder.
fn failed(at: &str, errno: Errno) -> Error {
    let mib = MOST_HELD_BYTES >> 20;
    let (why, help) = match errno {
        Errno::NOSPC | Errno::NOMEM => (
            say!(
                "There is no room for `{at}`: a held folder takes {mib} MiB and {MOST_HELD_ENTRIES} entries at most."
            ),
            say!("Remove files that are not needed, or give the program a folder of this machine."),
        ),
        _ => {
            let about = match errno.meaning() {
                Some((_, about)) => Sentence::plain(about),
                None => say!("The system failed."),
            };
            (
                say!("`{at}` cannot be used in the held folder: {about}"),
                say!("Look at the list again."),
            )
        }
    };
    Error::new(ErrorCode::WasiFolder, why).help(help)
}
