//! Reading, writing, positions and sizes.

use watshop_wasi::{Errno, Rights};

use crate::guest::{APPEND, CREATE, Guest, READ, READ_WRITE, ROOT, TRUNCATE, everywhere};

#[test]
fn what_is_written_is_read_again_and_the_position_moves() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        assert_eq!(guest.write(fd, b"hello world"), Ok(11));
        assert_eq!(guest.tell(fd), Ok(11));
        assert_eq!(guest.read(fd, 5), Ok(vec![]));
        assert_eq!(guest.seek(fd, -5, 2), Ok(6));
        assert_eq!(guest.read(fd, 100).unwrap(), b"world");
        assert_eq!(guest.seek(fd, -5, 1), Ok(6));
        assert_eq!(guest.seek(fd, 1, 0), Ok(1));
        assert_eq!(guest.read(fd, 4).unwrap(), b"ello");
        assert_eq!(guest.tell(fd), Ok(5));
    });
}

#[test]
fn a_seek_that_fails_keeps_the_position() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.write(fd, b"0123456789").unwrap();
        for (offset, whence) in [(-100, 1), (-11, 2), (-1, 0), (i64::MAX, 1), (i64::MIN, 2), (0, 3)]
        {
            assert_eq!(guest.seek(fd, offset, whence), Err(Errno::INVAL), "{offset} {whence}");
            assert_eq!(guest.tell(fd), Ok(10));
        }
    });
}

#[test]
fn a_write_behind_the_end_leaves_zeros_between() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.write(fd, b"ab").unwrap();
        assert_eq!(guest.seek(fd, 5, 0), Ok(5));
        guest.write(fd, b"c").unwrap();
        assert_eq!(guest.pread(fd, 100, 0).unwrap(), b"ab\0\0\0c");
        assert_eq!(guest.pread(fd, 100, 6).unwrap(), b"");
        assert_eq!(guest.pread(fd, 100, 1 << 40).unwrap(), b"");
    });
}

#[test]
fn reads_and_writes_at_a_position_leave_the_descriptors_own() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.write(fd, b"abcdef").unwrap();
        guest.seek(fd, 2, 0).unwrap();
        assert_eq!(guest.pwrite(fd, b"XY", 4), Ok(2));
        assert_eq!(guest.pread(fd, 3, 3).unwrap(), b"dXY");
        assert_eq!(guest.read(fd, 2).unwrap(), b"cd");
        assert_eq!(guest.pread(fd, 1, 1 << 63), Err(Errno::INVAL));
        assert_eq!(guest.pwrite(fd, b"x", u64::MAX), Err(Errno::INVAL));
    });
}

#[test]
fn what_is_appended_goes_to_the_end_until_the_flag_is_taken_away() {
    everywhere(|guest| {
        let fd =
            guest.open_with(ROOT, 0, "file", CREATE, READ_WRITE, Rights::NONE, APPEND).unwrap();
        guest.write(fd, b"ab").unwrap();
        guest.seek(fd, 0, 0).unwrap();
        assert_eq!(guest.read(fd, 9).unwrap(), b"ab");
        guest.seek(fd, 0, 0).unwrap();
        guest.write(fd, b"cd").unwrap();
        assert_eq!(guest.tell(fd), Ok(4));
        // As on Linux, whatever the position.
        guest.pwrite(fd, b"ef", 0).unwrap();
        assert_eq!(guest.tell(fd), Ok(4));
        assert_eq!(guest.pread(fd, 9, 0).unwrap(), b"abcdef");
        guest.call(|call| call.fd_fdstat_set_flags(fd, 0)).unwrap();
        assert_eq!(guest.fdstat(fd).unwrap().1, 0);
        guest.seek(fd, 1, 0).unwrap();
        guest.write(fd, b"X").unwrap();
        guest.call(|call| call.fd_fdstat_set_flags(fd, APPEND)).unwrap();
        assert_eq!(guest.fdstat(fd).unwrap().1, APPEND);
        guest.write(fd, b"g").unwrap();
        assert_eq!(guest.pread(fd, 9, 0).unwrap(), b"aXcdefg");
        assert_eq!(guest.call(|call| call.fd_fdstat_set_flags(fd, 32)), Err(Errno::INVAL));
        assert_eq!(guest.call(|call| call.fd_fdstat_set_flags(fd, 16)), Err(Errno::NOTSUP));
    });
}

#[test]
fn a_file_is_cut_extended_and_given_room() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.write(fd, b"abcdef").unwrap();
        guest.call(|call| call.fd_filestat_set_size(fd, 3)).unwrap();
        guest.call(|call| call.fd_filestat_set_size(fd, 5)).unwrap();
        assert_eq!(guest.pread(fd, 9, 0).unwrap(), b"abc\0\0");
        // The position is where it was, behind the end.
        assert_eq!(guest.tell(fd), Ok(6));
        assert_eq!(guest.call(|call| call.fd_filestat_set_size(fd, 1 << 63)), Err(Errno::INVAL));
        for (at, length, size) in [(0, 100, 100), (10, 10, 100), (90, 20, 110)] {
            guest.call(|call| call.fd_allocate(fd, at, length)).unwrap();
            assert_eq!(guest.fstat(fd).unwrap().size, size);
        }
        assert_eq!(guest.call(|call| call.fd_allocate(fd, 0, 0)), Err(Errno::INVAL));
        assert_eq!(guest.call(|call| call.fd_allocate(fd, u64::MAX, 2)), Err(Errno::FBIG));
        guest.call(|call| call.fd_advise(fd, 10, 50, 0)).unwrap();
        guest.call(|call| call.fd_advise(fd, 0, 0, 5)).unwrap();
        assert_eq!(guest.call(|call| call.fd_advise(fd, 0, 0, 6)), Err(Errno::INVAL));
        assert_eq!(guest.call(|call| call.fd_advise(fd, u64::MAX, 1, 0)), Err(Errno::INVAL));
        assert_eq!(guest.fstat(fd).unwrap().size, 110);
        guest.call(|call| call.fd_sync(fd)).unwrap();
        guest.call(|call| call.fd_datasync(fd)).unwrap();
    });
}

#[test]
fn truncating_needs_no_right_to_write() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.write(fd, b"abc").unwrap();
        let cut = guest.open(ROOT, "file", TRUNCATE, Rights::NONE).unwrap();
        assert_eq!(guest.fstat(fd).unwrap().size, 0);
        assert_eq!(guest.write(cut, b"x"), Err(Errno::BADF));
    });
}

#[test]
fn an_open_file_lives_on_when_it_is_removed_or_replaced() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.write(fd, b"abc").unwrap();
        guest.unlink(ROOT, "file").unwrap();
        assert_eq!(guest.stat(ROOT, "file", false), Err(Errno::NOENT));
        assert_eq!(guest.fstat(fd).unwrap().links, 0);
        assert_eq!(guest.pread(fd, 9, 0).unwrap(), b"abc");
        guest.touch(ROOT, "file");
        assert_eq!(guest.stat(ROOT, "file", false).unwrap().size, 0);
        guest.touch(ROOT, "other");
        let other = guest.open(ROOT, "other", 0, READ).unwrap();
        guest.rename(ROOT, "file", ROOT, "other").unwrap();
        assert_eq!(guest.fstat(other).unwrap().links, 0);
    });
}

#[test]
fn pieces_are_read_in_their_order_and_pieces_that_overlap_one_at_a_time() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.write(fd, b"abcdef").unwrap();
        let pieces = |guest: &mut Guest, pieces: &[(u32, u32)]| {
            let list: Vec<_> = pieces
                .iter()
                .flat_map(|(at, length)| [at.to_le_bytes(), length.to_le_bytes()].concat())
                .collect();
            guest.put(40_000, &list);
            guest.seek(fd, 0, 0).unwrap();
            guest.call(|call| call.fd_read(fd, 40_000, pieces.len() as u32, 39_996)).unwrap();
            guest.u32(39_996)
        };
        assert_eq!(pieces(guest, &[(50_010, 2), (60_000, 0), (50_000, 3), (50_020, 9)]), 6);
        assert_eq!(&guest.memory[50_010..50_012], b"ab");
        assert_eq!(&guest.memory[50_000..50_003], b"cde");
        assert_eq!(guest.memory[50_020], b'f');
        assert_eq!(pieces(guest, &[(50_001, 2), (50_000, 4)]), 2);
        assert_eq!(&guest.memory[50_001..50_003], b"ab");
        assert_eq!(pieces(guest, &[]), 0);
    });
}
