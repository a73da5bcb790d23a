//! The rights of descriptors, each a bit.

use std::ops::{BitAnd, BitOr, Not};

/// A set of rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(pub u64);

macro_rules! rights {
    ($($name:ident = $bit:literal;)*) => {
        impl Rights {
            $(#[doc = concat!("The right `", stringify!($name), "`.")]
            pub const $name: Self = Self(1 << $bit);)*

            /// The names of those that are in it, in the specification's order.
            pub fn names(self) -> impl Iterator<Item = &'static str> {
                [$((Self::$name, stringify!($name))),*]
                    .into_iter()
                    .filter_map(move |(right, name)| self.has(right).then_some(name))
            }
        }
    };
}

rights! {
    FD_DATASYNC = 0;
    FD_READ = 1;
    FD_SEEK = 2;
    FD_FDSTAT_SET_FLAGS = 3;
    FD_SYNC = 4;
    FD_TELL = 5;
    FD_WRITE = 6;
    FD_ADVISE = 7;
    FD_ALLOCATE = 8;
    PATH_CREATE_DIRECTORY = 9;
    PATH_CREATE_FILE = 10;
    PATH_LINK_SOURCE = 11;
    PATH_LINK_TARGET = 12;
    PATH_OPEN = 13;
    FD_READDIR = 14;
    PATH_READLINK = 15;
    PATH_RENAME_SOURCE = 16;
    PATH_RENAME_TARGET = 17;
    PATH_FILESTAT_GET = 18;
    PATH_FILESTAT_SET_SIZE = 19;
    PATH_FILESTAT_SET_TIMES = 20;
    FD_FILESTAT_GET = 21;
    FD_FILESTAT_SET_SIZE = 22;
    FD_FILESTAT_SET_TIMES = 23;
    PATH_SYMLINK = 24;
    PATH_REMOVE_DIRECTORY = 25;
    PATH_UNLINK_FILE = 26;
    POLL_FD_READWRITE = 27;
    SOCK_SHUTDOWN = 28;
    SOCK_ACCEPT = 29;
}

impl Rights {
    /// Every right that there is.
    pub const ALL: Self = Self((Self::SOCK_ACCEPT.0 << 1) - 1);

    /// No right.
    pub const NONE: Self = Self(0);

    /// Rights that need a file that was opened for writing.
    pub const OF_WRITING: Self =
        Self(Self::FD_WRITE.0 | Self::FD_ALLOCATE.0 | Self::FD_FILESTAT_SET_SIZE.0);

    /// Rights that mean something for a folder.
    pub const OF_FOLDER: Self = Self(
        Self::ALL.0
            & !(Self::OF_WRITING.0
                | Self::FD_READ.0
                | Self::FD_SEEK.0
                | Self::FD_TELL.0
                | Self::FD_ADVISE.0
                | Self::SOCK_SHUTDOWN.0
                | Self::SOCK_ACCEPT.0),
    );

    /// Rights that mean something for a file.
    pub const OF_FILE: Self = Self(
        Self::OF_WRITING.0
            | Self::FD_DATASYNC.0
            | Self::FD_READ.0
            | Self::FD_SEEK.0
            | Self::FD_FDSTAT_SET_FLAGS.0
            | Self::FD_SYNC.0
            | Self::FD_TELL.0
            | Self::FD_ADVISE.0
            | Self::FD_FILESTAT_GET.0
            | Self::FD_FILESTAT_SET_TIMES.0
            | Self::POLL_FD_READWRITE.0,
    );

    /// Rights that mean something for a folder or for the files in it.
    pub const OF_FOLDER_AND_FILES: Self =
        Self(Self::ALL.0 & !(Self::SOCK_SHUTDOWN.0 | Self::SOCK_ACCEPT.0));

    /// Returns true if all of these are among them.
    pub fn has(self, these: Self) -> bool {
        self & these == these
    }

    /// Returns true if any of these is among them.
    pub fn has_any(self, these: Self) -> bool {
        self & these != Self::NONE
    }
}

impl BitAnd for Rights {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Rights {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Not for Rights {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0)
    }
}
