use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::value::RawValue;
use tokio::sync::{Notify, oneshot};

use super::{ProcessEnd, RequestFailure};

/// An answer with its bytes.
pub type Answered<A> = Result<(A, Vec<u8>), RequestFailure>;

/// An answer before its type is known.
type RawAnswer = Answered<Box<RawValue>>;

/// The requests of a process that wait for their answers. The handles of the process share it with
/// the task that reads, which holds no handle, so that the drop of the last handle is noticed.
pub struct PendingAnswers {
    /// None once the process is gone.
    waiting: Mutex<Option<HashMap<u32, oneshot::Sender<RawAnswer>>>>,
    /// The order to kill the process.
    pub kill: Notify,
}

impl PendingAnswers {
    pub fn new() -> Self {
        Self { waiting: Mutex::new(Some(HashMap::new())), kill: Notify::new() }
    }

    /// Whether the process can still be asked.
    pub fn is_open(&self) -> bool {
        self.lock().is_some()
    }

    /// Expects the answer to a request, and sends the request on its way if there is a process.
    pub fn expect(&self, id: u32, tell: oneshot::Sender<RawAnswer>, send: impl FnOnce()) {
        if let Some(waiting) = self.lock().as_mut() {
            waiting.insert(id, tell);
            send();
        }
    }

    /// Hands an answer out.
    pub fn answer(&self, id: u32, answer: RawAnswer) {
        let asked = self.lock().as_mut().and_then(|waiting| waiting.remove(&id));
        // The caller may have stopped waiting.
        let _ = asked.map(|tell| tell.send(answer));
    }

    /// Takes no more requests. Gives the ones that still wait.
    pub fn close(&self) -> impl Iterator<Item = oneshot::Sender<RawAnswer>> + use<> {
        self.lock().take().unwrap_or_default().into_values()
    }

    /// A panic elsewhere leaves a table that is whole: each change is one insertion or removal.
    fn lock(&self) -> MutexGuard<'_, Option<HashMap<u32, oneshot::Sender<RawAnswer>>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells all askers that the process is gone.
pub fn fail(waiting: impl Iterator<Item = oneshot::Sender<RawAnswer>>, end: &ProcessEnd) {
    for answer in waiting {
        let _ = answer.send(Err(RequestFailure::Ended(end.clone())));
    }
}
