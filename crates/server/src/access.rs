//! Who may come in.

use std::fmt;
use std::io;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use subtle::ConstantTimeEq as _;

use crate::Shared;

/// What a launch accepts.
pub(crate) struct Access {
    token: String,
    /// The authorities that a browser on this machine can name us by.
    hosts: Vec<String>,
}

/// The query of an address.
#[derive(Deserialize)]
pub(crate) struct Ticket {
    token: Option<String>,
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The `Host` is not loopback with our port.
    Host,
    /// The WebSocket was opened by another site's page.
    Origin,
    /// There is no token.
    NoToken,
    /// It is not that of this launch.
    WrongToken,
}

impl Access {
    /// With a token of 32 random bytes.
    pub(crate) fn new(port: u16) -> io::Result<Self> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let token = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let names = ["127.0.0.1", "localhost", "[::1]"];
        let mut hosts: Vec<_> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            // Browsers leave out HTTP's own port.
            hosts.extend(names.map(str::to_owned));
        }
        Ok(Self { token, hosts })
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Whether the address has the token.
    pub(crate) fn check_token(&self, ticket: &Ticket) -> Result<(), Refusal> {
        let token = ticket.token.as_deref().ok_or(Refusal::NoToken)?;
        // In constant time, so that the time taken does not tell how much of a guess was right.
        if token.as_bytes().ct_eq(self.token.as_bytes()).into() { Ok(()) } else { Err(Refusal::WrongToken) }
    }

    /// The authority of the request, where it is one of ours.
    pub(crate) fn check_host<'h>(&self, headers: &'h HeaderMap) -> Result<&'h str, Refusal> {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).ok_or(Refusal::Host)?;
        let ours = self.hosts.iter().any(|ours| ours.eq_ignore_ascii_case(host));
        if ours { Ok(host) } else { Err(Refusal::Host) }
    }

    /// Whether a page of ours opens the WebSocket, or no page at all. Browsers always say which page
    /// it is and never let the page itself say it.
    pub(crate) fn check_origin(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(origin) = headers.get(ORIGIN) else { return Ok(()) };
        let host = self.check_host(headers)?;
        let ours = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
        if ours.is_some_and(|origin| origin.eq_ignore_ascii_case(host)) {
            Ok(())
        } else {
            Err(Refusal::Origin)
        }
    }

    fn explain(&self, refusal: Refusal) -> String {
        let here = self.hosts.first().map_or("127.0.0.1", String::as_str);
        match refusal {
            Refusal::Host => format!(
                "This is Watshop, and it answers only to its own addresses on this machine.\n\n\
                 Open http://{here}/ with the token that `watshop serve` printed. Through an SSH tunnel, \
                 forward the same port number on both sides, so that the address is the same.\n"
            ),
            Refusal::Origin => format!(
                "This is Watshop's WebSocket, and only Watshop's own page may open it.\n\n\
                 The page that tried belongs to another site. Open http://{here}/ with the token that \
                 `watshop serve` printed.\n"
            ),
            Refusal::NoToken => "This is Watshop, but the address has no token.\n\n\
                 `watshop serve` printed the whole address, which ends in `?token=` and 64 characters: open \
                 that one. The token keeps other programs and other people of this machine out.\n"
                .to_owned(),
            Refusal::WrongToken => "This is Watshop, but the token in the address is not that of this launch.\n\n\
                 Each launch makes a new one, so a bookmark or an old window does not get in. Open the address \
                 that `watshop serve` printed last.\n"
                .to_owned(),
        }
    }

    /// What the person is told, as plain text.
    pub(crate) fn refuse(&self, refusal: Refusal) -> Response {
        let status = match refusal {
            Refusal::Host | Refusal::Origin => StatusCode::FORBIDDEN,
            Refusal::NoToken | Refusal::WrongToken => StatusCode::UNAUTHORIZED,
        };
        tracing::debug!(?refusal, "refused");
        (status, self.explain(refusal)).into_response()
    }
}

/// Without the token: this is written to logs.
impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").field("hosts", &self.hosts).finish_non_exhaustive()
    }
}

/// Lets only requests through whose `Host` is ours. A name of the internet that was pointed at
/// 127.0.0.1 (DNS rebinding) arrives here with its own.
pub(crate) async fn check_host(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    match shared.access.check_host(request.headers()) {
        Ok(_) => next.run(request).await,
        Err(refusal) => shared.access.refuse(refusal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(host: &'static str, origin: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]);
        headers.extend(origin.map(|origin| (ORIGIN, HeaderValue::from_static(origin))));
        headers
    }

    #[test]
    fn every_launch_has_its_own_token_and_accepts_no_other() {
        let (one, two) = (Access::new(1).unwrap(), Access::new(1).unwrap());
        let ticket = |token: &str| Ticket { token: Some(token.into()) };
        assert_eq!(one.token().len(), 64);
        assert_eq!(one.check_token(&ticket(one.token())), Ok(()));
        assert_eq!(one.check_token(&ticket(two.token())), Err(Refusal::WrongToken));
        assert_eq!(one.check_token(&ticket(&one.token()[..63])), Err(Refusal::WrongToken));
        assert_eq!(one.check_token(&ticket("")), Err(Refusal::WrongToken));
        assert_eq!(one.check_token(&Ticket { token: None }), Err(Refusal::NoToken));
    }

    #[test]
    fn only_loopback_names_with_the_right_port_are_hosts() {
        let access = Access::new(4000).unwrap();
        for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "[::1]:4000"] {
            assert_eq!(access.check_host(&headers(host, None)), Ok(host));
        }
        for host in ["127.0.0.1", "127.0.0.1:4001", "localhost.evil.example:4000", "evil.example:4000", ""] {
            assert_eq!(access.check_host(&headers(host, None)), Err(Refusal::Host), "{host}");
        }
        assert_eq!(access.check_host(&HeaderMap::new()), Err(Refusal::Host));
    }

    #[test]
    fn only_our_own_page_or_no_page_is_an_origin() {
        let access = Access::new(4000).unwrap();
        let check = |origin| access.check_origin(&headers("localhost:4000", origin));
        assert_eq!(check(None), Ok(()));
        assert_eq!(check(Some("http://localhost:4000")), Ok(()));
        for origin in [
            "null",
            "https://localhost:4000",
            "http://127.0.0.1:4000",
            "http://localhost:4001",
            "http://evil.example",
        ] {
            assert_eq!(check(Some(origin)), Err(Refusal::Origin), "{origin}");
        }
    }

    #[test]
    fn a_log_never_holds_the_token() {
        let access = Access::new(1).unwrap();
        assert!(!format!("{access:?}").contains(access.token()));
    }
}
