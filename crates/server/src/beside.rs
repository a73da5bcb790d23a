//! The way in which a second start finds the running server: a note in the data folder. Only its
//! owner may read the note, and the server keeps it locked as long as it runs.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::{Shared, secret};

/// The time that the running server has for its answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The bytes of the longest note, and of the longest answer.
const LONGEST: u64 = 4096;

/// The note of a server. It is removed when the server ends.
#[derive(Debug)]
pub(crate) struct Note {
    path: PathBuf,
    _locked: File,
}

#[derive(Serialize, Deserialize)]
struct Written {
    address: SocketAddr,
    /// The key with which a second start asks for a fresh address. So every reader of the note can
    /// connect.
    key: String,
}

impl Note {
    /// Writes the note. Errors are the system's, or tell that another server has locked the note.
    pub(crate) fn leave(path: &Path, address: SocketAddr, key: &str) -> io::Result<Self> {
        let mut options = File::options();
        options.create(true).truncate(false).read(true).write(true);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.try_lock().map_err(io::Error::other)?;
        file.set_len(0)?;
        file.rewind()?;
        serde_json::to_writer(&file, &Written { address, key: key.to_owned() })?;
        file.flush()?;
        Ok(Self { path: path.to_owned(), _locked: file })
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(path = %self.path.display(), %error, "the note of this server stays");
        }
    }
}

/// A fresh one-time address of the server that left this note; `None` if no server runs.
pub async fn fresh_address(note: &Path) -> Option<String> {
    let Written { address, key } = read(note)?;
    let asked = tokio::time::timeout(PATIENCE, ask(address, &key)).await.ok()?;
    let token = asked
        .inspect_err(|error| tracing::debug!(%error, "the server that runs does not answer"))
        .ok()?;
    Some(crate::page_address(address, &token))
}

/// The note of a running server. A note that is not locked belongs to a server that was killed, and
/// its port may belong to another program by now.
fn read(path: &Path) -> Option<Written> {
    let file =
        File::open(path).ok().filter(|file| file.metadata().is_ok_and(|about| about.is_file()))?;
    if file.try_lock_shared().is_ok() {
        return None;
    }
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok().filter(|note: &Written| note.address.ip().is_loopback())
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
pub(crate) async fn give(State(shared): State<Shared>, headers: HeaderMap) -> Response {
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
