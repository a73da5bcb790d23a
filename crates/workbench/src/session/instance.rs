//! Passes requests about the instance of a tab on to its runner.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use watshop_protocol::say;

use watshop_parent::timed;
use watshop_protocol::bounds::{MOST_BYTES, MOST_TYPED};
use watshop_protocol::instance::{FindExports, ForPage, InputTaken, PageRequest, ReadCode};
use watshop_protocol::page::{
    CodeView, DataSegments, Error, ErrorCode, Export, ExportList, ExternType, InstanceView,
    OutputSource, Result, Stream, WasiInput,
};
use watshop_protocol::registry::{GiveInput, ListExports, ReadSegments};

use super::Session;
use crate::process::{Runner, RunnerError, no_instance};
use crate::tabs::Tab;

/// The reply to a request, and its bytes.
type PageReply<R> =
    Result<(<<R as watshop_protocol::process::Ask>::Answer as ForPage>::Reply, Vec<u8>)>;

impl Session {
    /// Passes a request on to the runner of the tab's instance. A request that changes the instance
    /// waits for the guest's thread and takes the tab for that time: error `busy` if something
    /// runs.
    pub(crate) async fn forward<R: PageRequest>(
        self: &Arc<Self>,
        tab: Arc<Tab>,
        request: R,
        bytes: Vec<u8>,
    ) -> PageReply<R> {
        check_size(&bytes, MOST_BYTES)?;
        if R::METHOD.takes_tab() || R::METHOD.takes_bytes() {
            tab.touched.store(true, Ordering::SeqCst);
        }
        if !R::METHOD.takes_tab() {
            return self.ask_instance(&tab, request, bytes).await;
        }
        let guard = tab.begin()?;
        let session = Arc::clone(self);
        // The change is done to its end even if the caller stops waiting for it.
        let change = async move {
            let result = session.ask_instance(&tab, request, bytes).await;
            guard.end(|| {});
            result
        };
        tokio::spawn(timed("change", change)).await.unwrap_or_else(|_| Err(no_instance()))
    }

    async fn ask_instance<R: PageRequest>(
        &self,
        tab: &Tab,
        request: R,
        bytes: Vec<u8>,
    ) -> PageReply<R> {
        let (runner, generation) = instance_of(tab)?;
        let bytes = (!bytes.is_empty()).then(|| bytes.into());
        let (answer, bytes) = runner.ask_with(request, bytes).await.map_err(|lost| {
            if let (true, RunnerError::Gone(_)) = (R::METHOD.takes_tab(), &lost) {
                self.tabs.lose_runner(tab);
            }
            lost.into_error()
        })?;
        let renew = |exports| self.renew_instance(tab, generation, exports, &runner);
        Ok((answer.of(generation, renew), bytes))
    }

    /// Sets the present exports of the instance, and sends an event. It does neither if a Run has
    /// made another instance meanwhile.
    fn renew_instance(
        &self,
        tab: &Tab,
        generation: u32,
        exports: ExportList,
        runner: &Runner,
    ) -> InstanceView {
        let view = tab.view_of(generation, exports, runner);
        if tab.held().instance.as_ref().is_some_and(|now| now.generation == generation) {
            self.tabs.set_instance(tab, Some(view.clone()));
        }
        view
    }

    /// Gives the tab's program bytes at its standard input. A terminal shows typed text before the
    /// program has read it, so the tab's console does too.
    pub(crate) async fn give_input(
        &self,
        tab: &Tab,
        asked: &GiveInput,
        bytes: Vec<u8>,
    ) -> Result<InputTaken> {
        let is_terminal = tab.held().settings.wasi.input == WasiInput::Terminal;
        check_size(&bytes, if is_terminal { MOST_TYPED } else { MOST_BYTES })?;
        // Text that is typed while the program is compiled waits for it, as in a terminal.
        tab.feed.takes_input().await;
        let runner = tab.runner().filter(|_| !tab.activity.is_free()).ok_or_else(no_instance)?;
        if is_terminal && !asked.raw {
            tab.console.write(OutputSource::program(Stream::Stdout), &bytes).await;
        }
        runner.write_input(bytes.into(), asked.end).await.map_err(RunnerError::into_error)
    }

    /// Exports of the tab's instance, or of its module if it has no instance.
    pub(crate) async fn list_exports(&self, tab: &Tab, asked: ListExports) -> Result<ExportList> {
        let ListExports { wanted, functions, from, .. } = asked;
        if let Ok((runner, _)) = instance_of(tab) {
            let request = FindExports { wanted, functions, from };
            return runner.ask(request).await.map_err(RunnerError::into_error);
        }
        let Some(module) = tab.held().module.clone() else { return Ok(ExportList::default()) };
        crate::task::blocking(move || {
            let letters = wanted.to_lowercase();
            let fits = |export: &&Export| {
                (!functions || matches!(export.kind, ExternType::Function { .. }))
                    && export.name.to_lowercase().contains(&letters)
            };
            let found: Vec<_> = module.exports.iter().filter(fits).collect();
            let rest = found.iter().skip(from as usize);
            Ok(ExportList::part(found.len(), rest.map(|export| (*export).clone().into())))
        })
        .await
    }

    /// The machine code that the tab's runner has loaded.
    pub(crate) async fn code(&self, tab: &Tab) -> Result<CodeView> {
        let (runner, _) = instance_of(tab)?;
        let code = runner.ask(ReadCode {}).await.map_err(RunnerError::into_error)?;
        let passport =
            tab.held().artifact.as_ref().map(|artifact| Box::new((*artifact.passport).clone()));
        Ok(CodeView { passport, ..code })
    }

    /// The data segments of the module that the instance was made from.
    pub(crate) async fn segments(&self, tab: &Tab, asked: ReadSegments) -> Result<DataSegments> {
        let shown = {
            let held = tab.held();
            held.instance.as_ref().ok_or_else(no_instance)?;
            Arc::clone(&held.shown)
        };
        crate::task::blocking(move || match shown.binary() {
            Some(binary) => watshop_module::segments(&binary, &asked.memory),
            None => Ok(DataSegments { segments: Vec::new(), count: 0 }),
        })
        .await
    }
}

/// The runner of a tab's instance, and the number of the instance. Error `no_instance`.
fn check_size(bytes: &[u8], most: u32) -> Result<()> {
    if bytes.len() <= most as usize {
        return Ok(());
    }
    let count = bytes.len();
    let why = say!("{count} bytes are too many for one request; {most} are the most.");
    Err(Error::new(ErrorCode::BadRequest, why).help(say!("Send them in pieces.")))
}

fn instance_of(tab: &Tab) -> Result<(Arc<Runner>, u32)> {
    let generation = tab.held().instance.as_ref().map(|instance| instance.generation);
    tab.runner().zip(generation).ok_or_else(no_instance)
}
