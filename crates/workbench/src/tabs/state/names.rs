//! The names of files in the data folder and of values in the database.

use std::path::{Path, PathBuf};

use watshop_protocol::page::SourceKind;

/// The path of a file that belongs to a database.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The kind of a source as a word of the database.
pub(super) struct KindName(pub SourceKind);

impl KindName {
    pub(super) fn as_str(&self) -> &'static str {
        match self.0 {
            SourceKind::Wat => "wat",
            SourceKind::Wasm => "wasm",
            SourceKind::Sealed => "sealed",
        }
    }
}

impl std::str::FromStr for KindName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let all = [SourceKind::Wat, SourceKind::Wasm, SourceKind::Sealed];
        all.into_iter().map(Self).find(|kind| kind.as_str() == text).ok_or(())
    }
}
