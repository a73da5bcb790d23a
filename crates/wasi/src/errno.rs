//! The error numbers of WASI, by name and meaning; snapshot 0 has the same.

use std::io;

/// A number that a function of WASI returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Errno(pub u16);

/// Makes the error numbers from their names, numbers and meanings; behind some, the system's own.
macro_rules! errnos {
    ($($name:ident = $number:literal $($system:ident)?, $about:literal;)*) => {
        impl Errno {
            $(#[doc = $about] pub const $name: Self = Self($number);)*

            /// Its name in WASI's terms and its meaning; `None` if WASI has no such number.
            pub fn meaning(self) -> Option<(&'static str, &'static str)> {
                match self {
                    $(Self::$name => Some((stringify!($name), $about)),)*
                    _ => None,
                }
            }

            fn of_system(number: rustix::io::Errno) -> Option<Self> {
                Some(match number {
                    $($(rustix::io::Errno::$system => Self::$name,)?)*
                    _ => return None,
                })
            }
        }
    };
}

errnos! {
    SUCCESS = 0, "It was done.";
    TOO_BIG = 1 TOOBIG, "The arguments are too long.";
    ACCES = 2 ACCESS, "The system does not permit it.";
    ADDRINUSE = 3 ADDRINUSE, "The address is in use.";
    ADDRNOTAVAIL = 4 ADDRNOTAVAIL, "The address is not to be had.";
    AFNOSUPPORT = 5 AFNOSUPPORT, "The address family is not supported.";
    AGAIN = 6 AGAIN, "Nothing is there yet: try again.";
    ALREADY = 7 ALREADY, "A connection is being made already.";
    BADF = 8 BADF, "The descriptor is not open, or not for this.";
    BADMSG = 9 BADMSG, "The message is damaged.";
    BUSY = 10 BUSY, "It is in use.";
    CANCELED = 11 CANCELED, "It was cancelled.";
    CHILD = 12 CHILD, "There is no child process.";
    CONNABORTED = 13 CONNABORTED, "The connection was given up.";
    CONNREFUSED = 14 CONNREFUSED, "The connection was refused.";
    CONNRESET = 15 CONNRESET, "The connection was reset.";
    DEADLK = 16 DEADLK, "It would wait for itself.";
    DESTADDRREQ = 17 DESTADDRREQ, "An address is needed.";
    DOM = 18 DOM, "The number is outside of the function's domain.";
    DQUOT = 19 DQUOT, "The disk quota is used up.";
    EXIST = 20 EXIST, "The file exists already.";
    FAULT = 21 FAULT, "An address is outside of the memory.";
    FBIG = 22 FBIG, "The file would be too large.";
    HOSTUNREACH = 23 HOSTUNREACH, "The host cannot be reached.";
    IDRM = 24 IDRM, "The identifier was removed.";
    ILSEQ = 25 ILSEQ, "The text is not UTF-8.";
    INPROGRESS = 26 INPROGRESS, "It is being done.";
    INTR = 27 INTR, "It was interrupted.";
    INVAL = 28 INVAL, "An argument is not valid.";
    IO = 29 IO, "The system failed to read or write.";
    ISCONN = 30 ISCONN, "The socket is connected.";
    ISDIR = 31 ISDIR, "It is a folder.";
    LOOP = 32 LOOP, "Too many symbolic links, or one that is not to be followed.";
    MFILE = 33 MFILE, "The program has too many open files.";
    MLINK = 34 MLINK, "The file has too many names.";
    MSGSIZE = 35 MSGSIZE, "The message is too long.";
    MULTIHOP = 36, "Several hops were tried.";
    NAMETOOLONG = 37 NAMETOOLONG, "The name is too long.";
    NETDOWN = 38 NETDOWN, "The network is down.";
    NETRESET = 39 NETRESET, "The network gave the connection up.";
    NETUNREACH = 40 NETUNREACH, "The network cannot be reached.";
    NFILE = 41 NFILE, "The system has too many open files.";
    NOBUFS = 42 NOBUFS, "There is no room for buffers.";
    NODEV = 43 NODEV, "There is no such device.";
    NOENT = 44 NOENT, "There is no such file or folder.";
    NOEXEC = 45 NOEXEC, "It is not a program.";
    NOLCK = 46 NOLCK, "There are no locks.";
    NOLINK = 47, "The link was cut.";
    NOMEM = 48 NOMEM, "There is not enough memory.";
    NOMSG = 49 NOMSG, "There is no such message.";
    NOPROTOOPT = 50 NOPROTOOPT, "The protocol has no such option.";
    NOSPC = 51 NOSPC, "There is no room left.";
    NOSYS = 52 NOSYS, "There is no such function.";
    NOTCONN = 53 NOTCONN, "The socket is not connected.";
    NOTDIR = 54 NOTDIR, "It is not a folder.";
    NOTEMPTY = 55 NOTEMPTY, "The folder is not empty.";
    NOTRECOVERABLE = 56, "The state cannot be recovered.";
    NOTSOCK = 57 NOTSOCK, "It is not a socket.";
    NOTSUP = 58 NOTSUP, "It is not supported.";
    NOTTY = 59 NOTTY, "It is not a terminal.";
    NXIO = 60 NXIO, "There is no such device or address.";
    OVERFLOW = 61 OVERFLOW, "The number is too large.";
    OWNERDEAD = 62, "The owner has ended.";
    PERM = 63 PERM, "It is not permitted.";
    PIPE = 64 PIPE, "The other end of the pipe is closed.";
    PROTO = 65 PROTO, "The protocol was broken.";
    PROTONOSUPPORT = 66 PROTONOSUPPORT, "The protocol is not supported.";
    PROTOTYPE = 67 PROTOTYPE, "The protocol does not fit the socket.";
    RANGE = 68 RANGE, "The result is out of range.";
    ROFS = 69 ROFS, "The folder can only be read.";
    SPIPE = 70 SPIPE, "A stream has no position.";
    SRCH = 71 SRCH, "There is no such process.";
    STALE = 72 STALE, "The handle is stale.";
    TIMEDOUT = 73 TIMEDOUT, "It took too long.";
    TXTBSY = 74 TXTBSY, "The program's file is in use.";
    XDEV = 75 XDEV, "The two are on different file systems.";
    NOTCAPABLE = 76, "The descriptor has no right for it.";
}

impl std::fmt::Debug for Errno {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.meaning() {
            Some((name, _)) => f.write_str(name),
            None => write!(f, "errno {}", self.0),
        }
    }
}

impl From<rustix::io::Errno> for Errno {
    fn from(number: rustix::io::Errno) -> Self {
        Self::of_system(number).unwrap_or(Self::IO)
    }
}

impl From<io::Error> for Errno {
    /// Errors that are not the system's are those of `cap-std`: a path that leads out of its folder
    /// is not permitted.
    fn from(error: io::Error) -> Self {
        if let Some(number) = rustix::io::Errno::from_io_error(&error) {
            return number.into();
        }
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::PERM,
            io::ErrorKind::NotFound => Self::NOENT,
            io::ErrorKind::AlreadyExists => Self::EXIST,
            io::ErrorKind::InvalidInput => Self::INVAL,
            io::ErrorKind::NotADirectory => Self::NOTDIR,
            io::ErrorKind::Unsupported => Self::NOTSUP,
            _ => Self::IO,
        }
    }
}

/// Why a function of WASI does not do as it was asked.
#[derive(Debug, PartialEq, Eq)]
pub enum WasiFailure {
    /// The program is told a number.
    Errno(Errno),
    /// The program ends with this status.
    Exit(u32),
    /// The program is ended from outside.
    Stopped,
    /// The function needs the program's memory, and there is none.
    NoMemory,
}

impl From<Errno> for WasiFailure {
    fn from(errno: Errno) -> Self {
        Self::Errno(errno)
    }
}

/// The end of a function of WASI.
pub type WasiResult<T = ()> = Result<T, WasiFailure>;
