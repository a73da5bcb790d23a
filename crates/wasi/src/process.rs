//! What a program is made of, beside its memory.

use crate::clock::{Clock, Pause, Random};
use crate::descriptors::Descriptors;

/// A program.
pub struct WasiProcess {
    /// Its name and its arguments, each with its NUL.
    pub arguments: Vec<Vec<u8>>,
    /// `NAME=VALUE`, each with its NUL.
    pub environment: Vec<Vec<u8>>,
    /// Its open descriptors.
    pub descriptors: Descriptors,
    /// Its clocks.
    pub clock: Box<dyn Clock>,
    /// Its random bytes.
    pub random: Box<dyn Random>,
    /// Its way to wait.
    pub pause: Box<dyn Pause>,
}
