use std::io::Read;
use std::ops::Deref;
use watshop_protocol::say;

use serde::Serialize;
use serde::de::DeserializeOwned;
use watshop_protocol::frame::{self, FrameError};
use watshop_protocol::page::{Error, ErrorCode};
use watshop_protocol::process::Numbered;

use crate::Outbox;

/// A request of the parent.
#[derive(Debug)]
pub struct Received<Q> {
    /// The number that its answer carries.
    pub id: u32,
    /// The request itself.
    pub request: Q,
    /// The bytes that came with it.
    pub bytes: Attachment,
}

/// The bytes of a message. They stay in the frame they came in: a module of 100 MB is not copied.
#[derive(Debug)]
pub struct Attachment {
    frame: Vec<u8>,
    start: usize,
}

impl Deref for Attachment {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.frame[self.start..]
    }
}

/// Reads requests from a pipe until it is closed, and hands each one over. A frame that contains no
/// request is logged, and answered with `bad_request` if it has a number: its sender waits.
///
/// The thread that calls this hears an order to stop only while `handle` is not busy, so `handle`
/// gives long work to others.
///
/// # Errors
///
/// If the pipe fails, ends inside a frame, or announces more than [`frame::LARGEST`].
pub fn answer_requests<Q: DeserializeOwned, N: Serialize + Clone + PartialEq>(
    input: &mut impl Read,
    outbox: &Outbox<N>,
    mut handle: impl FnMut(Received<Q>),
) -> Result<(), FrameError> {
    while let Some(frame) = frame::read(input)? {
        match receive(frame) {
            Ok(received) => handle(received),
            Err(Misunderstood { id, why }) => {
                tracing::error!(why, "a request is not understood");
                if let Some(id) = id {
                    let message = say!("The process does not understand the request: {why}.");
                    outbox.answer_now(id, Err(Error::new(ErrorCode::BadRequest, message)));
                }
            }
        }
    }
    Ok(())
}

/// A frame that contains no request.
struct Misunderstood {
    id: Option<u32>,
    why: String,
}

fn receive<Q: DeserializeOwned>(frame: Vec<u8>) -> Result<Received<Q>, Misunderstood> {
    let (json, bytes) =
        frame::split(&frame).map_err(|why| Misunderstood { id: None, why: why.to_string() })?;
    let Numbered { id, message } = serde_json::from_slice(json)
        .map_err(|why| Misunderstood { id: number(json), why: why.to_string() })?;
    let start = frame.len() - bytes.len();
    Ok(Received { id, request: message, bytes: Attachment { frame, start } })
}

/// The number of a message that is not a request of this process.
fn number(json: &[u8]) -> Option<u32> {
    let message: serde_json::Value = serde_json::from_slice(json).ok()?;
    message.get("id")?.as_u64()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    type Request = String;

    /// What is handed over of these messages, and the numbers that are refused.
    fn answered(pipe: &[u8]) -> (Vec<(u32, Vec<u8>)>, Vec<u32>) {
        #[derive(serde::Deserialize)]
        struct Greet {
            greet: Request,
        }
        let outbox = Outbox::<()>::default();
        let mut handed = Vec::new();
        let _end = answer_requests(&mut &*pipe, &outbox, |received: Received<Greet>| {
            assert_eq!(received.request.greet, "hello");
            handed.push((received.id, received.bytes.to_vec()));
        });
        outbox.end(0);
        let mut refused = Vec::new();
        while let Some((message, _)) = outbox.next() {
            match message {
                watshop_protocol::process::Said::Answer { id, result } => {
                    assert_eq!(result.unwrap_err().code, ErrorCode::BadRequest);
                    refused.push(id);
                }
                watshop_protocol::process::Said::Notice(()) => panic!("there was no notice"),
            }
        }
        (handed, refused)
    }

    #[test]
    fn a_request_is_handed_over_with_its_bytes() {
        let mut pipe = Vec::new();
        frame::write(&mut pipe, &json!({ "id": 7, "greet": "hello" }), b"bytes").unwrap();
        frame::write(&mut pipe, &json!({ "id": 8, "greet": "hello" }), b"").unwrap();
        assert_eq!(answered(&pipe), (vec![(7, b"bytes".to_vec()), (8, vec![])], vec![]));
    }

    #[test]
    fn a_message_that_is_no_request_is_answered_if_it_has_a_number() {
        let mut pipe = Vec::new();
        for message in [
            json!({ "id": 1, "fly": true }),
            json!({ "greet": "hello" }),
            json!([1, 2, 3]),
            json!({ "id": u64::MAX, "greet": "hello" }),
            json!({ "id": "2", "greet": "hello" }),
            json!({ "id": 3, "greet": "hello" }),
        ] {
            frame::write(&mut pipe, &message, b"").unwrap();
        }
        // A frame whose header names more than the frame has.
        pipe.extend_from_slice(&[5, 0, 0, 0, 0xff, 0xff, 0, 0, 1]);
        frame::write(&mut pipe, &json!({ "id": 4, "greet": "hello" }), b"").unwrap();
        assert_eq!(answered(&pipe), (vec![(3, vec![]), (4, vec![])], vec![1]));
    }

    #[test]
    fn half_a_frame_is_an_error_and_a_closed_pipe_is_not() {
        let end = |pipe: &[u8]| {
            answer_requests(&mut &*pipe, &Outbox::<()>::default(), |_: Received<Request>| {})
        };
        assert!(end(&[]).is_ok());
        assert!(matches!(end(&[100, 0, 0, 0, 1]), Err(FrameError::Io(_))));
        assert!(matches!(end(&[0xff; 8]), Err(FrameError::Large(_))));
    }
}
