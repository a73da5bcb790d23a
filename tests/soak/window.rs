//! A window of the workbench: requests and answers over its WebSocket, each with a time.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::stream::MaybeTlsStream;
use tokio_tungstenite::tungstenite::{Error, Message, WebSocket, connect};
use watshop_protocol::frame;
use watshop_tests::page::Server;

use crate::promises;

/// The longest time of an answer that no guest and no compiler takes part in. A machine that builds
/// beside this is slow, but it does not make anyone wait for ever.
pub const SOON: Duration = Duration::from_secs(8);

/// The longest time of a run or a call, whose limits the attacks set.
pub const LATE: Duration = Duration::from_secs(90);

/// An answer: the reply, or the error.
pub type Answer = Result<Value, Value>;

/// The connection has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

/// A window.
pub struct Window {
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    last: u32,
    answers: HashMap<u32, (Answer, Vec<u8>)>,
    /// The notices that have come so far.
    pub notices: Vec<Value>,
}

impl Window {
    /// Opens a window.
    pub fn open(server: &Server) -> Self {
        let (socket, _) = connect(server.request(&server.token)).unwrap();
        let mut window = Self { socket, last: 0, answers: HashMap::new(), notices: Vec::new() };
        window.patience(Duration::from_millis(20));
        window
    }

    fn patience(&mut self, time: Duration) {
        if let MaybeTlsStream::Plain(stream) = self.socket.get_mut() {
            stream.set_read_timeout(Some(time)).unwrap();
        }
    }

    /// Sends any message.
    pub fn say(&mut self, message: Message) -> Result<(), Closed> {
        self.socket.send(message).map_err(|_| Closed)
    }

    /// Sends a request, and gives its number.
    pub fn send(&mut self, method: &str, params: &Value, bytes: &[u8]) -> Result<u32, Closed> {
        self.last += 1;
        let request = json!({ "id": self.last, "method": method, "params": params });
        self.say(match bytes {
            [] => Message::text(request.to_string()),
            bytes => Message::binary(frame::join(&request, bytes).unwrap()),
        })?;
        Ok(self.last)
    }

    /// Waits for an answer with its bytes.
    pub fn whole_answer(&mut self, id: u32, within: Duration) -> Result<(Answer, Vec<u8>), Closed> {
        let began = Instant::now();
        loop {
            if let Some(answer) = self.answers.remove(&id) {
                return Ok(answer);
            }
            self.listen()?;
            assert!(began.elapsed() < within, "request {id} is not answered within {within:?}");
        }
    }

    /// Waits for an answer.
    pub fn answer(&mut self, id: u32, within: Duration) -> Result<Answer, Closed> {
        Ok(self.whole_answer(id, within)?.0)
    }

    /// Asks, and waits for the answer.
    pub fn ask(&mut self, method: &str, params: &Value) -> Result<Answer, Closed> {
        let id = self.send(method, params, &[])?;
        self.answer(id, SOON)
    }

    /// Takes a message, if one comes soon. Each is checked.
    pub fn listen(&mut self) -> Result<(), Closed> {
        let (mut message, bytes) = match self.socket.read() {
            Ok(Message::Text(text)) => (serde_json::from_str(&text).unwrap(), Vec::new()),
            Ok(Message::Binary(message)) => {
                let (json, bytes) = frame::split(&message).unwrap();
                (serde_json::from_slice::<Value>(json).unwrap(), bytes.to_vec())
            }
            Ok(Message::Close(_)) => return Err(Closed),
            Ok(_) => return Ok(()),
            Err(Error::Io(error))
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
            {
                return Ok(());
            }
            Err(_) => return Err(Closed),
        };
        promises::check_errors(&message);
        if let Some(id) = message["id"].as_u64() {
            let ok = message.get_mut("ok").map(Value::take);
            let answer = ok.ok_or_else(|| message["error"].take());
            self.answers.insert(u32::try_from(id).unwrap(), (answer, bytes));
        } else if message["event"] == "notice" {
            self.notices.push(message["error"].take());
        }
        Ok(())
    }
}
