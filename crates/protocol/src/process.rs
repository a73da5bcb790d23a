//! The contract between the workbench and the compiler and runner processes.
//!
//! A process reads frames (see [`crate::frame`]) from its standard input and writes frames to its
//! standard output; its log goes to standard error. A closed input is the order to end. A guest's
//! output is data inside frames and never goes to the pipe itself.
//!
//! Each request carries an `id` and gets exactly one answer with it; notices come in between.

pub mod compiler;
pub mod runner;
pub mod segments;
pub mod streams;

use serde::{Deserialize, Serialize};

/// A request, and the one type that answers it.
pub trait Ask: Into<Self::Requests> {
    /// All requests of its process.
    type Requests: Serialize;
    /// The type of the answer.
    type Answer: serde::de::DeserializeOwned + Send + 'static;
}

/// A request and its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Numbered<T> {
    /// The number, which the workbench chose.
    pub id: u32,
    /// The request.
    #[serde(flatten)]
    pub message: T,
}

/// A message of a process: an answer to a request, or a notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said<A, N> {
    /// The answer to request `id`. An error is one that can be shown to a person.
    Answer {
        /// The number of the request.
        id: u32,
        /// The answer.
        result: Result<A, crate::page::Error>,
    },
    /// A notice, which belongs to no request.
    Notice(N),
}
