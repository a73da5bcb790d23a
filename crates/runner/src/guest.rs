//! The guest's thread. It owns the module, the store and the instance, and does one job after
//! another.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, PoisonError};

use watshop_protocol::instance::ByGuestRequest;

use crate::bench::SampleStore;
use crate::exports::SharedView;
use crate::guest_instance::GuestInstance;
use crate::host::record::Recorder;
use crate::load::LoadedModule;
use crate::outbox::Outbox;
use crate::stop::Stop;
use crate::wasi::Given;
use crate::{call, trap};

mod current;
mod turn;

pub use current::Current;

/// A request in the queue of the guest's thread.
pub struct GuestJob {
    /// The number of the request.
    pub id: u32,
    /// See [`Stop::submit`].
    pub number: u64,
    /// A request that has to wait while a guest runs.
    pub request: ByGuestRequest,
}

/// The things that the thread keeps between jobs.
pub struct Guest {
    stop: Arc<Stop>,
    outbox: Arc<Outbox>,
    shown: Arc<SharedView>,
    calls: Arc<Recorder>,
    live: Option<GuestInstance>,
    loaded: Option<LoadedModule>,
    current: Arc<Current>,
    samples: Arc<SampleStore>,
    given: Given,
}

impl Guest {
    /// A guest thread with nothing loaded.
    pub fn new(
        stop: Arc<Stop>,
        outbox: Arc<Outbox>,
        shown: Arc<SharedView>,
        calls: Arc<Recorder>,
        current: Arc<Current>,
        samples: Arc<SampleStore>,
        given: Given,
    ) -> Self {
        Self { stop, outbox, shown, calls, live: None, loaded: None, current, samples, given }
    }

    /// Does all jobs, until the channel is closed.
    pub fn work(mut self, jobs: &Receiver<GuestJob>) {
        for job in jobs {
            let stop = self.stop.clone();
            self.current.begin(&job);
            let result = match stop.begin(job.number) {
                Err(reason) => Err(trap::stopped_error(reason)),
                Ok(running) => {
                    let mut turn = turn::GuestTurn { guest: &mut self, running: &running };
                    catch_unwind(AssertUnwindSafe(|| job.request.answer(&mut turn, &[])))
                        .unwrap_or_else(|panic| Err(call::panicked(&*panic)))
                }
            };
            if self.stop.has_given_up() {
                // Another thread answers, and that is the last answer of this process.
                return;
            }
            self.outbox.answer(job.id, result);
        }
    }

    /// Drops the instance. The window goes first, because its pointers lead into the store.
    fn drop_instance(&mut self) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.live = None;
    }
}
