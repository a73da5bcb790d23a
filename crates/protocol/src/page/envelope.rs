use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Error, ErrorCode, Result};

/// A page's request. `params` is an object; it is empty if the method takes nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// The number, which the page chose. The reply carries the same.
    pub id: u32,
    /// A name of the registry, such as `tab.run`.
    pub method: String,
    /// The method's parameters as JSON.
    #[serde(default)]
    pub params: serde_json::Value,
}

/// The reply to a request. Each request gets exactly one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reply {
    /// The number of the request.
    pub id: u32,
    /// The result or the error.
    #[serde(flatten)]
    pub outcome: ReplyOutcome,
}

/// `ok` or `error`, never both.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyOutcome {
    /// The method's result as JSON.
    Ok(serde_json::Value),
    /// The error.
    Error(Box<Error>),
}

impl Reply {
    /// A reply from what a method gave.
    pub fn new(id: u32, outcome: Result<serde_json::Value>) -> Self {
        let outcome = match outcome {
            Ok(value) => ReplyOutcome::Ok(value),
            Err(error) => ReplyOutcome::Error(Box::new(error)),
        };
        Self { id, outcome }
    }
}

/// A reply that says only that it was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoneReply {}

/// The parameters of a method.
pub(crate) fn read_params<T: serde::de::DeserializeOwned>(
    method: &str,
    params: serde_json::Value,
) -> Result<T> {
    let params = if params.is_null() { serde_json::json!({}) } else { params };
    serde_json::from_value(params).map_err(|e| {
        Error::new(ErrorCode::BadRequest, format!("The parameters of `{method}` do not fit: {e}."))
    })
}

/// The reply of a method as it goes over the wire.
pub(crate) fn write_reply(method: &str, reply: &impl Serialize) -> Result<serde_json::Value> {
    serde_json::to_value(reply).map_err(|e| {
        Error::new(
            ErrorCode::BadRequest,
            format!("The reply of `{method}` cannot be written: {e}."),
        )
    })
}
