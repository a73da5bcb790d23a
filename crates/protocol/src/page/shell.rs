//! What a window and its page say to each other beside requests: neither reaches a workbench.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{HostPath, TabId};

/// What a shell asks of its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum ShellCommand {
    /// Do what one of the page's commands does: its item in a menu was chosen.
    Perform {
        /// As the page named it in [`MenuItem::Command`].
        id: String,
    },
    /// Show a tab: the shell opened a file that was dropped, say.
    ShowTab {
        /// Which tab.
        tab: TabId,
    },
    /// Take the import object of a file into the tab that is shown.
    OpenImports {
        /// Which file.
        path: HostPath,
    },
}

/// A menu of the window, made of commands of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Menu {
    /// What stands in the menu bar.
    pub title: String,
    /// What is in it, from its top.
    pub items: Vec<MenuItem>,
}

/// What stands in a menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum MenuItem {
    /// A command of the page.
    Command {
        /// What the page calls it.
        id: String,
        /// What people read.
        title: String,
        /// Its keys, `Mod+Shift+S` say; `Mod` is Ctrl, and Cmd on a Mac.
        keys: Option<String>,
    },
    /// A line between items.
    Line,
}
