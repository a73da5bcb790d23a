//! The functions of WASI by name.

use std::thread;

use wasmer::{Function, FunctionEnv, FunctionEnvMut, RuntimeError, Store};

use super::errno::{Answer, IO, NOTSUP, code};
use super::guest::Guest;
use super::process::Process;
use super::{clock, files, poll, stopped, words};
use crate::ending::Exit;

/// Random bytes that are made at once.
const PIECE: usize = 64 << 10;

/// Makes the functions of which the name and the parameters stand on the left, by what stands on
/// the right.
macro_rules! by_name {
    ($name:expr, $store:expr, $env:expr, { $($function:ident($($parameter:ident: $kind:ty),*) => $work:expr;)* }) => {
        match $name {
            $(stringify!($function) => Some(Function::new_typed_with_env(
                $store,
                $env,
                move |call: FunctionEnvMut<'_, Process>, $($parameter: $kind),*| -> Result<i32, RuntimeError> {
                    let mut guest = Guest::new(call, stringify!($function));
                    let work: fn(&mut Guest<'_>, $($kind),*) -> Answer = $work;
                    code(work(&mut guest, $($parameter),*))
                },
            )),)*
            "proc_exit" => Some(Function::new_typed_with_env($store, $env, exit)),
            _ => None,
        }
    };
}

/// A function of preview 1, or of snapshot 0; `None` if that has none of this name.
pub fn make(
    store: &mut Store,
    env: &FunctionEnv<Process>,
    name: &str,
    snapshot0: bool,
) -> Option<Function> {
    if snapshot0 {
        let differs = by_name!(name, store, env, {
            fd_filestat_get(fd: u32, to: u32) => |guest, fd, to| files::fd_filestat_get(guest, fd, to, 56);
            poll_oneoff(from: u32, to: u32, count: u32, happened: u32) =>
                |guest, from, to, count, happened| poll::poll_oneoff(guest, from, to, count, happened, poll::SNAPSHOT0);
        });
        if differs.is_some() || name == "sock_accept" {
            return differs;
        }
    }
    by_name!(name, store, env, {
        args_get(pointers: u32, bytes: u32) => words::args_get;
        args_sizes_get(count: u32, bytes: u32) => words::args_sizes_get;
        clock_res_get(clock: u32, to: u32) => clock::clock_res_get;
        clock_time_get(clock: u32, precision: u64, to: u32) => clock::clock_time_get;
        environ_get(pointers: u32, bytes: u32) => words::environ_get;
        environ_sizes_get(count: u32, bytes: u32) => words::environ_sizes_get;
        fd_advise(fd: u32, at: u64, length: u64, advice: u32) => |guest, fd, _, _, _| files::at_a_position(guest, fd);
        fd_allocate(fd: u32, at: u64, length: u64) => |guest, fd, _, _| files::at_a_position(guest, fd);
        fd_close(fd: u32) => files::fd_close;
        fd_datasync(fd: u32) => files::of_a_file;
        fd_fdstat_get(fd: u32, to: u32) => files::fd_fdstat_get;
        fd_fdstat_set_flags(fd: u32, flags: u32) => |guest, fd, _| files::not_here(guest, fd);
        fd_fdstat_set_rights(fd: u32, base: u64, inheriting: u64) => |guest, fd, _, _| files::not_here(guest, fd);
        fd_filestat_get(fd: u32, to: u32) => |guest, fd, to| files::fd_filestat_get(guest, fd, to, 64);
        fd_filestat_set_size(fd: u32, size: u64) => |guest, fd, _| files::of_a_file(guest, fd);
        fd_filestat_set_times(fd: u32, accessed: u64, modified: u64, flags: u32) =>
            |guest, fd, _, _, _| files::not_here(guest, fd);
        fd_pread(fd: u32, pieces: u32, count: u32, at: u64, read: u32) =>
            |guest, fd, _, _, _, _| files::at_a_position(guest, fd);
        fd_prestat_dir_name(fd: u32, to: u32, length: u32) => |guest, _, _, _| files::of_a_preopen(guest);
        fd_prestat_get(fd: u32, to: u32) => |guest, _, _| files::of_a_preopen(guest);
        fd_pwrite(fd: u32, pieces: u32, count: u32, at: u64, written: u32) =>
            |guest, fd, _, _, _, _| files::at_a_position(guest, fd);
        fd_read(fd: u32, pieces: u32, count: u32, read: u32) => files::fd_read;
        fd_readdir(fd: u32, to: u32, length: u32, cookie: u64, used: u32) =>
            |guest, fd, _, _, _, _| files::of_a_folder(guest, fd);
        fd_renumber(from: u32, to: u32) => files::fd_renumber;
        fd_seek(fd: u32, by: u64, whence: u32, to: u32) => |guest, fd, _, _, _| files::at_a_position(guest, fd);
        fd_sync(fd: u32) => files::of_a_file;
        fd_tell(fd: u32, to: u32) => |guest, fd, _| files::at_a_position(guest, fd);
        fd_write(fd: u32, pieces: u32, count: u32, written: u32) => files::fd_write;
        path_create_directory(fd: u32, path: u32, length: u32) => |guest, fd, _, _| files::of_a_folder(guest, fd);
        path_filestat_get(fd: u32, flags: u32, path: u32, length: u32, to: u32) =>
            |guest, fd, _, _, _, _| files::of_a_folder(guest, fd);
        path_filestat_set_times(
            fd: u32, flags: u32, path: u32, length: u32, accessed: u64, modified: u64, which: u32
        ) => |guest, fd, _, _, _, _, _, _| files::of_a_folder(guest, fd);
        path_link(fd: u32, flags: u32, path: u32, length: u32, to: u32, name: u32, letters: u32) =>
            |guest, fd, _, _, _, _, _, _| files::of_a_folder(guest, fd);
        path_open(
            fd: u32, flags: u32, path: u32, length: u32, how: u32, base: u64, inheriting: u64, state: u32, opened: u32
        ) => |guest, fd, _, _, _, _, _, _, _, _| files::of_a_folder(guest, fd);
        path_readlink(fd: u32, path: u32, length: u32, to: u32, room: u32, used: u32) =>
            |guest, fd, _, _, _, _, _| files::of_a_folder(guest, fd);
        path_remove_directory(fd: u32, path: u32, length: u32) => |guest, fd, _, _| files::of_a_folder(guest, fd);
        path_rename(fd: u32, path: u32, length: u32, to: u32, name: u32, letters: u32) =>
            |guest, fd, _, _, _, _, _| files::of_a_folder(guest, fd);
        path_symlink(path: u32, length: u32, fd: u32, name: u32, letters: u32) =>
            |guest, _, _, fd, _, _| files::of_a_folder(guest, fd);
        path_unlink_file(fd: u32, path: u32, length: u32) => |guest, fd, _, _| files::of_a_folder(guest, fd);
        poll_oneoff(from: u32, to: u32, count: u32, happened: u32) =>
            |guest, from, to, count, happened| poll::poll_oneoff(guest, from, to, count, happened, poll::PREVIEW1);
        proc_raise(signal: u32) => |_, _| Err(NOTSUP.into());
        random_get(to: u32, length: u32) => random;
        sched_yield() => |_| { thread::yield_now(); Ok(()) };
        sock_accept(fd: u32, flags: u32, to: u32) => |guest, fd, _, _| files::of_a_socket(guest, fd);
        sock_recv(fd: u32, pieces: u32, count: u32, flags: u32, read: u32, how: u32) =>
            |guest, fd, _, _, _, _, _| files::of_a_socket(guest, fd);
        sock_send(fd: u32, pieces: u32, count: u32, flags: u32, written: u32) =>
            |guest, fd, _, _, _, _| files::of_a_socket(guest, fd);
        sock_shutdown(fd: u32, how: u32) => |guest, fd, _| files::of_a_socket(guest, fd);
    })
}

fn exit(_: FunctionEnvMut<'_, Process>, status: i32) -> Result<(), Exit> {
    Err(Exit(status))
}

fn random(guest: &mut Guest<'_>, to: u32, length: u32) -> Answer {
    guest.check(to, length.into())?;
    let mut buffer = vec![0; PIECE.min(length as usize)];
    let mut done = 0;
    while done < length {
        if guest.process().stop.wanted() {
            return Err(stopped());
        }
        let piece = buffer.len().min((length - done) as usize);
        getrandom::fill(&mut buffer[..piece]).map_err(|_| IO)?;
        guest.write(to + done, &buffer[..piece])?;
        done += piece as u32;
    }
    Ok(())
}
