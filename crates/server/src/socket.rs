//! The WebSocket of one window: requests in, replies and events out.

use std::collections::VecDeque;
use std::sync::Arc;
use watshop_protocol::say;

use axum::Extension;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use serde::Deserialize;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use watshop_protocol::frame;
use watshop_protocol::page::{Error, ErrorCode, Event, Request, reply_to};
use watshop_protocol::registry::Method;
use watshop_workbench::{Events, Workbench, in_place_for, timed};

use crate::ServerState;
use crate::access::{Refusal, Ticket};
use crate::places::Visitor;

/// The bytes of the largest frame: a file of 100 MB with its envelope. The workbench explains the
/// error of a file that is a little too large. A much larger one is not even read.
const LARGEST: usize = 110_000_000;

/// The bytes of a request that is read on the thread that carries messages.
const LONG: usize = 256 << 10;

/// The number of requests of one window that may be in progress at once. Later ones wait, except
/// for [`Method::ends_work`]: it may end those that take all places.
const AT_ONCE: usize = 256;

/// The number of requests that may wait, and the bytes of their messages. With more, nothing is
/// read.
const WAITING: usize = 1024;
const WAITING_BYTES: usize = 16 << 20;

/// The number of replies that may wait for a slow window. With more, its requests wait.
const OUTBOX: usize = 64;

/// The bytes of waiting replies from which requests wait. Together with the waiting events, a
/// connection needs less than 32 MiB, unless a single reply is larger.
const OUTBOX_BYTES: usize = 16 << 20;

/// `/ws`: checks that the window may connect, and upgrades.
pub(crate) async fn open(
    State(shared): State<ServerState>,
    Query(ticket): Query<Ticket>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Response {
    let access = &shared.access;
    let allowed = access.check_origin(&headers).and_then(|()| access.enter(&ticket, &headers));
    let allowed =
        allowed.and_then(|_| if visitor.welcome() { Ok(()) } else { Err(Refusal::NoPlace) });
    if let Err(refusal) = allowed {
        return access.refuse(refusal);
    }
    match upgrade {
        Ok(upgrade) => {
            // The subscription begins before the answer, so an open window misses no event.
            let events = shared.workbench.subscribe();
            let stopping = shared.stopping.subscribe();
            upgrade.max_message_size(LARGEST).max_frame_size(LARGEST).on_upgrade(
                move |socket| async move {
                    let window = carry(socket, shared.workbench, events, stopping);
                    on_a_thread(async move {
                        window.await;
                        // The window keeps its place until it has gone.
                        drop(visitor);
                    });
                },
            )
        }
        Err(rejection) => axum::response::IntoResponse::into_response(rejection),
    }
}

/// Runs a window's connection on a thread of its own. A message may have a hundred megabytes, and
/// taking it in may not hold up the answers to other windows.
fn on_a_thread(window: impl Future<Output = ()> + Send + 'static) {
    let runtime = Handle::current();
    let thread = std::thread::Builder::new().name("window".into());
    if let Err(error) = thread.spawn(move || runtime.block_on(window)) {
        // The connection is dropped with the task.
        tracing::warn!("the system gives Watshop no thread for a window: {error}");
    }
}

/// Carries messages until either side ends the connection.
async fn carry(
    socket: WebSocket,
    workbench: Workbench,
    events: Events,
    stopping: watch::Receiver<bool>,
) {
    let (sink, stream) = socket.split();
    let (sender, outbox) = mpsc::channel(OUTBOX);
    let unsent = Arc::new(watch::Sender::new(0));
    let out = ReplySender { sender, unsent: Arc::clone(&unsent) };
    let reading = async {
        if let Some(farewell) = read(stream, workbench, &out).await
            && out.send(Message::Close(Some(farewell))).await.is_some()
        {
            // The writer ends after it has sent this.
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = write(sink, outbox, &unsent, events, stopping) => {}
        () = reading => {}
    }
}

/// The queue of replies, and the number of bytes in it that are not sent yet.
#[derive(Clone)]
struct ReplySender {
    sender: mpsc::Sender<Message>,
    unsent: Arc<watch::Sender<usize>>,
}

impl ReplySender {
    /// Puts a message behind the others; `None` if the window has gone.
    async fn send(&self, message: Message) -> Option<()> {
        self.unsent.send_modify(|bytes| *bytes += size(&message));
        self.sender.send(message).await.ok()
    }

    /// Waits until the window has read enough of the replies to its earlier requests.
    async fn ready(&self) {
        drop(self.unsent.subscribe().wait_for(|bytes| *bytes <= OUTBOX_BYTES).await);
    }
}

fn size(message: &Message) -> usize {
    match message {
        Message::Text(text) => text.len(),
        Message::Binary(bytes) => bytes.len(),
        _ => 0,
    }
}

/// Reads requests until the window goes. Gives the reason if the window is to be closed.
async fn read(
    mut stream: SplitStream<WebSocket>,
    workbench: Workbench,
    out: &ReplySender,
) -> Option<CloseFrame> {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut waiting = Waiting::default();
    loop {
        let message = tokio::select! {
            biased;
            Ok(place) = Arc::clone(&places).acquire_owned(), if !waiting.is_empty() => {
                if let Some((request, bytes)) = waiting.pop() {
                    begin(&workbench, out, request, bytes, Some(place));
                }
                continue;
            }
            message = next(&mut stream, out), if waiting.has_room() => message?,
        };
        let length = message.as_ref().map_or(0, size);
        let asked = match message {
            // A long one must not hold the thread that answers others.
            Ok(message @ (Message::Text(_) | Message::Binary(_))) if length > LONG => {
                let asked = tokio::task::spawn_blocking(move || take(message)).await;
                asked.unwrap_or_else(|error| Err(complain(None, &error.to_string())))
            }
            Ok(message @ (Message::Text(_) | Message::Binary(_))) => take(message),
            Ok(Message::Ping(_) | Message::Pong(_)) => continue,
            Ok(Message::Close(_)) => return None,
            Err(error) => return farewell(error),
        };
        let (request, bytes) = match asked {
            Ok(asked) => asked,
            Err(complaint) => {
                out.send(*complaint).await?;
                continue;
            }
        };
        if Method::find(&request.method).is_some_and(Method::ends_work) {
            begin(&workbench, out, request, bytes, None);
        } else {
            waiting.push(request, bytes, length);
        }
    }
}

/// The next message of a window that has read the replies before it.
async fn next(
    stream: &mut SplitStream<WebSocket>,
    out: &ReplySender,
) -> Option<Result<Message, axum::Error>> {
    out.ready().await;
    stream.next().await
}

/// Answers a request, and gives its place back.
fn begin(
    workbench: &Workbench,
    out: &ReplySender,
    request: Request,
    bytes: Vec<u8>,
    place: Option<OwnedSemaphorePermit>,
) {
    let (workbench, out) = (workbench.clone(), out.clone());
    let method = Method::find(&request.method);
    let name = method.map_or("request", Method::name);
    let left = method.is_some_and(Method::knows_leaving);
    let work = async move {
        let answered = answer(&workbench, request, bytes);
        // Requests are begun in their order by the first look at each, and `select!` may put that
        // off.
        let message = if left {
            tokio::select! {
                message = answered => message,
                // The workbench sees that its reply is not awaited any more.
                () = out.sender.closed() => return,
            }
        } else {
            answered.await
        };
        // A reply to a window that has gone is dropped. The request itself was carried out.
        let _ = out.send(message).await;
        drop(place);
    };
    let mut work = Box::pin(timed(name, work));
    // The first step of a request is taken here, so that requests begin in their order (two edits
    // of one text, say). The rest runs beside other requests.
    if work.as_mut().now_or_never().is_none() {
        tokio::spawn(work);
    }
}

/// Requests that were read and have no place yet, the oldest first, each with the length of its
/// message.
#[derive(Default)]
struct Waiting {
    requests: VecDeque<(Request, Vec<u8>, usize)>,
    bytes: usize,
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }

    fn has_room(&self) -> bool {
        self.requests.len() < WAITING && self.bytes < WAITING_BYTES
    }

    fn push(&mut self, request: Request, bytes: Vec<u8>, length: usize) {
        self.bytes += length;
        self.requests.push_back((request, bytes, length));
    }

    fn pop(&mut self) -> Option<(Request, Vec<u8>)> {
        let (request, bytes, length) = self.requests.pop_front()?;
        self.bytes -= length;
        Some((request, bytes))
    }
}

/// Writes replies and events until the window goes or the server stops.
async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut outbox: mpsc::Receiver<Message>,
    unsent: &watch::Sender<usize>,
    mut events: Events,
    mut stopping: watch::Receiver<bool>,
) {
    loop {
        let mut sent = 0;
        let message = tokio::select! {
            // Events come before replies. So the effects of a request arrive before its reply.
            biased;
            _ = stopping.wait_for(|stopping| *stopping) => close(close_code::AWAY, "Watshop was stopped"),
            event = events.next_json() => match event {
                Some(json) => Message::Text((*json).into()),
                None => close(close_code::AWAY, "Watshop is ending"),
            },
            Some(message) = outbox.recv() => {
                sent = size(&message);
                message
            }
        };
        let last = matches!(message, Message::Close(_));
        if let Err(e) = sink.send(message).await {
            tracing::debug!("a window went: {e}");
            return;
        }
        if sent > 0 {
            unsent.send_modify(|bytes| *bytes -= sent);
        }
        if last {
            return;
        }
    }
}

/// The reply to one request, ready to send.
async fn answer(workbench: &Workbench, request: Request, bytes: Vec<u8>) -> Message {
    let Request { id, method, params } = request;
    let outcome = if Method::find(&method).is_some_and(Method::names_host_files) {
        Err(Error::new(
            ErrorCode::NotFromHere,
            say!("`{method}` names a file of the host, and a page in a browser may not."),
        )
        .help(say!(
            "Open a file by choosing it or dropping it on the page; save it as a download."
        )))
    } else {
        workbench.dispatch(&method, params, bytes).await
    };
    let long = outcome.as_ref().map_or(0, |(json, bytes)| json.len() + bytes.len());
    in_place_for(long, || message(id, &method, outcome))
}

/// The message of a reply.
fn message(id: u32, method: &str, outcome: Result<(String, Vec<u8>), Error>) -> Message {
    match outcome {
        Ok((json, bytes)) if !bytes.is_empty() => {
            match frame::join_json(&reply_to(id, Ok(json)), &bytes) {
                Ok(frame) => Message::Binary(frame.into()),
                Err(e) => refusal(
                    id,
                    Error::new(
                        ErrorCode::OutOfBounds,
                        say!("The reply of `{method}` cannot be sent: {e}."),
                    ),
                ),
            }
        }
        outcome => Message::Text(reply_to(id, outcome.map(|(json, _)| json)).into()),
    }
}

/// Reads a request from a frame.
fn take(message: Message) -> Result<(Request, Vec<u8>), Box<Message>> {
    match message {
        Message::Binary(bytes) => unpack(bytes.into()),
        Message::Text(text) => request(text.as_bytes(), Vec::new()),
        _ => Err(complain(None, "it is neither text nor binary")),
    }
}

/// Splits a binary frame into a request and its bytes.
fn unpack(mut message: Vec<u8>) -> Result<(Request, Vec<u8>), Box<Message>> {
    let head = match frame::split(&message) {
        Ok((json, _)) => 4 + json.len(),
        Err(e) => return Err(complain(None, &e.to_string())),
    };
    let bytes = message.split_off(head);
    request(&message[4..], bytes)
}

/// Reads a request. An error becomes a reply if the frame has a number, and a notice if it has
/// none.
fn request(json: &[u8], bytes: Vec<u8>) -> Result<(Request, Vec<u8>), Box<Message>> {
    #[derive(Deserialize)]
    struct RequestNumber {
        id: u32,
    }
    match serde_json::from_slice(json) {
        Ok(request) => Ok((request, bytes)),
        Err(e) => {
            let id = serde_json::from_slice::<RequestNumber>(json).ok().map(|numbered| numbered.id);
            Err(complain(id, &e.to_string()))
        }
    }
}

fn complain(id: Option<u32>, why: &str) -> Box<Message> {
    let error =
        Error::new(ErrorCode::BadRequest, say!("A frame of this window is not a request: {why}."))
            .help(say!(
                "Reload the page. If it comes again, page and Watshop are of different versions."
            ));
    Box::new(match id {
        Some(id) => refusal(id, error),
        None => text(&Event::Notice { error }),
    })
}

/// The reason for closing the window after a failed read, if the window can still receive it.
fn farewell(error: axum::Error) -> Option<CloseFrame> {
    use tungstenite::Error as Cause;
    let frame = match error.into_inner().downcast_ref::<Cause>() {
        Some(Cause::Capacity(_)) => frame_of(close_code::SIZE, "a frame may have 110 MB at most"),
        Some(Cause::Utf8(_)) => frame_of(close_code::INVALID, "a text frame was not UTF-8"),
        Some(Cause::Protocol(_)) => {
            frame_of(close_code::PROTOCOL, "that was not a WebSocket frame")
        }
        _ => return None,
    };
    Some(frame)
}

fn close(code: u16, reason: &'static str) -> Message {
    Message::Close(Some(frame_of(code, reason)))
}

fn frame_of(code: u16, reason: &'static str) -> CloseFrame {
    CloseFrame { code, reason: reason.into() }
}

fn refusal(id: u32, error: Error) -> Message {
    Message::Text(reply_to(id, Err(error)).into())
}

/// A message as a text frame. Serialising the protocol's types does not fail; if it did, the page
/// would get an empty frame.
fn text(message: &impl serde::Serialize) -> Message {
    let json = serde_json::to_string(message).unwrap_or_else(|e| {
        tracing::error!("a message cannot be written: {e}");
        String::new()
    });
    Message::Text(json.into())
}
