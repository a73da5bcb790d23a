#![doc = include_str!("../README.md")]

mod access;
mod headers;
mod page;
mod socket;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use watshop_workbench::Workbench;

use access::Access;

/// How long [`Serving::stop`] waits for windows to take their farewell.
const FAREWELL: Duration = Duration::from_secs(2);

/// Where to serve.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The TCP port of 127.0.0.1; 0 takes one that is free.
    pub port: u16,
}

/// A server at work. It ends with [`Serving::stop`], or when the runtime does.
#[derive(Debug)]
pub struct Serving {
    address: SocketAddr,
    access: Arc<Access>,
    stopping: Arc<watch::Sender<bool>>,
    http: JoinHandle<io::Result<()>>,
}

#[derive(Clone)]
struct Shared {
    access: Arc<Access>,
    workbench: Workbench,
    stopping: Arc<watch::Sender<bool>>,
}

/// Serves the page and its WebSocket over a workbench.
///
/// # Errors
///
/// The system's, where the port is taken or may not be opened, or where it has no random bytes.
pub async fn serve(workbench: Workbench, options: Options) -> io::Result<Serving> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let address = listener.local_addr()?;
    let access = Arc::new(Access::new(address.port())?);
    let stopping = Arc::new(watch::Sender::new(false));
    let shared = Shared { access: Arc::clone(&access), workbench, stopping: Arc::clone(&stopping) };

    let router = Router::new()
        .route("/", get(page::index))
        .route("/index.html", get(page::index))
        .route("/ws", any(socket::open))
        .fallback(get(page::file))
        .layer(from_fn(headers::harden))
        // Outermost: whoever names another host learns nothing else.
        .layer(from_fn_with_state(shared.clone(), access::check_host))
        .with_state(shared);
    // Small frames both ways: waiting to fill a packet would cost 40 ms each.
    let listener = listener.tap_io(|stream| {
        if let Err(e) = stream.set_nodelay(true) {
            tracing::debug!("TCP_NODELAY: {e}");
        }
    });
    let mut told = stopping.subscribe();
    let http = tokio::spawn(
        axum::serve(listener, router)
            .with_graceful_shutdown(async move { drop(told.wait_for(|stopping| *stopping).await) })
            .into_future(),
    );
    Ok(Serving { address, access, stopping, http })
}

impl Serving {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the page with its token: what to open in a browser.
    pub fn url(&self) -> String {
        format!("http://{}/?token={}", self.address, self.access.token())
    }

    /// The address of the WebSocket with its token.
    pub fn socket_url(&self) -> String {
        format!("ws://{}/ws?token={}", self.address, self.access.token())
    }

    /// Takes no more connections, closes those there are (code 1001) and comes back when they are
    /// closed, two seconds later at most. The workbench goes on.
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        let over = async {
            match (&mut self.http).await {
                Ok(Ok(())) => {}
                Ok(Err(e)) => tracing::warn!("the server ended badly: {e}"),
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
