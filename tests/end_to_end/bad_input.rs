//! Any bad input gives a clear line on the terminal and a status of 1, and of 2 for wrong usage.

use std::fs::File;

use watshop_tests::terminal::Terminal;

use crate::{combinations, repository};

const SPIN: &str = r#"(module (func (export "spin") (loop $forever (br $forever))))"#;

fn add_one() -> String {
    repository("examples/start/add_one.wat")
}

#[test]
fn malformed_text_is_an_error_with_line_and_column() {
    let terminal = Terminal::new();
    terminal.file("bad.wat", "(module\n  (func (export \"f\")\n    i32.cnst 1))");
    terminal.run(&["run", "bad.wat"]).fails(1, &["bad.wat:3:5"]);
}

#[test]
fn an_invalid_module_is_an_error_with_its_line() {
    let terminal = Terminal::new();
    terminal.file("bad.wat", "(module\n  (func (export \"f\") (result i32)\n    i64.const 1))");
    terminal.run(&["run", "bad.wat"]).fails(1, &["bad.wat:3", "i32"]);
}

#[test]
fn an_invalid_binary_is_an_error_with_its_offset() {
    let terminal = Terminal::new();
    let mut module =
        wat::parse_str(r#"(module (func (export "f") (result i32) i32.const 1))"#).unwrap();
    let constant = module.iter().position(|byte| *byte == 0x41).unwrap();
    module[constant] = 0x42; // i64.const
    terminal.file("bad.wasm", &module);
    terminal.run(&["run", "bad.wasm"]).fails(1, &["bad.wasm", "0x"]);
}

#[test]
fn what_is_no_module_at_all_is_told_so() {
    let terminal = Terminal::new();
    terminal.file("picture.wasm", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    terminal.run(&["run", "picture.wasm"]).fails(1, &["picture.wasm"]);
}

#[test]
fn an_empty_file_is_told_so() {
    let terminal = Terminal::new();
    terminal.file("empty.wasm", b"");
    terminal.run(&["run", "empty.wasm"]).fails(1, &["empty"]);
}

#[test]
fn a_file_that_is_not_there_is_told_so() {
    Terminal::new().run(&["run", "nowhere.wat"]).fails(1, &["nowhere.wat"]);
}

#[test]
fn more_than_a_hundred_megabytes_are_refused_without_being_read() {
    let terminal = Terminal::new();
    let path = terminal.folder().join("huge.wasm");
    File::create(&path).unwrap().set_len(200 << 20).unwrap();
    terminal.run(&["run", "huge.wasm"]).fails(1, &["100 MiB"]);
}

#[test]
fn a_name_that_is_no_export_is_told_with_those_there_are() {
    Terminal::new()
        .run(&["run", &add_one(), "--invoke", "add_two", "1"])
        .fails(1, &["add_two", "add_one"]);
}

#[test]
fn a_memory_cannot_be_called() {
    let terminal = Terminal::new();
    terminal.file("m.wat", r#"(module (memory (export "mem") 1))"#);
    terminal.run(&["run", "m.wat", "--invoke", "mem"]).fails(1, &["mem", "memory"]);
}

#[test]
fn too_few_and_too_many_arguments_are_told_apart() {
    let terminal = Terminal::new();
    terminal
        .run(&["run", &add_one(), "--invoke", "add_one"])
        .fails(1, &["add_one", "1 argument", "none"]);
    terminal
        .run(&["run", &add_one(), "--invoke", "add_one", "1", "2"])
        .fails(1, &["add_one", "1", "2"]);
}

#[test]
fn an_argument_of_the_wrong_type_is_told_with_what_would_do() {
    let terminal = Terminal::new();
    terminal.run(&["run", &add_one(), "--invoke", "add_one", "many"]).fails(1, &["many", "i32"]);
    terminal.run(&["run", &add_one(), "--invoke", "add_one", "4294967296"]).fails(1, &["32 bits"]);
}

#[test]
fn missing_imports_are_all_named_with_their_types() {
    let terminal = Terminal::new();
    terminal.file(
        "needy.wat",
        r#"(module
            (import "env" "log" (func (param i32 i64)))
            (import "env" "table" (table 1 funcref))
            (func (export "f")))"#,
    );
    terminal.run(&["run", "needy.wat"]).fails(1, &["env", "log", "(i32, i64)", "table"]);
}

#[test]
fn unknown_functions_can_trap_instead() {
    let terminal = Terminal::new();
    terminal.file(
        "needy.wat",
        r#"(module
            (import "env" "log" (func $log (param i32)))
            (func (export "quiet") (result i32) (i32.const 7))
            (func (export "loud") (call $log (i32.const 1))))"#,
    );
    terminal
        .run(&["run", "needy.wat", "--unknown-imports", "trap", "--invoke", "quiet"])
        .prints("7\n");
    terminal
        .run(&["run", "needy.wat", "--unknown-imports", "trap", "--invoke", "loud"])
        .fails(1, &["env", "log"]);
}

#[test]
fn an_endless_loop_ends_at_the_time_limit() {
    let terminal = Terminal::new();
    terminal.file("spin.wat", SPIN);
    for (compiler, engine) in combinations() {
        let (compiler, engine) = (compiler.as_str(), engine.as_str());
        let run = [
            "run",
            "spin.wat",
            "--invoke",
            "spin",
            "--call-ms",
            "200",
            "--compiler",
            compiler,
            "--engine",
            engine,
        ];
        terminal.run(&run).fails(1, &["200 ms"]);
    }
}

#[test]
fn endless_recursion_is_a_stack_overflow_and_not_the_end_of_the_runner() {
    let terminal = Terminal::new();
    terminal
        .file("deep.wat", r#"(module (func $f (export "f") (param i64) (call $f (local.get 0))))"#);
    for (compiler, engine) in combinations() {
        let (compiler, engine) = (compiler.as_str(), engine.as_str());
        terminal
            .run(&[
                "run",
                "deep.wat",
                "--invoke",
                "f",
                "1",
                "--compiler",
                compiler,
                "--engine",
                engine,
            ])
            .fails(1, &["stack"]);
    }
}

#[test]
fn a_trap_says_which_where_and_in_which_function() {
    let terminal = Terminal::new();
    terminal.file(
        "div.wat",
        "(module\n  (func $half (param i32) (result i32)\n    local.get 0\n    i32.const 0\n    i32.div_s)\n  \
         (func (export \"f\") (result i32)\n    (call $half (i32.const 1))))",
    );
    for (compiler, engine) in combinations() {
        let (compiler, engine) = (compiler.as_str(), engine.as_str());
        terminal
            .run(&["run", "div.wat", "--invoke", "f", "--compiler", compiler, "--engine", engine])
            .fails(1, &["div.wat:5", "zero", "half"]);
    }
}

#[test]
fn memory_that_cannot_grow_says_so_to_the_guest_and_too_much_from_the_start_to_the_person() {
    let terminal = Terminal::new();
    terminal.file(
        "grow.wat",
        r#"(module (memory 1) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))"#,
    );
    let grow =
        |by| terminal.run(&["run", "grow.wat", "--memory-pages", "10", "--invoke", "grow", by]);
    grow("9").prints("1\n");
    grow("10").prints("-1\n");

    // The module is refused before it is compiled.
    let artifacts = || std::fs::read_dir(terminal.data().join("artifacts")).unwrap().count();
    let before = artifacts();
    terminal.file("big.wat", "(module\n  (memory 10)\n  (memory (export \"big\") 11))");
    let words =
        ["big.wat:3:", "memory `big` starts with 11 pages (704 KiB); the limit is 10 pages"];
    let options = ["run", "big.wat", "--memory-pages", "10", "--enable", "multi_memory"];
    terminal.run(&options).fails(1, &words);
    assert_eq!(artifacts(), before);
}

#[test]
fn a_function_without_a_name_is_told_by_its_export_and_its_index() {
    let terminal = Terminal::new();
    terminal.file("f.wat", "(module\n  (func unreachable)\n  (func (export \"f\") (call 0) nop))");
    terminal
        .run(&["run", "f.wat", "--invoke", "f"])
        .fails(1, &["f.wat:2:", "In function 0, called by \"f\" (function 1)."]);
}

#[test]
fn a_wait_in_a_memory_that_is_not_shared_says_so_with_its_line() {
    let terminal = Terminal::new();
    terminal.file(
        "wait.wat",
        "(module\n  (memory 1)\n  (func $wait (export \"wait\") (result i32)\n    i32.const 0\n    i32.const 1\n    \
         i64.const 0\n    memory.atomic.wait32))",
    );
    terminal
        .run(&["run", "wait.wat", "--invoke", "wait"])
        .fails(1, &["wait.wat:7:", "on a memory that is not shared", "(memory 1 2 shared)"]);
}

#[test]
fn a_table_larger_than_the_limit_is_refused() {
    let terminal = Terminal::new();
    terminal.file("table.wat", "(module\n  (table 2000000 funcref))");
    terminal
        .run(&["run", "table.wat"])
        .fails(1, &["table.wat:2:", "table 0 starts with 2000000 elements", "1000000"]);
}

#[test]
fn wrong_usage_has_a_status_of_its_own() {
    let terminal = Terminal::new();
    for wrong in [&["run"][..], &["fly"], &["run", "a.wat", "--compiler", "gcc"], &["inspect"]] {
        assert_eq!(terminal.run(wrong).status, Some(2), "{wrong:?}");
    }
}

#[test]
fn the_disk_full_while_sealing_is_an_error_and_leaves_nothing_half_written() {
    let terminal = Terminal::new();
    let cache = terminal.data().join("artifacts");
    std::fs::create_dir_all(&cache).unwrap();
    if !std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=4k,nr_inodes=64", "tmpfs"])
        .arg(&cache)
        .status()
        .is_ok_and(|status| status.success())
    {
        eprintln!("not checked: this machine does not let a test mount a full disk");
        return;
    }
    // The function is large, so that its artifact does not fit into 4 KiB.
    let body = "(local.set 0 (i32.mul (local.get 0) (i32.const 31)))".repeat(2000);
    let wat =
        format!(r#"(module (func (export "f") (param i32) (result i32) {body} (local.get 0)))"#);
    terminal.file("big.wat", wat);
    let ended = terminal.run(&["run", "big.wat", "--invoke", "f", "1"]);
    let left: Vec<_> = std::fs::read_dir(&cache).unwrap().collect();
    assert!(std::process::Command::new("umount").arg(&cache).status().unwrap().success());
    ended.fails(1, &["space"]);
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_is_no_regular_file_is_refused_before_it_is_read() {
    let terminal = Terminal::new();
    let fifo = terminal.folder().join("pipe.wat");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let fifo = fifo.to_str().unwrap();
    let module = add_one();
    let artifact = terminal.folder().join("add_one.wshop");
    let artifact = artifact.to_str().unwrap();
    assert_eq!(terminal.run(&["compile", &module, "-o", artifact]).status, Some(0));
    for file in [fifo, "/dev/zero", "."] {
        for line in [
            &["run", file][..],
            &["inspect", file],
            &["inspect", file, "--json"],
            &["compile", file, "-o", "made.wshop"],
            &["run", &module, "--imports", file],
        ] {
            ends_soon(&mut terminal.command(line), line);
        }
        let mut carried =
            std::process::Command::new(watshop_tests::programs().join("watshop-runner"));
        let line = [artifact, "--imports", file];
        ends_soon(carried.args(line).stdin(std::process::Stdio::null()), &line);
        let mut carried =
            std::process::Command::new(watshop_tests::programs().join("watshop-runner"));
        ends_soon(carried.arg(file).stdin(std::process::Stdio::null()), &[file]);
    }
}

/// Checks that the command fails within the time that a busy machine may take, though reading would
/// take for ever.
fn ends_soon(command: &mut std::process::Command, line: &[&str]) {
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > until {
            child.kill().unwrap();
            panic!("it still waits: {line:?}");
        }
        std::thread::yield_now();
    }
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(1), "{line:?}: {said}");
    assert!(said.contains("folder") || said.contains("regular file"), "{line:?}: {said}");
}
