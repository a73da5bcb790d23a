//! C programs of `tests/wasi`: those that use the C library print the same as on Linux, and those
//! that call WASI by themselves check each answer.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use watshop_tests::modules;
use watshop_tests::terminal::Terminal;

/// The bytes at standard input, which is a pipe.
const INPUT: &[u8] = b"abcdefghijklmnop";

/// Returns a program for a target.
fn program(terminal: &Terminal, name: &str, target: &str) -> PathBuf {
    let source = PathBuf::from(crate::repository(&format!("tests/wasi/{name}.c")));
    let made = terminal.folder().join(if target == WASI { "program.wasm" } else { "program" });
    modules::compiled(&source, target, &made);
    made
}

const WASI: &str = "wasm32-wasi";

fn output(mut command: Command) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that does not read leaves a broken pipe.
    let _ = child.stdin.take().unwrap().write_all(INPUT);
    child.wait_with_output().unwrap()
}

fn run(terminal: &Terminal, program: &Path, arguments: &[&str]) -> Output {
    let made = [&["run", program.to_str().unwrap()], arguments].concat();
    output(terminal.command(&made))
}

/// Runs a program of the C library natively and by Watshop, each in an empty folder.
#[track_caller]
fn is_as_on_linux(name: &str) {
    let terminal = Terminal::new();
    let folders = ["native", "guest"].map(|name| terminal.folder().join(name));
    for folder in &folders {
        fs::create_dir(folder).unwrap();
    }
    let target = format!("{}-linux-musl", std::env::consts::ARCH);
    let mut native = Command::new(program(&terminal, name, &target));
    native.current_dir(&folders[0]);
    let native = output(native);
    let wasm = program(&terminal, name, WASI);
    let ended = run(&terminal, &wasm, &["--dir", &format!("{}::.", folders[1].display())]);
    let lines = |output: &Output| {
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (wanted, got) = (lines(&native), lines(&ended));
    assert!(wanted.len() > 20, "{native:?}");
    for (wanted, got) in wanted.iter().zip(&got) {
        assert_eq!(wanted, got, "{name}");
    }
    assert_eq!(wanted.len(), got.len(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert!(native.stdout == ended.stdout, "{name} wrote other bytes");
    assert_eq!(native.status.code(), ended.status.code());
}

/// Runs a program that checks by itself, in an empty folder.
#[track_caller]
fn checks_itself(name: &str) {
    let terminal = Terminal::new();
    let folder = terminal.folder().join("guest");
    fs::create_dir(&folder).unwrap();
    let wasm = program(&terminal, name, WASI);
    let ended = run(&terminal, &wasm, &["--dir", &format!("{}::.", folder.display())]);
    let said = String::from_utf8_lossy(&ended.stdout);
    assert_eq!((ended.status.code(), said.as_ref()), (Some(0), ""), "{name}: {ended:?}");
}

#[test]
fn positions_and_sizes_are_those_of_linux() {
    is_as_on_linux("positions");
}

#[test]
fn what_opens_and_what_does_not_is_as_on_linux() {
    is_as_on_linux("opening");
}

#[test]
fn names_are_listed_made_moved_and_removed_as_on_linux() {
    is_as_on_linux("names");
}

#[test]
fn links_lead_where_they_lead_on_linux() {
    is_as_on_linux("links");
}

#[test]
fn times_are_kept_to_the_nanosecond_as_on_linux() {
    is_as_on_linux("times");
}

#[test]
fn descriptors_have_the_numbers_and_the_life_of_linux() {
    is_as_on_linux("descriptors");
}

#[test]
fn streams_are_waited_for_as_on_linux() {
    is_as_on_linux("streams");
}

#[test]
fn what_no_program_should_pass_is_an_error_and_ends_nothing() {
    checks_itself("hostile");
}

#[test]
fn rights_are_asked_for_handed_on_and_given_up() {
    checks_itself("rights");
}

#[test]
fn a_listing_goes_on_in_buffers_of_every_size() {
    checks_itself("listing");
}
