//! Runs, calls and looks.

use std::time::Duration;

use serde_json::{Value, json};
use watshop_tests::random::Random;

use super::typing::random_settings;
use super::wait;
use crate::modules;
use crate::window::LATE;
use crate::world::World;

/// Opens a tab with a module that can run, and random settings.
pub fn prepare(world: &mut World, random: &mut Random, text: &str) -> u64 {
    let tab = world.tab(text);
    let mut settings = random_settings(world, random, tab);
    settings["unknown_imports"] = "trap".into();
    world.must("tab.configure", &json!({ "tab": tab, "settings": settings }));
    tab
}

/// Runs a tab. Gives its outcome.
pub fn run(world: &mut World, tab: u64) -> Value {
    let id = world.window().send("tab.run", &json!({ "tab": tab }), &[]).unwrap();
    finish(world, id)
}

/// Waits for the outcome of a run or a call, or for the error of its request.
pub fn finish(world: &mut World, id: u32) -> Value {
    match world.window().answer(id, LATE).unwrap() {
        Ok(mut report) => report["outcome"].take(),
        Err(error) => json!({ "outcome": "refused", "error": error }),
    }
}

/// Runs a tab that must come to an instance, or to the end of its program.
pub fn run_well(world: &mut World, tab: u64) {
    let outcome = run(world, tab);
    let is_well = outcome["outcome"] == "ready" || outcome["outcome"] == "exited";
    assert!(is_well, "the run of tab {tab} failed: {outcome:#}");
}

/// Runs a module, calls its exports with random arguments, and looks at it.
pub fn runs_and_calls(world: &mut World, random: &mut Random) {
    let text = modules::any(random);
    let tab = prepare(world, random, text);
    run_well(world, tab);
    for _ in 0..random.below(6) {
        let export = random.one_of(&modules::EXPORTS);
        let arguments = vec![(random.next() as u32 as i32).to_string(); random.below(3)];
        let call = json!({ "tab": tab, "export": export, "arguments": arguments });
        let id = world.window().send("tab.call", &call, &[]).unwrap();
        look(world, random, tab);
        if export == "spin" {
            wait(random, Duration::from_millis(50));
            world.must("tab.stop", &json!({ "tab": tab }));
        }
        finish(world, id);
    }
}

/// Looks at an instance, which may lack what is asked for.
fn look(world: &mut World, random: &mut Random, tab: u64) {
    let (offset, length) = (random.below(1 << 17).to_string(), random.below(4096));
    let looks = [
        ("memory.read", json!({ "tab": tab, "memory": "m", "offset": offset, "length": length })),
        ("calls.read", json!({ "tab": tab, "after": 0, "limit": 100 })),
        ("imports.list", json!({ "tab": tab })),
        ("tab.get", json!({ "tab": tab })),
    ];
    let (method, params) = &looks[random.below(looks.len())];
    drop(world.ask(method, params));
}

/// Sends hundreds of requests without reading, and stops the work in the middle.
pub fn crowds(world: &mut World, random: &mut Random) {
    let tab = prepare(world, random, modules::SPIN);
    run_well(world, tab);
    let spin = json!({ "tab": tab, "export": "spin", "arguments": [] });
    let call = world.window().send("tab.call", &spin, &[]).unwrap();
    let mut asked = Vec::new();
    for _ in 0..random.below(400) {
        let (method, params) = match random.below(3) {
            0 => ("memory.read", json!({ "tab": tab, "memory": "m", "offset": "0", "length": 9 })),
            1 => ("tab.get", json!({ "tab": tab })),
            _ => ("tab.run", json!({ "tab": tab })),
        };
        asked.push(world.window().send(method, &params, &[]).unwrap());
    }
    world.must("tab.stop", &json!({ "tab": tab }));
    finish(world, call);
    for id in asked {
        drop(world.window().answer(id, LATE).unwrap());
    }
}
