//! Starts a compiler process and talks to it.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use tempfile::TempDir;
use watshop_protocol::frame;
use watshop_protocol::page::{Compiler, Error, Form, Optimisation, Proposals};
use watshop_protocol::passport::Passport;
use watshop_protocol::process::compiler::{CompileJob, CompileOutcome, Notice, Request};
use watshop_protocol::process::{Ask, Numbered, Said};

/// The longest wait. Only a process that hangs reaches it.
const PATIENCE: Duration = Duration::from_secs(120);

/// All compilers of this build.
pub const COMPILERS: &[Compiler] = &[
    Compiler::Singlepass,
    Compiler::Cranelift,
    #[cfg(feature = "llvm")]
    Compiler::Llvm,
];

/// The path of a compiler. It is found when a test runs, not when it is compiled: clones may share
/// the folder of executables, and a program that another clone left there names that clone's paths.
pub fn program(compiler: Compiler) -> PathBuf {
    let name = format!("CARGO_BIN_EXE_watshop-compiler-{}", compiler.as_str());
    std::env::var_os(&name)
        .unwrap_or_else(|| panic!("{name} is not set: this build lacks it"))
        .into()
}

pub struct Process {
    pub compiler: Compiler,
    child: Child,
    input: Option<ChildStdin>,
    said: Receiver<Said<Json, Notice>>,
    log: Option<JoinHandle<String>>,
    folder: TempDir,
    last: u32,
    /// Progress notices so far.
    pub progress: Vec<(u32, String, Option<f32>)>,
}

impl Process {
    /// Starts a compiler and waits until it is ready.
    pub fn start(compiler: Compiler) -> Self {
        Self::start_by(compiler, Command::new(program(compiler)), tempfile::tempdir().unwrap())
    }

    /// Starts a compiler by a command of its own; sealed files go to a folder.
    pub fn start_by(compiler: Compiler, mut command: Command, folder: TempDir) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, said) = channel();
        let mut output = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            while let Some(frame) = frame::read(&mut output).unwrap() {
                let (json, bytes) = frame::split(&frame).unwrap();
                assert!(bytes.is_empty());
                if to.send(serde_json::from_slice(json).unwrap()).is_err() {
                    return;
                }
            }
        });
        let mut errors = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut text = String::new();
            errors.read_to_string(&mut text).unwrap();
            text
        });
        let input = child.stdin.take();
        let mut process = Self {
            compiler,
            child,
            input,
            said,
            log: Some(log),
            folder,
            last: 0,
            progress: Vec::new(),
        };
        assert_eq!(process.next(), Said::Notice(Notice::Ready), "the first thing said");
        process
    }

    /// A job with the defaults of a tab.
    pub fn job(&self) -> CompileJob {
        CompileJob {
            validated: false,
            measure_functions: false,
            again: false,
            form: Form::Jit,
            optimisation: Optimisation::default(),
            proposals: Proposals::default(),
            count_instructions: false,
            target: None,
            module_hash: watshop_artifact::hash(b"the module"),
            signing_key: None,
            to: self.folder().join("out.wshop"),
        }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn send(&mut self, message: impl Into<Request>, bytes: &[u8]) -> u32 {
        self.last += 1;
        let request = Numbered { id: self.last, message: message.into() };
        frame::write(self.input.as_mut().unwrap(), &request, bytes).unwrap();
        self.last
    }

    /// Writes bytes unchanged.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        self.input.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// Waits for the answer to a request.
    pub fn answer<R: Ask<Requests = Request>>(&mut self, wanted: u32) -> Result<R::Answer, Error> {
        loop {
            match self.next() {
                Said::Answer { id, result } if id == wanted => {
                    return result.map(|answer| serde_json::from_value(answer).unwrap());
                }
                Said::Notice(Notice::Progress { job, step, fraction }) => {
                    self.progress.push((job, step, fraction));
                }
                other => panic!("{other:?} instead of the answer to {wanted}"),
            }
        }
    }

    /// Waits for the next progress notice.
    pub fn wait_for_progress(&mut self) {
        match self.next() {
            Said::Notice(Notice::Progress { job, step, fraction }) => {
                self.progress.push((job, step, fraction));
            }
            other => panic!("{other:?} instead of progress"),
        }
    }

    /// Compiles and gives the passport.
    pub fn compile(&mut self, job: CompileJob, module: &[u8]) -> Result<Passport, Error> {
        let id = self.send(job, module);
        match self.answer::<CompileJob>(id)? {
            CompileOutcome::Sealed { passport, compile_ns, seal_ns, .. } => {
                assert!(compile_ns > 0 && seal_ns > 0);
                Ok(*passport)
            }
            other => panic!("{other:?}"),
        }
    }

    /// Compiles a module that every compiler accepts. Every test ends with it, to see that the
    /// process still works.
    pub fn still_works(&mut self) {
        let job = self.job();
        let path = job.to.clone();
        self.compile(job, &fib()).unwrap();
        watshop_artifact::open(&path).unwrap();
    }

    /// Closes the process's input.
    pub fn close_input(&mut self) {
        self.input = None;
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
    }

    /// Waits for the end, and gives the status and the text on standard error.
    pub fn wait_for_end(&mut self) -> (ExitStatus, String) {
        let begun = Instant::now();
        // The output is closed when the process ends, so no polling is needed.
        while let Ok(said) = self.said.recv_timeout(PATIENCE) {
            drop(said);
        }
        assert!(begun.elapsed() < PATIENCE, "it does not end");
        (self.child.wait().unwrap(), self.log.take().unwrap().join().unwrap())
    }

    fn next(&mut self) -> Said<Json, Notice> {
        match self.said.recv_timeout(PATIENCE) {
            Ok(said) => said,
            Err(error) => {
                let _ = self.child.kill();
                let log = self.log.take().map(|log| log.join().unwrap());
                panic!("{:?} says nothing more: {error}; its log: {log:?}", self.compiler)
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The path of a file that a job makes, for jobs that go on at the same time.
pub fn sealed_as(mut job: CompileJob, name: &str) -> (CompileJob, PathBuf) {
    job.to.set_file_name(name);
    let path = job.to.clone();
    (job, path)
}

pub fn fib() -> Vec<u8> {
    wat::parse_str(
        r#"(module (memory (export "mem") 1)
             (func $fib (export "fib") (param i32) (result i32)
               (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
                 (then (local.get 0))
                 (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                                (call $fib (i32.sub (local.get 0) (i32.const 2))))))))"#,
    )
    .unwrap()
}

/// A module that keeps every compiler busy for seconds.
pub fn long() -> Vec<u8> {
    functions(6000)
}

/// A module of this number of functions, each some kilobytes long.
pub fn functions(count: usize) -> Vec<u8> {
    let step = "(local.set 0 (i64.mul (i64.add (local.get 0) (i64.const 7)) (i64.xor (local.get 1) (local.get 0))))\n\
                (if (i64.gt_s (local.get 0) (local.get 1)) (then (local.set 1 (i64.shl (local.get 0) (i64.const 3)))))\n";
    let function =
        format!("(func (param i64 i64) (result i64)\n{}(local.get 0))\n", step.repeat(120));
    wat::parse_str(format!("(module {})", function.repeat(count))).unwrap()
}
