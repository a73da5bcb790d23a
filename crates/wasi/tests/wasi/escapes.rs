//! A program reaches nothing outside of its folders, and changes nothing in one that is read-only.

use std::fs;
use std::os::unix::fs::symlink;

use watshop_wasi::file::{Access, Folder};
use watshop_wasi::{Errno, Rights};

use crate::guest::{
    CREATE, FOLDER, Guest, READ, READ_WRITE, ROOT, TRUNCATE, everywhere, virtual_folder,
};

/// A folder with a secret beside it, and the program that is to stay in it.
fn beside_a_secret() -> (tempfile::TempDir, Guest) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("own/sub")).unwrap();
    fs::create_dir(folder.path().join("beside")).unwrap();
    fs::write(folder.path().join("beside/secret"), "secret").unwrap();
    let guest = Guest::on_host(&folder.path().join("own"), Access::Create);
    (folder, guest)
}

#[test]
fn paths_that_lead_out_are_not_permitted() {
    everywhere(|guest| {
        guest.mkdir(ROOT, "sub").unwrap();
        guest.touch(ROOT, "file");
        for path in ["..", "../beside/secret", "/etc/passwd", "sub/../../x", "sub/../..", "/", "//"]
        {
            assert_eq!(guest.open(ROOT, path, 0, READ), Err(Errno::PERM), "{path}");
            assert_eq!(guest.open(ROOT, path, CREATE, READ), Err(Errno::PERM), "{path}");
            assert_eq!(guest.stat(ROOT, path, true), Err(Errno::PERM), "{path}");
            assert_eq!(guest.stat(ROOT, path, false), Err(Errno::PERM), "{path}");
            guest.mkdir(ROOT, path).unwrap_err();
            guest.rmdir(ROOT, path).unwrap_err();
            guest.unlink(ROOT, path).unwrap_err();
            guest.rename(ROOT, "file", ROOT, path).unwrap_err();
            guest.rename(ROOT, path, ROOT, "new").unwrap_err();
            guest.link(ROOT, "file", ROOT, path).unwrap_err();
            guest.link(ROOT, path, ROOT, "new").unwrap_err();
            guest.symlink("x", ROOT, path).unwrap_err();
        }
        assert_eq!(guest.symlink("/etc/passwd", ROOT, "link"), Err(Errno::PERM));
        let sub = guest.folder(ROOT, "sub").unwrap();
        assert_eq!(guest.open(sub, "../file", 0, READ), Err(Errno::PERM));
        assert_eq!(guest.open(sub, "..", FOLDER, Rights::NONE), Err(Errno::PERM));
        guest.open(ROOT, "sub/.././/sub/../file", 0, READ).unwrap();
    });
}

#[test]
fn links_that_lead_out_are_not_followed_whoever_made_them() {
    let (folder, mut guest) = beside_a_secret();
    let own = folder.path().join("own");
    symlink("../beside", own.join("relative")).unwrap();
    symlink(folder.path().join("beside"), own.join("absolute")).unwrap();
    symlink("/proc/self/root", own.join("proc")).unwrap();
    guest.symlink("../beside", ROOT, "by-guest").unwrap();
    guest.symlink("sub/../../beside", ROOT, "winding").unwrap();
    for link in ["relative", "absolute", "by-guest", "winding"] {
        let secret = format!("{link}/secret");
        assert_eq!(guest.open(ROOT, &secret, 0, READ), Err(Errno::PERM), "{link}");
        assert_eq!(guest.stat(ROOT, &secret, true), Err(Errno::PERM), "{link}");
        assert_eq!(
            guest.open_with(ROOT, 1, link, FOLDER, READ, READ, 0),
            Err(Errno::PERM),
            "{link}"
        );
        guest.open(ROOT, &format!("{link}/new"), CREATE, READ_WRITE).unwrap_err();
        guest.unlink(ROOT, &secret).unwrap_err();
        guest.link(ROOT, &secret, ROOT, "stolen").unwrap_err();
        guest.rename(ROOT, &secret, ROOT, "stolen").unwrap_err();
        guest.mkdir(ROOT, &format!("{link}/new")).unwrap_err();
    }
    guest.open(ROOT, "proc/etc/passwd", 0, READ).unwrap_err();
    assert_eq!(fs::read_dir(folder.path().join("beside")).unwrap().count(), 1);
}

#[test]
fn a_handle_of_a_folder_that_was_moved_away_reaches_nothing_above() {
    let (folder, mut guest) = beside_a_secret();
    let sub = guest.folder(ROOT, "sub").unwrap();
    fs::rename(folder.path().join("own/sub"), folder.path().join("beside/sub")).unwrap();
    assert_eq!(guest.open(sub, "../secret", 0, READ), Err(Errno::PERM));
    let name = "../secret";
    assert_eq!(guest.stat(sub, name, true), Err(Errno::PERM));
}

#[test]
fn a_fifo_a_socket_and_a_device_are_not_opened_and_nothing_waits_for_them() {
    let (folder, mut guest) = beside_a_secret();
    let own = folder.path().join("own");
    let fifo = own.join("fifo");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status().unwrap();
    assert!(made.success());
    let _socket = std::os::unix::net::UnixListener::bind(own.join("socket")).unwrap();
    for rights in [READ, READ_WRITE] {
        for oflags in [0, CREATE, TRUNCATE] {
            guest.open(ROOT, "fifo", oflags, rights).unwrap_err();
            guest.open(ROOT, "socket", oflags, rights).unwrap_err();
        }
    }
    assert_eq!(guest.stat(ROOT, "fifo", false).unwrap().kind, 0);
    let dev = fs::File::open("/dev").unwrap();
    let mut guest = Guest::new(Box::new(watshop_wasi::host::HostFolder::new(dev, Access::Create)));
    assert_eq!(guest.open(ROOT, "null", 0, READ), Err(Errno::NOTSUP));
    assert_eq!(guest.open(ROOT, "zero", 0, READ_WRITE), Err(Errno::NOTSUP));
}

#[test]
fn a_folder_that_is_read_only_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let on_disk = Guest::on_host(folder.path(), Access::Create);
    let in_memory = virtual_folder();
    let later = in_memory.again(Access::Read);
    for (mut guest, read_only) in [
        (on_disk, Guest::on_host(folder.path(), Access::Read)),
        (Guest::new(Box::new(in_memory)), Guest::new(Box::new(later))),
    ] {
        guest.mkdir(ROOT, "dir").unwrap();
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.write(fd, b"abc").unwrap();
        guest.symlink("file", ROOT, "link").unwrap();
        let before = guest.stat(ROOT, "file", false).unwrap();
        let mut guest = read_only;
        assert!(guest.fdstat(ROOT).unwrap().2.has(Rights::PATH_CREATE_FILE));
        let fd = guest.open(ROOT, "file", 0, READ).unwrap();
        assert_eq!(guest.read(fd, 9).unwrap(), b"abc");
        assert_eq!(guest.write(fd, b"x"), Err(Errno::BADF));
        let sub = guest.folder(ROOT, "dir").unwrap();
        for (root, up) in [(ROOT, ""), (sub, "")] {
            assert_eq!(guest.open(root, "new", CREATE, READ), Err(Errno::ROFS), "{up}");
            assert_eq!(guest.mkdir(root, "new"), Err(Errno::ROFS));
            assert_eq!(guest.symlink("x", root, "new"), Err(Errno::ROFS));
            assert_eq!(guest.rename(ROOT, "file", root, "new"), Err(Errno::ROFS));
            assert_eq!(guest.link(ROOT, "file", root, "new"), Err(Errno::ROFS));
        }
        assert_eq!(guest.open(ROOT, "file", 0, READ_WRITE), Err(Errno::ROFS));
        assert_eq!(guest.open(ROOT, "file", TRUNCATE, READ), Err(Errno::ROFS));
        assert_eq!(guest.open(ROOT, "file", CREATE | 4, READ), Err(Errno::EXIST));
        guest.open(ROOT, "file", CREATE, READ).unwrap();
        assert_eq!(guest.mkdir(ROOT, "dir"), Err(Errno::EXIST));
        assert_eq!(guest.unlink(ROOT, "file"), Err(Errno::ROFS));
        assert_eq!(guest.rmdir(ROOT, "dir"), Err(Errno::ROFS));
        let (at, length) = guest.path("file");
        let set = guest.call(|c| c.path_filestat_set_times(ROOT, 0, at, length, 5, 5, 5));
        assert_eq!(set, Err(Errno::ROFS));
        let timed = guest.open(ROOT, "file", 0, READ | Rights::FD_FILESTAT_SET_TIMES).unwrap();
        let set = guest.call(|c| c.fd_filestat_set_times(timed, 5, 5, 5));
        assert_eq!(set, Err(Errno::ROFS));
        let after = guest.stat(ROOT, "file", false).unwrap();
        assert_eq!((after.size, after.modified, after.links), (3, before.modified, 1));
        assert_eq!(guest.readdir(ROOT, 4096, 0).unwrap().0.len(), 5);
    }
}

#[test]
fn nothing_is_moved_or_linked_between_folders_of_different_kinds() {
    let folder = tempfile::tempdir().unwrap();
    let mut guest = Guest::on_host(folder.path(), Access::Create);
    let other = watshop_wasi::descriptors::Descriptor::preopened(
        Box::new(virtual_folder()) as Box<dyn Folder>,
        "/other".to_owned(),
    );
    let other = guest.process.descriptors.add(other).unwrap();
    guest.touch(ROOT, "file");
    guest.touch(other, "file");
    for (from, to) in [(ROOT, other), (other, ROOT)] {
        assert_eq!(guest.rename(from, "file", to, "new"), Err(Errno::XDEV));
        assert_eq!(guest.link(from, "file", to, "new"), Err(Errno::XDEV));
    }
}

#[test]
fn a_folder_whose_files_can_be_written_keeps_its_names() {
    let folder = tempfile::tempdir().unwrap();
    let in_memory = virtual_folder();
    let later = in_memory.again(Access::Write);
    for (mut guest, mut limited) in [
        (
            Guest::on_host(folder.path(), Access::Create),
            Guest::on_host(folder.path(), Access::Write),
        ),
        (Guest::new(Box::new(in_memory)), Guest::new(Box::new(later))),
    ] {
        guest.touch(ROOT, "file");
        guest.mkdir(ROOT, "dir").unwrap();
        let sub = limited.folder(ROOT, "dir").unwrap();
        for root in [ROOT, sub] {
            assert_eq!(limited.open(root, "new", CREATE, READ_WRITE), Err(Errno::ACCES));
            assert_eq!(limited.mkdir(root, "new"), Err(Errno::ACCES));
            assert_eq!(limited.symlink("x", root, "new"), Err(Errno::ACCES));
            assert_eq!(limited.rename(ROOT, "file", root, "new"), Err(Errno::ACCES));
            assert_eq!(limited.link(ROOT, "file", root, "new"), Err(Errno::ACCES));
        }
        assert_eq!(limited.unlink(ROOT, "file"), Err(Errno::ACCES));
        assert_eq!(limited.mkdir(ROOT, "dir"), Err(Errno::EXIST));
        // A file that is there is made no second time, and is written.
        let fd = limited.open(ROOT, "file", CREATE | TRUNCATE, READ_WRITE).unwrap();
        limited.write(fd, b"abc").unwrap();
        assert_eq!(guest.stat(ROOT, "file", false).unwrap().size, 3);
    }
}
