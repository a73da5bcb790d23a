//! The security headers of every answer.

use axum::extract::Request;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

/// Adds the headers.
pub(crate) async fn harden(request: Request, next: Next) -> Response {
    let policy = policy(request.headers().get(HOST));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // An address may contain a token.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    for name in ["cross-origin-opener-policy", "cross-origin-resource-policy"] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static("same-origin"));
    }
    response
}

/// The content security policy. Scripts come from our own files only, WebAssembly included. Styles
/// may also come from scripts, because the editor and the panels make them. Other pages may not
/// frame ours. The WebSocket is named, because only newer browsers count it to `'self'`.
fn policy(host: Option<&HeaderValue>) -> HeaderValue {
    let socket = host
        .and_then(|host| host.to_str().ok())
        .map(|host| format!(" ws://{host}"))
        .unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'{socket}; \
         worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_of_the_same_host_is_the_only_one_to_connect_to() {
        let policy = policy(Some(&HeaderValue::from_static("localhost:4000")));
        let policy = policy.to_str().unwrap();
        assert!(policy.contains("connect-src 'self' ws://localhost:4000;"), "{policy}");
        assert!(!policy.contains("script-src 'self' 'unsafe-inline'"), "{policy}");
    }
}
