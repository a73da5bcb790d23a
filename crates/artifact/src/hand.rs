//! The signing key of a data folder. The hashes of a passport tell that a file is whole, but anyone
//! can write them; a signature tells that this data folder made it.

use std::io::{self, Write as _};
use std::path::Path;

use watshop_protocol::passport::Passport;

use crate::ArtifactError;

/// The secret of a data folder: 32 random bytes that never leave it.
#[derive(Clone, PartialEq, Eq)]
pub struct Hand([u8; 32]);

impl std::fmt::Debug for Hand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hand")
    }
}

impl Hand {
    /// Reads the secret from a file, and makes the file if it does not exist. Several processes
    /// that ask at once get the same secret.
    ///
    /// # Errors
    ///
    /// [`ArtifactError::File`] if the file can be neither read nor made, or does not hold 32 bytes.
    pub fn open(path: &Path) -> Result<Self, ArtifactError> {
        match read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            read => return read.map_err(|e| ArtifactError::file("read", path, e)),
        }
        // If two processes make the file at the same time, the second one reads that of the first.
        match make(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(path),
            made => made,
        }
        .map_err(|e| ArtifactError::file("write", path, e))
    }

    /// Writes the secret to its file again if the data folder was removed.
    ///
    /// # Errors
    ///
    /// [`ArtifactError::File`] or [`ArtifactError::DiskFull`].
    pub fn keep(&self, path: &Path) -> Result<(), ArtifactError> {
        match write(path, &self.0) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            written => written.map_err(|e| ArtifactError::file("write", path, e)),
        }
    }

    /// The secret as hexadecimal digits, for a process that signs.
    pub fn to_hex(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }

    /// Reads the secret from hexadecimal digits; `None` if they are not 64.
    pub fn from_hex(digits: &str) -> Option<Self> {
        blake3::Hash::from_hex(digits).ok().map(|hash| Self(*hash.as_bytes()))
    }

    /// The signature, for the passport's field `hand`.
    pub(crate) fn sign(&self, passport: &Passport) -> String {
        self.keyed(passport).to_hex().to_string()
    }

    /// Returns true if this hand signed the passport.
    pub fn made(&self, passport: &Passport) -> bool {
        // Hashes are compared in constant time.
        let signed = passport.hand.as_deref().and_then(|hand| blake3::Hash::from_hex(hand).ok());
        signed.is_some_and(|hash| hash == self.keyed(passport))
    }

    fn keyed(&self, passport: &Passport) -> blake3::Hash {
        let unsigned = Passport { hand: None, ..passport.clone() };
        // A passport consists of strings, numbers and switches, so serialising it does not fail.
        let bytes = serde_json::to_vec(&unsigned).unwrap_or_default();
        blake3::keyed_hash(&self.0, &bytes)
    }
}

fn read(path: &Path) -> io::Result<Hand> {
    let bytes = crate::read_regular(path, 1024)?;
    let secret =
        bytes.try_into().map_err(|_| io::Error::other("it does not hold 32 bytes; remove it"))?;
    Ok(Hand(secret))
}

fn make(path: &Path) -> io::Result<Hand> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(io::Error::other)?;
    write(path, &secret)?;
    Ok(Hand(secret))
}

/// Writes the file if it does not exist.
fn write(path: &Path, secret: &[u8; 32]) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Only its owner may read a file that is made this way.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(secret)?;
    file.persist_noclobber(path).map_err(|e| e.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{draft, passport};

    #[test]
    fn a_hand_knows_what_it_made_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let mine = Hand::open(&folder.path().join("mine")).unwrap();
        let other = Hand::open(&folder.path().join("other")).unwrap();
        let made = crate::Draft { hand: Some(mine.clone()), ..draft() }.passport("00".into(), 3);
        assert!(mine.made(&made) && !other.made(&made) && !mine.made(&passport(b"")));
        let changed = Passport { payload_hash: "01".into(), ..made.clone() };
        assert!(!mine.made(&changed), "a signature is of one payload");
        assert!(!mine.made(&Passport { hand: Some("nonsense".into()), ..made }));
    }

    #[test]
    fn a_folder_has_one_hand_however_many_ask() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hand");
        let hands: Vec<_> = std::thread::scope(|scope| {
            let asking: Vec<_> =
                (0..8).map(|_| scope.spawn(|| Hand::open(&path).unwrap())).collect();
            asking.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(hands.iter().all(|hand| *hand == hands[0]));
        assert_eq!(Hand::from_hex(&hands[0].to_hex()).as_ref(), Some(&hands[0]));
    }

    #[test]
    fn nobody_else_may_read_it_and_another_file_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hand");
        Hand::open(&path).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o77, 0);
        std::fs::write(&path, b"short").unwrap();
        assert!(Hand::open(&path).unwrap_err().to_string().contains("32 bytes"));
    }
}
