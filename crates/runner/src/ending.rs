//! The errors by which a host function ends the guest. Wasmer passes them through the guest.

use watshop_protocol::Sentence;

/// A host function refuses: a trap with a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct HostRefusal(pub Sentence);

/// A host function was ended because the guest must end.
#[derive(Debug, thiserror::Error)]
#[error("a host function was stopped")]
pub struct HostStopped;

/// The program ended itself, with this status.
#[derive(Debug, thiserror::Error)]
#[error("the program ended with status {0}")]
pub struct ProgramExit(pub i32);
