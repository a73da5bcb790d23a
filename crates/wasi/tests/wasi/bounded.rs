//! A folder of the host whose files together may take no more than some room.

use std::fs::File;
use std::path::Path;

use watshop_wasi::Errno;
use watshop_wasi::file::Access;
use watshop_wasi::host::HostFolder;
use watshop_wasi::virtual_folder::Room;

use crate::guest::{CREATE, Guest, READ_WRITE, ROOT, TRUNCATE};

const ROOM: Room = Room { bytes: 1000, nodes: 4 };

fn bounded(path: &Path) -> Guest {
    let handle = File::open(path).unwrap();
    Guest::new(Box::new(HostFolder::bounded(handle, Access::Create, ROOM).unwrap()))
}

fn set_size(guest: &mut Guest, fd: u32, size: u64) -> Result<(), Errno> {
    guest.call(|call| call.fd_filestat_set_size(fd, size))
}

#[test]
fn bytes_beyond_the_room_are_refused_and_those_of_files_that_are_gone_come_back() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("before"), [1; 400]).unwrap();
    let mut guest = bounded(folder.path());
    let fd = guest.open(ROOT, "new", CREATE, READ_WRITE).unwrap();
    assert_eq!(guest.write(fd, &[2; 601]), Err(Errno::NOSPC));
    guest.write(fd, &[2; 600]).unwrap();
    assert_eq!(guest.write(fd, &[2]), Err(Errno::NOSPC));
    assert_eq!(set_size(&mut guest, fd, 601), Err(Errno::NOSPC));
    assert_eq!(set_size(&mut guest, fd, u64::MAX >> 1), Err(Errno::NOSPC));
    set_size(&mut guest, fd, 500).unwrap();
    set_size(&mut guest, fd, 600).unwrap();
    // A file without a name takes its room until it is closed.
    guest.unlink(ROOT, "before").unwrap();
    set_size(&mut guest, fd, 1000).unwrap();
    guest.unlink(ROOT, "new").unwrap();
    let other = guest.open(ROOT, "other", CREATE, READ_WRITE).unwrap();
    assert_eq!(guest.write(other, &[3]), Err(Errno::NOSPC));
    guest.close(fd).unwrap();
    guest.write(other, &[3; 1000]).unwrap();
    guest.pwrite(other, &[5; 1000], 0).unwrap();
    assert_eq!(guest.pwrite(other, &[5; 1000], 1), Err(Errno::NOSPC));
    let cut = guest.open(ROOT, "other", TRUNCATE, READ_WRITE).unwrap();
    guest.write(cut, &[4; 1000]).unwrap();
    assert_eq!(guest.write(cut, &[4]), Err(Errno::NOSPC));
}

#[test]
fn names_beyond_the_room_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut guest = bounded(folder.path());
    guest.mkdir(ROOT, "dir").unwrap();
    guest.touch(ROOT, "file");
    guest.symlink("file", ROOT, "link").unwrap();
    guest.link(ROOT, "file", ROOT, "twice").unwrap();
    assert_eq!(guest.open(ROOT, "more", CREATE, READ_WRITE), Err(Errno::NOSPC));
    assert_eq!(guest.mkdir(ROOT, "more"), Err(Errno::NOSPC));
    assert_eq!(guest.symlink("file", ROOT, "more"), Err(Errno::NOSPC));
    assert_eq!(guest.link(ROOT, "file", ROOT, "more"), Err(Errno::NOSPC));
    guest.rename(ROOT, "twice", ROOT, "link").unwrap();
    // The link that was replaced has given its place back.
    guest.mkdir(ROOT, "dir/in").unwrap();
    assert_eq!(guest.mkdir(ROOT, "more"), Err(Errno::NOSPC));
    // What is there already counts in the next program.
    let mut guest = bounded(folder.path());
    assert_eq!(guest.mkdir(ROOT, "last"), Err(Errno::NOSPC));
    guest.unlink(ROOT, "link").unwrap();
    guest.mkdir(ROOT, "last").unwrap();
    assert_eq!(guest.mkdir(ROOT, "more"), Err(Errno::NOSPC));
}
