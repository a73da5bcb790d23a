//! A folder of a program, beneath the place at which it is mounted.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use wasmer_wasix::virtual_fs::{
    DirEntry, FileOpener, FileSystem, FsError, Metadata, OpenOptions, OpenOptionsConfig, ReadDir,
    VirtualFile,
};
use watshop_wasi::Errno;
use watshop_wasi::file::{Access, Folder, Open, Opened};
use watshop_wasi::host::HostFolder;

use super::file::FolderFile;
use super::told::{error, metadata};

type Result<T = ()> = std::result::Result<T, FsError>;

/// The most entries of a folder that are listed.
const MOST: usize = 100_000;

/// A folder.
#[derive(Clone)]
pub struct MountedFolder(Arc<HostFolder>);

impl MountedFolder {
    /// A folder of the runner.
    pub fn new(host: HostFolder) -> Self {
        Self(Arc::new(host))
    }

    fn to_create(&self) -> Result {
        self.0.access().to_create().map_err(error)
    }

    fn describe(&self, path: &Path, follow: bool) -> Result<Metadata> {
        let told = match inside(path)? {
            "" => self.0.stat(),
            path => self.0.stat_at(path, follow),
        };
        told.map(|told| metadata(&told)).map_err(error)
    }
}

impl fmt::Debug for MountedFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MountedFolder")
    }
}

/// A path beneath the folder; the empty one is the folder itself.
fn inside(path: &Path) -> Result<&str> {
    let path = path.to_str().ok_or(FsError::InvalidInput)?;
    Ok(path.trim_matches('/'))
}

/// The same for what cannot be done with the folder itself.
fn name(path: &Path) -> Result<&str> {
    inside(path)
        .and_then(|path| if path.is_empty() { Err(FsError::PermissionDenied) } else { Ok(path) })
}

impl FileSystem for MountedFolder {
    fn readlink(&self, path: &Path) -> Result<PathBuf> {
        let target = self.0.read_link(name(path)?).map_err(error)?;
        String::from_utf8(target).map(PathBuf::from).map_err(|_| FsError::InvalidData)
    }

    fn read_dir(&self, path: &Path) -> Result<ReadDir> {
        let how = Open { follow: true, folder: true, read: true, ..Open::default() };
        let opened = match inside(path)? {
            "" => None,
            path => match self.0.open(path, how).map_err(error)? {
                Opened::Folder(folder) => Some(folder),
                Opened::File(_) => return Err(FsError::BaseNotDirectory),
            },
        };
        let folder = opened.as_deref().unwrap_or(&*self.0 as &dyn Folder);
        let entries = folder.entries(MOST).map_err(error)?.into_iter().filter_map(|entry| {
            // WASIX has no words for a name that is not UTF-8.
            let name = String::from_utf8(entry.name).ok()?;
            let told = folder.stat_at(&name, false).map_err(error);
            Some(DirEntry { path: path.join(name), metadata: told.map(|told| metadata(&told)) })
        });
        Ok(ReadDir::new(entries.collect()))
    }

    fn create_dir(&self, path: &Path) -> Result {
        let path = inside(path)?;
        if path.is_empty() || self.0.stat_at(path, false).is_ok() {
            return Err(FsError::AlreadyExists);
        }
        self.to_create()?;
        self.0.make_folder(path).map_err(error)
    }

    fn create_symlink(&self, source: &Path, target: &Path) -> Result {
        self.to_create()?;
        let source = source.to_str().ok_or(FsError::InvalidInput)?;
        if source.starts_with('/') {
            return Err(FsError::PermissionDenied);
        }
        self.0.symlink(source, name(target)?).map_err(error)
    }

    fn hard_link(&self, source: &Path, target: &Path) -> Result {
        self.to_create()?;
        self.0.link(name(source)?, &*self.0, name(target)?).map_err(error)
    }

    fn remove_dir(&self, path: &Path) -> Result {
        self.to_create()?;
        self.0.remove_folder(name(path)?).map_err(error)
    }

    fn rename<'a>(
        &'a self,
        from: &'a Path,
        to: &'a Path,
    ) -> Pin<Box<dyn Future<Output = Result> + Send + 'a>> {
        Box::pin(async move {
            self.to_create()?;
            self.0.rename(name(from)?, &*self.0, name(to)?).map_err(error)
        })
    }

    fn metadata(&self, path: &Path) -> Result<Metadata> {
        self.describe(path, true)
    }

    fn symlink_metadata(&self, path: &Path) -> Result<Metadata> {
        self.describe(path, false)
    }

    fn remove_file(&self, path: &Path) -> Result {
        self.to_create()?;
        self.0.remove_file(name(path)?).map_err(error)
    }

    fn new_open_options(&self) -> OpenOptions<'_> {
        OpenOptions::new(self)
    }
}

impl FileOpener for MountedFolder {
    fn open(
        &self,
        path: &Path,
        wanted: &OpenOptionsConfig,
    ) -> Result<Box<dyn VirtualFile + Send + Sync>> {
        let path = name(path)?;
        let create = wanted.create || wanted.create_new;
        let write = wanted.write || wanted.append || wanted.truncate;
        let there = self.0.stat_at(path, true);
        let access = self.0.access();
        if create && there == Err(Errno::NOENT) {
            access.to_create().map_err(error)?;
        }
        if write {
            access.to_write().map_err(error)?;
        }
        let how = Open {
            follow: true,
            create: create && access == Access::Create,
            exclusive: wanted.create_new,
            truncate: wanted.truncate,
            write,
            read: wanted.read,
            ..Open::default()
        };
        match self.0.open(path, how).map_err(error)? {
            Opened::File(file) => Ok(Box::new(FolderFile::new(
                file,
                wanted.append,
                Arc::clone(&self.0),
                path.to_owned(),
            ))),
            Opened::Folder(_) => Err(FsError::NotAFile),
        }
    }
}
