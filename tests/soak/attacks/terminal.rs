//! Damaged files in the terminal: `watshop run`, `watshop inspect`, `watshop-runner`.

use std::process::Command;

use serde_json::json;
use watshop_tests::mutate;
use watshop_tests::random::Random;
use watshop_tests::terminal::Ended;

use crate::processes::MARK;
use crate::window::LATE;
use crate::world::World;
use crate::{processes, promises};

/// Runs and reads damaged files. Each ends in time, by no signal, with a sentence if it fails.
pub fn runs(world: &mut World, random: &mut Random) {
    let mark = format!("{}-terminal", world.mark());
    for _ in 0..1 + random.below(4) {
        let place = random.below(world.samples().len());
        let (name, sound) = world.samples()[place].clone();
        let damaged = mutate::bytes(random, &sound);
        let name = format!("damaged-{name}");
        world.terminal.file(&name, damaged);
        let call = ["--invoke", "answer", "--call-ms", "2000"];
        let mut command = match random.below(4) {
            0 => world.terminal.command(&["inspect", &name]),
            1 => {
                let mut command = world.terminal.command(&["run", &name]);
                command.args(call);
                command
            }
            2 => with_imports(world, random, &name),
            _ => {
                let runner = watshop_tests::programs().join("watshop-runner");
                let mut command = Command::new(runner);
                command.arg(&name).args(call).current_dir(world.terminal.folder());
                command
            }
        };
        if random.below(2) == 0
            && !name.ends_with("wat")
            && command.get_args().any(|it| it != "inspect")
        {
            command.arg("--trust");
        }
        let began = std::time::Instant::now();
        let ended =
            Ended::from(command.env("TMPDIR", &world.temporary).env(MARK, &mark).output().unwrap());
        assert!(began.elapsed() < LATE, "{command:?} took {:?}", began.elapsed());
        check(&command, &ended);
    }
    processes::wait_until_gone(&mark, crate::window::SOON);
}

fn with_imports(world: &World, random: &mut Random, name: &str) -> Command {
    let mut object = json!({ "schema": 1, "provisions": [
        { "module": "env", "name": "log", "provider": { "provide": "log", "template": "got {0}" } },
    ] });
    mutate::json(random, &mut object);
    world.terminal.file("damaged.imports.json", object.to_string());
    world.terminal.command(&["run", name, "--imports", "damaged.imports.json", "--json"])
}

fn check(command: &Command, ended: &Ended) {
    promises::check_text(&ended.stderr);
    promises::check_text(&ended.stdout);
    assert!(ended.status.is_some(), "{command:?} ended by a signal: {ended:?}");
    let is_explained = ended.status == Some(0) || !ended.stderr.trim().is_empty();
    assert!(is_explained, "{command:?} failed without a word: {ended:?}");
}
