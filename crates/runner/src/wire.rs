//! Sends answers and the guest's output through one pipe, which may be slow.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use serde_json::value::RawValue;
use watshop_protocol::frame::{self, FrameError};
use watshop_protocol::instance::EncodedAnswer;
use watshop_protocol::page::{Result, Stream};
use watshop_protocol::process::Said;
use watshop_protocol::process::runner::Notice;

/// The bytes of output that may wait for the pipe. A guest that writes more waits itself.
const WAITING: usize = 256 << 10;

/// The largest piece of output in one frame. Smaller pieces of the same stream are joined up to
/// this size.
const PIECE: usize = 64 << 10;

/// A message to the parent.
pub type Message = Said<Box<RawValue>, Notice>;

/// The queue before the pipe.
///
/// A thread that posts an answer never waits. Answers to requests that do not wait for the guest go
/// before everything else. The guest's own results keep their order among its output.
#[derive(Default)]
pub struct Outbox {
    queue: Mutex<Queue>,
    filled: Condvar,
    drained: Condvar,
}

#[derive(Default)]
struct Queue {
    urgent: VecDeque<(Message, Vec<u8>)>,
    ordered: VecDeque<(Message, Vec<u8>)>,
    /// The bytes of output in `ordered`.
    waiting: usize,
    /// True if nothing follows the queued messages.
    closed: bool,
}

impl Outbox {
    /// Queues an answer before everything else.
    pub fn answer_now(&self, id: u32, answered: Result<EncodedAnswer>) {
        self.lock().urgent.push_back(said(id, answered));
        self.filled.notify_one();
    }

    /// Queues an answer behind the output that came before it.
    pub fn answer(&self, id: u32, answered: Result<EncodedAnswer>) {
        self.push(said(id, answered));
    }

    /// Closes the queue. The messages in it still go out.
    pub fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_one();
    }

    /// Queues a notice in order.
    pub fn notice(&self, notice: Notice) {
        self.push((Said::Notice(notice), Vec::new()));
    }

    /// Queues output of the guest, and waits while too much is waiting. `give_up` is asked again
    /// after every [`Outbox::wake`]. Gives the number of bytes that were taken: all, unless it gave
    /// up.
    pub fn output(&self, stream: Stream, bytes: &[u8], give_up: impl Fn() -> bool) -> usize {
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
            queue.put(stream, piece);
            taken += piece.len();
            self.filled.notify_one();
        }
        taken
    }

    /// Makes a waiting [`Outbox::output`] ask `give_up` again.
    pub fn wake(&self) {
        // The lock is held, so that the notification cannot fall between the question and the wait.
        let _queue = self.lock();
        self.drained.notify_all();
    }

    /// Writes the queued messages, until the queue is closed.
    ///
    /// # Errors
    ///
    /// The pipe is closed.
    pub fn write_to(&self, pipe: &mut impl Write) -> std::result::Result<(), FrameError> {
        while let Some((message, bytes)) = self.next() {
            frame::write(pipe, &message, &bytes)?;
        }
        Ok(())
    }

    /// Waits for the next message and its bytes. `None` if there will be none.
    pub fn next(&self) -> Option<(Message, Vec<u8>)> {
        let mut queue = self.lock();
        loop {
            if let Some(urgent) = queue.urgent.pop_front() {
                return Some(urgent);
            }
            if let Some((message, bytes)) = queue.ordered.pop_front() {
                queue.waiting -= bytes.len();
                self.drained.notify_all();
                return Some((message, bytes));
            }
            if queue.closed {
                return None;
            }
            queue = self.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn push(&self, message: (Message, Vec<u8>)) {
        let mut queue = self.lock();
        queue.waiting += message.1.len();
        queue.ordered.push_back(message);
        self.filled.notify_one();
    }

    /// Locks the queue. It is whole even after a panic, because every change is one push or pop.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn said(id: u32, answered: Result<EncodedAnswer>) -> (Message, Vec<u8>) {
    let (result, bytes) = match answered {
        Ok((answer, bytes)) => (Ok(answer), bytes),
        Err(error) => (Err(error), Vec::new()),
    };
    (Said::Answer { id, result }, bytes)
}

impl Queue {
    fn put(&mut self, stream: Stream, piece: &[u8]) {
        self.waiting += piece.len();
        if let Some((Said::Notice(Notice::Output { stream: last }), bytes)) =
            self.ordered.back_mut()
            && *last == stream
            && bytes.len() + piece.len() <= PIECE
        {
            bytes.extend_from_slice(piece);
            return;
        }
        self.ordered.push_back((Said::Notice(Notice::Output { stream }), piece.to_vec()));
    }
}

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
