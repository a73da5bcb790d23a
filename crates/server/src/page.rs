//! The page and its files, as embedded when this crate was built.

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH,
};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use rust_embed::{EmbeddedFile, Metadata, RustEmbed};

use crate::ServerState;
use crate::access::{Admission, Ticket};

/// The page's files. They are deflated inside the executable and sent deflated: over loopback, more
/// bytes cost less than unpacking them in the browser.
#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
struct PageFiles;

/// `/`: the page, for a browser with the cookie. A browser with a token in its address gets the
/// cookie and is sent to the address without the token.
pub(crate) async fn index(
    State(shared): State<ServerState>,
    Query(ticket): Query<Ticket>,
    headers: HeaderMap,
) -> Response {
    match shared.access.enter(&ticket, &headers) {
        Ok(Admission::Cookie) => give("index.html", &headers),
        Ok(Admission::Address) => shared.access.welcome(),
        Err(refusal) => shared.access.refuse(refusal),
    }
}

/// Any other address: a file of the page. It needs no token, because the files are the same in
/// every copy of Watshop. The page asks for them by relative addresses.
pub(crate) async fn file(uri: Uri, headers: HeaderMap) -> Response {
    give(uri.path().trim_start_matches('/'), &headers)
}

fn give(path: &str, asked: &HeaderMap) -> Response {
    match PageFiles::get(path) {
        Some(file) => answer(path, file, asked),
        None if PageFiles::get("index.html").is_none() => (
            StatusCode::SERVICE_UNAVAILABLE,
            "This Watshop was built without its page.\n\nBuild both with `npm run build`, then start it again.\n",
        )
            .into_response(),
        None => (StatusCode::NOT_FOUND, format!("Watshop's page has no file `{path}`.\n")).into_response(),
    }
}

fn answer(path: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response {
    let hash: String =
        file.metadata.sha256_hash().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{hash}\"");
    let kind = media_type(&file.metadata);
    let same = asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(match file.data {
            std::borrow::Cow::Borrowed(bytes) => axum::body::Bytes::from_static(bytes),
            std::borrow::Cow::Owned(bytes) => bytes.into(),
        }))
    };
    // The build writes a hash of the content into every name under `assets/`, and into no other.
    let keep = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.extend(HeaderValue::try_from(tag).ok().map(|tag| (ETAG, tag)));
    headers.extend(HeaderValue::try_from(kind).ok().map(|kind| (CONTENT_TYPE, kind)));
    response
}

/// The media type with its encoding, which a browser would otherwise guess.
fn media_type(metadata: &Metadata) -> String {
    let kind = metadata.mimetype();
    let text = kind.starts_with("text/") || kind == "application/json" || kind == "image/svg+xml";
    if text { format!("{kind}; charset=utf-8") } else { kind.to_owned() }
}
