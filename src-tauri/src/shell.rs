//! The state of the open window.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

use tauri::async_runtime;
use tauri::ipc::Channel;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;
use watshop_protocol::page::Event;
use watshop_workbench::Workbench;

use crate::ipc::{self, CarriedRequest, Channels, EventJson};

/// The time that the workbench has to save its state and end its processes.
const LAST_WORK: Duration = Duration::from_secs(5);

/// The factor of one step of the zoom, and the number of steps in each direction: from a third to
/// three times the actual size.
const ZOOM_STEP: f64 = 1.1;
const MOST_ZOOM: i32 = 12;

/// The workbench, and the channels between it and the page.
pub(crate) struct Shell {
    workbench: Workbench,
    orders: mpsc::UnboundedSender<CarriedRequest>,
    /// The shell's own events. They wait until a page listens.
    tell: mpsc::UnboundedSender<Event>,
    told: Arc<Mutex<Channels>>,
    listener: std::sync::Mutex<Option<JoinHandle<()>>>,
    /// The zoom of the page, in steps of [`ZOOM_STEP`] from its actual size.
    zoom: AtomicI32,
}

impl Shell {
    pub(crate) fn new(workbench: Workbench) -> Self {
        let (orders, incoming) = mpsc::unbounded_channel();
        let (count, counts) = mpsc::unbounded_channel();
        async_runtime::spawn(ipc::serve(workbench.clone(), incoming, count));
        let (tell, events) = mpsc::unbounded_channel();
        Self {
            workbench,
            orders,
            tell,
            told: Arc::new(Mutex::new(Channels { events, counts })),
            listener: std::sync::Mutex::default(),
            zoom: AtomicI32::new(0),
        }
    }

    pub(crate) fn workbench(&self) -> &Workbench {
        &self.workbench
    }

    /// Takes a request of the page.
    pub(crate) fn order(&self, order: CarriedRequest) {
        if let Err(refused) = self.orders.send(order) {
            refused.0.1.reject("Watshop is ending");
        }
    }

    /// Sends the page an event of the shell.
    pub(crate) fn tell(&self, event: Event) {
        // The receiver lives as long as the shell does.
        drop(self.tell.send(event));
    }

    /// Sends every event from now on to this channel. The channel of a page that was loaded before
    /// gets no more.
    pub(crate) fn listen(&self, channel: Channel<EventJson>) {
        let listening = ipc::tell_page(self.workbench.subscribe(), Arc::clone(&self.told), channel);
        let task = async_runtime::handle().inner().spawn(listening);
        let mut listener = self.listener.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(before) = listener.replace(task) {
            before.abort();
        }
    }

    /// Zooms one step `in` or `out`, or back to the actual size, and gives the new scale.
    pub(crate) fn zoom(&self, step: &str) -> f64 {
        // Only the menu changes the zoom, and menus have one thread.
        let before = self.zoom.load(Ordering::Relaxed);
        let now = match step {
            "in" => (before + 1).min(MOST_ZOOM),
            "out" => (before - 1).max(-MOST_ZOOM),
            _ => 0,
        };
        self.zoom.store(now, Ordering::Relaxed);
        ZOOM_STEP.powi(now)
    }

    /// Saves the state and ends the processes.
    pub(crate) fn end(&self) {
        let over = async_runtime::block_on(async {
            tokio::time::timeout(LAST_WORK, self.workbench.shutdown()).await
        });
        if over.is_err() {
            tracing::error!("the workbench did not end in time");
        }
    }
}
