//! A compiler or runner process, spoken to directly, one request after the other.

use std::ffi::OsStr;
use std::io::{BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use watshop_protocol::instance::{Instantiate, Load, Request};
use watshop_protocol::page::{
    Compiler, Engine, Error, Limits, Optimisation, Proposals, Target, UnknownImports, WasiSettings,
};
use watshop_protocol::process::{Ask, Numbered, Said, compiler, runner};
use watshop_protocol::{frame, passport::Passport};

/// A child process that answers frames.
pub struct Process {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    last: u32,
}

impl Process {
    /// Starts an executable of the release folder.
    pub fn start(program: &str, arguments: &[&OsStr]) -> Self {
        let mut command = Command::new(crate::programs().join(program));
        command.args(arguments);
        Self::start_by(command)
    }

    /// Starts a child process by a command.
    pub fn start_by(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|e| panic!("{command:?}: {e}"));
        let requests = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { child, requests, answers, last: 0 }
    }

    /// Sends a request and waits for the answer. Messages in between go to `notice`.
    pub fn ask<R: Ask, N: DeserializeOwned>(
        &mut self,
        request: R,
        bytes: &[u8],
        mut notice: impl FnMut(N, &[u8]),
    ) -> Result<(R::Answer, Vec<u8>), Error> {
        self.last += 1;
        let id = self.last;
        let requests = self.requests.as_mut().unwrap();
        frame::write(requests, &Numbered { id, message: request.into() }, bytes).unwrap();
        requests.flush().unwrap();
        loop {
            let frame = frame::read(&mut self.answers).unwrap().expect("the process ended");
            let (json, body) = frame::split(&frame).unwrap();
            match serde_json::from_slice::<Said<Box<RawValue>, N>>(json).unwrap() {
                Said::Answer { id: to, result } => {
                    assert_eq!(to, id, "an answer to another request");
                    let answer =
                        serde_json::from_str(result?.get()).expect("an answer to this request");
                    return Ok((answer, body.to_vec()));
                }
                Said::Notice(said) => notice(said, body),
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.requests.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A compiler process.
pub struct CompilerProcess(Process);

impl CompilerProcess {
    /// Starts the process of a compiler.
    pub fn start(compiler: Compiler) -> Self {
        Self(Process::start(&format!("watshop-compiler-{}", compiler.as_str()), &[]))
    }

    /// Compiles a binary into a sealed file.
    pub fn compile(
        &mut self,
        module: &[u8],
        engine: Engine,
        proposals: Proposals,
        sealed: &Path,
    ) -> Result<Passport, Error> {
        self.make(job(module, engine, proposals, sealed), module)
    }

    /// Compiles a binary into a sealed file whose code counts its instructions.
    pub fn compile_counting(
        &mut self,
        module: &[u8],
        engine: Engine,
        proposals: Proposals,
        sealed: &Path,
    ) -> Result<Passport, Error> {
        let job = job(module, engine, proposals, sealed);
        self.make(compiler::CompileJob { count_instructions: true, ..job }, module)
    }

    /// Compiles a binary into a sealed file for another machine.
    pub fn compile_for(
        &mut self,
        target: Option<Target>,
        module: &[u8],
        engine: Engine,
        proposals: Proposals,
        sealed: &Path,
    ) -> Result<Passport, Error> {
        let job = job(module, engine, proposals, sealed);
        self.make(compiler::CompileJob { target, ..job }, module)
    }

    fn make(&mut self, job: compiler::CompileJob, module: &[u8]) -> Result<Passport, Error> {
        match self.0.ask(job, module, |_: compiler::Notice, _| ())?.0 {
            compiler::CompileOutcome::Sealed { passport, .. } => Ok(*passport),
            other => panic!("no artifact was asked for: {other:?}"),
        }
    }
}

/// The job of compiling a binary for this machine into a sealed file.
fn job(module: &[u8], engine: Engine, proposals: Proposals, sealed: &Path) -> compiler::CompileJob {
    compiler::CompileJob {
        validated: false,
        measure_functions: false,
        again: false,
        form: engine.into(),
        optimisation: Optimisation::Speed,
        proposals,
        count_instructions: false,
        target: None,
        module_hash: blake3::hash(module).to_hex().to_string(),
        signing_key: None,
        to: sealed.to_owned(),
    }
}

/// A runner process.
pub struct RunnerProcess(Process);

impl RunnerProcess {
    /// Starts a runner that may read only the files of a folder.
    pub fn start(artifacts: &Path) -> Self {
        Self::start_by(Command::new(crate::programs().join("watshop-runner")), artifacts)
    }

    /// Starts a runner by a command.
    pub fn start_by(mut command: Command, artifacts: &Path) -> Self {
        command.arg("--artifacts").arg(artifacts);
        Self(Process::start_by(command))
    }

    /// Sends a request, and drops the guest's output.
    pub fn ask<R: Ask<Requests = Request>>(&mut self, request: R) -> Result<R::Answer, Error> {
        Ok(self.0.ask(request, &[], |_: runner::Notice, _| ())?.0)
    }

    /// Sends a request, and keeps the guest's output meanwhile.
    pub fn ask_and_listen<R: Ask<Requests = Request>>(
        &mut self,
        request: R,
    ) -> Result<(R::Answer, Vec<u8>), Error> {
        let mut output = Vec::new();
        let (answer, _) =
            self.0.ask(request, &[], |_: runner::Notice, bytes| output.extend_from_slice(bytes))?;
        Ok((answer, output))
    }

    /// Loads a sealed file and makes an instance of it, with no imports.
    pub fn instantiate(&mut self, sealed: &Path, limits: Limits) -> Result<(), Error> {
        self.ask(Load { sealed: sealed.to_owned(), payload_hash: None, own: false })?;
        self.ask(Instantiate {
            limits,
            wasi: WasiSettings { program: Some("test".into()), ..WasiSettings::default() },
            unknown_imports: UnknownImports::Error,
            host: runner::HostSetup::default(),
        })?;
        Ok(())
    }
}
