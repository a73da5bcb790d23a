//! `watshop run` of small modules.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use watshop_tests::terminal::{Ended, Terminal};

use crate::{combinations, repository};

#[test]
fn add_one_of_41_is_42() {
    let terminal = Terminal::new();
    terminal
        .run(&["run", &repository("examples/start/add_one.wat"), "--invoke", "add_one", "41"])
        .prints("42\n");
}

#[test]
fn every_compiler_and_engine_gives_the_same_result() {
    let terminal = Terminal::new();
    let file = repository("examples/start/add_one.wat");
    for (compiler, engine) in combinations() {
        let (compiler, engine) = (compiler.as_str(), engine.as_str());
        terminal
            .run(&[
                "run",
                &file,
                "--invoke",
                "add_one",
                "-1",
                "--compiler",
                compiler,
                "--engine",
                engine,
            ])
            .prints("0\n");
    }
}

#[test]
fn json_has_results_settings_cache_and_every_phase() {
    let terminal = Terminal::new();
    let file = repository("examples/start/add_one.wat");
    let run = || terminal.run(&["run", &file, "--invoke", "add_one", "41", "--json"]).json();
    let first = run();
    assert_eq!(first["results"], serde_json::json!([{ "type": "i32", "value": "42" }]));
    assert_eq!(
        (&first["compiler"], &first["engine"], &first["cache"]),
        (&"cranelift".into(), &"jit".into(), &"miss".into())
    );
    for phase in ["parse", "start", "compile", "seal", "load", "instantiate", "call", "total"] {
        assert!(first["timings_ns"][phase].is_u64(), "{phase}: {first}");
    }
    let sum: u64 = ["parse", "start", "compile", "seal", "load", "instantiate", "call"]
        .iter()
        .filter_map(|phase| first["timings_ns"][phase].as_u64())
        .sum();
    assert!(sum <= first["timings_ns"]["total"].as_u64().unwrap(), "{first}");

    let second = run();
    assert_eq!(second["cache"], "hit");
    assert!(second["timings_ns"]["compile"].is_null(), "nothing was compiled: {second}");
}

#[test]
fn values_of_every_type_are_exact() {
    let terminal = Terminal::new();
    let file = terminal.file(
        "identity.wat",
        r#"(module
            (func (export "all") (param i32 i64 f32 f64 externref) (result i32 i64 f32 f64 externref)
                local.get 0 local.get 1 local.get 2 local.get 3 local.get 4))"#,
    );
    let file = file.to_str().unwrap();
    for (compiler, engine) in combinations() {
        let run = [
            "run",
            file,
            "--compiler",
            compiler.as_str(),
            "--engine",
            engine.as_str(),
            "--invoke",
            "all",
            "0xffffffff",
            "9007199254740993",
            "nan:0x200001",
            "-0",
            "extern 7",
        ];
        terminal.run(&run).prints("-1\n9007199254740993\nnan:0x200001\n-0\nextern 7\n");
    }
}

#[test]
fn vectors_go_in_and_come_out() {
    let terminal = Terminal::new();
    let file = terminal
        .file("v.wat", r#"(module (func (export "v") (param v128) (result v128) local.get 0))"#);
    let run = ["run", file.to_str().unwrap(), "--invoke", "v", "i32x4 1 2 3 4"];
    terminal.run(&run).prints("0x00000004000000030000000200000001\n");
}

#[test]
fn a_program_gets_its_arguments_and_its_environment_and_gives_its_status() {
    let terminal = Terminal::new();
    // The program exits with the number of its arguments (argv[0] counted) plus that of its
    // variables.
    let file = terminal.file(
        "count.wat",
        r#"(module
            (import "wasi_snapshot_preview1" "args_sizes_get" (func $args (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "environ_sizes_get" (func $env (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
            (memory (export "memory") 1)
            (func (export "_start")
                (drop (call $args (i32.const 0) (i32.const 4)))
                (drop (call $env (i32.const 8) (i32.const 12)))
                (call $exit (i32.add (i32.load (i32.const 0)) (i32.mul (i32.const 10) (i32.load (i32.const 8)))))))"#,
    );
    let ended = terminal.run(&[
        "run",
        file.to_str().unwrap(),
        "--env",
        "A=1",
        "--env",
        "B=2",
        "--",
        "one",
        "two",
    ]);
    assert_eq!(ended.status, Some(23), "argv has 3 entries, the environment 2: {ended:?}");
}

#[test]
fn output_streams_while_the_program_runs() {
    let terminal = Terminal::new();
    // The program writes a line, then spins: the line must arrive before the program ends, which it
    // never does.
    let file = terminal.file(
        "stream.wat",
        r#"(module
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (data (i32.const 16) "early\n")
            (func (export "_start")
                (i32.store (i32.const 0) (i32.const 16))
                (i32.store (i32.const 4) (i32.const 6))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                (loop $forever (br $forever))))"#,
    );
    let mut child = terminal.command(&["run", file.to_str().unwrap()]).spawn().unwrap();
    let mut line = [0; 6];
    child.stdout.as_mut().unwrap().read_exact(&mut line).unwrap();
    assert_eq!(&line, b"early\n");

    let asked = Instant::now();
    // SAFETY: the process is a child that has not been waited for, so its number is still its own.
    #[expect(unsafe_code, reason = "a signal is sent")]
    unsafe {
        libc::kill(child.id() as i32, libc::SIGINT);
    }
    let status = child.wait().unwrap();
    assert!(!status.success());
    assert!(asked.elapsed() < Duration::from_secs(10), "Ctrl-C ends it");
}

#[test]
fn one_variable_makes_every_program_log() {
    let terminal = Terminal::new();
    let file = terminal.file("f.wat", r#"(module (func (export "f")))"#);
    let run = |variable: &str| {
        let mut watshop = terminal.command(&["run", file.to_str().unwrap(), "--invoke", "f"]);
        let mut runner = Command::new(watshop_tests::programs().join("watshop-runner"));
        [&mut watshop, runner.arg("missing.wshop")].map(|program| {
            for variable in ["WATSHOP_LOG", "RUST_LOG"] {
                program.env_remove(variable);
            }
            let output = program.env(variable, "debug").output().unwrap();
            String::from_utf8(output.stderr).unwrap()
        })
    };
    let [watshop, runner] = run("WATSHOP_LOG");
    assert!(watshop.contains("process ended"), "{watshop}");
    assert!(runner.contains("the sandbox is closed"), "{runner}");
    let [watshop, runner] = run("RUST_LOG");
    assert_eq!(watshop, "");
    assert!(!runner.contains("the sandbox is closed"), "{runner}");
}

#[test]
fn a_gigabyte_of_output_goes_through_without_being_kept() {
    let terminal = Terminal::new();
    // The program writes 64 KiB 16,384 times.
    let file = terminal.file(
        "flood.wat",
        r#"(module
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 2)
            (func (export "_start") (local $n i32)
                (i32.store (i32.const 0) (i32.const 65536))
                (i32.store (i32.const 4) (i32.const 65536))
                (memory.fill (i32.const 65536) (i32.const 120) (i32.const 65536))
                (loop $again
                    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                    (local.set $n (i32.add (local.get $n) (i32.const 1)))
                    (br_if $again (i32.lt_u (local.get $n) (i32.const 16384))))))"#,
    );
    let mut child = terminal.command(&["run", file.to_str().unwrap()]).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let (mut total, mut buffer) = (0_u64, vec![0; 1 << 16]);
    let mut most = 0;
    loop {
        match stdout.read(&mut buffer).unwrap() {
            0 => break,
            n => total += n as u64,
        }
        if total % (64 << 20) < buffer.len() as u64 {
            most = most.max(resident_kib(child.id()));
        }
    }
    assert!(child.wait().unwrap().success());
    assert_eq!(total, 1 << 30);
    assert!(most < 200 << 10, "the terminal shell held {most} KiB");
}

/// Returns the resident memory of a process, in KiB.
fn resident_kib(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// The runtime's own work was cut short, and its lock stayed taken: no process may wait for that.
#[test]
fn a_stack_that_ends_while_an_exception_is_thrown_is_one_line_and_status_1() {
    let terminal = Terminal::new();
    terminal.file(
        "deep.wat",
        "(module\n  (tag $e)\n  (func $deep (export \"deep\")\n    (block $h (try_table (catch $e $h) (throw $e)))\n    \
         (call $deep)))",
    );
    let words = [
        "deep.w",
        "error: Calls went deeper than the stack reaches.",
        "this instance was ended",
        "recursion",
    ];
    for (compiler, engine) in
        combinations().filter(|(compiler, _)| compiler.as_str() != "singlepass")
    {
        let how = [
            "--compiler",
            compiler.as_str(),
            "--engine",
            engine.as_str(),
            "--enable",
            "exceptions",
        ];
        let begun = Instant::now();
        let line = ["run", "deep.wat", "--invoke", "deep", "--stack-kib", "64"];
        let ended = terminal.run(&[&line[..], &how].concat());
        ended.fails(1, &words);
        assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");

        let line = ["compile", "deep.wat", "-o", "deep.wshop"];
        assert_eq!(terminal.run(&[&line[..], &how].concat()).status, Some(0));
        let mut carried = Command::new(watshop_tests::programs().join("watshop-runner"));
        carried
            .args(["deep.wshop", "--invoke", "deep", "--stack-kib", "64"])
            .current_dir(terminal.folder());
        let ended = Ended::from(carried.output().unwrap());
        ended.fails(1, &words);
        assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "{compiler:?} {engine:?}: {:?}",
            begun.elapsed()
        );
    }
}

/// Copies its standard input to its standard output, until the end.
const CAT: &str = r#"
  (module
    (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 2)
    (func (export "_start")
      (loop $again
        (i32.store (i32.const 0) (i32.const 1000)) (i32.store (i32.const 4) (i32.const 65536))
        (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
        (i32.store (i32.const 4) (i32.load (i32.const 8)))
        (if (i32.load (i32.const 4))
          (then
            (if (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))
              (then unreachable))
            (br $again))))))"#;

#[test]
fn standard_input_reaches_the_program_byte_for_byte() {
    let terminal = Terminal::new();
    terminal.file("cat.wat", CAT);
    let bytes: Vec<u8> =
        (0..3_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let file = terminal.file("bytes", &bytes);
    let from_pipe = |command: &mut Command| {
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let bytes = bytes.clone();
        let writing = std::thread::spawn(move || input.write_all(&bytes));
        let output = child.wait_with_output().unwrap();
        writing.join().unwrap().unwrap();
        output
    };
    let run = || terminal.command(&["run", "cat.wat"]);
    let outputs = [
        from_pipe(&mut run()),
        run().stdin(File::open(&file).unwrap()).output().unwrap(),
        terminal.command(&["run", "cat.wat", "--stdin", "bytes"]).output().unwrap(),
        run().output().unwrap(),
    ];
    for (output, expected) in outputs.iter().zip([&bytes[..], &bytes, &bytes, &[]]) {
        assert!(output.status.success(), "{output:?}");
        assert!(output.stdout == expected, "{} bytes", output.stdout.len());
    }
}

#[test]
fn a_program_may_wait_for_its_input_longer_than_a_call_may_take() {
    let terminal = Terminal::new();
    terminal.file("cat.wat", CAT);
    let mut command = terminal.command(&["run", "cat.wat", "--call-ms", "200"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let mut read = [0; 4];
    input.write_all(b"one\n").unwrap();
    output.read_exact(&mut read).unwrap();
    // The test is about the time itself: ten times the limit, and a second more than the workbench
    // would give a runner that does not keep it.
    std::thread::sleep(Duration::from_millis(2200));
    input.write_all(b"two\n").unwrap();
    output.read_exact(&mut read).unwrap();
    assert_eq!(&read, b"two\n");
    drop(input);
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
}

#[test]
fn a_program_that_reads_nothing_leaves_the_input_to_the_next_command() {
    let terminal = Terminal::new();
    terminal.file(
        "quiet.wat",
        r#"(module (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
        (memory (export "memory") 1) (func (export "_start")))"#,
    );
    let file = terminal.file("lines", "one\ntwo\n");
    let mut input = File::open(&file).unwrap();
    let ended = terminal.command(&["run", "quiet.wat"]).stdin(input.try_clone().unwrap()).status();
    assert!(ended.unwrap().success());
    let mut rest = String::new();
    input.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "one\ntwo\n");
}

#[test]
fn a_frozen_clock_a_seed_and_a_file_of_variables_make_every_run_the_same() {
    let terminal = Terminal::new();
    terminal.file("same.wat", r#"
      (module
        (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
        (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "_start")
          (drop (call $clock (i32.const 0) (i64.const 0) (i32.const 100)))
          (drop (call $random (i32.const 108) (i32.const 8)))
          (drop (call $environ (i32.const 200) (i32.const 116)))
          (i32.store (i32.const 0) (i32.const 100)) (i32.store (i32.const 4) (i32.const 24))
          (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))"#);
    terminal.file("variables", "# The second is replaced.\nA=1\nB=2\n");
    let run = |more: &[&str]| {
        let words = ["run", "same.wat", "--env-file", "variables", "--env", "B=3"];
        terminal.command(&[&words, more].concat()).output().unwrap().stdout
    };
    let same = ["--frozen-clock=1000000000", "--seed", "7"];
    let first = run(&same);
    assert_eq!(first[..8], 1_000_000_000_000_000_000_u64.to_le_bytes());
    assert_eq!(first[16..], *b"A=1\0B=3\0");
    assert_eq!(run(&same), first);
    assert_ne!(run(&["--frozen-clock", "--seed", "8"])[..16], first[..16]);
    let damaged = terminal.file("damaged", "A=1\nno variable\n");
    terminal
        .run(&["run", "same.wat", "--env-file", damaged.to_str().unwrap()])
        .fails(2, &["--env-file", "line 2", "NAME=VALUE"]);
}
