//! The memory of the machine, or of the part of it that this process may use.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// Returns the bytes of memory that this process may use. It is the machine's, or the limit of a
/// control group if that is less. The sandbox asks first, before its files are out of reach.
pub fn bytes() -> u64 {
    static BYTES: OnceLock<u64> = OnceLock::new();
    *BYTES.get_or_init(|| {
        let about = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let group = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
        machine(&about).unwrap_or(OF_AN_UNKNOWN_MACHINE).min(of_group(&group).unwrap_or(u64::MAX))
    })
}

/// The bytes of a machine that does not say its memory.
const OF_AN_UNKNOWN_MACHINE: u64 = 8 << 30;

fn machine(about: &str) -> Option<u64> {
    let total = about.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    Some(total.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// The least limit of the control group of this process and of the groups around it, of the new or
/// the old kind.
fn of_group(group: &str) -> Option<u64> {
    let kinds = [("0::/", "", "memory.max"), ("memory:/", "memory", "memory.limit_in_bytes")];
    let limits = kinds.iter().flat_map(|(kind, folder, file)| {
        let name = group.lines().find_map(|line| Some(line.split_once(kind)?.1));
        let folder = name.map(|name| Path::new("/sys/fs/cgroup").join(folder).join(name));
        let folders: Vec<_> =
            folder.iter().flat_map(|it| it.ancestors()).map(Path::to_owned).collect();
        folders.into_iter().filter_map(move |folder| {
            fs::read_to_string(folder.join(file)).ok()?.trim().parse().ok()
        })
    });
    limits.min()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]
mod tests {
    use super::*;

    #[test]
    fn the_machine_says_its_memory() {
        assert_eq!(machine("MemTotal:       24689332 kB\nMemFree: 1 kB\n"), Some(24_689_332 << 10));
        assert_eq!(machine("MemFree: 1 kB\n"), None);
        assert_eq!(of_group("0::/no group of this name\n"), None);
        assert!(bytes() > 100 << 20);
    }
}
