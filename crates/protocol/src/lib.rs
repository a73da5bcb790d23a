#![doc = include_str!("../README.md")]

// `say!` names this crate in its own code too.
extern crate self as watshop_protocol;

mod address;
pub mod bounds;
pub mod compilation;
mod describe;
pub mod frame;
pub mod instance;
pub mod page;
pub mod passport;
pub mod process;
pub mod registry;
pub mod sentence;
pub mod shown;
pub mod template;
pub mod terminal;
pub mod typescript;
pub mod value;
pub mod wasi;
pub mod written;

pub use sentence::Sentence;
pub use watshop_say::say;
