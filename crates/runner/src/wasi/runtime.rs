//! What wasmer-wasix asks of its host, without threads, network or packages.
//!
//! Its own runtime starts a Tokio runtime, a pool of threads and an HTTP client. A guest here runs on one
//! thread, and the only thing it can wait for is time; [`Stop`] keeps that and can cut it short.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use wasmer::Engine;
use wasmer_wasix::runtime::resolver::{MultiSource, Source};
use wasmer_wasix::runtime::task_manager::TaskWasm;
use wasmer_wasix::virtual_net::DynVirtualNetworking;
use wasmer_wasix::{Runtime, UnsupportedVirtualNetworking, VirtualTaskManager, WasiThreadError};

use crate::stop::Stop;

/// A runtime with nothing but clocks.
pub struct Offline {
    engine: Engine,
    networking: DynVirtualNetworking,
    tasks: Arc<dyn VirtualTaskManager>,
}

impl Offline {
    pub fn new(engine: Engine, stop: Arc<Stop>) -> Self {
        Self {
            engine,
            networking: Arc::new(UnsupportedVirtualNetworking::default()),
            tasks: Arc::new(Alone { stop }),
        }
    }
}

impl fmt::Debug for Offline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Offline")
    }
}

impl Runtime for Offline {
    fn networking(&self) -> &DynVirtualNetworking {
        &self.networking
    }

    fn task_manager(&self) -> &Arc<dyn VirtualTaskManager> {
        &self.tasks
    }

    /// No package is ever found.
    fn source(&self) -> Arc<dyn Source + Send + Sync> {
        Arc::new(MultiSource::default())
    }

    fn engine(&self) -> Engine {
        self.engine.clone()
    }
}

/// The guest's thread is the only one.
struct Alone {
    stop: Arc<Stop>,
}

impl fmt::Debug for Alone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Alone")
    }
}

type Work = Box<dyn FnOnce() -> Pin<Box<dyn Future<Output = ()> + Send + 'static>> + Send + 'static>;

impl VirtualTaskManager for Alone {
    fn sleep_now(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + Sync + 'static>> {
        let until = Instant::now().checked_add(time);
        Box::pin(Sleep { until, stop: self.stop.clone(), number: None })
    }

    fn task_shared(&self, _: Work) -> Result<(), WasiThreadError> {
        Err(WasiThreadError::Unsupported)
    }

    fn task_wasm(&self, _: TaskWasm) -> Result<(), WasiThreadError> {
        Err(WasiThreadError::Unsupported)
    }

    fn task_dedicated(&self, _: Box<dyn FnOnce() + Send + 'static>) -> Result<(), WasiThreadError> {
        Err(WasiThreadError::Unsupported)
    }

    fn thread_parallelism(&self) -> Result<usize, WasiThreadError> {
        Ok(1)
    }
}

/// Over at a time, or when the guest is to end; the time may lie beyond what a clock can name.
struct Sleep {
    until: Option<Instant>,
    stop: Arc<Stop>,
    number: Option<u64>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.until.is_some_and(|until| until <= Instant::now()) {
            return Poll::Ready(());
        }
        if let Some(old) = self.number.take() {
            self.stop.forget(old);
        }
        self.number = self.stop.sleep(self.until, context.waker().clone());
        if self.number.is_some() { Poll::Pending } else { Poll::Ready(()) }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.stop.forget(number);
        }
    }
}
