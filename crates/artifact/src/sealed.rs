use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use memmap2::Mmap;
use watshop_protocol::passport::Passport;

use crate::layout::{self, LONGEST_PASSPORT, TRAILER, Trailer};
use crate::{ArtifactError, foreign, is_sealed};

/// An artifact that is whole: every check of this crate but [`fits`](crate::fits) has been made.
#[derive(Debug)]
pub struct Sealed {
    /// The very file that was checked, open for reading. On Linux `/proc/self/fd/N` names it even
    /// when its name has gone or belongs to another file by now.
    pub file: File,
    /// What it says of itself.
    pub passport: Passport,
    map: Mmap,
}

impl Sealed {
    /// What the compiler made: the first bytes of the file, page-aligned in memory.
    pub fn payload(&self) -> &[u8] {
        // `open` checked that the file is longer than this; a `usize` holds what is mapped.
        &self.map[..self.passport.payload_size as usize]
    }
}

/// Whether bytes are an artifact: they end as a sealed one does, or begin as a file of Wasmer's
/// own.
pub fn is_artifact(bytes: &[u8]) -> bool {
    is_sealed(bytes) || foreign::is_foreign(bytes)
}

/// What an artifact that is in memory says of itself: of a sealed one its passport, whose lengths
/// and hash are checked while the payload is not looked at; of a file of Wasmer's own what can be
/// told from its code.
///
/// # Errors
///
/// [`ArtifactError::NotSealed`] where it is neither, [`ArtifactError::Damaged`],
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
        return Err(ArtifactError::Damaged("its code is not the code that was sealed".to_owned()));
    }
    if found != *passport {
        return Err(ArtifactError::Damaged("it is another artifact than was made".to_owned()));
    }
    Ok(())
}

/// Opens an artifact and checks all of it: of a sealed one lengths, the passport's hash, the
/// payload's hash.
///
/// # Errors
///
/// [`ArtifactError::NotSealed`], [`ArtifactError::Damaged`], [`ArtifactError::Foreign`] for another
/// version of the sealed form, or [`ArtifactError::File`].
pub fn open(path: &Path) -> Result<Sealed, ArtifactError> {
    let (file, length) = open_file(path)?;
    if length < TRAILER as u64 {
        return Err(ArtifactError::NotSealed);
    }
    let map = map(&file).map_err(|e| ArtifactError::file("read", path, e))?;
    let passport = passport_of(&map)?;
    // The passport of a file of Wasmer's own has just been made of its bytes.
    let promised = is_sealed(&map);
    let sealed = Sealed { file, passport, map };
    if promised && crate::hash(sealed.payload()) != sealed.passport.payload_hash {
        return Err(ArtifactError::Damaged("its code is not the code that was sealed".to_owned()));
    }
    Ok(sealed)
}

/// The passport of a sealed file, from its last bytes: lengths and the passport's hash are checked,
/// the payload is not looked at. Of a file of Wasmer's own all of it is.
///
/// # Errors
///
/// As [`open`].
pub fn read_passport(path: &Path) -> Result<Passport, ArtifactError> {
    let (mut file, length) = open_file(path)?;
    match sealed_passport(&mut file, length, path) {
        Err(ArtifactError::NotSealed) => {
            let map = map(&file).map_err(|e| ArtifactError::file("read", path, e))?;
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
    // One read gets the trailer and all of any passport that was ever written.
    let tail = length.min((LONGEST_PASSPORT + TRAILER) as u64).min(4096);
    let end = read_end(file, length, tail).map_err(|e| ArtifactError::file("read", path, e))?;
    let at = end.len().checked_sub(TRAILER).ok_or(ArtifactError::NotSealed)?;
    let trailer = Trailer::read(&end[at..], length)?;
    let wanted = trailer.passport_length;
    if wanted <= at {
        return trailer.passport(&end[at - wanted..at]);
    }
    let end = read_end(file, length, (wanted + TRAILER) as u64)
        .map_err(|e| ArtifactError::file("read", path, e))?;
    // A file that shrank in between has fewer bytes than were asked for, and then the hash differs.
    trailer.passport(end.get(..wanted).unwrap_or_default())
}

/// Whether a file [is an artifact](is_artifact); false also where it cannot be read.
pub fn is_artifact_file(path: &Path) -> bool {
    open_file(path)
        .is_ok_and(|(file, length)| length > 0 && map(&file).is_ok_and(|map| is_artifact(&map)))
}

/// Opens a regular file and gives its length.
pub(crate) fn open_file(path: &Path) -> Result<(File, u64), ArtifactError> {
    crate::open_regular(path).map_err(|e| ArtifactError::file("read", path, e))
}

/// The last `wanted` bytes of a file; callers have bounded it.
fn read_end(file: &mut File, length: u64, wanted: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(length.saturating_sub(wanted)))?;
    let mut end = Vec::with_capacity(wanted as usize);
    file.take(wanted).read_to_end(&mut end)?;
    Ok(end)
}

#[allow(unsafe_code)]
fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the bytes must not change while they are mapped. Sealed files are replaced by
    // renaming another over their name (`seal`), never written in place, and this mapping keeps the
    // old file. Somebody else who may write the file could break that; the same person could as
    // well replace our executables, since a payload is machine code that is about to be run with
    // the same rights. If the file is cut short meanwhile, the process that reads it gets SIGBUS:
    // that is a runner, which may die.
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
#[path = "sealed_tests.rs"]
mod tests;
