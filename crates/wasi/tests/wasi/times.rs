//! Times are kept to the nanosecond.

use std::time::{Duration, SystemTime};

use watshop_wasi::{Errno, Rights};

use crate::guest::{CREATE, Guest, READ_WRITE, ROOT, everywhere};

const ATIM: u32 = 1;
const ATIM_NOW: u32 = 2;
const MTIM: u32 = 4;
const MTIM_NOW: u32 = 8;

fn set(
    guest: &mut Guest,
    path: &str,
    follow: u32,
    times: (u64, u64),
    which: u32,
) -> Result<(), Errno> {
    let (at, length) = guest.path(path);
    guest.call(|call| {
        call.path_filestat_set_times(ROOT, follow, at, length, times.0, times.1, which)
    })
}

#[test]
fn times_that_are_set_are_kept_and_the_others_stay() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.mkdir(ROOT, "dir").unwrap();
        let before = guest.fstat(fd).unwrap();
        let modified = before.modified - 100;
        guest.call(|call| call.fd_filestat_set_times(fd, 7, modified, MTIM)).unwrap();
        let told = guest.fstat(fd).unwrap();
        assert_eq!((told.accessed, told.modified), (before.accessed, modified));
        for path in ["file", "dir"] {
            set(guest, path, 0, (1_234_567_890_123_456_789, 987_654_321), ATIM | MTIM).unwrap();
            let told = guest.stat(ROOT, path, false).unwrap();
            let times = (told.accessed, told.modified);
            assert_eq!(times, (1_234_567_890_123_456_789, 987_654_321), "{path}");
            set(guest, path, 1, (5, 6), ATIM | MTIM_NOW).unwrap();
            let told = guest.stat(ROOT, path, false).unwrap();
            assert_eq!(told.accessed, 5);
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
            let late = since.saturating_sub(Duration::from_nanos(told.modified));
            assert!(late < Duration::from_secs(60), "{late:?}");
        }
        let dir = guest.folder(ROOT, "dir").unwrap();
        guest.call(|call| call.fd_filestat_set_times(dir, 8, 9, ATIM | MTIM)).unwrap();
        let told = guest.fstat(dir).unwrap();
        assert_eq!((told.accessed, told.modified), (8, 9));
        set(guest, "none", 0, (0, 0), MTIM).unwrap_err();
    });
}

#[test]
fn the_times_of_a_link_are_its_own() {
    everywhere(|guest| {
        guest.touch(ROOT, "file");
        guest.symlink("file", ROOT, "link").unwrap();
        let file = guest.stat(ROOT, "file", false).unwrap();
        set(guest, "link", 0, (1, 200), ATIM | MTIM).unwrap();
        assert_eq!(guest.stat(ROOT, "link", false).unwrap().modified, 200);
        assert_eq!(guest.stat(ROOT, "file", false).unwrap().modified, file.modified);
        set(guest, "link", 1, (1, 300), MTIM).unwrap();
        assert_eq!(guest.stat(ROOT, "link", false).unwrap().modified, 200);
        assert_eq!(guest.stat(ROOT, "file", false).unwrap().modified, 300);
        assert_eq!(set(guest, "file/", 0, (1, 1), MTIM), Err(Errno::NOTDIR));
    });
}

#[test]
fn a_time_is_set_to_one_thing() {
    everywhere(|guest| {
        let rights = Rights::FD_READ | Rights::FD_FILESTAT_SET_TIMES;
        let fd = guest.open(ROOT, "file", CREATE, rights).unwrap();
        for flags in [ATIM | ATIM_NOW, MTIM | MTIM_NOW, 16] {
            let set_open = guest.call(|call| call.fd_filestat_set_times(fd, 1, 2, flags));
            assert_eq!(set_open, Err(Errno::INVAL));
            assert_eq!(set(guest, "file", 0, (1, 2), flags), Err(Errno::INVAL));
        }
        guest.call(|call| call.fd_filestat_set_times(fd, 1, 2, 0)).unwrap();
    });
}
