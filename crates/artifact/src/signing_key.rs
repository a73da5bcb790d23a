//! The key that signs artifacts. The hashes of a passport show that a file is whole, but anyone can
//! write them.

use std::io::{self, Write as _};
use std::path::Path;
use watshop_protocol::say;

use watshop_protocol::passport::Passport;

use crate::ArtifactError;

/// The secret of a data folder: 32 random bytes that never leave it.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey([u8; 32]);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey")
    }
}

impl SigningKey {
    /// Reads the secret from a file, and makes the file if it does not exist. Several processes
    /// that ask at once get the same secret.
    ///
    /// # Errors
    ///
    /// [`ArtifactError::File`] if the file can be neither read nor made, or does not hold 32 bytes.
    pub fn open(path: &Path) -> Result<Self, ArtifactError> {
        match read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            read => return read.map_err(|e| ArtifactError::file(say!("read"), path, e)),
        }
        // If two processes make the file at the same time, the second one reads that of the first.
        match make(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(path),
            made => made,
        }
        .map_err(|e| ArtifactError::file(say!("write"), path, e))
    }

    /// Writes the secret to its file again if the data folder was removed.
    ///
    /// # Errors
    ///
    /// [`ArtifactError::File`] or [`ArtifactError::DiskFull`].
    pub fn keep(&self, path: &Path) -> Result<(), ArtifactError> {
        match write(path, &self.0) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            written => written.map_err(|e| ArtifactError::file(say!("write"), path, e)),
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

    /// The signature that goes into the passport.
    pub(crate) fn sign(&self, passport: &Passport) -> String {
        self.keyed(passport).to_hex().to_string()
    }

    /// Returns true if this key signed the passport.
    pub fn signed(&self, passport: &Passport) -> bool {
        // Hashes are compared in constant time.
        let signed =
            passport.signature.as_deref().and_then(|hash| blake3::Hash::from_hex(hash).ok());
        signed.is_some_and(|hash| hash == self.keyed(passport))
    }

    fn keyed(&self, passport: &Passport) -> blake3::Hash {
        let unsigned = Passport { signature: None, ..passport.clone() };
        // A passport consists of strings, numbers and switches, so serialising it does not fail.
        let bytes = serde_json::to_vec(&unsigned).unwrap_or_default();
        blake3::keyed_hash(&self.0, &bytes)
    }
}

fn read(path: &Path) -> io::Result<SigningKey> {
    let bytes = crate::read_regular(path, 1024)?;
    let secret =
        bytes.try_into().map_err(|_| io::Error::other("it does not hold 32 bytes; remove it"))?;
    Ok(SigningKey(secret))
}

fn make(path: &Path) -> io::Result<SigningKey> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(io::Error::other)?;
    write(path, &secret)?;
    Ok(SigningKey(secret))
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
    fn a_key_knows_what_it_signed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let mine = SigningKey::open(&folder.path().join("mine")).unwrap();
        let other = SigningKey::open(&folder.path().join("other")).unwrap();
        let made =
            crate::Draft { signing_key: Some(mine.clone()), ..draft() }.passport("00".into(), 3);
        assert!(mine.signed(&made) && !other.signed(&made) && !mine.signed(&passport(b"")));
        let changed = Passport { payload_hash: "01".into(), ..made.clone() };
        assert!(!mine.signed(&changed), "a signature is of one payload");
        assert!(!mine.signed(&Passport { signature: Some("nonsense".into()), ..made }));
    }

    #[test]
    fn a_folder_has_one_key_however_many_ask() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("signing.key");
        let keys: Vec<_> = std::thread::scope(|scope| {
            let asking: Vec<_> =
                (0..8).map(|_| scope.spawn(|| SigningKey::open(&path).unwrap())).collect();
            asking.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
        assert_eq!(SigningKey::from_hex(&keys[0].to_hex()).as_ref(), Some(&keys[0]));
    }

    #[test]
    fn nobody_else_may_read_it_and_another_file_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("signing.key");
        SigningKey::open(&path).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o77, 0);
        std::fs::write(&path, b"short").unwrap();
        assert!(SigningKey::open(&path).unwrap_err().to_string().contains("32 bytes"));
    }
}
