//! Artifacts from elsewhere: files of Wasmer's own, and sealed ones with another key.

use std::fs::{self, File};
use std::process::Command;

use object::{Object as _, ObjectSection as _};
use watshop_protocol::page::Engine;
use watshop_tests::mutate;
use watshop_tests::random::Random;
use watshop_tests::terminal::{Ended, Terminal};

use crate::combinations;

const MODULE: &str = r#"(module
    (memory (export "memory") 1)
    (data (i32.const 8) "some data")
    (func (export "add_one") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))"#;

/// Makes a file of Wasmer's own from the module.
fn wasmers(terminal: &Terminal, name: &str, more: &[&str]) {
    terminal.file("m.wat", MODULE);
    let line = [&["compile", "m.wat", "--format", "wasmer", "-o", name], more].concat();
    let made = terminal.run(&line);
    assert_eq!(made.status, Some(0), "{made:?}");
}

fn runner(terminal: &Terminal, arguments: &[&str]) -> Ended {
    let mut command = Command::new(watshop_tests::programs().join("watshop-runner"));
    Ended::from(command.args(arguments).current_dir(terminal.folder()).output().unwrap())
}

#[test]
fn files_of_wasmers_own_run_when_they_are_trusted() {
    for (compiler, engine) in combinations() {
        let terminal = Terminal::new();
        wasmers(
            &terminal,
            "m.wasmu",
            &["--compiler", compiler.as_str(), "--engine", engine.as_str()],
        );
        let line = ["run", "m.wasmu", "--invoke", "add_one", "41"];
        terminal.run(&line).fails(1, &["machine code", "--trust"]);
        terminal.run(&[&line[..], &["--trust"]].concat()).prints("42\n");
        let told = terminal.run(&[&line[..], &["--trust", "--json"]].concat()).json();
        assert_eq!(
            (&told["compiler"], &told["engine"]),
            (&serde_json::Value::Null, &engine.as_str().into())
        );

        let line = ["m.wasmu", "--invoke", "add_one", "41"];
        runner(&terminal, &line).fails(1, &["without a passport", "--trust"]);
        runner(&terminal, &[&line[..], &["--trust"]].concat()).prints("42\n");
    }
}

/// A damaged file ended the runner by a signal without a word (89 of 300), and `watshop run` printed
/// the text of a panic.
#[test]
fn a_damaged_file_that_is_trusted_runs_or_ends_in_one_line_about_it() {
    let terminal = Terminal::new();
    wasmers(&terminal, "jit.wasmu", &[]);
    wasmers(&terminal, "native.wasmu", &["--engine", "native"]);
    let sound =
        ["jit.wasmu", "native.wasmu"].map(|name| fs::read(terminal.folder().join(name)).unwrap());
    let call = ["m.wasmu", "--invoke", "add_one", "41", "--trust", "--call-ms", "1000"];
    let programs = watshop_tests::programs();
    let mut faults = 0;
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let engine = random.below(sound.len());
        terminal.file("m.wasmu", mutate::bytes(&mut random, &sound[engine]));
        // The time is that of a machine with much else to do. Damaged code may also run for ever.
        let mut command = Command::new("timeout");
        command.arg("60");
        match seed % 10 {
            0 => command.arg(programs.join("watshop")).arg("run"),
            _ => command.arg(programs.join("watshop-runner")),
        };
        command.env("WATSHOP_DATA_DIR", terminal.data()).current_dir(terminal.folder());
        let ended = Ended::from(command.args(call).output().unwrap());
        let lines: Vec<_> = ended.stderr.lines().collect();
        match ended.status {
            Some(0) => assert!(lines.is_empty(), "seed {seed}: {ended:?}"),
            Some(1) => {
                assert!(
                    lines.len() == 1 && lines[0].starts_with("m.wasmu: error: "),
                    "seed {seed}: {ended:?}"
                );
                assert!(!ended.stderr.contains("panic"), "seed {seed}: {ended:?}");
                faults += usize::from(lines[0].contains("no sound code"));
            }
            _ => panic!("seed {seed}: {ended:?}"),
        }
    }
    assert!(faults > 0, "no file made the system end its process");
}

#[test]
fn a_shared_library_for_this_system_is_loaded_by_the_runner_and_called() {
    if !cfg!(target_arch = "x86_64") {
        println!("not tested: the Native engine makes shared libraries for x86-64 Linux only");
        return;
    }
    let terminal = Terminal::new();
    terminal.file("m.wat", MODULE);
    let made = terminal.run(&["compile", "m.wat", "--format", "shared", "-o", "m.so"]);
    assert_eq!(made.status, Some(0), "{made:?}");
    runner(&terminal, &["m.so", "--trust", "--invoke", "add_one", "41"]).prints("42\n");

    let told = terminal.run(&["inspect", "m.so", "--json"]).json();
    let bytes = fs::read(terminal.folder().join("m.so")).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    let text = file.section_by_name(".text").unwrap().size();
    let sections = told["passport"]["sections"].as_array().unwrap();
    let told = sections.iter().find(|section| section["name"] == ".text").unwrap();
    assert_eq!(told["size"], text, "{sections:?}");
}

#[test]
fn code_of_another_cpu_is_told_by_itself_and_refused() {
    for (triple, cpu) in
        [("aarch64-unknown-linux-gnu", "aarch64"), ("riscv64gc-unknown-linux-gnu", "riscv64gc")]
    {
        let terminal = Terminal::new();
        wasmers(&terminal, "m.wasmu", &["--target", triple]);
        let line = ["run", "m.wasmu", "--trust", "--invoke", "add_one", "41"];
        terminal.run(&line).fails(1, &[cpu, "this machine is"]);
        let told = terminal.run(&["inspect", "m.wasmu", "--json"]).json();
        let told = told["passport"]["triple"].as_str().unwrap();
        assert!(told.starts_with(cpu), "{told}");
    }
}

#[test]
fn a_sealed_file_of_another_workshop_is_asked_about_first() {
    for engine in Engine::ALL {
        let (presenter, pupil) = (Terminal::new(), Terminal::new());
        presenter.file("m.wat", MODULE);
        let made =
            presenter.run(&["compile", "m.wat", "--engine", engine.as_str(), "-o", "m.wshop"]);
        assert_eq!(made.status, Some(0), "{made:?}");
        let line = ["run", "m.wshop", "--invoke", "add_one", "41"];
        presenter.run(&line).prints("42\n");

        fs::copy(presenter.folder().join("m.wshop"), pupil.folder().join("m.wshop")).unwrap();
        let refused = pupil.run(&[&line[..], &["--json"]].concat());
        assert_eq!(refused.json()["error"]["code"], "untrusted_artifact", "{refused:?}");
        pupil.run(&[&line[..], &["--trust"]].concat()).prints("42\n");
    }
}

#[test]
fn damaged_files_of_wasmers_own_are_errors_and_nothing_else() {
    let terminal = Terminal::new();
    for engine in Engine::ALL {
        wasmers(&terminal, "m.wasmu", &["--engine", engine.as_str()]);
        let bytes = fs::read(terminal.folder().join("m.wasmu")).unwrap();
        for length in [1, 16, 31, 64, bytes.len() / 2, bytes.len() - 1] {
            terminal.file("cut.wasmu", &bytes[..length]);
            let ended = terminal.run(&["run", "cut.wasmu", "--trust", "--invoke", "add_one", "41"]);
            assert_eq!((ended.status, ended.stdout.as_str()), (Some(1), ""), "{length}: {ended:?}");
            assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
        }
    }
}

/// A byte that was turned in machine code ended the runner by a signal, without a word of the file;
/// others printed a panic's text.
#[test]
fn damaged_code_that_was_trusted_is_one_line_that_names_the_file_as_the_cause() {
    let terminal = Terminal::new();
    wasmers(&terminal, "m.wasmu", &[]);
    let bytes = fs::read(terminal.folder().join("m.wasmu")).unwrap();
    let mut blamed = 0;
    for at in (0..bytes.len()).step_by(bytes.len() / 97) {
        let mut turned = bytes.clone();
        turned[at] ^= 0xff;
        terminal.file("turned.wasmu", &turned);
        let ended = terminal.run(&["run", "turned.wasmu", "--trust", "--invoke", "add_one", "41"]);
        for word in ["signal", "panicked", "press Run", ".rs"] {
            assert!(!ended.stderr.contains(word), "byte {at}: {ended:?}");
        }
        assert!(ended.stderr.lines().count() <= 1, "byte {at}: {ended:?}");
        blamed += usize::from(ended.stderr.contains("The machine code of this file"));
    }
    assert!(blamed > 0, "no byte that was turned ended a runner");
}

#[test]
fn what_is_no_artifact_file_at_all_is_told_so() {
    let terminal = Terminal::new();
    let sparse = File::create(terminal.folder().join("sparse.wshop")).unwrap();
    sparse.set_len(4 << 30).unwrap();
    fs::create_dir(terminal.folder().join("folder.wshop")).unwrap();
    terminal.file("empty.wshop", b"");
    {
        let (a, b) = (terminal.folder().join("a.wshop"), terminal.folder().join("b.wshop"));
        std::os::unix::fs::symlink(&a, &b).unwrap();
        std::os::unix::fs::symlink(&b, &a).unwrap();
    }
    for (file, word) in [
        ("sparse.wshop", "100 MiB"),
        ("folder.wshop", "folder"),
        ("empty.wshop", "nothing"),
        ("a.wshop", "symbolic links"),
    ] {
        terminal.run(&["run", file]).fails(1, &[word]);
    }
    for file in ["sparse.wshop", "empty.wshop", "folder.wshop", "a.wshop"] {
        let ended = runner(&terminal, &[file, "--json"]);
        let code = ended.json()["error"]["code"].as_str().unwrap().to_owned();
        assert!(["artifact_damaged", "file"].contains(&code.as_str()), "{file}: {ended:?}");
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_an_error_and_no_cache_still_runs() {
    let terminal = Terminal::new();
    terminal.file("m.wat", MODULE);
    let add_one = ["run", "m.wat", "--invoke", "add_one", "41"];
    terminal.run(&add_one).prints("42\n");
    // The folder has a mount namespace of its own, since root may write to a folder that is only
    // read-only by its mode.
    let read_only = |arguments: &[&str]| {
        let script = r#"mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@""#;
        let mut command = Command::new("unshare");
        command.args(["--mount", "--map-root-user", "sh", "-c", script]).arg(terminal.data());
        command.arg(watshop_tests::programs().join("watshop")).args(arguments);
        Ended::from(
            command
                .current_dir(terminal.folder())
                .env("WATSHOP_DATA_DIR", terminal.data())
                .output()
                .unwrap(),
        )
    };
    let hit = read_only(&add_one);
    if hit.stderr.contains("unshare") || hit.stderr.contains("mount:") {
        println!(
            "not tested: a read-only data folder, since this system gives no mount namespace: {hit:?}"
        );
        return;
    }
    hit.prints("42\n");
    let other = ["run", "m.wat", "--invoke", "add_one", "41", "--compiler", "singlepass"];
    read_only(&[&other[..], &["--json"]].concat()).fails(1, &["artifacts"]);
    read_only(&[&other[..], &["--no-cache"]].concat()).prints("42\n");
}

/// Starts for the first time on a disk with only so many KiB of space.
fn first_start_on_a_disk_of(kib: u32) -> Option<(Ended, Terminal)> {
    let terminal = Terminal::new();
    fs::create_dir(terminal.data()).unwrap();
    let script =
        r#"mount -t tmpfs -o size="$1"k none "$0" || exit 99; shift; exec timeout 20 "$@""#;
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", script]).arg(terminal.data());
    command
        .arg(kib.to_string())
        .arg(watshop_tests::programs().join("watshop"))
        .args(["serve", "--no-open"]);
    let ended = command
        .current_dir(terminal.folder())
        .env("WATSHOP_DATA_DIR", terminal.data())
        .output()
        .unwrap();
    let ended = Ended::from(ended);
    let none = ended.status == Some(99) || ended.stderr.contains("unshare");
    (!none).then_some((ended, terminal))
}

#[test]
fn a_first_start_without_space_says_so_and_how_much_is_needed() {
    for kib in [4, 16, 40] {
        let Some((ended, terminal)) = first_start_on_a_disk_of(kib) else {
            println!("not tested: a full disk, since this system gives no mount namespace");
            return;
        };
        let folder = terminal.data();
        ended.fails(1, &["no space left", folder.to_str().unwrap(), "needs 512 KiB"]);
        assert!(!ended.stderr.contains("I/O error"), "{ended:?}");
    }
}
