//! What the workbench says to compiler and runner processes.
//!
//! A process reads frames (see [`crate::frame`]) from its standard input and writes frames to its
//! standard output; its log goes to standard error. A closed input is the order to end. What a
//! guest writes is data inside frames, never the pipe itself.
//!
//! Each request carries an `id` and gets exactly one answer with it; notices come in between.

pub mod compiler;
pub mod runner;
pub mod segments;

use serde::{Deserialize, Serialize};

/// A request, and the one type that answers it.
pub trait Ask: Into<Self::Requests> {
    /// All that its process is asked.
    type Requests: Serialize;
    /// What comes back.
    type Answer: serde::de::DeserializeOwned;
}

/// A request and its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Numbered<T> {
    /// Chosen by the workbench.
    pub id: u32,
    /// What is asked.
    #[serde(flatten)]
    pub message: T,
}

/// What a process says: an answer to a request, or a notice of its own accord.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said<A, N> {
    /// To request `id`. An error is one that can be shown to a person.
    Answer {
        /// The request's.
        id: u32,
        /// The answer.
        result: Result<A, crate::page::Error>,
    },
    /// In between.
    Notice(N),
}
