//! Folders of the host, and standard input, for a WASI program that runs alone in the sandbox.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use watshop_protocol::page::{Compiler, Engine};

use crate::process::{compile, runner_program};

/// Copies standard input into `copy` in its first folder, reads that file again, writes it to
/// standard output, and ends with the first error number that is not 0.
const COPIES: &str = r#"(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_pread" (func $pread (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_rename" (func $rename (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "copy") (data (i32.const 110) "made")
  (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0)))))
  (func $piece (param $length i32)
    (i32.store (i32.const 0) (i32.const 1024)) (i32.store (i32.const 4) (local.get $length)))
  (func (export "_start") (local $fd i32)
    ;; Create and truncate, to read, seek and write.
    (call $check (call $open (i32.const 3) (i32.const 0) (i32.const 110) (i32.const 4)
      (i32.const 9) (i64.const 0x46) (i64.const 0) (i32.const 0) (i32.const 8)))
    (local.set $fd (i32.load (i32.const 8)))
    (block $end
      (loop $more
        (call $piece (i32.const 60000))
        (call $check (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
        (br_if $end (i32.eqz (i32.load (i32.const 8))))
        (call $piece (i32.load (i32.const 8)))
        (call $check (call $write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8)))
        (br $more)))
    (call $check (call $rename (i32.const 3) (i32.const 110) (i32.const 4)
      (i32.const 3) (i32.const 100) (i32.const 4)))
    (call $piece (i32.const 60000))
    (call $check (call $pread (local.get $fd) (i32.const 0) (i32.const 1) (i64.const 0) (i32.const 8)))
    (call $piece (i32.load (i32.const 8)))
    (call $check (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))"#;

/// Opens a path in its first folder for reading, with links followed, and ends with the number.
fn opens(path: &str) -> String {
    format!(
        r#"(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1) (data (i32.const 100) "{path}")
  (func (export "_start") (call $exit (call $open (i32.const 3) (i32.const 1) (i32.const 100)
    (i32.const {}) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 8)))))"#,
        path.len()
    )
}

/// A program, and a folder that has a secret beside it.
struct House {
    folder: TempDir,
}

impl House {
    fn new(text: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("own")).unwrap();
        fs::write(folder.path().join("secret"), "secret").unwrap();
        let wasm = wat::parse_str(text).expect("the test's module is right");
        let sealed = folder.path().join("program.wshop");
        compile(Compiler::Cranelift, Engine::Jit, Default::default(), &wasm, &sealed);
        Self { folder }
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = Command::new(runner_program());
        command.current_dir(self.folder.path()).arg("program.wshop").args(arguments);
        let streams = [Stdio::piped(), Stdio::piped()];
        let [stdout, stderr] = streams;
        let mut child =
            command.stdin(Stdio::piped()).stdout(stdout).stderr(stderr).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let input = input.to_vec();
        // One that reads nothing closes the pipe.
        let writer = std::thread::spawn(move || drop(pipe.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        output
    }
}

#[test]
fn a_program_reads_its_input_and_writes_into_its_folder() {
    let house = House::new(COPIES);
    for input in [b"".to_vec(), b"hello\0\xff".to_vec(), vec![b'x'; 200_000]] {
        let ended = house.run(&["--dir", "own"], &input);
        assert_eq!(ended.status.code(), Some(0), "{ended:?}");
        assert_eq!(fs::read(house.folder.path().join("own/copy")).unwrap(), input);
        assert_eq!(ended.stdout, input[..input.len().min(60_000)]);
        assert!(!house.folder.path().join("own/made").exists());
    }
}

#[test]
fn a_program_changes_nothing_in_a_folder_that_is_read_only() {
    let house = House::new(COPIES);
    let ended = house.run(&["--dir-read-only", "own::/data"], b"hello");
    assert_eq!(ended.status.code(), Some(69), "ROFS: {ended:?}");
    assert_eq!(fs::read_dir(house.folder.path().join("own")).unwrap().count(), 0);
}

#[test]
fn a_program_opens_what_is_in_its_folder_and_nothing_beside_it() {
    for (path, ended) in
        [("file", 0), ("../secret", 63), ("link", 63), ("/etc/passwd", 63), ("none", 44), (".", 0)]
    {
        let house = House::new(&opens(path));
        let own = house.folder.path().join("own");
        fs::write(own.join("file"), "x").unwrap();
        std::os::unix::fs::symlink("../secret", own.join("link")).unwrap();
        for option in ["--dir", "--dir-read-only"] {
            let status = house.run(&[option, "own"], b"").status.code();
            assert_eq!(status, Some(ended), "{path} {option}");
        }
        assert_eq!(house.run(&[], b"").status.code(), Some(8), "without a folder there is none");
    }
}

#[test]
fn a_folder_that_is_not_there_is_told_before_anything_runs() {
    let house = House::new(COPIES);
    for (name, why) in [("none", "cannot be opened"), ("secret", "is not a folder")] {
        let ended = house.run(&["--dir", name], b"");
        assert_eq!(ended.status.code(), Some(1));
        let told = String::from_utf8(ended.stderr).unwrap();
        assert!(told.contains(name) && told.contains(why), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn a_program_that_runs_alone_has_a_current_directory_and_its_calls_are_told() {
    let house = House::new(&COPIES.replace("(i32.const 3)", "(i32.const 4)"));
    fs::create_dir(house.folder.path().join("own/sub")).unwrap();
    let options = ["--dir", "own::/data", "--cwd", "/data/sub", "--trace-wasi"];
    let ended = house.run(&options, b"hello");
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    assert_eq!(fs::read(house.folder.path().join("own/sub/copy")).unwrap(), b"hello");
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(told.contains("path_open(fd=4 (\".\")"), "{told}");
    assert!(
        told.contains(
            "fd_read(fd=0 (stdin), iovs=1 at 0x0 with 60000 bytes) = SUCCESS, read=5 \"hello\""
        ),
        "{told}"
    );
    let ended = house.run(&["--dir", "own::/data", "--cwd", "/other"], b"");
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8(ended.stderr).unwrap().contains("in none of the program's folders"));
}
