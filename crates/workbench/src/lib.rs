#![doc = include_str!("../README.md")]

mod activity;
mod api;
mod bench;
mod build;
mod checks;
mod config;
mod console;
mod data_folder;
mod events;
mod feed;
mod files;
mod history;
mod imports;
mod keepsake;
mod process;
mod rooms;
mod scratch;
mod session;
mod sync;
mod tabs;
mod task;

pub use api::{Answering, Workbench};
pub use bench::{
    Announcement, BenchChange, Chart2021, announcement_file, compare_reports, read_report,
    report_file, time_text,
};
pub use build::unpack_bundle;
pub use config::{AllowedHostFolder, CacheMode, Config, HostFolders, StateKind};
pub use events::Events;
pub use files::{Inspection, inspect_file, is_binary_file, write_checked, write_file};
pub use history::{History, PackedRuns, PastRun};
pub use tabs::LARGEST_FILE;
pub use watshop_child::log_to_stderr;
pub use watshop_parent::{in_place_for, timed};
