//! What WASIX asks of the threads of its host: timers. It gets no other thread for a guest.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use wasmer_wasix::VirtualTaskManager;
use wasmer_wasix::WasiThreadError;
use wasmer_wasix::runtime::task_manager::TaskWasm;

/// The timers.
#[derive(Debug)]
pub struct Tasks(pub Handle);

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

impl VirtualTaskManager for Tasks {
    fn sleep_now(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + Sync>> {
        Box::pin(Sleep(self.0.spawn(async move { tokio::time::sleep(time).await })))
    }

    fn task_shared(&self, task: Box<dyn FnOnce() -> Task + Send>) -> Result<(), WasiThreadError> {
        self.0.spawn(async move { task().await });
        Ok(())
    }

    fn task_wasm(&self, _: TaskWasm) -> Result<(), WasiThreadError> {
        Err(WasiThreadError::Unsupported)
    }

    fn task_dedicated(&self, _: Box<dyn FnOnce() + Send>) -> Result<(), WasiThreadError> {
        Err(WasiThreadError::Unsupported)
    }

    fn thread_parallelism(&self) -> Result<usize, WasiThreadError> {
        Ok(1)
    }
}

/// A timer. One that nobody waits for any more is given up.
struct Sleep(JoinHandle<()>);

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll(context).map(drop)
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.0.abort();
    }
}
