//! WASI programs: arguments, environment, output, exit; nothing of the host.

use watshop_protocol::instance::{Address, CallAnswer, InstantiateAnswer, WriteMemory};
use watshop_protocol::page::{Engine, EnvironmentVariable, ErrorCode, TrapKind, WasiInput};
use watshop_protocol::process::runner::CallEnd;

use crate::process::{Runner, call, compilers};

/// Prints its arguments and variables, one a line, to stdout, "done" to stderr, and exits with 3.
fn program(namespace: &str) -> String {
    format!(
        r#"
(module
  (import "{namespace}" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
  (import "{namespace}" "args_get" (func $args (param i32 i32) (result i32)))
  (import "{namespace}" "environ_sizes_get" (func $env_sizes (param i32 i32) (result i32)))
  (import "{namespace}" "environ_get" (func $env (param i32 i32) (result i32)))
  (import "{namespace}" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "{namespace}" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 50000) "done\n")
  (func $print (param $fd i32) (param $at i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $at)) (i32.store (i32.const 4) (local.get $length))
    (drop (call $write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8))))
  ;; Ends of strings become ends of lines.
  (func $lines (param $at i32) (param $length i32) (local $i i32)
    (loop $next
      (if (i32.eqz (i32.load8_u (i32.add (local.get $at) (local.get $i))))
        (then (i32.store8 (i32.add (local.get $at) (local.get $i)) (i32.const 10))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $length))))
    (call $print (i32.const 1) (local.get $at) (local.get $length)))
  (func (export "_start")
    (drop (call $args_sizes (i32.const 16) (i32.const 20)))
    (drop (call $args (i32.const 1000) (i32.const 10000)))
    (call $lines (i32.const 10000) (i32.load (i32.const 20)))
    (drop (call $env_sizes (i32.const 24) (i32.const 28)))
    (drop (call $env (i32.const 1000) (i32.const 30000)))
    (call $lines (i32.const 30000) (i32.load (i32.const 28)))
    (call $print (i32.const 2) (i32.const 50000) (i32.const 5))
    (call $exit (i32.const 3))))"#
    )
}

fn start(runner: &mut Runner) -> CallEnd {
    runner.try_call("_start", &[]).unwrap().ended
}

#[test]
fn a_program_gets_its_arguments_and_variables_and_its_status_comes_back() {
    for by in compilers() {
        for (namespace, engine) in
            [("wasi_unstable", Engine::Jit), ("wasi_snapshot_preview1", Engine::Native)]
        {
            let mut runner = Runner::start();
            runner.open_by(by, &program(namespace), engine);
            let answer = runner.instantiate_with(|_, wasi, _| {
                wasi.program = Some("prog ram".into());
                wasi.arguments = vec!["-e".into(), "grün".into(), String::new()];
                wasi.environment =
                    vec![EnvironmentVariable { name: "A".into(), value: "b=c".into() }];
            });
            assert!(matches!(answer.unwrap(), InstantiateAnswer::Instance { command: true, .. }));
            assert_eq!(runner.stdout, b"", "nothing runs before it is called");
            let ended = start(&mut runner);
            assert_eq!(ended, CallEnd::Exited(3), "{by:?} {namespace}");
            assert_eq!(String::from_utf8_lossy(&runner.stdout), "prog ram\n-e\ngrün\n\nA=b=c\n");
            assert_eq!(runner.stderr, b"done\n");
            // The instance is still there.
            assert_eq!(runner.read("memory", 50_000, 4).unwrap().0, b"done");
        }
    }
}

#[test]
fn a_program_that_just_returns_has_succeeded() {
    let text = r#"
      (module (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
        (memory (export "memory") 1) (func (export "_start")))"#;
    let mut runner = Runner::with(text, Engine::Jit);
    assert_eq!(start(&mut runner), CallEnd::Exited(0));
}

#[test]
fn a_start_without_wasi_is_an_ordinary_function() {
    let mut runner = Runner::start();
    runner.open(r#"(module (func (export "_start")))"#, Engine::Jit);
    assert!(matches!(
        runner.instantiate().unwrap(),
        InstantiateAnswer::Instance { command: false, .. }
    ));
    assert_eq!(start(&mut runner), CallEnd::Returned(vec![]));
}

#[test]
fn a_program_without_a_memory_can_exit() {
    let text = r#"
      (module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (func (export "_start") (call $exit (i32.const 7))))"#;
    let mut runner = Runner::with(text, Engine::Native);
    assert_eq!(start(&mut runner), CallEnd::Exited(7));
}

#[test]
fn a_reactor_is_initialized_before_anything_else() {
    let text = r#"
      (module (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
        (memory (export "memory") 1) (global $ready (mut i32) (i32.const 0))
        (func (export "_initialize") (drop (call $yield))
          (global.set $ready (i32.add (global.get $ready) (i32.const 1))))
        (func (export "ready") (result i32) (global.get $ready)))"#;
    for engine in Engine::ALL {
        assert_eq!(Runner::with(text, engine).call("ready", &[]), ["1"]);
    }
}

/// Writes `count` times `length` bytes, and gives how often a write was short or failed.
const FLOOD: &str = r#"
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 200)
  (func (export "flood") (param $count i32) (param $length i32) (result i32) (local $bad i32)
    (memory.fill (i32.const 64) (i32.const 120) (local.get $length))
    (i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (local.get $length))
    (loop $next
      (if (i32.or (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))
                  (i32.ne (i32.load (i32.const 8)) (local.get $length)))
        (then (local.set $bad (i32.add (local.get $bad) (i32.const 1)))))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (local.get $count)))
    (local.get $bad)))
"#;

#[test]
fn everything_that_is_written_arrives_before_the_answer() {
    for (count, length) in [("1", "10000000"), ("100000", "3"), ("1", "1"), ("7", "65537")] {
        let mut runner = Runner::with(FLOOD, Engine::Jit);
        assert_eq!(runner.call("flood", &[count, length]), ["0"]);
        let expected = count.parse::<usize>().unwrap() * length.parse::<usize>().unwrap();
        assert_eq!(runner.stdout.len(), expected, "{count} times {length}");
        assert!(runner.stdout.iter().all(|byte| *byte == b'x'));
    }
}

#[test]
fn a_gigabyte_of_output_takes_no_memory_and_nothing_is_slower_to_answer() {
    let mut runner = Runner::with(FLOOD, Engine::Jit);
    // 12.5 MB of the guest's memory are touched by the first write already.
    runner.call("flood", &["1", "13000000"]);
    let before = runner.peak_memory();
    let id = runner.post(call("flood", &["16000", "65536"], 0));
    let mut seen = 0;
    for megabytes in [1, 300, 700] {
        runner.wait_stdout(megabytes << 20);
        // Answers get through while the guest writes as fast as it can.
        assert_eq!(runner.read("memory", 64, 1).unwrap().0, b"x");
        assert_eq!(runner.exports().unwrap().len(), 2);
        seen += runner.stdout.len();
    }
    assert!(seen > 0);
    assert!(matches!(runner.wait(id).unwrap(), CallAnswer { ended: CallEnd::Returned(_), .. }));
    assert_eq!(runner.stdout.len(), 13_000_000 + 16_000 * 65_536);
    let grown = runner.peak_memory().saturating_sub(before);
    assert!(grown < 8 << 20, "the runner grew by {grown} bytes");
}

#[test]
fn an_exit_in_any_function_is_an_exit() {
    let text = r#"
      (module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (memory (export "memory") 1)
        (func (export "leave") (param i32) (call $exit (local.get 0)))
        (func (export "stay") (result i32) i32.const 1))"#;
    let mut runner = Runner::with(text, Engine::Jit);
    for status in [0, 1, 42, 255, 256, -1, i32::MIN] {
        let ended = runner.try_call("leave", &[&status.to_string()]).unwrap().ended;
        assert_eq!(ended, CallEnd::Exited(status));
        assert_eq!(runner.call("stay", &[]), ["1"]);
    }
}

#[test]
fn sleeping_takes_its_time_and_no_more() {
    let text = r#"
      (module
        (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "sleep") (param $ns i64) (result i32 i32)
          (i64.store (i32.const 0) (i64.const 9)) (i32.store (i32.const 16) (i32.const 1))
          (i64.store (i32.const 24) (local.get $ns))
          (call $poll (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 200))
          (i32.load (i32.const 200))))"#;
    let mut runner = Runner::with(text, Engine::Jit);
    let called = runner.try_call("sleep", &["80000000"]).unwrap();
    assert!(
        matches!(&called.ended, CallEnd::Returned(v) if v[0].value == "0" && v[1].value == "1"),
        "{called:?}"
    );
    assert!(called.call_ns >= 80_000_000, "{}", called.call_ns);
    assert!(called.call_ns < 5_000_000_000, "{}", called.call_ns);
}

fn no_input() -> WasiInput {
    WasiInput::Text { text: String::new() }
}

#[test]
fn an_empty_input_is_at_its_end_and_there_are_no_files() {
    let text = r#"
      (module
        (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "path_open"
          (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 100) "/etc/hostname") (data (i32.const 200) "new")
        (func (export "read") (result i32 i32)
          (i32.store (i32.const 0) (i32.const 1000)) (i32.store (i32.const 4) (i32.const 100))
          (i32.store (i32.const 8) (i32.const 99))
          (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (i32.load (i32.const 8)))
        (func (export "open") (param $fd i32) (result i32)
          (call $open (local.get $fd) (i32.const 0) (i32.const 100) (i32.const 13) (i32.const 0)
            (i64.const 2) (i64.const 2) (i32.const 0) (i32.const 300)))
        (func (export "create") (param $fd i32) (result i32)
          (call $open (local.get $fd) (i32.const 0) (i32.const 200) (i32.const 3) (i32.const 1)
            (i64.const 64) (i64.const 64) (i32.const 0) (i32.const 300))))"#;
    let mut runner = Runner::start();
    runner.open(text, Engine::Jit);
    runner.instantiate_with(|_, wasi, _| wasi.input = no_input()).unwrap();
    assert_eq!(runner.call("read", &[]), ["0", "0"]);
    for fd in ["3", "4", "5"] {
        assert_ne!(runner.call("open", &[fd]), ["0"], "a file of the host was opened from {fd}");
        assert_ne!(runner.call("create", &[fd]), ["0"], "a file was made from {fd}");
    }
}

#[test]
fn what_wasi_cannot_be_told_is_an_error_before_anything_runs() {
    let mut runner = Runner::start();
    runner.open(&program("wasi_unstable"), Engine::Jit);
    for (name, value) in [("A=B", "c"), ("A\0", "c"), ("A", "\0")] {
        let error = runner
            .instantiate_with(|_, wasi, _| {
                wasi.environment =
                    vec![EnvironmentVariable { name: name.into(), value: value.into() }];
            })
            .unwrap_err();
        assert_eq!(error.code, ErrorCode::Instantiation, "{name:?} {value:?}");
    }
    let error =
        runner.instantiate_with(|_, wasi, _| wasi.arguments = vec!["a\0b".into()]).unwrap_err();
    assert_eq!(error.code, ErrorCode::Instantiation);
    runner.instantiate().unwrap();
}

#[test]
fn pointers_that_lead_nowhere_are_errors_for_the_guest_and_no_crash() {
    let text = r#"
      (module
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "write") (param i32 i32 i32 i32) (result i32)
          (call $write (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
        (func (export "random") (param i32 i32) (result i32) (call $random (local.get 0) (local.get 1))))"#;
    let mut runner = Runner::with(text, Engine::Jit);
    for arguments in [
        ["1", "-1", "1", "0"],
        ["1", "0", "-1", "0"],
        ["1", "65532", "2", "0"],
        ["99", "0", "1", "0"],
    ] {
        match runner.try_call("write", &arguments).unwrap().ended {
            CallEnd::Returned(results) => assert_ne!(results[0].value, "0", "{arguments:?}"),
            CallEnd::Failed(error) => {
                assert_eq!(error.trap, Some(TrapKind::HostFunction), "{error:?}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_ne!(runner.call("random", &["65530", "100"]), ["0"]);
    assert_eq!(runner.call("random", &["0", "100"]), ["0"]);
}

#[test]
fn a_sleep_of_no_time_takes_none() {
    // Where the identifier, the tag, the clock and the timeout of a subscription are.
    for (namespace, clock, at) in [("wasi_unstable", 24, 32), ("wasi_snapshot_preview1", 16, 24)] {
        let text = format!(
            r#"
      (module
        (import "{namespace}" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "sleep") (param $ns i64) (result i32 i32 i64)
          (i64.store (i32.const 0) (i64.const 9)) (i32.store (i32.const {clock}) (i32.const 1))
          (i64.store (i32.const {at}) (local.get $ns))
          (call $poll (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 200))
          (i32.load (i32.const 200)) (i64.load (i32.const {at}))))"#
        );
        let mut runner = Runner::with(&text, Engine::Jit);
        for ns in ["0", "1", "1000"] {
            assert_eq!(runner.call("sleep", &[ns]), ["0", "1", ns], "{namespace}");
        }
    }
}

/// Calls WASI in its start function, and keeps what it was told; `$end` is what the start function
/// does last.
fn starts(namespace: &str, memory: &str, end: &str) -> String {
    format!(
        r#"
      (module
        (import "{namespace}" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (import "{namespace}" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
        (import "{namespace}" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
        (import "{namespace}" "random_get" (func $random (param i32 i32) (result i32)))
        (import "{namespace}" "proc_exit" (func $exit (param i32)))
        {memory}
        (data (i32.const 0) "\08\00\00\00\06\00\00\00begun\0a")
        (global $errors (mut i32) (i32.const 0))
        (func $note (param i32) (global.set $errors (i32.or (global.get $errors) (local.get 0))))
        (func $main
          (call $note (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 100)))
          (call $note (call $sizes (i32.const 104) (i32.const 108)))
          (call $note (call $clock (i32.const 1) (i64.const 1) (i32.const 112)))
          (call $note (call $random (i32.const 120) (i32.const 16)))
          {end})
        (start $main)
        (func (export "told") (result i32 i32 i32)
          (global.get $errors) (i32.load (i32.const 100)) (i32.load (i32.const 104)))
        (func (export "exit") (call $exit (i32.const 5))))"#
    )
}

#[test]
fn a_start_function_can_call_wasi() {
    for by in compilers() {
        for (namespace, engine) in
            [("wasi_unstable", Engine::Native), ("wasi_snapshot_preview1", Engine::Jit)]
        {
            for memory in [
                r#"(memory (export "memory") 1)"#,
                r#"(memory $a 1) (memory $b (export "other") 1) (export "memory" (memory $a))"#,
            ] {
                let mut runner = Runner::made_by(by, &starts(namespace, memory, ""), engine);
                assert_eq!(runner.stdout, b"begun\n", "{by:?} {engine:?}");
                assert_eq!(runner.call("told", &[]), ["0", "6", "1"]);
                assert_eq!(runner.try_call("exit", &[]).unwrap().ended, CallEnd::Exited(5));
            }
        }
    }
}

#[test]
fn a_start_function_that_exits_is_the_end_of_the_program_with_its_status() {
    for engine in Engine::ALL {
        for status in [0, 7, 256, -1] {
            let end = format!("(call $exit (i32.const {status})) unreachable");
            let mut runner = Runner::start();
            runner.open(&starts("wasi_unstable", r#"(memory (export "memory") 1)"#, &end), engine);
            match runner.instantiate() {
                Ok(InstantiateAnswer::Exited { status: told, .. }) => assert_eq!(told, status),
                other => panic!("{other:?}"),
            }
            assert_eq!(runner.stdout, b"begun\n");
            assert_eq!(runner.exports().unwrap_err().code, ErrorCode::NoInstance);
            runner.open("(module (func (export \"f\")))", engine);
            runner.instantiate().unwrap();
            assert!(runner.call("f", &[]).is_empty());
        }
    }
}

#[test]
fn a_reactor_that_exits_while_it_initializes_ends_with_its_status() {
    let text = r#"
      (module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (func (export "_initialize") (call $exit (i32.const 3))))"#;
    let mut runner = Runner::start();
    runner.open(text, Engine::Jit);
    assert!(matches!(runner.instantiate(), Ok(InstantiateAnswer::Exited { status: 3, .. })));
}

#[test]
fn a_start_function_that_traps_after_a_call_of_wasi_is_a_trap() {
    let mut runner = Runner::start();
    runner.open(
        &starts("wasi_snapshot_preview1", r#"(memory (export "memory") 1)"#, "unreachable"),
        Engine::Jit,
    );
    let error = runner.instantiate().unwrap_err();
    assert_eq!((error.code, error.trap), (ErrorCode::Trap, Some(TrapKind::Unreachable)));
}

#[test]
fn a_memory_that_is_not_exported_as_memory_is_an_error_that_says_so() {
    for (memory, words) in [
        ("(memory 1)", "has a memory and does not export it"),
        (r#"(memory (export "mem") 1)"#, "exports its memory as `mem`"),
        (r#"(memory 1) (func (export "memory"))"#, "does not export it"),
        ("", "has no memory"),
    ] {
        let text = format!(
            r#"(module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
              {memory}
              (func $print (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 20))))
              (func (export "_start") (drop (call $yield)) (call $print)))"#
        );
        let mut runner = Runner::with(&text, Engine::Jit);
        let error = runner.fail("_start", &[]);
        assert_eq!(error.code, ErrorCode::WasiMemory, "{error:?}");
        for words in [words, "`fd_write`", "as `memory`"] {
            assert!(error.message.contains(words), "{words}: {error:?}");
        }
        assert!(error.help.unwrap().contains("(memory (export \"memory\") 1)"));
        assert_eq!(error.frames.len(), 2, "it is told who called");
    }
}

#[test]
fn a_start_with_parameters_is_told_what_a_start_is() {
    for kind in ["(param i32)", "(result i32)"] {
        let text = format!(
            r#"(module
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (func (export "_start") {kind} (call $exit (i32.const 1)) unreachable)
              (func (export "other") (result i32) (i32.const 4)))"#
        );
        let mut runner = Runner::with(&text, Engine::Jit);
        for arguments in [&[][..], &["3"]] {
            let error = runner.try_call("_start", arguments).unwrap_err();
            assert_eq!(error.code, ErrorCode::ArgumentCount);
            assert!(error.message.contains("takes no parameters and returns nothing"), "{error:?}");
        }
        assert_eq!(runner.call("other", &[]), ["4"]);
    }
}

#[test]
fn what_wasi_has_with_another_type_or_under_another_name_is_told() {
    let asks = |import: &str| {
        format!(
            r#"(module (import "wasi_snapshot_preview1" {import}) (memory (export "memory") 1))"#
        )
    };
    let error_of = |text: &str| {
        let mut runner = Runner::start();
        runner.open(text, Engine::Jit);
        runner.instantiate().unwrap_err()
    };
    for (import, kind, asked) in [
        (r#""proc_exit" (func (param i64))"#, "function (i32)", "function (i64)"),
        (
            r#""fd_write" (func (param i32 i32 i32 i32))"#,
            "(i32, i32, i32, i32) -> i32",
            "function (i32, i32, i32, i32)",
        ),
        (r#""sched_yield" (func (result i64))"#, "function () -> i32", "function () -> i64"),
    ] {
        let error = error_of(&asks(import));
        assert_eq!(error.code, ErrorCode::MissingImports, "{error:?}");
        for words in [kind, &format!("the module asks for a {asked}")] {
            assert!(error.message.contains(words), "{words}: {error:?}");
        }
        assert!(!error.message.contains("nothing provides"), "{error:?}");
        assert_eq!(error.imports.len(), 1);
    }
    let error = error_of(&asks(r#""fd_wirte" (func (param i32 i32 i32 i32) (result i32))"#));
    assert_eq!(error.code, ErrorCode::MissingImports);
    assert!(error.message.contains("the nearest name is `fd_write`"), "{error:?}");
}

#[test]
fn descriptors_are_pipes_and_there_are_no_folders_and_no_sockets() {
    let mut runner = Runner::start();
    runner.open(&every_function(), Engine::Jit);
    let ask = |runner: &mut Runner, name: &str, arguments: &[&str]| -> String {
        runner.call(name, arguments).remove(0)
    };
    runner.instantiate_with(|_, wasi, _| wasi.input = WasiInput::Pipe).unwrap();
    for fd in ["0", "1", "2"] {
        assert_eq!(ask(&mut runner, "fd_fdstat_get", &[fd, "1024"]), "0");
        let (stat, _) = runner.read("memory", 1024, 24).unwrap();
        assert_eq!(stat[0], 0, "of unknown kind, so no terminal");
        let rights = u64::from_le_bytes(stat[8..16].try_into().unwrap());
        assert_eq!(rights & 0b10_0100, 0, "a pipe has no position");
        assert_eq!(rights & 0b100_0010, if fd == "0" { 0b10 } else { 0b100_0000 });
        assert_eq!(ask(&mut runner, "fd_filestat_get", &[fd, "1024"]), "0");
        assert_eq!(runner.read("memory", 1024, 64).unwrap().0, [0; 64]);
        assert_eq!(ask(&mut runner, "fd_seek", &[fd, "0", "0", "1024"]), SPIPE);
        assert_eq!(ask(&mut runner, "fd_tell", &[fd, "1024"]), SPIPE);
        assert_eq!(ask(&mut runner, "fd_prestat_get", &[fd, "1024"]), BADF);
        assert_eq!(ask(&mut runner, "path_unlink_file", &[fd, "0", "1"]), NOTDIR);
        assert_eq!(ask(&mut runner, "sock_shutdown", &[fd, "2"]), NOTSOCK);
        assert_eq!(ask(&mut runner, "sock_accept", &[fd, "0", "1024"]), NOTSOCK);
        assert_eq!(ask(&mut runner, "sock_recv", &[fd, "0", "0", "0", "1024", "1028"]), NOTSOCK);
        assert_eq!(ask(&mut runner, "sock_send", &[fd, "0", "0", "0", "1024"]), NOTSOCK);
    }
    for (name, params) in PREVIEW1 {
        if name.starts_with("fd_") || name.starts_with("path_") || name.starts_with("sock_") {
            for fd in ["3", "4", "99", "-1"] {
                let mut arguments = vec!["0"; params.len()];
                // The one that has its descriptor behind a path.
                arguments[if name == "path_symlink" { 2 } else { 0 }] = fd;
                assert_eq!(ask(&mut runner, name, &arguments), BADF, "{name} of {fd}");
            }
        }
    }
    assert_eq!(ask(&mut runner, "fd_read", &["1", "0", "0", "8"]), BADF);
    assert_eq!(ask(&mut runner, "fd_write", &["0", "0", "0", "8"]), BADF);
    assert_eq!(ask(&mut runner, "fd_close", &["1"]), "0");
    assert_eq!(ask(&mut runner, "fd_close", &["1"]), BADF);
    assert_eq!(ask(&mut runner, "fd_write", &["1", "0", "0", "8"]), BADF);
    assert_eq!(ask(&mut runner, "fd_renumber", &["2", "0"]), "0");
    assert_eq!(ask(&mut runner, "fd_write", &["0", "0", "0", "8"]), "0");
    assert_eq!(ask(&mut runner, "fd_write", &["2", "0", "0", "8"]), BADF);
}

const BADF: &str = "8";
const NOTDIR: &str = "54";
const NOTSOCK: &str = "57";
const SPIPE: &str = "70";

#[test]
fn what_can_be_read_and_written_at_once_is_told_and_clocks_wait_for_the_first() {
    let mut runner = Runner::start();
    runner.open(&every_function(), Engine::Jit);
    runner.instantiate_with(|_, wasi, _| wasi.input = no_input()).unwrap();
    let subscribe = |runner: &mut Runner, at: u64, user: u8, tag: u8, fd: u8, timeout: u64| {
        let mut bytes = [0_u8; 48];
        (bytes[0], bytes[8], bytes[16]) = (user, tag, fd);
        bytes[24..32].copy_from_slice(&timeout.to_le_bytes());
        runner
            .ask_with(WriteMemory { memory: "memory".into(), offset: Address(at) }, &bytes)
            .unwrap();
    };
    subscribe(&mut runner, 0, 1, 1, 0, 0);
    subscribe(&mut runner, 48, 2, 2, 1, 0);
    subscribe(&mut runner, 96, 3, 2, 9, 0);
    subscribe(&mut runner, 144, 4, 0, 1, u64::MAX);
    assert_eq!(runner.call("poll_oneoff", &["0", "1000", "4", "2000"]), ["0"]);
    assert_eq!(runner.read("memory", 2000, 1).unwrap().0, [3]);
    let (events, _) = runner.read("memory", 1000, 96).unwrap();
    let told: Vec<_> = events.chunks(32).map(|event| (event[0], event[8], event[10])).collect();
    assert_eq!(told, [(1, 0, 1), (2, 0, 2), (3, 8, 2)]);

    subscribe(&mut runner, 0, 1, 0, 1, 5_000_000);
    subscribe(&mut runner, 48, 2, 0, 0, u64::MAX);
    assert_eq!(runner.call("poll_oneoff", &["0", "1000", "2", "2000"]), ["0"]);
    assert_eq!(runner.read("memory", 2000, 1).unwrap().0, [1]);
    assert_eq!(runner.read("memory", 1000, 1).unwrap().0, [1]);
    assert_eq!(
        runner.call("poll_oneoff", &["0", "1000", "0", "2000"]),
        ["28"],
        "nothing to wait for"
    );
}

/// Every function of preview 1 and its parameters: `i` is i32, `l` is i64.
const PREVIEW1: [(&str, &str); 45] = [
    ("args_get", "ii"),
    ("args_sizes_get", "ii"),
    ("clock_res_get", "ii"),
    ("clock_time_get", "ili"),
    ("environ_get", "ii"),
    ("environ_sizes_get", "ii"),
    ("fd_advise", "illi"),
    ("fd_allocate", "ill"),
    ("fd_close", "i"),
    ("fd_datasync", "i"),
    ("fd_fdstat_get", "ii"),
    ("fd_fdstat_set_flags", "ii"),
    ("fd_fdstat_set_rights", "ill"),
    ("fd_filestat_get", "ii"),
    ("fd_filestat_set_size", "il"),
    ("fd_filestat_set_times", "illi"),
    ("fd_pread", "iiili"),
    ("fd_prestat_dir_name", "iii"),
    ("fd_prestat_get", "ii"),
    ("fd_pwrite", "iiili"),
    ("fd_read", "iiii"),
    ("fd_readdir", "iiili"),
    ("fd_renumber", "ii"),
    ("fd_seek", "ilii"),
    ("fd_sync", "i"),
    ("fd_tell", "ii"),
    ("fd_write", "iiii"),
    ("path_create_directory", "iii"),
    ("path_filestat_get", "iiiii"),
    ("path_filestat_set_times", "iiiilli"),
    ("path_link", "iiiiiii"),
    ("path_open", "iiiiillii"),
    ("path_readlink", "iiiiii"),
    ("path_remove_directory", "iii"),
    ("path_rename", "iiiiii"),
    ("path_symlink", "iiiii"),
    ("path_unlink_file", "iii"),
    ("poll_oneoff", "iiii"),
    ("proc_raise", "i"),
    ("random_get", "ii"),
    ("sched_yield", ""),
    ("sock_accept", "iii"),
    ("sock_recv", "iiiiii"),
    ("sock_send", "iiiii"),
    ("sock_shutdown", "ii"),
];

/// A module that exports each function of preview 1 as it is.
fn every_function() -> String {
    let mut imports = String::new();
    let mut calls = String::new();
    for (name, params) in PREVIEW1 {
        let types: Vec<_> = params.chars().map(|p| if p == 'i' { "i32" } else { "i64" }).collect();
        let types = types.join(" ");
        imports += &format!(
            "(import \"wasi_snapshot_preview1\" \"{name}\" (func ${name} (param {types}) (result i32)))"
        );
        let arguments: String = (0..params.len()).map(|i| format!("(local.get {i})")).collect();
        calls += &format!(
            "(func (export \"{name}\") (param {types}) (result i32) (call ${name} {arguments}))"
        );
    }
    format!("(module {imports} (memory (export \"memory\") 1) {calls})")
}

#[test]
fn no_call_of_wasi_ends_the_process_whatever_its_arguments() {
    let mut runner = Runner::start();
    runner.open(&every_function(), Engine::Jit);
    let hard = ["0", "1", "2", "3", "8", "65528", "65536", "2147483647", "-1", "-8"];
    for (name, params) in PREVIEW1 {
        // A fresh one for each: some calls close what others need.
        runner.instantiate().unwrap();
        for turn in 0..20 {
            let arguments: Vec<_> = (0..params.len())
                .map(|i| hard[(turn + i * (turn / hard.len()) * 3) % hard.len()])
                .collect();
            let answer = runner.ask(call(name, &arguments, 50));
            assert!(matches!(answer, Ok(CallAnswer { .. })), "{name} {arguments:?}: {answer:?}");
        }
        assert!(runner.exports().is_ok());
    }
}

#[test]
fn exports_are_called_after_a_program_has_ended_by_itself_or_by_an_exit() {
    for ends in ["", "(call $exit (i32.const 3))"] {
        let text = format!(
            r#"(module
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (import "wasi_snapshot_preview1" "clock_time_get"
                (func $now (param i32 i64 i32) (result i32)))
              (memory (export "memory") 1)
              (global $runs (mut i32) (i32.const 0))
              (func (export "_start")
                (global.set $runs (i32.add (global.get $runs) (i32.const 1))) {ends})
              (func (export "runs") (result i32) (global.get $runs))
              (func (export "now") (result i32) (call $now (i32.const 0) (i64.const 1) (i32.const 8))))"#
        );
        for by in compilers() {
            let mut runner = Runner::made_by(by, &text, Engine::Jit);
            let status = if ends.is_empty() { 0 } else { 3 };
            assert_eq!(start(&mut runner), CallEnd::Exited(status));
            assert_eq!(runner.call("runs", &[]), ["1"]);
            assert_eq!(runner.call("now", &[]), ["0"], "WASI still answers");
            assert_eq!(start(&mut runner), CallEnd::Exited(status));
            assert_eq!(runner.call("runs", &[]), ["2"]);
        }
    }
}
