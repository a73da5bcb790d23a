//! Arguments and results of WASI's functions in words, by the kind that the table gives each.

use std::fmt::Write as _;
use watshop_protocol::Sentence;

use watshop_protocol::wasi::Kind;
use watshop_wasi::{Errno, Generation, Rights};

use super::capture::{Capture, Snippet};

const FD_FLAGS: &[&str] = &["APPEND", "DSYNC", "NONBLOCK", "RSYNC", "SYNC"];
const FST_FLAGS: &[&str] = &["ATIM", "ATIM_NOW", "MTIM", "MTIM_NOW"];
const LOOKUP: &[&str] = &["SYMLINK_FOLLOW"];
const O_FLAGS: &[&str] = &["CREAT", "DIRECTORY", "EXCL", "TRUNC"];
const ADVICE: &[&str] = &["NORMAL", "SEQUENTIAL", "RANDOM", "WILLNEED", "DONTNEED", "NOREUSE"];
const CLOCKS: &[&str] = &["REALTIME", "MONOTONIC", "PROCESS_CPUTIME_ID", "THREAD_CPUTIME_ID"];
const WHENCE: &[&str] = &["SET", "CUR", "END"];
/// The places of snapshot 0 have other numbers.
const WHENCE_OF_SNAPSHOT0: &[&str] = &["CUR", "END", "SET"];

impl Capture {
    /// All arguments. Addresses of numbers that the function writes are left out, because the result
    /// shows those.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let (mut fds, mut texts) = (self.fds.iter(), 0);
        let mut rest = self.known.function.parameters.iter().zip(self.arguments);
        while let Some((parameter, value)) = rest.next() {
            if matches!(parameter.kind, Kind::Out32 | Kind::Out64) {
                continue;
            }
            if !words.is_empty() {
                words.push_str(", ");
            }
            words.push_str(parameter.name);
            words.push('=');
            match parameter.kind {
                Kind::Fd => {
                    let name = fds.next().and_then(Option::as_ref);
                    // Writing to a string does not fail, here and below.
                    let _ = match name {
                        Some(name) if name.stream => write!(words, "{value} ({})", name.name),
                        Some(name) => write!(words, "{value} ({:?})", name.name),
                        None => write!(words, "{value} (not open)"),
                    };
                }
                Kind::Text => {
                    rest.next();
                    let text = if texts == 0 { Some(&self.bytes) } else { self.second.as_deref() };
                    texts += 1;
                    match text.filter(|text| text.length.is_some()) {
                        Some(text) => words.push_str(&shown(text)),
                        None => {
                            let _ = write!(words, "{value:#x}: outside of the memory");
                        }
                    }
                }
                Kind::Pieces => {
                    let count = rest.next().map_or(0, |(_, count)| count);
                    self.pieces_in_words(&mut words, value, count);
                }
                kind => words.push_str(&self.one(kind, value)),
            }
        }
        words
    }

    fn one(&self, kind: Kind, value: u64) -> String {
        match kind {
            Kind::In | Kind::Out => format!("{value:#x}"),
            Kind::Delta => value.cast_signed().to_string(),
            Kind::FdFlags => flags(value, FD_FLAGS),
            Kind::FstFlags => flags(value, FST_FLAGS),
            Kind::Lookup => flags(value, LOOKUP),
            Kind::OFlags => flags(value, O_FLAGS),
            Kind::Rights => rights(Rights(value)),
            Kind::Advice => name(value, ADVICE),
            Kind::Clock => name(value, CLOCKS),
            Kind::Whence => match self.generation {
                Generation::Preview1 => name(value, WHENCE),
                Generation::Snapshot0 => name(value, WHENCE_OF_SNAPSHOT0),
            },
            _ => value.to_string(),
        }
    }

    fn pieces_in_words(&self, words: &mut String, at: u64, count: u64) {
        let _ = write!(words, "{count} at {at:#x} with {} bytes", self.listed);
        if !self.known.fills {
            let _ = write!(words, " {}", shown(&self.bytes));
        }
    }

    /// The numbers that the function wrote, and the bytes that it read.
    pub fn results(&self) -> String {
        let mut words = String::new();
        let written = self.known.function.parameters.iter();
        let written = written.filter(|one| matches!(one.kind, Kind::Out32 | Kind::Out64));
        for (parameter, number) in written.zip(self.numbers) {
            let Some(number) = number else { continue };
            let between = if words.is_empty() { "" } else { ", " };
            let _ = write!(words, "{between}{}={number}", parameter.name);
        }
        if self.known.fills {
            let _ = write!(words, " {}", shown(&self.bytes));
        }
        words
    }
}

/// An error number's name and its meaning in a sentence.
pub fn errno(of: Errno) -> (String, Sentence) {
    match of.meaning() {
        Some((name, about)) => (name.to_owned(), Sentence::plain(about)),
        None => (format!("{of:?}"), Sentence::plain("")),
    }
}

/// Bytes between quotes, without a control character that a terminal would obey. Bytes that are not
/// text are in hexadecimal.
fn shown(snippet: &Snippet) -> String {
    let bytes = snippet.bytes();
    let more = if snippet.is_cut() { "…" } else { "" };
    let text = match str::from_utf8(bytes) {
        Ok(text) => Some(text),
        // A letter may have been cut.
        Err(error) if snippet.is_cut() && error.error_len().is_none() => {
            str::from_utf8(&bytes[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    };
    match text {
        Some(text) => format!("{text:?}{more}"),
        None => {
            bytes.iter().fold("0x".to_owned(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            }) + more
        }
    }
}

fn name(value: u64, names: &[&str]) -> String {
    let known = usize::try_from(value).ok().and_then(|value| names.get(value));
    known.map_or_else(|| value.to_string(), |name| (*name).to_owned())
}

fn flags(value: u64, names: &[&str]) -> String {
    let known = names.iter().enumerate().filter(|(bit, _)| value & (1 << bit) != 0);
    let mut words: Vec<_> = known.map(|(_, name)| (*name).to_owned()).collect();
    let rest = value >> names.len() << names.len();
    if rest != 0 || words.is_empty() {
        words.push(if rest == 0 { "0".to_owned() } else { format!("{rest:#x}") });
    }
    words.join("|")
}

fn rights(of: Rights) -> String {
    match of.0 {
        0 => "0".to_owned(),
        all if of == Rights::ALL || all == u64::MAX => "ALL".to_owned(),
        _ => of.names().collect::<Vec<_>>().join("|"),
    }
}
