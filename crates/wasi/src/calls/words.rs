//! Arguments and environment.

use super::Call;
use crate::errno::WasiResult;
use crate::memory::Memory;

impl Call<'_> {
    /// Tells how many arguments there are, and how many bytes they take.
    ///
    /// # Errors
    ///
    /// `FAULT`.
    pub fn args_sizes_get(&mut self, count: u32, bytes: u32) -> WasiResult {
        sizes(&mut self.memory, &self.process.arguments, count, bytes)
    }

    /// Puts the arguments into memory.
    ///
    /// # Errors
    ///
    /// `FAULT`.
    pub fn args_get(&mut self, pointers: u32, bytes: u32) -> WasiResult {
        put(&mut self.memory, &self.process.arguments, pointers, bytes)
    }

    /// Tells how many variables there are, and how many bytes they take.
    ///
    /// # Errors
    ///
    /// `FAULT`.
    pub fn environ_sizes_get(&mut self, count: u32, bytes: u32) -> WasiResult {
        sizes(&mut self.memory, &self.process.environment, count, bytes)
    }

    /// Puts the variables into memory.
    ///
    /// # Errors
    ///
    /// `FAULT`.
    pub fn environ_get(&mut self, pointers: u32, bytes: u32) -> WasiResult {
        put(&mut self.memory, &self.process.environment, pointers, bytes)
    }
}

fn sizes(memory: &mut Memory<'_>, words: &[Vec<u8>], count: u32, bytes: u32) -> WasiResult {
    // The settings' bound on their text is far below a number that does not fit.
    memory.put_u32(count, words.len() as u32)?;
    memory.put_u32(bytes, words.iter().map(Vec::len).sum::<usize>() as u32)
}

/// Puts the words one after the other, and a pointer to each. Nothing is written unless all of it
/// has its place.
fn put(memory: &mut Memory<'_>, words: &[Vec<u8>], pointers: u32, bytes: u32) -> WasiResult {
    let mut at = bytes;
    let mut table = Vec::with_capacity(words.len() * 4);
    for word in words {
        table.extend(at.to_le_bytes());
        at = at.wrapping_add(word.len() as u32);
    }
    let text = words.concat();
    memory.bytes(pointers, table.len() as u32)?;
    memory.bytes(bytes, text.len() as u32)?;
    memory.put(pointers, &table)?;
    memory.put(bytes, &text)
}
