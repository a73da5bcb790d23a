//! What the system tells of files, in WASI's terms.

use std::os::fd::AsFd;
use std::time::{Duration, SystemTime};

use cap_fs_ext::SystemTimeSpec;
use cap_std::fs::{Metadata, MetadataExt as _};
use rustix::fs::{Timespec, Timestamps, UTIME_NOW, UTIME_OMIT};

use crate::errno::Errno;
use crate::file::Result;
use crate::stat::{FileType, Stat, Time, Times};

/// The description of an open file.
///
/// # Errors
///
/// The system's.
pub fn of_handle(handle: impl AsFd) -> rustix::io::Result<Stat> {
    Ok(of_system(&rustix::fs::fstat(handle)?))
}

/// The description as the system gives it.
#[allow(
    clippy::unnecessary_cast,
    clippy::cast_lossless,
    reason = "the types of the fields depend on the processor"
)]
pub fn of_system(told: &rustix::fs::Stat) -> Stat {
    Stat {
        device: told.st_dev as u64,
        inode: told.st_ino as u64,
        kind: kind(rustix::fs::FileType::from_raw_mode(told.st_mode)),
        links: told.st_nlink as u64,
        size: u64::try_from(told.st_size).unwrap_or(0),
        accessed: nanoseconds(told.st_atime as i64, told.st_atime_nsec as i64),
        modified: nanoseconds(told.st_mtime as i64, told.st_mtime_nsec as i64),
        changed: nanoseconds(told.st_ctime as i64, told.st_ctime_nsec as i64),
    }
}

/// The description of a path.
pub fn of(told: &Metadata) -> Stat {
    Stat {
        device: told.dev(),
        inode: told.ino(),
        kind: kind(rustix::fs::FileType::from_raw_mode(told.mode() as rustix::fs::RawMode)),
        links: told.nlink(),
        size: told.size(),
        accessed: nanoseconds(told.atime(), told.atime_nsec()),
        modified: nanoseconds(told.mtime(), told.mtime_nsec()),
        changed: nanoseconds(told.ctime(), told.ctime_nsec()),
    }
}

/// A kind in WASI's terms.
pub fn kind(kind: rustix::fs::FileType) -> FileType {
    match kind {
        rustix::fs::FileType::RegularFile => FileType::RegularFile,
        rustix::fs::FileType::Directory => FileType::Directory,
        rustix::fs::FileType::Symlink => FileType::SymbolicLink,
        rustix::fs::FileType::CharacterDevice => FileType::CharacterDevice,
        rustix::fs::FileType::BlockDevice => FileType::BlockDevice,
        _ => FileType::Unknown,
    }
}

/// Sets the times of an open file.
///
/// # Errors
///
/// The system's.
pub fn set_times(handle: impl AsFd, times: Times) -> Result {
    let times = Timestamps {
        last_access: timespec(times.accessed)?,
        last_modification: timespec(times.modified)?,
    };
    Ok(rustix::fs::futimens(handle, &times)?)
}

/// A time as `cap-std` takes it.
///
/// # Errors
///
/// `INVAL` if the system cannot have it.
pub fn spec(time: Time) -> Result<Option<SystemTimeSpec>> {
    Ok(match time {
        Time::Kept => None,
        Time::Now => Some(SystemTimeSpec::SymbolicNow),
        Time::At(nanoseconds) => {
            let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_nanos(nanoseconds));
            let time = time.ok_or(Errno::INVAL)?;
            Some(SystemTimeSpec::Absolute(cap_std::time::SystemTime::from_std(time)))
        }
    })
}

fn timespec(time: Time) -> Result<Timespec> {
    let special = |tv_nsec| Timespec { tv_sec: 0, tv_nsec };
    Ok(match time {
        Time::Kept => special(UTIME_OMIT),
        Time::Now => special(UTIME_NOW),
        Time::At(nanoseconds) => {
            let time = Duration::from_nanos(nanoseconds);
            let tv_sec = i64::try_from(time.as_secs()).map_err(|_| Errno::INVAL)?;
            Timespec { tv_sec, tv_nsec: time.subsec_nanos().into() }
        }
    })
}

/// A time before 1970 is 1970: WASI has none before it.
fn nanoseconds(seconds: i64, more: i64) -> u64 {
    let seconds = u64::try_from(seconds).unwrap_or(0);
    seconds.saturating_mul(1_000_000_000).saturating_add(u64::try_from(more).unwrap_or(0))
}
