//! A server over a workbench of its own, and windows that talk to it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test's way to fail is to panic"
)]

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::path::Path;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};
use watshop_protocol::frame;
use watshop_server::{Options, RunningServer, serve};
use watshop_workbench::{CacheMode, Config, HostFolders, StateKind, Workbench};

/// A server and its workbench.
pub struct Bench {
    folder: TempDir,
    workbench: Workbench,
    serving: RunningServer,
}

/// An answer of the HTTP server.
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

/// One open window.
pub struct Window {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    last_id: u32,
    events: VecDeque<Value>,
    replies: HashMap<u32, (Value, Vec<u8>)>,
}

impl Bench {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workbench = Workbench::open(Config {
            data_dir: folder.path().join("data"),
            programs: folder.path().to_owned(),
            state: StateKind::InMemory,
            cache: CacheMode::Off,
            raw_output: None,
            input_wanted: None,
            streams: None,
            folders: HostFolders::Allowed(Vec::new()),
        })
        .unwrap();
        let serving = serve(workbench.clone(), Options::default()).await.unwrap();
        Self { folder, workbench, serving }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn address(&self) -> SocketAddr {
        self.serving.address()
    }

    pub fn port(&self) -> u16 {
        self.address().port()
    }

    /// The page's path with its token.
    pub fn page(&self) -> String {
        self.path_of(&self.serving.url())
    }

    /// The page's path with a token that is valid once.
    pub fn page_once(&self) -> String {
        self.path_of(&self.serving.one_time_address().unwrap())
    }

    fn path_of(&self, address: &str) -> String {
        address.split_once(&self.address().to_string()).unwrap().1.to_owned()
    }

    /// A request that opens a WebSocket with a query.
    pub fn request(&self, query: &str) -> Request {
        format!("ws://{}/ws{query}", self.address()).into_client_request().unwrap()
    }

    /// A request that opens a WebSocket with the right token and these headers.
    pub fn request_with(&self, headers: &[(&str, &str)]) -> Request {
        let mut request = self.serving.socket_url().into_client_request().unwrap();
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
        }
        request
    }

    pub async fn window(&self) -> Window {
        Window::open(self.request_with(&[])).await
    }

    /// Opens a window with small buffers in the system. Messages that it does not read soon stay
    /// with the server.
    pub async fn window_with_small_buffers(&self) -> Window {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(8192).unwrap();
        let stream = MaybeTlsStream::Plain(socket.connect(self.address()).await.unwrap());
        let (socket, _) = client_async(self.request_with(&[]), stream).await.unwrap();
        Window::new(socket)
    }

    /// Opens a WebSocket, writes bytes behind the library's back, and gives the code of the close
    /// frame.
    pub async fn raw(&self, bytes: &[u8]) -> CloseCode {
        let mut window = self.window().await;
        let MaybeTlsStream::Plain(stream) = window.socket.get_mut() else { panic!("no TLS here") };
        stream.write_all(bytes).await.unwrap();
        window.farewell().await.expect("a close frame")
    }

    /// Sends the header of a masked binary frame of that length, as [`Self::raw`] does.
    pub async fn announce(&self, length: u64) -> CloseCode {
        let mut header = vec![0x82, 0x80 | 127];
        header.extend_from_slice(&length.to_be_bytes());
        header.extend_from_slice(&[1, 2, 3, 4]);
        self.raw(&header).await
    }

    /// Sends a plain GET. No library changes the address or the headers.
    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.http("GET", path, headers).await
    }

    /// Sends a POST without content.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.http("POST", path, headers).await
    }

    /// Opens a connection and sends nothing.
    pub async fn stream(&self) -> TcpStream {
        TcpStream::connect(self.address()).await.unwrap()
    }

    async fn http(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut stream = TcpStream::connect(self.address()).await.unwrap();
        let own = self.address().to_string();
        let host =
            headers.iter().find(|(name, _)| *name == "host").map_or(own.as_str(), |(_, host)| host);
        let others = headers.iter().filter(|(name, _)| *name != "host");
        let others: String = others.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\n{others}connection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    pub async fn end(self) {
        self.serving.stop().await;
        self.workbench.shutdown().await;
    }
}

impl Answer {
    /// A header's value in lower case; empty if the header is missing.
    pub fn header(&self, name: &str) -> &str {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or("")
    }
}

/// The HTTP status with which a WebSocket is refused.
pub async fn refusal(request: Request) -> u16 {
    match connect_async(request).await {
        Err(Error::Http(response)) => response.status().as_u16(),
        other => panic!("not refused: {other:?}"),
    }
}

impl Window {
    pub async fn open(request: Request) -> Self {
        let (socket, _) = connect_async(request).await.unwrap();
        Self::new(socket)
    }

    fn new(socket: WebSocketStream<MaybeTlsStream<TcpStream>>) -> Self {
        Self { socket, last_id: 0, events: VecDeque::new(), replies: HashMap::new() }
    }

    pub async fn send(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    /// Sends a request and waits for the reply.
    pub async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.send(Message::text(
            json!({ "id": id, "method": method, "params": params }).to_string(),
        ))
        .await;
        self.reply(id).await
    }

    /// Sends a request with bytes, and gives the bytes of the reply.
    pub async fn ask_with(
        &mut self,
        method: &str,
        params: Value,
        bytes: &[u8],
    ) -> (Value, Vec<u8>) {
        self.last_id += 1;
        let id = self.last_id;
        let request = json!({ "id": id, "method": method, "params": params });
        self.send(Message::binary(frame::join(&request, bytes).unwrap())).await;
        self.whole_reply(id).await
    }

    pub async fn reply(&mut self, id: u32) -> Value {
        self.whole_reply(id).await.0
    }

    async fn whole_reply(&mut self, id: u32) -> (Value, Vec<u8>) {
        loop {
            if let Some(reply) = self.replies.remove(&id) {
                return reply;
            }
            self.receive().await;
        }
    }

    /// Waits for the next event of a kind. Other events before it are dropped.
    pub async fn event(&mut self, kind: &str) -> Value {
        loop {
            while let Some(event) = self.events.pop_front() {
                if event["event"] == kind {
                    return event;
                }
            }
            self.receive().await;
        }
    }

    /// Reads until the server closes, and gives its code.
    pub async fn farewell(&mut self) -> Option<CloseCode> {
        loop {
            match self.socket.next().await? {
                Ok(Message::Close(frame)) => return frame.map(|frame| frame.code),
                Ok(_) => {}
                Err(_) => return None,
            }
        }
    }

    async fn receive(&mut self) {
        let (json, bytes) = match self.socket.next().await.expect("the server closed").unwrap() {
            Message::Text(text) => (serde_json::from_str(&text).unwrap(), Vec::new()),
            Message::Binary(message) => {
                let (json, bytes) = frame::split(&message).unwrap();
                (serde_json::from_slice(json).unwrap(), bytes.to_vec())
            }
            other => panic!("{other:?}"),
        };
        let json: Value = json;
        match json["id"].as_u64() {
            Some(id) => {
                self.replies.insert(id as u32, (json, bytes));
            }
            None => self.events.push_back(json),
        }
    }
}
