//! Access to the server, and its answers to frames that are not requests. The tests use real
//! sockets, and a real workbench that keeps nothing and starts no process.

mod client;

use client::{Bench, Window, refusal};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use watshop_protocol::frame;
use watshop_protocol::registry::Method;

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
    for origin in
        ["http://evil.example", "null", &format!("http://localhost:{port}"), "http://127.0.0.1:1"]
    {
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
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".into(),
        "localhost:1".into(),
    ] {
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
    Window::open(
        bench.request_with(&[("host", &localhost), ("origin", &format!("http://{localhost}"))]),
    )
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

/// The token stood in the address bar and in the history as long as the server ran.
#[tokio::test]
async fn a_one_time_address_gives_a_cookie_and_goes_on_to_a_clean_one() {
    let bench = Bench::new().await;
    for address in [bench.page_once(), bench.page()] {
        let welcome = bench.get(&address, &[]).await;
        assert_eq!((welcome.status, welcome.header("location")), (303, "/"));
        assert_eq!(welcome.header("cache-control"), "no-store");
        let given = welcome.header("set-cookie").to_owned();
        let (cookie, rest) = given.split_once(';').unwrap();
        assert_eq!(rest.trim(), "httponly; samesite=strict; path=/");
        assert!(!address.contains(cookie.split('=').nth(1).unwrap()) || address == bench.page());
        let page = bench.get("/", &[("cookie", cookie)]).await;
        assert!([200, 503].contains(&page.status), "{}", page.status);
        let mut request = bench.request("");
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
        let mut window = Window::open(request).await;
        assert!(window.ask("workbench.hello", json!({})).await["ok"].is_object());
        // A browser leaves the cookie out of another site's requests. It sends the cookie for a page of
        // another program on this machine, but that page's origin is not ours.
        let mut request = bench.request("");
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
        request.headers_mut().insert("origin", "http://127.0.0.1:1".parse().unwrap());
        assert_eq!(refusal(request).await, 403);
    }
    let once = bench.page_once();
    assert_eq!(bench.get(&once, &[]).await.status, 303);
    let again = bench.get(&once, &[]).await;
    assert!(again.status == 401 && again.body.contains("used already"), "{}", again.body);
    assert_eq!(
        refusal(bench.request(&once[1..])).await,
        401,
        "nor does it open a WebSocket any more"
    );
    Window::open(bench.request(&bench.page_once()[1..])).await;
    assert_eq!(bench.get("/", &[("cookie", "watshop=0")]).await.status, 401);
    bench.end().await;
}

#[tokio::test]
async fn a_fresh_address_is_given_to_nobody_without_the_key() {
    let bench = Bench::new().await;
    for headers in [
        &[][..],
        &[("authorization", "Bearer "), ("cookie", "a=b")],
        &[("authorization", "Bearer 0")],
    ] {
        // The address takes POST only.
        assert_eq!(bench.get("/once", headers).await.status, 405);
        assert_eq!(bench.post("/once", headers).await.status, 401, "{headers:?}");
    }
    bench.end().await;
}

/// A connection that sent its headers letter by letter was never closed.
#[tokio::test]
async fn whoever_does_not_say_who_they_are_is_given_up_after_seconds() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let bench = Bench::new().await;
    let mut known = bench.window().await;
    let (mut silent, mut slow, mut idle) =
        (bench.stream().await, bench.stream().await, bench.stream().await);
    let request = format!("GET /assets/none HTTP/1.1\r\nhost: {}\r\n\r\n", bench.address());
    idle.write_all(request.as_bytes()).await.unwrap();
    let began = std::time::Instant::now();
    let letters = async {
        while slow.write_all(b"x").await.is_ok() {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    let (mut bytes, mut rest) = (Vec::new(), Vec::new());
    let (_, _, read) =
        tokio::join!(letters, silent.read_to_end(&mut bytes), idle.read_to_end(&mut rest));
    drop(read);
    let took = began.elapsed().as_secs();
    assert!((5..20).contains(&took), "{took} s");
    assert!(known.ask("workbench.hello", json!({})).await["ok"].is_object(), "who is known stays");
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
        assert!(
            policy.contains(&format!("connect-src 'self' ws://127.0.0.1:{};", bench.port())),
            "{policy}"
        );
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
    let tab = window.ask("tab.new", json!({ "title": null, "text": null })).await["ok"]["summary"]
        ["id"]
        .clone();
    let opened = window.ask("tab.open_path", json!({ "path": file })).await;
    assert_eq!(opened["error"]["code"], "not_from_here", "{opened}");
    let saved = window.ask("tab.save_path", json!({ "tab": tab, "path": file })).await;
    assert_eq!(saved["error"]["code"], "not_from_here", "{saved}");
    // Each method that names a file is refused, with parameters that fit or not.
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
    // Only the header of 200 MB is sent. It is refused before any byte of the content is read.
    let close = bench.announce(200_000_000).await;
    assert_eq!(close, CloseCode::Size);
    assert!(
        other.ask("workbench.hello", json!({})).await["ok"].is_object(),
        "others do not notice"
    );
    bench.end().await;
}

#[tokio::test]
async fn what_is_no_websocket_frame_closes_the_connection_and_says_so() {
    let bench = Bench::new().await;
    // The frames are a reserved opcode, and a text frame that is not UTF-8.
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
    let (reply, bytes) = window
        .ask_with("tab.download", json!({ "tab": tab, "what": "source", "strip": false }), b"")
        .await;
    assert_eq!(bytes, module, "{reply}");
    assert_eq!(reply["ok"]["media_type"], "application/wasm");
    bench.end().await;
}

#[tokio::test]
async fn two_windows_stay_in_step() {
    let bench = Bench::new().await;
    let (mut one, mut two) = (bench.window().await, bench.window().await);
    let tab =
        one.ask("tab.new", json!({ "title": "both.wat", "text": "(module)" })).await["ok"].clone();
    let id = &tab["summary"]["id"];
    let tabs = two.event("tabs").await;
    assert_eq!(tabs["tabs"].as_array().unwrap().last().unwrap()["title"], "both.wat");

    let edit = json!({ "tab": id, "text": "(module (func))", "client": "one" });
    let edited = one.ask("tab.edit", edit).await;
    let heard = two.event("text").await;
    let change = json!({ "from": 7, "to": 7, "insert": " (func)", "length": 15 });
    assert_eq!((&heard["change"], &heard["client"]), (&change, &"one".into()));
    assert_eq!(heard["revision"], edited["ok"]["revision"]);

    two.ask("tab.close", json!({ "tab": id })).await;
    // The events of the tab's opening and of its change come first, then that of its closing.
    while one.event("tabs").await["tabs"].as_array().unwrap().iter().any(|tab| tab["id"] == *id) {}
    bench.end().await;
}

#[tokio::test]
async fn edits_sent_in_one_breath_are_made_in_their_order() {
    let bench = Bench::new().await;
    let mut window = bench.window().await;
    let tab =
        window.ask("tab.new", json!({ "title": null, "text": "" })).await["ok"]["summary"]["id"]
            .clone();
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

/// Each event of such an edit had the whole text: 3 MB that were typed in another window used 1.2
/// GB.
#[tokio::test]
async fn a_window_that_sleeps_hears_of_the_newest_text_and_holds_no_older_one() {
    let bench = Bench::new().await;
    let mut sleeper = bench.window_with_small_buffers().await;
    let mut busy = bench.window().await;
    let tab =
        busy.ask("tab.new", json!({ "title": null, "text": "" })).await["ok"]["summary"]["id"]
            .clone();
    let comment = "x".repeat(3_000_000);
    let mut revision = json!(null);
    let before = resident();
    for n in 0..300 {
        let params =
            json!({ "tab": tab, "text": format!("(module) ;; {n} {comment}"), "client": "busy" });
        let edited = busy.ask("tab.edit", params).await;
        revision = edited["ok"]["revision"].clone();
        assert!(revision.is_number(), "{edited}");
    }
    let grown = resident().saturating_sub(before);
    // The bound is the text itself, the frames on their way, and the memory that the allocator
    // keeps.
    assert!(grown < 100 << 20, "{} MiB more", grown >> 20);
    loop {
        let heard = sleeper.event("text").await;
        if heard["revision"] == revision {
            assert!(heard.to_string().len() < 1000);
            break;
        }
    }
    let view = sleeper.ask("tab.get", json!({ "tab": tab })).await;
    assert!(view["ok"]["text"].as_str().unwrap().starts_with("(module) ;; 299 xxx"));
    bench.end().await;
}

/// The bytes of this process that are in memory.
#[expect(clippy::unwrap_used, reason = "a test's way to fail is to panic")]
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<usize>().unwrap() << 10
}

#[tokio::test]
async fn a_window_that_does_not_read_is_told_that_it_fell_behind_and_holds_nobody_up() {
    let bench = Bench::new().await;
    let mut sleeper = bench.window_with_small_buffers().await;
    let mut busy = bench.window().await;
    // Each change of the settings is sent. There are more of them than the sockets' buffers and the
    // kept events can contain together.
    let tab =
        busy.ask("tab.new", json!({ "title": null, "text": "" })).await["ok"]["summary"]["id"]
            .clone();
    let mut settings = busy.ask("tab.get", json!({ "tab": tab })).await["ok"]["settings"].clone();
    for n in 0..450 {
        settings["wasi"]["arguments"] = json!([format!("{n} {}", "x".repeat(40_000))]);
        let configured =
            busy.ask("tab.configure", json!({ "tab": tab, "settings": settings })).await;
        assert!(configured["error"].is_null(), "{configured}");
    }
    sleeper.event("behind").await;
    assert!(sleeper.ask("workbench.hello", json!({})).await["ok"].is_object(), "it can catch up");
    bench.end().await;
}

/// The replies for a window that sent requests without reading were kept without a bound.
#[tokio::test]
async fn a_window_that_asks_and_does_not_read_is_answered_no_more_than_it_may_hold() {
    let bench = Bench::new().await;
    let mut busy = bench.window().await;
    let text = format!("(module) ;; {}", "x".repeat(3_000_000));
    let tab =
        busy.ask("tab.new", json!({ "title": null, "text": text })).await["ok"]["summary"]["id"]
            .clone();
    let mut greedy = bench.window_with_small_buffers().await;
    let before = resident();
    for id in 0..200 {
        let request = json!({ "id": 1000 + id, "method": "tab.get", "params": { "tab": tab } });
        greedy.send(Message::text(request.to_string())).await;
    }
    // Another window gets its answer as soon as the answers that the first one may have waiting are
    // made.
    for _ in 0..50 {
        busy.ask("workbench.hello", json!({})).await;
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < 64 << 20, "{} MiB more", grown >> 20);
    for id in 0..200 {
        assert!(greedy.reply(1000 + id).await["ok"]["text"].is_string());
    }
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
