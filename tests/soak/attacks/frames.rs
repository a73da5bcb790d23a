//! Damaged frames to a compiler and a runner, as a damaged workbench might write them.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::{ChildStdin, Command, Stdio};

use serde_json::{Value, json};
use watshop_protocol::frame;
use watshop_protocol::instance::{self, Call, Instantiate, Load, ReadExports, Stop};
use watshop_protocol::page::{Form, Limits, Optimisation, Proposals, UnknownImports, WasiSettings};
use watshop_protocol::process::compiler::{self, CompileJob};
use watshop_protocol::process::runner::HostSetup;
use watshop_tests::mutate;
use watshop_tests::random::Random;

use crate::processes::MARK;
use crate::world::World;
use crate::{modules, processes, promises};

/// Writes sound and damaged requests to a child. It answers or ends, but never by a signal, and it
/// ends when its input does.
pub fn damaged(world: &mut World, random: &mut Random) {
    let folder = world.terminal.folder().to_owned();
    let name = random.one_of(&["runner", "compiler-cranelift", "compiler-singlepass"]);
    let mut command = Command::new(watshop_tests::programs().join(format!("watshop-{name}")));
    if name == "runner" {
        command.arg("--artifacts").arg(&folder);
    }
    let log = folder.join("child.log");
    let mark = format!("{}-child", world.mark());
    let mut child = command
        .env(MARK, &mark)
        .env("TMPDIR", &world.temporary)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut answers = child.stdout.take().unwrap();
    let reading = std::thread::spawn(move || {
        let mut all = Vec::new();
        answers.read_to_end(&mut all).unwrap();
        all
    });
    write(child.stdin.take().unwrap(), random, name, world);
    let status = child.wait().unwrap();
    let answers = reading.join().unwrap();
    let log = std::fs::read_to_string(&log).unwrap();
    promises::check_text(&log);
    assert!(status.code().is_some(), "watshop-{name} ended by a signal: {status}\n{log}");
    let mut answers = answers.as_slice();
    while let Ok(Some(message)) = frame::read(&mut answers) {
        let (json, _) = frame::split(&message).unwrap();
        promises::check_errors(&serde_json::from_slice(json).unwrap());
    }
    processes::wait_until_gone(&mark, crate::window::SOON);
}

/// Writes some requests. A child that has ended reads no more.
fn write(mut to: ChildStdin, random: &mut Random, name: &str, world: &World) {
    for id in 0..1 + random.below(8) {
        let (mut request, bytes) = request(random, name, world);
        request["id"] = id.into();
        if random.below(3) == 0 {
            mutate::json(random, &mut request);
        }
        let mut sound = Vec::new();
        frame::write(&mut sound, &request, &bytes).unwrap();
        let message = match random.below(3) {
            0 => mutate::bytes(random, &sound),
            _ => sound,
        };
        if to.write_all(&message).is_err() {
            return;
        }
    }
}

fn request(random: &mut Random, name: &str, world: &World) -> (Value, Vec<u8>) {
    let sealed = world.terminal.folder().join("frames.wshop");
    if name == "runner" {
        let request: instance::Request = match random.below(5) {
            0 => Load { sealed, payload_hash: None, own: false }.into(),
            1 => Instantiate {
                limits: Limits::default(),
                wasi: WasiSettings::default(),
                unknown_imports: UnknownImports::Trap,
                host: HostSetup::default(),
            }
            .into(),
            2 => Call { export: "answer".into(), arguments: vec![], limit_ms: 1000 }.into(),
            3 => Stop {}.into(),
            _ => ReadExports {}.into(),
        };
        return (json!(request), Vec::new());
    }
    let module = wat::parse_str(modules::any(random)).unwrap();
    let module = if random.below(2) == 0 { mutate::bytes(random, &module) } else { module };
    let job = compiler::Request::Compile(CompileJob {
        validated: false,
        measure_functions: false,
        again: random.below(4) == 0,
        form: random.one_of(&Form::ALL),
        optimisation: Optimisation::Speed,
        proposals: Proposals::default(),
        count_instructions: false,
        target: None,
        module_hash: blake3::hash(&module).to_hex().to_string(),
        signing_key: None,
        to: sealed,
    });
    (json!(job), module)
}
