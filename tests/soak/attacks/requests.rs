//! Damaged requests to the server.

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use watshop_protocol::frame;
use watshop_protocol::registry::Method;
use watshop_tests::mutate;
use watshop_tests::random::Random;

use crate::modules;
use crate::window::Closed;
use crate::world::World;

/// Sends requests that are damaged as text, as a frame, or in a value.
pub fn damaged(world: &mut World, random: &mut Random) {
    let tab = world.any_tab(random);
    for _ in 0..1 + random.below(40) {
        let request = request(random, tab);
        let message = match random.below(4) {
            0 => Message::binary(mutate::bytes(random, &frame::join(&request, b"bytes").unwrap())),
            1 => Message::text(
                String::from_utf8_lossy(&mutate::bytes(random, request.to_string().as_bytes()))
                    .into_owned(),
            ),
            _ => {
                let mut request = request;
                mutate::json(random, &mut request["params"]);
                Message::text(request.to_string())
            }
        };
        let said = world.window().say(message).and_then(|()| world.window().listen());
        if said == Err(Closed) {
            world.open_window_again();
        }
    }
    // A damaged request may have been a sound one to do something else.
    world.open_window_again();
    world.take_over();
    let open: Vec<_> = world.tabs.keys().copied().collect();
    for tab in open {
        world.must("tab.stop", &json!({ "tab": tab }));
    }
}

fn request(random: &mut Random, tab: u64) -> Value {
    let methods: Vec<_> = Method::all().collect();
    let method = methods[random.below(methods.len())].name();
    let export = random.one_of(&modules::EXPORTS);
    let params = match method {
        "tab.new" => json!({ "title": "damaged", "text": modules::any(random) }),
        "tab.edit" => json!({ "tab": tab, "text": "(module)", "after": null, "client": "soak" }),
        "tab.change" => {
            let change = json!({ "from": 0, "to": 1, "insert": "(", "length": 9 });
            json!({ "tab": tab, "after": 1, "change": change, "client": "soak" })
        }
        "tab.call" => json!({ "tab": tab, "export": export, "arguments": ["1"] }),
        "tab.call_many" => json!({ "tab": tab, "export": export, "arguments": [], "times": 3 }),
        "tab.download" => json!({ "tab": tab, "what": "wat", "strip": true }),
        "tab.open_path" => json!({ "path": "/etc/passwd" }),
        "tab.order" => json!({ "tabs": [tab, tab, 0] }),
        "calls.read" => json!({ "tab": tab, "after": 0, "limit": 1000 }),
        "imports.offers" => json!({ "tab": tab, "module": "env", "name": "log" }),
        "imports.code" => json!({ "tab": tab, "language": "rust" }),
        "memory.read" => json!({ "tab": tab, "memory": "m", "offset": "0", "length": 16 }),
        "memory.grow" => json!({ "tab": tab, "memory": "m", "by": 1 }),
        "workbench.save_ui" => json!({ "ui": "{}" }),
        "workbench.target" => json!({ "triple": "x86_64-unknown-linux-gnu" }),
        _ => json!({ "tab": tab }),
    };
    json!({ "id": 4_000_000_000_u32, "method": method, "params": params })
}
