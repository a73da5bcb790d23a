//! A guest's memory, of which every address and length is checked.

use std::io::{IoSlice, IoSliceMut};
use std::ops::Range;

use smallvec::SmallVec;

use crate::errno::{Errno, WasiFailure, WasiResult};

/// Most pieces that a read or a write takes, as on Linux (`IOV_MAX`).
const MOST_PIECES: u32 = 1024;

/// The longest path in bytes, as on Linux (`PATH_MAX`).
const LONGEST_PATH: u32 = 4096;

/// The memory while a function of WASI works.
#[derive(Default)]
pub struct Memory<'a>(Option<&'a mut [u8]>);

impl<'a> Memory<'a> {
    /// All bytes of it; `None` if the program has no memory that WASI can find.
    pub fn new(bytes: Option<&'a mut [u8]>) -> Self {
        Self(bytes)
    }

    /// The bytes of a range.
    ///
    /// # Errors
    ///
    /// `FAULT` if some of them are outside; [`WasiFailure::NoMemory`] if there is no memory.
    pub fn bytes(&self, at: u32, length: u32) -> WasiResult<&[u8]> {
        let all = self.0.as_deref().ok_or(WasiFailure::NoMemory)?;
        all.get(range(at, length)).ok_or(Errno::FAULT.into())
    }

    /// The bytes of a range, to be written.
    ///
    /// # Errors
    ///
    /// As [`Self::bytes`].
    pub fn bytes_mut(&mut self, at: u32, length: u32) -> WasiResult<&mut [u8]> {
        let all = self.0.as_deref_mut().ok_or(WasiFailure::NoMemory)?;
        all.get_mut(range(at, length)).ok_or(Errno::FAULT.into())
    }

    /// Checks a list before anything happens.
    ///
    /// # Errors
    ///
    /// As [`Self::bytes`].
    pub fn check_list(&self, at: u32, count: u32, size: u32) -> WasiResult {
        let length = count.checked_mul(size).ok_or(Errno::FAULT)?;
        self.bytes(at, length).map(|_| ())
    }

    /// An array of bytes.
    ///
    /// # Errors
    ///
    /// As [`Self::bytes`].
    pub fn array<const N: usize>(&self, at: u32) -> WasiResult<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.bytes(at, N as u32)?);
        Ok(array)
    }

    /// Writes bytes.
    ///
    /// # Errors
    ///
    /// As [`Self::bytes`].
    pub fn put(&mut self, at: u32, bytes: &[u8]) -> WasiResult {
        let length = u32::try_from(bytes.len()).map_err(|_| Errno::FAULT)?;
        self.bytes_mut(at, length)?.copy_from_slice(bytes);
        Ok(())
    }

    /// Writes a number.
    ///
    /// # Errors
    ///
    /// As [`Self::bytes`].
    pub fn put_u32(&mut self, at: u32, number: u32) -> WasiResult {
        self.put(at, &number.to_le_bytes())
    }

    /// Writes a number.
    ///
    /// # Errors
    ///
    /// As [`Self::bytes`].
    pub fn put_u64(&mut self, at: u32, number: u64) -> WasiResult {
        self.put(at, &number.to_le_bytes())
    }

    /// A path or the text of a symbolic link.
    ///
    /// # Errors
    ///
    /// As [`Self::bytes`]; `NAMETOOLONG`; `ILSEQ` if it is not UTF-8, `INVAL` if it has a NUL.
    pub fn text(&self, at: u32, length: u32) -> WasiResult<&str> {
        let bytes = self.bytes(at, length)?;
        if length >= LONGEST_PATH {
            return Err(Errno::NAMETOOLONG.into());
        }
        let text = str::from_utf8(bytes).map_err(|_| Errno::ILSEQ)?;
        if text.contains('\0') { Err(Errno::INVAL.into()) } else { Ok(text) }
    }

    /// The pieces of memory that are to be read into (`iovec`), all of them in memory.
    ///
    /// # Errors
    ///
    /// As [`Self::bytes`]; `INVAL` if they are too many, or longer together than WASI can count.
    pub fn pieces(&self, at: u32, count: u32) -> WasiResult<Pieces> {
        let mut pieces = Few::new();
        for piece in self.listed(at, count)? {
            let (start, bytes) = piece?;
            pieces.push(range(start, bytes.len() as u32));
        }
        Ok(Pieces(pieces))
    }

    /// Adds the pieces of memory that are to be written from (`ciovec`), without the empty ones. A
    /// list that is returned would be copied twice, for longer than the rest takes.
    ///
    /// # Errors
    ///
    /// As [`Self::pieces`].
    #[inline]
    pub fn slices<'m>(&'m self, at: u32, count: u32, slices: &mut Few<IoSlice<'m>>) -> WasiResult {
        for piece in self.listed(at, count)? {
            let (_, bytes) = piece?;
            if !bytes.is_empty() {
                slices.push(IoSlice::new(bytes));
            }
        }
        Ok(())
    }

    /// The pieces that a list names, each with its address.
    #[inline]
    fn listed(
        &self,
        at: u32,
        count: u32,
    ) -> WasiResult<impl Iterator<Item = WasiResult<(u32, &[u8])>>> {
        if count > MOST_PIECES {
            return Err(Errno::INVAL.into());
        }
        let mut all = 0_u32;
        let (list, _) = self.bytes(at, count * 8)?.as_chunks::<8>();
        Ok(list.iter().map(move |[a, b, c, d, length @ ..]| {
            let (start, length) =
                (u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes(*length));
            let bytes = self.bytes(start, length)?;
            all = all.checked_add(length).ok_or(Errno::INVAL)?;
            Ok((start, bytes))
        }))
    }

    /// All of it.
    ///
    /// # Errors
    ///
    /// [`WasiFailure::NoMemory`].
    pub fn all(&mut self) -> WasiResult<&mut [u8]> {
        self.0.as_deref_mut().ok_or(WasiFailure::NoMemory)
    }
}

/// A list that is usually short. It is made without the allocator then, whose time counts beside that
/// of a small write.
pub type Few<T> = SmallVec<[T; 4]>;

/// Pieces of a memory, all of them inside.
pub struct Pieces(Few<Range<usize>>);

impl Pieces {
    /// The number of all their bytes.
    pub fn length(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }

    /// To be read into, in their order. If some overlap, only the first: a read may be short.
    pub fn exclusive<'a>(&self, memory: &'a mut [u8]) -> Few<IoSliceMut<'a>> {
        let mut order: Few<_> = (0..self.0.len()).filter(|at| !self.0[*at].is_empty()).collect();
        let first = order.first().copied();
        order.sort_by_key(|at| self.0[*at].start);
        if order.windows(2).any(|two| self.0[two[0]].end > self.0[two[1]].start) {
            order = first.into_iter().collect();
        }
        let (mut rest, mut done) = (memory, 0);
        let mut cut = Few::with_capacity(order.len());
        for at in order {
            let piece = &self.0[at];
            let (_, tail) = rest.split_at_mut(piece.start - done);
            let (bytes, tail) = tail.split_at_mut(piece.len());
            cut.push((at, IoSliceMut::new(bytes)));
            (rest, done) = (tail, piece.end);
        }
        cut.sort_by_key(|(at, _)| *at);
        cut.into_iter().map(|(_, bytes)| bytes).collect()
    }
}

#[inline]
fn range(at: u32, length: u32) -> Range<usize> {
    let start = at as usize;
    start..start.saturating_add(length as usize)
}
