//! Following a path in memory, beneath the folder that it begins in.

use super::tree::{Body, Tree};
use crate::errno::Errno;
use crate::file::Result;

/// Most symbolic links that are followed in one path, as on Linux.
const MOST_LINKS: usize = 40;

/// The longest name, as on Linux.
const LONGEST_NAME: usize = 255;

/// The place that a path leads to.
pub struct Place {
    /// The number of the node there, if there is one.
    pub inode: Option<u64>,
    /// The folder that it is in and its name there; `None` for the folders on the way that `.` and
    /// `..` lead to.
    pub name: Option<(u64, String)>,
}

impl Tree {
    /// Follows a path that begins in a folder.
    ///
    /// # Errors
    ///
    /// `PERM` if it leads out of the folder, `NOENT`, `NOTDIR`, `LOOP`, `NAMETOOLONG`.
    pub fn place(&self, start: u64, path: &str, follow: bool) -> Result<Place> {
        let mut folders = vec![start];
        let mut rest = parts(path);
        let mut links = 0;
        while let Some(part) = rest.pop() {
            let here = *folders.last().unwrap_or(&start);
            let entries = self.entries(here)?;
            if part == "." {
                continue;
            }
            if part == ".." {
                folders.pop();
                if folders.is_empty() {
                    return Err(Errno::PERM);
                }
                continue;
            }
            if part.len() > LONGEST_NAME {
                return Err(Errno::NAMETOOLONG);
            }
            let Some(inode) = entries.get(&part).copied() else {
                let name = Some((here, part));
                return if rest.is_empty() {
                    Ok(Place { inode: None, name })
                } else {
                    Err(Errno::NOENT)
                };
            };
            match self.body(inode)? {
                Body::Link(target) if follow || !rest.is_empty() => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(Errno::LOOP);
                    }
                    if target.starts_with('/') {
                        return Err(Errno::PERM);
                    }
                    rest.extend(parts(target));
                }
                Body::Folder { .. } if !rest.is_empty() => folders.push(inode),
                _ if rest.is_empty() => {
                    return Ok(Place { inode: Some(inode), name: Some((here, part)) });
                }
                _ => return Err(Errno::NOTDIR),
            }
        }
        Ok(Place { inode: folders.last().copied(), name: None })
    }

    /// Follows a path to something that is there.
    ///
    /// # Errors
    ///
    /// As [`Self::place`]; `NOENT` if nothing is there.
    pub fn find(&self, start: u64, path: &str, follow: bool) -> Result<u64> {
        self.place(start, path, follow)?.inode.ok_or(Errno::NOENT)
    }

    /// Follows a path to a free place: the folder and the name.
    ///
    /// # Errors
    ///
    /// As [`Self::place`]; `EXIST` if something is there.
    pub fn free(&self, start: u64, path: &str) -> Result<(u64, String)> {
        match self.place(start, path, false)? {
            Place { inode: None, name: Some(place) } => Ok(place),
            _ => Err(Errno::EXIST),
        }
    }
}

/// The parts of a path, the last one first. A slash at its end asks for a folder, as `.` does.
fn parts(path: &str) -> Vec<String> {
    let mut parts: Vec<_> =
        path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if path.ends_with('/') {
        parts.push(".".to_owned());
    }
    parts.reverse();
    parts
}
