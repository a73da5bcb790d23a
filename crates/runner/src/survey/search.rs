//! Looking for bytes in a memory.

use memchr::memmem::{Finder, FinderRev};
use watshop_protocol::page::{Error, ErrorCode, Result};

use super::whole::{BLOCK, Whole, is_zero};

/// The longest that can be looked for.
const LONGEST: usize = 64 << 10;

/// Where the bytes that are looked for may begin.
pub struct Starts {
    /// The first address.
    pub start: u64,
    /// The address after the last; the memory's end where it is beyond.
    pub end: u64,
    /// Whether the last comes first.
    pub backwards: bool,
}

/// Where bytes begin, at most `most` times, also where they overlap; and where to go on, where the
/// range is not done after a moment: the new `start`, or the new `end` of a search backwards.
///
/// # Errors
///
/// `bad_request` for nothing, or for more than 64 KiB; those of [`Whole`].
pub fn search(
    whole: &Whole<'_>,
    wanted: &[u8],
    starts: &Starts,
    most: usize,
) -> Result<(Vec<u64>, Option<u64>)> {
    if wanted.is_empty() {
        return Err(Error::new(ErrorCode::BadRequest, "There is nothing to search for."));
    }
    if wanted.len() > LONGEST {
        let why =
            format!("{} bytes are too many to search for; {LONGEST} are the most.", wanted.len());
        return Err(Error::new(ErrorCode::BadRequest, why));
    }
    let fits = (whole.size() + 1).saturating_sub(wanted.len() as u64);
    let end = starts.end.min(fits);
    let mut search = Search {
        whole,
        wanted,
        // Zeros are found where nothing was ever written, too.
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
    whole: &'a Whole<'a>,
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

    /// Reads all that may begin from `start` to `end`; gives how many bytes that are, none where
    /// nothing can be found.
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
