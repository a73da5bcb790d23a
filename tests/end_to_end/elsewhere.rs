//! Artifacts for other CPUs, compiled here and run in headless runners of those CPUs, under qemu.

use std::path::{Path, PathBuf};
use std::process::Command;

use watshop_tests::terminal::{Ended, Terminal};

const MODULE: &str = r#"(module
    (memory (export "memory") 1)
    (func (export "add_one") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
    (func $fib (export "fib") (param $n i32) (result i32)
        (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
            (then (local.get $n))
            (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1)))
                           (call $fib (i32.sub (local.get $n) (i32.const 2)))))))
    (func (export "kept") (param $value i64) (result i64)
        (i64.store (i32.const 65528) (local.get $value))
        (i64.load (i32.const 65528)))
    (func (export "divide") (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
    (func (export "outside") (result i32) (i32.load (i32.const 65533)))
    (func $deep (export "deep") (param i32) (result i32)
        (i32.add (call $deep (i32.add (local.get 0) (i32.const 1))) (i32.const 1))))"#;

const HELLO: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 16) "hello from elsewhere\n")
    (func (export "_start")
        (i32.store (i32.const 0) (i32.const 16))
        (i32.store (i32.const 4) (i32.const 21))
        (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))"#;

/// Functions that the host provides: JavaScript, a value, and a line of text.
const HOST: &str = r#"(module
    (import "env" "next" (func $next (param i32) (result i32)))
    (import "env" "hundred" (func $hundred (result i64)))
    (import "env" "say" (func $say (param i32)))
    (func (export "f") (param i32) (result i32)
        (local.set 0 (call $next (local.get 0)))
        (call $say (local.get 0))
        (i32.add (call $next (local.get 0)) (i32.wrap_i64 (call $hundred)))))"#;

const GIVEN: &str = r#"{"schema": 1, "provisions": [
    {"module": "env", "name": "next", "provider": {"provide": "javascript", "source": "x => x + 1"}},
    {"module": "env", "name": "hundred", "provider": {"provide": "value", "results": ["100"]}},
    {"module": "env", "name": "say", "provider": {"provide": "log", "template": "{0} was given\\n"}}]}"#;

/// Another CPU: its runner, and the emulator for its programs.
struct Elsewhere {
    triple: &'static str,
    qemu: &'static str,
    libraries: &'static str,
    runner: PathBuf,
}

const MACHINES: [(&str, &str, &str); 2] = [
    ("aarch64-unknown-linux-gnu", "/usr/bin/qemu-aarch64", "/usr/aarch64-linux-gnu"),
    ("riscv64gc-unknown-linux-gnu", "/usr/bin/qemu-riscv64", "/usr/riscv64-linux-gnu"),
];

/// Returns the machines whose runner is there, and prints that the others are not tested.
fn machines() -> Vec<Elsewhere> {
    let machines = MACHINES.map(|(triple, qemu, libraries)| {
        let runner =
            watshop_tests::programs().join("../runners").join(triple).join("watshop-runner");
        Elsewhere { triple, qemu, libraries, runner }
    });
    machines.into_iter().filter(|machine| machine.is_ready()).collect()
}

impl Elsewhere {
    /// Returns false for a runner of another form of artifacts, which cannot test this one.
    fn is_ready(&self) -> bool {
        let version =
            |command: &mut Command| Ended::from(command.arg("--version").output().unwrap()).stdout;
        let why = if !self.runner.is_file() || !Path::new(self.qemu).is_file() {
            "no runner or no qemu is here"
        } else if version(&mut self.command(&self.runner))
            != version(&mut Command::new(watshop_tests::programs().join("watshop-runner")))
        {
            "its runner is of another build"
        } else {
            return true;
        };
        println!("not tested: {}, {why} (npm run build -- --runners)", self.triple);
        false
    }

    fn command(&self, runner: &Path) -> Command {
        let mut command = Command::new(self.qemu);
        command.args(["-L", self.libraries]).arg(runner);
        command
    }

    fn run(&self, terminal: &Terminal, arguments: &[&str]) -> Ended {
        self.start(&self.runner, terminal.folder(), arguments)
    }

    fn start(&self, runner: &Path, folder: &Path, arguments: &[&str]) -> Ended {
        Ended::from(self.command(runner).args(arguments).current_dir(folder).output().unwrap())
    }

    fn compilers(&self) -> impl Iterator<Item = &'static str> {
        ["singlepass", "cranelift", "llvm"]
            .into_iter()
            .filter(|name| *name != "llvm" || watshop_tests::has_llvm())
    }

    fn compile(&self, terminal: &Terminal, compiler: &str, file: &str, more: &[&str]) {
        let line =
            [&["compile", file, "--target", self.triple, "--compiler", compiler], more].concat();
        let made = terminal.run(&line);
        assert_eq!(made.status, Some(0), "{} {compiler}: {made:?}", self.triple);
    }
}

#[test]
fn code_for_another_cpu_gives_the_same_results_there_and_its_traps_are_clean() {
    for machine in machines() {
        for compiler in machine.compilers() {
            let terminal = Terminal::new();
            terminal.file("m.wat", MODULE);
            machine.compile(&terminal, compiler, "m.wat", &["-o", "m.wshop"]);
            let call =
                |line: &[&str]| machine.run(&terminal, &[&["m.wshop", "--invoke"], line].concat());
            call(&["add_one", "41"]).prints("42\n");
            call(&["fib", "30"]).prints("832040\n");
            call(&["kept", "-1234567890123456789"]).prints("-1234567890123456789\n");
            call(&["divide", "0"]).fails(1, &["divi"]);
            call(&["outside"]).fails(1, &["past the end"]);
            call(&["deep", "0"]).fails(1, &["stack"]);
        }
    }
}

/// Instructions of floats, with their parameters and results.
const FLOATS: [(&str, &str, &str); 10] = [
    ("f64.add", "f64 f64", "f64"),
    ("f64.sub", "f64 f64", "f64"),
    ("f64.mul", "f64 f64", "f64"),
    ("f64.div", "f64 f64", "f64"),
    ("f64.min", "f64 f64", "f64"),
    ("f64.max", "f64 f64", "f64"),
    ("f64.lt", "f64 f64", "i32"),
    ("f64.sqrt", "f64", "f64"),
    ("f64.floor", "f64", "f64"),
    ("i64.trunc_sat_f64_s", "f64", "i64"),
];

/// Singlepass's code for x86-64 without AVX was wrong in nearly all of these. None gives a NaN,
/// whose sign depends on the CPU.
#[test]
fn floats_are_the_same_on_another_cpu() {
    let function = |(name, takes, gives): (&str, &str, &str)| {
        let get = if takes == "f64" { "(local.get 0)" } else { "(local.get 0) (local.get 1)" };
        format!("(func (export \"{name}\") (param {takes}) (result {gives}) ({name} {get}))")
    };
    let module = format!("(module {})", FLOATS.map(function).concat());
    let terminal = Terminal::new();
    terminal.file("m.wat", &module);
    let calls: Vec<_> = FLOATS
        .iter()
        .flat_map(|(name, takes, _)| {
            let numbers = [["7.5", "-2"], ["-0", "1e300"]];
            numbers
                .map(|numbers| [&["--invoke", name], &numbers[..takes.split(' ').count()]].concat())
        })
        .map(|call| {
            let here = terminal.run(&[&["run", "m.wat"], call.as_slice()].concat());
            assert_eq!(here.status, Some(0), "{here:?}");
            (call, here.stdout)
        })
        .collect();
    for machine in machines() {
        for compiler in machine.compilers() {
            machine.compile(&terminal, compiler, "m.wat", &["-o", "m.wshop"]);
            for (call, here) in &calls {
                machine.run(&terminal, &[&["m.wshop"], call.as_slice()].concat()).prints(here);
            }
        }
    }
}

#[test]
fn functions_of_the_host_are_called_from_another_cpu() {
    for machine in machines() {
        for compiler in machine.compilers() {
            let terminal = Terminal::new();
            terminal.file("m.wat", HOST);
            terminal.file("m.imports.json", GIVEN);
            machine.compile(&terminal, compiler, "m.wat", &["-o", "m.wshop"]);
            let line = ["m.wshop", "--imports", "m.imports.json", "--invoke", "f", "40"];
            machine.run(&terminal, &line).prints("41 was given\n142\n");
        }
    }
}

#[test]
fn a_wasi_program_writes_from_another_cpu() {
    for machine in machines() {
        for compiler in machine.compilers() {
            let terminal = Terminal::new();
            terminal.file("hello.wat", HELLO);
            machine.compile(&terminal, compiler, "hello.wat", &["-o", "hello.wshop"]);
            machine.run(&terminal, &["hello.wshop"]).prints("hello from elsewhere\n");
        }
    }
}

#[test]
fn code_for_this_cpu_is_refused_there() {
    for machine in machines() {
        let terminal = Terminal::new();
        terminal.file("m.wat", MODULE);
        assert_eq!(terminal.run(&["compile", "m.wat", "-o", "m.wshop"]).status, Some(0));
        machine
            .run(&terminal, &["m.wshop", "--invoke", "add_one", "41"])
            .fails(1, &["this machine is"]);
    }
}

#[test]
fn a_bundle_brings_the_runner_along() {
    for machine in machines() {
        let terminal = Terminal::new();
        terminal.file("m.wat", MODULE);
        machine.compile(
            &terminal,
            "cranelift",
            "m.wat",
            &["--format", "bundle", "-o", "m.tar.zst"],
        );
        let unpacked = Command::new("tar")
            .args(["--zstd", "-xf", "m.tar.zst"])
            .current_dir(terminal.folder())
            .status();
        assert!(unpacked.unwrap().success());
        machine.compile(&terminal, "cranelift", "m.wat", &["--format", "bundle", "-o", "folder"]);
        let same = Command::new("diff")
            .args(["-r", "m", "folder"])
            .current_dir(terminal.folder())
            .status();
        assert!(same.unwrap().success(), "the folder is not what the archive holds");
        let folder = terminal.folder().join("m");
        let checked = Command::new("sha256sum")
            .args(["-c", "SHA256SUMS"])
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(checked.status.success(), "{checked:?}");
        let readme = std::fs::read_to_string(folder.join("README.txt")).unwrap();
        assert!(readme.contains("./watshop-runner m.wshop --invoke"), "{readme}");
        let line = ["m.wshop", "--invoke", "add_one", "41"];
        machine.start(&folder.join("watshop-runner"), &folder, &line).prints("42\n");
    }
}
