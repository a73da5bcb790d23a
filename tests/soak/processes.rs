//! The processes of the attacked Watshop: who they are, what they hold, and signals to them.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

/// The environment variable by which the processes of one attack are known.
pub const MARK: &str = "WATSHOP_SOAK";

/// A process of the attacked Watshop.
#[derive(Debug, Clone)]
pub struct Found {
    pub pid: u32,
    /// The name of its executable.
    pub name: String,
}

/// Lists the living processes with this mark. Children have it from their parents.
pub fn marked(mark: &str) -> Vec<Found> {
    let entry = format!("{MARK}={mark}");
    let process = |folder: fs::DirEntry| {
        let pid = folder.file_name().to_str()?.parse().ok()?;
        let environment = fs::read(folder.path().join("environ")).ok()?;
        let is_marked = environment.split(|byte| *byte == 0).any(|it| it == entry.as_bytes());
        let program = fs::read_link(folder.path().join("exe")).ok()?;
        let name = program.file_name()?.to_str()?.to_owned();
        is_marked.then_some(Found { pid, name })
    };
    fs::read_dir("/proc").unwrap().flatten().filter_map(process).collect()
}

/// Lists those whose executable is a compiler or a runner.
pub fn children(mark: &str) -> Vec<Found> {
    let all = marked(mark).into_iter();
    all.filter(|it| it.name.starts_with("watshop-")).collect()
}

/// Waits until no process with this mark is left.
pub fn wait_until_gone(mark: &str, within: Duration) {
    let began = Instant::now();
    loop {
        let left = marked(mark);
        if left.is_empty() {
            return;
        }
        assert!(began.elapsed() < within, "these processes are left over: {left:?}");
        std::thread::yield_now();
    }
}

/// Sends a signal by its name. The process may have gone by then.
pub fn signal(pid: u32, name: &str) {
    let kill = Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).output();
    drop(kill.unwrap());
}

/// The bytes of memory that a process has, without its files.
pub fn memory(pid: u32) -> u64 {
    let about = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = about.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or("0 kB");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) * 1024
}

/// The number of open files of a process, its sockets and pipes included.
pub fn files(pid: u32) -> usize {
    fs::read_dir(format!("/proc/{pid}/fd")).map_or(0, Iterator::count)
}
