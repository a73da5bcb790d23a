//! The window itself.

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager as _, WebviewWindow, WebviewWindowBuilder, Wry};
use tauri_plugin_window_state::StateFlags;
use tokio::signal::unix::{SignalKind, signal};

/// The window's name in the configuration and in the capabilities.
const LABEL: &str = "main";

/// Makes WebKitGTK send its frames through shared memory, because its windows stay blank on some
/// GPUs otherwise. Call it before GTK starts. A value that the person set is kept.
pub(crate) fn prefer_shared_memory() {
    if std::env::var_os("WEBKIT_DMABUF_RENDERER_FORCE_SHM").is_none() {
        // SAFETY: this is the first statement of `main`, so no other thread exists that could read
        // the environment at the same time.
        #[expect(unsafe_code, reason = "the environment of the process is changed")]
        unsafe {
            std::env::set_var("WEBKIT_DMABUF_RENDERER_FORCE_SHM", "1");
        }
    }
}

/// Remembers the window's position and size in a file of the data folder.
pub(crate) fn remember(file: String) -> TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::default()
        .with_filename(file)
        .with_state_flags(
            StateFlags::SIZE
                | StateFlags::POSITION
                | StateFlags::MAXIMIZED
                | StateFlags::FULLSCREEN,
        )
        .build()
}

/// Opens the window. It shows our own page only.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let windows = &app.config().app.windows;
    let config =
        windows.iter().find(|window| window.label == LABEL).ok_or(tauri::Error::WindowNotFound)?;
    WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(|url| url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost"))
        .build()?;
    Ok(())
}

/// The window, if it is open.
pub(crate) fn of(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL)
}

/// Brings the window to the front.
pub(crate) fn focus(app: &AppHandle) {
    let Some(window) = of(app) else { return };
    let done = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = done {
        tracing::debug!("the window cannot be brought to the front: {error}");
    }
}

/// Closes the window in order on Ctrl-C in its terminal, or if the system asks it to end.
pub(crate) fn end_on_signals(app: &AppHandle) {
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            match signal(kind) {
                Ok(mut signal) => {
                    signal.recv().await;
                    app.exit(0);
                }
                Err(error) => tracing::warn!("a signal cannot be listened to: {error}"),
            }
        });
    }
}
