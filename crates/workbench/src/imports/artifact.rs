//! Finds the imports and exports of an artifact's module, of which only machine code is left.

use std::ops::Deref;
use std::sync::Arc;
use watshop_protocol::{Sentence, say};

use watshop_protocol::instance::{Load, LoadAnswer};
use watshop_protocol::page::{Compiler, Export, Maker, ModuleSummary, Result};
use watshop_protocol::passport::Passport;

use super::Imports;
use crate::process::{RunnerError, RunnerKind};
use crate::tabs::{Source, Tab};

/// The imports or exports of a module. They are shared, because there can be a hundred thousand.
pub(crate) enum Known<T> {
    /// Those of a text or a binary, as they were read last.
    Module(Arc<ModuleSummary>, fn(&ModuleSummary) -> &Vec<T>),
    /// Those that a runner reported.
    Loaded(Arc<[T]>),
}

impl<T> Deref for Known<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Module(module, list) => list(module),
            Self::Loaded(list) => list,
        }
    }
}

/// The compiler that makes a tab's code, or made it. `None` if that is not known.
pub(super) fn compiler_of(tab: &Tab) -> Option<Compiler> {
    let held = tab.held();
    match &held.source {
        Source::Sealed { passport, .. } => passport.as_deref().and_then(Passport::compiler),
        _ => Some(held.settings.compiler),
    }
}

/// The reason why the code of an artifact and that of a tab cannot call one another. Compilers pass
/// arguments and results in different ways, and an artifact cannot be compiled again.
pub(super) fn unlike(tab: &Tab, other: &Tab) -> Option<Sentence> {
    if !matches!(other.held().source, Source::Sealed { .. }) {
        return None;
    }
    let title = other.held().title.clone();
    match (compiler_of(tab), compiler_of(other)) {
        (Some(own), Some(its)) if own == its => None,
        (_, None) => Some(say!(
            "`{title}` does not say which compiler made it, and code of different compilers cannot be put together."
        )),
        (own, Some(its)) => Some(say!(
            "`{title}` was compiled by {0}, but this module's code comes from {1}. Compilers hand over arguments and \
             results in different ways. Choose {0} for this tab.",
            its.title(),
            own.map_or_else(|| say!("an unknown compiler"), |own| say!("{}", own.title())),
        )),
    }
}

impl Imports {
    /// The exports of a tab's module. `None` if its text or binary is not a module.
    ///
    /// # Errors
    ///
    /// The tab holds an artifact that may not or cannot be loaded here.
    pub(super) async fn exports_of(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
    ) -> Option<Result<Known<Export>>> {
        self.tabs.wait_for_check(tab).await;
        if let Err(error) = self.look_into(tab).await {
            return Some(Err(error));
        }
        let held = tab.held();
        match (&held.source, &held.module, &held.loaded_exports) {
            (_, Some(module), _) => {
                Some(Ok(Known::Module(Arc::clone(module), |module| &module.exports)))
            }
            (Source::Sealed { .. }, None, Some((_, exports))) => {
                Some(Ok(Known::Loaded(Arc::clone(exports))))
            }
            _ => None,
        }
    }

    /// Finds the imports and exports of an artifact's module, if the tab holds one and has not
    /// loaded it yet. Only the runtime can read them. So it is loaded into a process of its own,
    /// which runs none of its code and ends at once.
    ///
    /// # Errors
    ///
    /// The errors of a Run: `artifact_foreign`, `untrusted_artifact`, `file`, `artifact_damaged`.
    pub(super) async fn look_into(&self, tab: &Arc<Tab>) -> Result<()> {
        let (source, settings, known) = {
            let held = tab.held();
            if !matches!(held.source, Source::Sealed { .. }) {
                return Ok(());
            }
            let known = held.loaded_exports.as_ref().map(|(hash, _)| hash.clone());
            (held.source.clone(), held.settings.clone(), known)
        };
        let artifact = self.runners.held_artifact(&source, &settings)?;
        let hash = artifact.passport.payload_hash.clone();
        if known.as_ref() == Some(&hash) {
            return Ok(());
        }
        let runner = self.runners.start(tab, RunnerKind::Light, &[])?;
        let request = Load {
            sealed: artifact.path.clone(),
            payload_hash: Some(hash.clone()),
            own: self.builder.maker(&artifact.passport) == Maker::Own,
        };
        let answer = runner.ask(request).await;
        runner.kill().await;
        let LoadAnswer { imports, exports, .. } = answer.map_err(RunnerError::into_error)?;
        let (imports, exports) = Tab::lists(imports, exports).await?;
        let mut held = tab.held();
        held.loaded_imports = imports;
        held.loaded_exports = Some((hash, exports));
        Ok(())
    }
}
