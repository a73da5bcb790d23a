//! Arguments of WASI's functions in words, by the kind that the table gives each.

use watshop_protocol::wasi::{Function, Kind, Parameter};
use watshop_wasi::descriptors::{Descriptors, What};
use watshop_wasi::{Generation, Rights};

/// The most bytes of a text or of a buffer that are shown.
const SHOWN: usize = 64;

const FD_FLAGS: &[&str] = &["APPEND", "DSYNC", "NONBLOCK", "RSYNC", "SYNC"];
const FST_FLAGS: &[&str] = &["ATIM", "ATIM_NOW", "MTIM", "MTIM_NOW"];
const LOOKUP: &[&str] = &["SYMLINK_FOLLOW"];
const O_FLAGS: &[&str] = &["CREAT", "DIRECTORY", "EXCL", "TRUNC"];
const ADVICE: &[&str] = &["NORMAL", "SEQUENTIAL", "RANDOM", "WILLNEED", "DONTNEED", "NOREUSE"];
const CLOCKS: &[&str] = &["REALTIME", "MONOTONIC", "PROCESS_CPUTIME_ID", "THREAD_CPUTIME_ID"];
const WHENCE: &[&str] = &["SET", "CUR", "END"];
/// The places of snapshot 0 have other numbers.
const WHENCE_OF_SNAPSHOT0: &[&str] = &["CUR", "END", "SET"];

/// A call, and the things that its arguments stand for.
pub struct Surroundings<'a> {
    /// The function.
    pub function: &'static Function,
    /// Its arguments.
    pub arguments: &'a [u64],
    /// The program's memory.
    pub memory: &'a [u8],
    /// The program's descriptors.
    pub descriptors: &'a Descriptors,
    /// The generation whose numbers they are.
    pub generation: Generation,
}

impl Surroundings<'_> {
    /// All arguments. Addresses of numbers that the function writes are left out, because the result
    /// shows those.
    pub fn decode(&self) -> String {
        let mut words = Vec::new();
        let mut rest = self.function.parameters.iter().zip(self.arguments).peekable();
        while let Some((parameter, &value)) = rest.next() {
            let takes_two = matches!(parameter.kind, Kind::Text | Kind::Pieces);
            let next = if takes_two { rest.next().map(|(_, value)| *value) } else { None };
            if !matches!(parameter.kind, Kind::Out32 | Kind::Out64) {
                words.push(format!("{}={}", parameter.name, self.one(parameter, value, next)));
            }
        }
        words.join(", ")
    }

    fn one(&self, parameter: &Parameter, value: u64, next: Option<u64>) -> String {
        match parameter.kind {
            Kind::Fd => self.descriptor(value),
            Kind::Text => match piece(self.memory, value, next.unwrap_or(0)) {
                Some(text) => shown(text),
                None => format!("{value:#x}: outside of the memory"),
            },
            Kind::Pieces => self.pieces(value, next.unwrap_or(0)),
            Kind::In | Kind::Out | Kind::Out32 | Kind::Out64 => format!("{value:#x}"),
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
            Kind::Cookie
            | Kind::Count
            | Kind::Length
            | Kind::Offset
            | Kind::Signal
            | Kind::SockFlags
            | Kind::Status
            | Kind::Time => value.to_string(),
        }
    }

    fn descriptor(&self, value: u64) -> String {
        let found = u32::try_from(value).ok().and_then(|fd| self.descriptors.get(fd).ok());
        match (found.map(|descriptor| &descriptor.what), value) {
            (Some(What::Folder { preopened: Some(name), .. }), _) => {
                format!("{value} ({})", shown(name.as_bytes()))
            }
            (Some(What::Stream(_)), 0) => "0 (stdin)".to_owned(),
            (Some(What::Stream(_)), 1) => "1 (stdout)".to_owned(),
            (Some(What::Stream(_)), 2) => "2 (stderr)".to_owned(),
            (None, _) => format!("{value} (not open)"),
            _ => value.to_string(),
        }
    }

    fn pieces(&self, at: u64, count: u64) -> String {
        let list = pieces(self.memory, at, count);
        let bytes: u64 = list.iter().map(|(_, length)| length).sum();
        let told = format!("{count} at {at:#x} with {bytes} bytes");
        if !self.function.parameters.iter().any(|parameter| parameter.name == "written") {
            return told;
        }
        format!("{told} {}", shown(&gathered(self.memory, &list, bytes)))
    }
}

/// The bytes that a function has read, in words; `None` if it reads none.
pub fn read(function: &Function, arguments: &[u64], memory: &[u8]) -> Option<String> {
    let place = |kind| function.parameters.iter().position(|parameter| parameter.kind == kind);
    let count = function.parameters.iter().position(|parameter| parameter.name == "read")?;
    let read = number(memory, *arguments.get(count)?, 4)?;
    let list =
        pieces(memory, *arguments.get(place(Kind::Pieces)?)?, *arguments.get(place(Kind::Count)?)?);
    Some(format!(" {}", shown(&gathered(memory, &list, read))))
}

/// A number in memory, of so many bytes.
pub fn number(memory: &[u8], at: u64, size: u64) -> Option<u64> {
    let bytes = piece(memory, at, size)?;
    Some(bytes.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
}

fn piece(memory: &[u8], at: u64, length: u64) -> Option<&[u8]> {
    let start = usize::try_from(at).ok()?;
    memory.get(start..start.checked_add(usize::try_from(length).ok()?)?)
}

/// The addresses and lengths of a list, as far as it is in the memory.
fn pieces(memory: &[u8], at: u64, count: u64) -> Vec<(u64, u64)> {
    let list = piece(memory, at, count.min(1024) * 8).unwrap_or_default();
    let list = list.chunks_exact(8).map(|pair| (number(pair, 0, 4), number(pair, 4, 4)));
    list.filter_map(|(at, length)| Some((at?, length?))).collect()
}

/// The first bytes of pieces, one more than are shown.
fn gathered(memory: &[u8], list: &[(u64, u64)], most: u64) -> Vec<u8> {
    let most = usize::try_from(most).unwrap_or(usize::MAX).min(SHOWN + 1);
    let pieces = list.iter().filter_map(|(at, length)| piece(memory, *at, *length));
    pieces.flatten().take(most).copied().collect()
}

/// Bytes between quotes, without a control character that a terminal would obey.
fn shown(bytes: &[u8]) -> String {
    let cut = bytes.len() > SHOWN;
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN)]);
    format!("{text:?}{}", if cut { "…" } else { "" })
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
