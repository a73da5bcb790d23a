//! The menu bar. Items that concern the page are commands of the page. The page sends their titles
//! and keys, so they are the same in the menu, the palette and a browser. The window adds its own
//! items.

use tauri::menu::{
    AboutMetadataBuilder, Menu, MenuBuilder, MenuItem, MenuItemBuilder, SubmenuBuilder,
};
use tauri::{AppHandle, Manager as _, Wry};
use watshop_protocol::page::{Event, Menu as PageMenu, MenuItem as PageItem, ShellCommand};

use crate::shell::Shell;
use crate::window;

/// The ids of items that the window answers itself. Every other id is a command of the page.
const QUIT: &str = "window:quit";
const EDIT: &str = "window:edit:";
const ZOOM: &str = "window:zoom:";

/// The menus before the page has sent its own.
const TITLES: [&str; 4] = ["File", "Edit", "View", "Help"];

/// The menu bar with only the window's items.
pub(crate) fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    with(app, &TITLES.map(|title| PageMenu { title: title.to_owned(), items: Vec::new() }))
}

/// Shows the menus that the page sends.
#[tauri::command]
pub(crate) fn show_menus(app: AppHandle, menus: Vec<PageMenu>) -> Result<(), String> {
    let shown = with(&app, &menus).and_then(|menu| app.set_menu(menu));
    shown.map(drop).map_err(|error| format!("The menus cannot be shown: {error}."))
}

/// The menu bar with the page's menus. The window adds its items at the beginning or the end of
/// each.
fn with(app: &AppHandle, menus: &[PageMenu]) -> tauri::Result<Menu<Wry>> {
    let mut bar = MenuBuilder::new(app);
    for PageMenu { title, items } in menus {
        let mut menu = begin(app, title, items.is_empty());
        for item in items {
            menu = match item {
                PageItem::Command { id, title, keys } => {
                    menu.item(&of_page(app, id, title, keys.as_deref())?)
                }
                PageItem::Line => menu.separator(),
            };
        }
        bar = bar.item(&end(app, title, items.is_empty(), menu)?.build()?);
    }
    bar.build()
}

/// An item for a command of the page. It has no keys if a menu cannot have them.
fn of_page(
    app: &AppHandle,
    id: &str,
    title: &str,
    keys: Option<&str>,
) -> tauri::Result<MenuItem<Wry>> {
    let item = || MenuItemBuilder::with_id(id, title);
    let Some(keys) = keys else { return item().build(app) };
    item().accelerator(accelerator(keys)).build(app).or_else(|_| item().build(app))
}

/// Keys in the spelling of menus.
fn accelerator(keys: &str) -> String {
    keys.split('+')
        .map(|key| if key == "Mod" { "CmdOrCtrl" } else { key })
        .collect::<Vec<_>>()
        .join("+")
}

type Submenu<'m> = SubmenuBuilder<'m, Wry, AppHandle>;

/// A menu that begins with the window's items. `alone` tells that the page has none for it.
fn begin<'m>(app: &'m AppHandle, title: &str, alone: bool) -> Submenu<'m> {
    match title {
        "Edit" if alone => edit(app),
        "Edit" => edit(app).separator(),
        _ => SubmenuBuilder::new(app, title),
    }
}

/// The end of a menu with the window's items. `alone` tells that the page has none for it.
fn end<'m>(
    app: &'m AppHandle,
    title: &str,
    alone: bool,
    menu: Submenu<'m>,
) -> tauri::Result<Submenu<'m>> {
    // Keys come together with the page's menus, because GTK complains if a menu with keys is
    // replaced.
    let key = |id: &str, text: &str, keys: &str| {
        let item = MenuItemBuilder::with_id(id, text);
        if alone { item.build(app) } else { item.accelerator(keys).build(app) }
    };
    if !matches!(title, "File" | "View" | "Help") {
        return Ok(menu);
    }
    let menu = if alone { menu } else { menu.separator() };
    Ok(match title {
        "File" => menu.item(&key(QUIT, "Quit", "CmdOrCtrl+Q")?),
        "View" => menu
            .item(&key(&format!("{ZOOM}in"), "Zoom In", "CmdOrCtrl+=")?)
            .item(&key(&format!("{ZOOM}out"), "Zoom Out", "CmdOrCtrl+-")?)
            .item(&key(&format!("{ZOOM}reset"), "Actual Size", "CmdOrCtrl+0")?),
        _ => {
            let about = AboutMetadataBuilder::new()
                .name(Some("Watshop"))
                .version(Some(env!("CARGO_PKG_VERSION")))
                .comments(Some("A workshop for WebAssembly"))
                .license(Some("MIT OR Apache-2.0"))
                .icon(app.default_window_icon().cloned())
                .build();
            menu.about_with_text("About Watshop", Some(about))
        }
    })
}

/// The edit items. On Linux the menu library's own need a further system library and X11, so the
/// web view is asked instead.
fn edit(app: &AppHandle) -> Submenu<'_> {
    SubmenuBuilder::new(app, "Edit")
        .text(format!("{EDIT}Cut"), "Cut")
        .text(format!("{EDIT}Copy"), "Copy")
        .text(format!("{EDIT}Paste"), "Paste")
        .text(format!("{EDIT}SelectAll"), "Select All")
}

/// Handles an item that the person chose.
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
        shell.tell(Event::Shell { command: ShellCommand::Perform { id: id.to_owned() } });
    }
}

/// Runs `Cut`, `Copy`, `Paste` or `SelectAll` at the cursor of the page.
fn edit_in_page(app: &AppHandle, command: &str) {
    if let Some(window) = window::of(app) {
        let command = command.to_owned();
        let asked = window.with_webview(move |webview| {
            webkit2gtk::WebViewExt::execute_editing_command(&webview.inner(), &command);
        });
        if let Err(error) = asked {
            tracing::debug!("the page cannot be reached: {error}");
        }
    }
}

fn zoom(app: &AppHandle, level: f64) {
    if let Some(Err(error)) = window::of(app).map(|window| window.set_zoom(level)) {
        tracing::debug!("the page cannot be zoomed: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_the_page_are_keys_of_a_menu() {
        for (keys, wanted) in [
            ("Mod+Shift+S", "CmdOrCtrl+Shift+S"),
            ("F1", "F1"),
            ("Mod+.", "CmdOrCtrl+."),
            ("Mod", "CmdOrCtrl"),
        ] {
            assert_eq!(accelerator(keys), wanted);
        }
    }
}
