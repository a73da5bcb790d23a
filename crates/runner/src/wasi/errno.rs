//! The error numbers of preview 1 that are given here; snapshot 0 has the same.

use wasmer::RuntimeError;

/// A number that a function of WASI returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Errno(pub u16);

/// No such descriptor.
pub const BADF: Errno = Errno(8);
/// A pointer leads out of the memory.
pub const FAULT: Errno = Errno(21);
/// An argument makes no sense.
pub const INVAL: Errno = Errno(28);
/// A folder is wanted.
pub const NOTDIR: Errno = Errno(54);
/// A socket is wanted.
pub const NOTSOCK: Errno = Errno(57);
/// Not here.
pub const NOTSUP: Errno = Errno(58);
/// The system has failed.
pub const IO: Errno = Errno(29);
/// A pipe has no position.
pub const SPIPE: Errno = Errno(70);

/// Why a function of WASI does not do what it was asked for.
#[derive(Debug)]
pub enum No {
    /// The program is told a number.
    Errno(Errno),
    /// The program ends.
    Trap(RuntimeError),
}

impl From<Errno> for No {
    fn from(errno: Errno) -> Self {
        Self::Errno(errno)
    }
}

impl From<RuntimeError> for No {
    fn from(error: RuntimeError) -> Self {
        Self::Trap(error)
    }
}

/// How a function of WASI ends.
pub type Answer<T = ()> = Result<T, No>;

/// What the program gets of it.
///
/// # Errors
///
/// The trap.
pub fn code(answer: Answer) -> Result<i32, RuntimeError> {
    match answer {
        Ok(()) => Ok(0),
        Err(No::Errno(errno)) => Ok(errno.0.into()),
        Err(No::Trap(error)) => Err(error),
    }
}
