//! Descriptors by number.

use watshop_wasi::{Errno, Rights};

use crate::guest::{CREATE, READ, READ_WRITE, ROOT, everywhere};

#[test]
fn a_descriptor_gets_the_lowest_number_that_is_free() {
    everywhere(|guest| {
        guest.touch(ROOT, "file");
        let fds: Vec<_> = (0..4).map(|_| guest.open(ROOT, "file", 0, READ).unwrap()).collect();
        assert_eq!(fds, [1, 2, 3, 4]);
        guest.close(2).unwrap();
        guest.close(3).unwrap();
        assert_eq!(guest.open(ROOT, "file", 0, READ), Ok(2));
        assert_eq!(guest.open(ROOT, "file", 0, READ), Ok(3));
        assert_eq!(guest.open(ROOT, "file", 0, READ), Ok(5));
    });
}

#[test]
fn after_renumbering_the_old_number_is_closed_and_the_new_one_is_the_same() {
    everywhere(|guest| {
        let one = guest.open(ROOT, "one", CREATE, READ_WRITE).unwrap();
        let two = guest.open(ROOT, "two", CREATE, READ).unwrap();
        guest.write(one, b"abc").unwrap();
        let before = (guest.fdstat(one), guest.tell(one));
        guest.call(|call| call.fd_renumber(one, two)).unwrap();
        assert_eq!((guest.fdstat(two), guest.tell(two)), before);
        assert_eq!(guest.read(one, 1), Err(Errno::BADF));
        assert_eq!(guest.close(one), Err(Errno::BADF));
        assert_eq!(guest.call(|call| call.fd_renumber(two, one)), Err(Errno::BADF));
        assert_eq!(guest.call(|call| call.fd_renumber(one, two)), Err(Errno::BADF));
        guest.call(|call| call.fd_renumber(two, two)).unwrap();
        assert_eq!(guest.tell(two), Ok(3));
        assert_eq!(guest.pread(two, 9, 0).unwrap(), b"abc");
    });
}

#[test]
fn the_folder_of_the_start_is_named_and_can_be_replaced_and_closed() {
    everywhere(|guest| {
        guest.call(|call| call.fd_prestat_get(ROOT, 100)).unwrap();
        assert_eq!((guest.u32(100), guest.u32(104)), (0, 1));
        assert_eq!(
            guest.call(|call| call.fd_prestat_dir_name(ROOT, 200, 0)),
            Err(Errno::NAMETOOLONG)
        );
        guest.memory[201] = 7;
        guest.call(|call| call.fd_prestat_dir_name(ROOT, 200, 2)).unwrap();
        assert_eq!(guest.memory[200..202], [b'/', 7]);
        let again = guest.folder(ROOT, ".").unwrap();
        assert_eq!(guest.call(|call| call.fd_prestat_get(again, 100)), Err(Errno::BADF));
        let inode = guest.fstat(again).unwrap().inode;
        guest.call(|call| call.fd_renumber(again, ROOT)).unwrap();
        assert_eq!(guest.fstat(ROOT).unwrap().inode, inode);
        guest.mkdir(ROOT, "dir").unwrap();
        guest.close(ROOT).unwrap();
        assert_eq!(guest.mkdir(ROOT, "dir"), Err(Errno::BADF));
    });
}

#[test]
fn a_folder_is_not_a_file_and_a_file_is_not_a_folder() {
    everywhere(|guest| {
        let file = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        assert_eq!(guest.read(ROOT, 1), Err(Errno::ISDIR));
        assert_eq!(guest.pread(ROOT, 1, 0), Err(Errno::ISDIR));
        assert_eq!(guest.write(ROOT, b"x"), Err(Errno::BADF));
        assert_eq!(guest.pwrite(ROOT, b"x", 0), Err(Errno::BADF));
        for whence in 0..3 {
            assert_eq!(guest.seek(ROOT, 0, whence), Err(Errno::BADF));
        }
        assert_eq!(guest.tell(ROOT), Err(Errno::BADF));
        assert_eq!(guest.call(|call| call.fd_allocate(ROOT, 0, 1)), Err(Errno::BADF));
        assert_eq!(guest.call(|call| call.fd_filestat_set_size(ROOT, 0)), Err(Errno::INVAL));
        assert_eq!(guest.open(file, "foo", CREATE, Rights::NONE), Err(Errno::NOTDIR));
        assert_eq!(guest.readdir(file, 100, 0).unwrap_err(), Errno::NOTDIR);
        assert_eq!(guest.call(|call| call.sock_shutdown(file, 1)), Err(Errno::NOTSOCK));
        assert_eq!(guest.call(|call| call.sock_shutdown(99, 1)), Err(Errno::BADF));
    });
}
