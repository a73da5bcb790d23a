//! A page's work without a browser: `watshop serve`, and requests over its WebSocket, one after the
//! other.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::stream::MaybeTlsStream;
use tokio_tungstenite::tungstenite::{Message, WebSocket, connect};
use watshop_protocol::frame;

use crate::terminal::Terminal;

/// A running `watshop serve`, which ends when this is dropped.
pub struct Server {
    child: Child,
    /// The address, as `127.0.0.1:PORT`.
    pub host: String,
    /// The token, which lets a page in any number of times.
    pub token: String,
}

impl Server {
    /// Starts a server with the data folder of a terminal.
    pub fn start(terminal: &Terminal) -> Self {
        Self::of(terminal.command(&["serve", "--no-open"]))
    }

    /// Starts a server by a command that serves.
    pub fn of(command: Command) -> Self {
        Self::try_of(command).unwrap_or_else(|status| panic!("it ended: {status}"))
    }

    /// Starts a server by a command that serves. Gives its exit status if it ends instead.
    pub fn try_of(mut command: Command) -> Result<Self, ExitStatus> {
        let token = "a-token-that-was-given-by-hand".to_owned();
        let mut child = command.env("WATSHOP_TOKEN", &token).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        if line.is_empty() {
            return Err(child.wait().unwrap());
        }
        let address =
            line.trim().strip_prefix("http://").unwrap_or_else(|| panic!("not an address: {line}"));
        let (host, once) =
            address.split_once("/?token=").unwrap_or_else(|| panic!("no token: {line}"));
        assert_ne!(once, token, "what is printed lets in once");
        Ok(Self { child, host: host.to_owned(), token })
    }

    /// The number of its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its end, after a signal. Gives its exit status, or none if it does not end in time.
    pub fn wait(&mut self, within: Duration) -> Option<ExitStatus> {
        let began = Instant::now();
        loop {
            match self.child.try_wait().unwrap() {
                None if began.elapsed() < within => std::thread::yield_now(),
                ended => return ended,
            }
        }
    }

    /// Returns a request for a WebSocket with a token.
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
    // The server is dropped last, which ends it.
    server: Server,
    terminal: Terminal,
}

impl Page {
    /// Starts a server with a data folder of its own, and opens a page.
    #[expect(
        clippy::new_without_default,
        reason = "it starts a process, which a default should not"
    )]
    pub fn new() -> Self {
        Self::on(Terminal::new())
    }

    /// One on the data folder of a terminal.
    pub fn on(terminal: Terminal) -> Self {
        let server = Server::start(&terminal);
        let (socket, _) = connect(server.request(&server.token)).unwrap();
        Self { socket, last_id: 0, server, terminal }
    }

    /// The one runner that the server has started.
    pub fn runner(&self) -> u32 {
        let server = self.server.child.id();
        let child = |entry: std::fs::DirEntry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let about = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            let (name, rest) = about.rsplit_once(") ")?;
            let is_ours = rest.split(' ').nth(1)?.parse() == Ok(server);
            (is_ours && name.contains("watshop-runner")).then_some(pid)
        };
        let found: Vec<_> =
            std::fs::read_dir("/proc").unwrap().flatten().filter_map(child).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found[0]
    }

    /// Asks without waiting for the reply.
    pub fn send(&mut self, method: &str, params: &Value) {
        self.last_id += 1;
        let request = json!({ "id": self.last_id, "method": method, "params": params });
        self.socket.send(Message::text(request.to_string())).unwrap();
    }

    /// The terminal whose data folder it has.
    pub fn terminal(&self) -> &Terminal {
        &self.terminal
    }

    /// Sends a request. Returns the reply, or the error, with the bytes that came along.
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

    /// Sends a request that must succeed.
    #[track_caller]
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.try_ask(method, params, &[]).unwrap_or_else(|error| panic!("{method}: {error:#}")).0
    }

    /// Opens a new tab with this text.
    pub fn tab(&mut self, text: &str) -> u64 {
        let new = json!({ "title": "untitled.wat", "text": text });
        let view = self.ask("tab.new", &new);
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

    /// Calls an export. Returns the outcome.
    pub fn call(&mut self, tab: u64, export: &str, arguments: &[&str]) -> Value {
        let params = json!({ "tab": tab, "export": export, "arguments": arguments });
        self.ask("tab.call", &params)["outcome"].take()
    }

    /// Calls an export that must return. Returns its results as text.
    #[track_caller]
    pub fn results(&mut self, tab: u64, export: &str, arguments: &[&str]) -> Vec<String> {
        let outcome = self.call(tab, export, arguments);
        let results = outcome["results"].as_array().unwrap_or_else(|| panic!("{outcome:#}"));
        results.iter().map(|result| result["value"].as_str().unwrap().to_owned()).collect()
    }
}
