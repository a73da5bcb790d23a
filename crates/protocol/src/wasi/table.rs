//! The functions of WASI: the one table from which come a runner's imports, their types in errors,
//! the decoding of calls, and the reference.

/// Hands the table to a macro: for each function its sentence, its name, its parameters with their
/// kinds, and whether it returns an error number (`errno`) or not at all (`never`).
///
/// The names are those of the specification (`wasi_snapshot_preview1.witx`), without what says that
/// a parameter is a pointer or a length: its kind says so.
#[macro_export]
macro_rules! wasi_functions {
    ($with:ident) => {
        $with! {
            /// Puts the program's name and its arguments into memory.
            args_get(argv: Out, argv_buf: Out) -> errno;
            /// Tells how many arguments there are, and how many bytes they take.
            args_sizes_get(argc: Out32, argv_buf_size: Out32) -> errno;
            /// Tells how fine a clock is, in nanoseconds.
            clock_res_get(id: Clock, resolution: Out64) -> errno;
            /// Tells the time of a clock, in nanoseconds.
            clock_time_get(id: Clock, precision: Time, time: Out64) -> errno;
            /// Puts the environment's variables into memory.
            environ_get(environ: Out, environ_buf: Out) -> errno;
            /// Tells how many variables there are, and how many bytes they take.
            environ_sizes_get(count: Out32, environ_buf_size: Out32) -> errno;
            /// Tells the system how a part of a file will be used.
            fd_advise(fd: Fd, offset: Offset, len: Offset, advice: Advice) -> errno;
            /// Makes room for a part of a file.
            fd_allocate(fd: Fd, offset: Offset, len: Offset) -> errno;
            /// Closes a descriptor.
            fd_close(fd: Fd) -> errno;
            /// Writes a file's bytes through to the disk.
            fd_datasync(fd: Fd) -> errno;
            /// Tells a descriptor's kind, flags and rights.
            fd_fdstat_get(fd: Fd, stat: Out) -> errno;
            /// Sets a descriptor's flags.
            fd_fdstat_set_flags(fd: Fd, flags: FdFlags) -> errno;
            /// Gives up some of a descriptor's rights.
            fd_fdstat_set_rights(fd: Fd, base: Rights, inheriting: Rights) -> errno;
            /// Tells an open file's kind, size, links and times.
            fd_filestat_get(fd: Fd, stat: Out) -> errno;
            /// Cuts or extends a file.
            fd_filestat_set_size(fd: Fd, size: Offset) -> errno;
            /// Sets the times of an open file.
            fd_filestat_set_times(fd: Fd, atim: Time, mtim: Time, flags: FstFlags) -> errno;
            /// Reads at a position, and leaves the descriptor's own where it is.
            fd_pread(fd: Fd, iovs: Pieces, count: Count, offset: Offset, read: Out32) -> errno;
            /// Tells the name of a folder that the program was started with.
            fd_prestat_dir_name(fd: Fd, path: Out, path_len: Length) -> errno;
            /// Tells whether the program was started with this descriptor, and its name's length.
            fd_prestat_get(fd: Fd, prestat: Out) -> errno;
            /// Writes at a position, and leaves the descriptor's own where it is.
            fd_pwrite(fd: Fd, iovs: Pieces, count: Count, offset: Offset, written: Out32) -> errno;
            /// Reads from a file or a stream.
            fd_read(fd: Fd, iovs: Pieces, count: Count, read: Out32) -> errno;
            /// Lists a folder from a position on.
            fd_readdir(fd: Fd, buf: Out, buf_len: Length, cookie: Cookie, used: Out32) -> errno;
            /// Gives a descriptor the number of another, which is closed.
            fd_renumber(fd: Fd, to: Fd) -> errno;
            /// Moves a descriptor's position.
            fd_seek(fd: Fd, offset: Delta, whence: Whence, position: Out64) -> errno;
            /// Writes a file's bytes and its description through to the disk.
            fd_sync(fd: Fd) -> errno;
            /// Tells a descriptor's position.
            fd_tell(fd: Fd, position: Out64) -> errno;
            /// Writes to a file or a stream.
            fd_write(fd: Fd, iovs: Pieces, count: Count, written: Out32) -> errno;
            /// Makes a folder.
            path_create_directory(fd: Fd, path: Text, path_len: Length) -> errno;
            /// Tells the kind, size, links and times of a file by its path.
            path_filestat_get(
                fd: Fd, flags: Lookup, path: Text, path_len: Length, stat: Out
            ) -> errno;
            /// Sets the times of a file by its path.
            path_filestat_set_times(
                fd: Fd, flags: Lookup, path: Text, path_len: Length, atim: Time, mtim: Time,
                fst_flags: FstFlags
            ) -> errno;
            /// Gives a file one more name.
            path_link(
                old_fd: Fd, old_flags: Lookup, old_path: Text, old_path_len: Length, new_fd: Fd,
                new_path: Text, new_path_len: Length
            ) -> errno;
            /// Opens or makes a file, or opens a folder.
            path_open(
                fd: Fd, dirflags: Lookup, path: Text, path_len: Length, oflags: OFlags,
                rights_base: Rights, rights_inheriting: Rights, fdflags: FdFlags, opened: Out32
            ) -> errno;
            /// Tells where a symbolic link leads.
            path_readlink(
                fd: Fd, path: Text, path_len: Length, buf: Out, buf_len: Length, used: Out32
            ) -> errno;
            /// Removes an empty folder.
            path_remove_directory(fd: Fd, path: Text, path_len: Length) -> errno;
            /// Moves a file or a folder to another path.
            path_rename(
                fd: Fd, old_path: Text, old_path_len: Length, new_fd: Fd, new_path: Text,
                new_path_len: Length
            ) -> errno;
            /// Makes a symbolic link.
            path_symlink(
                old_path: Text, old_path_len: Length, fd: Fd, new_path: Text, new_path_len: Length
            ) -> errno;
            /// Removes a file's name.
            path_unlink_file(fd: Fd, path: Text, path_len: Length) -> errno;
            /// Waits for clocks and descriptors.
            poll_oneoff(subscriptions: In, events: Out, count: Count, happened: Out32) -> errno;
            /// Ends the program with a status.
            proc_exit(code: Status) -> never;
            /// Sends the program a signal.
            proc_raise(signal: Signal) -> errno;
            /// Fills memory with random bytes.
            random_get(buf: Out, buf_len: Length) -> errno;
            /// Lets others compute.
            sched_yield() -> errno;
            /// Accepts a connection.
            sock_accept(fd: Fd, flags: FdFlags, opened: Out32) -> errno;
            /// Receives from a socket.
            sock_recv(
                fd: Fd, iovs: Pieces, count: Count, ri_flags: SockFlags, read: Out32, ro_flags: Out
            ) -> errno;
            /// Sends through a socket.
            sock_send(
                fd: Fd, iovs: Pieces, count: Count, si_flags: SockFlags, written: Out32
            ) -> errno;
            /// Closes a socket's directions.
            sock_shutdown(fd: Fd, how: SockFlags) -> errno;
        }
    };
}

/// Makes the kinds of parameters, and the type that each has in Rust.
macro_rules! kinds {
    ($($(#[doc = $about:literal])+ $kind:ident: $rust:ty;)+) => {
        /// The meaning of a parameter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind {
            $($(#[doc = $about])+ $kind,)+
        }

        impl Kind {
            /// The number of its bits: 32 or 64.
            pub const fn bits(self) -> u32 {
                match self {
                    $(Self::$kind => <$rust>::BITS,)+
                }
            }
        }

        /// Each kind's type in Rust.
        pub mod typed {
            $($(#[doc = $about])+ pub type $kind = $rust;)+
        }
    };
}

kinds! {
    /// The future use of a part of a file.
    Advice: u32;
    /// A clock.
    Clock: u32;
    /// The place where a listing goes on.
    Cookie: u64;
    /// The number of pieces or subscriptions.
    Count: u32;
    /// A distance in a file, which may be negative.
    Delta: u64;
    /// A descriptor.
    Fd: u32;
    /// Flags of a descriptor.
    FdFlags: u32;
    /// Flags that say which times to set.
    FstFlags: u32;
    /// The address of something that the function reads.
    In: u32;
    /// A length in bytes.
    Length: u32;
    /// Flags that say how a path is followed.
    Lookup: u32;
    /// Flags that say how a file is opened.
    OFlags: u32;
    /// A position or a length in a file.
    Offset: u64;
    /// The address of something that the function writes.
    Out: u32;
    /// The address of a number of 32 bits that the function writes.
    Out32: u32;
    /// The address of a number of 64 bits that the function writes.
    Out64: u32;
    /// The address of a list of addresses and lengths.
    Pieces: u32;
    /// Rights of a descriptor.
    Rights: u64;
    /// A signal.
    Signal: u32;
    /// Flags of a socket's functions.
    SockFlags: u32;
    /// A status that a program ends with.
    Status: u32;
    /// The address of a text; the next parameter is its length.
    Text: u32;
    /// A time in nanoseconds.
    Time: u64;
    /// The place that a distance is counted from.
    Whence: u32;
}

/// A parameter of a function.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Its meaning.
    pub kind: Kind,
}

/// A function of WASI.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// True if it returns an error number. If not, it does not return at all.
    pub returns: bool,
}

macro_rules! listed {
    ($(
        #[doc = $about:literal]
        $name:ident($($parameter:ident: $kind:ident),*) -> $result:ident;
    )*) => {
        /// All functions of preview 1, by name. Snapshot 0 has the same without `sock_accept`.
        pub static FUNCTIONS: &[Function] = &[$(Function {
            name: stringify!($name),
            about: $about,
            parameters: &[$(Parameter { name: stringify!($parameter), kind: Kind::$kind }),*],
            returns: matches!(stringify!($result).as_bytes(), b"errno"),
        }),*];
    };
}
wasi_functions!(listed);
