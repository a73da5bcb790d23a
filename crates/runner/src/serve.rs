//! The runner of a workbench: frames on standard input and output, until the input is closed.

use std::fs::File;
use std::process::ExitCode;
use std::sync::mpsc::Sender;
use std::sync::{Arc, PoisonError};

use anyhow::Context as _;
use watshop_protocol::frame;
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::process::Numbered;
use watshop_protocol::process::runner::{Answer, Notice, Request};

use crate::sandbox::{self, Plan};
use crate::threads::{self, Threads};
use crate::wire::Outbox;
use crate::{guest, memory, pipes, survey};

/// Serves until the input is closed, and ends the process then.
///
/// # Errors
///
/// Where the system refuses what is needed at the start.
pub fn serve(plan: &Plan) -> anyhow::Result<ExitCode> {
    let (input, output) = pipes::take().context("the standard streams could not be taken over")?;
    memory::open().context("the process's own memory could not be opened")?;
    let sandbox = sandbox::enter(plan);
    let threads = Threads::start()?;
    threads.outbox.notice(Notice::Ready { sandbox });
    threads::spawn("writer", {
        let outbox = Arc::clone(&threads.outbox);
        move || write(&outbox, output)
    })?;
    let survey = survey::start(&threads)?;
    Desk { threads, survey }.serve(input);
    // The order to end, or the end of whoever started this process: the guest may be anywhere, so
    // nothing is waited for and nothing is tidied up.
    pipes::end(0)
}

/// The answering thread. Nothing it does waits for the guest.
struct Desk {
    threads: Threads,
    survey: Sender<survey::Job>,
}

impl Desk {
    fn serve(&self, mut input: File) {
        loop {
            match frame::read(&mut input) {
                Ok(Some(message)) => self.take(&message),
                Ok(None) => return,
                Err(error) => {
                    tracing::error!(%error, "the requests cannot be read any more");
                    return;
                }
            }
        }
    }

    fn take(&self, message: &[u8]) {
        let asked = frame::split(message).map_err(|e| e.to_string()).and_then(|(json, bytes)| {
            let asked = serde_json::from_slice(json);
            asked.map(|asked| (asked, bytes)).map_err(|e| refuse(&self.threads.outbox, json, &e))
        });
        let (Numbered { id, message }, bytes) = match asked {
            Ok(asked) => asked,
            Err(error) => {
                tracing::error!(error, "a request was not understood");
                return;
            }
        };
        match message {
            Request::Stop => {
                let running = self.threads.stop.stop();
                self.threads.outbox.answer_now(id, Ok((Answer::Stopping { running }, Vec::new())));
            }
            Request::Exports => self.threads.outbox.answer_now(id, self.exports()),
            Request::Code => self.threads.outbox.answer_now(id, self.code()),
            Request::ReadMemory { memory, offset, length } => {
                self.threads.outbox.answer_now(id, self.memory(&memory, offset, length));
            }
            Request::ReadTable { table, offset, length } => {
                self.threads.outbox.answer_now(id, self.table(&table, offset, length));
            }
            Request::Calls { after, limit } => {
                let calls = self.threads.calls.read(after, limit);
                self.threads.outbox.answer_now(id, Ok((calls, Vec::new())));
            }
            Request::ClearCalls => {
                self.threads.calls.clear();
                self.threads.outbox.answer_now(id, Ok((Answer::Done, Vec::new())));
            }
            Request::PauseCalls { paused } => {
                self.threads.calls.pause(paused);
                self.threads.outbox.answer_now(id, Ok((Answer::Done, Vec::new())));
            }
            Request::WriteMemory { memory, offset } => {
                self.threads.outbox.answer_now(id, self.write(&memory, offset, bytes));
            }
            request @ (Request::FillMemory { .. }
            | Request::SearchMemory { .. }
            | Request::SurveyMemory { .. }
            | Request::TakeSnapshot { .. }
            | Request::CompareMemory { .. }) => {
                let job = survey::Job { id, request, bytes: bytes.to_vec() };
                if let Err(gone) = self.survey.send(job) {
                    tracing::error!(%gone, "the thread that goes through memories has ended");
                    self.threads.outbox.answer_now(id, Err(survey::gone()));
                }
            }
            request => {
                if let Err(gone) = self.threads.submit(id, request) {
                    self.threads.outbox.answer_now(id, Err(gone));
                }
            }
        }
    }

    fn exports(&self) -> Result<(Answer, Vec<u8>)> {
        let shown = self.threads.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let exports = shown.as_ref().ok_or_else(guest::nothing)?.exports();
        Ok((Answer::Exports { exports }, Vec::new()))
    }

    fn code(&self) -> Result<(Answer, Vec<u8>)> {
        let shown = self.threads.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let code = shown.as_ref().ok_or_else(guest::nothing)?.code();
        Ok((Answer::Code(code), Vec::new()))
    }

    fn memory(&self, name: &str, offset: u64, length: u32) -> Result<(Answer, Vec<u8>)> {
        let shown = self.threads.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let (pages, bytes) = shown.as_ref().ok_or_else(guest::nothing)?.memory(name, offset, length)?;
        Ok((Answer::Memory { pages }, bytes))
    }

    fn table(&self, name: &str, offset: u32, length: u32) -> Result<(Answer, Vec<u8>)> {
        let shown = self.threads.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let (size, elements) = shown.as_ref().ok_or_else(guest::nothing)?.table(name, offset, length)?;
        Ok((Answer::Table { size, elements }, Vec::new()))
    }

    fn write(&self, name: &str, offset: u64, bytes: &[u8]) -> Result<(Answer, Vec<u8>)> {
        let shown = self.threads.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let extent = shown.as_ref().ok_or_else(guest::nothing)?.extent(name)?;
        memory::write(extent, offset, bytes)?;
        let pages = (extent.1 / memory::PAGE) as u64;
        Ok((Answer::Written { pages, running: self.threads.stop.busy() }, Vec::new()))
    }
}

/// Answers what has an id but is no request of this protocol.
fn refuse(outbox: &Outbox, json: &[u8], why: &serde_json::Error) -> String {
    let id = serde_json::from_slice::<serde_json::Value>(json).ok().and_then(|v| v.get("id")?.as_u64());
    if let Some(id) = id.and_then(|id| u32::try_from(id).ok()) {
        let error = Error::new(ErrorCode::BadRequest, format!("The request was not understood: {why}."));
        outbox.answer_now(id, Err(error));
    }
    why.to_string()
}

fn write(outbox: &Outbox, mut output: File) {
    match outbox.write_to(&mut output) {
        // See `Notice::Ending`.
        Ok(()) => pipes::end(0),
        Err(error) => {
            tracing::error!(%error, "nobody reads the answers any more");
            pipes::end(1)
        }
    }
}
