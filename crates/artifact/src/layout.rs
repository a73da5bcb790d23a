//! The byte layout of a sealed file. No function here touches a file.

use watshop_protocol::passport::{FORMAT, Passport};
use watshop_protocol::say;

use crate::ArtifactError;

/// Length of the trailer in bytes: BLAKE3 of the passport (32), payload length (u64), passport
/// length (u32), [`FORMAT`] (u32), magic (8); integers little-endian.
pub const TRAILER: usize = 56;

/// The longest passport that is read or written, in bytes. A real one has about 900 bytes. The
/// bound keeps a reader from allocating a length that is garbage.
pub const LONGEST_PASSPORT: usize = 64 << 10;

/// The last bytes of every sealed file. Its control characters reveal a transfer as text.
const MAGIC: [u8; 8] = *b"WSHOP\r\n\x1a";

/// Returns true if bytes end with the magic of a sealed artifact. Nothing else is checked.
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.len() >= TRAILER && bytes.ends_with(&MAGIC)
}

/// The passport of a sealed file that is in memory. The lengths and the passport's hash are
/// checked, the payload is not read.
pub(crate) fn read_passport_bytes(bytes: &[u8]) -> Result<Passport, ArtifactError> {
    let body = bytes.len().checked_sub(TRAILER).ok_or(ArtifactError::NotSealed)?;
    let (body, trailer) = bytes.split_at(body);
    let trailer = Trailer::read(trailer, bytes.len() as u64)?;
    let passport =
        body.len().checked_sub(trailer.passport_length).ok_or(ArtifactError::NotSealed)?;
    trailer.passport(&body[passport..])
}

/// The end of a sealed file.
pub(crate) struct Trailer {
    passport_hash: [u8; 32],
    pub payload_length: u64,
    pub passport_length: usize,
}

impl Trailer {
    /// Reads the last [`TRAILER`] bytes of a file that is `file_length` bytes long.
    pub fn read(bytes: &[u8], file_length: u64) -> Result<Self, ArtifactError> {
        let bytes: &[u8; TRAILER] = bytes.try_into().map_err(|_| ArtifactError::NotSealed)?;
        if !bytes.ends_with(&MAGIC) {
            return Err(ArtifactError::NotSealed);
        }
        let passport_hash = field(bytes, 0);
        let payload_length = u64::from_le_bytes(field(bytes, 32));
        let passport_length = u32::from_le_bytes(field(bytes, 40)) as usize;
        let format = u32::from_le_bytes(field(bytes, 44));
        if format != FORMAT {
            return Err(ArtifactError::Foreign(say!(
                "it has version {format} of the sealed form, this Watshop reads version {FORMAT}"
            )));
        }
        if passport_length > LONGEST_PASSPORT {
            return Err(ArtifactError::Damaged(say!(
                "its passport claims {passport_length} bytes, more than {LONGEST_PASSPORT} are never written"
            )));
        }
        let expected = payload_length.checked_add(passport_length as u64 + TRAILER as u64);
        if expected != Some(file_length) {
            return Err(ArtifactError::Damaged(say!(
                "it is {file_length} bytes long, and its seal says another length"
            )));
        }
        Ok(Self { passport_hash, payload_length, passport_length })
    }

    /// Reads the passport's JSON and checks that it is the one that was sealed.
    pub fn passport(&self, json: &[u8]) -> Result<Passport, ArtifactError> {
        if blake3::hash(json) != self.passport_hash {
            return Err(ArtifactError::Damaged(say!(
                "its passport is not the one that was sealed"
            )));
        }
        let passport: Passport = serde_json::from_slice(json)
            .map_err(|e| ArtifactError::Damaged(say!("its passport cannot be read: {e}")))?;
        if passport.format != FORMAT || passport.payload_size != self.payload_length {
            return Err(ArtifactError::Damaged(say!(
                "its passport and its seal contradict one another"
            )));
        }
        Ok(passport)
    }
}

/// The bytes that follow the payload: passport and trailer.
pub(crate) fn ending(passport: &Passport) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec(passport)?;
    // A passport has some hundred bytes. One of 4 GiB would exceed the reader's bound long before.
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let hash = blake3::hash(&bytes);
    bytes.extend_from_slice(hash.as_bytes());
    bytes.extend_from_slice(&passport.payload_size.to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&MAGIC);
    Ok(bytes)
}

/// The bytes `at..at + N` of a trailer. Every caller stays within it.
fn field<const N: usize>(trailer: &[u8; TRAILER], at: usize) -> [u8; N] {
    std::array::from_fn(|i| trailer[at + i])
}

#[cfg(test)]
#[path = "layout_tests.rs"]
pub(crate) mod tests;
