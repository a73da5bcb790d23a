//! Any process may die at any moment: the others go on, and nothing else is lost.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use watshop_tests::{modules, terminal::Terminal};

/// Returns the child of a process whose executable has this name.
fn child_of(parent: u32, name: &str) -> Option<i32> {
    fs::read_dir("/proc").unwrap().flatten().find_map(|entry| {
        let process: i32 = entry.file_name().to_str()?.parse().ok()?;
        let status = fs::read_to_string(entry.path().join("stat")).ok()?;
        let fields: Vec<_> = status.rsplit_once(')')?.1.split_whitespace().collect();
        let executable = fs::read_link(entry.path().join("exe")).ok()?;
        let mine = fields.get(1)?.parse::<u32>().ok()? == parent && executable.file_name()? == name;
        mine.then_some(process)
    })
}

/// Waits until a process of that name exists, by polling, because the kernel offers nothing to wait
/// on.
fn wait_for_child(parent: &Child, name: &str) -> i32 {
    let began = Instant::now();
    loop {
        if let Some(process) = child_of(parent.id(), name) {
            return process;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "{name} did not start");
        std::thread::yield_now();
    }
}

#[expect(unsafe_code, reason = "a signal is sent")]
fn kill(process: i32) {
    // SAFETY: a signal to a process that is a child of our own child.
    unsafe { libc::kill(process, libc::SIGKILL) };
}

#[test]
fn a_compiler_killed_in_the_middle_is_an_error_and_the_next_run_works() {
    let terminal = Terminal::new();
    let qjs = modules::qjs();
    let run = ["run", qjs.to_str().unwrap(), "--no-cache", "--", "-e", "console.log(6*7)"];
    let child = terminal.command(&run).spawn().unwrap();
    kill(wait_for_child(&child, "watshop-compiler-cranelift"));
    let ended = watshop_tests::terminal::Ended::from(child.wait_with_output().unwrap());
    ended.fails(1, &["compiler"]);
    terminal.run(&run).prints("42\n");
}

#[test]
fn a_runner_killed_in_the_middle_of_a_call_is_an_error() {
    let terminal = Terminal::new();
    // The guest writes a byte, so that the test knows when it is running.
    let file = terminal.file(
        "spin.wat",
        r#"(module
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "_start")
                (i32.store (i32.const 4) (i32.const 1))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                (loop $forever (br $forever))))"#,
    );
    let mut child = terminal.command(&["run", file.to_str().unwrap()]).spawn().unwrap();
    child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    kill(wait_for_child(&child, "watshop-runner"));
    let ended = watshop_tests::terminal::Ended::from(child.wait_with_output().unwrap());
    ended.fails(1, &["runner"]);
}

#[test]
fn a_shell_that_is_killed_takes_its_processes_with_it() {
    let terminal = Terminal::new();
    let file = terminal.file("spin.wat", r#"(module (func (export "spin") (loop $l (br $l))))"#);
    let mut child =
        terminal.command(&["run", file.to_str().unwrap(), "--invoke", "spin"]).spawn().unwrap();
    let runner = wait_for_child(&child, "watshop-runner");
    child.kill().unwrap();
    child.wait().unwrap();
    let began = Instant::now();
    while Path::new(&format!("/proc/{runner}")).exists() {
        assert!(began.elapsed() < Duration::from_secs(10), "the runner outlived its shell");
        std::thread::yield_now();
    }
}

/// Each of them left a temporary folder behind for ever.
#[test]
fn the_temporary_folders_of_killed_workbenches_are_removed_at_the_next_start() {
    let terminal = Terminal::new();
    let temporary = terminal.folder().join("temporary");
    fs::create_dir(&temporary).unwrap();
    let file = terminal.file("spin.wat", r#"(module (func (export "spin") (loop $l (br $l))))"#);
    let names = || {
        fs::read_dir(&temporary)
            .unwrap()
            .flatten()
            .map(|entry| entry.file_name())
            .collect::<Vec<_>>()
    };
    let run = ["run", file.to_str().unwrap(), "--no-cache", "--invoke", "spin"];
    for _ in 0..5 {
        let mut child = terminal.command(&run).env("TMPDIR", &temporary).spawn().unwrap();
        wait_for_child(&child, "watshop-compiler-cranelift");
        child.kill().unwrap();
        child.wait().unwrap();
    }
    fs::create_dir(temporary.join("watshop-of-somebody-else")).unwrap();
    let mut other = terminal.command(&run).env("TMPDIR", &temporary).spawn().unwrap();
    wait_for_child(&other, "watshop-compiler-cranelift");
    // It removes them while it compiles.
    let began = Instant::now();
    while names().len() > 2 {
        assert!(began.elapsed() < Duration::from_secs(10), "folders stay: {:?}", names());
        std::thread::yield_now();
    }
    let good = terminal.file("good.wat", r#"(module (func (export "good")))"#);
    let mut command =
        terminal.command(&["run", good.to_str().unwrap(), "--no-cache", "--invoke", "good"]);
    let ended =
        watshop_tests::terminal::Ended::from(command.env("TMPDIR", &temporary).output().unwrap());
    assert_eq!(ended.status, Some(0), "{ended:?}");
    let left = names();
    other.kill().unwrap();
    other.wait().unwrap();
    assert_eq!(left.len(), 2, "one is alive, and one is somebody else's: {left:?}");
}

/// Makes a control group with so much memory, if this system has them and we may.
fn group(bytes: u64) -> Option<std::path::PathBuf> {
    let own = fs::read_to_string("/proc/self/cgroup").ok()?;
    let [old, new] = ["memory:/", "0::/"]
        .map(|kind| own.lines().find_map(|line| Some(line.split_once(kind)?.1.to_owned())));
    let old = old.map(|name| ("/sys/fs/cgroup/memory/".to_owned() + &name, "limit_in_bytes"));
    let new = new.map(|name| ("/sys/fs/cgroup/".to_owned() + &name, "max"));
    let (folder, limit) =
        [old, new].into_iter().flatten().find(|(folder, _)| Path::new(folder).is_dir())?;
    let group = Path::new(&folder).join(format!("watshop-test-{}", std::process::id()));
    fs::create_dir(&group).ok()?;
    fs::write(group.join(format!("memory.{limit}")), bytes.to_string()).ok().or_else(|| {
        fs::remove_dir(&group).ok();
        None
    })?;
    Some(group)
}

#[test]
fn a_runner_that_the_system_ends_for_want_of_memory_says_so_and_how_much_it_had() {
    let Some(group) = group(400 << 20) else {
        println!("not tested: a want of memory, since this system gives no control group");
        return;
    };
    let terminal = Terminal::new();
    let file = terminal.file(
        "fill.wat",
        r#"(module (memory 16384) (func (export "fill") (local $i i32)
            (loop $l (i32.store (local.get $i) (i32.const 1))
                (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4096)))
                    (i32.const 0x3fff0000))))))"#,
    );
    let run = terminal.command(&["run", file.to_str().unwrap(), "--invoke", "fill"]);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", r#"echo $$ > "$0/cgroup.procs" && exec "$@""#]).arg(&group);
    command.arg(run.get_program()).args(run.get_args());
    command.envs(run.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let ended = watshop_tests::terminal::Ended::from(command.output().unwrap());
    fs::remove_dir(&group).unwrap();
    ended.fails(1, &["because memory ran out", "MiB a moment before", "limit of all memories"]);
}
