//! Takes snapshots of a memory, and compares it with them.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use watshop_protocol::say;

use watshop_protocol::page::{Error, ErrorCode, Result, SnapshotKind};

use super::whole::{WholeMemory, is_zero};
use crate::exports::{LiveInstance, SharedView, no_instance_error};
use crate::snapshots::{BLOCK, Snapshot};

/// The most bytes of a range that are shown, before and now.
const TOLD: usize = 8;

/// The most bytes that one snapshot keeps.
const MOST: u64 = 512 << 20;

/// The present contents of a memory. If a guest runs, its parts are of different moments.
fn of(whole: &WholeMemory<'_>) -> Result<Snapshot> {
    let mut snapshot = Snapshot { pages: whole.pages(), blocks: HashMap::new() };
    let mut block = vec![0; BLOCK as usize];
    for number in 0..whole.size() / BLOCK {
        if whole.is_untouched(number * BLOCK, BLOCK)? {
            continue;
        }
        whole.read(number * BLOCK, &mut block)?;
        if is_zero(&block) {
            continue;
        }
        if snapshot.kept() >= MOST {
            let why =
                say!("The memory holds more than {} MiB; a snapshot keeps no more.", MOST >> 20);
            return Err(Error::new(ErrorCode::MemoryLimit, why)
                .help(say!("Save the range you care about as a file instead.")));
        }
        snapshot.blocks.insert(number, block.as_slice().into());
    }
    Ok(snapshot)
}

/// Keeps the present contents of a memory.
///
/// # Errors
///
/// `memory_limit` if they are more than 512 MiB, and the errors of [`WholeMemory`].
pub fn take(shown: &SharedView, memory: &str, kind: SnapshotKind) -> Result<Arc<Snapshot>> {
    let whole = WholeMemory::of(shown, memory)?;
    let snapshot = Arc::new(of(&whole)?);
    // The instance may have gone meanwhile, and another may have come.
    let shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
    let window = shown.as_ref().filter(|window| window.number() == whole.instance());
    let window = window.ok_or_else(no_instance_error)?;
    window.snapshots.all().insert((memory.to_owned(), kind), Arc::clone(&snapshot));
    Ok(snapshot)
}

/// Renews the snapshots of the moment before a call. One that cannot be renewed is dropped, because
/// an older one would show changes that the call did not make.
pub fn before_call(shown: &SharedView) {
    for memory in with_call(shown) {
        if let Err(error) = take(shown, &memory, SnapshotKind::Call) {
            tracing::warn!(%error, memory, "no snapshot is kept of the memory before the call");
            let shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(window) = shown.as_ref() {
                window.snapshots.all().remove(&(memory, SnapshotKind::Call));
            }
        }
    }
}

fn with_call(shown: &SharedView) -> Vec<String> {
    let shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(window) = shown.as_ref() else { return Vec::new() };
    let all = window.snapshots.all();
    all.keys()
        .filter(|(_, kind)| *kind == SnapshotKind::Call)
        .map(|(memory, _)| memory.clone())
        .collect()
}

/// A snapshot of a memory of the present instance.
///
/// # Errors
///
/// `bad_request` if there is none.
pub fn find(shown: &SharedView, memory: &str, kind: SnapshotKind) -> Result<Arc<Snapshot>> {
    let shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
    let of =
        |window: &LiveInstance| window.snapshots.all().get(&(memory.to_owned(), kind)).cloned();
    let window = shown.as_ref().ok_or_else(no_instance_error)?;
    of(window).ok_or_else(|| {
        Error::new(ErrorCode::BadRequest, say!("No snapshot was taken of the memory `{memory}`."))
            .help(say!("Take one first."))
    })
}

/// The differences from a snapshot.
pub struct Differences {
    /// The offset and length of each run of bytes.
    pub ranges: Vec<(u64, u64)>,
    /// The offset to continue from, if the range is not finished.
    pub next: Option<u64>,
}

/// Runs of bytes that differ from a snapshot. If the range is not finished in time, or if there are
/// more than `most` runs, also the offset to continue from. Bytes by which the memory has grown
/// count as zero before.
///
/// # Errors
///
/// The errors of [`WholeMemory`].
pub fn compare(
    whole: &WholeMemory<'_>,
    with: &Snapshot,
    offset: u64,
    length: u64,
    most: usize,
) -> Result<Differences> {
    let end = offset.saturating_add(length).min(whole.size());
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    let mut now = vec![0; BLOCK as usize];
    let zeros = vec![0; BLOCK as usize];
    let mut at = offset;
    while at < end {
        let number = at / BLOCK;
        let stop = ((number + 1) * BLOCK).min(end);
        let part = (at % BLOCK) as usize..(at % BLOCK + stop - at) as usize;
        let before = with.blocks.get(&number).map(|block| &block[part.clone()]);
        if before.is_some() || !whole.is_untouched(at, stop - at)? {
            let now = &mut now[part.clone()];
            whole.read(at, now)?;
            let before = before.unwrap_or(&zeros[part]);
            // One comparison of all bytes is many times faster, and most blocks have not changed.
            if now != before
                && let Some(next) = differ(at, before, now, &mut ranges, most)
            {
                return Ok(Differences { ranges, next: Some(next) });
            }
        }
        at = stop;
        if at < end && whole.is_late() {
            return Ok(Differences { ranges, next: Some(at) });
        }
    }
    Ok(Differences { ranges, next: None })
}

/// The first bytes of each range, before and now: 8 and 8. Behind a shorter range there are zeros.
///
/// # Errors
///
/// The errors of [`WholeMemory`].
pub fn tell(whole: &WholeMemory<'_>, with: &Snapshot, ranges: &[(u64, u64)]) -> Result<Vec<u8>> {
    let mut told = vec![0; ranges.len() * TOLD * 2];
    for ((offset, length), told) in ranges.iter().zip(told.chunks_exact_mut(TOLD * 2)) {
        let length = usize::try_from(*length).map_or(TOLD, |length| length.min(TOLD));
        let (before, now) = told.split_at_mut(TOLD);
        with.copy(*offset, &mut before[..length]);
        whole.read(*offset, &mut now[..length])?;
    }
    Ok(told)
}

/// Adds the runs that differ. Gives the place of the first that is too many.
fn differ(
    from: u64,
    before: &[u8],
    now: &[u8],
    ranges: &mut Vec<(u64, u64)>,
    most: usize,
) -> Option<u64> {
    for (at, _) in (from..).zip(before.iter().zip(now)).filter(|(_, (before, now))| before != now) {
        let full = ranges.len() >= most;
        match ranges.last_mut() {
            Some((start, length)) if *start + *length == at => *length += 1,
            _ if full => return Some(at),
            _ => ranges.push((at, 1)),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::differ;

    #[test]
    fn runs_of_bytes_that_differ_are_told_as_one_also_across_blocks() {
        let mut ranges = Vec::new();
        assert_eq!(differ(100, b"aaaaa", b"abbab", &mut ranges, 9), None);
        assert_eq!(differ(105, b"aaa", b"bba", &mut ranges, 9), None);
        assert_eq!(ranges, [(101, 2), (104, 3)]);
        assert_eq!(differ(200, b"aaaa", b"abab", &mut ranges, 3), Some(203));
        assert_eq!(ranges, [(101, 2), (104, 3), (201, 1)]);
    }
}
