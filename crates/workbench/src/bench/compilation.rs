//! Measures the time of a compilation: by step and by function.

use std::sync::Arc;
use watshop_protocol::say;

use watshop_parent::timed;
use watshop_protocol::page::{CompileProfile, Contender, Error, ErrorCode, Result, RunState};

use super::{Benches, Subject};
use crate::activity::RunGuard;
use crate::build::BuildOrder;
use crate::tabs::Tab;

impl Benches {
    /// Compiles a tab's module once more with its settings, and measures each step and function. It
    /// goes on to its end even if the caller stops waiting.
    ///
    /// # Errors
    ///
    /// `busy`, `stopped`, and those of the module and its compiler.
    pub(crate) async fn compile_times(self: &Arc<Self>, tab: Arc<Tab>) -> Result<CompileProfile> {
        let mut guard = tab.begin()?;
        let benches = Arc::clone(self);
        let work = async move {
            let profile = benches.measure_compilation(&tab, &mut guard).await;
            guard.end(|| tab.feed.set(RunState::Idle));
            profile
        };
        tokio::spawn(timed("compile times", work)).await.unwrap_or_else(|error| {
            let why = say!("The compilation ended before its time: {error}.");
            Err(Error::new(ErrorCode::CompilerCrashed, why))
        })
    }

    async fn measure_compilation(
        &self,
        tab: &Arc<Tab>,
        guard: &mut RunGuard,
    ) -> Result<CompileProfile> {
        let subject = Subject::read(&self.tabs, tab).await?;
        let settings = &subject.settings;
        let order = BuildOrder {
            binary: Arc::clone(&subject.binary),
            hash: subject.hash.clone(),
            validated: false,
            settings,
            feed: &tab.feed,
        };
        let measured = self.builder.measure(&order, guard).await;
        let contender = Contender {
            compiler: settings.compiler,
            engine: settings.engine,
            optimisation: settings.optimisation,
        };
        match measured {
            Ok(times) => Ok(CompileProfile { contender, times }),
            Err(error) => Err(Arc::clone(&subject.shown).explain(error).await),
        }
    }
}
