//! Tests of a runner alone: `watshop-runner FILE`, without a workbench or a compiler.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;
use watshop_protocol::page::{Compiler, Engine};
use watshop_protocol::passport::{ABI, FORMAT, WASMER};

use crate::process::{compile, compilers, runner_program};

/// A program in a folder of its own, which is removed with it.
struct File {
    path: PathBuf,
    _folder: TempDir,
}

impl File {
    fn of(text: &str) -> Self {
        Self::made_by(Compiler::Cranelift, text, Engine::Jit)
    }

    fn made_by(by: Compiler, text: &str, engine: Engine) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("carried.wshop");
        let wasm = wat::parse_str(text).expect("the test's module is right");
        compile(by, engine, Default::default(), &wasm, &path);
        Self { path, _folder: folder }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(&[]);
        command.arg(&self.path).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(runner_program());
    command.args(arguments).stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

const FUNCTIONS: &str = r#"(module
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "both") (param f64) (result f64 i64) (local.get 0) (i64.const -1))
  (func $half (export "half") (param i32) (result i32) (i32.div_s (i32.const 8) (local.get 0)))
  (func (export "halves") (result i32) (call $half (i32.const 0)))
  (func (export "spin") (loop (br 0))))"#;

/// A program that prints its arguments, a line each, and exits with 7.
const PROGRAM: &str = r#"(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $esizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func $print (param $to i32) (param $from i32) (param $bytes i32)
    (i32.store (i32.const 16) (local.get $from))
    (i32.store (i32.const 20) (local.get $bytes))
    (drop (call $write (local.get $to) (i32.const 16) (i32.const 1) (i32.const 24))))
  (func (export "other"))
  (func (export "_start")
    (drop (call $sizes (i32.const 0) (i32.const 4)))
    (drop (call $args (i32.const 1024) (i32.const 4096)))
    (call $print (i32.const 1) (i32.const 4096) (i32.load (i32.const 4)))
    (drop (call $esizes (i32.const 0) (i32.const 4)))
    (drop (call $environ (i32.const 1024) (i32.const 8192)))
    (call $print (i32.const 2) (i32.const 8192) (i32.load (i32.const 4)))
    (call $exit (i32.const 7))))"#;

#[test]
fn it_runs_code_of_every_compiler_and_engine() {
    for by in compilers() {
        for engine in Engine::ALL {
            let ran = File::made_by(by, FUNCTIONS, engine).run(&["--invoke", "add", "40", "2"]);
            assert_eq!(text(&ran.stdout), "42\n", "{by:?} {engine:?}: {}", text(&ran.stderr));
            assert_eq!(ran.status.code(), Some(0));
        }
    }
}

#[test]
fn results_are_exact_and_each_on_its_line() {
    let ran = File::of(FUNCTIONS).run(&["--invoke", "both", "-nan:0x1"]);
    assert_eq!(text(&ran.stdout), "-nan:0x1\n-1\n");
}

#[test]
fn a_program_gets_its_arguments_and_variables_and_its_status_is_passed_on() {
    let ran = File::of(PROGRAM).run(&["--env", "NAME=value", "first", "--", "-e", "--json"]);
    assert_eq!(text(&ran.stdout), "carried.wshop\0first\0-e\0--json\0");
    assert_eq!(text(&ran.stderr), "NAME=value\0");
    assert_eq!(ran.status.code(), Some(7));
}

#[test]
fn json_tells_what_watshop_run_tells() {
    let ran = File::of(FUNCTIONS).run(&["--json", "--invoke", "add", "1", "2"]);
    let told: Json = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(told["results"], serde_json::json!([{"type": "i32", "value": "3"}]));
    assert_eq!((&told["compiler"], &told["engine"]), (&"cranelift".into(), &"jit".into()));
    assert_eq!(told["cache"], "sealed");
    for phase in ["load", "instantiate", "call", "total"] {
        assert!(told["timings_ns"][phase].is_u64(), "{told}");
    }
    let ran = File::of(PROGRAM).run(&["--json"]);
    // The program wrote no newline, but the object has a line of its own.
    let last = text(&ran.stdout).lines().last().unwrap();
    assert_eq!(serde_json::from_str::<Json>(last).unwrap()["exit_status"], 7);
}

#[test]
fn a_trap_is_one_line_with_its_kind_and_its_functions() {
    let file = File::of(FUNCTIONS);
    let ran = file.run(&["--invoke", "halves"]);
    assert_eq!(ran.status.code(), Some(1));
    let said = text(&ran.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("error: An integer was divided by zero. In half, called by "), "{said}");
    let ran = file.run(&["--json", "--invoke", "halves"]);
    let told: Json = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(told["error"]["trap"], "integer_divide_by_zero");
}

#[test]
fn limits_hold() {
    let ran = File::of(FUNCTIONS).run(&["--call-ms", "50", "--invoke", "spin"]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(text(&ran.stderr).contains("50 ms"), "{}", text(&ran.stderr));
    let ran = File::of("(module (memory 3))").run(&["--memory-pages", "2"]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(text(&ran.stderr).contains("3 pages"), "{}", text(&ran.stderr));
}

#[test]
fn unknown_imports_are_an_error_or_trap() {
    let file = File::of(
        r#"(module (import "env" "log" (func)) (func (export "f") (result i32) (i32.const 1)))"#,
    );
    let ran = file.run(&["--invoke", "f"]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(text(&ran.stderr).contains("`env.log`"), "{}", text(&ran.stderr));
    let ran = file.run(&["--unknown-imports", "trap", "--invoke", "f"]);
    assert_eq!(text(&ran.stdout), "1\n");
}

#[test]
fn a_file_that_cannot_be_run_is_one_line() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("text.wshop");
    let missing = program(&[path.to_str().unwrap()]).output().unwrap();
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("No such file"), "{}", text(&missing.stderr));
    fs::write(&path, "(module)").unwrap();
    let unsealed = program(&[path.to_str().unwrap()]).output().unwrap();
    assert_eq!(unsealed.status.code(), Some(1));
    assert!(
        text(&unsealed.stderr).contains("does not end with the seal"),
        "{}",
        text(&unsealed.stderr)
    );
    assert_eq!(text(&unsealed.stderr).lines().count(), 1);
}

#[test]
fn wrong_usage_is_told_with_status_2() {
    let file = File::of(FUNCTIONS);
    let (functions, none) = (file.path.to_str().unwrap(), "/nowhere");
    let wrong: [&[&str]; 6] = [
        &[],
        &["--fly"],
        &[none, "--stack-kib", "1"],
        &["--invoke", "f"],
        &[functions, "1"],
        &["--json"],
    ];
    for arguments in wrong {
        let ran = program(arguments).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}");
        assert!(ran.stdout.is_empty() && text(&ran.stderr).contains("Usage: watshop-runner FILE"));
    }
    let ran = File::of(PROGRAM).run(&["--invoke", "other"]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(text(&ran.stderr).contains("WASI program"), "{}", text(&ran.stderr));
}

#[test]
fn help_version_and_passport_are_printed() {
    let help = program(&["--help"]).output().unwrap();
    for option in
        ["--invoke", "--env", "--unknown-imports", "--memory-pages", "--inspect", "--sandbox"]
    {
        assert!(text(&help.stdout).contains(option), "{option}");
    }
    let version = program(&["--version"]).output().unwrap();
    let told = format!(
        "watshop-runner {} (sealed form {FORMAT}, Wasmer {WASMER}, ABI {ABI})\n",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(text(&version.stdout), told);
    let file = File::of(FUNCTIONS);
    let passport = text(&file.run(&["--inspect"]).stdout).to_owned();
    for words in
        ["sealed artifact", "compiler      Cranelift", "engine        jit", "runs here     yes"]
    {
        assert!(passport.contains(words), "{words} is not in {passport}");
    }
    let told: Json = serde_json::from_slice(&file.run(&["--inspect", "--json"]).stdout).unwrap();
    assert_eq!(
        (&told["kind"], &told["passport"]["compiled"]["compiler"]),
        (&"sealed".into(), &"cranelift".into())
    );
}

#[test]
fn without_a_function_to_call_it_names_those_there_are() {
    let ran = File::of(FUNCTIONS).run(&[]);
    assert_eq!(ran.status.code(), Some(0));
    assert!(text(&ran.stderr).contains("nothing was called"), "{}", text(&ran.stderr));
    assert!(text(&ran.stderr).contains("`add`, `both`"), "{}", text(&ran.stderr));
}

/// A program that writes a line whenever it calls `$line`.
fn writer(line: &str, body: &str) -> File {
    let length = line.len() + 1;
    File::of(&format!(
        r#"(module
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 64) "{line}\n")
          (func $line
            (i32.store (i32.const 0) (i32.const 64))
            (i32.store (i32.const 4) (i32.const {length}))
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
          (func (export "_start") {body}))"#
    ))
}

#[test]
fn output_comes_as_it_is_written_and_a_reader_may_leave() {
    let file = writer("on and on", "(loop (call $line) (br 0))");
    let mut child =
        file.command(&[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    assert_eq!(line, "on and on\n");
    drop(lines);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
}

#[test]
fn ctrl_c_ends_it_in_the_middle_of_a_loop() {
    use rustix::process::{Pid, Signal, kill_process};
    use std::os::unix::process::ExitStatusExt as _;

    let file = writer("!", "(call $line) (loop (br 0))");
    let mut child = file.command(&[]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(2));
}

#[cfg(target_arch = "x86_64")]
#[test]
fn the_sandbox_closes_around_a_carried_artifact_too() {
    let asked = crate::process::Runner::start();
    let rogue = crate::rogue::artifact(&asked);
    if let Some(layer) =
        asked.sandbox.iter().find(|layer| layer.name == "landlock_files" && !layer.active)
    {
        eprintln!("not tried: the layer {} is missing here: {:?}", layer.name, layer.why_not);
        return;
    }
    let ran = program(&[rogue.to_str().unwrap(), "--invoke", "read_passwd"]).output().unwrap();
    assert_eq!(text(&ran.stdout), "-13\n", "{}", text(&ran.stderr));
}

#[test]
fn imports_are_provided_by_a_file() {
    let file = File::of(
        r#"(module (import "env" "twice" (func $twice (param i32) (result i32)))
             (func (export "f") (param i32) (result i32) (call $twice (local.get 0))))"#,
    );
    let given = file.path.with_extension("imports.json");
    let provision = |name: &str, provider: &str| {
        format!(
            r#"{{"schema": 1, "provisions": [{{"module": "env", "name": "{name}", "provider": {provider}}}]}}"#
        )
    };
    let call = |name: &str, provider: &str| {
        fs::write(&given, provision(name, provider)).unwrap();
        file.run(&["--imports", given.to_str().unwrap(), "--invoke", "f", "21"])
    };
    let script = r#"{"provide": "javascript", "source": "x => 2 * x"}"#;
    assert_eq!(text(&call("twice", script).stdout), "42\n");
    let missing = call("thrice", script);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("twice"), "{missing:?}");
    let nonsense = call("twice", "{}");
    assert!(text(&nonsense.stderr).contains("not an import object"), "{nonsense:?}");
}

#[test]
fn a_program_that_exits_before_it_can_be_used_ends_with_its_status() {
    for (by, engine) in [(Compiler::Cranelift, Engine::Jit), (Compiler::Singlepass, Engine::Native)]
    {
        for (status, shown) in [(0, 0), (7, 7), (256, 1)] {
            let of = |part: &str| {
                let text = format!(
                    r#"(module (import "wasi_unstable" "proc_exit" (func $exit (param i32)))
                      (memory (export "memory") 1)
                      (func $main (call $exit (i32.const {status}))) {part}
                      (func (export "f")))"#
                );
                File::made_by(by, &text, engine)
            };
            for part in ["(start $main)", r#"(export "_initialize" (func $main))"#] {
                for arguments in [&[][..], &["--invoke", "f"]] {
                    let ran = of(part).run(arguments);
                    assert_eq!(ran.status.code(), Some(shown), "{part}: {}", text(&ran.stderr));
                    assert_eq!((text(&ran.stdout), text(&ran.stderr)), ("", ""));
                }
            }
            let ran = of("(start $main)").run(&["--json"]);
            assert_eq!(serde_json::from_slice::<Json>(&ran.stdout).unwrap()["exit_status"], status);
        }
    }
}

#[test]
fn a_start_with_parameters_is_told_what_a_start_is() {
    let file = File::of(
        r#"(module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (func (export "_start") (param i32) (call $exit (local.get 0))))"#,
    );
    for arguments in [&["--invoke", "_start", "--", "3"][..], &["--", "3"], &[]] {
        let ran = file.run(arguments);
        assert_eq!(ran.status.code(), Some(1), "{ran:?}");
        let said = text(&ran.stderr);
        assert!(
            said.contains("takes no parameters and returns nothing; this one is a function (i32)"),
            "{said}"
        );
    }
}

/// The JSON had raw control characters of names, and so had the line with the list of functions.
#[test]
fn names_cannot_steer_a_terminal_in_what_a_carried_runner_prints() {
    let names = ["\u{1b}[2Jgone", "\u{202e}cod.txt", "a\u{9b}b\nc"];
    let written: Vec<String> = names.iter().map(|name| name.escape_unicode().to_string()).collect();
    let exports: String =
        written.iter().map(|name| format!("(func (export \"{name}\") unreachable)")).collect();
    let imports: String =
        written.iter().map(|name| format!("(import \"env\" \"{name}\" (func))")).collect();
    let harmless = |said: &[u8]| {
        let said = text(said);
        let hidden = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!said.chars().any(hidden), "{said:?}");
    };
    for module in [format!("(module {imports})"), format!("(module {exports})")] {
        let file = File::of(&module);
        for line in
            [&[][..], &["--json"], &["--invoke", names[0], "--json"], &["--inspect", "--json"]]
        {
            let ended = file.run(line);
            harmless(&ended.stdout);
            harmless(&ended.stderr);
        }
    }
    let refused = File::of(&format!("(module {imports})")).run(&["--json"]);
    let told: Json = serde_json::from_str(text(&refused.stdout)).unwrap();
    let missing = told["error"]["imports"].as_array().unwrap();
    let found: Vec<_> = missing.iter().map(|import| import["name"].as_str().unwrap()).collect();
    assert_eq!(found, names);
}
