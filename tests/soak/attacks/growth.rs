//! Work that goes on and on, and a window that does not read: the memory does not grow with them.

use serde_json::json;
use watshop_tests::random::Random;

use super::running::{finish, run_well};
use crate::world::World;
use crate::{modules, processes};

/// The bytes by which the same work may differ in memory.
const SLACK: u64 = 48 << 20;

/// Does the same work again and again.
pub fn repeats(world: &mut World, _: &mut Random) {
    let cycle = |world: &mut World| {
        let tab = world.tab(modules::SPIN);
        run_well(world, tab);
        let call = json!({ "tab": tab, "export": "spin", "arguments": [] });
        let id = world.window().send("tab.call", &call, &[]).unwrap();
        world.must("tab.stop", &json!({ "tab": tab }));
        finish(world, id);
        world.must("tab.close", &json!({ "tab": tab }));
        world.tabs.remove(&tab);
    };
    // Closed tabs are kept for `tab.reopen`, so the first ones make the list full.
    (0..25).for_each(|_| cycle(world));
    let (memory, files) = (processes::memory(world.pid()), processes::files(world.pid()));
    (0..40).for_each(|_| cycle(world));
    let (later, files_later) = (processes::memory(world.pid()), processes::files(world.pid()));
    assert!(later < memory + SLACK, "the memory grew from {memory} to {later} bytes");
    assert!(files_later < files + 16, "the open files grew from {files} to {files_later}");
}

/// Types long texts, while a second window does not read.
pub fn sleeps(world: &mut World, random: &mut Random) {
    let tab = world.tab("(module)");
    let asleep = world.other_window();
    let memory = processes::memory(world.pid());
    for _ in 0..60 {
        let text = format!("(module) ;; {} {}", random.next(), "x".repeat(300_000));
        let edit = json!({ "tab": tab, "text": text, "after": null, "client": "soak" });
        world.must("tab.edit", &edit);
    }
    let later = processes::memory(world.pid());
    drop(asleep);
    assert!(later < memory + (128 << 20), "the memory grew from {memory} to {later} bytes");
    let small = json!({ "tab": tab, "text": "(module)", "after": null, "client": "soak" });
    world.must("tab.edit", &small);
    world.must("tab.close", &json!({ "tab": tab }));
    world.tabs.remove(&tab);
}
