//! Descriptions and error numbers of the runner's folders, as WASIX has them.

use wasmer_wasix::virtual_fs::{FileType, FsError, Metadata};
use watshop_wasi::Errno;
use watshop_wasi::stat::{self, Stat};

/// The description of a file.
pub fn metadata(told: &Stat) -> Metadata {
    let ft = FileType {
        dir: told.kind == stat::FileType::Directory,
        file: told.kind == stat::FileType::RegularFile,
        symlink: told.kind == stat::FileType::SymbolicLink,
        char_device: told.kind == stat::FileType::CharacterDevice,
        block_device: told.kind == stat::FileType::BlockDevice,
        ..FileType::default()
    };
    let Stat { accessed, modified, changed, size, .. } = *told;
    Metadata { ft, accessed, created: changed, modified, len: size }
}

/// The error of a number. WASIX has fewer of them.
pub fn error(errno: Errno) -> FsError {
    match errno {
        Errno::NOENT => FsError::EntryNotFound,
        Errno::EXIST => FsError::AlreadyExists,
        Errno::ACCES | Errno::PERM | Errno::ROFS => FsError::PermissionDenied,
        Errno::NOTDIR => FsError::BaseNotDirectory,
        Errno::ISDIR => FsError::NotAFile,
        Errno::NOTEMPTY => FsError::DirectoryNotEmpty,
        Errno::NOSPC | Errno::DQUOT | Errno::FBIG => FsError::StorageFull,
        Errno::INVAL | Errno::ILSEQ | Errno::NAMETOOLONG => FsError::InvalidInput,
        Errno::NOTSUP | Errno::XDEV => FsError::Unsupported,
        Errno::BADF => FsError::InvalidFd,
        _ => FsError::IOError,
    }
}
