//! The executable by itself, without compilers and runners beside it. Its work with them is tested
//! end to end in `tests/`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's way to fail is to panic")]

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

struct Terminal(TempDir);

impl Terminal {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO_BIN_EXE_watshop").unwrap());
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env("WATSHOP_DATA_DIR", self.0.path().join("data"))
            .env("WATSHOP_PROGRAMS", self.0.path().join("no programs"))
            .env_remove("WATSHOP_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn file(&self, name: &str, content: &str) {
        fs::write(self.0.path().join(name), content).unwrap();
    }

    /// Starts `watshop serve` and gives its address without `http://`.
    fn serve(&self, arguments: &[&str]) -> (Child, String) {
        let mut child =
            self.command(&[&["serve", "--no-open"], arguments].concat()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("http://").unwrap_or_else(|| panic!("{line}"));
        (child, address.to_owned())
    }
}

/// The status, the standard output, and one line of standard error without its end.
fn told(output: &Output) -> (Option<i32>, &str, &str) {
    let text = |bytes| std::str::from_utf8(bytes).unwrap();
    let stderr = text(&output.stderr);
    assert!(stderr.lines().count() <= 1, "more than one line: {stderr}");
    (output.status.code(), text(&output.stdout), stderr.trim_end())
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn wrong_usage_is_status_2_and_says_where_help_is() {
    let terminal = Terminal::new();
    for wrong in
        [&[][..], &["fly"], &["run"], &["inspect", "a", "b"], &["run", "a", "--env", "novalue"]]
    {
        let output = terminal.run(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("--help"), "{output:?}");
    }
}

#[test]
fn inspect_tells_what_a_module_is_made_of() {
    let terminal = Terminal::new();
    terminal.file(
        "m.wat",
        r#"(module $named (import "env" "log" (func (param i32))) (memory (export "memory") 1 2))"#,
    );
    let output = terminal.run(&["inspect", "m.wat"]);
    let (status, text, complaint) = told(&output);
    assert_eq!((status, complaint), (Some(0), ""));
    for words in ["named", "env.log  function (i32)", "memory  memory of 1 to 2 pages", "import"] {
        assert!(text.contains(words), "`{words}` is missing: {text}");
    }
    let output = terminal.run(&["inspect", "m.wat", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["kind"], &json["name"]), (&"wat".into(), &"named".into()));
    assert_eq!(json["exports"][0]["type"]["maximum"], 2);
}

#[test]
fn inspect_says_in_one_line_what_is_wrong_and_where() {
    let terminal = Terminal::new();
    terminal.file("bad.wat", "(module\n  (func\n    i32.cnst 1))");
    terminal.file("invalid.wat", "(module\n  (func (result i32)))");
    terminal.file("picture.wasm", "GIF89a");
    fs::create_dir(terminal.0.path().join("folder.wasm")).unwrap();
    File::create(terminal.0.path().join("huge.wasm")).unwrap().set_len(101 << 20).unwrap();
    for (file, words) in [
        ("bad.wat", "bad.wat:3:5: error: "),
        ("invalid.wat", "invalid.wat:2:"),
        ("picture.wasm", "picture.wasm: error: "),
        ("folder.wasm", "folder.wasm: error: "),
        ("huge.wasm", "100 MiB"),
        ("nowhere.wat", "nowhere.wat: error: "),
    ] {
        let output = terminal.run(&["inspect", file]);
        let (status, text, complaint) = told(&output);
        assert_eq!((status, text), (Some(1), ""), "{file}");
        assert!(complaint.contains(words), "`{words}` is missing: {complaint}");
    }
    let output = terminal.run(&["inspect", "bad.wat", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&json["error"]["code"], &json["error"]["at"]["line"]),
        (&"malformed_text".into(), &3.into())
    );
}

#[test]
fn without_the_programs_beside_it_the_error_says_where_they_are_looked_for() {
    let terminal = Terminal::new();
    terminal.file("m.wat", "(module)");
    let output = terminal.run(&["run", "m.wat", "--compiler", "singlepass"]);
    let (status, text, complaint) = told(&output);
    assert_eq!((status, text), (Some(1), ""));
    assert!(
        complaint.starts_with("m.wat: error: ") && complaint.contains("WATSHOP_PROGRAMS"),
        "{complaint}"
    );
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let terminal = Terminal::new();
    terminal.file("m.wat", &format!("(module {})", "(func)".repeat(3)));
    let mut child = terminal.command(&["inspect", "m.wat"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(told(&output), (Some(0), "", ""));
}

#[test]
fn serve_prints_its_address_first_and_ends_in_order() {
    let terminal = Terminal::new();
    for ending in ["-INT", "-TERM"] {
        let (child, address) = terminal.serve(&[]);
        let (host, path) = address.split_once('/').unwrap();
        assert_eq!(path.strip_prefix("?token=").map(str::len), Some(64), "{address}");
        let get = |path: &str, cookie: &str| {
            let mut stream = TcpStream::connect(host).unwrap();
            write!(stream, "GET /{path} HTTP/1.0\r\nhost: {host}\r\ncookie: {cookie}\r\n\r\n")
                .unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        let welcome = get(path, "");
        assert!(welcome.starts_with("HTTP/1.0 303"), "{welcome}");
        let cookie =
            welcome.split("set-cookie: ").nth(1).and_then(|rest| rest.split(';').next()).unwrap();
        // The status is 503 if the page was not built before this executable.
        let answer = get("", cookie);
        assert!(
            ["200", "503"].iter().any(|status| answer.starts_with(&format!("HTTP/1.0 {status}"))),
            "{answer}"
        );
        assert!(get(path, "").starts_with("HTTP/1.0 401"), "it lets in once");
        signal(&child, ending);
        assert_eq!(told(&child.wait_with_output().unwrap()), (Some(0), "", ""), "{ending}");
    }
}

#[test]
fn serve_says_why_it_cannot() {
    let (one, two) = (Terminal::new(), Terminal::new());
    let (mut child, address) = one.serve(&[]);
    let port = address.split(['/', ':']).nth(1).unwrap();

    let output = two.run(&["serve", "--no-open", "--port", port]);
    let (status, _, complaint) = told(&output);
    assert_eq!(status, Some(1));
    assert!(complaint.contains(port) && complaint.contains("--port"), "{complaint}");

    let output =
        two.command(&["serve", "--no-open"]).env("WATSHOP_TOKEN", "too short").output().unwrap();
    let (status, _, complaint) = told(&output);
    assert_eq!(status, Some(1));
    assert!(complaint.contains("16 to 256"), "{complaint}");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// A person who closed the browser could not return in the same launch, except by an address in the
/// history.
#[test]
fn a_second_serve_gives_a_fresh_address_of_the_first() {
    let terminal = Terminal::new();
    let (mut child, address) = terminal.serve(&[]);
    let (host, _) = address.split_once('/').unwrap();
    let mut given = vec![address.clone()];
    for _ in 0..3 {
        let output = terminal.run(&["serve", "--no-open"]);
        let (status, printed, said) = told(&output);
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains("data folder") && said.contains("fresh"), "{said}");
        let fresh = printed.trim_end().strip_prefix("http://").unwrap().to_owned();
        assert!(fresh.starts_with(host) && !given.contains(&fresh), "{fresh}");
        given.push(fresh);
    }
    for address in given {
        let (host, path) = address.split_once('/').unwrap();
        for status in ["303", "401"] {
            let mut stream = TcpStream::connect(host).unwrap();
            write!(stream, "GET /{path} HTTP/1.0\r\nhost: {host}\r\n\r\n").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            assert!(answer.starts_with(&format!("HTTP/1.0 {status}")), "{answer}");
        }
    }
    let note = terminal.0.path().join("data/serve.json");
    let written = fs::read_to_string(&note).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // A server that was killed leaves its note. Another program may listen at its port now, so the
    // note is not trusted.
    let stranger = std::net::TcpListener::bind(host).unwrap();
    assert_eq!(fs::read_to_string(&note).unwrap(), written);
    let (mut child, address) = terminal.serve(&[]);
    assert!(!address.starts_with(host), "{address}");
    stranger.set_nonblocking(true).unwrap();
    assert!(stranger.accept().is_err(), "nobody asked the stranger");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The address with its secret stood in the list of processes, which every user of a machine reads.
#[test]
fn the_address_that_is_opened_stands_in_no_command() {
    use std::os::unix::fs::PermissionsExt as _;

    let terminal = Terminal::new();
    let folder = terminal.0.path();
    let browser = folder.join("bin/xdg-open");
    fs::create_dir(folder.join("bin")).unwrap();
    terminal.file("bin/xdg-open", "#!/bin/sh\necho \"$@\" > seen.new && mv seen.new seen\n");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o700)).unwrap();
    let path = format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap());
    let mut child =
        terminal.command(&["serve"]).env("PATH", path).env("HOME", folder).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim_end();
    let seen = wait_for(&folder.join("seen"));
    let file = seen.trim_end();
    assert!(!seen.contains("token"), "{seen}");
    let about = fs::metadata(file).unwrap_or_else(|error| panic!("{seen}: {error}"));
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    let page = fs::read_to_string(file).unwrap();
    assert!(page.contains(&format!("content=\"0; url={address}\"")), "{page}");
    signal(&child, "-INT");
    child.wait().unwrap();
    assert!(!fs::exists(file).unwrap(), "the file goes with its server");
}

#[test]
fn a_server_is_found_again_after_its_data_folder_was_removed() {
    let terminal = Terminal::new();
    let (mut child, address) = terminal.serve(&[]);
    let (host, _) = address.split_once('/').unwrap();
    let data = terminal.0.path().join("data");
    // At once: the server may be writing there, and what it writes between would stop a removal.
    fs::rename(&data, terminal.0.path().join("removed")).unwrap();
    wait_for(&data.join("serve.json"));
    let output = terminal.run(&["serve", "--no-open"]);
    let (status, printed, said) = told(&output);
    assert_eq!(status, Some(0), "{said}");
    assert!(printed.starts_with(&format!("http://{host}/")), "{printed}");
    signal(&child, "-INT");
    child.wait().unwrap();
    assert!(!fs::exists(data.join("serve.json")).unwrap(), "the note goes with its server");
}

/// What a file says, as soon as it is there and says something.
fn wait_for(path: &std::path::Path) -> String {
    let began = std::time::Instant::now();
    loop {
        match fs::read_to_string(path) {
            Ok(text) if !text.is_empty() => return text,
            _ => assert!(began.elapsed().as_secs() < 20, "{} does not come", path.display()),
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}
