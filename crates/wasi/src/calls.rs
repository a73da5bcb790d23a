//! The functions of WASI: each is a method of [`Call`] with the name and the parameters that it has
//! in the specification.

use crate::memory::Memory;
use crate::{Generation, WasiProcess};

mod descriptor;
mod input_output;
mod open;
mod path;
mod poll;
mod preopen;
mod readdir;
mod size;
mod socket;
mod system;
mod times;
mod words;

/// A program while it calls.
pub struct Call<'a> {
    process: &'a mut WasiProcess,
    memory: Memory<'a>,
    generation: Generation,
}

impl<'a> Call<'a> {
    /// A program calls a function of this generation.
    pub fn new(process: &'a mut WasiProcess, memory: Memory<'a>, generation: Generation) -> Self {
        Self { process, memory, generation }
    }
}
