use std::fs::File;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use watshop_protocol::frame::{self, FrameError};
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::process::compiler::Notice;
use watshop_protocol::process::{Ask, Said};

use crate::system;

/// How many messages may wait for a workbench that does not read.
const WAITING: usize = 64;

/// Where everything that this process says goes; a thread of its own writes it to the pipe, so that
/// a workbench that reads slowly does not make a compiler wait.
#[derive(Clone)]
pub(crate) struct Outbox(SyncSender<Message>);

enum Message {
    Say(Said<Box<RawValue>, Notice>),
    End(i32),
}

impl Outbox {
    pub fn open(pipe: File) -> io::Result<Self> {
        let (sender, messages) = sync_channel(WAITING);
        thread::Builder::new().name("outbox".to_owned()).spawn(move || write(pipe, &messages))?;
        Ok(Self(sender))
    }

    /// Answers a request. Waits where the pipe is full: an answer is never dropped.
    pub fn answer<R: Ask<Answer: Serialize>>(&self, id: u32, result: Result<R::Answer>) {
        let result = result.and_then(|answer| {
            to_raw_value(&answer).map_err(|error| {
                Error::new(ErrorCode::BadRequest, format!("The answer cannot be written: {error}."))
            })
        });
        self.send(Message::Say(Said::Answer { id, result }));
    }

    /// Answers what is no request. Waits as [`Outbox::answer`] does.
    pub fn refuse(&self, id: u32, error: Error) {
        self.send(Message::Say(Said::Answer { id, result: Err(error) }));
    }

    /// Says that this process is ready.
    pub fn ready(&self) {
        self.send(Message::Say(Said::Notice(Notice::Ready)));
    }

    /// Tells how far a compilation is. Dropped where nobody reads: the next one says more.
    pub fn progress(&self, job: u32, step: String, fraction: Option<f32>) {
        let notice = Notice::Progress { job, step, fraction };
        let _ = self.0.try_send(Message::Say(Said::Notice(notice)));
    }

    /// Ends the process with a status when all that was said before is written.
    pub fn end(&self, status: i32) {
        self.send(Message::End(status));
    }

    fn send(&self, message: Message) {
        // The writer goes only together with the process.
        let _ = self.0.send(message);
    }
}

fn write(mut pipe: File, messages: &Receiver<Message>) {
    for message in messages {
        let said = match message {
            Message::Say(said) => said,
            Message::End(status) => system::end(status),
        };
        match frame::write(&mut pipe, &said, &[]) {
            Ok(()) => {}
            Err(FrameError::Io(error)) => {
                tracing::info!(%error, "nobody reads the answers any more");
                system::end(0);
            }
            Err(error) => tracing::error!(%error, ?said, "a message cannot be written"),
        }
    }
}
