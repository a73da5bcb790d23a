//! Requests in, replies and events out.

use std::sync::Arc;

use tauri::ipc::{Channel, Invoke, InvokeBody, Response};
use tauri::{Manager as _, State, Wry};
use tokio::sync::{Mutex, mpsc};
use watshop_protocol::frame;
use watshop_protocol::page::{Error, ErrorCode, Event, Reply, Request, dispatch};
use watshop_workbench::Workbench;

use crate::outside;
use crate::shell::{Order, Shell};

/// Every command of the page. `rpc` is taken by hand, in the order in which it came: Tauri would start
/// each command as a task of its own, and two edits of one text must not change places.
pub(crate) fn invoked(invoke: Invoke<Wry>) -> bool {
    if invoke.message.command() != "rpc" {
        let others: fn(Invoke<Wry>) -> bool =
            tauri::generate_handler![subscribe, outside::write_file, outside::open_external];
        return others(invoke);
    }
    let Invoke { message, resolver, .. } = invoke;
    match message.webview_ref().try_state::<Shell>() {
        Some(shell) => shell.order((bytes(message.payload()), resolver)),
        None => resolver.reject("Watshop is not ready"),
    }
    true
}

/// The body's bytes. Where the fast way is closed (a content policy that forbids it), Tauri sends bytes
/// as a JSON array.
pub(crate) fn bytes(body: &InvokeBody) -> Vec<u8> {
    match body {
        InvokeBody::Raw(bytes) => bytes.clone(),
        InvokeBody::Json(json) => serde_json::from_value(json.clone()).unwrap_or_default(),
    }
}

/// The page wants every event from now on.
#[tauri::command]
fn subscribe(events: Channel<serde_json::Value>, shell: State<'_, Shell>) {
    shell.listen(events);
}

/// Begins requests in the order in which they came; each ends in its own time.
pub(crate) async fn serve(workbench: Workbench, mut orders: mpsc::UnboundedReceiver<Order>) {
    while let Some((message, resolver)) = orders.recv().await {
        let workbench = workbench.clone();
        let mut work = Box::pin(async move {
            resolver.resolve(Response::new(answer(&workbench, message).await));
        });
        // Its first step here, the rest beside the others.
        if futures_util::poll!(&mut work).is_pending() {
            tokio::spawn(work);
        }
    }
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
            let error =
                Error::new(ErrorCode::BadRequest, format!("The page sent what is not a request: {why}."));
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
    workbench: Workbench,
    told: Arc<Mutex<mpsc::UnboundedReceiver<Event>>>,
    channel: Channel<serde_json::Value>,
) {
    let mut events = workbench.subscribe();
    // Free as soon as the listener before, which was aborted, is gone.
    let mut told = told.lock().await;
    loop {
        let json = tokio::select! {
            // First what the workbench tells: a tab is there before a command names it.
            biased;
            Some(event) = events.next() => serde_json::to_value(&*event),
            Some(event) = told.recv() => serde_json::to_value(&event),
            else => return,
        };
        let sent = json.map_err(tauri::Error::from).and_then(|json| channel.send(json));
        if let Err(error) = sent {
            tracing::debug!("the page went: {error}");
            return;
        }
    }
}
