//! The write-ahead log of a database that no process has open: its frames, and damage that SQLite
//! does not report. By the description of the file format
//! (<https://www.sqlite.org/fileformat.html#the_write_ahead_log>).

use std::collections::HashMap;

use super::page_bytes::{PAGE, long};

/// The bytes before the first frame, and before the page of each frame.
const HEADER: usize = 32;
const FRAME: usize = 24;

/// The first number of a log whose checksums are of little-endian words. The last bit means
/// big-endian ones.
const MAGIC: u32 = 0x377f_0682;

/// True if frames were written that SQLite ignores. It reads a log up to the first frame that does
/// not fit, without an error, because the last frame may be incomplete after a kill.
pub(super) fn is_damaged(log: &[u8]) -> bool {
    let Some((header, mut rest)) = log.split_first_chunk::<HEADER>() else {
        return !log.is_empty();
    };
    let Some(mut sum) = sound_header(header) else { return true };
    let salts = &header[16..24];
    while let Some((frame, later)) = rest.split_at_checked(FRAME + PAGE) {
        if &frame[8..16] != salts {
            // The rest is of an earlier use of the file, unless a later frame is of this one.
            return later.windows(salts.len()).any(|bytes| bytes == salts);
        }
        sum.add(&frame[..8]);
        sum.add(&frame[FRAME..]);
        if !sum.is(&frame[16..24]) {
            return true;
        }
        rest = later;
    }
    // A kill leaves nothing, or a frame without its page.
    !rest.is_empty() && rest.len() != FRAME
}

/// The pages that are part of a whole transaction. The later of two versions counts.
pub(super) fn pages(log: &[u8]) -> HashMap<u32, &[u8]> {
    let (mut whole, mut open) = (HashMap::new(), Vec::new());
    let frames: Vec<_> = log.get(HEADER..).unwrap_or_default().chunks_exact(FRAME + PAGE).collect();
    let salts = salts(log, &frames);
    // Frames of an earlier use of the log are still there behind those of this use. A frame between
    // two of this use is of this use, too: its salts are damaged.
    let last = frames.iter().rposition(|frame| Some(&frame[8..16]) == salts);
    for frame in frames.iter().take(last.map_or(0, |last| last + 1)) {
        let (Some(page), Some(commit)) = (long(frame, 0), long(frame, 4)) else { break };
        open.push((page, &frame[FRAME..]));
        if commit > 0 {
            whole.extend(open.drain(..));
        }
    }
    whole
}

/// The mark of the frames of this use: that of the header, or if the header is damaged, the one
/// that most frames have.
fn salts<'a>(log: &'a [u8], frames: &[&'a [u8]]) -> Option<&'a [u8]> {
    if let Some(header) = log.first_chunk::<HEADER>()
        && sound_header(header).is_some()
    {
        return log.get(16..24);
    }
    let mut counts: HashMap<&[u8], usize> = HashMap::new();
    for frame in frames {
        *counts.entry(&frame[8..16]).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(salts, _)| salts)
}

/// The checksum up to the end of the header; none if the header is damaged.
fn sound_header(header: &[u8; HEADER]) -> Option<Checksum> {
    let magic = long(header, 0).filter(|magic| magic & !1 == MAGIC)?;
    let mut sum = Checksum { big_endian: magic & 1 == 1, sums: [0, 0] };
    sum.add(&header[..24]);
    sum.is(&header[24..]).then_some(sum)
}

/// The checksum of everything before it in the log.
struct Checksum {
    big_endian: bool,
    sums: [u32; 2],
}

impl Checksum {
    fn add(&mut self, bytes: &[u8]) {
        let word = |bytes: &[u8; 4]| match self.big_endian {
            true => u32::from_be_bytes(*bytes),
            false => u32::from_le_bytes(*bytes),
        };
        let [mut first, mut second] = self.sums;
        for pair in bytes.as_chunks::<4>().0.as_chunks::<2>().0 {
            first = first.wrapping_add(word(&pair[0])).wrapping_add(second);
            second = second.wrapping_add(word(&pair[1])).wrapping_add(first);
        }
        self.sums = [first, second];
    }

    /// True if this is the checksum in these bytes.
    fn is(&self, bytes: &[u8]) -> bool {
        [long(bytes, 0), long(bytes, 4)] == self.sums.map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The log of a database with three transactions, before it is written into the file.
    fn log() -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        let database = rusqlite::Connection::open(&path).unwrap();
        database.pragma_update(None, "journal_mode", "wal").unwrap();
        for table in ["a", "b", "c"] {
            database.execute_batch(&format!("CREATE TABLE {table} (x TEXT)")).unwrap();
        }
        std::fs::read(folder.path().join("a.sqlite-wal")).unwrap()
    }

    #[test]
    fn a_log_as_sqlite_leaves_it_is_sound() {
        let log = log();
        assert!(log.len() > HEADER + 3 * (FRAME + PAGE));
        assert!(!is_damaged(&log));
        assert!(!is_damaged(b""));
        assert!(!is_damaged(&log[..log.len() - PAGE]), "it was killed before it wrote the page");
        let mut used_before = log.clone();
        let last = log.len() - FRAME - PAGE;
        used_before[last + 8..last + 16].fill(7);
        assert!(!is_damaged(&used_before), "the last frame is of an earlier use");
    }

    #[test]
    fn a_byte_anywhere_and_a_cut_are_damage() {
        let log = log();
        for at in (0..log.len() - FRAME - PAGE).step_by(97) {
            let mut damaged = log.clone();
            damaged[at] ^= 4;
            assert!(is_damaged(&damaged), "byte {at}");
        }
        for length in [1, HEADER - 1, HEADER + 1, log.len() - 1, log.len() - PAGE - 1] {
            assert!(is_damaged(&log[..length]), "{length} bytes");
        }
    }

    #[test]
    fn the_pages_are_found_without_a_sound_header() {
        let log = log();
        let mut damaged = log.clone();
        damaged[..HEADER].fill(0);
        assert!(!pages(&log).is_empty());
        assert_eq!(pages(&damaged), pages(&log));
    }

    #[test]
    fn the_pages_of_a_frame_are_found_without_its_salts() {
        let log = log();
        let mut damaged = log.clone();
        damaged[HEADER + 8] ^= 1;
        assert_eq!(pages(&damaged), pages(&log));
    }
}
