//! Tests with real processes: the shell scripts in `tests/processes`.

use std::path::PathBuf;

use super::*;

#[derive(serde::Serialize)]
struct Word {
    word: &'static str,
}

impl Ask for Word {
    type Requests = Self;
    type Answer = String;
}

fn word(word: &'static str) -> Word {
    Word { word }
}

/// A word and its bytes.
type Heard = (String, Vec<u8>);

#[derive(Debug)]
struct Collect(mpsc::UnboundedSender<Heard>);

impl NoticeListener<String> for Collect {
    async fn notice(&mut self, notice: String, bytes: &[u8]) {
        let _ = self.0.send((notice, bytes.to_vec()));
    }
}

fn start(script: &str) -> (ChildProcess<Word>, mpsc::UnboundedReceiver<Heard>) {
    let program: PathBuf =
        [&std::env::var("CARGO_MANIFEST_DIR").unwrap(), "tests/processes", script].iter().collect();
    let (tell, notices) = mpsc::unbounded_channel();
    (
        ChildProcess::start(&program, &[], Collect(tell))
            .unwrap_or_else(|e| panic!("{script}: {e}")),
        notices,
    )
}

fn is_running(pid: u32) -> bool {
    PathBuf::from(format!("/proc/{pid}")).exists()
}

#[tokio::test]
async fn answers_and_notices_come_with_their_bytes() {
    let (process, mut notices) = start("answers.sh");
    let (id, answer) = process.ask(word("hello"), None);
    assert_eq!(id, 1);
    assert_eq!(answer.await.unwrap(), ("yes".to_owned(), b"abc".to_vec()));
    assert_eq!(notices.recv().await.unwrap(), ("ready".to_owned(), b"x".to_vec()));
}

#[tokio::test]
async fn a_death_answers_everybody_with_the_log_tail() {
    let (process, _notices) = start("dies.sh");
    let (_, first) = process.ask(word("one"), None);
    let (_, second) = process.ask(word("two"), None);
    for answer in [first.await, second.await] {
        let Err(RequestFailure::Ended(end)) = answer else { panic!("{answer:?}") };
        assert_eq!(end.status.and_then(|s| s.code()), Some(3));
        assert_eq!(end.log_tail, "I am dying of a test");
    }
    assert!(!process.is_alive());
    let (_, late) = process.ask(word("three"), None);
    assert!(
        matches!(late.await, Err(RequestFailure::Ended(_))),
        "who asks a dead process is told so too"
    );
}

#[tokio::test]
async fn garbage_ends_a_process_with_a_reason() {
    let (process, _notices) = start("garbage.sh");
    let (_, answer) = process.ask(word("hello"), None);
    let Err(RequestFailure::Ended(end)) = answer.await else { panic!("it answered") };
    assert!(end.log_tail.contains("cannot be read"), "{end}");
    assert!(!is_running(process.pid().unwrap()));
}

#[tokio::test]
async fn the_last_handle_takes_the_process_with_it() {
    let (process, _notices) = start("deaf.sh");
    let pid = process.pid().unwrap();
    let copy = process.clone();
    drop(process);
    assert!(copy.is_alive() && is_running(pid), "a handle is left");
    let ended = copy.ended();
    drop(copy);
    ended.await;
    assert!(!is_running(pid));
}

#[tokio::test]
async fn a_process_that_does_not_listen_is_killed() {
    let (process, _notices) = start("deaf.sh");
    let (_, answer) = process.ask(word("hello"), Some(Arc::from(vec![0; 1 << 20])));
    assert!(process.is_alive());
    process.kill().await;
    assert!(matches!(answer.await, Err(RequestFailure::Ended(_))));
    assert!(!is_running(process.pid().unwrap()));
}
