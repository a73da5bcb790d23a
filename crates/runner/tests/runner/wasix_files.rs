//! Files of a program of WASIX that runs alone: it has the folders that it was given, each as far as
//! it was allowed.

use std::fs;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use watshop_protocol::page::{Compiler, Engine};

use crate::process::{compile, wasix_program};

/// Writes into `/data/made`, gives it the name `/data/copy`, reads it again, writes that to standard
/// output, and ends with the first error number that is not 0.
const COPIES: &str = r#"(module
  (import "wasix_32v1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasix_32v1" "fd_pread" (func $pread (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasix_32v1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasix_32v1" "path_rename" (func $rename (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasix_32v1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "/data/copy") (data (i32.const 120) "/data/made") (data (i32.const 140) "hello")
  (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0)))))
  (func $piece (param $at i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $at)) (i32.store (i32.const 4) (local.get $length)))
  (func (export "_start") (local $fd i32)
    ;; Create and truncate, to read, seek and write.
    (call $check (call $open (i32.const 3) (i32.const 0) (i32.const 120) (i32.const 10)
      (i32.const 9) (i64.const 0x46) (i64.const 0) (i32.const 0) (i32.const 8)))
    (local.set $fd (i32.load (i32.const 8)))
    (call $piece (i32.const 140) (i32.const 5))
    (call $check (call $write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8)))
    (call $check (call $rename (i32.const 3) (i32.const 120) (i32.const 10)
      (i32.const 3) (i32.const 100) (i32.const 10)))
    (call $piece (i32.const 1024) (i32.const 60))
    (call $check (call $pread (local.get $fd) (i32.const 0) (i32.const 1) (i64.const 0) (i32.const 8)))
    (call $piece (i32.const 1024) (i32.load (i32.const 8)))
    (call $check (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))"#;

/// Opens a path for reading, with links followed, and ends with the number.
fn opens(path: &str) -> String {
    format!(
        r#"(module
  (import "wasix_32v1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasix_32v1" "proc_exit" (func $exit (param i32)))
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

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(wasix_program());
        command.current_dir(self.folder.path()).arg("program.wshop").args(arguments);
        command.stdin(Stdio::null()).output().unwrap()
    }
}

#[test]
fn a_program_writes_renames_and_reads_in_its_folder() {
    let house = House::new(COPIES);
    let ended = house.run(&["--dir", "own::/data"]);
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    assert_eq!(ended.stdout, b"hello");
    assert_eq!(fs::read(house.folder.path().join("own/copy")).unwrap(), b"hello");
    assert!(!house.folder.path().join("own/made").exists());
}

#[test]
fn a_program_changes_nothing_in_a_folder_that_is_read_only_or_not_there() {
    let house = House::new(COPIES);
    for options in [&["--dir-read-only", "own::/data"][..], &[]] {
        let ended = house.run(options);
        assert!(ended.status.code().is_some_and(|status| status > 1), "{ended:?}");
        assert_eq!(fs::read_dir(house.folder.path().join("own")).unwrap().count(), 0);
    }
}

#[test]
fn a_program_opens_what_is_in_its_folder_and_nothing_beside_it() {
    for (path, opened) in [
        ("/data/file", true),
        ("/data/../secret", false),
        ("/data/link", false),
        ("/etc/passwd", false),
        ("/data/none", false),
    ] {
        let house = House::new(&opens(path));
        let own = house.folder.path().join("own");
        fs::write(own.join("file"), "x").unwrap();
        std::os::unix::fs::symlink("../secret", own.join("link")).unwrap();
        for option in ["--dir", "--dir-read-only"] {
            let ended = house.run(&[option, "own::/data"]);
            assert_eq!(ended.status.success(), opened, "{path} {option}: {ended:?}");
        }
    }
}

#[test]
fn relative_paths_begin_in_the_current_directory_which_must_be_in_a_folder() {
    let house = House::new(&opens("./file").replace("(i32.const 3)", "(i32.const 4)"));
    fs::write(house.folder.path().join("own/file"), "x").unwrap();
    let ended = house.run(&["--dir", "own::/data", "--cwd", "/data"]);
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    let ended = house.run(&["--dir", "own::/data", "--cwd", "/other"]);
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8(ended.stderr).unwrap().contains("in none of the program's folders"));
}
