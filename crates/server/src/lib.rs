#![doc = include_str!("../README.md")]

mod access;
mod headers;
mod listen;
mod note;
mod one_time;
mod page;
mod places;
mod second_start;
mod secret;
mod socket;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use watshop_workbench::Workbench;

use access::Access;
use note::{Note, NoteContent};
use places::{ConnectionLimits, ConnectionPlaces};
pub use second_start::fresh_address;

/// The time that [`RunningServer::stop`] gives windows to close.
const FAREWELL: Duration = Duration::from_secs(2);

/// The options of a server.
#[derive(Clone, Default)]
pub struct Options {
    /// The TCP port of 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// A token that is always valid, for programs. Without it, the server makes a random one.
    pub token: Option<String>,
    /// The file by which a second start finds this server. It is in a folder of its owner's alone.
    pub note: Option<PathBuf>,
}

/// Shows the options without the token, because the text may be written to logs.
impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("port", &self.port)
            .field("note", &self.note)
            .finish_non_exhaustive()
    }
}

/// A running server. It ends with [`RunningServer::stop`], or together with the runtime.
#[derive(Debug)]
pub struct RunningServer {
    address: SocketAddr,
    access: Arc<Access>,
    stopping: Arc<watch::Sender<bool>>,
    http: JoinHandle<()>,
    note: Option<Note>,
}

#[derive(Clone)]
struct ServerState {
    access: Arc<Access>,
    /// The key in the note.
    key: Arc<str>,
    workbench: Workbench,
    stopping: Arc<watch::Sender<bool>>,
}

/// Serves the page and its WebSocket over a workbench.
///
/// # Errors
///
/// The system's, if the port is in use or not allowed, or if the system has no random bytes.
pub async fn serve(workbench: Workbench, options: Options) -> io::Result<RunningServer> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let address = listener.local_addr()?;
    let access = Arc::new(Access::new(address.port(), options.token)?);
    let key: Arc<str> = secret::random()?.into();
    let note = options.note.and_then(|path| {
        let left = Note::leave(&path, NoteContent { address, key: key.to_string() });
        left.inspect_err(|error| {
            tracing::warn!("a second start will not find this server: {error}");
        })
        .ok()
    });
    let stopping = Arc::new(watch::Sender::new(false));
    let shared = ServerState {
        access: Arc::clone(&access),
        key,
        workbench,
        stopping: Arc::clone(&stopping),
    };

    let router = Router::new()
        .route("/", get(page::index))
        .route("/index.html", get(page::index))
        .route("/ws", any(socket::open))
        .route("/once", post(second_start::give))
        .fallback(get(page::file))
        .layer(from_fn(headers::harden))
        // This check comes first: a request for another host learns nothing more.
        .layer(from_fn_with_state(shared.clone(), access::check))
        .with_state(shared);
    let places = ConnectionPlaces::new(ConnectionLimits::of(places::files()));
    let http = tokio::spawn(listen::listen(listener, router, places, stopping.subscribe()));
    Ok(RunningServer { address, access, stopping, http, note })
}

/// The address of the page with a token.
fn page_address(address: SocketAddr, token: &str) -> String {
    format!("http://{address}/?token={token}")
}

impl RunningServer {
    /// The address and the port that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A new address of the page for a browser. It is valid once, and for a minute.
    ///
    /// # Errors
    ///
    /// The system's, if it has no random bytes.
    pub fn one_time_address(&self) -> io::Result<String> {
        Ok(page_address(self.address, &self.access.give_once()?))
    }

    /// The address of the page with the token of this launch.
    pub fn url(&self) -> String {
        page_address(self.address, self.access.token())
    }

    /// The address of the WebSocket with its token.
    pub fn socket_url(&self) -> String {
        format!("ws://{}/ws?token={}", self.address, self.access.token())
    }

    /// Accepts no more connections, closes the open ones (code 1001), and returns when they are
    /// closed, or after two seconds. The workbench goes on.
    pub async fn stop(mut self) {
        // A second start must not find a server that is about to end.
        self.note = None;
        self.stopping.send_replace(true);
        let over = async {
            match (&mut self.http).await {
                Ok(()) => {}
                Err(e) => tracing::warn!("the server ended badly: {e}"),
            }
            self.stopping.closed().await;
        };
        if tokio::time::timeout(FAREWELL, over).await.is_err() {
            tracing::debug!("some windows did not answer in time and were cut off");
            self.http.abort();
        }
    }
}
