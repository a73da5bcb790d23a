#![doc = include_str!("../README.md")]

use std::fs::File;
use std::io::IsTerminal as _;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, PoisonError};
use std::thread;

use anyhow::Context as _;
use watshop_protocol::frame;
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::process::Numbered;
use watshop_protocol::process::runner::{Answer, Notice, Request};

use crate::exports::Shown;
use crate::guest::{Guest, Job};
use crate::stop::Stop;
use crate::wire::Outbox;

mod call;
mod exports;
mod fence;
mod functions;
mod guest;
mod imports;
mod instantiate;
mod limits;
mod load;
mod memory;
mod pipes;
mod signal;
mod stop;
mod trap;
mod types;
mod values;
mod wasi;
mod wire;

/// Host functions run on the guest thread's own stack; the guest's stack is another, made by Wasmer.
const HOST_STACK: usize = 16 << 20;

fn main() -> anyhow::Result<()> {
    log();
    let (input, output) = pipes::take().context("the standard streams could not be taken over")?;
    let outbox = Arc::new(Outbox::default());
    let stop = Arc::new(Stop::new(outbox.clone()));
    let shown = Arc::new(Shown::default());
    let (jobs, waiting) = channel();

    outbox.notice(Notice::Ready);
    spawn("writer", {
        let outbox = outbox.clone();
        move || write(&outbox, output)
    })?;
    spawn("watch", {
        let stop = stop.clone();
        move || stop.watch()
    })?;
    spawn("guest", {
        let (stop, outbox, shown) = (stop.clone(), outbox.clone(), shown.clone());
        move || {
            if let Err(error) = Guest::new(stop, outbox, shown).work(&waiting) {
                tracing::error!(%error, "guests cannot be run");
                pipes::end(1);
            }
        }
    })?;

    let desk = Desk { outbox, stop, shown, jobs };
    desk.serve(input);
    // The order to end, or the end of whoever started this process: the guest may be anywhere, so
    // nothing is waited for and nothing is tidied up.
    pipes::end(0)
}

/// The answering thread. Nothing it does waits for the guest.
struct Desk {
    outbox: Arc<Outbox>,
    stop: Arc<Stop>,
    shown: Arc<Shown>,
    jobs: Sender<Job>,
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
        let asked = frame::split(message)
            .map_err(|e| e.to_string())
            .and_then(|(json, _)| serde_json::from_slice(json).map_err(|e| refuse(&self.outbox, json, &e)));
        let Numbered { id, message } = match asked {
            Ok(asked) => asked,
            Err(error) => {
                tracing::error!(error, "a request was not understood");
                return;
            }
        };
        match message {
            Request::Stop => {
                let running = self.stop.stop();
                self.outbox.answer_now(id, Ok((Answer::Stopping { running }, Vec::new())));
            }
            Request::Exports => self.outbox.answer_now(id, self.exports()),
            Request::ReadMemory { memory, offset, length } => {
                self.outbox.answer_now(id, self.memory(&memory, offset, length));
            }
            request => {
                let number = self.stop.submit();
                if self.jobs.send(Job { id, number, request }).is_err() {
                    let gone = Error::new(ErrorCode::RunnerCrashed, "The thread that runs guests has ended.");
                    self.outbox.answer_now(id, Err(gone));
                }
            }
        }
    }

    fn exports(&self) -> Result<(Answer, Vec<u8>)> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let exports = shown.as_ref().ok_or_else(guest::nothing)?.exports();
        Ok((Answer::Exports { exports }, Vec::new()))
    }

    fn memory(&self, name: &str, offset: u64, length: u32) -> Result<(Answer, Vec<u8>)> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let (pages, bytes) = shown.as_ref().ok_or_else(guest::nothing)?.memory(name, offset, length)?;
        Ok((Answer::Memory { pages }, bytes))
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
    if let Err(error) = outbox.write_to(&mut output) {
        tracing::error!(%error, "nobody reads the answers any more");
    }
    pipes::end(1);
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> anyhow::Result<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .stack_size(HOST_STACK)
        .spawn(body)
        .with_context(|| format!("the thread `{name}` could not be started"))?;
    Ok(())
}

fn log() {
    // Libraries that warn of what a guest does would let a guest fill the log.
    const QUIET: &str = "warn,wasmer=off,wasmer_wasix=off,virtual_fs=off,virtual_net=off";
    let filter = tracing_subscriber::EnvFilter::try_from_env("WATSHOP_LOG").unwrap_or_else(|_| QUIET.into());
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
}
