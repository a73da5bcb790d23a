//! Damaged files that a person opens, and damaged files in the cache.

use std::fs;

use serde_json::json;
use watshop_tests::mutate;
use watshop_tests::random::Random;

use super::running::{finish, run};
use crate::modules;
use crate::window::SOON;
use crate::world::World;

/// Opens a damaged module or artifact, and runs it even if nothing proves its maker.
pub fn opens(world: &mut World, random: &mut Random) {
    let place = random.below(world.samples().len());
    let (name, sound) = world.samples()[place].clone();
    let damaged = mutate::bytes(random, &sound);
    let open = json!({ "name": name });
    let id = world.window().send("tab.open_bytes", &open, &damaged).unwrap();
    let Ok(view) = world.window().answer(id, SOON).unwrap() else { return };
    world.take_over();
    let tab = view["summary"]["id"].as_u64().unwrap();
    let outcome = run(world, tab);
    if outcome["error"]["code"] == "untrusted_artifact" {
        let mut settings = view["settings"].clone();
        settings["trusted"] = view["passport"]["payload_hash"].clone();
        drop(world.ask("tab.configure", &json!({ "tab": tab, "settings": settings })));
        run(world, tab);
    }
    let export = random.one_of(&modules::EXPORTS);
    let call = json!({ "tab": tab, "export": export, "arguments": ["1", "2"] });
    let id = world.window().send("tab.call", &call, &[]).unwrap();
    finish(world, id);
    drop(world.ask("tab.get", &json!({ "tab": tab })));
    drop(world.ask("tab.close", &json!({ "tab": tab })));
    world.take_over();
}

/// A sound import object, with a provider of most kinds.
fn import_object() -> serde_json::Value {
    json!({ "schema": 1, "provisions": [
        { "module": "env", "name": "log", "provider": { "provide": "log", "template": "got {0}" } },
        { "module": "env", "name": "work",
          "provider": { "provide": "javascript", "source": "(a) => { console.log(a); return 1 }" } },
        { "module": "env", "name": "memory", "provider": { "provide": "memory", "minimum": 1 } },
        { "module": "env", "name": "count", "provider": { "provide": "counter", "start": "1", "step": "2" } },
    ] })
}

/// Takes damaged import objects into a tab, and runs it.
pub fn imports(world: &mut World, random: &mut Random) {
    let tab = world.tab(modules::IMPORTING);
    for _ in 0..1 + random.below(6) {
        let mut object = import_object();
        if random.below(2) == 0 {
            mutate::json(random, &mut object);
        }
        let mut file = object.to_string().into_bytes();
        if random.below(2) == 0 {
            file = mutate::bytes(random, &file);
        }
        let open = json!({ "tab": tab, "name": "damaged.imports.json" });
        let id = world.window().send("imports.open", &open, &file).unwrap();
        drop(world.window().answer(id, SOON).unwrap());
        drop(world.ask("imports.list", &json!({ "tab": tab })));
    }
    run(world, tab);
    let call = json!({ "tab": tab, "export": "work", "arguments": ["7"] });
    let id = world.window().send("tab.call", &call, &[]).unwrap();
    finish(world, id);
    let language = random.one_of(&["javascript", "rust", "python", "c"]);
    drop(world.ask("imports.code", &json!({ "tab": tab, "language": language })));
    drop(world.ask("imports.provide_all", &json!({ "tab": tab })));
}

/// Damages files of the cache. A run finds it out, and compiles again.
pub fn cache(world: &mut World, random: &mut Random) {
    let tab = world.tab(modules::any(random));
    let mut settings = super::typing::random_settings(world, random, tab);
    settings["unknown_imports"] = "trap".into();
    world.must("tab.configure", &json!({ "tab": tab, "settings": settings }));
    super::running::run_well(world, tab);
    let folder = world.terminal.data().join("artifacts");
    for file in fs::read_dir(folder).unwrap().flatten() {
        if random.below(2) == 0 {
            let sound = fs::read(file.path()).unwrap();
            // A running guest has the file itself mapped, so it is replaced and not written to.
            let new = world.temporary.with_file_name("damaged");
            fs::write(&new, mutate::bytes(random, &sound)).unwrap();
            fs::rename(new, file.path()).unwrap();
        }
    }
    super::running::run_well(world, tab);
}
