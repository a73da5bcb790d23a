use std::ffi::OsString;
use std::marker::PhantomData;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use watshop_protocol::say;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::io::BufReader;
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::{mpsc, oneshot, watch};
use watshop_protocol::frame::{self, FrameError};
use watshop_protocol::page::{Error, ErrorCode};
use watshop_protocol::process::{Ask, Numbered, Said};

use super::in_place::in_place_for;
use super::pending::{Answered, PendingAnswers, fail};
use super::pipe::{self, Frame};
use super::stderr_tail::StderrTail;
use super::timed::timed;
use super::{ProcessEnd, RequestFailure, oom_kills, spawner};

/// The time between the closed output of a process and its kill.
const EXIT_GRACE: Duration = Duration::from_secs(1);

/// The bytes of an answer that is read on the thread that waits for it.
const LONG: usize = 64 << 10;

/// SIGKILL, which has the same number on every system.
const SIGKILL: i32 = 9;

/// A listener to the notices of a process. While it waits, no more is read, so that a process with
/// many notices waits too.
pub trait NoticeListener<N>: Send + 'static {
    /// Takes one notice and its bytes.
    fn notice(&mut self, notice: N, bytes: &[u8]) -> impl Future<Output = ()> + Send;
}

/// A running child that takes requests of the type `Q`. Clones are handles of the same child.
pub struct ChildProcess<Q> {
    shared: Arc<Shared>,
    ask: PhantomData<fn(Q)>,
}

impl<Q> Clone for ChildProcess<Q> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), ask: PhantomData }
    }
}

struct Shared {
    pid: Option<u32>,
    next: AtomicU32,
    requests: mpsc::UnboundedSender<Frame>,
    pending: Arc<PendingAnswers>,
    ended: watch::Receiver<Option<ProcessEnd>>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.pending.kill.notify_one();
    }
}

impl<Q: Serialize> ChildProcess<Q> {
    /// Starts a program, and tells the listener each of its notices.
    ///
    /// # Errors
    ///
    /// Those of the system: no such file, not executable, no more processes.
    pub fn start<N>(
        program: &Path,
        arguments: &[OsString],
        listener: impl NoticeListener<N>,
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
        command.process_group(0);
        let kills = oom_kills::count();
        let mut child = spawner::spawn(command)?;
        let missing = || std::io::Error::other("the process was started without pipes");
        let stdin = child.stdin.take().ok_or_else(missing)?;
        let stdout = child.stdout.take().ok_or_else(missing)?;
        let stderr = child.stderr.take().ok_or_else(missing)?;

        pipe::enlarge(&stdin);
        pipe::enlarge(&stdout);
        let (requests, outgoing) = mpsc::unbounded_channel();
        tokio::spawn(timed("write requests", pipe::write_all(stdin, outgoing)));
        let tail = StderrTail::listen(stderr, program);
        let pending = Arc::new(PendingAnswers::new());
        let (tell, ended) = watch::channel(None);
        let pid = child.id();
        let watched = Arc::clone(&pending);
        let task = async move {
            let end = supervise(child, stdout, tail, &watched, listener, kills).await;
            tracing::debug!(?pid, %end, "process ended");
            let waiting = watched.close();
            tell.send_replace(Some(end.clone()));
            fail(waiting, &end);
        };
        tokio::spawn(timed("read answers", task));
        Ok(Self {
            shared: Arc::new(Shared { pid, next: AtomicU32::new(1), requests, pending, ended }),
            ask: PhantomData,
        })
    }

    /// The system's number of the process.
    pub fn pid(&self) -> Option<u32> {
        self.shared.pid
    }

    /// Sends a request, and gives its number and the future answer. A dropped answer cancels
    /// nothing.
    pub fn ask<R: Ask<Requests = Q>>(
        &self,
        request: R,
        bytes: Option<Arc<[u8]>>,
    ) -> (u32, impl Future<Output = Answered<R::Answer>> + Send + use<Q, R>) {
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed);
        let (tell, answer) = oneshot::channel();
        let mut refusal = None;
        match Frame::new(&Numbered { id, message: request.into() }, bytes) {
            Err(error) => {
                let error = Error::new(ErrorCode::FileTooLarge, say!("{error}"));
                refusal = Some(RequestFailure::Refused(Box::new(error)));
            }
            Ok(frame) => self.shared.pending.expect(id, tell, || {
                // If the writer is gone, the output is closed, and the reader reports that.
                let _ = self.shared.requests.send(frame);
            }),
        }
        let ended = self.shared.ended.clone();
        let answer = async move {
            if let Some(refusal) = refusal {
                return Err(refusal);
            }
            let (answer, bytes) = match answer.await {
                Ok(answer) => answer?,
                Err(_) => return Err(RequestFailure::Ended(wait(ended).await)),
            };
            let long = answer.get().len() > LONG;
            let read = move || serde_json::from_str(answer.get()).map_err(|why| why.to_string());
            // A long one must not hold the thread that answers others.
            let answer = match long {
                true => tokio::task::spawn_blocking(read)
                    .await
                    .unwrap_or_else(|why| Err(why.to_string())),
                false => read(),
            };
            answer.map(|answer| (answer, bytes)).map_err(RequestFailure::Unreadable)
        };
        (id, answer)
    }

    /// True if it still takes requests.
    pub fn is_alive(&self) -> bool {
        self.shared.pending.is_open()
    }

    /// Kills the process, and waits until it is gone.
    pub async fn kill(&self) -> ProcessEnd {
        self.shared.pending.kill.notify_one();
        self.ended().await
    }

    /// Waits until the process is gone. It holds no handle, so the wait does not keep the process
    /// alive.
    pub fn ended(&self) -> impl Future<Output = ProcessEnd> + Send + use<Q> {
        wait(self.shared.ended.clone())
    }
}

async fn wait(mut ended: watch::Receiver<Option<ProcessEnd>>) -> ProcessEnd {
    match ended.wait_for(Option::is_some).await {
        Ok(end) => end.clone(),
        Err(_) => None,
    }
    .unwrap_or(ProcessEnd { status: None, log_tail: String::new(), out_of_memory: false })
}

async fn supervise<N>(
    mut child: Child,
    stdout: ChildStdout,
    tail: StderrTail,
    pending: &PendingAnswers,
    mut listener: impl NoticeListener<N>,
    kills: u64,
) -> ProcessEnd
where
    N: DeserializeOwned,
{
    let complaint = tokio::select! {
        complaint = listen(stdout, pending, &mut listener) => complaint,
        () = pending.kill.notified() => {
            let _ = child.start_kill();
            None
        }
    };
    if complaint.is_some() {
        let _ = child.start_kill();
    }
    let status = match tokio::time::timeout(EXIT_GRACE, child.wait()).await {
        Ok(status) => status.ok(),
        Err(_) => {
            let _ = child.start_kill();
            child.wait().await.ok()
        }
    };
    let log_tail = match complaint {
        Some(complaint) => {
            format!("Watshop ended it, because it sent a message that cannot be read: {complaint}.")
        }
        None => tail.finish().await,
    };
    let was_killed = status.and_then(|status| status.signal()) == Some(SIGKILL);
    let out_of_memory = was_killed && oom_kills::count() > kills;
    ProcessEnd { status, log_tail, out_of_memory }
}

/// Passes on answers and notices until the end. Gives the error if the end is not a clean one.
async fn listen<N>(
    stdout: ChildStdout,
    pending: &PendingAnswers,
    listener: &mut impl NoticeListener<N>,
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
        let taken_apart = in_place_for(buffer.len(), || take_apart::<N>(&buffer));
        let (said, bytes) = match taken_apart {
            Ok(parts) => parts,
            Err(error) => return Some(error),
        };
        match said {
            Said::Notice(notice) => listener.notice(notice, bytes).await,
            Said::Answer { id, result } => {
                let refused = |error| RequestFailure::Refused(Box::new(error));
                let bytes = in_place_for(bytes.len(), || bytes.to_vec());
                pending.answer(id, result.map(|a| (a, bytes)).map_err(refused));
            }
        }
    }
}

type Incoming<'a, N> = (Said<Box<RawValue>, N>, &'a [u8]);

fn take_apart<N: DeserializeOwned>(frame: &[u8]) -> Result<Incoming<'_, N>, FrameError> {
    let (json, bytes) = frame::split(frame)?;
    Ok((serde_json::from_slice(json)?, bytes))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
