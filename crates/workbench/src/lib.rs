#![doc = include_str!("../README.md")]

mod activity;
mod answers;
mod artifact;
mod bench;
mod bundle;
mod call;
mod check;
mod compilers;
mod config;
mod console;
mod edit;
mod events;
mod export;
mod feed;
mod lessons;
mod link;
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
mod targets;
mod trap;

pub use answers::Workbench;
pub use config::{CacheMode, Config, StateKind};
pub use events::Events;
pub use open::LARGEST_FILE;
pub use save::write as write_file;
