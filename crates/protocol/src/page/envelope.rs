use crate::say;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Error, ErrorCode, Result};
use crate::bounds::MOST_MESSAGE;
use crate::written::{Unwritten, written};

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
        Error::new(ErrorCode::BadRequest, say!("The parameters of `{method}` do not fit: {e}."))
    })
}

/// The result of a method as JSON, of at most `most` bytes.
///
/// # Errors
///
/// `message_too_large` if it has more bytes than the bound.
pub fn write_reply(method: &str, most: usize, reply: &impl Serialize) -> Result<String> {
    written(reply, most).map_err(|error| match error {
        Unwritten::Large(most) => too_large_error(&format!("The reply of `{method}`"), most),
        Unwritten::Json(error) => Error::new(
            ErrorCode::BadRequest,
            say!("The reply of `{method}` cannot be written: {error}."),
        ),
    })
}

/// The message that replies to the request of a number: `{id, ok}` or `{id, error}`. `outcome` is
/// the JSON of the result.
pub fn reply_to(id: u32, outcome: Result<String>) -> String {
    #[derive(Serialize)]
    struct Refusal<'a> {
        id: u32,
        error: &'a Error,
    }
    let refusal = |error: &Error| written(&Refusal { id, error }, MOST_MESSAGE as usize);
    match outcome {
        // It goes in as it is, because it can have a hundred megabytes.
        Ok(mut json) => {
            json.insert_str(0, &format!("{{\"id\":{id},\"ok\":"));
            json.push('}');
            json
        }
        Err(error) => refusal(&error).unwrap_or_else(|_| {
            let large = too_large_error("An error", MOST_MESSAGE as usize);
            refusal(&large).unwrap_or_default()
        }),
    }
}

/// The error of a message that would be larger than its bound.
pub(crate) fn too_large_error(what: &str, most: usize) -> Error {
    Error::new(
        ErrorCode::MessageTooLarge,
        say!("{what} would have more than {} MiB, the most that is sent.", most >> 20),
    )
    .help(say!("Make the module or its import object smaller."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_has_the_number_of_its_request() {
        let done = write_reply("tab.close", 100, &DoneReply {});
        assert_eq!(reply_to(7, done), r#"{"id":7,"ok":{}}"#);
        let error = Error::new(ErrorCode::UnknownTab, say!("There is no tab 3."));
        let text = reply_to(8, Err(error));
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (json["id"].as_u64(), json["error"]["code"].as_str()),
            (Some(8), Some("unknown_tab"))
        );
    }

    #[test]
    fn a_reply_over_its_bound_is_an_error_with_a_code_of_its_own() {
        let most = MOST_MESSAGE as usize;
        let error = write_reply("imports.list", most, &"x".repeat(most)).unwrap_err();
        assert_eq!(error.code, ErrorCode::MessageTooLarge);
        assert!(error.message.contains("`imports.list`"), "{error}");
        assert!(error.message.contains("16 MiB"), "{error}");
        assert!(write_reply("tab.get", most, &"x".repeat(most - 2)).is_ok());
    }
}
