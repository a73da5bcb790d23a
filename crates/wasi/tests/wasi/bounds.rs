//! Everything that a program passes may be wrong, and nothing that it can make grow is without
//! bound.

use watshop_wasi::virtual_folder::{Room, VirtualFolder};
use watshop_wasi::{Call, Errno, Generation, Memory, Rights, WasiFailure};

use crate::guest::{CREATE, Guest, READ_WRITE, ROOT, everywhere};

#[test]
fn a_program_has_at_most_1024_descriptors() {
    let mut guest = Guest::new(Box::new(VirtualFolder::new(Room { bytes: 0, nodes: 9 })));
    guest.touch(ROOT, "file");
    let opened = (0..).take_while(|_| guest.open(ROOT, "file", 0, Rights::NONE).is_ok()).count();
    assert_eq!(opened, 1023);
    assert_eq!(guest.open(ROOT, "file", 0, Rights::NONE), Err(Errno::MFILE));
    assert_eq!(guest.open(ROOT, "new", CREATE, Rights::NONE), Err(Errno::MFILE));
    assert_eq!(guest.stat(ROOT, "new", false), Err(Errno::NOENT), "nothing was made");
}

#[test]
fn a_virtual_folder_has_room_for_so_many_bytes_and_files() {
    let mut guest = Guest::new(Box::new(VirtualFolder::new(Room { bytes: 10, nodes: 4 })));
    let fd = guest.open(ROOT, "a", CREATE, READ_WRITE).unwrap();
    assert_eq!(guest.write(fd, b"0123456"), Ok(7));
    assert_eq!(guest.write(fd, b"789a"), Err(Errno::NOSPC));
    assert_eq!(guest.write(fd, b"789"), Ok(3));
    assert_eq!(guest.pwrite(fd, b"x", 1 << 60), Err(Errno::NOSPC));
    assert_eq!(guest.pwrite(fd, b"x", (1 << 63) - 1), Err(Errno::NOSPC));
    assert_eq!(guest.call(|call| call.fd_filestat_set_size(fd, 11)), Err(Errno::NOSPC));
    assert_eq!(guest.call(|call| call.fd_allocate(fd, 5, 6)), Err(Errno::NOSPC));
    let other = guest.open(ROOT, "b", CREATE, READ_WRITE).unwrap();
    assert_eq!(guest.write(other, b"x"), Err(Errno::NOSPC));
    guest.mkdir(ROOT, "c").unwrap();
    assert_eq!(guest.mkdir(ROOT, "d"), Err(Errno::NOSPC));
    assert_eq!(guest.open(ROOT, "d", CREATE, READ_WRITE), Err(Errno::NOSPC));
    // A file without a name takes its room until it is closed.
    guest.unlink(ROOT, "a").unwrap();
    assert_eq!(guest.write(other, b"x"), Err(Errno::NOSPC));
    guest.close(fd).unwrap();
    assert_eq!(guest.write(other, b"0123456789"), Ok(10));
    guest.mkdir(ROOT, "d").unwrap();
}

/// The edges of a memory of 2 pages, and numbers without sense. (`fd_allocate` with them would take
/// gigabytes of the disk; `files.rs` has it.)
const HARD: [u32; 12] =
    [0, 1, 2, 3, 8, 1024, 65_535, 131_064, 131_071, 131_072, i32::MAX as u32, u32::MAX];

type Function = fn(&mut Call<'_>, &dyn Fn(usize) -> u32) -> Result<(), WasiFailure>;

macro_rules! functions {
    ($($name:ident $($kind:ident)*;)*) => {
        &[$((stringify!($name), |call, next| {
            let mut at = 0;
            let mut argument = || { at += 1; next(at - 1) };
            call.$name($($kind::from(argument())),*)
        })),*]
    };
}

#[allow(
    unused_mut,
    unused_variables,
    unused_assignments,
    reason = "a function without arguments does not use the macro's variables"
)]
const FUNCTIONS: &[(&str, Function)] = functions! {
    args_get u32 u32;
    args_sizes_get u32 u32;
    clock_res_get u32 u32;
    clock_time_get u32 u64 u32;
    environ_get u32 u32;
    environ_sizes_get u32 u32;
    fd_advise u32 u64 u64 u32;
    fd_datasync u32;
    fd_fdstat_get u32 u32;
    fd_fdstat_set_flags u32 u32;
    fd_filestat_get u32 u32;
    fd_filestat_set_size u32 u64;
    fd_filestat_set_times u32 u64 u64 u32;
    fd_pread u32 u32 u32 u64 u32;
    fd_prestat_dir_name u32 u32 u32;
    fd_prestat_get u32 u32;
    fd_pwrite u32 u32 u32 u64 u32;
    fd_read u32 u32 u32 u32;
    fd_readdir u32 u32 u32 u64 u32;
    fd_seek u32 u64 u32 u32;
    fd_sync u32;
    fd_tell u32 u32;
    fd_write u32 u32 u32 u32;
    path_create_directory u32 u32 u32;
    path_filestat_get u32 u32 u32 u32 u32;
    path_filestat_set_times u32 u32 u32 u32 u64 u64 u32;
    path_link u32 u32 u32 u32 u32 u32 u32;
    path_open u32 u32 u32 u32 u32 u64 u64 u32 u32;
    path_readlink u32 u32 u32 u32 u32 u32;
    path_remove_directory u32 u32 u32;
    path_rename u32 u32 u32 u32 u32 u32;
    path_symlink u32 u32 u32 u32 u32;
    path_unlink_file u32 u32 u32;
    poll_oneoff u32 u32 u32 u32;
    proc_raise u32;
    random_get u32 u32;
    sched_yield;
    sock_accept u32 u32 u32;
    sock_recv u32 u32 u32 u32 u32 u32;
    sock_send u32 u32 u32 u32 u32;
    sock_shutdown u32 u32;
    fd_fdstat_set_rights u32 u64 u64;
    fd_renumber u32 u32;
    fd_close u32;
};

#[test]
fn no_arguments_make_a_function_panic_or_leave_its_folder() {
    everywhere(|guest| {
        // Numbers that grow by steps without a common divisor meet in many combinations.
        for turn in 0..2000_usize {
            for (name, function) in FUNCTIONS {
                let next = |at: usize| HARD[(turn + at * (turn / HARD.len() + 1) * 5) % HARD.len()];
                let memory = Memory::new(Some(&mut guest.memory));
                let mut call = Call::new(&mut guest.process, memory, Generation::Preview1);
                match function(&mut call, &next) {
                    Ok(()) | Err(WasiFailure::Errno(_) | WasiFailure::Stopped) => {}
                    other => panic!("{name}: {other:?}"),
                }
            }
        }
    });
}

#[test]
fn a_function_that_needs_a_memory_says_so_if_there_is_none() {
    let mut guest = Guest::new(Box::new(VirtualFolder::new(Room { bytes: 0, nodes: 9 })));
    let mut call = Call::new(&mut guest.process, Memory::new(None), Generation::Preview1);
    assert_eq!(call.fd_fdstat_get(ROOT, 0), Err(WasiFailure::NoMemory));
    assert_eq!(call.random_get(0, 0), Err(WasiFailure::NoMemory));
    assert_eq!(call.sched_yield(), Ok(()));
    assert_eq!(call.proc_exit(7), Err(WasiFailure::Exit(7)));
    assert_eq!(call.fd_close(ROOT), Ok(()));
}
