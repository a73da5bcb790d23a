//! Compilers and runners that are killed and frozen.

use std::time::Duration;

use serde_json::json;
use watshop_tests::random::Random;

use super::running::{finish, prepare, run_well};
use super::wait;
use crate::window::LATE;
use crate::world::World;
use crate::{modules, processes};

/// Kills a random child while a module is compiled, loaded and instantiated. The next run succeeds.
pub fn killed_in_a_run(world: &mut World, random: &mut Random) {
    let functions = 1 + random.below(200);
    let text = modules::large(random, functions);
    let tab = prepare(world, random, &text);
    let run = world.window().send("tab.run", &json!({ "tab": tab }), &[]).unwrap();
    for _ in 0..1 + random.below(3) {
        wait(random, Duration::from_millis(150));
        kill_one(world, random, "watshop-");
    }
    finish(world, run);
    run_well(world, tab);
}

/// Kills one of the children whose executable's name begins like this.
fn kill_one(world: &World, random: &mut Random, name: &str) {
    let children: Vec<_> =
        world.children().into_iter().filter(|it| it.name.starts_with(name)).collect();
    if !children.is_empty() {
        processes::signal(children[random.below(children.len())].pid, "KILL");
    }
}

/// Kills the compiler while it makes a file to download. The next download succeeds.
pub fn killed_while_sealing(world: &mut World, random: &mut Random) {
    let text = modules::large(random, 100);
    let tab = prepare(world, random, &text);
    let what = random.one_of(&["sealed", "wasmer", "object", "bundle"]);
    let download = json!({ "tab": tab, "what": what, "strip": false });
    let id = world.window().send("tab.download", &download, &[]).unwrap();
    wait(random, Duration::from_millis(300));
    kill_one(world, random, "watshop-compiler");
    drop(world.window().answer(id, LATE).unwrap());
    let id = world.window().send("tab.download", &download, &[]).unwrap();
    let (answer, bytes) = world.window().whole_answer(id, LATE).unwrap();
    let is_refused = answer.is_err_and(|error| error["code"] != "compiler_crashed");
    assert!(is_refused || !bytes.is_empty(), "{what} cannot be downloaded");
}

/// Kills the runner in the middle of a call. The next run and call succeed.
pub fn killed_in_a_call(world: &mut World, random: &mut Random) {
    let tab = prepare(world, random, modules::SPIN);
    run_well(world, tab);
    let spin = json!({ "tab": tab, "export": "spin", "arguments": [] });
    let call = world.window().send("tab.call", &spin, &[]).unwrap();
    wait(random, Duration::from_millis(50));
    for runner in world.children().iter().filter(|it| it.name == "watshop-runner") {
        processes::signal(runner.pid, "KILL");
    }
    let outcome = finish(world, call);
    assert_ne!(outcome["outcome"], "returned", "the loop does not end by itself");
    run_well(world, tab);
}

/// Freezes all runners. Looks are answered in time, and Stop and Close work.
pub fn frozen(world: &mut World, random: &mut Random) {
    let tab = prepare(world, random, modules::SPIN);
    run_well(world, tab);
    let frozen = world.children();
    for child in frozen.iter().filter(|it| it.name == "watshop-runner") {
        processes::signal(child.pid, "STOP");
    }
    let look = json!({ "tab": tab, "memory": "m", "offset": "0", "length": 16 });
    let asked: Vec<_> = (0..1 + random.below(300))
        .map(|_| world.window().send("memory.read", &look, &[]).unwrap())
        .collect();
    if random.below(2) == 0 {
        assert_eq!(world.must("tab.stop", &json!({ "tab": tab }))["how"], "killed");
        run_well(world, tab);
    } else {
        world.must("tab.close", &json!({ "tab": tab }));
        world.tabs.remove(&tab);
    }
    for child in &frozen {
        processes::signal(child.pid, "CONT");
    }
    for id in asked {
        drop(world.window().answer(id, LATE).unwrap());
    }
}
