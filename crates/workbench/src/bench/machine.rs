//! The machine during a bench: its name, its noise, and the processes that were busy.

use std::collections::HashMap;
use std::fs;
use std::time::Instant;

use watshop_protocol::instance::CalibrateAnswer;
use watshop_protocol::page::{BenchMachine, BusyProcess};
use watshop_statistics::Sorted;

/// The most processes that are named.
const NAMED: usize = 5;

/// The least part of a core for which a process is named.
const BUSY: f64 = 0.05;

/// Watches the machine from the beginning of a bench.
pub(crate) struct MachineWatch {
    began: Instant,
    before: HashMap<u32, ProcessTime>,
    clock_ns: u64,
    /// The median of the loop of each calibration, in nanoseconds.
    loops: Vec<f64>,
}

/// A process, as the system tells of it.
struct ProcessTime {
    name: String,
    parent: u32,
    ticks: u64,
}

impl MachineWatch {
    /// Begins to watch.
    pub(crate) fn start() -> Self {
        Self { began: Instant::now(), before: processes(), clock_ns: 1, loops: Vec::new() }
    }

    /// Notes a calibration.
    pub(crate) fn note(&mut self, CalibrateAnswer { clock_ns, loops }: &CalibrateAnswer) {
        self.clock_ns = *clock_ns;
        let sorted = Sorted::new(loops.iter().map(|ns| *ns as f64));
        self.loops.extend(sorted.map(|sorted| sorted.median()));
    }

    /// The machine, and the other work on it since the beginning.
    pub(crate) fn end(self) -> BenchMachine {
        let seconds = self.began.elapsed().as_secs_f64().max(1e-3);
        let after = processes();
        let own = std::process::id();
        let tick = 1.0 / rustix::param::clock_ticks_per_second() as f64;
        let taken = |(pid, now): (&u32, &ProcessTime)| {
            let before = self.before.get(pid).map_or(0, |before| before.ticks);
            let cores = now.ticks.saturating_sub(before) as f64 * tick / seconds;
            BusyProcess { name: now.name.clone(), pid: *pid, cores }
        };
        let others = after.iter().filter(|(pid, _)| !descends(**pid, own, &after));
        let mut busy: Vec<_> = others.map(taken).collect();
        let busy_cores = busy.iter().map(|process| process.cores).sum();
        busy.retain(|process| process.cores >= BUSY);
        busy.sort_by(|a, b| b.cores.total_cmp(&a.cores));
        busy.truncate(NAMED);
        BenchMachine {
            cpu: cpu(),
            cores: std::thread::available_parallelism().map_or(1, |cores| cores.get() as u32),
            os: os(),
            kernel: first_line("/proc/sys/kernel/osrelease"),
            clock_ns: self.clock_ns,
            noise: noise(&self.loops),
            busy_cores,
            busy,
        }
    }
}

/// The interquartile range of the loop's times, as a part of their median.
fn noise(loops: &[f64]) -> f64 {
    let Some(sorted) = Sorted::new(loops.iter().copied()) else { return 0.0 };
    (sorted.quantile(0.75) - sorted.quantile(0.25)) / sorted.median().max(1.0)
}

/// True if a process is the ancestor itself or one that it started, directly or not.
fn descends(pid: u32, ancestor: u32, all: &HashMap<u32, ProcessTime>) -> bool {
    // A chain of parents is no longer than this, even if the system's answers are of two moments.
    let mut pid = pid;
    for _ in 0..64 {
        if pid == ancestor {
            return true;
        }
        match all.get(&pid) {
            Some(process) if process.parent > 0 => pid = process.parent,
            _ => return false,
        }
    }
    false
}

/// All processes that the system shows. None on a system without `/proc`.
fn processes() -> HashMap<u32, ProcessTime> {
    let Ok(folder) = fs::read_dir("/proc") else { return HashMap::new() };
    let read = |name: &str| Some((name.parse().ok()?, process(name)?));
    folder.flatten().filter_map(|entry| read(entry.file_name().to_str()?)).collect()
}

/// Reads `/proc/PID/stat` (proc_pid_stat(5)). The name stands in parentheses and may contain some.
fn process(pid: &str) -> Option<ProcessTime> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (start, end) = (text.find('(')?, text.rfind(')')?);
    let fields: Vec<_> = text.get(end + 1..)?.split_ascii_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    // The fields are counted from the state, which is the third of the line.
    let (parent, user, system) = (number(1)?, number(11)?, number(12)?);
    let name = text.get(start + 1..end)?.to_owned();
    Some(ProcessTime { name, parent: u32::try_from(parent).ok()?, ticks: user + system })
}

fn cpu() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.and_then(|rest| rest.split_once(':')).map(|(_, model)| model.trim());
    model.map_or_else(|| std::env::consts::ARCH.to_owned(), str::to_owned)
}

fn os() -> String {
    let text = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.map_or_else(|| std::env::consts::OS.to_owned(), |name| name.trim_matches('"').to_owned())
}

fn first_line(path: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_process_is_named_and_our_own_are_not() {
        let watch = MachineWatch::start();
        // A process of another parent: `setsid --fork` gives it to the system's first process.
        let mut other = std::process::Command::new("sh");
        other.args([
            "-c",
            "setsid --fork sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'",
        ]);
        let mut own = std::process::Command::new("sh");
        own.args(["-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"]);
        let mut own = own.spawn().unwrap();
        assert!(other.status().unwrap().success());
        let number = own.id();
        own.wait().unwrap();
        let machine = watch.end();
        assert!(!machine.cpu.is_empty() && machine.cores > 0 && !machine.os.is_empty());
        assert!(machine.busy.iter().all(|process| process.pid != number), "{machine:?}");
        assert!(machine.busy_cores >= machine.busy.iter().map(|it| it.cores).sum::<f64>() - 1e-9);
    }

    #[test]
    fn children_of_children_descend() {
        let process = |parent| ProcessTime { name: String::new(), parent, ticks: 0 };
        let all =
            HashMap::from([(1, process(0)), (7, process(1)), (8, process(7)), (9, process(9))]);
        assert!(descends(8, 7, &all) && descends(7, 7, &all));
        assert!(!descends(8, 5, &all) && !descends(9, 7, &all) && !descends(99, 7, &all));
    }

    #[test]
    fn noise_is_the_part_by_which_the_same_work_varies() {
        assert_eq!(noise(&[]), 0.0);
        assert_eq!(noise(&[100.0; 9]), 0.0);
        assert!((noise(&[100.0, 102.0, 104.0]) - 0.0196).abs() < 0.001);
    }
}
