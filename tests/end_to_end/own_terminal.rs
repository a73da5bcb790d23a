//! `watshop run` on a terminal, which stays one for the program.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Stdio;

use watshop_tests::modules;
use watshop_tests::terminal::Terminal;

/// The two ends of a new terminal: the person's, and the program's.
fn terminal() -> (File, OwnedFd) {
    let (mut person, mut program) = (0, 0);
    let none = std::ptr::null_mut();
    #[expect(unsafe_code, reason = "a system call")]
    // SAFETY: both numbers are written by the call, and are this process's own from then on.
    unsafe {
        let made = libc::openpty(&raw mut person, &raw mut program, none, none.cast(), none.cast());
        assert_eq!(made, 0);
        (File::from_raw_fd(person), OwnedFd::from_raw_fd(program))
    }
}

/// The settings of a terminal, as flags and special characters.
fn settings(terminal: &OwnedFd) -> ([u32; 4], [u8; libc::NCCS]) {
    let mut told = MaybeUninit::<libc::termios>::uninit();
    #[expect(unsafe_code, reason = "a system call")]
    // SAFETY: the call fills the structure, which is asserted.
    let told = unsafe {
        assert_eq!(libc::tcgetattr(terminal.as_raw_fd(), told.as_mut_ptr()), 0);
        told.assume_init()
    };
    ([told.c_iflag, told.c_oflag, told.c_cflag, told.c_lflag], told.c_cc)
}

#[test]
fn a_terminal_stays_one_and_ctrl_c_ends_the_program_with_130() {
    let folder = Terminal::new();
    let wasm = folder.folder().join("terminal.wasm");
    let source = PathBuf::from(crate::repository("tests/wasi/terminal.c"));
    modules::compiled(&source, "wasm32-wasi", &wasm);
    let (mut person, program) = terminal();
    let before = settings(&program);
    let mut command = folder.command(&["run", wasm.to_str().unwrap()]);
    let stream = || Stdio::from(program.try_clone().unwrap());
    command.stdin(stream()).stdout(stream()).stderr(stream());
    let number = program.as_raw_fd();
    #[expect(unsafe_code, reason = "the terminal is the child's own from its start")]
    // SAFETY: two system calls, which allocate nothing.
    unsafe {
        command.pre_exec(move || {
            libc::setsid();
            libc::ioctl(number, libc::TIOCSCTTY, 0);
            Ok(())
        });
    }
    let mut child = command.spawn().unwrap();
    let mut seen = Vec::new();
    let mut piece = [0; 1000];
    while !seen.ends_with(b"1\r\n") {
        let count = person.read(&mut piece).unwrap();
        seen.extend_from_slice(&piece[..count]);
    }
    assert!(seen.ends_with(b"terminals: 1 1 1\r\n"), "{}", String::from_utf8_lossy(&seen));
    person.write_all(b"\x03").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(settings(&program), before);
}
