//! Sockets: a program here has none.

use super::Call;
use crate::errno::{Errno, WasiResult};

impl Call<'_> {
    /// Accepts a connection.
    ///
    /// # Errors
    ///
    /// `BADF` if the descriptor is not open, else `NOTSOCK`.
    pub fn sock_accept(&mut self, fd: u32, _flags: u32, _opened: u32) -> WasiResult {
        self.not_a_socket(fd)
    }

    /// Receives.
    ///
    /// # Errors
    ///
    /// As [`Self::sock_accept`].
    pub fn sock_recv(
        &mut self,
        fd: u32,
        _iovs: u32,
        _count: u32,
        _flags: u32,
        _read: u32,
        _how: u32,
    ) -> WasiResult {
        self.not_a_socket(fd)
    }

    /// Sends.
    ///
    /// # Errors
    ///
    /// As [`Self::sock_accept`].
    pub fn sock_send(
        &mut self,
        fd: u32,
        _iovs: u32,
        _count: u32,
        _flags: u32,
        _written: u32,
    ) -> WasiResult {
        self.not_a_socket(fd)
    }

    /// Closes a socket's directions.
    ///
    /// # Errors
    ///
    /// As [`Self::sock_accept`].
    pub fn sock_shutdown(&mut self, fd: u32, _how: u32) -> WasiResult {
        self.not_a_socket(fd)
    }

    fn not_a_socket(&mut self, fd: u32) -> WasiResult {
        self.process.descriptors.get(fd)?;
        Err(Errno::NOTSOCK.into())
    }
}
