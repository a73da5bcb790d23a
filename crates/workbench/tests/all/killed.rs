//! Tests of a workbench that is killed: text that was typed more than half a second ago is there at
//! the next start, and no process is left behind.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use watshop_protocol::page::TabId;
use watshop_protocol::registry::EditTab;
use watshop_workbench::{Config, Workbench};

use crate::fixture::{self, Fixture, SPIN, pids, until};

const FOLDER: &str = "WATSHOP_TEST_TYPIST";

/// The process that is killed. It types a growing number, prints when it typed each, and never
/// stops.
#[tokio::test]
#[ignore = "started and killed by the test below"]
async fn typist() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let programs = folder.join("programs");
    let config =
        Config { data_dir: folder.join("data"), programs, ..Config::from_environment().unwrap() };
    let workbench = Workbench::open(config).unwrap();
    let ask = async |method: &str, params| -> serde_json::Value {
        let (reply, _) = workbench.dispatch(method, params, vec![]).await.unwrap();
        serde_json::from_str(&reply).unwrap()
    };
    let new = |text: &str| serde_json::json!({ "title": "typed.wat", "text": text });
    let spin = ask("tab.new", new(SPIN)).await["summary"]["id"].clone();
    let ran = ask("tab.run", serde_json::json!({ "tab": spin })).await;
    assert_eq!(ran["outcome"]["outcome"], "ready", "{ran}");
    let calling = workbench.clone();
    tokio::spawn(async move {
        let params = serde_json::json!({ "tab": spin, "export": "spin", "arguments": [] });
        calling.dispatch("tab.call", params, vec![]).await
    });
    let tab: TabId =
        serde_json::from_value(ask("tab.new", new("(module)")).await["summary"]["id"].clone())
            .unwrap();
    let mut out = std::io::stderr();
    writeln!(out, "tab {}", tab.0).unwrap();
    for number in 0_u64.. {
        let edit = EditTab {
            tab,
            text: format!("(module) ;; {number}"),
            after: None,
            client: "typist".into(),
        };
        ask("tab.edit", serde_json::to_value(edit).unwrap()).await;
        writeln!(out, "typed {number}").unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn at_most_half_a_second_of_typing_is_lost_and_no_process_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let config = fixture::config(folder.path());
    for kill_after in [600, 950, 1400].map(Duration::from_millis) {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "killed::typist", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut tab = None;
        let mut typed: Vec<(Instant, u64)> = Vec::new();
        for line in BufReader::new(child.stderr.take().unwrap()).lines() {
            let line = line.unwrap();
            if let Some(number) = line.strip_prefix("tab ") {
                tab = Some(TabId(number.parse().unwrap()));
            }
            if let Some(number) = line.strip_prefix("typed ") {
                typed.push((Instant::now(), number.parse().unwrap()));
                if typed[0].0.elapsed() > kill_after {
                    child.kill().unwrap();
                }
            }
        }
        let killed = Instant::now();
        child.wait().unwrap();
        let tab = tab.expect("the typist came to its typing");
        let runner = config.programs.join("watshop-runner");
        let compiler = config.programs.join("watshop-compiler-cranelift");
        until("the end of its processes", || {
            (pids(&runner).is_empty() && pids(&compiler).is_empty()).then_some(())
        })
        .await;

        let workbench = Workbench::open(config.clone()).unwrap();
        let own_folder = tempfile::tempdir().unwrap();
        let fixture = Fixture {
            events: workbench.subscribe(),
            workbench,
            config: config.clone(),
            folder: own_folder,
        };
        let text = fixture.view(tab).await.text.unwrap();
        let found: u64 = text.strip_prefix("(module) ;; ").unwrap().parse().unwrap();
        let old = typed
            .iter()
            .rev()
            .find(|(when, _)| killed - *when > Duration::from_millis(500))
            .unwrap()
            .1;
        assert!(
            found >= old,
            "typed up to {}, {old} was half a second old, {found} was found",
            typed.len()
        );
    }
}
