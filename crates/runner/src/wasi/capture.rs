//! A call of WASI as it was: its arguments with the bytes and names that they stood for, and its end.

use std::sync::Arc;

use watshop_protocol::wasi::{FUNCTIONS, Function, Kind};
use watshop_wasi::descriptors::{Descriptors, What};
use watshop_wasi::{Errno, Generation, WasiFailure, WasiResult};

/// The most parameters that a function of WASI has.
const PARAMETERS: usize = 9;

/// The most bytes of a buffer that are kept.
pub const SHOWN: usize = 64;

/// The most bytes of a path that are kept.
const SHOWN_OF_PATH: usize = 256;

/// The most pieces of a list that are read.
const MOST_PIECES: u64 = 1024;

/// A function of the table, and its place there.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Its place in [`FUNCTIONS`].
    pub index: usize,
    /// The function.
    pub function: &'static Function,
    /// True if the function may wait for something.
    pub waits: bool,
    /// True if the function fills the pieces of a list.
    pub fills: bool,
}

impl Known {
    /// The function of a name; `None` if WASI has none.
    pub fn find(name: &str) -> Option<Self> {
        let index = FUNCTIONS.binary_search_by_key(&name, |function| function.name).ok()?;
        let function = FUNCTIONS.get(index)?;
        let parameters = function.parameters;
        let waits = name == "fd_read" || parameters.iter().any(|one| one.kind == Kind::In);
        let fills = parameters.get(1).is_some_and(|second| second.kind == Kind::Pieces)
            && parameters.iter().any(|one| one.name == "read");
        Some(Self { index, function, waits, fills })
    }
}

/// A descriptor's name at the time of a call.
#[derive(Debug, Clone)]
pub struct FdName {
    /// The name.
    pub name: Arc<str>,
    /// True if it is a stream, whose name is not a path.
    pub stream: bool,
}

/// The first bytes of a text or of a list of pieces.
#[derive(Debug, Clone)]
pub struct Snippet {
    kept: [u8; SHOWN],
    long: Option<Box<[u8]>>,
    /// The number of bytes that there were; `None` if they are not in the memory.
    pub length: Option<u64>,
}

impl Snippet {
    const NONE: Self = Self { kept: [0; SHOWN], long: None, length: Some(0) };

    /// The text of a path.
    fn path(memory: &[u8], at: u64, length: u64) -> Self {
        let Some(bytes) = piece(memory, at, length) else {
            return Self { length: None, ..Self::NONE };
        };
        let mut snippet = Self { length: Some(length), ..Self::NONE };
        match bytes.len() <= SHOWN {
            true => snippet.kept[..bytes.len()].copy_from_slice(bytes),
            false => snippet.long = Some(bytes[..bytes.len().min(SHOWN_OF_PATH)].into()),
        }
        snippet
    }

    /// The kept bytes.
    pub fn bytes(&self) -> &[u8] {
        let inside = self.length.map_or(0, |length| length.min(SHOWN as u64) as usize);
        self.long.as_deref().unwrap_or(&self.kept[..inside])
    }

    /// Returns true if there were more bytes than are kept.
    pub fn is_cut(&self) -> bool {
        self.length.is_some_and(|length| length > self.bytes().len() as u64)
    }
}

/// The end of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It has not ended.
    Running,
    /// It returned a number.
    Returned(Errno),
    /// It ended the program with a status.
    Exited(u32),
    /// It was stopped.
    Stopped,
    /// It found no memory.
    NoMemory,
}

impl End {
    /// Returns true if the call did not do as it was asked.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Returned(errno) if errno != Errno::SUCCESS) || self == Self::NoMemory
    }
}

/// A call.
#[derive(Debug, Clone)]
pub struct Capture {
    /// The function.
    pub known: Known,
    /// The generation whose numbers it has.
    pub generation: Generation,
    /// Its arguments; zeros follow.
    pub arguments: [u64; PARAMETERS],
    /// The names of its descriptors in order; `None` for one that is not open.
    pub fds: [Option<FdName>; 2],
    /// Its first path, or the bytes that it wrote or read.
    pub bytes: Snippet,
    /// Its second path.
    pub second: Option<Box<Snippet>>,
    /// The first pieces of its list, each with its address and length.
    pub pieces: [(u32, u32); 2],
    /// The bytes of all its pieces.
    pub listed: u64,
    /// The number of the rule that decided; 0 if none did.
    pub rule: u8,
    /// The end.
    pub end: End,
    /// The numbers that it wrote. If it put words into memory, their number and all their bytes.
    pub numbers: [Option<u64>; 2],
}

impl Capture {
    /// A call that begins: its arguments, before the function changes the things that they point to.
    pub fn begin(
        known: Known,
        arguments: &[u64],
        memory: Option<&[u8]>,
        descriptors: &Descriptors,
        generation: Generation,
    ) -> Self {
        let mut capture = Self {
            known,
            generation,
            arguments: [0; PARAMETERS],
            fds: [None, None],
            bytes: Snippet::NONE,
            second: None,
            pieces: [(0, 0); 2],
            listed: 0,
            rule: 0,
            end: End::Running,
            numbers: [None; 2],
        };
        capture.begin_again(known, arguments, memory, descriptors, generation);
        capture
    }

    /// Does the same as [`Self::begin`] in the place of another call.
    pub fn begin_again(
        &mut self,
        known: Known,
        arguments: &[u64],
        memory: Option<&[u8]>,
        descriptors: &Descriptors,
        generation: Generation,
    ) {
        let memory = memory.unwrap_or_default();
        (self.known, self.generation) = (known, generation);
        self.arguments = [0; PARAMETERS];
        // The bytes behind the length count as none.
        (self.bytes.length, self.bytes.long, self.second) = (Some(0), None, None);
        (self.pieces, self.listed) = ([(0, 0); 2], 0);
        (self.rule, self.end, self.numbers) = (0, End::Running, [None; 2]);
        let (mut fds, mut texts) = (0, 0);
        for (at, parameter) in known.function.parameters.iter().enumerate() {
            let Some(&value) = arguments.get(at) else { break };
            self.arguments[at] = value;
            let next = || arguments.get(at + 1).copied().unwrap_or(0);
            match parameter.kind {
                Kind::Fd if fds < 2 => {
                    name_fd(&mut self.fds[fds], descriptors, value);
                    fds += 1;
                }
                Kind::Text if texts == 0 => {
                    self.bytes = Snippet::path(memory, value, next());
                    texts += 1;
                }
                Kind::Text => self.second = Some(Box::new(Snippet::path(memory, value, next()))),
                Kind::Pieces => self.list(memory, value, next()),
                _ => {}
            }
        }
        // Most calls have one descriptor, and to clone a `None` into the other place is slow.
        self.fds[fds..].iter_mut().for_each(|place| drop(place.take()));
    }

    /// The call has ended.
    pub fn finish(&mut self, ended: &WasiResult, memory: Option<&[u8]>) {
        self.end = match ended {
            Ok(()) => End::Returned(Errno::SUCCESS),
            Err(WasiFailure::Errno(errno)) => End::Returned(*errno),
            Err(WasiFailure::Exit(status)) => End::Exited(*status),
            Err(WasiFailure::Stopped) => End::Stopped,
            Err(WasiFailure::NoMemory) => End::NoMemory,
        };
        let Some(memory) = memory.filter(|_| ended.is_ok()) else { return };
        let mut numbers = 0;
        for (parameter, at) in self.known.function.parameters.iter().zip(self.arguments) {
            let told = match parameter.kind {
                Kind::Out32 => number(memory, at).map(|bytes| u32::from_le_bytes(bytes).into()),
                Kind::Out64 => number(memory, at).map(u64::from_le_bytes),
                _ => continue,
            };
            if let Some(place) = self.numbers.get_mut(numbers) {
                *place = told;
            }
            numbers += 1;
        }
        if self.known.fills {
            let read = self.numbers[0].unwrap_or(0);
            let most = usize::try_from(read).unwrap_or(usize::MAX).min(SHOWN);
            let mut filled = 0;
            for (at, length) in pieces(memory, self.arguments[1], self.arguments[2]) {
                self.keep(memory, (at, length), &mut filled, most);
            }
            self.bytes.length = Some(if filled == most { read } else { filled as u64 });
        }
    }

    /// Returns true if these letters are in a path or in a descriptor's name.
    pub fn has_in_path(&self, letters: &str) -> bool {
        let paths = self.known.function.parameters.iter().any(|one| one.kind == Kind::Text);
        let texts = [Some(&self.bytes), self.second.as_deref()].into_iter().flatten();
        let mut texts = texts.filter(|_| paths).map(|text| String::from_utf8_lossy(text.bytes()));
        letters.is_empty()
            || texts.any(|text| text.contains(letters))
            || self.fds.iter().flatten().any(|fd| fd.name.contains(letters))
    }

    /// Takes the list of a call that begins, and the first bytes of its pieces if the function does
    /// not fill them.
    fn list(&mut self, memory: &[u8], at: u64, count: u64) {
        let most = if self.known.fills { 0 } else { SHOWN };
        let (mut all, mut filled) = (0, 0);
        for (place, (start, length)) in pieces(memory, at, count).enumerate() {
            if let Some(first) = self.pieces.get_mut(place) {
                *first = (start, length);
            }
            all += u64::from(length);
            self.keep(memory, (start, length), &mut filled, most);
        }
        self.listed = all;
        if !self.known.fills {
            let whole = filled as u64 == all.min(SHOWN as u64);
            // Otherwise some pieces are not in the memory.
            self.bytes.length = Some(if whole { all } else { filled as u64 });
        }
    }

    /// Keeps the bytes of a piece behind those that are kept, up to so many of all.
    fn keep(&mut self, memory: &[u8], (at, length): (u32, u32), filled: &mut usize, most: usize) {
        if *filled == most {
            return;
        }
        let Some(bytes) = piece(memory, at.into(), length.into()) else { return };
        let room = (most - *filled).min(bytes.len());
        self.bytes.kept[*filled..*filled + room].copy_from_slice(&bytes[..room]);
        *filled += room;
    }
}

/// Puts a descriptor's name into its place, which often has it already.
fn name_fd(place: &mut Option<FdName>, descriptors: &Descriptors, value: u64) {
    let found = u32::try_from(value).ok().and_then(|fd| descriptors.get(fd).ok());
    let Some(descriptor) = found else {
        *place = None;
        return;
    };
    let stream = matches!(descriptor.what, What::Stream(_));
    match place {
        Some(had) if Arc::ptr_eq(&had.name, &descriptor.name) => had.stream = stream,
        _ => *place = Some(FdName { name: Arc::clone(&descriptor.name), stream }),
    }
}

/// A number in memory.
fn number<const N: usize>(memory: &[u8], at: u64) -> Option<[u8; N]> {
    piece(memory, at, N as u64)?.first_chunk().copied()
}

fn piece(memory: &[u8], at: u64, length: u64) -> Option<&[u8]> {
    let start = usize::try_from(at).ok()?;
    memory.get(start..start.checked_add(usize::try_from(length).ok()?)?)
}

/// The addresses and lengths of a list, as far as it is in the memory.
fn pieces(memory: &[u8], at: u64, count: u64) -> impl Iterator<Item = (u32, u32)> {
    let list = piece(memory, at, count.min(MOST_PIECES) * 8).unwrap_or_default();
    list.as_chunks::<8>().0.iter().map(|[a, b, c, d, length @ ..]| {
        (u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes(*length))
    })
}
