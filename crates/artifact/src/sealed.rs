use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use watshop_protocol::say;

use memmap2::Mmap;
use watshop_protocol::passport::Passport;

use crate::layout::{self, LONGEST_PASSPORT, TRAILER, Trailer};
use crate::{ArtifactError, foreign, is_sealed};

/// An artifact that is whole. It has passed every check of this crate except [`fits`](crate::fits).
#[derive(Debug)]
pub struct SealedArtifact {
    /// The checked file itself, open for reading. On Linux `/proc/self/fd/N` names it even if its
    /// name was removed or belongs to another file by now.
    pub file: File,
    /// The description that the file gives of itself.
    pub passport: Passport,
    map: Mmap,
}

impl SealedArtifact {
    /// The compiler's output: the first bytes of the file, page-aligned in memory.
    pub fn payload(&self) -> &[u8] {
        // `open` checked that the file is longer than this, and a mapped length fits a `usize`.
        &self.map[..self.passport.payload_size as usize]
    }
}

/// Returns true if bytes are an artifact: they end as a sealed one does, or begin as a file of
/// Wasmer's own.
pub fn is_artifact(bytes: &[u8]) -> bool {
    is_sealed(bytes) || foreign::is_foreign(bytes)
}

/// The passport of an artifact that is in memory. For a sealed one, its lengths and its hash are
/// checked, and the payload is not read. For a file of Wasmer's own, the passport is made from its
/// code.
///
/// # Errors
///
/// [`ArtifactError::NotSealed`] if the bytes are neither, [`ArtifactError::Damaged`],
/// [`ArtifactError::Foreign`].
pub fn passport_of(bytes: &[u8]) -> Result<Passport, ArtifactError> {
    if is_sealed(bytes) { layout::read_passport_bytes(bytes) } else { foreign::passport(bytes) }
}

/// Checks a sealed artifact that is in memory: it is whole, and it is the one with this passport.
///
/// # Errors
///
/// [`ArtifactError::NotSealed`], [`ArtifactError::Damaged`], [`ArtifactError::Foreign`].
pub fn check(bytes: &[u8], passport: &Passport) -> Result<(), ArtifactError> {
    let found = layout::read_passport_bytes(bytes)?;
    let payload = bytes.get(..usize::try_from(found.payload_size).unwrap_or(usize::MAX));
    if payload.is_none_or(|payload| crate::hash(payload) != found.payload_hash) {
        return Err(ArtifactError::Damaged(say!("its code is not the code that was sealed")));
    }
    if found != *passport {
        return Err(ArtifactError::Damaged(say!("it is another artifact than was made")));
    }
    Ok(())
}

/// Opens an artifact and checks all of it. A sealed one is checked by its lengths, the passport's
/// hash and the payload's hash.
///
/// # Errors
///
/// [`ArtifactError::NotSealed`], [`ArtifactError::Damaged`], [`ArtifactError::Foreign`] for another
/// version of the sealed form, or [`ArtifactError::File`].
pub fn open(path: &Path) -> Result<SealedArtifact, ArtifactError> {
    let (file, length) = open_file(path)?;
    if length < TRAILER as u64 {
        return Err(ArtifactError::NotSealed);
    }
    let map = map(&file).map_err(|e| ArtifactError::file(say!("read"), path, e))?;
    let passport = passport_of(&map)?;
    // The passport of a file of Wasmer's own was made from its bytes a moment ago.
    let promised = is_sealed(&map);
    let sealed = SealedArtifact { file, passport, map };
    if promised && crate::hash(sealed.payload()) != sealed.passport.payload_hash {
        return Err(ArtifactError::Damaged(say!("its code is not the code that was sealed")));
    }
    Ok(sealed)
}

/// The passport of an artifact file. For a sealed file only its last bytes are read, and the
/// lengths and the passport's hash are checked. A file of Wasmer's own is read as a whole.
///
/// # Errors
///
/// Those of [`open`].
pub fn read_passport(path: &Path) -> Result<Passport, ArtifactError> {
    let (mut file, length) = open_file(path)?;
    match sealed_passport(&mut file, length, path) {
        Err(ArtifactError::NotSealed) => {
            let map = map(&file).map_err(|e| ArtifactError::file(say!("read"), path, e))?;
            foreign::passport(&map)
        }
        read => read,
    }
}

/// The passport of a sealed file that is open already.
pub(crate) fn sealed_passport(
    file: &mut File,
    length: u64,
    path: &Path,
) -> Result<Passport, ArtifactError> {
    // One read gets the trailer and the whole passport: none longer than this is written today.
    let tail = length.min((LONGEST_PASSPORT + TRAILER) as u64).min(4096);
    let end =
        read_end(file, length, tail).map_err(|e| ArtifactError::file(say!("read"), path, e))?;
    let at = end.len().checked_sub(TRAILER).ok_or(ArtifactError::NotSealed)?;
    let trailer = Trailer::read(&end[at..], length)?;
    let wanted = trailer.passport_length;
    if wanted <= at {
        return trailer.passport(&end[at - wanted..at]);
    }
    let end = read_end(file, length, (wanted + TRAILER) as u64)
        .map_err(|e| ArtifactError::file(say!("read"), path, e))?;
    // A file that shrank meanwhile gives fewer bytes than were asked for, and then the hash
    // differs.
    trailer.passport(end.get(..wanted).unwrap_or_default())
}

/// Returns true if a file [is an artifact](is_artifact); false also if it cannot be read.
pub fn is_artifact_file(path: &Path) -> bool {
    open_file(path)
        .is_ok_and(|(file, length)| length > 0 && map(&file).is_ok_and(|map| is_artifact(&map)))
}

/// Opens a regular file and gives its length in bytes.
pub(crate) fn open_file(path: &Path) -> Result<(File, u64), ArtifactError> {
    crate::open_regular(path).map_err(|e| ArtifactError::file(say!("read"), path, e))
}

/// The last `wanted` bytes of a file. Every caller has bounded `wanted`.
fn read_end(file: &mut File, length: u64, wanted: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(length.saturating_sub(wanted)))?;
    let mut end = Vec::with_capacity(wanted as usize);
    file.take(wanted).read_to_end(&mut end)?;
    Ok(end)
}

#[expect(unsafe_code, reason = "a file is mapped into memory")]
fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the bytes must not change while they are mapped. Sealed files are replaced by
    // renaming another over their name (`seal`), never written in place, and this mapping keeps the
    // old file. Another user who may write the file could break that. The same user could as well
    // replace our executables: a payload is machine code that is about to be run with the same
    // rights. If the file is cut short meanwhile, the process that reads it gets SIGBUS. That
    // process is a runner, which may die.
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
#[path = "sealed_tests.rs"]
mod tests;
