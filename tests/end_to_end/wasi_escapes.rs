//! A program that tries to leave its folders, while one of them is swapped for a link and back; with
//! all walls, and with each of them taken away in turn: the kernel's rule for paths, and Landlock.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{io, thread};

use watshop_tests::modules;
use watshop_tests::terminal::Terminal;

/// A machine whose kernel lacks some system calls, for a command and the processes that it starts.
/// Each of them answers that it is not there.
fn without(command: &mut Command, calls: &[libc::c_long]) {
    let numbers: Vec<u32> = calls.iter().map(|call| u32::try_from(*call).unwrap()).collect();
    let enter = move || enter(&numbers);
    #[expect(unsafe_code, reason = "the filter must be entered between fork and exec")]
    // SAFETY: the closure makes two system calls, and allocates nothing but a small list; no other
    // thread of the child exists, and glibc's allocator may be used after a fork.
    unsafe {
        command.pre_exec(enter);
    }
}

fn enter(numbers: &[u32]) -> io::Result<()> {
    let line =
        |code: u32, jt: u8, jf: u8, k: u32| libc::sock_filter { code: code as u16, jt, jf, k };
    // The number of the call is the first word that a filter sees.
    let mut lines = vec![line(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, 0)];
    for number in numbers {
        lines.push(line(libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K, 0, 1, *number));
        let refused = libc::SECCOMP_RET_ERRNO | libc::ENOSYS.unsigned_abs();
        lines.push(line(libc::BPF_RET | libc::BPF_K, 0, 0, refused));
    }
    lines.push(line(libc::BPF_RET | libc::BPF_K, 0, 0, libc::SECCOMP_RET_ALLOW));
    let program = libc::sock_fprog { len: lines.len() as u16, filter: lines.as_mut_ptr() };
    #[expect(unsafe_code, reason = "system calls")]
    // SAFETY: the filter and its lines live until the calls return, and the kernel copies them.
    let entered = unsafe {
        libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
            && libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const program) == 0
    };
    if entered { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Swaps a folder for a link to the folder above, and back, until it is told to end.
fn swap(own: &Path, end: &AtomicBool) {
    let [swapped, folder, link] = ["swapped", "folder", "link"].map(|name| own.join(name));
    while !end.load(Ordering::Relaxed) {
        let _ = fs::rename(&swapped, &folder);
        let _ = fs::rename(&link, &swapped);
        thread::yield_now();
        let _ = fs::rename(&swapped, &link);
        let _ = fs::rename(&folder, &swapped);
        thread::yield_now();
    }
}

#[track_caller]
fn stays_inside(lacking: &[libc::c_long]) {
    let terminal = Terminal::new();
    let program = terminal.folder().join("escape.wasm");
    let source = PathBuf::from(crate::repository("tests/wasi/escape.c"));
    modules::compiled(&source, "wasm32-wasi", &program);
    let outside = terminal.folder().join("outside");
    let own = outside.join("own");
    let read_only = outside.join("read-only");
    fs::create_dir_all(own.join("swapped")).unwrap();
    fs::create_dir(&read_only).unwrap();
    for (file, text) in
        [("secret", "secret"), ("own/swapped/secret", "inside"), ("read-only/text", "text")]
    {
        fs::write(outside.join(file), text).unwrap();
    }
    symlink("..", own.join("made-before")).unwrap();
    symlink(&outside, own.join("absolute-before")).unwrap();
    symlink("../secret", own.join("file-before")).unwrap();
    symlink("/proc/self/root", own.join("proc-before")).unwrap();
    symlink("..", own.join("link")).unwrap();
    let before: Vec<_> =
        fs::read_dir(&outside).unwrap().map(|entry| entry.unwrap().path()).collect();

    let folders =
        [format!("{}::.", own.display()), format!("{}::/read-only:ro", read_only.display())];
    let arguments = [
        "run",
        program.to_str().unwrap(),
        "--dir",
        &folders[0],
        "--dir",
        &folders[1],
        "--call-ms",
        "0",
    ];
    let mut command = terminal.command(&arguments);
    if !lacking.is_empty() {
        without(&mut command, lacking);
    }
    let end = AtomicBool::new(false);
    let ended = thread::scope(|scope| {
        scope.spawn(|| swap(&own, &end));
        let ended = command.output();
        end.store(true, Ordering::Relaxed);
        ended.unwrap()
    });
    let said = String::from_utf8_lossy(&ended.stdout);
    assert_eq!((ended.status.code(), said.as_ref()), (Some(0), "raced: both\n"), "{ended:?}");
    let after: Vec<_> =
        fs::read_dir(&outside).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(before.len(), after.len(), "{after:?}");
    assert_eq!(fs::read(outside.join("secret")).unwrap(), b"secret");
    assert_eq!(fs::read_dir(&read_only).unwrap().count(), 1);
    assert_eq!(fs::read(read_only.join("text")).unwrap(), b"text");
}

#[test]
fn a_program_reaches_nothing_outside_of_its_folders() {
    stays_inside(&[]);
}

#[test]
fn a_program_reaches_nothing_outside_of_its_folders_without_the_rule_for_paths() {
    stays_inside(&[libc::SYS_openat2]);
}

#[test]
fn a_program_reaches_nothing_outside_of_its_folders_without_landlock() {
    stays_inside(&[libc::SYS_landlock_create_ruleset]);
}
