#![doc = include_str!("../README.md")]

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
pub mod shown;
pub mod template;
pub mod terminal;
pub mod typescript;
pub mod value;
pub mod wasi;
pub mod written;
