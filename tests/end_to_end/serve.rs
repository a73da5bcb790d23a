//! `watshop serve`: the requests that it accepts and refuses.

use futures_util::{SinkExt as _, StreamExt as _};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::{Error, Message};
use watshop_tests::page::Server;
use watshop_tests::terminal::Terminal;

async fn refused(request: tokio_tungstenite::tungstenite::handshake::client::Request) -> u16 {
    match connect_async(request).await {
        Err(Error::Http(response)) => response.status().as_u16(),
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn strangers_are_refused_and_the_page_is_not() {
    let terminal = Terminal::new();
    let server = Server::start(&terminal);
    assert!([401, 403].contains(&refused(server.request("")).await), "no token");
    assert!([401, 403].contains(&refused(server.request(&"0".repeat(64))).await), "a wrong token");

    let mut request = server.request(&server.token);
    request.headers_mut().insert("origin", "http://evil.example".parse().unwrap());
    assert_eq!(refused(request).await, 403, "another site's page");

    let mut request = server.request(&server.token);
    request.headers_mut().insert("host", "evil.example".parse().unwrap());
    assert_eq!(refused(request).await, 403, "a name that was bound to this address");

    connect_async(server.request(&server.token)).await.expect("the page itself");
}

#[tokio::test]
async fn garbage_is_answered_and_the_next_request_works() {
    let terminal = Terminal::new();
    let server = Server::start(&terminal);
    let (mut socket, _) = connect_async(server.request(&server.token)).await.unwrap();
    for garbage in [
        Message::text("{"),
        Message::text("[]"),
        Message::text(r#"{"id":1,"method":"tab.fly","params":{}}"#),
        Message::text(r#"{"id":2,"method":"tab.run","params":{"tab":"three"}}"#),
        Message::text(r#"{"id":3,"method":"tab.open_path","params":{"path":"/etc/passwd"}}"#),
        Message::binary(vec![0xff; 3]),
        Message::binary(vec![0xff; 300]),
    ] {
        socket.send(garbage).await.unwrap();
    }
    socket.send(Message::text(r#"{"id":9,"method":"workbench.hello","params":{}}"#)).await.unwrap();
    let mut codes = std::collections::BTreeMap::new();
    while let Some(message) = socket.next().await {
        let Message::Text(text) = message.unwrap() else { continue };
        let reply: serde_json::Value = serde_json::from_str(&text).unwrap();
        if reply["id"] == 9 {
            assert!(reply["ok"]["tabs"].is_array(), "{reply}");
            break;
        }
        if let Some(id) = reply["id"].as_u64() {
            codes.insert(id, reply["error"]["code"].as_str().unwrap_or("none").to_owned());
        }
    }
    // Requests run beside one another, so these replies may come before or after the last.
    for (id, code) in codes {
        let expected = ["", "unknown_method", "bad_request", "not_from_here"][id as usize];
        assert_eq!(code, expected, "request {id}");
    }
}

#[test]
fn a_second_server_of_a_data_folder_gives_an_address_of_the_first() {
    let terminal = Terminal::new();
    let server = Server::start(&terminal);
    let second = terminal.run(&["serve", "--no-open"]);
    assert_eq!(second.status, Some(0), "{second:?}");
    assert!(second.stdout.starts_with(&format!("http://{}/?token=", server.host)), "{second:?}");
}

/// Connections whose headers came letter by letter were never dropped, and 400 strangers at a limit
/// of 256 files kept people out and runners from starting.
#[tokio::test]
async fn strangers_who_say_nothing_keep_nobody_out_and_no_runner_from_starting() {
    use std::io::Write as _;
    use std::net::TcpStream;
    use std::time::{Duration, Instant};

    use serde_json::json;

    let terminal = Terminal::new();
    let serve = terminal.command(&["serve", "--no-open"]);
    let mut command = std::process::Command::new("sh");
    command
        .args(["-c", "ulimit -n 256; exec \"$0\" \"$@\""])
        .arg(serve.get_program())
        .args(serve.get_args());
    command.envs(serve.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command
        .current_dir(terminal.folder())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped());
    let server = Server::of(command);

    let mut strangers: Vec<_> =
        (0..400).map(|_| TcpStream::connect(&server.host).unwrap()).collect();
    for stranger in &mut strangers {
        // A connection that was closed already cannot be written to.
        drop(stranger.write_all(b"GET / HTTP/1.1\r\nhost: a"));
    }
    let began = Instant::now();
    let (mut socket, _) = connect_async(server.request(&server.token)).await.unwrap();
    let mut ask = async |id: u32, method: &str, params: serde_json::Value| {
        let request = json!({ "id": id, "method": method, "params": params });
        socket.send(Message::text(request.to_string())).await.unwrap();
        loop {
            let Message::Text(text) = socket.next().await.unwrap().unwrap() else { continue };
            let reply: serde_json::Value = serde_json::from_str(&text).unwrap();
            if reply["id"] == id {
                return reply;
            }
        }
    };
    let text = r#"(module (func (export "answer") (result i32) (i32.const 42)))"#;
    for round in 0..8 {
        let view = ask(3 * round, "tab.new", json!({ "title": null, "text": text })).await;
        let tab = &view["ok"]["summary"]["id"];
        let ran = ask(3 * round + 1, "tab.run", json!({ "tab": tab })).await;
        assert_eq!(ran["ok"]["outcome"]["outcome"], "ready", "{ran}");
        // New connections come all the time.
        strangers.extend((0..50).map(|_| TcpStream::connect(&server.host).unwrap()));
        let call = json!({ "tab": tab, "export": "answer", "arguments": [] });
        let called = ask(3 * round + 2, "tab.call", call).await;
        assert_eq!(called["ok"]["outcome"]["results"][0]["value"], "42", "{called}");
    }
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());

    // This one sends letter by letter, for as long as the server accepts it.
    let began = Instant::now();
    let mut slow = TcpStream::connect(&server.host).unwrap();
    while slow.write_all(b"a").is_ok() {
        assert!(began.elapsed() < Duration::from_secs(20), "it is never given up");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// 300 looks took all places of a window, and Stop and Close waited behind them.
#[test]
fn stop_and_close_have_places_of_their_own_while_a_frozen_runner_is_asked() {
    use std::time::{Duration, Instant};

    use serde_json::json;

    let mut page = watshop_tests::page::Page::new();
    let text = r#"(module (memory (export "m") 1))"#;
    let view = page.ask("tab.new", &json!({ "title": null, "text": text }));
    let tab = view["summary"]["id"].clone();
    page.ask("tab.run", &json!({ "tab": tab }));
    let runner = page.runner();
    let signal = std::process::Command::new("kill").args(["-STOP", &runner.to_string()]).status();
    assert!(signal.unwrap().success());
    let look = json!({ "tab": tab, "memory": "m", "offset": "0", "length": 16 });
    for _ in 0..300 {
        page.send("memory.read", &look);
    }
    let began = Instant::now();
    let stopped = page.ask("tab.stop", &json!({ "tab": tab }));
    assert_eq!(stopped["how"], "killed");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    page.ask("tab.run", &json!({ "tab": tab }));
    assert_eq!(page.ask("memory.read", &look)["pages"], 1);
}
