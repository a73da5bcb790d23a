//! Opening files: from the host, or bytes that a page was given.

use std::io;
use std::path::Path;
use std::sync::Arc;

use watshop_module::Sniffed;
use watshop_protocol::page::{Error, ErrorCode, HostPath, Maker, Result, Settings};

use crate::bench::Bench;
use crate::config::file_error;
use crate::looks::looks_like;
use crate::source::{Binary, Content, Source};
use crate::sync::lock;
use crate::tab::Tab;
use crate::tabs::NewTab;

/// The largest file that is opened, in bytes.
pub const LARGEST_FILE: u64 = 100 << 20;

impl Bench {
    /// Opens a file; the tab that has it already, where one has.
    pub(crate) async fn open_path(self: &Arc<Self>, path: HostPath) -> Result<Arc<Tab>> {
        let _one_at_a_time = self.opening.lock().await;
        let bench = Arc::clone(self);
        blocking(move || {
            let path: &Path = path.as_ref();
            let path = path.canonicalize().map_err(|e| file_error("opening", path, &e))?;
            if let Some(tab) = bench.tab_of(&path) {
                return Ok(tab);
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let bytes = read(&path)?;
            let source = bench.source(&name, bytes)?;
            Ok(bench.add_tab(NewTab { title: name, path: Some(path), source, settings: Settings::default() }))
        })
        .await
    }

    /// Opens bytes under a name.
    pub(crate) async fn open_bytes(self: &Arc<Self>, name: String, bytes: Vec<u8>) -> Result<Arc<Tab>> {
        let bench = Arc::clone(self);
        blocking(move || {
            let title = plain_name(&name);
            if bytes.len() as u64 > LARGEST_FILE {
                return Err(too_large(&title, bytes.len() as u64));
            }
            let source = bench.source(&title, bytes)?;
            Ok(bench.add_tab(NewTab { title, path: None, source, settings: Settings::default() }))
        })
        .await
    }

    /// The open tab of a file.
    pub(crate) fn tab_of(&self, path: &Path) -> Option<Arc<Tab>> {
        let shelf = lock(&self.shelf);
        shelf.open.iter().find(|tab| tab.held().path.as_deref() == Some(path)).cloned()
    }

    /// What bytes are; those of a binary or an artifact are kept.
    fn source(&self, name: &str, bytes: Vec<u8>) -> Result<Source> {
        if watshop_artifact::is_artifact(&bytes) {
            let passport = watshop_artifact::passport_of(&bytes)?;
            let maker = self.foundry.maker(&passport);
            if maker == Maker::Unknown {
                watshop_artifact::prove_bytes(&passport, &bytes)?;
            }
            let hash = self.sources.keep(&bytes)?;
            return Ok(Source::Sealed { hash, passport: Some(Arc::new(passport)), maker });
        }
        match watshop_module::sniff(&bytes) {
            Sniffed::Wasm => {
                let hash = self.keep_binary(&bytes)?;
                Ok(Source::Wasm { hash, content: Content::Read(Binary::new(bytes)) })
            }
            Sniffed::Wat => text(bytes).map(|text| Source::Wat(text.into())).ok_or_else(|| other(name, &[])),
            Sniffed::Empty => Err(Error::new(ErrorCode::EmptyFile, format!("There is nothing in `{name}`."))
                .help("A module needs at least `(module)`.")),
            Sniffed::Component => Err(Error::new(
                ErrorCode::NotAModule,
                format!("`{name}` is a WebAssembly component, and Wasmer runs core modules only."),
            )
            .help("`wasm-tools component unbundle` takes the core modules out of a component.")),
            // Somebody's module in the making: the editor says what is wrong, and where.
            Sniffed::Other
                if is_wat(name)
                    && std::str::from_utf8(&bytes).is_ok()
                    && watshop_module::other_encoding(&bytes).is_none() =>
            {
                text(bytes).map(|text| Source::Wat(text.into())).ok_or_else(|| other(name, &[]))
            }
            Sniffed::Other => Err(other(name, &bytes)),
        }
    }

    /// A binary is in memory as long as its tab; it is written only for the next start.
    fn keep_binary(&self, bytes: &[u8]) -> Result<String> {
        if self.sources.outlive_the_process() {
            return self.sources.keep(bytes);
        }
        Ok(watshop_module::hash(bytes))
    }
}

/// Does what takes a while where it holds nobody up.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(Error::new(ErrorCode::File, format!("The file could not be dealt with: {error}.")))
    })
}

/// Reads a file that somebody named.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    watshop_artifact::read_regular(path, LARGEST_FILE).map_err(|error| match error.kind() {
        io::ErrorKind::IsADirectory => no_file(path, "a folder"),
        io::ErrorKind::InvalidInput => no_file(path, "no regular file but a pipe, a device or a socket"),
        io::ErrorKind::FileTooLarge => {
            let length = path.metadata().map_or(0, |about| about.len());
            too_large(&path.display().to_string(), length.max(LARGEST_FILE + 1))
        }
        _ => file_error("reading", path, &error),
    })
}

fn no_file(path: &Path, what: &str) -> Error {
    Error::new(ErrorCode::File, format!("`{}` is {what}.", path.display()))
        .help("Open a .wat or .wasm file, or a sealed file made by Watshop.")
}

fn too_large(name: &str, length: u64) -> Error {
    let mib = |bytes: u64| bytes.div_ceil(1 << 20);
    Error::new(
        ErrorCode::FileTooLarge,
        format!("`{name}` has {} MiB; at most {} MiB are opened.", mib(length), mib(LARGEST_FILE)),
    )
    .help("`wasm-strip` or `wasm-tools strip` takes debug information out of a module, which is often most of it.")
}

fn other(name: &str, bytes: &[u8]) -> Error {
    if let Some(mut error) = watshop_module::other_encoding(bytes) {
        error.message = format!("`{name}`: {}", error.message);
        return error;
    }
    Error::new(
        ErrorCode::NotAModule,
        format!("`{name}` is not a WebAssembly module: it looks like {}.", looks_like(bytes)),
    )
    .help("Open a .wat or .wasm file, or a sealed file made by Watshop.")
}

fn text(bytes: Vec<u8>) -> Option<String> {
    String::from_utf8(bytes).ok()
}

fn is_wat(name: &str) -> bool {
    let ending = Path::new(name).extension().unwrap_or_default();
    ending.eq_ignore_ascii_case("wat") || ending.eq_ignore_ascii_case("wast")
}

/// A name without folders and control characters; a page can send anything.
pub(crate) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(255).collect();
    if matches!(clean.trim(), "" | "." | "..") { "untitled.wat".into() } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_a_page_is_only_a_name() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\a\\b.wat"), "b.wat");
        assert_eq!(plain_name("a\n\0b.wat"), "ab.wat");
        for none in ["  ", "..", "a/..", ".", "/"] {
            assert_eq!(plain_name(none), "untitled.wat");
        }
    }

    #[test]
    fn too_large_says_how_large_and_how_large_it_may_be() {
        let error = too_large("big.wasm", LARGEST_FILE + 1);
        assert_eq!(error.code, ErrorCode::FileTooLarge);
        assert_eq!(error.message, "`big.wasm` has 101 MiB; at most 100 MiB are opened.");
    }
}
