//! Import objects as files.

use std::path::Path;
use std::sync::Arc;

use watshop_protocol::page::registry::Download;
use watshop_protocol::page::{
    Error, ErrorCode, HostPath, IMPORTS_SCHEMA, Import, ImportsFile, ImportsView, ModuleRef, Provider, Result,
};

use crate::bench::Bench;
use crate::open::{self, blocking};
use crate::sync::lock;
use crate::tab::Tab;

impl Bench {
    /// The tab's import object as a file.
    pub(crate) fn save_imports(&self, tab: &Tab) -> Result<(Download, Vec<u8>)> {
        let (title, object) = {
            let held = tab.held();
            (held.title.clone(), held.settings.imports.clone())
        };
        let mut file = ImportsFile { schema: IMPORTS_SCHEMA, provisions: object.provisions };
        for provision in &mut file.provisions {
            if let Provider::ExportOf { of: of @ ModuleRef::Tab(_), .. } = &mut provision.provider
                && let ModuleRef::Tab(id) = of
                && let Ok(other) = self.tab(*id)
            {
                *of = ModuleRef::File(other.held().title.clone());
            }
        }
        let text = serde_json::to_string_pretty(&file).map_err(|error| {
            Error::new(ErrorCode::ImportsFile, format!("The import object cannot be written: {error}."))
        })?;
        let stem = Path::new(&title).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("{stem}.imports.json");
        Ok((Download { name, media_type: "application/json".into() }, (text + "\n").into_bytes()))
    }

    /// Puts the import object of a file in the place of the tab's.
    pub(crate) async fn open_imports(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        name: &str,
        bytes: &[u8],
    ) -> Result<()> {
        let mut object = ImportsFile::read(name, bytes)?;
        for provision in &mut object.provisions {
            if let Provider::ExportOf { of: of @ ModuleRef::File(_), .. } = &mut provision.provider
                && let ModuleRef::File(file) = of
                && let Some(other) = self.tab_called(file, tab)
            {
                *of = ModuleRef::Tab(other.id);
            }
        }
        let imports = self.imports_of(tab).await;
        let view = self.view_imports(tab, &imports, &object).await;
        if view.wrong > 0 {
            return Err(mismatch(name, &view, &imports));
        }
        let settings = {
            let held = tab.held();
            watshop_protocol::page::Settings { imports: object, ..held.settings.clone() }
        };
        self.configure(tab, settings)
    }

    /// The same with a file of this machine.
    pub(crate) async fn open_imports_path(self: &Arc<Self>, tab: &Arc<Tab>, path: HostPath) -> Result<()> {
        let file = path.clone();
        let bytes = blocking(move || open::read(file.as_ref())).await?;
        self.open_imports(tab, &path.0, &bytes).await
    }

    /// The open tab of a file: by its path where that ends so, or by its title.
    fn tab_called(&self, file: &str, but: &Tab) -> Option<Arc<Tab>> {
        let shelf = lock(&self.shelf);
        let others: Vec<_> = shelf.open.iter().filter(|tab| tab.id != but.id).collect();
        let by_path = others.iter().find(|tab| {
            tab.held().path.as_ref().is_some_and(|path| path == Path::new(file) || path.ends_with(file))
        });
        let by_title = others.iter().find(|tab| tab.held().title == file);
        by_path.or(by_title).map(|tab| Arc::clone(tab))
    }
}

/// The import object in a file.
fn mismatch(name: &str, view: &ImportsView, imports: &[Import]) -> Error {
    const TOLD: usize = 8;
    let wrong: Vec<_> = view.imports.iter().filter(|import| import.problem.is_some()).collect();
    let sentences: Vec<_> = wrong
        .iter()
        .take(TOLD)
        .map(|import| {
            let problem = import.problem.as_deref().unwrap_or_default();
            format!("`{}.{}` ({}): {problem}", import.module, import.name, import.text)
        })
        .collect();
    let more = match wrong.len().saturating_sub(TOLD) {
        0 => String::new(),
        more => format!(" And {more} more."),
    };
    let message = format!("`{name}` does not fit what the module imports. {}{more}", sentences.join(" "));
    let mut error = Error::new(ErrorCode::ImportMismatch, message)
        .help("Mend the file, or open it in the tab of the module that it was made for.");
    let is_wrong =
        |import: &&Import| wrong.iter().any(|w| w.module == import.module && w.name == import.name);
    error.imports = imports.iter().filter(is_wrong).cloned().collect();
    error
}
