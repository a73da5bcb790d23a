//! Requests in, replies and events out.

use std::sync::Arc;

use tauri::Wry;
use tauri::ipc::{Channel, InvokeResolver, Response};
use tokio::sync::{Mutex, mpsc, oneshot};
use watshop_protocol::frame;
use watshop_protocol::page::{Error, ErrorCode, Event, Reply, Request, dispatch};
use watshop_workbench::{Events, Workbench};

/// A request as it came, and where its reply goes.
pub(crate) type Order = (Vec<u8>, InvokeResolver<Wry>);

/// Asks how many events were sent, those of before this question included.
pub(crate) type Count = oneshot::Sender<u64>;

/// What goes to the page beside the workbench's events.
pub(crate) struct Told {
    /// What the shell itself has to tell.
    pub events: mpsc::UnboundedReceiver<Event>,
    pub counts: mpsc::UnboundedReceiver<Count>,
}

/// Begins requests in the order in which they came; each ends in its own time.
pub(crate) async fn serve(
    workbench: Workbench,
    mut orders: mpsc::UnboundedReceiver<Order>,
    counts: mpsc::UnboundedSender<Count>,
) {
    while let Some((message, resolver)) = orders.recv().await {
        let (workbench, counts) = (workbench.clone(), counts.clone());
        let mut work = Box::pin(async move {
            let reply = answer(&workbench, message).await;
            resolver.resolve(Response::new(stamped(sent(&counts).await, &reply)));
        });
        // Its first step here, the rest beside the others.
        if futures_util::poll!(&mut work).is_pending() {
            tokio::spawn(work);
        }
    }
}

/// How many events were sent to the page until now.
async fn sent(counts: &mpsc::UnboundedSender<Count>) -> u64 {
    let (count, counted) = oneshot::channel();
    // The receiver lives as long as the shell does; without one, nobody waits for the reply either.
    drop(counts.send(count));
    counted.await.unwrap_or(0)
}

/// A reply with the number of events that the page must have first. Tauri carries the two on ways
/// of their own and promises no order between them; the page waits (`ui/src/platform/in-step.ts`).
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
            match dispatch(workbench, &method, params, bytes).await {
                Ok((value, bytes)) => (Reply::new(id, Ok(value)), bytes),
                Err(error) => (Reply::new(id, Err(error)), Vec::new()),
            }
        }
        Err(why) => {
            let error = Error::new(
                ErrorCode::BadRequest,
                format!("The page sent what is not a request: {why}."),
            );
            (Reply::new(0, Err(error)), Vec::new())
        }
    };
    frame::join(&reply, &bytes).unwrap_or_else(|e| {
        tracing::error!("a reply cannot be sent: {e}");
        Vec::new()
    })
}

/// Sends events until the page goes or the workbench does.
pub(crate) async fn tell_page(
    mut events: Events,
    told: Arc<Mutex<Told>>,
    channel: Channel<serde_json::Value>,
) {
    let mut sent = 0;
    // Free as soon as the listener before, which was aborted, is gone.
    let mut told = told.lock().await;
    let Told { events: of_shell, counts } = &mut *told;
    loop {
        let json = tokio::select! {
            // First what the workbench tells: a tab is there before a command names it, and what a
            // request caused is counted before its reply goes.
            biased;
            Some(event) = events.next() => serde_json::to_value(&*event),
            Some(event) = of_shell.recv() => serde_json::to_value(&event),
            Some(count) = counts.recv() => {
                // Nobody waits for it where the window is ending.
                let _ = count.send(sent);
                continue;
            }
            else => return,
        };
        let gone = json.map_err(tauri::Error::from).and_then(|json| channel.send(json));
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

    use tauri::ipc::InvokeResponseBody;
    use watshop_workbench::{CacheMode, Config, StateKind};

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
        let told = Arc::new(Mutex::new(Told { events, counts }));
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
