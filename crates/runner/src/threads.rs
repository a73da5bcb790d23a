//! The threads that a guest needs.

use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use watshop_protocol::say;

use anyhow::Context as _;
use watshop_protocol::instance::ByGuestRequest;
use watshop_protocol::page::{Error, ErrorCode, Result};

use crate::bench::SampleStore;
use crate::exports::SharedView;
use crate::guest::{Current, Guest, GuestJob};
use crate::host;
use crate::host::record::Recorder;
use crate::outbox::Outbox;
use crate::stop::Stop;
use crate::trap;
use crate::wasi::{Given, InputPipe, Timeline};

/// The guest's thread, the one that watches over it, and the means to reach them.
pub struct Threads {
    /// The answers and the guest's output.
    pub outbox: Arc<Outbox>,
    /// Ends a guest.
    pub stop: Arc<Stop>,
    /// The instance, while there is one.
    pub shown: Arc<SharedView>,
    /// The record of the guest's host calls.
    pub calls: Arc<Recorder>,
    /// The samples of the last bench.
    pub samples: Arc<SampleStore>,
    /// The record of the guest's calls of WASI.
    pub timeline: Arc<Timeline>,
    /// The pipe to a program's standard input.
    pub input: Arc<InputPipe>,
    jobs: Sender<GuestJob>,
}

impl Threads {
    /// Starts both threads, and the one that answers if the first cannot continue.
    ///
    /// # Errors
    ///
    /// The system gives no more threads.
    pub fn start(given: Given) -> anyhow::Result<Self> {
        let outbox = Arc::new(Outbox::default());
        let stop = Arc::new(Stop::new(Arc::clone(&outbox)));
        let shown = Arc::new(SharedView::default());
        let calls = Arc::new(Recorder::default());
        let samples = Arc::new(SampleStore::default());
        let (input, timeline) = (Arc::clone(&given.input), Arc::clone(&given.timeline));
        let (jobs, waiting) = channel();
        spawn("watch", {
            let stop = Arc::clone(&stop);
            move || stop.watch()
        })?;
        let current = Arc::new(Current::default());
        spawn("guest", {
            let (stop, outbox) = (Arc::clone(&stop), Arc::clone(&outbox));
            let (shown, calls) = (Arc::clone(&shown), Arc::clone(&calls));
            let (current, samples) = (Arc::clone(&current), Arc::clone(&samples));
            move || Guest::new(stop, outbox, shown, calls, current, samples, given).work(&waiting)
        })?;
        spawn("rescue", {
            let (stop, outbox, shown) =
                (Arc::clone(&stop), Arc::clone(&outbox), Arc::clone(&shown));
            move || {
                let given_up = stop.wait_for_rescue();
                let error = given_up.map_or_else(trap::cut_short_error, trap::stopped_error);
                current.rescue(error, &outbox, &shown);
            }
        })?;
        Ok(Self { outbox, stop, shown, calls, samples, timeline, input, jobs })
    }

    /// Gives the guest's thread a job. The answer will be in the outbox.
    ///
    /// # Errors
    ///
    /// `runner_crashed` if that thread is gone.
    pub fn submit(&self, id: u32, request: ByGuestRequest) -> Result<()> {
        let number = self.stop.submit();
        self.jobs.send(GuestJob { id, number, request }).map_err(|_| ended_error())
    }
}

/// The error of a request to a guest's thread that has ended.
pub fn ended_error() -> Error {
    Error::new(ErrorCode::RunnerCrashed, say!("The thread that runs guests has ended."))
}

/// Starts a thread.
///
/// # Errors
///
/// The system gives no more threads.
pub fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> anyhow::Result<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .stack_size(host::STACK)
        .spawn(body)
        .with_context(|| format!("the thread `{name}` could not be started"))?;
    Ok(())
}
