//! What a person does with tabs: types, opens, closes, orders and configures.

use serde_json::{Value, json};
use watshop_tests::mutate;
use watshop_tests::random::Random;

use crate::modules;
use crate::window::{Closed, SOON};
use crate::world::World;

/// Types into a tab, whole texts and changes.
pub fn types(world: &mut World, random: &mut Random) {
    let tab = world.any_tab(random);
    for _ in 0..1 + random.below(30) {
        edit(world, random, tab).unwrap();
    }
}

/// Makes one edit. The connection may end in the middle.
pub fn edit(world: &mut World, random: &mut Random, tab: u64) -> Result<(), Closed> {
    let old = world.tabs[&tab].text().unwrap_or_default().to_owned();
    let typed = format!(" ;; {}", random.next());
    // A change needs the revision, which other windows may have raised.
    let (method, text, params) = if old.len() < 10_000 && random.below(3) > 0 {
        let view = world.window().ask("tab.get", &json!({ "tab": tab }))?.unwrap();
        let text = format!("{old}{typed}");
        let (from, length) = (old.encode_utf16().count(), text.encode_utf16().count());
        let change = json!({ "from": from, "to": from, "insert": typed, "length": length });
        let after = &view["revision"];
        let params = json!({ "tab": tab, "after": after, "change": change, "client": "soak" });
        ("tab.change", text, params)
    } else {
        let module = modules::any(random);
        let module = match random.below(4) {
            0 => {
                let damaged = mutate::bytes(random, module.as_bytes());
                String::from_utf8_lossy(&damaged).into_owned()
            }
            _ => module.to_owned(),
        };
        let text = module + &typed;
        let params = json!({ "tab": tab, "text": text, "after": null, "client": "soak" });
        ("tab.edit", text, params)
    };
    world.tabs.get_mut(&tab).unwrap().sent(&text);
    let id = world.window().send(method, &params, &[])?;
    let answer = world.window().answer(id, SOON)?;
    let typed = world.tabs.get_mut(&tab).unwrap();
    match answer {
        Ok(reply) if reply["taken"] == true => typed.answered(),
        _ => typed.refused(),
    }
    Ok(())
}

/// Opens, closes, orders and formats tabs.
pub fn moves_tabs(world: &mut World, random: &mut Random) {
    for _ in 0..1 + random.below(6) {
        let tab = world.any_tab(random);
        match random.below(6) {
            0 | 1 => drop(world.tab(modules::any(random))),
            2 => {
                world.must("tab.close", &json!({ "tab": tab }));
                world.tabs.remove(&tab);
            }
            3 => drop(world.must("tab.reopen", &json!({}))),
            4 => {
                let mut order: Vec<_> = world.tabs.keys().copied().collect();
                let by = random.below(order.len());
                order.rotate_left(by);
                drop(world.ask("tab.order", &json!({ "tabs": order })));
            }
            _ => drop(world.ask("tab.format", &json!({ "tab": tab }))),
        }
    }
    world.take_over();
}

/// Gives a tab other settings, some of which are damaged.
pub fn configures(world: &mut World, random: &mut Random) {
    let tab = world.any_tab(random);
    for _ in 0..1 + random.below(4) {
        let mut settings = random_settings(world, random, tab);
        if random.below(2) == 0 {
            mutate::json(random, &mut settings);
        }
        drop(world.ask("tab.configure", &json!({ "tab": tab, "settings": settings })));
    }
    let sound = random_settings(world, random, tab);
    world.must("tab.configure", &json!({ "tab": tab, "settings": sound }));
}

/// Sound settings with a random compiler, engine and limits.
pub fn random_settings(world: &mut World, random: &mut Random, tab: u64) -> Value {
    let mut settings = world.must("tab.get", &json!({ "tab": tab }))["settings"].take();
    let compilers: &[_] = match watshop_tests::has_llvm() {
        true => &["singlepass", "cranelift", "llvm"],
        false => &["singlepass", "cranelift"],
    };
    settings["compiler"] = random.one_of(compilers).into();
    settings["engine"] = random.one_of(&["jit", "native"]).into();
    settings["limits"]["stack_kib"] = random.one_of(&[64, 1024]).into();
    settings["limits"]["call_ms"] = random.one_of(&[500, 5000]).into();
    settings["unknown_imports"] = random.one_of(&["error", "trap"]).into();
    settings
}
