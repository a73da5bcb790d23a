use serde::{Deserialize, Serialize};

use super::Error;

/// What a page sends. `params` is an object, empty where a method takes nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// Chosen by the page; the reply carries the same.
    pub id: u32,
    /// A name of the registry, such as `tab.run`.
    pub method: String,
    /// The method's parameters as JSON.
    #[serde(default)]
    pub params: serde_json::Value,
}

/// What comes back for one request, exactly once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reply {
    /// The request's.
    pub id: u32,
    /// The result, or what went wrong.
    #[serde(flatten)]
    pub outcome: ReplyOutcome,
}

/// `ok` or `error`, never both.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyOutcome {
    /// The method's result as JSON.
    Ok(serde_json::Value),
    /// Why there is none.
    Error(Box<Error>),
}

impl Reply {
    /// A reply from what a method gave.
    pub fn new(id: u32, outcome: super::Result<serde_json::Value>) -> Self {
        let outcome = match outcome {
            Ok(value) => ReplyOutcome::Ok(value),
            Err(error) => ReplyOutcome::Error(Box::new(error)),
        };
        Self { id, outcome }
    }
}
