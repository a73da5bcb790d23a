#![doc = include_str!("../README.md")]

mod activity;
mod answers;
mod artifact;
mod bench;
mod call;
mod check;
mod compilers;
mod config;
mod console;
mod edit;
mod events;
mod feed;
mod lessons;
mod looks;
mod open;
mod process;
mod record;
mod run;
mod runner;
mod save;
mod source;
mod sources;
mod state;
mod sync;
mod tab;
mod tabs;
mod trap;

pub use answers::Workbench;
pub use config::{CacheMode, Config, StateKind};
pub use events::Events;
pub use open::LARGEST_FILE;
