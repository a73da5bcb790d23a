//! WASI programs: arguments, environment, output, exit; nothing of the host.

use watshop_protocol::page::{Engine, EnvironmentVariable, ErrorCode, TrapKind};
use watshop_protocol::process::runner::{Answer, Ended};

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

fn start(runner: &mut Runner) -> Ended {
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
                wasi.environment = vec![EnvironmentVariable { name: "A".into(), value: "b=c".into() }];
            });
            assert!(matches!(answer.unwrap(), Answer::Instantiated { command: true, .. }));
            assert_eq!(runner.stdout, b"", "nothing runs before it is called");
            let ended = start(&mut runner);
            assert_eq!(ended, Ended::Exited(3), "{by:?} {namespace}");
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
    assert_eq!(start(&mut runner), Ended::Exited(0));
}

#[test]
fn a_start_without_wasi_is_an_ordinary_function() {
    let mut runner = Runner::start();
    runner.open(r#"(module (func (export "_start")))"#, Engine::Jit);
    assert!(matches!(runner.instantiate().unwrap(), Answer::Instantiated { command: false, .. }));
    assert_eq!(start(&mut runner), Ended::Returned(vec![]));
}

#[test]
fn a_program_without_a_memory_can_exit() {
    let text = r#"
      (module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (func (export "_start") (call $exit (i32.const 7))))"#;
    let mut runner = Runner::with(text, Engine::Native);
    assert_eq!(start(&mut runner), Ended::Exited(7));
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
    assert!(matches!(runner.wait(id).unwrap(), Answer::Called { ended: Ended::Returned(_), .. }));
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
        assert_eq!(ended, Ended::Exited(status));
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
        matches!(&called.ended, Ended::Returned(v) if v[0].value == "0" && v[1].value == "1"),
        "{called:?}"
    );
    assert!(called.call_ns >= 80_000_000, "{}", called.call_ns);
    assert!(called.call_ns < 5_000_000_000, "{}", called.call_ns);
}

#[test]
fn standard_input_is_at_its_end_and_there_are_no_files() {
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
    let mut runner = Runner::with(text, Engine::Jit);
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
                wasi.environment = vec![EnvironmentVariable { name: name.into(), value: value.into() }];
            })
            .unwrap_err();
        assert_eq!(error.code, ErrorCode::Instantiation, "{name:?} {value:?}");
    }
    let error = runner.instantiate_with(|_, wasi, _| wasi.arguments = vec!["a\0b".into()]).unwrap_err();
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
    for arguments in
        [["1", "-1", "1", "0"], ["1", "0", "-1", "0"], ["1", "65532", "2", "0"], ["99", "0", "1", "0"]]
    {
        match runner.try_call("write", &arguments).unwrap().ended {
            Ended::Returned(results) => assert_ne!(results[0].value, "0", "{arguments:?}"),
            Ended::Failed(error) => assert_eq!(error.trap, Some(TrapKind::HostFunction), "{error:?}"),
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

#[test]
fn a_start_function_that_calls_wasi_too_early_is_an_error() {
    let text = r#"
      (module
        (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
        (memory (export "memory") 1) (func $s (drop (call $yield))) (start $s))"#;
    let mut runner = Runner::start();
    runner.open(text, Engine::Jit);
    let error = runner.instantiate().unwrap_err();
    assert!(matches!(error.code, ErrorCode::Trap | ErrorCode::Instantiation), "{error:?}");
    runner.open("(module (func (export \"f\")))", Engine::Jit);
    runner.instantiate().unwrap();
    assert!(runner.call("f", &[]).is_empty());
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

#[test]
fn no_call_of_wasi_ends_the_process_whatever_its_arguments() {
    let mut imports = String::new();
    let mut calls = String::new();
    for (name, params) in PREVIEW1 {
        let types: Vec<_> = params.chars().map(|p| if p == 'i' { "i32" } else { "i64" }).collect();
        let types = types.join(" ");
        imports += &format!(
            "(import \"wasi_snapshot_preview1\" \"{name}\" (func ${name} (param {types}) (result i32)))"
        );
        let arguments: String = (0..params.len()).map(|i| format!("(local.get {i})")).collect();
        calls +=
            &format!("(func (export \"{name}\") (param {types}) (result i32) (call ${name} {arguments}))");
    }
    let text = format!("(module {imports} (memory (export \"memory\") 1) {calls})");
    let mut runner = Runner::start();
    runner.open(&text, Engine::Jit);
    let hard = ["0", "1", "2", "3", "8", "65528", "65536", "2147483647", "-1", "-8"];
    for (name, params) in PREVIEW1 {
        // A fresh one for each: some calls close what others need.
        runner.instantiate().unwrap();
        for turn in 0..20 {
            let arguments: Vec<_> =
                (0..params.len()).map(|i| hard[(turn + i * (turn / hard.len()) * 3) % hard.len()]).collect();
            let answer = runner.ask(call(name, &arguments, 50));
            assert!(matches!(answer, Ok(Answer::Called { .. })), "{name} {arguments:?}: {answer:?}");
        }
        assert!(runner.exports().is_ok());
    }
}
