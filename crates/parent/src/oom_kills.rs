use std::fs;
use std::path::Path;

/// Returns the number of processes that the system has ended because memory ran out, as far as it
/// says: on the whole machine, and in the control group of this process. A number that has grown
/// while a child was killed tells why.
pub(crate) fn count() -> u64 {
    let group = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let group = group.lines().find_map(|line| line.strip_prefix("0::/"));
    let events = group.map(|name| Path::new("/sys/fs/cgroup").join(name).join("memory.events"));
    let read = |path: &Path| fs::read_to_string(path).map_or(0, |text| number(&text));
    read(Path::new("/proc/vmstat")) + events.map_or(0, |path| read(&path))
}

fn number(text: &str) -> u64 {
    let number = text.lines().find_map(|line| line.strip_prefix("oom_kill ")?.trim().parse().ok());
    number.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_read_from_both_kinds_of_files() {
        assert_eq!(number("low 0\nmax 7\noom 3\noom_kill 2\noom_group_kill 1\n"), 2);
        assert_eq!(number("nr_free_pages 9\noom_kill 41\n"), 41);
        assert_eq!(number("nothing of the kind"), 0);
    }
}
