//! Opens files of the host, or bytes from a page.

use std::path::Path;
use std::sync::Arc;
use watshop_protocol::say;

use watshop_module::FileFormat;
use watshop_protocol::page::{Error, ErrorCode, HostPath, Maker, Result, Settings};

use super::Files;
use super::file_type::looks_like;
use super::read::{read, too_large_error};
use crate::config::file_error;
use crate::tabs::{Binary, BinaryState, LARGEST_FILE, NewTab, Source, Tab};
use crate::task::blocking;

/// The tab of a file.
pub(crate) enum OpenedTab {
    New(Arc<Tab>),
    /// The file was already open in this tab.
    Known(Arc<Tab>),
}

impl Files {
    /// Opens a file. If a tab has it already, gives that tab.
    pub(crate) async fn open_path(self: &Arc<Self>, path: HostPath) -> Result<Arc<Tab>> {
        match self.open_or_find(path).await? {
            OpenedTab::New(tab) | OpenedTab::Known(tab) => Ok(tab),
        }
    }

    /// Opens a file, and says whether the tab is a new one.
    pub(crate) async fn open_or_find(self: &Arc<Self>, path: HostPath) -> Result<OpenedTab> {
        let _one_at_a_time = self.opening.lock().await;
        let files = Arc::clone(self);
        blocking(move || {
            let path: &Path = path.as_ref();
            let path = path.canonicalize().map_err(|e| file_error(say!("Opening"), path, &e))?;
            if let Some(tab) = files.tab_of(&path) {
                return Ok(OpenedTab::Known(tab));
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let bytes = read(&path)?;
            let source = files.source(&name, bytes)?;
            let new = NewTab {
                title: Some(name),
                path: Some(path),
                source,
                settings: Settings::default(),
            };
            Ok(OpenedTab::New(files.tabs.add_tab(new)))
        })
        .await
    }

    /// Opens bytes under a name.
    pub(crate) async fn open_bytes(
        self: &Arc<Self>,
        name: String,
        bytes: Vec<u8>,
    ) -> Result<Arc<Tab>> {
        let files = Arc::clone(self);
        blocking(move || {
            let title = plain_name(&name);
            if bytes.len() as u64 > LARGEST_FILE {
                return Err(too_large_error(&title, bytes.len() as u64));
            }
            let source = files.source(&title, bytes)?;
            Ok(files.tabs.add_tab(NewTab {
                title: Some(title),
                path: None,
                source,
                settings: Settings::default(),
            }))
        })
        .await
    }

    /// Opens a core module of a component that is a file of the host.
    pub(crate) async fn open_core_path(
        self: &Arc<Self>,
        path: HostPath,
        module: u32,
    ) -> Result<Arc<Tab>> {
        let file = path.clone();
        let bytes = blocking(move || read(file.as_ref())).await?;
        let path: &Path = path.as_ref();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.open_core(name, bytes, module).await
    }

    /// Opens a core module of a component.
    pub(crate) async fn open_core(
        self: &Arc<Self>,
        name: String,
        bytes: Vec<u8>,
        module: u32,
    ) -> Result<Arc<Tab>> {
        let title = plain_name(&name);
        let Some(core) = watshop_module::core_module(&bytes, module) else {
            let why = say!("`{title}` has no core module {module} inside.");
            return Err(Error::new(ErrorCode::NotAModule, why)
                .help(say!("It is a component only if it begins as one.")));
        };
        let stem = title.strip_suffix(".wasm").unwrap_or(&title);
        self.open_bytes(format!("{stem}.core{module}.wasm"), core.to_vec()).await
    }

    /// The open tab of a file.
    pub(crate) fn tab_of(&self, path: &Path) -> Option<Arc<Tab>> {
        self.tabs.open().into_iter().find(|tab| tab.held().path.as_deref() == Some(path))
    }

    /// The source from bytes. Those of a binary or an artifact are kept.
    fn source(&self, name: &str, bytes: Vec<u8>) -> Result<Source> {
        if watshop_artifact::is_artifact(&bytes) {
            let passport = watshop_artifact::passport_of(&bytes)?;
            let maker = self.builder.maker(&passport);
            if maker == Maker::Unknown {
                watshop_artifact::prove_bytes(&passport, &bytes)?;
            }
            let hash = self.tabs.sources().keep(&bytes)?;
            return Ok(Source::Sealed { hash, passport: Some(Arc::new(passport)), maker });
        }
        match watshop_module::sniff(&bytes) {
            FileFormat::Wasm => {
                let hash = self.keep_binary(&bytes)?;
                Ok(Source::Wasm { hash, content: BinaryState::Read(Binary::new(bytes)) })
            }
            FileFormat::Wat => text(bytes)
                .map(|text| Source::Wat(text.into()))
                .ok_or_else(|| not_a_module_error(name, &[])),
            FileFormat::Empty => {
                Err(Error::new(ErrorCode::EmptyFile, say!("There is nothing in `{name}`."))
                    .help(say!("A module needs at least `(module)`.")))
            }
            FileFormat::Component => Err(watshop_module::component_error(Some(name), &bytes)),
            // It is an unfinished module. The editor shows the error and its place.
            FileFormat::Other
                if is_wat(name)
                    && std::str::from_utf8(&bytes).is_ok()
                    && watshop_module::other_encoding(&bytes).is_none() =>
            {
                text(bytes)
                    .map(|text| Source::Wat(text.into()))
                    .ok_or_else(|| not_a_module_error(name, &[]))
            }
            FileFormat::Other => Err(not_a_module_error(name, &bytes)),
        }
    }

    /// Keeps a binary for the next start. Until then it is in memory as long as its tab.
    fn keep_binary(&self, bytes: &[u8]) -> Result<String> {
        if self.tabs.sources().outlive_the_process() {
            return self.tabs.sources().keep(bytes);
        }
        Ok(watshop_module::hash(bytes))
    }
}

fn not_a_module_error(name: &str, bytes: &[u8]) -> Error {
    if let Some(mut error) = watshop_module::other_encoding(bytes) {
        error.message = format!("`{name}`: {}", error.message);
        return error;
    }
    Error::new(
        ErrorCode::NotAModule,
        say!("`{name}` is not a WebAssembly module: it looks like {}.", looks_like(bytes)),
    )
    .help(say!("Open a .wat or .wasm file, or a sealed file made by Watshop."))
}

fn text(bytes: Vec<u8>) -> Option<String> {
    String::from_utf8(bytes).ok()
}

fn is_wat(name: &str) -> bool {
    let ending = Path::new(name).extension().unwrap_or_default();
    ending.eq_ignore_ascii_case("wat") || ending.eq_ignore_ascii_case("wast")
}

/// A name without folders and control characters, because a page can send any text.
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
}
