//! Makes an artifact or another file of machine code from a module and settings. It does not know
//! tabs.

mod artifact;
mod bundle;
mod compilers;
mod installed;
mod link;
mod probe;
mod sizes;
mod targets;

pub(crate) use artifact::{Artifact, BuildOrder, Builder, InspectedObject, LARGEST_MADE};
pub(crate) use bundle::Bundle;
pub use bundle::unpack_bundle;
pub(crate) use installed::watch_compilers;
pub(crate) use link::{LinkedAs, link};
pub(crate) use sizes::ProgramSizes;
pub(crate) use targets::{find as find_target, list as list_targets};
