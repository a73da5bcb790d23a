//! The bytes that come with a command of the page.

use tauri::ipc::InvokeBody;

/// The body's bytes. If a content policy forbids the fast way, Tauri sends bytes as a JSON array.
pub(crate) fn bytes(body: &InvokeBody) -> Vec<u8> {
    match body {
        InvokeBody::Raw(bytes) => bytes.clone(),
        InvokeBody::Json(json) => serde_json::from_value(json.clone()).unwrap_or_default(),
    }
}
