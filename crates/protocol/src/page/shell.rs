//! Messages between a window and its page that never reach a workbench.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{HostPath, TabId};

/// A shell's command to its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum ShellCommand {
    /// Run a command of the page: the person chose its item in a menu.
    Perform {
        /// The id of the command, see [`MenuItem::Command`].
        id: String,
    },
    /// Show a tab: the shell opened a dropped file, for example.
    ShowTab {
        /// The tab.
        tab: TabId,
    },
    /// Load the import object of a file into the tab that is shown.
    OpenImports {
        /// The file.
        path: HostPath,
    },
}

/// A menu of the window that consists of commands of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Menu {
    /// The title in the menu bar.
    pub title: String,
    /// The items from the top.
    pub items: Vec<MenuItem>,
}

/// An item of a menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum MenuItem {
    /// A command of the page.
    Command {
        /// The id that the page gave to it.
        id: String,
        /// The text that people read.
        title: String,
        /// The keys, such as `Mod+Shift+S`. `Mod` is Ctrl, and Cmd on a Mac.
        keys: Option<String>,
    },
    /// A line between items.
    Line,
}
