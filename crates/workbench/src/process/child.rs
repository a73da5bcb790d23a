//! A child process that gets requests and gives answers by frames (see
//! [`watshop_protocol::process`]).
//!
//! One task owns the child and reads its messages. Another writes the requests. A third keeps the
//! end of its log. A process never outlives its handles: the drop of the last one kills it. A
//! workbench that is itself killed closes the pipes, which is the order to end.

use std::collections::HashMap;
use std::ffi::OsString;
use std::marker::PhantomData;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::io::BufReader;
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::{Notify, mpsc, oneshot, watch};
use watshop_protocol::frame::{self, FrameError};
use watshop_protocol::page::Error;
use watshop_protocol::process::{Ask, Numbered, Said};

use super::last_words::LastWords;
use super::pipe::{self, Frame};
use super::starter;
use crate::sync::lock;

/// The time between the closed output of a process and its kill.
const LAST_BREATH: Duration = Duration::from_secs(1);

/// A listener to the notices of a process. While it waits, no more is read, so that a process with
/// many notices waits too.
pub(crate) trait Listen<N>: Send + 'static {
    /// Takes one notice and its bytes.
    fn notice(&mut self, notice: N, bytes: &[u8]) -> impl Future<Output = ()> + Send;
}

/// The reason why there is no answer.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// The process answered that it cannot.
    Refused(Box<Error>),
    /// The process is gone.
    Ended(Ended),
    /// The answer does not fit the request, for this reason.
    Unreadable(String),
}

/// The end of a process.
#[derive(Debug, Clone)]
pub(crate) struct Ended {
    /// The exit status, if the system gives it.
    pub status: Option<ExitStatus>,
    /// The end of its log, or the fault of its last message.
    pub last_words: String,
}

impl std::fmt::Display for Ended {
    /// Writes the end of a sentence: "signal: 9 (SIGKILL)" and the process's last words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.status {
            Some(status) => write!(f, "{status}")?,
            None => write!(f, "no exit status")?,
        }
        match self.last_words.trim() {
            "" => write!(f, "; its log is empty"),
            words => write!(f, "; its last words:\n{words}"),
        }
    }
}

type Answered<A> = Result<(A, Vec<u8>), Failure>;

/// The receiver of an answer that is not typed yet.
type Waiting = oneshot::Sender<Answered<Box<RawValue>>>;

/// A running child that takes requests `Q`. Clones are handles of the same child.
pub(crate) struct Process<Q> {
    shared: Arc<Shared>,
    ask: PhantomData<fn(Q)>,
}

impl<Q> Clone for Process<Q> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), ask: PhantomData }
    }
}

struct Shared {
    pid: Option<u32>,
    next: AtomicU32,
    requests: mpsc::UnboundedSender<Frame>,
    desk: Arc<Desk>,
    ended: watch::Receiver<Option<Ended>>,
}

/// The part that the handles and the reading task share. The task holds no handle, so that the drop
/// of the last one is noticed.
struct Desk {
    waiting: Mutex<Option<HashMap<u32, Waiting>>>,
    kill: Notify,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.desk.kill.notify_one();
    }
}

impl<Q: Serialize> Process<Q> {
    /// Starts a program. The errors are the system's: not there, not executable, no more processes.
    pub(crate) fn start<N>(
        program: &Path,
        arguments: &[OsString],
        listener: impl Listen<N>,
    ) -> std::io::Result<Self>
    where
        N: DeserializeOwned + Send + 'static,
    {
        let mut command = Command::new(program);
        // If a person gave the server a secret, the process of a guest must not get it.
        command.args(arguments).env_remove("WATSHOP_TOKEN");
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        // The child gets a group of its own. Ctrl-C in a terminal is for the workbench, which ends
        // its processes in order.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = starter::start(command)?;
        let missing = || std::io::Error::other("the process was started without pipes");
        let stdin = child.stdin.take().ok_or_else(missing)?;
        let stdout = child.stdout.take().ok_or_else(missing)?;
        let stderr = child.stderr.take().ok_or_else(missing)?;

        pipe::enlarge(&stdin);
        pipe::enlarge(&stdout);
        let (requests, outgoing) = mpsc::unbounded_channel();
        tokio::spawn(pipe::write_all(stdin, outgoing));
        let words = LastWords::listen(stderr, program);
        let desk =
            Arc::new(Desk { waiting: Mutex::new(Some(HashMap::new())), kill: Notify::new() });
        let (tell, ended) = watch::channel(None);
        let pid = child.id();
        let watched = Arc::clone(&desk);
        tokio::spawn(async move {
            let end = supervise(child, stdout, words, &watched, listener).await;
            tracing::debug!(?pid, %end, "process ended");
            let waiting = lock(&watched.waiting).take().unwrap_or_default();
            tell.send_replace(Some(end.clone()));
            for answer in waiting.into_values() {
                let _ = answer.send(Err(Failure::Ended(end.clone())));
            }
        });
        Ok(Self {
            shared: Arc::new(Shared { pid, next: AtomicU32::new(1), requests, desk, ended }),
            ask: PhantomData,
        })
    }

    /// The system's number of the process.
    pub(crate) fn pid(&self) -> Option<u32> {
        self.shared.pid
    }

    /// Sends a request, and gives its number and the future answer. A dropped answer cancels
    /// nothing.
    pub(crate) fn ask<R: Ask<Requests = Q>>(
        &self,
        request: R,
        bytes: Option<Arc<[u8]>>,
    ) -> (u32, impl Future<Output = Answered<R::Answer>> + Send + use<Q, R>) {
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed);
        let (tell, answer) = oneshot::channel();
        let mut refusal = None;
        match Frame::new(&Numbered { id, message: request.into() }, bytes) {
            Err(error) => {
                let error =
                    Error::new(watshop_protocol::page::ErrorCode::FileTooLarge, error.to_string());
                refusal = Some(Failure::Refused(Box::new(error)));
            }
            Ok(frame) => {
                if let Some(waiting) = lock(&self.shared.desk.waiting).as_mut() {
                    waiting.insert(id, tell);
                    // If the writer is gone, the output is closed, and the reader reports that.
                    let _ = self.shared.requests.send(frame);
                }
            }
        }
        let ended = self.shared.ended.clone();
        let answer = async move {
            if let Some(refusal) = refusal {
                return Err(refusal);
            }
            let (answer, bytes) = match answer.await {
                Ok(answer) => answer?,
                Err(_) => return Err(Failure::Ended(wait(ended).await)),
            };
            match serde_json::from_str(answer.get()) {
                Ok(answer) => Ok((answer, bytes)),
                Err(why) => Err(Failure::Unreadable(why.to_string())),
            }
        };
        (id, answer)
    }

    /// True if it still takes requests.
    pub(crate) fn is_alive(&self) -> bool {
        lock(&self.shared.desk.waiting).is_some()
    }

    /// Kills the process, and waits until it is gone.
    pub(crate) async fn kill(&self) -> Ended {
        self.shared.desk.kill.notify_one();
        self.ended().await
    }

    /// Waits until the process is gone. It holds no handle, so the wait does not keep the process
    /// alive.
    pub(crate) fn ended(&self) -> impl Future<Output = Ended> + Send + use<Q> {
        wait(self.shared.ended.clone())
    }
}

async fn wait(mut ended: watch::Receiver<Option<Ended>>) -> Ended {
    match ended.wait_for(Option::is_some).await {
        Ok(end) => end.clone(),
        Err(_) => None,
    }
    .unwrap_or(Ended { status: None, last_words: String::new() })
}

async fn supervise<N>(
    mut child: Child,
    stdout: ChildStdout,
    words: LastWords,
    desk: &Desk,
    mut listener: impl Listen<N>,
) -> Ended
where
    N: DeserializeOwned,
{
    let complaint = tokio::select! {
        complaint = listen(stdout, desk, &mut listener) => complaint,
        () = desk.kill.notified() => {
            let _ = child.start_kill();
            None
        }
    };
    if complaint.is_some() {
        let _ = child.start_kill();
    }
    let status = match tokio::time::timeout(LAST_BREATH, child.wait()).await {
        Ok(status) => status.ok(),
        Err(_) => {
            let _ = child.start_kill();
            child.wait().await.ok()
        }
    };
    let last_words = match complaint {
        Some(complaint) => {
            format!("Watshop ended it, because it sent a message that cannot be read: {complaint}.")
        }
        None => words.finish().await,
    };
    Ended { status, last_words }
}

/// Passes on answers and notices until the end. Gives the error if the end is not a clean one.
async fn listen<N>(
    stdout: ChildStdout,
    desk: &Desk,
    listener: &mut impl Listen<N>,
) -> Option<FrameError>
where
    N: DeserializeOwned,
{
    let mut pipe = BufReader::with_capacity(64 << 10, stdout);
    let mut buffer = Vec::new();
    loop {
        match pipe::read(&mut pipe, &mut buffer).await {
            Ok(true) => {}
            Ok(false) | Err(FrameError::Io(_)) => return None,
            Err(error) => return Some(error),
        }
        let (said, bytes) = match take_apart::<N>(&buffer) {
            Ok(parts) => parts,
            Err(error) => return Some(error),
        };
        match said {
            Said::Notice(notice) => listener.notice(notice, bytes).await,
            Said::Answer { id, result } => {
                let answer =
                    result.map(|a| (a, bytes.to_vec())).map_err(|e| Failure::Refused(Box::new(e)));
                let asked = lock(&desk.waiting).as_mut().and_then(|waiting| waiting.remove(&id));
                // The caller may have stopped waiting.
                let _ = asked.map(|tell| tell.send(answer));
            }
        }
    }
}

type Heard<'a, N> = (Said<Box<RawValue>, N>, &'a [u8]);

fn take_apart<N: DeserializeOwned>(frame: &[u8]) -> Result<Heard<'_, N>, FrameError> {
    let (json, bytes) = frame::split(frame)?;
    Ok((serde_json::from_slice(json)?, bytes))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
