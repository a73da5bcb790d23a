//! `watshop serve`: who may talk to it.

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
    // Requests run beside one another: these may come before or after the last.
    for (id, code) in codes {
        let expected = ["", "unknown_method", "bad_request", "not_from_here"][id as usize];
        assert_eq!(code, expected, "request {id}");
    }
}

#[test]
fn two_servers_do_not_share_a_data_folder() {
    let terminal = Terminal::new();
    let _server = Server::start(&terminal);
    terminal.run(&["serve", "--no-open"]).fails(1, &["data"]);
}
