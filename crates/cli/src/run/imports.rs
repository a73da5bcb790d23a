//! `--imports FILE`: the import object of the module, and of those that it imports from.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use watshop_protocol::page::registry::{ConfigureTab, OpenImportsPath, OpenPath};
use watshop_protocol::page::{
    Error, ErrorCode, HostPath, ImportsFile, ModuleRef, Provider, Result, Settings, TabId, WasiSettings,
    Workbench as _,
};
use watshop_workbench::{LARGEST_FILE, Workbench};

/// Gives a tab what a file has for it. Modules whose exports it names are opened as tabs, made with the same
/// settings, and get what stands in the `.imports.json` beside them.
pub(super) async fn give(workbench: &Workbench, tab: TabId, settings: Settings, file: &Path) -> Result<()> {
    // The arguments are those of the program that was named.
    let wasi = WasiSettings { arguments: Vec::new(), ..settings.wasi.clone() };
    let settings = Settings { wasi, trusted: None, ..settings };
    // All tabs are open before any file is put in, so that modules may name one another.
    let mut found = vec![(tab, file.to_owned(), read(file)?)];
    let mut known = HashSet::from([tab]);
    let mut at = 0;
    while let Some((_, file, bytes)) = found.get(at).cloned() {
        at += 1;
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        for module in named(&bytes) {
            let path = folder.join(&module);
            let view = workbench.open_path(OpenPath { path: host_path(&path)? }).await?;
            let tab = view.summary.id;
            if !known.insert(tab) {
                continue;
            }
            let configure = ConfigureTab { tab, settings: settings.clone() };
            workbench.configure_tab(configure).await?;
            let beside = beside(&path);
            if beside.is_file() {
                let bytes = read(&beside)?;
                found.push((tab, beside, bytes));
            }
        }
    }
    for (tab, file, _) in found {
        // By its path: it is beside the files that it names.
        workbench.open_imports_path(OpenImportsPath { tab, path: host_path(&file)? }).await?;
    }
    Ok(())
}

/// The files of modules that an import object names; none where it cannot be read, which is told when it is
/// put in.
fn named(bytes: &[u8]) -> Vec<String> {
    let file: Option<ImportsFile> = serde_json::from_slice(bytes).ok();
    let providers = file.into_iter().flat_map(|file| file.provisions).map(|provision| provision.provider);
    providers
        .filter_map(|provider| match provider {
            Provider::ExportOf { of: ModuleRef::File(file), .. } => Some(file),
            _ => None,
        })
        .collect()
}

fn beside(module: &Path) -> PathBuf {
    module.with_extension("imports.json")
}

fn read(file: &Path) -> Result<Vec<u8>> {
    watshop_artifact::read_regular(file, LARGEST_FILE).map_err(|error| {
        Error::new(
            ErrorCode::File,
            format!("The import object `{}` cannot be read: {error}.", file.display()),
        )
    })
}

fn host_path(path: &Path) -> Result<HostPath> {
    path.to_str()
        .map(HostPath::from)
        .ok_or_else(|| Error::new(ErrorCode::File, format!("The name of `{}` is not UTF-8.", path.display())))
}
