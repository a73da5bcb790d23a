//! Access to the server: the token, the cookie and the one-time addresses.

use std::fmt;
use std::io;

use axum::Extension;
use axum::extract::{Query, Request, State};
use axum::http::header::{CACHE_CONTROL, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use crate::ServerState;
use crate::one_time::{OneTimeSecrets, SecretUse};
use crate::places::Visitor;
use crate::secret;

/// The secrets that a launch accepts.
pub(crate) struct Access {
    /// The secret that a browser has as a cookie, and a program in its address.
    token: String,
    /// The name of the cookie. It contains the port, because browsers share cookies between the
    /// ports of one machine.
    cookie: String,
    once: OneTimeSecrets,
    /// The authorities by which a browser on this machine can name this server.
    hosts: Vec<String>,
}

/// The query of an address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Ticket {
    token: Option<String>,
}

/// The secret that gave a request access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// The cookie.
    Cookie,
    /// The token or a one-time address. The browser gets the cookie, and goes on without the token.
    Address,
}

/// The reason why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The `Host` is not loopback with our port.
    Host,
    /// Another site's page opened the WebSocket.
    Origin,
    /// The request has no token.
    NoToken,
    /// The token is not one of this launch, or too old.
    WrongToken,
    /// The token belongs to a one-time address that was used before.
    UsedToken,
    /// Every place for a connection is taken.
    NoPlace,
}

impl Access {
    /// Accepts the given token, or else a random one of 32 bytes.
    pub(crate) fn new(port: u16, token: Option<String>) -> io::Result<Self> {
        let token = token.map_or_else(secret::random, Ok)?;
        let names = ["127.0.0.1", "localhost", "[::1]"];
        let mut hosts: Vec<_> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            // Browsers leave out HTTP's own port.
            hosts.extend(names.map(str::to_owned));
        }
        Ok(Self {
            token,
            cookie: format!("watshop_{port}"),
            once: OneTimeSecrets::default(),
            hosts,
        })
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// The secret of a new one-time address.
    pub(crate) fn give_once(&self) -> io::Result<String> {
        self.once.give()
    }

    /// Returns true if a request has the cookie or the token. The check uses up nothing.
    pub(crate) fn knows(&self, ticket: &Ticket, headers: &HeaderMap) -> bool {
        let by_hand =
            ticket.token.as_deref().is_some_and(|token| secret::is_same(token, &self.token));
        by_hand || self.has_cookie(headers)
    }

    /// Checks a request for the token, a one-time address, or the cookie. A one-time address is
    /// used up.
    pub(crate) fn enter(&self, ticket: &Ticket, headers: &HeaderMap) -> Result<Admission, Refusal> {
        let Some(token) = ticket.token.as_deref() else {
            return if self.has_cookie(headers) {
                Ok(Admission::Cookie)
            } else {
                Err(Refusal::NoToken)
            };
        };
        if secret::is_same(token, &self.token) {
            return Ok(Admission::Address);
        }
        match self.once.take(token) {
            SecretUse::Now => Ok(Admission::Address),
            // A browser with the cookie may go back, or open an old address again.
            _ if self.has_cookie(headers) => Ok(Admission::Address),
            SecretUse::Before => Err(Refusal::UsedToken),
            SecretUse::Never => Err(Refusal::WrongToken),
        }
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
        let mut cookies = cookies
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|one| one.trim().split_once('='));
        cookies.any(|(name, value)| name == self.cookie && secret::is_same(value, &self.token))
    }

    /// Gives the browser the cookie, and sends it to an address without a token.
    pub(crate) fn welcome(&self) -> Response {
        let cookie = format!("{}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie, self.token);
        let mut response = StatusCode::SEE_OTHER.into_response();
        let headers = response.headers_mut();
        headers.extend(HeaderValue::try_from(cookie).ok().map(|cookie| (SET_COOKIE, cookie)));
        headers.insert(LOCATION, HeaderValue::from_static("/"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// The authority of the request, if it is one of ours.
    pub(crate) fn check_host<'h>(&self, headers: &'h HeaderMap) -> Result<&'h str, Refusal> {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).ok_or(Refusal::Host)?;
        let ours = self.hosts.iter().any(|ours| ours.eq_ignore_ascii_case(host));
        if ours { Ok(host) } else { Err(Refusal::Host) }
    }

    /// Checks that the WebSocket was opened by our own page, or by a program without a page.
    /// Browsers always send the page's origin, and do not let the page set it.
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
                 Open the address that `watshop serve` printed; it begins with http://{here}/. Through an SSH tunnel, \
                 forward the same port number on both sides, so that the address is the same.\n"
            ),
            Refusal::Origin => format!(
                "This is Watshop's WebSocket, and only Watshop's own page may open it.\n\n\
                 The page that tried belongs to another site. Watshop's own is http://{here}/.\n"
            ),
            Refusal::NoToken => format!(
                "This is Watshop, but it does not know this browser: the address has no token.\n\n{AGAIN}\n"
            ),
            Refusal::WrongToken => format!(
                "This is Watshop, but the token in the address is too old, or not one of this launch.\n\n{AGAIN}\n"
            ),
            Refusal::UsedToken => format!(
                "This is Watshop, but the token in this address has been used already.\n\n\
                 If you did not use it, another person or program did, and has access now. End `watshop serve` with \
                 Ctrl-C, which ends all access, and start it again.\n\n{AGAIN}\n"
            ),
            Refusal::NoPlace => "This is Watshop, and it has no place for another window.\n\n\
                 The open windows use all files that the system allows. Close some, or raise the limit (`ulimit -n`) and \
                 start `watshop serve` again.\n"
                .to_owned(),
        }
    }

    /// The answer to a refused request: its reason as plain text.
    pub(crate) fn refuse(&self, refusal: Refusal) -> Response {
        let status = match refusal {
            Refusal::Host | Refusal::Origin => StatusCode::FORBIDDEN,
            Refusal::NoToken | Refusal::WrongToken | Refusal::UsedToken => StatusCode::UNAUTHORIZED,
            Refusal::NoPlace => StatusCode::SERVICE_UNAVAILABLE,
        };
        tracing::debug!(?refusal, "refused");
        (status, self.explain(refusal)).into_response()
    }
}

/// The way to get access.
const AGAIN: &str = "Start `watshop serve` once more in a terminal. It finds the Watshop that is running, and opens a fresh \
     address in your browser; with --no-open it prints it. Such an address lets one browser in, once and within a minute: \
     that keeps other programs and other people of this machine out.";

/// Shows it without the token, because the text is written to logs.
impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").field("hosts", &self.hosts).finish_non_exhaustive()
    }
}

/// Refuses requests whose `Host` is not ours. A name of the internet that was pointed at 127.0.0.1
/// (DNS rebinding) arrives with its own `Host`. A known connection gets a place that strangers
/// cannot take.
pub(crate) async fn check(
    State(shared): State<ServerState>,
    Extension(visitor): Extension<Visitor>,
    request: Request,
    next: Next,
) -> Response {
    if let Err(refusal) = shared.access.check_host(request.headers()) {
        return shared.access.refuse(refusal);
    }
    let ticket =
        Query::<Ticket>::try_from_uri(request.uri()).map(|query| query.0).unwrap_or_default();
    if shared.access.knows(&ticket, request.headers()) {
        visitor.welcome();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &'static str, origin: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]);
        headers.extend(origin.map(|origin| (ORIGIN, HeaderValue::from_static(origin))));
        headers
    }

    fn ticket(token: &str) -> Ticket {
        Ticket { token: Some(token.into()) }
    }

    fn cookies(text: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(text).unwrap())])
    }

    #[test]
    fn every_launch_has_its_own_token_and_accepts_no_other() {
        let (one, two) = (Access::new(1, None).unwrap(), Access::new(1, None).unwrap());
        let none = HeaderMap::new();
        assert_eq!(one.token().len(), 64);
        assert_eq!(one.enter(&ticket(one.token()), &none), Ok(Admission::Address));
        assert_eq!(one.enter(&ticket(two.token()), &none), Err(Refusal::WrongToken));
        assert_eq!(one.enter(&ticket(&one.token()[..63]), &none), Err(Refusal::WrongToken));
        assert_eq!(one.enter(&ticket(""), &none), Err(Refusal::WrongToken));
        assert_eq!(one.enter(&Ticket { token: None }, &none), Err(Refusal::NoToken));
        let given = Access::new(1, Some("a token that was given".into())).unwrap();
        assert_eq!(given.enter(&ticket("a token that was given"), &none), Ok(Admission::Address));
    }

    #[test]
    fn a_one_time_address_lets_one_in_who_is_known_from_then_on() {
        let access = Access::new(4000, None).unwrap();
        let once = access.give_once().unwrap();
        assert_ne!(once, access.token());
        assert!(!access.knows(&ticket(&once), &HeaderMap::new()), "looking uses nothing up");
        assert_eq!(access.enter(&ticket(&once), &HeaderMap::new()), Ok(Admission::Address));
        assert_eq!(access.enter(&ticket(&once), &HeaderMap::new()), Err(Refusal::UsedToken));
        let welcome = access.welcome();
        let cookie = welcome.headers()[SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/"), "{cookie}");
        assert_eq!(welcome.headers()[LOCATION], "/");
        let known = cookies(cookie.split(';').next().unwrap());
        assert_eq!(access.enter(&Ticket::default(), &known), Ok(Admission::Cookie));
        assert_eq!(
            access.enter(&ticket(&once), &known),
            Ok(Admission::Address),
            "somebody who goes back"
        );
    }

    #[test]
    fn only_the_cookie_of_this_launch_and_port_is_one() {
        let access = Access::new(4000, None).unwrap();
        let token = access.token();
        let known = |cookie: &str| access.enter(&Ticket::default(), &cookies(cookie)).is_ok();
        assert!(known(&format!("watshop_4000={token}")));
        assert!(known(&format!("a=b; watshop_4000=old;watshop_4000={token} ; c")));
        for other in [
            String::new(),
            format!("watshop_4001={token}"),
            format!("watshop_4000={}", &token[1..]),
            format!("watshop_4000 {token}"),
            format!("xwatshop_4000={token}"),
            "watshop_4000=".into(),
        ] {
            assert!(!known(&other), "{other}");
        }
    }

    #[test]
    fn only_loopback_names_with_the_right_port_are_hosts() {
        let access = Access::new(4000, None).unwrap();
        for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "[::1]:4000"] {
            assert_eq!(access.check_host(&headers(host, None)), Ok(host));
        }
        for host in
            ["127.0.0.1", "127.0.0.1:4001", "localhost.evil.example:4000", "evil.example:4000", ""]
        {
            assert_eq!(access.check_host(&headers(host, None)), Err(Refusal::Host), "{host}");
        }
        assert_eq!(access.check_host(&HeaderMap::new()), Err(Refusal::Host));
    }

    #[test]
    fn only_our_own_page_or_no_page_is_an_origin() {
        let access = Access::new(4000, None).unwrap();
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
        let access = Access::new(1, None).unwrap();
        assert!(!format!("{access:?}").contains(access.token()));
    }
}
