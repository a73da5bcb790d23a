//! Rights: asked for, handed on, and given up.

use watshop_wasi::{Errno, Rights};

use crate::guest::{CREATE, DIRECTORY, FOLDER, READ, READ_WRITE, ROOT, TRUNCATE, everywhere};

#[test]
fn a_descriptor_can_do_what_was_asked_for_and_nothing_else() {
    everywhere(|guest| {
        // With rights to hand on, however few, a program reckons with rights.
        let fd = guest.open(ROOT, "file", CREATE, Rights::FD_READ).unwrap();
        assert_eq!(guest.fdstat(fd).unwrap().2, Rights::FD_READ);
        assert_eq!(guest.read(fd, 5).unwrap(), b"");
        assert_eq!(guest.write(fd, b"x"), Err(Errno::BADF));
        assert_eq!(guest.pwrite(fd, b"x", 0), Err(Errno::BADF));
        assert_eq!(guest.seek(fd, 0, 0), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.tell(fd), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.pread(fd, 1, 0), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.fstat(fd), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.call(|call| call.fd_allocate(fd, 0, 1)), Err(Errno::BADF));
        assert_eq!(guest.call(|call| call.fd_filestat_set_size(fd, 0)), Err(Errno::INVAL));
        assert_eq!(guest.call(|call| call.fd_advise(fd, 0, 0, 0)), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.call(|call| call.fd_sync(fd)), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.call(|call| call.fd_datasync(fd)), Err(Errno::NOTCAPABLE));
        let set = guest.call(|call| call.fd_filestat_set_times(fd, 0, 0, 2));
        assert_eq!(set, Err(Errno::NOTCAPABLE));
        let fd = guest.open(ROOT, "file", 0, Rights::FD_WRITE | Rights::FD_TELL).unwrap();
        assert_eq!(guest.read(fd, 1), Err(Errno::BADF));
        assert_eq!(guest.write(fd, b"x"), Ok(1));
        assert_eq!(guest.tell(fd), Ok(1));
        assert_eq!(guest.seek(fd, 0, 1), Ok(1));
        assert_eq!(guest.seek(fd, 1, 1), Err(Errno::NOTCAPABLE));
    });
}

#[test]
fn a_program_that_asks_for_reading_or_writing_alone_gets_what_belongs_to_it() {
    everywhere(|guest| {
        let none = Rights::NONE;
        let open = |guest: &mut crate::guest::Guest, rights| {
            guest.open_with(ROOT, 0, "file", CREATE, rights, none, 0).unwrap()
        };
        let fd = open(guest, Rights::FD_WRITE);
        assert_eq!(guest.fdstat(fd).unwrap().2, Rights::OF_FILE & !Rights::FD_READ);
        assert_eq!(guest.write(fd, b"text"), Ok(4));
        assert_eq!(guest.seek(fd, 0, 0), Ok(0));
        assert_eq!(guest.read(fd, 1), Err(Errno::BADF));
        let fd = open(guest, Rights::FD_READ);
        let base = Rights::OF_FILE & !Rights::OF_WRITING;
        assert_eq!(guest.fdstat(fd).unwrap().2, base);
        assert_eq!(guest.write(fd, b"x"), Err(Errno::BADF));
        assert_eq!(guest.call(|call| call.fd_filestat_set_size(fd, 0)), Err(Errno::INVAL));
        assert_eq!(guest.pread(fd, 2, 2).unwrap(), b"xt");
        guest.mkdir(ROOT, "dir").unwrap();
        let dir = guest.open_with(ROOT, 0, "dir", FOLDER, none, none, 0).unwrap();
        let (_, _, base, handed_on) = guest.fdstat(ROOT).unwrap();
        assert_eq!(guest.fdstat(dir).unwrap(), (DIRECTORY, 0, base, handed_on));
        guest.call(|call| call.fd_fdstat_set_rights(dir, base.0, Rights::FD_READ.0)).unwrap();
        let fd = guest.open_with(dir, 0, "new", CREATE, Rights::FD_WRITE, none, 0).unwrap();
        assert_eq!(guest.fdstat(fd).unwrap().2, none, "a folder hands on what it may");
    });
}

#[test]
fn a_file_has_no_rights_of_folders_even_if_they_are_asked_for() {
    everywhere(|guest| {
        let (_, _, of_folder, handed_on) = guest.fdstat(ROOT).unwrap();
        let own = Rights::FD_READ | Rights::FD_TELL;
        for asked in [own | Rights::PATH_FILESTAT_GET, own | of_folder, handed_on] {
            for inheriting in [Rights::NONE, handed_on] {
                let fd = guest.open_with(ROOT, 0, "file", CREATE, asked, inheriting, 0).unwrap();
                let (_, _, base, inheriting) = guest.fdstat(fd).unwrap();
                assert_eq!(base, asked & Rights::OF_FILE);
                assert_eq!(inheriting, Rights::NONE, "nothing is opened through a file");
            }
        }
        let fd = guest.open_with(ROOT, 0, "file", 0, Rights::FD_READ, Rights::NONE, 0).unwrap();
        assert_eq!(guest.fdstat(fd).unwrap().3, Rights::NONE);
    });
}

#[test]
fn rights_that_were_given_up_do_not_come_back() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.write(fd, b"abc").unwrap();
        let kept = READ_WRITE & !(Rights::FD_READ | Rights::FD_WRITE);
        guest.call(|call| call.fd_fdstat_set_rights(fd, kept.0, 0)).unwrap();
        assert_eq!(guest.fdstat(fd).unwrap().2, kept);
        assert_eq!(guest.read(fd, 1), Err(Errno::BADF));
        assert_eq!(guest.write(fd, b"x"), Err(Errno::BADF));
        assert_eq!(guest.seek(fd, 0, 0), Ok(0));
        let again = guest.call(|call| call.fd_fdstat_set_rights(fd, READ_WRITE.0, 0));
        assert_eq!(again, Err(Errno::NOTCAPABLE));
        let handed_on = guest.call(|call| call.fd_fdstat_set_rights(fd, kept.0, 1));
        assert_eq!(handed_on, Err(Errno::NOTCAPABLE));
    });
}

#[test]
fn a_folder_hands_on_what_it_may_and_has_no_rights_of_files() {
    everywhere(|guest| {
        let (kind, flags, base, inheriting) = guest.fdstat(ROOT).unwrap();
        assert_eq!((kind, flags), (DIRECTORY, 0));
        assert!(!base.has_any(READ_WRITE & Rights::OF_WRITING));
        assert!(inheriting.has(READ_WRITE | base));
        let same = guest.open_with(ROOT, 0, ".", 0, base, inheriting, 4).unwrap();
        assert_eq!(guest.fdstat(same).unwrap(), (DIRECTORY, 4, base, inheriting));
        guest.mkdir(ROOT, "dir").unwrap();
        let dir = guest
            .open_with(ROOT, 0, "dir", FOLDER, Rights::PATH_OPEN | Rights::FD_SEEK, READ, 0)
            .unwrap();
        assert_eq!(guest.fdstat(dir).unwrap().2, Rights::PATH_OPEN);
        assert_eq!(guest.open(dir, "file", CREATE, READ), Err(Errno::NOTCAPABLE));
        guest.touch(ROOT, "dir/file");
        let fd = guest.open(dir, "file", 0, READ_WRITE).unwrap();
        assert_eq!(guest.fdstat(fd).unwrap().2, READ);
        assert_eq!(guest.write(fd, b"x"), Err(Errno::BADF));
        assert_eq!(guest.open(dir, "file", TRUNCATE, READ), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.stat(dir, "file", false), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.mkdir(dir, "new"), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.rmdir(dir, "new"), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.unlink(dir, "file"), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.rename(dir, "file", ROOT, "x"), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.rename(ROOT, "dir/file", dir, "x"), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.link(dir, "file", ROOT, "x"), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.symlink("x", dir, "y"), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.readlink(dir, "file", 9), Err(Errno::NOTCAPABLE));
        assert_eq!(guest.readdir(dir, 100, 0).unwrap_err(), Errno::NOTCAPABLE);
    });
}
