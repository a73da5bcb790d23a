//! Reads and controls the record of a tab's calls of WASI.

use watshop_protocol::instance::{self, RecordWasiCalls};
use watshop_protocol::page::{Result, WasiCallsView};
use watshop_protocol::registry::ReadWasiCalls;

use super::Session;
use crate::process::RunnerError;
use crate::tabs::Tab;

impl Session {
    /// The recorded calls that pass a filter.
    pub(crate) async fn read_wasi_calls(
        &self,
        tab: &Tab,
        asked: ReadWasiCalls,
    ) -> Result<WasiCallsView> {
        let generation = tab.held().generation;
        // Before the first Run, and after the runner died, there are no calls.
        let Some(runner) = tab.runner() else {
            return Ok(WasiCallsView { generation, ..WasiCallsView::default() });
        };
        let ReadWasiCalls { filter, from, limit, .. } = asked;
        let asked = instance::ReadWasiCalls { filter, from, limit };
        let read = runner.ask(asked).await.map_err(RunnerError::into_error)?;
        Ok(WasiCallsView { generation, ..read })
    }

    /// Clears the record.
    pub(crate) async fn clear_wasi_calls(&self, tab: &Tab) -> Result<()> {
        self.tell_recorder(tab, instance::ClearWasiCalls {}).await
    }

    /// Turns recording on or off, in the middle of a run too.
    pub(crate) async fn record_wasi_calls(&self, tab: &Tab, on: bool) -> Result<()> {
        self.tell_recorder(tab, RecordWasiCalls { on }).await
    }
}
