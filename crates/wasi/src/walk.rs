//! Going through a whole folder.

use crate::errno::Errno;
use crate::file::{Folder, Open, Opened, Result};
use crate::stat::{FileType, Stat};

/// All that is in a folder and in the folders in it, by path, with its description. A folder stands
/// before its contents. No link is followed.
///
/// # Errors
///
/// `NOMEM` if there are more than `most`, `ILSEQ` if a name is not UTF-8, the system's.
pub fn walk(folder: &dyn Folder, most: usize) -> Result<Vec<(String, Stat)>> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(path) = folders.pop() {
        let inner = if path.is_empty() { None } else { Some(enter(folder, &path)?) };
        let here = inner.as_deref().unwrap_or(folder);
        let mut entries = here.entries(most.saturating_sub(found.len()))?;
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        for entry in entries {
            let name = String::from_utf8(entry.name).map_err(|_| Errno::ILSEQ)?;
            let told = here.stat_at(&name, false)?;
            let path = if path.is_empty() { name } else { format!("{path}/{name}") };
            if told.kind == FileType::Directory {
                folders.push(path.clone());
            }
            found.push((path, told));
        }
    }
    Ok(found)
}

fn enter(folder: &dyn Folder, path: &str) -> Result<Box<dyn Folder>> {
    let how = Open { folder: true, read: true, ..Open::default() };
    match folder.open(path, how)? {
        Opened::Folder(folder) => Ok(folder),
        Opened::File(_) => Err(Errno::NOTDIR),
    }
}
