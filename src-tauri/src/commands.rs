//! The page's commands to the window itself.

use tauri::ipc::{Channel, Invoke};
use tauri::{Manager as _, State, Wry};

use crate::ipc::EventJson;
use crate::shell::Shell;
use crate::{body, desktop, menu};

/// Takes every command of the page. `rpc` is handled here, in the order of the calls. Tauri would
/// start each command as a task of its own, and two edits of one text must not change places.
pub(crate) fn invoked(invoke: Invoke<Wry>) -> bool {
    if invoke.message.command() != "rpc" {
        let others: fn(Invoke<Wry>) -> bool = tauri::generate_handler![
            subscribe,
            menu::show_menus,
            desktop::write_file,
            desktop::open_external
        ];
        return others(invoke);
    }
    let Invoke { message, resolver, .. } = invoke;
    match message.webview_ref().try_state::<Shell>() {
        Some(shell) => shell.order((body::bytes(message.payload()), resolver)),
        None => resolver.reject("Watshop is not ready"),
    }
    true
}

/// Sends every event from now on to the page.
#[tauri::command]
fn subscribe(events: Channel<EventJson>, shell: State<'_, Shell>) {
    shell.listen(events);
}
