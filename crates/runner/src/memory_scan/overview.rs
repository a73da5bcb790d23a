//! Shows the places of a memory that hold data, and whether the data has changed.

use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::say;

use super::whole::{BLOCK, WholeMemory, is_zero};

/// The hash of each bucket from `offset` on (u64, little endian; 0 if all is zero). There are as
/// many as the time permits, at least those of the first block, and at most `most`.
///
/// # Errors
///
/// `bad_request` for buckets of no bytes, and the errors of [`WholeMemory`].
pub fn survey(whole: &WholeMemory<'_>, offset: u64, bucket: u64, most: usize) -> Result<Vec<u8>> {
    if bucket == 0 {
        return Err(Error::new(
            ErrorCode::BadRequest,
            say!("A bucket must have at least one byte."),
        ));
    }
    let mut hashes = Vec::new();
    let mut buffer = vec![0; BLOCK as usize];
    let mut at = offset;
    while at < whole.size() && hashes.len() < most * 8 {
        let end = at.saturating_add(bucket).min(whole.size());
        hashes.extend_from_slice(&hash(whole, at, end, &mut buffer)?.to_le_bytes());
        at = end;
        if at - offset >= BLOCK && whole.is_late() {
            break;
        }
    }
    Ok(hashes)
}

fn hash(whole: &WholeMemory<'_>, start: u64, end: u64, buffer: &mut [u8]) -> Result<u64> {
    let mut hasher = None;
    let mut at = start;
    while at < end {
        let length = (end - at).min(BLOCK);
        let block = &mut buffer[..usize::try_from(length).unwrap_or_default()];
        if !whole.is_untouched(at, length)? {
            whole.read(at, block)?;
            if !is_zero(block) {
                let hasher = hasher.get_or_insert_with(blake3::Hasher::new);
                // The place is part of the hash, because the same bytes elsewhere are a change.
                hasher.update(&at.to_le_bytes()).update(block);
            }
        }
        at += length;
    }
    Ok(hasher.map_or(0, |hasher| {
        let bytes = hasher.finalize();
        let first = bytes.as_bytes().first_chunk().copied().unwrap_or_default();
        // The hash 0 is reserved for zeros.
        u64::from_le_bytes(first).max(1)
    }))
}
