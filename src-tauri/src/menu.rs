//! The menu bar. What concerns the page is a command of the page; its keys are the page's own, so that
//! they are the same in a browser.

use tauri::menu::{AboutMetadataBuilder, Menu, MenuBuilder, MenuItemBuilder, SubmenuBuilder};
use tauri::{AppHandle, Manager as _, Wry};
use watshop_protocol::page::Event;

use crate::shell::Shell;
use crate::window;

/// Of items that the window answers itself. Every other id is a command of the page.
const QUIT: &str = "window:quit";
const EDIT: &str = "window:edit:";
const ZOOM: &str = "window:zoom:";

/// What stands in a menu: a command of the page with its text and its keys, or a line between.
enum Item {
    Command(&'static str, &'static str, Option<&'static str>),
    Line,
}
use Item::{Command, Line};

const FILE: &[Item] = &[
    Command("new_tab", "New", Some("CmdOrCtrl+N")),
    Command("open", "Open…", Some("CmdOrCtrl+O")),
    Line,
    Command("save", "Save", Some("CmdOrCtrl+S")),
    Command("save_as", "Save As…", Some("CmdOrCtrl+Shift+S")),
    Line,
    Command("close_tab", "Close Tab", Some("CmdOrCtrl+W")),
    Command("reopen_tab", "Reopen Closed Tab", Some("CmdOrCtrl+Shift+T")),
    Line,
];
const EDIT_TEXT: &[Item] =
    &[Line, Command("find", "Find and Replace…", None), Command("format", "Format", None)];
const VIEW: &[Item] = &[
    Command("toggle_theme", "Toggle Theme", None),
    Command("command_palette", "Command Palette…", Some("CmdOrCtrl+K")),
    Line,
];
const RUN: &[Item] =
    &[Command("run", "Run", Some("CmdOrCtrl+Enter")), Command("stop", "Stop", Some("CmdOrCtrl+."))];
const HELP: &[Item] =
    &[Command("guide", "Guide", Some("F1")), Command("shortcuts", "Keyboard Shortcuts", None), Line];

/// The menu bar.
pub(crate) fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let key =
        |id: &str, text: &str, keys: &str| MenuItemBuilder::with_id(id, text).accelerator(keys).build(app);
    let file = of_items(app, "File", FILE)?.item(&key(QUIT, "Quit", "CmdOrCtrl+Q")?).build()?;
    let edit = with_items(app, edit(app), EDIT_TEXT)?.build()?;
    let view = of_items(app, "View", VIEW)?
        .item(&key(&format!("{ZOOM}in"), "Zoom In", "CmdOrCtrl+=")?)
        .item(&key(&format!("{ZOOM}out"), "Zoom Out", "CmdOrCtrl+-")?)
        .item(&key(&format!("{ZOOM}reset"), "Actual Size", "CmdOrCtrl+0")?)
        .build()?;
    let run = of_items(app, "Run", RUN)?.build()?;
    let about = AboutMetadataBuilder::new()
        .name(Some("Watshop"))
        .version(Some(env!("CARGO_PKG_VERSION")))
        .comments(Some("A workshop for WebAssembly"))
        .license(Some("MIT OR Apache-2.0"))
        .icon(app.default_window_icon().cloned())
        .build();
    let help = of_items(app, "Help", HELP)?.about_with_text("About Watshop", Some(about)).build()?;
    MenuBuilder::new(app).items(&[&file, &edit, &view, &run, &help]).build()
}

type Submenu<'m> = SubmenuBuilder<'m, Wry, AppHandle>;

fn of_items<'m>(app: &'m AppHandle, title: &str, items: &[Item]) -> tauri::Result<Submenu<'m>> {
    with_items(app, SubmenuBuilder::new(app, title), items)
}

fn with_items<'m>(app: &AppHandle, mut menu: Submenu<'m>, items: &[Item]) -> tauri::Result<Submenu<'m>> {
    for item in items {
        menu = match item {
            Command(id, text, keys) => {
                let item = MenuItemBuilder::with_id(*id, text);
                let item = keys.iter().fold(item, |item, keys| item.accelerator(keys));
                menu.item(&item.build(app)?)
            }
            Line => menu.separator(),
        };
    }
    Ok(menu)
}

/// On Linux the menu library has no edit items of its own that work without a further system library
/// and X11, so the web view is asked.
#[cfg(target_os = "linux")]
fn edit(app: &AppHandle) -> Submenu<'_> {
    SubmenuBuilder::new(app, "Edit")
        .text(format!("{EDIT}Cut"), "Cut")
        .text(format!("{EDIT}Copy"), "Copy")
        .text(format!("{EDIT}Paste"), "Paste")
        .text(format!("{EDIT}SelectAll"), "Select All")
}

#[cfg(not(target_os = "linux"))]
fn edit(app: &AppHandle) -> Submenu<'_> {
    SubmenuBuilder::new(app, "Edit").undo().redo().separator().cut().copy().paste().select_all()
}

/// An item was chosen.
pub(crate) fn chosen(app: &AppHandle, id: &str) {
    if id == QUIT {
        app.exit(0);
    } else if let Some(command) = id.strip_prefix(EDIT) {
        edit_in_page(app, command);
    } else if let Some(step) = id.strip_prefix(ZOOM) {
        if let Some(shell) = app.try_state::<Shell>() {
            zoom(app, shell.zoom(step));
        }
    } else if let Some(shell) = app.try_state::<Shell>() {
        shell.tell(Event::Shell { command: id.to_owned() });
    }
}

/// `Cut`, `Copy`, `Paste` or `SelectAll`, at the cursor of the page.
fn edit_in_page(app: &AppHandle, command: &str) {
    #[cfg(target_os = "linux")]
    if let Some(window) = window::of(app) {
        let command = command.to_owned();
        let asked = window.with_webview(move |webview| {
            webkit2gtk::WebViewExt::execute_editing_command(&webview.inner(), &command);
        });
        if let Err(error) = asked {
            tracing::debug!("the page cannot be reached: {error}");
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (app, command);
}

fn zoom(app: &AppHandle, level: f64) {
    if let Some(Err(error)) = window::of(app).map(|window| window.set_zoom(level)) {
        tracing::debug!("the page cannot be zoomed: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Menu and page say the same keys for the same thing, and no item asks for what the page does not
    /// know: it would do nothing.
    #[test]
    fn every_item_is_a_command_of_the_page_with_the_same_keys() {
        let page = include_str!("../../ui/src/commands.ts");
        for item in [FILE, EDIT_TEXT, VIEW, RUN, HELP].into_iter().flatten() {
            let Command(id, _, keys) = item else { continue };
            let (_, rest) = page.split_once(&format!("id: '{id}'")).unwrap_or_else(|| panic!("{id}"));
            let command = rest.split("id: '").next().unwrap_or(rest);
            if let Some(keys) = keys {
                let keys = keys.replace("CmdOrCtrl", "Mod");
                assert!(command.contains(&format!("'{keys}'")), "{id}: {keys}");
            }
        }
    }
}
