//! Opens files of the host and of the page into tabs, and makes files of tabs.

mod export;
mod file_type;
mod inspect;
mod open;
mod output;
mod read;
mod save;

use std::sync::Arc;

use crate::build::Builder;
use crate::config::Config;
use crate::tabs::Tabs;

pub use inspect::{Inspection, inspect_file, is_binary_file};
pub(crate) use open::{OpenedTab, plain_name};
pub(crate) use read::read;
pub use save::{write as write_file, write_checked};

/// Opens and makes files.
#[derive(Debug)]
pub(crate) struct Files {
    config: Config,
    tabs: Arc<Tabs>,
    builder: Arc<Builder>,
    /// Files are opened one at a time, so that a file that is opened twice at once gets one tab.
    opening: tokio::sync::Mutex<()>,
}

impl Files {
    pub(crate) fn new(config: &Config, tabs: &Arc<Tabs>, builder: &Arc<Builder>) -> Self {
        Self {
            config: config.clone(),
            tabs: Arc::clone(tabs),
            builder: Arc::clone(builder),
            opening: tokio::sync::Mutex::default(),
        }
    }
}
