//! Tests of the output of guests: streamed, whole for a terminal, bounded for pages.

use std::time::Duration;

use tokio::sync::mpsc;
use watshop_protocol::page::{ErrorCode, Event, HostPath, Outcome, Stream};
use watshop_protocol::registry::{ClearConsole, ReadOutput, RunTab, SaveOutput};

use crate::fixture::{Fixture, PATIENCE};

/// Writes `blocks` times 64 KiB of `y` to standard output, then `end` to standard error.
fn flood(blocks: u32) -> String {
    format!(
        r#"(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 3)
  (data (i32.const 0) "\00\00\01\00\00\00\01\00")
  (data (i32.const 16) "\20\00\00\00\03\00\00\00")
  (data (i32.const 32) "end")
  (func (export "_start")
    (local $n i32) (local $left i32)
    (memory.fill (i32.const 65536) (i32.const 121) (i32.const 65536))
    (local.set $n (i32.const {blocks}))
    (loop $again
      (i32.store (i32.const 0) (i32.const 65536))
      (i32.store (i32.const 4) (i32.const 65536))
      (loop $rest
        (if (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
        (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.load (i32.const 8))))
        (i32.store (i32.const 4) (i32.sub (i32.load (i32.const 4)) (i32.load (i32.const 8))))
        (br_if $rest (i32.load (i32.const 4))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (drop (call $write (i32.const 2) (i32.const 16) (i32.const 1) (i32.const 8)))))"#
    )
}

#[tokio::test]
async fn a_flood_neither_stalls_the_guest_nor_fills_the_memory() {
    let mut fixture = Fixture::new();
    let blocks = 4096;
    let tab = fixture.tab(&flood(blocks)).await;
    // The events are not read while it runs.
    let report = fixture.run_well(tab).await;
    assert_eq!(report.outcome, Outcome::Exited { status: 0 });
    let console = fixture.view(tab).await.console;
    let kept: usize = console.iter().map(|c| c.text.len()).sum();
    assert!(kept <= 256 << 10, "{kept}");
    assert_eq!(console.last().map(|c| (c.stream, c.text.as_str())), Some((Stream::Stderr, "end")));
    let (mut told, mut left_out) = (0, 0);
    loop {
        let next = fixture
            .event("output, then the end", |event| match event {
                Event::Console { chunks, skipped, .. } => {
                    Some(Some((chunks.iter().map(|c| c.text.len() as u64).sum::<u64>(), *skipped)))
                }
                Event::Finished { .. } => Some(None),
                _ => None,
            })
            .await;
        match next {
            Some((length, skipped)) => (told, left_out) = (told + length, left_out + skipped),
            None => break,
        }
    }
    assert_eq!(told + left_out, u64::from(blocks) * 65536 + 3, "every byte is told or counted");
    assert!(left_out > 0);
    fixture.ask(ClearConsole { tab }).await.unwrap();
    assert!(fixture.view(tab).await.console.is_empty());
}

#[tokio::test]
async fn all_output_is_kept_for_a_file_until_the_console_is_emptied() {
    let fixture = Fixture::new();
    let tab = fixture.tab(&flood(100)).await;
    fixture.run_well(tab).await;
    let all = [&b"y".repeat(100 << 16)[..], b"end"].concat();
    let mut read = Vec::new();
    loop {
        let at = read.len() as u64;
        let (part, bytes) = fixture.ask_with(ReadOutput { tab, at }, Vec::new()).await.unwrap();
        assert_eq!((part.at, part.end), (at, all.len() as u64));
        read.extend(bytes);
        if read.len() as u64 >= part.end {
            break;
        }
    }
    assert!(read == all);

    let folder = tempfile::tempdir().unwrap();
    let save = |name: &str| {
        let path = HostPath(folder.path().join(name).to_str().unwrap().into());
        fixture.ask(SaveOutput { tab, path })
    };
    let saved = save("output.txt").await.unwrap();
    assert_eq!((saved.bytes, saved.dropped), (all.len() as u64, 0));
    assert!(std::fs::read(folder.path().join("output.txt")).unwrap() == all);
    assert_eq!(save("no/such/folder").await.unwrap_err().code, ErrorCode::File);

    fixture.ask(ClearConsole { tab }).await.unwrap();
    assert_eq!(fixture.ask(ReadOutput { tab, at: 7 }).await.unwrap().end, 0);
    assert_eq!(save("output.txt").await.unwrap().bytes, 0);
    assert!(std::fs::read(folder.path().join("output.txt")).unwrap().is_empty());
}

#[tokio::test]
async fn a_terminal_gets_every_byte_and_the_guest_waits_for_it() {
    let (raw_output, mut output) = mpsc::channel(1);
    let fixture = Fixture::with(|config| config.raw_output = Some(raw_output));
    let tab = fixture.tab(&flood(64)).await;
    let workbench = fixture.workbench.clone();
    let run = tokio::spawn(async move {
        let params = serde_json::to_value(RunTab { tab }).unwrap();
        workbench.dispatch("tab.run", params, vec![]).await
    });
    let (stream, first) = tokio::time::timeout(PATIENCE, output.recv()).await.unwrap().unwrap();
    assert_eq!(stream, Stream::Stdout);
    // The output is not read further. 4 MiB fit into no pipe, so the guest cannot get to its end.
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!run.is_finished());
    let (mut stdout, mut stderr) = (first, Vec::new());
    let reading = async {
        while stdout.len() < 64 << 16 || stderr.len() < 3 {
            let (stream, bytes) = output.recv().await.unwrap();
            match stream {
                Stream::Stdout => stdout.extend(bytes),
                Stream::Stderr => stderr.extend(bytes),
            }
        }
    };
    tokio::time::timeout(PATIENCE, reading).await.unwrap();
    let (report, _) = run.await.unwrap().unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["outcome"]["status"], 0, "{report}");
    assert!(stdout.len() == 64 << 16 && stdout.iter().all(|b| *b == b'y'));
    assert_eq!(stderr, b"end");
    assert!(fixture.view(tab).await.console.is_empty());
}
