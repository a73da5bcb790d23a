//! Tests of the sandbox: the limits of an artifact with any machine code.

use std::process::Command;

use watshop_protocol::page::{Engine, ErrorCode};

use crate::process::{Runner, runner_program};
use crate::rogue;

const EPERM: i64 = -1;
const EACCES: i64 = -13;

/// The numbers of system calls on x86-64.
const OPEN: i64 = 2;
const GETPID: i64 = 39;
const SOCKET: i64 = 41;
const CLONE: i64 = 56;
const FORK: i64 = 57;
const VFORK: i64 = 58;
const EXECVE: i64 = 59;
const KILL: i64 = 62;
const PTRACE: i64 = 101;
const MOUNT: i64 = 165;
const TGKILL: i64 = 234;
const UNSHARE: i64 = 272;
const PROCESS_VM_READV: i64 = 310;
const EXECVEAT: i64 = 322;
const CLONE3: i64 = 435;

/// A runner whose guest makes any system call.
struct Rogue {
    runner: Runner,
}

impl Rogue {
    fn start() -> Self {
        let mut runner = Runner::start();
        let artifact = rogue::artifact(&runner);
        runner.load(&artifact).unwrap();
        runner.instantiate().unwrap();
        Self { runner }
    }

    /// Makes a system call in the runner.
    fn system(&mut self, number: i64, arguments: &[i64]) -> i64 {
        let mut texts: Vec<_> = [number].iter().chain(arguments).map(i64::to_string).collect();
        texts.resize(5, "0".to_owned());
        let texts: Vec<_> = texts.iter().map(String::as_str).collect();
        self.runner.call("system", &texts)[0].parse().unwrap()
    }

    /// The address of a path in the runner's memory.
    fn path(&mut self, path: &str) -> i64 {
        let offset = rogue::offset(path).to_string();
        self.runner.call("path", &[&offset])[0].parse().unwrap()
    }

    /// True if a layer is active. If it is not, the test prints that and skips its checks.
    fn has(&self, layer: &str) -> bool {
        let layer =
            self.runner.sandbox.iter().find(|l| l.name == layer).expect("every layer is told of");
        if let Some(why) = &layer.why_not {
            eprintln!("not tried: the layer {} is missing here: {why}", layer.name);
        }
        layer.active
    }

    /// The runner still works with the same instance.
    fn goes_on(&mut self) {
        assert_eq!(self.runner.call("answer", &[]), ["42"]);
        assert!(self.runner.child.try_wait().unwrap().is_none());
    }
}

#[test]
fn the_code_of_these_tests_really_makes_system_calls() {
    let mut rogue = Rogue::start();
    assert_eq!(rogue.system(GETPID, &[]), i64::from(rogue.runner.child.id()));
    rogue.goes_on();
}

#[test]
fn an_artifact_cannot_start_programs_or_processes() {
    let mut rogue = Rogue::start();
    if !rogue.has("seccomp") {
        return;
    }
    let program = rogue.path("/bin/true");
    assert_eq!(rogue.system(EXECVE, &[program]), EPERM);
    assert_eq!(rogue.system(EXECVEAT, &[-100, program]), EPERM);
    for call in [FORK, VFORK] {
        assert_eq!(rogue.system(call, &[]), EPERM);
    }
    let sigchld = 17;
    assert_eq!(rogue.system(CLONE, &[sigchld]), EPERM);
    // A filter cannot read its arguments, so it answers as if the call did not exist.
    let enosys = -38;
    assert_eq!(rogue.system(CLONE3, &[]), enosys);
    assert_eq!(rogue.system(UNSHARE, &[0x1000_0000]), EPERM);
    rogue.goes_on();
}

#[test]
fn an_artifact_cannot_open_a_file_that_is_not_its_own() {
    let mut rogue = Rogue::start();
    let passwd = rogue.path("/etc/passwd");
    if rogue.has("landlock_files") {
        assert_eq!(rogue.system(rogue::OPENAT, &[-100, passwd, 0]), EACCES);
        assert_eq!(rogue.runner.call("read_passwd", &[]), [EACCES.to_string()]);
    }
    if rogue.has("seccomp") {
        assert_eq!(rogue.system(OPEN, &[passwd, 0]), EPERM);
        let write_only = 1;
        assert_eq!(rogue.system(rogue::OPENAT, &[-100, passwd, write_only]), EPERM);
    }
    rogue.goes_on();
}

#[test]
fn an_artifact_cannot_reach_the_network() {
    let mut rogue = Rogue::start();
    if !rogue.has("seccomp") {
        return;
    }
    // The families are local, IPv4, IPv6 and netlink.
    for family in [1, 2, 10, 16] {
        for kind in [1, 2, 3] {
            assert_eq!(rogue.system(SOCKET, &[family, kind, 0]), EPERM);
        }
    }
    rogue.goes_on();
}

#[test]
fn an_artifact_cannot_send_signals_to_other_processes() {
    let mut rogue = Rogue::start();
    if !rogue.has("seccomp") {
        return;
    }
    let parent = i64::from(std::process::id());
    // Signal 0 only checks the right to send one, and it is the same right.
    let nothing = 0;
    assert_eq!(rogue.system(KILL, &[parent, nothing]), EPERM);
    assert_eq!(rogue.system(TGKILL, &[parent, parent, nothing]), EPERM);
    assert_eq!(rogue.system(KILL, &[-1, nothing]), EPERM);
    // A signal to its own threads is allowed, because a guest is interrupted by it.
    let own = i64::from(rogue.runner.child.id());
    assert_eq!(rogue.system(TGKILL, &[own, own, nothing]), 0);
    rogue.goes_on();
}

#[test]
fn an_artifact_cannot_look_into_other_processes_or_mount_anything() {
    let mut rogue = Rogue::start();
    if !rogue.has("seccomp") {
        return;
    }
    let parent = i64::from(std::process::id());
    let attach = 16;
    assert_eq!(rogue.system(PTRACE, &[attach, parent]), EPERM);
    assert_eq!(rogue.system(PROCESS_VM_READV, &[parent]), EPERM);
    assert_eq!(rogue.system(MOUNT, &[]), EPERM);
    rogue.goes_on();
}

#[test]
fn a_runner_loads_nothing_from_outside_of_the_folders_that_were_named() {
    let mut runner = Runner::start();
    let inside = rogue::artifact(&runner);
    let elsewhere = tempfile::tempdir().unwrap();
    let outside = elsewhere.path().join("outside.wshop");
    std::fs::copy(&inside, &outside).unwrap();
    let refused = runner.load(&outside);
    match runner.sandbox.iter().find(|layer| layer.name == "landlock_files") {
        Some(layer) if !layer.active => {
            eprintln!("not tried: {} is missing here: {layer:?}", layer.name);
        }
        _ => assert_eq!(refused.unwrap_err().code, ErrorCode::File),
    }
    runner.load(&inside).unwrap();
}

#[test]
fn every_layer_is_told_of_and_the_missing_ones_say_why() {
    let runner = Runner::with("(module)", Engine::Jit);
    let names: Vec<_> = runner.sandbox.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "process_group",
            "death_signal",
            "no_core_dumps",
            "resource_limits",
            "no_new_privs",
            "landlock_files",
            "landlock_network",
            "landlock_signals",
            "seccomp",
        ]
    );
    for layer in &runner.sandbox {
        assert_eq!(layer.active, layer.why_not.is_none(), "{layer:?}");
    }
    // Every Linux has these.
    for always in ["process_group", "no_core_dumps", "resource_limits", "no_new_privs"] {
        assert!(
            runner.sandbox.iter().any(|layer| layer.name == always && layer.active),
            "{always}"
        );
    }
}

#[test]
fn the_layers_can_be_printed() {
    let runner = Runner::start();
    let printed = Command::new(runner_program()).arg("--sandbox").output().unwrap();
    assert!(printed.status.success());
    let text = String::from_utf8(printed.stdout).unwrap();
    for layer in &runner.sandbox {
        assert!(
            text.lines().any(|line| line.starts_with(&layer.name)),
            "{} is not in {text}",
            layer.name
        );
    }
}
