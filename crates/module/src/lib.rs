#![doc = include_str!("../README.md")]

mod check;
mod encoding;
mod explain;
mod features;
mod format;
mod floats;
mod heads;
pub mod lesson;
mod lines;
mod needs;
mod position;
mod print;
mod segments;
mod sniff;
mod strip;
mod summary;
mod spelling;
mod text;
mod types;
mod validate;

pub use check::{Checked, check_text};
pub use format::format;
pub use heads::heads;
pub use lines::Lines;
pub use print::{LARGEST_PRINTED, print};
pub use segments::segments;
pub use sniff::{Sniffed, sniff};
pub use strip::strip;
pub use summary::{hash, summarize};
pub use text::parse;
pub use validate::{check_binary, validate};
