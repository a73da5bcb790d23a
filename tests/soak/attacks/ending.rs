//! Ends of the workbench, killed and asked for politely, and the start after it.

use std::time::{Duration, Instant};

use serde_json::json;
use watshop_tests::random::Random;

use super::running::prepare;
use super::typing::edit;
use super::wait;
use crate::modules;
use crate::window::Closed;
use crate::world::World;

/// Kills the workbench after some seconds of typing at most, and in the middle of an edit.
pub fn killed_while_typing(world: &mut World, random: &mut Random) {
    let edits = 1 + random.below(120);
    for _ in 0..edits {
        let tab = world.any_tab(random);
        edit(world, random, tab).unwrap();
        wait(random, Duration::from_millis(20));
    }
    kill(world);
}

/// Kills the workbench while it compiles, seals, loads, or runs.
pub fn killed_in_a_run(world: &mut World, random: &mut Random) {
    let functions = 1 + random.below(200);
    let text = match random.below(3) {
        0 => modules::SPIN.to_owned(),
        _ => modules::large(random, functions),
    };
    let tab = prepare(world, random, &text);
    let Ok(_) = world.window().send("tab.run", &json!({ "tab": tab }), &[]) else { return };
    let spin = json!({ "tab": tab, "export": "spin", "arguments": [] });
    let _: Result<u32, Closed> = world.window().send("tab.call", &spin, &[]);
    let other = world.any_tab(random);
    edit(world, random, other).unwrap();
    wait(random, Duration::from_millis(300));
    kill(world);
}

fn kill(world: &mut World) {
    // The time is that before the kill, so that nothing is asked for that was not promised.
    let killed = Instant::now();
    world.end_by("KILL");
    restart(world, killed, false);
}

/// Ends the workbench as a person or the system does, while it works. Nothing is lost.
pub fn ended_politely(world: &mut World, random: &mut Random) {
    let text = modules::large(random, 100);
    let tab = prepare(world, random, &text);
    for _ in 0..random.below(20) {
        let tab = world.any_tab(random);
        edit(world, random, tab).unwrap();
    }
    world.window().send("tab.run", &json!({ "tab": tab }), &[]).unwrap();
    wait(random, Duration::from_millis(200));
    world.end_by(random.one_of(&["TERM", "INT", "HUP"]));
    let left = std::fs::read_dir(&world.temporary).unwrap().count();
    assert_eq!(left, 0, "a temporary folder is left over");
    restart(world, Instant::now(), true);
}

/// Starts again, and checks that nothing is lost that was promised to be kept.
fn restart(world: &mut World, ended: Instant, politely: bool) {
    world.start().unwrap_or_else(|status| panic!("it does not start again: {status}"));
    let before = std::mem::take(&mut world.tabs);
    world.take_over();
    for (tab, typed) in before {
        match world.tabs.get(&tab) {
            Some(found) => typed.check(tab, found.text(), ended, politely),
            None => assert!(!politely && typed.may_be_missing(ended), "tab {tab} is lost"),
        }
    }
    let notices = std::mem::take(&mut world.window().notices);
    assert!(notices.is_empty(), "nothing was damaged: {notices:?}");
}
