//! The bytes of a page of SQLite.

/// The bytes of a page, as this build of SQLite makes them.
pub(super) const PAGE: usize = 4096;

/// The four bytes at a place as a number.
pub(super) fn long(page: &[u8], at: usize) -> Option<u32> {
    page.get(at..)?.first_chunk::<4>().map(|bytes| u32::from_be_bytes(*bytes))
}
