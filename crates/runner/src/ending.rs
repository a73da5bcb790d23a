//! Ways in which a function of the host ends the guest, as Wasmer carries them through it.

/// What a host function says when it refuses: a trap with a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// A host function that was ended because the guest is to end.
#[derive(Debug, thiserror::Error)]
#[error("a host function was stopped")]
pub struct Stopped;

/// The end of a program by its own wish, with its status.
#[derive(Debug, thiserror::Error)]
#[error("the program ended with status {0}")]
pub struct Exit(pub i32);
