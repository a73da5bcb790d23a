//! The tab that an attempt is checked in, in a workbench that is not shown.

use watshop_protocol::bounds::MOST_CALLS;
use watshop_protocol::instance::{Address, ReadMemory, WriteMemory};
use watshop_protocol::page::{
    Error, ErrorCode, ExternType, HostCall, Outcome, Result, Stream, TabId,
};
use watshop_protocol::registry::{
    CallExport, CloseTab, ConfigureTab, GetTab, ListExports, NewTab, PutHeld, ReadCalls, ReadCode,
    RunTab, WorkbenchApi,
};
use watshop_protocol::say;

use super::Attempt;
use crate::expectation::LessonCall;

/// The longest call of a check in milliseconds, if the lesson sets no limit.
const CALL_MS: u32 = 500;

pub(super) struct CheckTab<'w, W> {
    pub(super) workbench: &'w W,
    pub(super) tab: TabId,
}

impl<'w, W: WorkbenchApi> CheckTab<'w, W> {
    /// Opens a tab with the text, the settings and the files of the lesson.
    pub(super) async fn begin(workbench: &'w W, attempt: &Attempt<'_>) -> Result<Self> {
        let title = format!("{}.check.wat", attempt.lesson.id);
        let view = workbench
            .new_tab(NewTab { title: Some(title), text: Some(attempt.text.to_owned()) })
            .await?;
        let own = Self { workbench, tab: view.summary.id };
        let mut settings = attempt.settings.clone();
        settings.limits.call_ms = match settings.limits.call_ms {
            0 => CALL_MS,
            set => set.min(CALL_MS),
        };
        settings.wasi.program.get_or_insert_with(|| "lesson".into());
        let tab = own.tab;
        let mut begun = workbench.configure_tab(ConfigureTab { tab, settings }).await;
        for file in &attempt.lesson.header.files {
            if begun.is_ok() {
                let put = PutHeld { tab, name: file.folder.clone(), at: file.at.clone() };
                begun = workbench.put_held(put, file.text.clone().into_bytes()).await;
            }
        }
        match begun {
            Ok(_) => Ok(own),
            Err(error) => {
                own.end().await;
                Err(error)
            }
        }
    }

    pub(super) async fn end(self) {
        if let Err(error) = self.workbench.close_tab(CloseTab { tab: self.tab }).await {
            tracing::debug!(%error, "the tab of a check is closed already");
        }
    }

    pub(super) async fn run(&self) -> Result<Outcome> {
        Ok(self.workbench.run_tab(RunTab { tab: self.tab }).await?.outcome)
    }

    /// Calls an export. A wrong name or wrong arguments are an outcome too.
    pub(super) async fn call(&self, call: &LessonCall) -> Result<Outcome> {
        let LessonCall { function, arguments } = call.clone();
        let request = CallExport { tab: self.tab, export: function, arguments };
        match self.workbench.call_export(request).await {
            Ok(report) => Ok(report.outcome),
            Err(error) if is_of_the_text(error.code) => Ok(Outcome::Failed { error }),
            Err(error) => Err(error),
        }
    }

    /// The text that the program wrote to standard output, or that import functions logged.
    pub(super) async fn output(&self, logged: bool) -> Result<String> {
        let view = self.workbench.get_tab(GetTab { tab: self.tab }).await?;
        let chunks = view.console.into_iter();
        let wanted = chunks
            .filter(|chunk| chunk.logged == logged && (logged || chunk.stream == Stream::Stdout));
        Ok(wanted.map(|chunk| chunk.text).collect())
    }

    /// The name of the first exported memory.
    pub(super) async fn memory_name(&self) -> Result<Option<String>> {
        let view = self.workbench.get_tab(GetTab { tab: self.tab }).await?;
        Ok(view.instance.and_then(|instance| instance.memories.into_iter().next()))
    }

    /// Bytes of the first exported memory; none without one, fewer past its end.
    pub(super) async fn memory(&self, at: u64, length: u32) -> Result<Option<Vec<u8>>> {
        let Some(memory) = self.memory_name().await? else { return Ok(None) };
        let request = ReadMemory { memory, offset: Address(at), length };
        let read = self.workbench.forward(self.tab, request, Vec::new()).await;
        match read {
            Ok((_, bytes)) => Ok(Some(bytes)),
            Err(error) if error.code == ErrorCode::OutOfBounds => Ok(Some(Vec::new())),
            Err(error) => Err(error),
        }
    }

    /// Writes bytes into the first exported memory.
    pub(super) async fn write(&self, at: u64, bytes: Vec<u8>) -> Result<()> {
        let memory = self.memory_name().await?.ok_or_else(|| {
            Error::new(ErrorCode::UnknownExport, say!("The module exports no memory."))
        })?;
        let request = WriteMemory { memory, offset: Address(at) };
        self.workbench.forward(self.tab, request, bytes).await.map(drop)
    }

    /// The value of an exported global.
    pub(super) async fn global(&self, name: &str) -> Result<Option<String>> {
        let asked =
            ListExports { tab: self.tab, wanted: name.to_owned(), functions: false, from: 0 };
        let list = self.workbench.list_exports(asked).await?;
        let found = list.exports().find(|state| state.export.name == name);
        Ok(found.and_then(|state| state.value).map(|value| value.value))
    }

    /// The parameters' types of an exported function.
    pub(super) async fn parameters(
        &self,
        name: &str,
    ) -> Result<Option<Vec<watshop_protocol::value::ValueType>>> {
        let asked =
            ListExports { tab: self.tab, wanted: name.to_owned(), functions: true, from: 0 };
        let list = self.workbench.list_exports(asked).await?;
        let found = list.exports().find(|state| state.export.name == name);
        Ok(found.and_then(|state| match state.export.kind {
            ExternType::Function { params, .. } => Some(params.to_vec()),
            _ => None,
        }))
    }

    /// The calls of imported functions after this one, oldest first.
    pub(super) async fn host_calls(&self, after: u64) -> Result<Vec<HostCall>> {
        let (mut calls, mut after) = (Vec::new(), after);
        loop {
            let asked = ReadCalls { tab: self.tab, after, limit: MOST_CALLS };
            let view = self.workbench.read_calls(asked).await?;
            let Some(last) = view.calls.last().map(|call| call.sequence) else { return Ok(calls) };
            after = last;
            calls.extend(view.calls);
        }
    }

    /// The triple of the code that runs here.
    pub(super) async fn triple(&self) -> Result<String> {
        let code = self.workbench.read_code(ReadCode { tab: self.tab }).await?;
        Ok(code.passport.map_or_else(String::new, |passport| passport.triple.clone()))
    }
}

/// True if the text of the lesson is the reason of an error.
fn is_of_the_text(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::UnknownExport
            | ErrorCode::NotAFunction
            | ErrorCode::ArgumentCount
            | ErrorCode::ArgumentType
            | ErrorCode::NoInstance
    )
}
