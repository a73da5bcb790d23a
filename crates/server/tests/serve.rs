//! Who may talk to the server, and what happens to frames that are not requests: over real sockets, with
//! a real workbench that keeps nothing and starts no process.

mod client;

use client::{Bench, Window, refusal};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use watshop_protocol::frame;
use watshop_protocol::page::Method;

#[tokio::test]
async fn without_the_token_nobody_comes_in() {
    let bench = Bench::new().await;
    for query in ["", "?token=", "?token=0", &format!("?token={}", "0".repeat(64)), "?ticket=1"] {
        assert_eq!(refusal(bench.request(query)).await, 401, "{query}");
    }
    bench.window().await;
    bench.end().await;
}

#[tokio::test]
async fn a_page_of_another_site_does_not_come_in_even_with_the_token() {
    let bench = Bench::new().await;
    let port = bench.port();
    for origin in ["http://evil.example", "null", &format!("http://localhost:{port}"), "http://127.0.0.1:1"] {
        let request = bench.request_with(&[("origin", origin)]);
        assert_eq!(refusal(request).await, 403, "{origin}");
    }
    let own = bench.request_with(&[("origin", &format!("http://127.0.0.1:{port}"))]);
    Window::open(own).await;
    bench.end().await;
}

#[tokio::test]
async fn a_name_that_was_pointed_here_is_not_ours() {
    let bench = Bench::new().await;
    let port = bench.port();
    for host in
        ["evil.example".to_owned(), format!("evil.example:{port}"), "127.0.0.1".into(), "localhost:1".into()]
    {
        assert_eq!(refusal(bench.request_with(&[("host", &host)])).await, 403, "{host}");
        let page = bench.get(&bench.page(), &[("host", &host)]).await;
        assert_eq!(page.status, 403, "{host}");
        assert!(
            page.body.contains(&format!("http://127.0.0.1:{port}/")),
            "it says where to go: {}",
            page.body
        );
    }
    let localhost = format!("localhost:{port}");
    Window::open(bench.request_with(&[("host", &localhost), ("origin", &format!("http://{localhost}"))]))
        .await;
    bench.end().await;
}

#[tokio::test]
async fn the_page_without_its_token_says_where_to_find_it() {
    let bench = Bench::new().await;
    let page = bench.get("/", &[]).await;
    assert_eq!((page.status, page.header("content-type")), (401, "text/plain; charset=utf-8"));
    assert!(page.body.contains("watshop serve") && page.body.contains("token"), "{}", page.body);
    let old = bench.get(&format!("/?token={}", "0".repeat(64)), &[]).await;
    assert!(old.status == 401 && old.body.contains("this launch"), "{}", old.body);
    bench.end().await;
}

#[tokio::test]
async fn every_answer_says_how_far_to_trust_it() {
    let bench = Bench::new().await;
    for address in ["/", &bench.page(), "/assets/nothing.js", "/../../Cargo.toml"] {
        let answer = bench.get(address, &[]).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("'wasm-unsafe-eval'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(policy.contains(&format!("connect-src 'self' ws://127.0.0.1:{};", bench.port())), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(!answer.body.contains("[workspace]"), "{address} left the page's folder");
    }
    bench.end().await;
}

#[tokio::test]
async fn a_frame_that_is_no_request_is_answered_and_the_next_one_works() {
    let bench = Bench::new().await;
    let mut window = bench.window().await;
    for garbage in [
        Message::text("{"),
        Message::text("[1,2]"),
        Message::text(r#"{"method":"tab.new"}"#),
        Message::binary(vec![0xff; 3]),
        Message::binary(vec![0xff; 300]),
        Message::binary(Vec::new()),
        Message::binary(frame::join(&"no request", b"bytes").unwrap()),
    ] {
        window.send(garbage.clone()).await;
        let event = window.event("notice").await;
        assert_eq!(event["error"]["code"], "bad_request", "{garbage:?}");
    }
    window.send(Message::text(r#"{"id":7,"method":4}"#)).await;
    assert_eq!(window.reply(7).await["error"]["code"], "bad_request", "the one who asked is told");
    assert!(window.ask("workbench.hello", json!({})).await["ok"]["tabs"].is_array());
    bench.end().await;
}

#[tokio::test]
async fn a_method_or_parameters_that_are_not_there_are_errors_of_the_request() {
    let bench = Bench::new().await;
    let mut window = bench.window().await;
    let mut code = async |method, params| {
        window.ask(method, params).await["error"]["code"].as_str().unwrap_or("none").to_owned()
    };
    assert_eq!(code("tab.fly", json!({})).await, "unknown_method");
    assert_eq!(code("tab.get", json!({ "tab": "three" })).await, "bad_request");
    assert_eq!(code("tab.get", json!({ "tab": 99_999 })).await, "unknown_tab");
    bench.end().await;
}

#[tokio::test]
async fn a_browser_names_no_file_of_the_host() {
    let bench = Bench::new().await;
    let file = bench.folder().join("there.wat");
    std::fs::write(&file, "(module)").unwrap();
    let mut window = bench.window().await;
    let tab =
        window.ask("tab.new", json!({ "title": null, "text": null })).await["ok"]["summary"]["id"].clone();
    let opened = window.ask("tab.open_path", json!({ "path": file })).await;
    assert_eq!(opened["error"]["code"], "not_from_here", "{opened}");
    let saved = window.ask("tab.save_path", json!({ "tab": tab, "path": file })).await;
    assert_eq!(saved["error"]["code"], "not_from_here", "{saved}");
    // Each method that names a file, whatever else it takes; with parameters that fit or not.
    let named: Vec<_> = Method::all().filter(|method| method.names_host_files()).collect();
    assert!(named.len() >= 3);
    for method in named {
        for params in [json!({ "tab": tab, "path": file }), json!({ "path": file }), json!({})] {
            let refused = window.ask(method.name(), params).await;
            assert_eq!(refused["error"]["code"], "not_from_here", "{}: {refused}", method.name());
        }
    }
    assert_eq!(std::fs::read(&file).unwrap(), b"(module)");
    bench.end().await;
}

#[tokio::test]
async fn a_frame_that_is_too_large_closes_the_connection_and_says_so() {
    let bench = Bench::new().await;
    let mut other = bench.window().await;
    // Only the header of 200 MB: it is refused before anything of it is read.
    let close = bench.announce(200_000_000).await;
    assert_eq!(close, CloseCode::Size);
    assert!(other.ask("workbench.hello", json!({})).await["ok"].is_object(), "others do not notice");
    bench.end().await;
}

#[tokio::test]
async fn what_is_no_websocket_frame_closes_the_connection_and_says_so() {
    let bench = Bench::new().await;
    // A reserved opcode, then a text frame that is not UTF-8.
    assert_eq!(bench.raw(&[0x83, 0x80, 0, 0, 0, 0]).await, CloseCode::Protocol);
    assert_eq!(bench.raw(&[0x81, 0x81, 0, 0, 0, 0, 0xff]).await, CloseCode::Invalid);
    bench.end().await;
}

#[tokio::test]
async fn bytes_go_in_and_come_out_unchanged() {
    let bench = Bench::new().await;
    let mut window = bench.window().await;
    let module = b"\0asm\x01\0\0\0";
    let opened = window.ask_with("tab.open_bytes", json!({ "name": "empty.wasm" }), module).await;
    let tab = &opened.0["ok"]["summary"]["id"];
    assert!(tab.is_number(), "{opened:?}");
    let (reply, bytes) =
        window.ask_with("tab.download", json!({ "tab": tab, "what": "source", "strip": false }), b"").await;
    assert_eq!(bytes, module, "{reply}");
    assert_eq!(reply["ok"]["media_type"], "application/wasm");
    bench.end().await;
}

#[tokio::test]
async fn two_windows_stay_in_step() {
    let bench = Bench::new().await;
    let (mut one, mut two) = (bench.window().await, bench.window().await);
    let tab = one.ask("tab.new", json!({ "title": "both.wat", "text": "(module)" })).await["ok"].clone();
    let id = &tab["summary"]["id"];
    let tabs = two.event("tabs").await;
    assert_eq!(tabs["tabs"].as_array().unwrap().last().unwrap()["title"], "both.wat");

    let edit = json!({ "tab": id, "text": "(module (func))", "client": "one" });
    let edited = one.ask("tab.edit", edit).await;
    let heard = two.event("text").await;
    assert_eq!((&heard["text"], &heard["client"]), (&"(module (func))".into(), &"one".into()));
    assert_eq!(heard["revision"], edited["ok"]["revision"]);

    two.ask("tab.close", json!({ "tab": id })).await;
    // It hears of the tab's coming and changing first; then of its going.
    while one.event("tabs").await["tabs"].as_array().unwrap().iter().any(|tab| tab["id"] == *id) {}
    bench.end().await;
}

#[tokio::test]
async fn edits_sent_in_one_breath_are_made_in_their_order() {
    let bench = Bench::new().await;
    let mut window = bench.window().await;
    let tab =
        window.ask("tab.new", json!({ "title": null, "text": "" })).await["ok"]["summary"]["id"].clone();
    const EDITS: u32 = 200;
    for n in 0..EDITS {
        let params = json!({ "tab": tab, "text": format!("(module) ;; {n}"), "client": "me" });
        window
            .send(Message::text(
                json!({ "id": 1000 + n, "method": "tab.edit", "params": params }).to_string(),
            ))
            .await;
    }
    for n in 0..EDITS {
        assert!(window.reply(1000 + n).await["ok"].is_object());
    }
    let view = window.ask("tab.get", json!({ "tab": tab })).await;
    assert_eq!(view["ok"]["text"], format!("(module) ;; {}", EDITS - 1));
    bench.end().await;
}

#[tokio::test]
async fn a_window_that_does_not_read_is_told_that_it_fell_behind_and_holds_nobody_up() {
    let bench = Bench::new().await;
    let mut sleeper = bench.window_with_small_buffers().await;
    let mut busy = bench.window().await;
    let tab = busy.ask("tab.new", json!({ "title": null, "text": "" })).await["ok"]["summary"]["id"].clone();
    // More than the sockets' buffers and the kept events hold together.
    let comment = "x".repeat(40_000);
    for n in 0..450 {
        let params = json!({ "tab": tab, "text": format!("(module) ;; {n} {comment}"), "client": "busy" });
        assert!(busy.ask("tab.edit", params).await["ok"].is_object());
    }
    sleeper.event("behind").await;
    assert!(sleeper.ask("workbench.hello", json!({})).await["ok"].is_object(), "it can catch up");
    bench.end().await;
}

#[tokio::test]
async fn stopping_says_goodbye_and_frees_the_port() {
    let bench = Bench::new().await;
    let mut window = bench.window().await;
    let address = bench.address();
    bench.end().await;
    assert_eq!(window.farewell().await, Some(CloseCode::Away));
    std::net::TcpListener::bind(address).expect("the port is free again");
}
