//! Searches a memory for bytes.

use memchr::memmem::{Finder, FinderRev};
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::say;

use super::whole::{BLOCK, WholeMemory, is_zero};

/// The most bytes that can be searched for.
const LONGEST: usize = 64 << 10;

/// The addresses at which a match may begin.
pub struct Starts {
    /// The first address.
    pub start: u64,
    /// The address after the last. A larger one than the memory's end means the end.
    pub end: u64,
    /// True if the last match comes first.
    pub backwards: bool,
}

/// The addresses of at most `most` matches, which may overlap. If the range is not finished in
/// time, also the address to continue from: the new `start`, or the new `end` of a search
/// backwards.
///
/// # Errors
///
/// `bad_request` for no bytes or for more than 64 KiB, and the errors of [`WholeMemory`].
pub fn search(
    whole: &WholeMemory<'_>,
    wanted: &[u8],
    starts: &Starts,
    most: usize,
) -> Result<(Vec<u64>, Option<u64>)> {
    if wanted.is_empty() {
        return Err(Error::new(ErrorCode::BadRequest, say!("There is nothing to search for.")));
    }
    if wanted.len() > LONGEST {
        let why =
            say!("{} bytes are too many to search for; {LONGEST} are the most.", wanted.len());
        return Err(Error::new(ErrorCode::BadRequest, why));
    }
    let fits = (whole.size() + 1).saturating_sub(wanted.len() as u64);
    let end = starts.end.min(fits);
    let mut search = Search {
        whole,
        wanted,
        // Zeros are also found in pages that were never written.
        zeros: is_zero(wanted),
        most,
        found: Vec::new(),
        buffer: vec![0; BLOCK as usize + wanted.len() - 1],
    };
    let next = if starts.backwards {
        search.backwards(starts.start, end)?
    } else {
        search.forwards(starts.start, end)?
    };
    Ok((search.found, next))
}

struct Search<'a> {
    whole: &'a WholeMemory<'a>,
    wanted: &'a [u8],
    zeros: bool,
    most: usize,
    found: Vec<u64>,
    buffer: Vec<u8>,
}

impl Search<'_> {
    fn forwards(&mut self, mut at: u64, end: u64) -> Result<Option<u64>> {
        let finder = Finder::new(self.wanted);
        while at < end {
            let stop = (at + BLOCK).min(end);
            let length = self.load(at, stop)?;
            let mut from = 0;
            while let Some(hit) = finder.find(&self.buffer[from..length]) {
                from += hit + 1;
                if self.found.len() >= self.most {
                    return Ok(Some(at + from as u64 - 1));
                }
                self.found.push(at + from as u64 - 1);
            }
            at = stop;
            if at < end && self.whole.is_late() {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    fn backwards(&mut self, start: u64, mut at: u64) -> Result<Option<u64>> {
        let finder = FinderRev::new(self.wanted);
        while at > start {
            let first = at.saturating_sub(BLOCK).max(start);
            let mut length = self.load(first, at)?;
            while let Some(hit) = finder.rfind(&self.buffer[..length]) {
                if self.found.len() >= self.most {
                    return Ok(Some(first + hit as u64 + 1));
                }
                self.found.push(first + hit as u64);
                length = hit + self.wanted.len() - 1;
            }
            at = first;
            if at > start && self.whole.is_late() {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// Reads all matches that may begin from `start` to `end`, and gives the number of bytes. It is
    /// 0 if no match is possible.
    fn load(&mut self, start: u64, end: u64) -> Result<usize> {
        let length = end - start + self.wanted.len() as u64 - 1;
        if !self.zeros && self.whole.is_untouched(start, length)? {
            return Ok(0);
        }
        let length = usize::try_from(length).unwrap_or(usize::MAX).min(self.buffer.len());
        self.whole.read(start, &mut self.buffer[..length])?;
        Ok(length)
    }
}
