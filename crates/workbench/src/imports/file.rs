//! Reads and writes import objects as files.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use watshop_protocol::Sentence;
use watshop_protocol::say;

use watshop_protocol::page::{
    Error, ErrorCode, HostPath, IMPORTS_SCHEMA, Import, ImportObject, ImportsFile, ImportsView,
    ModuleRef, Provider, Result, Settings, WasiSettings,
};
use watshop_protocol::registry::Download;

use super::{Imports, Selection};
use crate::files::{self, OpenedTab};
use crate::tabs::Tab;
use crate::task::blocking;

impl Imports {
    /// The tab's import object as a file.
    pub(crate) async fn save_imports(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
    ) -> Result<(Download, Vec<u8>)> {
        let (imports, tab) = (Arc::clone(self), Arc::clone(tab));
        blocking(move || imports.write_object(&tab)).await
    }

    fn write_object(&self, tab: &Tab) -> Result<(Download, Vec<u8>)> {
        let (title, object) = {
            let held = tab.held();
            (held.title.clone(), held.settings.imports.clone())
        };
        let path = tab.held().path.clone();
        let mut file = ImportsFile { schema: IMPORTS_SCHEMA, provisions: object.provisions };
        for provision in &mut file.provisions {
            if let Provider::ExportOf { of: of @ ModuleRef::Tab(_), .. } = &mut provision.provider
                && let ModuleRef::Tab(id) = of
                && let Ok(other) = self.tabs.tab(*id)
            {
                *of = ModuleRef::File(named_from(path.as_deref(), &other));
            }
        }
        let text = serde_json::to_string_pretty(&file).map_err(|error| {
            Error::new(
                ErrorCode::ImportsFile,
                say!("The import object cannot be written: {error}."),
            )
        })?;
        let stem = Path::new(&title).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("{stem}.imports.json");
        Ok((Download { name, media_type: "application/json".into() }, (text + "\n").into_bytes()))
    }

    /// Replaces the tab's import object by that of a file. The files that it names are relative to
    /// the tab's own.
    pub(crate) async fn open_imports(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        name: &str,
        bytes: &[u8],
    ) -> Result<()> {
        let folder = tab.held().path.as_deref().and_then(Path::parent).map(Path::to_owned);
        self.put_imports(tab, name, bytes, folder.as_deref()).await
    }

    async fn put_imports(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        name: &str,
        bytes: &[u8],
        folder: Option<&Path>,
    ) -> Result<()> {
        let (file, bytes) = (name.to_owned(), bytes.to_owned());
        let mut object = blocking(move || ImportsFile::read(&file, &bytes)).await?;
        for provision in &mut object.provisions {
            if let Provider::ExportOf { of: of @ ModuleRef::File(_), .. } = &mut provision.provider
                && let ModuleRef::File(file) = of
                && let Some(other) = self.tab_called(file, folder, tab)
            {
                *of = ModuleRef::Tab(other.id);
            }
        }
        let imports = self.imports_of(tab).await;
        let choice = Selection { wrong: true, ..Selection::default() };
        let view = self.view_imports(tab, imports, object.clone(), choice).await?;
        if view.wrong > 0 {
            return Err(mismatch(name, &view));
        }
        let settings = {
            let held = tab.held();
            Settings { imports: object, ..held.settings.clone() }
        };
        self.tabs.configure_large(tab, settings).await
    }

    /// Replaces the tab's import object by that of a file of this machine. The files that it names
    /// are relative to it. A module that it names and that is not open is opened as a tab with the
    /// settings of this one. It gets the import object of the `.imports.json` beside it, if there
    /// is one.
    pub(crate) async fn open_imports_path(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        path: HostPath,
    ) -> Result<()> {
        let settings = {
            let settings = tab.held().settings.clone();
            // The arguments belong to the program that the person named.
            let wasi = WasiSettings {
                arguments: Vec::new(),
                program: None,
                folders: Vec::new(),
                cwd: None,
                ..settings.wasi.clone()
            };
            Settings { wasi, trusted: None, imports: ImportObject::default(), ..settings }
        };
        // All tabs are opened before any import object is set, so that modules may name one
        // another.
        let mut found =
            vec![(Arc::clone(tab), PathBuf::from(&path.0), read_object(&path.0).await?)];
        let mut at = 0;
        while let Some((_, file, bytes)) = found.get(at) {
            let folder = file.parent().unwrap_or(Path::new("")).to_owned();
            let modules = named(bytes);
            at += 1;
            for module in modules {
                let path = folder.join(&module);
                // A missing file is reported by name when the object is set.
                if !path.is_file() {
                    continue;
                }
                let OpenedTab::New(other) = self.files.open_or_find(utf8(&path)?).await? else {
                    continue;
                };
                self.tabs.configure(&other, settings.clone())?;
                let beside = path.with_extension("imports.json");
                if beside.is_file() {
                    let bytes = read_object(&beside).await?;
                    found.push((other, beside, bytes));
                }
            }
        }
        for (tab, file, bytes) in found {
            self.put_imports(&tab, &file.to_string_lossy(), &bytes, file.parent()).await?;
        }
        Ok(())
    }

    /// The open tab of a file that is named relative to a folder: the tab of that very file.
    /// Otherwise a tab whose path ends with the name, or whose title is the name.
    fn tab_called(&self, file: &str, folder: Option<&Path>, but: &Tab) -> Option<Arc<Tab>> {
        // Tabs know their files by canonical paths, without links in them.
        let there = folder.and_then(|folder| folder.join(file).canonicalize().ok());
        let plain = plain(Path::new(file));
        let others = self.tabs.others(but);
        let by_path = |fits: &dyn Fn(&Path) -> bool| {
            others.iter().find(|tab| tab.held().path.as_deref().is_some_and(fits))
        };
        let found = by_path(&|path| Some(path) == there.as_deref())
            .or_else(|| by_path(&|path| path == Path::new(file) || ends_with(path, &plain)))
            .or_else(|| others.iter().find(|tab| Path::new(&tab.held().title) == plain));
        found.cloned()
    }
}

/// The files of modules that an import object names. It is empty if the object cannot be read. The
/// error is reported when the object is set.
fn named(bytes: &[u8]) -> Vec<String> {
    let file: Option<ImportsFile> = serde_json::from_slice(bytes).ok();
    let providers =
        file.into_iter().flat_map(|file| file.provisions).map(|provision| provision.provider);
    let named = providers.filter_map(|provider| match provider {
        Provider::ExportOf { of: ModuleRef::File(file), .. } => Some(file),
        _ => None,
    });
    named.collect()
}

async fn read_object(file: impl AsRef<Path>) -> Result<Vec<u8>> {
    let file = file.as_ref().to_owned();
    blocking(move || files::read(&file)).await
}

fn utf8(path: &Path) -> Result<HostPath> {
    let name = path.to_str().map(HostPath::from);
    name.ok_or_else(|| {
        Error::new(ErrorCode::File, say!("The name of `{}` is not UTF-8.", path.display()))
    })
}

fn ends_with(path: &Path, end: &Path) -> bool {
    // Every path ends with an empty one.
    !end.as_os_str().is_empty() && path.ends_with(end)
}

/// A path without `.` and without the folders that `..` leaves again. A leading `..` is dropped.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// The name of a tab's file relative to the file of another tab. It is the tab's title if one of
/// them has no file.
fn named_from(path: Option<&Path>, other: &Tab) -> String {
    let held = other.held();
    let relative =
        path.and_then(Path::parent).zip(held.path.as_deref()).and_then(|(folder, file)| {
            let same =
                folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
            let up = folder.components().skip(same).map(|_| Component::ParentDir);
            let relative: PathBuf = up.chain(file.components().skip(same)).collect();
            relative.to_str().map(str::to_owned)
        });
    relative.unwrap_or_else(|| held.title.clone())
}

/// The error of an import object that does not fit, from the list of its imports with a problem.
fn mismatch(name: &str, view: &ImportsView) -> Error {
    const TOLD: usize = 8;
    let sentences: Vec<_> = view
        .imports
        .iter()
        .take(TOLD)
        .map(|import| {
            let problem = import.problem.clone().unwrap_or_else(|| say!(""));
            say!("`{}.{}` ({}): {problem}", import.module, import.name, import.text)
        })
        .collect();
    let more = match (view.wrong as usize).saturating_sub(TOLD) {
        0 => say!(""),
        more => say!(" And {more} more."),
    };
    let message = say!(
        "`{name}` does not fit what the module imports. {}{more}",
        Sentence::joined(sentences)
    );
    let wrong = view.imports.iter().filter_map(|import| {
        let kind = view.types.get(import.kind as usize)?.clone();
        Some(Import { module: import.module.clone(), name: import.name.clone(), kind })
    });
    Error::new(ErrorCode::ImportMismatch, message)
        .help(say!("Correct the file, or open it in the tab of the module that it was made for."))
        .about(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_file_however_it_goes_there() {
        for (path, right) in [
            ("lib.wat", "lib.wat"),
            ("./lib.wat", "lib.wat"),
            ("deep/../lib.wat", "lib.wat"),
            ("../lib.wat", "lib.wat"),
            ("deep/./lib.wat", "deep/lib.wat"),
            ("/deep/../lib.wat", "/lib.wat"),
        ] {
            assert_eq!(plain(Path::new(path)), Path::new(right));
        }
    }
}
