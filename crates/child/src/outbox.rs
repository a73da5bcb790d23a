//! Sends answers, notices and output through one pipe, which may be slow.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use watshop_protocol::say;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use watshop_protocol::frame::{self, FrameError};
use watshop_protocol::instance::EncodedAnswer;
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::process::{Ask, Said};

/// The bytes of output that may wait for the pipe. A guest that writes more waits itself.
const WAITING: usize = 256 << 10;

/// Messages that may wait before a notice that can be spared is dropped.
const CROWDED: usize = 64;

/// The largest piece of output in one frame. Smaller pieces of the same stream are joined up to
/// this size.
const PIECE: usize = 64 << 10;

/// The least time from one piece of output to the next one, unless that is large or something comes
/// behind it. A guest that writes byte by byte would otherwise wake the writer for each of them.
const PAUSE: Duration = Duration::from_millis(1);

/// The bytes of a piece that is large.
const LARGE: usize = 4 << 10;

/// A message to the parent, before it is written.
type Message<N> = (Said<Box<RawValue>, N>, Vec<u8>);

/// The queue before the pipe to the parent: answers, notices of the type `N`, and output.
///
/// A thread that posts an answer or a notice never waits. Urgent answers go before everything else;
/// the other messages keep their order.
#[derive(Debug)]
pub struct Outbox<N> {
    queue: Mutex<Queue<N>>,
    filled: Condvar,
    drained: Condvar,
}

#[derive(Debug)]
struct Queue<N> {
    urgent: VecDeque<Message<N>>,
    ordered: VecDeque<Message<N>>,
    /// The bytes of output in `ordered`.
    waiting: usize,
    /// The exit status of the process, once no message comes after the ones that are queued.
    ending: Option<i32>,
    /// The moment at which the last message with bytes was taken.
    taken: Option<Instant>,
}

impl<N> Default for Outbox<N> {
    fn default() -> Self {
        let (urgent, ordered) = (VecDeque::new(), VecDeque::new());
        let queue = Queue { urgent, ordered, waiting: 0, ending: None, taken: None };
        Self { queue: Mutex::new(queue), filled: Condvar::new(), drained: Condvar::new() }
    }
}

impl<N: Serialize + Clone + PartialEq> Outbox<N> {
    /// Queues an answer before everything else.
    pub fn answer_now(&self, id: u32, answered: Result<EncodedAnswer>) {
        self.lock().urgent.push_back(said(id, answered));
        self.filled.notify_one();
    }

    /// Queues an answer behind the output that came before it.
    pub fn answer(&self, id: u32, answered: Result<EncodedAnswer>) {
        self.push(said(id, answered));
    }

    /// Queues the answer to a request of the type `R`, as [`Outbox::answer`] does.
    pub fn answer_to<R: Ask<Answer: Serialize>>(&self, id: u32, result: Result<R::Answer>) {
        let written = result.and_then(|answer| {
            to_raw_value(&answer).map_err(|error| {
                Error::new(ErrorCode::BadRequest, say!("The answer cannot be written: {error}."))
            })
        });
        self.answer(id, written.map(|answer| (answer, Vec::new())));
    }

    /// Ends the process with this status when the messages that are queued now are written. See
    /// [`Outbox::write_and_end`].
    pub fn end(&self, status: i32) {
        self.lock().ending = Some(status);
        self.filled.notify_one();
    }

    /// Queues a notice in order.
    pub fn notice(&self, notice: N) {
        self.push((Said::Notice(notice), Vec::new()));
    }

    /// Queues a notice that the next one replaces. It is dropped if the parent reads too slowly.
    pub fn spare_notice(&self, notice: N) {
        let mut queue = self.lock();
        if queue.ordered.len() < CROWDED {
            queue.ordered.push_back((Said::Notice(notice), Vec::new()));
            self.filled.notify_one();
        }
    }

    /// Queues output as notices with bytes, and waits while too much is waiting. `give_up` is asked
    /// again after every [`Outbox::wake`]. Gives the number of bytes that were taken: all, unless it
    /// gave up.
    pub fn output(&self, notice: &N, bytes: &[u8], give_up: impl Fn() -> bool) -> usize {
        let mut taken = 0;
        let mut queue = self.lock();
        while taken < bytes.len() {
            if queue.waiting >= WAITING {
                if give_up() {
                    break;
                }
                queue = self.drained.wait(queue).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let piece = &bytes[taken..bytes.len().min(taken + PIECE)];
            let is_new = queue.put(notice, piece);
            taken += piece.len();
            // A message that was there before has woken the writer, and to wake is a system call.
            if is_new {
                self.filled.notify_one();
            }
        }
        taken
    }

    /// Makes a waiting [`Outbox::output`] ask `give_up` again.
    pub fn wake(&self) {
        // The lock is held, so that the notification cannot fall between the question and the wait.
        let _queue = self.lock();
        self.drained.notify_all();
    }

    /// Writes every message to the pipe, and ends the process after the last. The process also
    /// ends if the parent has closed the pipe.
    pub fn write_and_end(&self, mut pipe: File) -> ! {
        match self.write_to(&mut pipe) {
            Ok(status) => crate::end(status),
            Err(error) => {
                tracing::info!(%error, "the parent reads no answers any more");
                crate::end(0)
            }
        }
    }

    /// Writes every message, until [`Outbox::end`]. Gives the exit status.
    fn write_to(&self, pipe: &mut impl Write) -> std::result::Result<i32, FrameError> {
        while let Some((message, bytes)) = self.next() {
            frame::write(pipe, &message, &bytes)?;
        }
        Ok(self.lock().ending.unwrap_or_default())
    }

    /// Waits for the next message and its bytes. `None` after the last.
    pub fn next(&self) -> Option<Message<N>> {
        let mut queue = self.lock();
        loop {
            if let Some(urgent) = queue.urgent.pop_front() {
                return Some(urgent);
            }
            if let Some(pause) = queue.pause() {
                let waited = self.filled.wait_timeout(queue, pause);
                queue = waited.unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            if let Some((message, bytes)) = queue.ordered.pop_front() {
                if !bytes.is_empty() {
                    queue.waiting -= bytes.len();
                    queue.taken = Some(Instant::now());
                    self.drained.notify_all();
                }
                return Some((message, bytes));
            }
            if queue.ending.is_some() {
                return None;
            }
            queue = self.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn push(&self, message: Message<N>) {
        let mut queue = self.lock();
        queue.waiting += message.1.len();
        queue.ordered.push_back(message);
        self.filled.notify_one();
    }

    /// Locks the queue. It is whole even after a panic, because every change is one push or pop.
    fn lock(&self) -> MutexGuard<'_, Queue<N>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn said<N>(id: u32, answered: Result<EncodedAnswer>) -> Message<N> {
    let (result, bytes) = match answered {
        Ok((answer, bytes)) => (Ok(answer), bytes),
        Err(error) => (Err(error), Vec::new()),
    };
    (Said::Answer { id, result }, bytes)
}

impl<N: Clone + PartialEq> Queue<N> {
    /// The time that the first message has to wait for more of its kind; `None` if it is to go now.
    fn pause(&self) -> Option<Duration> {
        let (Said::Notice(_), bytes) = self.ordered.front()? else { return None };
        let is_small = self.ordered.len() == 1 && (1..LARGE).contains(&bytes.len());
        let since = self.taken.filter(|_| is_small && self.ending.is_none())?.elapsed();
        PAUSE.checked_sub(since)
    }

    /// Adds output to the last message, or as a new one. Returns true if it is a new one.
    fn put(&mut self, notice: &N, piece: &[u8]) -> bool {
        self.waiting += piece.len();
        if let Some((Said::Notice(last), bytes)) = self.ordered.back_mut()
            && last == notice
            && bytes.len() + piece.len() <= PIECE
        {
            bytes.extend_from_slice(piece);
            return false;
        }
        self.ordered.push_back((Said::Notice(notice.clone()), piece.to_vec()));
        true
    }
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
