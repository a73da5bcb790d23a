//! What a page does, without one: `watshop serve`, and requests over its WebSocket, one after the
//! other.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command};

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::stream::MaybeTlsStream;
use tokio_tungstenite::tungstenite::{Message, WebSocket, connect};
use watshop_protocol::frame;

use crate::terminal::Terminal;

/// `watshop serve`, which ends with this.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`
    pub host: String,
    /// What was given by hand, and lets in as often as it is wanted.
    pub token: String,
}

impl Server {
    /// Starts one with the data folder of a terminal.
    pub fn start(terminal: &Terminal) -> Self {
        Self::of(terminal.command(&["serve", "--no-open"]))
    }

    /// The same, with a command that serves.
    pub fn of(mut command: Command) -> Self {
        let token = "a-token-that-was-given-by-hand".to_owned();
        let mut child = command.env("WATSHOP_TOKEN", &token).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.trim().strip_prefix("http://").unwrap_or_else(|| panic!("not an address: {line}"));
        let (host, once) =
            address.split_once("/?token=").unwrap_or_else(|| panic!("no token: {line}"));
        assert_ne!(once, token, "what is printed lets in once");
        Self { child, host: host.to_owned(), token }
    }

    /// To open a WebSocket with a token.
    pub fn request(&self, token: &str) -> Request {
        let mut request =
            format!("ws://{}/ws?token={token}", self.host).into_client_request().unwrap();
        request.headers_mut().insert("origin", format!("http://{}", self.host).parse().unwrap());
        request
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server and one page that is open on it.
pub struct Page {
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    last_id: u32,
    // Dropped last: it ends the server.
    _server: Server,
    _terminal: Terminal,
}

impl Page {
    /// A new one with a data folder of its own.
    #[expect(
        clippy::new_without_default,
        reason = "it starts a process, which a default should not"
    )]
    pub fn new() -> Self {
        let terminal = Terminal::new();
        let server = Server::start(&terminal);
        let (socket, _) = connect(server.request(&server.token)).unwrap();
        Self { socket, last_id: 0, _server: server, _terminal: terminal }
    }

    /// Asks and gives the reply, or the error, with the bytes that came along.
    pub fn try_ask(
        &mut self,
        method: &str,
        params: &Value,
        bytes: &[u8],
    ) -> Result<(Value, Vec<u8>), Value> {
        self.last_id += 1;
        let id = self.last_id;
        let request = json!({ "id": id, "method": method, "params": params });
        let message = match bytes {
            [] => Message::text(request.to_string()),
            bytes => Message::binary(frame::join(&request, bytes).unwrap()),
        };
        self.socket.send(message).unwrap();
        loop {
            let (mut json, bytes) = match self.socket.read().unwrap() {
                Message::Text(text) => (serde_json::from_str::<Value>(&text).unwrap(), Vec::new()),
                Message::Binary(message) => {
                    let (json, bytes) = frame::split(&message).unwrap();
                    (serde_json::from_slice(json).unwrap(), bytes.to_vec())
                }
                _ => continue,
            };
            if json["id"] == id {
                let ok = json.get_mut("ok").map(Value::take);
                return ok.map(|reply| (reply, bytes)).ok_or_else(|| json["error"].take());
            }
        }
    }

    /// Asks what must be answered well.
    #[track_caller]
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.try_ask(method, params, &[]).unwrap_or_else(|error| panic!("{method}: {error:#}")).0
    }

    /// A new tab with this text.
    pub fn tab(&mut self, text: &str) -> u64 {
        let view = self.ask("tab.new", &json!({ "title": null, "text": text }));
        view["summary"]["id"].as_u64().unwrap_or_else(|| panic!("{view:#}"))
    }

    /// Changes a tab's settings.
    pub fn configure(&mut self, tab: u64, change: impl FnOnce(&mut Value)) {
        let mut settings = self.ask("tab.get", &json!({ "tab": tab }))["settings"].take();
        change(&mut settings);
        self.ask("tab.configure", &json!({ "tab": tab, "settings": settings }));
    }

    /// Gives a tab its import object: `[{"module": …, "name": …, "provider": …}, …]`.
    pub fn provide(&mut self, tab: u64, provisions: &Value) {
        self.configure(tab, |settings| settings["imports"]["provisions"] = provisions.clone());
    }

    /// Runs a tab, which must go well.
    #[track_caller]
    pub fn run(&mut self, tab: u64) -> Value {
        let report = self.ask("tab.run", &json!({ "tab": tab }));
        assert_ne!(report["outcome"]["outcome"], "failed", "{report:#}");
        report
    }

    /// What came of a call.
    pub fn call(&mut self, tab: u64, export: &str, arguments: &[&str]) -> Value {
        let params = json!({ "tab": tab, "export": export, "arguments": arguments });
        self.ask("tab.call", &params)["outcome"].take()
    }

    /// The results of a call that must come back, as text.
    #[track_caller]
    pub fn results(&mut self, tab: u64, export: &str, arguments: &[&str]) -> Vec<String> {
        let outcome = self.call(tab, export, arguments);
        let results = outcome["results"].as_array().unwrap_or_else(|| panic!("{outcome:#}"));
        results.iter().map(|result| result["value"].as_str().unwrap().to_owned()).collect()
    }
}
