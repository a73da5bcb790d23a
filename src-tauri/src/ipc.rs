//! Requests in, replies and events out.

use std::sync::Arc;
use watshop_protocol::say;

use tauri::Wry;
use tauri::ipc::{Channel, InvokeResolver, InvokeResponseBody, IpcResponse, Response};
use tokio::sync::{Mutex, mpsc, oneshot};
use watshop_protocol::frame;
use watshop_protocol::page::{Error, ErrorCode, Event, Request, reply_to};
use watshop_workbench::{Events, Workbench};

/// A request as it came, with the way to reply to it.
pub(crate) type CarriedRequest = (Vec<u8>, InvokeResolver<Wry>);

/// An event that is written already. The page gets it as an object.
pub(crate) struct EventJson(String);

impl IpcResponse for EventJson {
    fn body(self) -> tauri::Result<InvokeResponseBody> {
        Ok(InvokeResponseBody::Json(self.0))
    }
}

/// A question for the number of events that were sent before it.
pub(crate) type CountQuery = oneshot::Sender<u64>;

/// The receivers for messages to the page, except the workbench's events.
pub(crate) struct Channels {
    /// The shell's own events.
    pub events: mpsc::UnboundedReceiver<Event>,
    pub counts: mpsc::UnboundedReceiver<CountQuery>,
}

/// Begins requests in the order in which they came. Each ends in its own time.
pub(crate) async fn serve(
    workbench: Workbench,
    mut orders: mpsc::UnboundedReceiver<CarriedRequest>,
    counts: mpsc::UnboundedSender<CountQuery>,
) {
    while let Some((message, resolver)) = orders.recv().await {
        let (workbench, counts) = (workbench.clone(), counts.clone());
        let mut work = Box::pin(async move {
            let reply = answer(&workbench, message).await;
            resolver.resolve(Response::new(stamped(sent(&counts).await, &reply)));
        });
        // The first step is taken here, so that requests begin in order. The rest runs beside other
        // requests.
        if futures_util::poll!(&mut work).is_pending() {
            tokio::spawn(work);
        }
    }
}

/// The number of events that were sent to the page so far.
async fn sent(counts: &mpsc::UnboundedSender<CountQuery>) -> u64 {
    let (count, counted) = oneshot::channel();
    // The receiver lives as long as the shell does. Without it, the page does not wait for the
    // reply either.
    drop(counts.send(count));
    counted.await.unwrap_or(0)
}

/// A reply with the number of events that the page must have first. Tauri carries replies and
/// events separately and promises no order between them, so the page waits
/// (`ui/src/platform/in-step.ts`).
fn stamped(sent: u64, reply: &[u8]) -> Vec<u8> {
    [&sent.to_le_bytes(), reply].concat()
}

async fn answer(workbench: &Workbench, mut message: Vec<u8>) -> Vec<u8> {
    let request = frame::split(&message).map_err(|e| e.to_string()).and_then(|(json, _)| {
        let request: Request = serde_json::from_slice(json).map_err(|e| e.to_string())?;
        Ok((request, 4 + json.len()))
    });
    let (reply, bytes) = match request {
        Ok((Request { id, method, params }, head)) => {
            let bytes = message.split_off(head);
            match workbench.dispatch(&method, params, bytes).await {
                Ok((json, bytes)) => (reply_to(id, Ok(json)), bytes),
                Err(error) => (reply_to(id, Err(error)), Vec::new()),
            }
        }
        Err(why) => {
            let error = Error::new(
                ErrorCode::BadRequest,
                say!("The page sent a message that is not a request: {why}."),
            );
            (reply_to(0, Err(error)), Vec::new())
        }
    };
    frame::join_json(&reply, &bytes).unwrap_or_else(|e| {
        tracing::error!("a reply cannot be sent: {e}");
        Vec::new()
    })
}

/// Sends events until the page or the workbench ends.
pub(crate) async fn tell_page(
    mut events: Events,
    told: Arc<Mutex<Channels>>,
    channel: Channel<EventJson>,
) {
    let mut sent = 0;
    // The lock is free as soon as the aborted listener before has ended.
    let mut told = told.lock().await;
    let Channels { events: of_shell, counts } = &mut *told;
    loop {
        let json = tokio::select! {
            // The workbench's events come first. So a tab exists before a command names it, and the
            // events of a request are counted before its reply.
            biased;
            Some(json) = events.next_json() => Ok(json.to_string()),
            Some(event) = of_shell.recv() => serde_json::to_string(&event),
            Some(count) = counts.recv() => {
                // The receiver has gone if the window is ending.
                let _ = count.send(sent);
                continue;
            }
            else => return,
        };
        let gone = json.map_err(tauri::Error::from).and_then(|json| channel.send(EventJson(json)));
        if let Err(error) = gone {
            tracing::debug!("the page went: {error}");
            return;
        }
        sent += 1;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use std::sync::Mutex as Shared;

    use watshop_workbench::{CacheMode, Config, HostFolders, StateKind};

    use super::*;

    #[tokio::test]
    async fn a_reply_says_how_many_events_the_page_must_have_first() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: folder.path().to_owned(),
            programs: folder.path().to_owned(),
            state: StateKind::InMemory,
            cache: CacheMode::Off,
            raw_output: None,
            input_wanted: None,
            streams: None,
            folders: HostFolders::Any,
        };
        let workbench = Workbench::open(config).unwrap();
        let (_tell, events) = mpsc::unbounded_channel();
        let (ask, counts) = mpsc::unbounded_channel();
        let arrived = Arc::new(Shared::new(Vec::new()));
        let page = Arc::clone(&arrived);
        let channel = Channel::new(move |event| {
            if let InvokeResponseBody::Json(event) = event {
                page.lock().unwrap().push(event);
            }
            Ok(())
        });
        let told = Arc::new(Mutex::new(Channels { events, counts }));
        let telling = tokio::spawn(tell_page(workbench.subscribe(), told, channel));

        let request = serde_json::json!({ "id": 1, "method": "tab.new", "params": { "title": "a.wat", "text": "" } });
        let reply = answer(&workbench, frame::join(&request, &[]).unwrap()).await;
        let sent = sent(&ask).await;
        let before = arrived.lock().unwrap().clone();
        assert_eq!(u64::try_from(before.len()).unwrap(), sent);
        assert!(before.iter().any(|event| event.contains("a.wat")), "{before:?}");

        let message = stamped(sent, &reply);
        assert_eq!(message[..8], sent.to_le_bytes());
        assert_eq!(message[8..], reply);
        telling.abort();
    }
}
