//! `watshop run` of WASI programs that are faulty or end early.

use std::fs;

use watshop_tests::terminal::{Ended, Terminal};

use crate::combinations;

fn run(text: &str, arguments: &[&str]) -> Ended {
    let terminal = Terminal::new();
    let file = terminal.file("program.wat", text);
    terminal.run(&[&["run", file.to_str().unwrap()], arguments].concat())
}

#[test]
fn a_program_that_exits_in_its_start_function_ends_with_that_status() {
    for (compiler, engine) in combinations() {
        for status in [7, 0] {
            let text = format!(
                r#"(module
                  (import "wasi_unstable" "proc_exit" (func $exit (param i32)))
                  (import "wasi_unstable" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 0) "\08\00\00\00\03\00\00\00hi\0a")
                  (func $main
                    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 20)))
                    (call $exit (i32.const {status})))
                  (start $main)
                  (func (export "f")))"#
            );
            for invoke in [&[][..], &["--invoke", "f"]] {
                let chosen = ["--compiler", compiler.as_str(), "--engine", engine.as_str()];
                let ended = run(&text, &[&chosen, invoke].concat());
                assert_eq!(ended.status, Some(status), "{ended:?}");
                assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("hi\n", ""));
            }
        }
    }
}

/// The input waited for the program's call, and the call for the start function.
#[test]
fn a_start_function_reads_standard_input() {
    let terminal = Terminal::new();
    let text = r#"(module
        (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "\10\00\00\00\01\00\00\00")
        (func $main (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8))))
        (start $main)
        (func (export "first") (result i32) (i32.load8_u (i32.const 16))))"#;
    let file = terminal.file("reads.wat", text);
    let input = terminal.file("input", "A");
    let (file, input) = (file.to_str().unwrap(), input.to_str().unwrap());
    terminal.run(&["run", file, "--stdin", input, "--invoke", "first"]).prints("65\n");
}

#[test]
fn the_error_of_a_memory_that_is_not_exported_names_the_line_of_the_memory() {
    let text = r#"(module
  (import "wasi_snapshot_preview1" "fd_write" (func $w (param i32 i32 i32 i32) (result i32)))
  (memory 1)
  (data (i32.const 0) "\08\00\00\00\03\00\00\00hi\n")
  (func (export "_start") (drop (call $w (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 20)))))"#;
    let ended = run(text, &[]);
    assert_eq!(ended.status, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("program.wat:3:"), "{ended:?}");
    assert!(ended.stderr.contains("exports as `memory`"), "{ended:?}");
    assert_eq!(ended.stderr.lines().count(), 1);
}

#[test]
fn a_function_of_wasi_that_is_asked_for_with_another_type_is_told_with_both() {
    let text = r#"(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i64)))
  (memory (export "memory") 1)
  (func (export "_start") (call $exit (i64.const 3))))"#;
    let ended = run(text, &[]);
    assert_eq!(ended.status, Some(1));
    let words =
        "`proc_exit` of WASI is a function (i32), and the module asks for a function (i64).";
    assert!(ended.stderr.contains(words), "{ended:?}");
}

#[test]
fn a_start_with_parameters_is_told_what_a_start_is() {
    let text = r#"(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start") (param i32) (call $exit (local.get 0))))"#;
    for arguments in
        [&["--invoke", "_start", "--", "3"][..], &["--invoke", "_start", "3"], &["--", "3"], &[]]
    {
        let ended = run(text, arguments);
        assert_eq!(ended.status, Some(1), "{ended:?}");
        let words = "takes no parameters and returns nothing; this one is a function (i32)";
        assert!(ended.stderr.contains(words), "{ended:?}");
    }
}

/// Writes `hi` into `made` in its first folder, and ends with the first error number that is not 0.
const WRITES: &str = r#"(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\08\00\00\00\02\00\00\00himade")
  (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0)))))
  (func (export "_start")
    (call $check (call $open (i32.const 3) (i32.const 0) (i32.const 10) (i32.const 4)
      (i32.const 1) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 20)))
    (call $check (call $write (i32.load (i32.const 20)) (i32.const 0) (i32.const 1) (i32.const 24)))))"#;

#[test]
fn a_program_works_in_the_folders_that_are_named_and_in_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().to_str().unwrap();
    assert_eq!(run(WRITES, &[]).status, Some(8), "no folder is open");
    assert_eq!(run(WRITES, &["--dir-read-only", name]).status, Some(69), "read-only file system");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    for option in [name.to_owned(), format!("{name}::/")] {
        let ended = run(WRITES, &["--dir", &option]);
        assert_eq!(ended.status, Some(0), "{ended:?}");
        assert_eq!(fs::read(folder.path().join("made")).unwrap(), b"hi");
        fs::remove_file(folder.path().join("made")).unwrap();
    }
    let ended = run(WRITES, &["--dir", &format!("{name}/none")]);
    assert_eq!(ended.status, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("is not a folder"), "{ended:?}");
}

#[test]
fn a_program_begins_relative_paths_in_its_current_directory_which_is_in_one_of_its_folders() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("sub/deep")).unwrap();
    let name = folder.path().to_str().unwrap();
    // The folder `.` is the last one: a C library looks from there to the first.
    let text = WRITES.replace("(call $open (i32.const 3)", "(call $open (i32.const 4)");
    for (cwd, made) in
        [("/data", "made"), ("data/sub/", "sub/made"), ("/data/sub/deep", "sub/deep/made")]
    {
        let ended = run(&text, &["--dir", &format!("{name}::/data"), "--cwd", cwd]);
        assert_eq!(ended.status, Some(0), "{ended:?}");
        fs::remove_file(folder.path().join(made)).unwrap();
    }
    for (guest, cwd, why) in [
        ("/data", "/other", "is in none of the program's folders"),
        ("/data", "/data/none", "no such file or folder"),
        ("/data", "/data/../..", "not permitted"),
        ("/", "/sub", "beside a folder that the program knows as `/`"),
    ] {
        let ended = run(&text, &["--dir", &format!("{name}::{guest}"), "--cwd", cwd]);
        assert_eq!(ended.status, Some(1), "{ended:?}");
        assert!(ended.stderr.contains(why), "{ended:?}");
        assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
    }
}

#[test]
fn every_call_of_a_program_is_written_to_standard_error_if_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("{}::/data", folder.path().display());
    let ended = run(WRITES, &["--dir-read-only", &name, "--trace-wasi"]);
    assert_eq!(ended.status, Some(69), "{ended:?}");
    assert_eq!(
        ended.stderr,
        "wasi: path_open(fd=3 (\"/data\"), dirflags=0, path=\"made\", oflags=CREAT, rights_base=FD_WRITE, \
         rights_inheriting=0, fdflags=0) = ROFS (The folder can only be read)\n\
         wasi: proc_exit(code=69): the program ends\n"
    );
    let ended = run(WRITES, &["--dir", &name, "--trace-wasi"]);
    assert_eq!(ended.status, Some(0), "{ended:?}");
    let last = "wasi: fd_write(fd=4 (\"/data/made\"), iovs=1 at 0x0 with 2 bytes \"hi\") = SUCCESS, written=2\n";
    assert!(ended.stderr.ends_with(last), "{ended:?}");
}

#[test]
fn a_rule_denies_delays_and_answers_calls_by_path_and_after_a_number_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("{}::/data", folder.path().display());
    let ended = run(WRITES, &["--dir", &name, "--wasi-rule", "path_open@made=deny:NOSPC"]);
    assert_eq!(ended.status, Some(51), "{ended:?}");
    assert!(!folder.path().join("made").exists());
    let others = ["--wasi-rule", "path_open@other=deny:NOSPC", "--wasi-rule", "fd_write+1=deny:IO"];
    let ended = run(WRITES, &[&["--dir", &name][..], &others].concat());
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert_eq!(fs::read(folder.path().join("made")).unwrap(), b"hi");
    let faked = ["--dir", &name, "--wasi-rule", "fd_*=fake", "--trace-wasi"];
    fs::remove_file(folder.path().join("made")).unwrap();
    let ended = run(WRITES, &faked);
    assert!(ended.stderr.ends_with(" = SUCCESS, written=2 by rule 1\n"), "{ended:?}");
    assert_eq!(fs::read(folder.path().join("made")).unwrap(), b"");
    let began = std::time::Instant::now();
    let ended = run(WRITES, &["--dir", &name, "--wasi-rule", "path_*=delay:300"]);
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(began.elapsed().as_millis() >= 300, "a delay is at least as long as it says");
    let refused = run(WRITES, &["--wasi-rule", "fd_wirte=allow"]);
    assert!(refused.stderr.contains("WASI has no function `fd_wirte`."), "{refused:?}");
}
