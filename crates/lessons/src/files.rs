//! The files of a course in a folder of the host, or in a `.zip`: bounded, and only those that a
//! course has.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::{Sentence, say};

use crate::course::CourseFiles;

/// The most files of a course.
pub const MOST_FILES: usize = 2000;
/// The most bytes of a file.
pub const MOST_FILE_BYTES: u64 = 256 << 10;
/// The most bytes of all files.
pub const MOST_BYTES: u64 = 16 << 20;

/// Files being collected.
#[derive(Default)]
struct Collected {
    files: CourseFiles,
    bytes: u64,
}

impl Collected {
    /// Adds a file whose bytes come from `read`.
    fn add(&mut self, place: String, read: impl std::io::Read) -> Result<()> {
        let mut bytes = Vec::new();
        let read = read.take(MOST_FILE_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| wrong(say!("`{place}` cannot be read: {error}.")))?;
        self.bytes += bytes.len() as u64;
        let bound = if bytes.len() as u64 > MOST_FILE_BYTES {
            say!("`{place}` has more than {MOST_FILE_BYTES} bytes.")
        } else if self.bytes > MOST_BYTES {
            say!("The files of the course have more than {MOST_BYTES} bytes together.")
        } else if self.files.len() == MOST_FILES {
            say!("The course has more than {MOST_FILES} files.")
        } else {
            self.files.insert(place, bytes);
            return Ok(());
        };
        Err(wrong(bound))
    }
}

/// The files of a course in a folder or in a `.zip`.
///
/// # Errors
///
/// Those of [`read_folder`] and [`read_zip`], and `course` if the archive cannot be read or is too large.
pub fn read_path(path: &Path) -> Result<CourseFiles> {
    if path.is_dir() {
        return read_folder(path);
    }
    let mut bytes = Vec::new();
    let read = open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| wrong(say!("`{}` cannot be read: {error}.", path.display())))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(wrong(say!("`{}` has more than {MOST_BYTES} bytes.", path.display())));
    }
    read_zip(&bytes)
}

/// True if a course has such files.
fn belongs(name: &str) -> bool {
    let endings = [".wat", ".md", ".imports.json", ".svg"];
    endings.iter().any(|ending| name.ends_with(ending)) && !name.starts_with('.')
}

/// The files of a course in a folder: its own, and those of the folders in it. Links are not followed.
///
/// # Errors
///
/// `course` if it is no folder, cannot be read, or is beyond a bound.
pub fn read_folder(folder: &Path) -> Result<CourseFiles> {
    let mut collected = Collected::default();
    for (place, is_folder) in entries(folder)? {
        let path = folder.join(&place);
        if is_folder {
            for (name, is_folder) in entries(&path)? {
                if !is_folder && belongs(&name) {
                    collected.add(format!("{place}/{name}"), open(&path.join(&name))?)?;
                }
            }
        } else if belongs(&place) {
            collected.add(place, open(&path)?)?;
        }
    }
    Ok(collected.files)
}

/// The names in a folder, and whether each is a folder itself.
fn entries(folder: &Path) -> Result<Vec<(String, bool)>> {
    let failed =
        |error: std::io::Error| wrong(say!("`{}` cannot be read: {error}.", folder.display()));
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        if let Ok(name) = entry.file_name().into_string()
            && (kind.is_dir() || kind.is_file())
        {
            names.push((name, kind.is_dir()));
        }
        if names.len() > MOST_FILES {
            return Err(wrong(say!("`{}` has more than {MOST_FILES} files.", folder.display())));
        }
    }
    Ok(names)
}

fn open(path: &Path) -> Result<fs::File> {
    fs::File::open(path)
        .map_err(|error| wrong(say!("`{}` cannot be read: {error}.", path.display())))
}

/// The files of a course in a `.zip`. They may all lie in one folder of it.
///
/// # Errors
///
/// `course` if it is no archive, names a place outside of itself, or is beyond a bound.
pub fn read_zip(bytes: &[u8]) -> Result<CourseFiles> {
    let damaged =
        |error: zip::result::ZipError| wrong(say!("The archive cannot be read: {error}."));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_FILES {
        return Err(wrong(say!("The archive has more than {MOST_FILES} entries.")));
    }
    let mut collected = Collected::default();
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(damaged)?;
        if file.is_dir() {
            continue;
        }
        let place = file.name().to_owned();
        if file.enclosed_name().is_none() || place.contains('\\') {
            return Err(wrong(say!("The archive names a place outside of itself: `{place}`.")));
        }
        if belongs(place.rsplit('/').next().unwrap_or(&place)) {
            collected.add(place, file)?;
        }
    }
    let files = collected.files;
    if files.contains_key("course.md") {
        return Ok(files);
    }
    let root = files.keys().find_map(|place| place.strip_suffix("/course.md").map(str::to_owned));
    let Some(root) = root else { return Ok(files) };
    let inner = files.into_iter().filter_map(|(place, bytes)| {
        Some((place.strip_prefix(&root)?.strip_prefix('/')?.to_owned(), bytes))
    });
    Ok(inner.collect())
}

fn wrong(why: Sentence) -> Error {
    Error::new(ErrorCode::Course, why)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (place, bytes) in files {
            writer.start_file(*place, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn an_archive_is_read_from_the_folder_that_holds_the_course() {
        let plain = zipped(&[("course.md", b"title: A"), ("one/a.wat", b"x"), ("one/.b.md", b"y")]);
        let files = read_zip(&plain).unwrap();
        assert_eq!(files.keys().collect::<Vec<_>>(), ["course.md", "one/a.wat"]);
        let inside =
            zipped(&[("c/course.md", b"title: A"), ("c/one/a.wat", b"x"), ("d/e.md", b"")]);
        let files = read_zip(&inside).unwrap();
        assert_eq!(files.keys().collect::<Vec<_>>(), ["course.md", "one/a.wat"]);
    }

    #[test]
    fn a_hostile_archive_is_refused() {
        let outside = zipped(&[("../course.md", b"title: A")]);
        assert!(read_zip(&outside).unwrap_err().message.contains("outside of itself"));
        let bomb = zipped(&[("course.md", &vec![b' '; 10 << 20])]);
        assert!(bomb.len() < 100_000, "the archive itself is small");
        assert!(read_zip(&bomb).unwrap_err().message.contains("more than 262144 bytes"));
        let page = vec![b' '; 200 << 10];
        let names: Vec<_> = (0..100).map(|n| format!("a/{n}.md")).collect();
        let many: Vec<_> = names.iter().map(|name| (name.as_str(), page.as_slice())).collect();
        assert!(read_zip(&zipped(&many)).unwrap_err().message.contains("together"));
        assert!(read_zip(b"PK").is_err());
    }

    #[test]
    fn a_folder_is_read_without_its_links() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("one")).unwrap();
        fs::write(folder.path().join("course.md"), "title: A").unwrap();
        fs::write(folder.path().join("one/a.wat"), "x").unwrap();
        fs::write(folder.path().join("one/a.exe"), "x").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join("one/b.md")).unwrap();
        let files = read_folder(folder.path()).unwrap();
        assert_eq!(files.keys().collect::<Vec<_>>(), ["course.md", "one/a.wat"]);
        assert!(read_folder(&folder.path().join("nothing")).is_err());
        fs::write(folder.path().join("one/huge.md"), vec![b' '; 300 << 10]).unwrap();
        let huge = read_folder(folder.path()).unwrap_err();
        assert!(huge.message.contains("`one/huge.md` has more than 262144 bytes"), "{huge}");
    }
}
