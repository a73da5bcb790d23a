//! The last line of a runner with a FILE that the system is about to end. Machine code that is
//! damaged can fault anywhere, in the code of the runner too, so the line is ready before any of it
//! is loaded.

use std::ffi::{c_int, c_void};
use std::fs::File;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd as _, AsRawFd};
use std::path::Path;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use watshop_protocol::say;

use watshop_protocol::page::{Error, ErrorCode};
use watshop_protocol::terminal::{self, spelled};

/// The signals by which the system ends a process for its own fault, with their names.
const SIGNALS: [(c_int, &str); 5] = [
    (libc::SIGSEGV, "SIGSEGV"),
    (libc::SIGBUS, "SIGBUS"),
    (libc::SIGILL, "SIGILL"),
    (libc::SIGFPE, "SIGFPE"),
    (libc::SIGABRT, "SIGABRT"),
];

/// The bytes for standard error and for standard output, for each signal.
struct LastLines([(c_int, [Vec<u8>; 2]); SIGNALS.len()]);

static LINES: OnceLock<LastLines> = OnceLock::new();

/// Standard error as it was at the start.
static STDERR: OnceLock<File> = OnceLock::new();

/// Standard error for the lines of this program and of its guest, see [`prepare`].
///
/// # Errors
///
/// The system gives no more descriptors.
pub fn stderr() -> io::Result<File> {
    match STDERR.get() {
        Some(own) => own.try_clone(),
        None => Ok(io::stderr().as_fd().try_clone_to_owned()?.into()),
    }
}

/// Sends to nowhere all that libraries write to standard error by themselves: the texts of panics
/// and of the allocator. With a log they stay, for those who look for a fault in this program.
fn silence_libraries() -> io::Result<()> {
    if std::env::var_os(watshop_child::LOG_VARIABLE).is_some() {
        return Ok(());
    }
    let own = io::stderr().as_fd().try_clone_to_owned()?;
    rustix::stdio::dup2_stderr(File::options().write(true).open("/dev/null")?)?;
    let _ = STDERR.set(own.into());
    Ok(())
}

/// Has such an end written as one line about the file. Wasmer installs its own handlers after this,
/// and passes on the signals that are not traps of a guest.
pub fn prepare(file: &Path, json: bool) {
    let lines = SIGNALS.map(|(signal, name)| {
        let error = error(name);
        let line = spelled::lines(&terminal::complaint(file, true, &error)) + "\n";
        let report = terminal::JsonReport::Failed { error: &error };
        let report = serde_json::to_string(&report).map(|report| spelled::json(&report) + "\n");
        let report = if json { report.unwrap_or_default() } else { String::new() };
        (signal, [line.into_bytes(), report.into_bytes()])
    });
    if let Err(error) = silence_libraries() {
        tracing::debug!(%error, "libraries write to standard error");
    }
    if LINES.set(LastLines(lines)).is_ok() {
        SIGNALS.iter().for_each(|(signal, _)| handle(*signal));
    }
}

/// Writes the line of an abort, and ends the process. A panic that cannot unwind would abort with a
/// text of its own.
pub fn end_as_aborted() {
    if LINES.get().is_some() {
        write_and_end(libc::SIGABRT);
    }
}

fn error(signal: &str) -> Error {
    Error::new(
        ErrorCode::RunnerCrashed,
        say!(
            "The machine code of this file did what no sound code does ({signal}), so the process ended. The file is \
             damaged, or it was made to do harm."
        ),
    )
    .help(say!("Compile the module again, and do not trust this file."))
}

fn handle(signal: c_int) {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    #[expect(unsafe_code, reason = "the system is told of a handler")]
    // SAFETY: all fields of the structure are numbers, for which zeros are a value. The handler has
    // the type that SA_SIGINFO asks for, and does only what a handler may do (signal-safety(7)).
    unsafe {
        let action = action.assume_init_mut();
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_NODEFER;
        action.sa_sigaction = on_signal as *const () as usize;
        libc::sigaction(signal, action, ptr::null_mut());
    }
}

extern "C" fn on_signal(signal: c_int, _: *mut libc::siginfo_t, _: *mut c_void) {
    write_and_end(signal);
}

/// Does only what a signal handler may do: it takes no lock and allocates nothing.
fn write_and_end(signal: c_int) -> ! {
    static BEGUN: AtomicBool = AtomicBool::new(false);
    let lines = LINES.get().and_then(|lines| lines.0.iter().find(|(own, _)| *own == signal));
    if let (Some((_, [line, report])), false) = (lines, BEGUN.swap(true, Ordering::SeqCst)) {
        let stderr = STDERR.get().map_or(libc::STDERR_FILENO, AsRawFd::as_raw_fd);
        for (stream, bytes) in [(libc::STDOUT_FILENO, report), (stderr, line)] {
            #[expect(unsafe_code, reason = "a handler may call nothing but the system")]
            // SAFETY: the bytes are never changed or freed once they are there.
            unsafe {
                libc::write(stream, bytes.as_ptr().cast(), bytes.len())
            };
        }
    }
    watshop_child::end(1)
}
