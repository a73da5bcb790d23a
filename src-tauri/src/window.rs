//! The window itself.

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager as _, WebviewWindow, WebviewWindowBuilder, Wry};
use tauri_plugin_window_state::StateFlags;

/// Its name in the configuration and in the capabilities.
const LABEL: &str = "main";

/// Some GPUs show WebKitGTK's windows blank unless frames go through shared memory. To be called
/// before GTK starts; a value that the person set wins.
#[cfg_attr(not(target_os = "linux"), expect(clippy::missing_const_for_fn))]
pub(crate) fn prefer_shared_memory() {
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DMABUF_RENDERER_FORCE_SHM").is_none() {
        // SAFETY: the first statement of `main`: no other thread is there that could read the
        // environment at the same time.
        #[allow(unsafe_code)]
        unsafe {
            std::env::set_var("WEBKIT_DMABUF_RENDERER_FORCE_SHM", "1");
        }
    }
}

/// Remembers where and how large it was, in a file of the data folder.
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

/// Opens it. It shows our own page and no other.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let windows = &app.config().app.windows;
    let config =
        windows.iter().find(|window| window.label == LABEL).ok_or(tauri::Error::WindowNotFound)?;
    WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(|url| url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost"))
        .build()?;
    Ok(())
}

/// The window, where it is open.
pub(crate) fn of(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL)
}

/// Brings it before the others.
pub(crate) fn focus(app: &AppHandle) {
    let Some(window) = of(app) else { return };
    let done = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = done {
        tracing::debug!("the window cannot be brought to the front: {error}");
    }
}

/// Ctrl-C in the terminal that started us, and the system's order to end, close it in order.
pub(crate) fn end_on_signals(app: &AppHandle) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
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
    #[cfg(not(unix))]
    let _ = app;
}
