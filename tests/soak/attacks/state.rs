//! Damaged files of the data folder.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use watshop_tests::mutate;
use watshop_tests::random::Random;

use crate::world::World;

/// Damages files of a workbench that has ended. The next one starts, says what is lost, and keeps
/// the damaged database.
pub fn damaged(world: &mut World, random: &mut Random) {
    let ended = Instant::now();
    world.end_by(random.one_of(&["KILL", "TERM"]));
    let data = world.terminal.data();
    remove_kept(&data);
    let names = ["state.sqlite", "state.sqlite", "state.sqlite-wal", "state.sqlite-shm", "sources"];
    let mut damaged = Vec::new();
    for _ in 0..1 + random.below(2) {
        let name = random.one_of(&names);
        damaged.push(name);
        damage(random, &data.join(name));
    }
    let before = std::mem::take(&mut world.tabs);
    world.start().unwrap_or_else(|status| panic!("it does not start again: {status}"));
    world.take_over();
    let mut gone = before.iter().filter(|(tab, _)| !world.tabs.contains_key(tab));
    let is_lost = gone.any(|(_, typed)| !typed.may_be_missing(ended));
    let is_told = world.window().notices.iter().any(|notice| notice["code"] == "state");
    let is_kept = fs::read_dir(&data)
        .unwrap()
        .flatten()
        .any(|file| file.file_name().to_string_lossy().starts_with("state-damaged-"));
    assert!(is_told || !is_lost, "tabs are lost, and nothing is said of {damaged:?}");
    assert!(is_kept || !is_lost, "tabs are lost, and the damaged file is not kept");
    world.window().notices.clear();
    // A text may be damaged without a trace. It can be replaced all the same.
    let texts = world.tabs.iter().filter(|(_, typed)| typed.text().is_some());
    let texts: Vec<_> = texts.map(|(tab, _)| *tab).collect();
    for tab in texts {
        // The text before this one may still be found after a kill that comes soon.
        let text = "(module)";
        world.tabs.get_mut(&tab).unwrap().sent(text);
        let edit = json!({ "tab": tab, "text": text, "after": null, "client": "soak" });
        assert_eq!(world.must("tab.edit", &edit)["taken"], true);
        world.tabs.get_mut(&tab).unwrap().answered();
    }
}

fn damage(random: &mut Random, path: &Path) {
    if path.is_dir() {
        for file in fs::read_dir(path).unwrap().flatten() {
            damage(random, &file.path());
        }
    } else if let Ok(sound) = fs::read(path) {
        fs::write(path, mutate::bytes(random, &sound)).unwrap();
    }
}

fn remove_kept(data: &Path) {
    for file in fs::read_dir(data).unwrap().flatten() {
        if file.file_name().to_string_lossy().starts_with("state-damaged-") {
            fs::remove_file(file.path()).unwrap();
        }
    }
}

/// The time in which a loss is noticed, on a busy machine.
const NOTICED: Duration = Duration::from_secs(5);

/// Removes the data folder at work. That is told, and nothing is lost.
pub fn removed(world: &mut World, _: &mut Random) {
    world.window().notices.clear();
    // The writer may make a file in this moment, and what is left is damage enough.
    drop(fs::remove_dir_all(world.terminal.data()));
    let began = Instant::now();
    let is_told = |notices: &[Value]| notices.iter().any(|notice| notice["code"] == "state");
    while !is_told(&world.window().notices) {
        world.window().listen().unwrap();
        assert!(began.elapsed() < NOTICED, "it is not told that the data folder is gone");
    }
    world.window().notices.clear();
    let before = std::mem::take(&mut world.tabs);
    world.end_by("TERM");
    let ended = Instant::now();
    world.start().unwrap_or_else(|status| panic!("it does not start again: {status}"));
    world.take_over();
    for (tab, typed) in before {
        let found = world.tabs.get(&tab).unwrap_or_else(|| panic!("tab {tab} is lost"));
        typed.check(tab, found.text(), ended, true);
    }
}
