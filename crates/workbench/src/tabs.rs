//! The tabs: their contents, the facts about them, and their saved state.

mod change;
mod check;
mod courses;
mod edit;
mod folders;
mod held_files;
mod lessons;
mod list;
mod runners;
mod source;
mod source_map;
mod sources;
mod state;
mod tab;

pub(crate) use courses::{keep as keep_course, name_of as course_name};
pub(crate) use held_files::HeldFolders;
pub(crate) use list::{NewTab, Tabs};
pub(crate) use runners::Runners;
pub(crate) use source::{Binary, BinaryState, CompiledBy, Source, ValidModule, parse};
pub(crate) use source_map::SourceMap;
pub use sources::LARGEST_FILE;
pub(crate) use sources::Sources;
pub(crate) use state::{Change, FullState, State, StateOwner, TabRow, Urgency};
pub(crate) use tab::Tab;
