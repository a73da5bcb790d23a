//! The way in which a second start finds the running server: its note.

use std::fs::File;
use std::io::{self, Read as _};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::note::NoteContent;
use crate::{ServerState, secret};

/// The time that the running server has for its answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The bytes of the longest note, and of the longest answer.
const LONGEST: u64 = 4096;

/// A fresh one-time address of the server that left this note; `None` if no server runs.
pub async fn fresh_address(note: &Path) -> Option<String> {
    let NoteContent { address, key } = read(note)?;
    let asked = tokio::time::timeout(PATIENCE, ask(address, &key)).await.ok()?;
    let token = asked
        .inspect_err(|error| tracing::debug!(%error, "the server that runs does not answer"))
        .ok()?;
    Some(crate::page_address(address, &token))
}

/// The note of a running server. A note that is not locked belongs to a server that was killed, and
/// its port may belong to another program by now.
fn read(path: &Path) -> Option<NoteContent> {
    let file =
        File::open(path).ok().filter(|file| file.metadata().is_ok_and(|about| about.is_file()))?;
    if file.try_lock_shared().is_ok() {
        return None;
    }
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok().filter(|note: &NoteContent| note.address.ip().is_loopback())
}

async fn ask(address: SocketAddr, key: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "POST /once HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\ncontent-length: 0\r\n\
         connection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.take(LONGEST).read_to_string(&mut answer).await?;
    let token = answer
        .strip_prefix("HTTP/1.1 200 ")
        .and_then(|rest| rest.split_once("\r\n\r\n"))
        .map(|(_, token)| token);
    let is_token =
        |token: &&str| token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    token
        .filter(is_token)
        .map(str::to_owned)
        .ok_or_else(|| io::Error::other("it answered something else"))
}

/// `/once`: the secret of a fresh address, for a request with the key of the note.
pub(crate) async fn give(State(shared): State<ServerState>, headers: HeaderMap) -> Response {
    let key = headers.get(AUTHORIZATION).and_then(|key| key.to_str().ok()?.strip_prefix("Bearer "));
    if !key.is_some_and(|key| secret::is_same(key, &shared.key)) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match shared.access.give_once() {
        Ok(token) => token.into_response(),
        Err(error) => {
            tracing::warn!("no fresh address can be made: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
