//! Accepting connections, each with a place and a time.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::places::{ConnectionPlaces, PATIENCE, Visitor};

/// The wait after a failure that ends by itself: another file of this process or the system has to
/// be closed first.
const AGAIN: Duration = Duration::from_millis(50);

/// Serves until `stopping` is true and every connection has ended.
pub(crate) async fn listen(
    listener: TcpListener,
    router: Router,
    places: Arc<ConnectionPlaces>,
    mut stopping: watch::Receiver<bool>,
) {
    let told = stopping.clone();
    let mut connections = JoinSet::new();
    let mut scarce = false;
    loop {
        tokio::select! {
            biased;
            () = async { drop(stopping.wait_for(|stopping| *stopping).await) } => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    scarce = false;
                    connections.spawn(carry(stream, router.clone(), places.take(), told.clone()));
                }
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    if !std::mem::replace(&mut scarce, true) {
                        tracing::warn!(
                            "the system gives Watshop no more connections ({error}); strangers are sent away. A higher \
                             limit of files (`ulimit -n`) permits more windows"
                        );
                    }
                    places.make_room();
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
    }
    // The port is closed from here on. Dropping `told` too lets a caller wait until no connection
    // has a copy.
    drop((listener, told));
    while connections.join_next().await.is_some() {}
}

/// Serves one connection until either side ends it, or its time is over.
async fn carry(
    stream: TcpStream,
    router: Router,
    visitor: Visitor,
    mut stopping: watch::Receiver<bool>,
) {
    // Frames are small in both directions. Waiting to fill a packet would cost 40 ms for each.
    if let Err(e) = stream.set_nodelay(true) {
        tracing::debug!("TCP_NODELAY: {e}");
    }
    let service = TowerToHyperService::new(router.layer(Extension(visitor.clone())));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    let connection = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
    tokio::pin!(connection);
    // The result of waiting is dropped at once, because it holds a lock.
    let stopped = async { drop(stopping.wait_for(|stopping| *stopping).await) };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = visitor.dismissed() => return,
        () = stopped => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!("a connection ended badly: {error}");
    }
}

/// Returns true if only the connection failed that was about to be accepted.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::ConnectionRefused | Kind::ConnectionAborted | Kind::ConnectionReset
    )
}
