//! Prints the import object of a tab as a program in another language.

use std::sync::Arc;

use watshop_protocol::page::{CodeLanguage, ImportsCode, Result};

use super::{Imports, unique};
use crate::tabs::Tab;
use crate::task::blocking;

impl Imports {
    /// The program, and notes about its differences from the tab.
    pub(crate) async fn code_imports(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        language: CodeLanguage,
    ) -> Result<ImportsCode> {
        let imports = self.imports_of(tab).await;
        let (title, object) = {
            let held = tab.held();
            (held.title.clone(), held.settings.imports.clone())
        };
        blocking(move || {
            let imports: Vec<_> = unique(&imports).cloned().collect();
            Ok(watshop_codegen::write(language, &title, &imports, &object))
        })
        .await
    }
}
