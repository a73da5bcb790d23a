#![doc = include_str!("../README.md")]

mod check;
mod encoding;
mod explain;
mod features;
mod floats;
mod format;
mod heads;
mod lacks;
pub mod lesson;
mod lines;
mod needs;
mod position;
mod print;
mod segments;
mod sniff;
mod spelling;
mod strip;
mod summary;
mod text;
mod types;
mod validate;

pub use check::{Checked, check_text};
pub use encoding::other_encoding;
pub use format::format;
pub use heads::heads;
pub use lacks::{takes, who_takes_it};
pub use lines::Lines;
pub use print::{LARGEST_PRINTED, print};
pub use segments::segments;
pub use sniff::{Sniffed, sniff};
pub use strip::strip;
pub use summary::{hash, summarize};
pub use text::parse;
pub use validate::{check_binary, validate};
