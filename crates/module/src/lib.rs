#![doc = include_str!("../README.md")]

mod active;
mod check;
mod explain;
mod features;
mod format;
mod heads;
pub mod known;
pub mod lesson;
mod limits;
mod lines;
mod memories;
mod needs;
mod position;
mod print;
mod segments;
mod sniff;
mod strip;
mod summary;
mod text;
mod types;
mod validate;

pub use active::{Active, FromGlobal, active};
pub use check::{Checked, check_text};
pub use format::format;
pub use heads::heads;
pub use limits::check_limits;
pub use lines::Lines;
pub use memories::first_memory;
pub use print::{LARGEST_PRINTED, print};
pub use segments::segments;
pub use sniff::{Sniffed, sniff};
pub use strip::strip;
pub use summary::{hash, summarize};
pub use text::parse;
pub use validate::{check_binary, validate};
