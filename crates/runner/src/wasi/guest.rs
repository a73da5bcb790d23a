//! One call of WASI: the program that makes it, and its memory.

use wasmer::{FunctionEnvMut, Memory, MemoryAccessError, RuntimeError};

use super::errno::{Answer, Errno, FAULT, INVAL, No};
use super::process::{NoMemory, Process, Stdio};

/// Most pieces that a read or a write takes, as on Linux (`IOV_MAX`).
const MOST_PIECES: u32 = 1024;

/// The program while it calls.
pub struct Guest<'a> {
    call: FunctionEnvMut<'a, Process>,
    function: &'static str,
}

impl<'a> Guest<'a> {
    /// It calls this function.
    pub fn new(call: FunctionEnvMut<'a, Process>, function: &'static str) -> Self {
        Self { call, function }
    }

    /// What is known of it.
    pub fn process(&mut self) -> &mut Process {
        self.call.data_mut()
    }

    /// What an open descriptor is.
    ///
    /// # Errors
    ///
    /// `BADF` if it is not open.
    pub fn descriptor(&mut self, fd: u32) -> Result<Stdio, Errno> {
        self.process().descriptors.get(&fd).copied().ok_or(super::errno::BADF)
    }

    /// Reads memory.
    ///
    /// # Errors
    ///
    /// `FAULT` if it is not there; a trap if WASI knows no memory.
    pub fn read(&mut self, at: u32, bytes: &mut [u8]) -> Answer {
        let memory = self.memory()?;
        memory.view(&self.call).read(at.into(), bytes).map_err(fault)
    }

    /// Writes memory.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    pub fn write(&mut self, at: u32, bytes: &[u8]) -> Answer {
        let memory = self.memory()?;
        memory.view(&self.call).write(at.into(), bytes).map_err(fault)
    }

    /// The range is in memory.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    pub fn check(&mut self, at: u32, length: u64) -> Answer {
        let memory = self.memory()?;
        let size = memory.view(&self.call).data_size();
        if u64::from(at) + length > size { Err(FAULT.into()) } else { Ok(()) }
    }

    /// A number in memory.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    pub fn u32(&mut self, at: u32) -> Answer<u32> {
        let mut bytes = [0; 4];
        self.read(at, &mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    /// Puts a number into memory.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    pub fn put_u32(&mut self, at: u32, number: u32) -> Answer {
        self.write(at, &number.to_le_bytes())
    }

    /// Puts a number into memory.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    pub fn put_u64(&mut self, at: u32, number: u64) -> Answer {
        self.write(at, &number.to_le_bytes())
    }

    /// The pieces of memory that are to be read or written (`iovec`), all of them in memory.
    ///
    /// # Errors
    ///
    /// As [`Self::read`]; `INVAL` if they are too many, or longer together than WASI can count.
    pub fn pieces(&mut self, at: u32, count: u32) -> Answer<Vec<(u32, u32)>> {
        if count > MOST_PIECES {
            return Err(INVAL.into());
        }
        self.check(at, u64::from(count) * 8)?;
        let mut pieces = Vec::with_capacity(count as usize);
        let mut all = 0_u32;
        for index in 0..count {
            let (start, length) = (self.u32(at + index * 8)?, self.u32(at + index * 8 + 4)?);
            self.check(start, length.into())?;
            all = all.checked_add(length).ok_or(INVAL)?;
            pieces.push((start, length));
        }
        Ok(pieces)
    }

    fn memory(&mut self) -> Answer<Memory> {
        let function = self.function;
        let (process, mut store) = self.call.data_and_store_mut();
        let memory = process.memory(&mut store).cloned();
        memory.map_err(|no| No::Trap(RuntimeError::user(Box::new(NoMemory { function, ..no }))))
    }
}

fn fault(_: MemoryAccessError) -> No {
    FAULT.into()
}
