//! Starts the real runner and speaks its protocol. The modules are compiled by the real compiler
//! processes.

use std::collections::{HashMap, VecDeque};
use std::io::{BufReader, Read};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use serde_json::value::RawValue;
use tempfile::TempDir;
use watshop_protocol::frame;
use watshop_protocol::instance::{
    Address, Call, CallAnswer, Instantiate, InstantiateAnswer, Load, LoadAnswer, MemoryPiece,
    ReadExports, ReadMemory, Request, Stop,
};
use watshop_protocol::page::{
    Compiler, DoneReply, Engine, Error, ExportList, ExportState, Layer, Limits, Optimisation,
    Proposals, Repeats, Result, Stream, UnknownImports, Value, WasiSettings,
};
use watshop_protocol::process::runner::{CallEnd, Notice};
use watshop_protocol::process::{Ask, Numbered, Said, compiler};

/// The time after which a waiting test fails, because the process hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A message of the runner, and its bytes.
type Heard = (Said<Box<RawValue>, Notice>, Vec<u8>);

/// A runner process, and its messages so far.
pub struct Runner {
    pub child: Child,
    input: Option<ChildStdin>,
    heard: Receiver<Heard>,
    answers: HashMap<u32, (Result<Box<RawValue>>, Vec<u8>)>,
    next: u32,
    /// The reports of progress.
    repeats: VecDeque<Repeats>,
    /// The guest's standard output.
    pub stdout: Vec<u8>,
    /// The guest's standard error.
    pub stderr: Vec<u8>,
    /// The folder of sealed files, which live as long as the runner.
    folder: TempDir,
    /// The layers of the sandbox, as reported.
    pub sandbox: Vec<Layer>,
    /// The times that the guest has said that it waits for its standard input.
    input_wanted: u32,
    /// True if it reported that it ends by itself.
    pub ending: bool,
}

/// A request that waits for its answer.
#[derive(Debug)]
pub struct Pending<A> {
    id: u32,
    answer: PhantomData<A>,
}

impl<A> Clone for Pending<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for Pending<A> {}

impl Pending<DoneReply> {
    /// A request that was sent as raw bytes.
    pub fn raw(id: u32) -> Self {
        Self { id, answer: PhantomData }
    }
}

impl Runner {
    /// Starts a runner, and waits until it is ready.
    pub fn start() -> Self {
        Self::start_by(&runner_program())
    }

    /// Starts the runner that has WASIX.
    pub fn start_wasix() -> Self {
        Self::start_by(&wasix_program())
    }

    fn start_by(program: &Path) -> Self {
        let folder = TempDir::new().unwrap();
        let mut child = Command::new(program)
            .arg("--artifacts")
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the runner starts");
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (tell, heard) = channel();
        thread::spawn(move || {
            while let Ok(Some(message)) = frame::read(&mut output) {
                let (json, bytes) = frame::split(&message).unwrap();
                let said = serde_json::from_slice(json).expect("the runner speaks its protocol");
                if tell.send((said, bytes.to_vec())).is_err() {
                    return;
                }
            }
        });
        let ready = heard.recv_timeout(PATIENCE).expect("the runner says that it is ready");
        let Said::Notice(Notice::Ready { sandbox }) = ready.0 else {
            panic!("first it said {ready:?}")
        };
        Self {
            input: child.stdin.take(),
            child,
            heard,
            answers: HashMap::new(),
            next: 0,
            repeats: VecDeque::new(),
            stdout: Vec::new(),
            stderr: Vec::new(),
            folder,
            sandbox,
            input_wanted: 0,
            ending: false,
        }
    }

    /// Starts a runner with a module of text, compiled by Cranelift, loaded and instantiated.
    pub fn with(text: &str, engine: Engine) -> Self {
        Self::made_by(Compiler::Cranelift, text, engine)
    }

    /// Does the same with any compiler.
    pub fn made_by(by: Compiler, text: &str, engine: Engine) -> Self {
        let mut runner = Self::start();
        runner.open_by(by, text, engine);
        runner.instantiate().expect("the module is instantiated");
        runner
    }

    /// Compiles a module of text with Cranelift and loads it.
    pub fn open(&mut self, text: &str, engine: Engine) {
        self.open_by(Compiler::Cranelift, text, engine);
    }

    pub fn open_by(&mut self, by: Compiler, text: &str, engine: Engine) {
        let wasm = wat::parse_str(text).expect("the test's module is right");
        let sealed = self.folder.path().join(format!("{}.wshop", self.next));
        compile(by, engine, Proposals::default(), &wasm, &sealed);
        self.load(&sealed).expect("the module is loaded");
    }

    pub fn load(&mut self, sealed: &Path) -> Result<LoadAnswer> {
        self.ask(Load { sealed: sealed.to_owned(), payload_hash: None, own: false })
    }

    pub fn instantiate(&mut self) -> Result<InstantiateAnswer> {
        self.instantiate_with(|_, _, _| ())
    }

    /// Instantiates with other settings than the defaults.
    pub fn instantiate_with(
        &mut self,
        set: impl FnOnce(&mut Limits, &mut WasiSettings, &mut UnknownImports),
    ) -> Result<InstantiateAnswer> {
        let (mut limits, mut wasi, mut unknown) = Default::default();
        set(&mut limits, &mut wasi, &mut unknown);
        self.ask(Instantiate { limits, wasi, unknown_imports: unknown, host: Default::default() })
    }

    pub fn try_call(&mut self, export: &str, arguments: &[&str]) -> Result<CallAnswer> {
        self.ask(call(export, arguments, 0))
    }

    /// Calls an export and gives its results as text.
    pub fn call(&mut self, export: &str, arguments: &[&str]) -> Vec<String> {
        match self.try_call(export, arguments).expect("the call is accepted").ended {
            CallEnd::Returned(results) => results.into_iter().map(|v| v.value).collect(),
            other => panic!("`{export}` ended with {other:?}"),
        }
    }

    /// Calls an export, which must not return.
    pub fn fail(&mut self, export: &str, arguments: &[&str]) -> Error {
        match self.try_call(export, arguments).expect("the call is accepted").ended {
            CallEnd::Failed(error) => *error,
            other => panic!("`{export}` ended with {other:?}"),
        }
    }

    /// Sends a request, and waits for the answer.
    pub fn ask<R: Ask<Requests = Request>>(&mut self, request: R) -> Result<R::Answer> {
        let pending = self.post(request);
        self.wait(pending)
    }

    /// Sends a request with bytes, and waits for the answer.
    pub fn ask_with<R: Ask<Requests = Request>>(
        &mut self,
        request: R,
        bytes: &[u8],
    ) -> Result<R::Answer> {
        let pending = self.post_with(request, bytes);
        self.wait(pending)
    }

    /// Sends a request, and gives its number at once.
    pub fn post<R: Ask<Requests = Request>>(&mut self, request: R) -> Pending<R::Answer> {
        self.post_with(request, &[])
    }

    fn post_with<R: Ask<Requests = Request>>(
        &mut self,
        request: R,
        bytes: &[u8],
    ) -> Pending<R::Answer> {
        self.next += 1;
        let numbered = Numbered { id: self.next, message: request.into() };
        frame::write(self.input.as_mut().expect("the pipe is open"), &numbered, bytes)
            .expect("the runner reads");
        Pending { id: self.next, answer: PhantomData }
    }

    /// Waits for the answer to a request. The guest's output in between is kept.
    pub fn wait<A: DeserializeOwned>(&mut self, pending: Pending<A>) -> Result<A> {
        Ok(self.wait_bytes(pending)?.0)
    }

    pub fn wait_bytes<A: DeserializeOwned>(&mut self, pending: Pending<A>) -> Result<(A, Vec<u8>)> {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some((result, bytes)) = self.answers.remove(&pending.id) {
                return Ok((
                    serde_json::from_str(result?.get()).expect("an answer to this request"),
                    bytes,
                ));
            }
            self.hear(until);
        }
    }

    /// Waits until the guest has written so many bytes to standard output.
    pub fn wait_stdout(&mut self, bytes: usize) {
        let until = Instant::now() + PATIENCE;
        while self.stdout.len() < bytes {
            self.hear(until);
        }
    }

    /// Waits until the guest says that it waits for its standard input.
    pub fn wait_input_wanted(&mut self) {
        let until = Instant::now() + PATIENCE;
        while self.input_wanted == 0 {
            self.hear(until);
        }
        self.input_wanted = 0;
    }

    /// Waits for a report of progress.
    pub fn wait_repeats(&mut self) -> Repeats {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.repeats.pop_front() {
                Some(repeats) => return repeats,
                None => self.hear(until),
            }
        }
    }

    fn hear(&mut self, until: Instant) {
        let time = until.saturating_duration_since(Instant::now());
        match self.heard.recv_timeout(time) {
            Ok((Said::Answer { id, result }, bytes)) => {
                self.answers.insert(id, (result, bytes));
            }
            Ok((Said::Notice(Notice::Output(source)), bytes)) => match source.stream {
                Stream::Stdout => self.stdout.extend(bytes),
                Stream::Stderr => self.stderr.extend(bytes),
            },
            Ok((Said::Notice(Notice::Repeated(repeats)), _)) => self.repeats.push_back(repeats),
            Ok((Said::Notice(Notice::InputWanted), _)) => self.input_wanted += 1,
            Ok((Said::Notice(Notice::Ending), _)) => self.ending = true,
            Ok((Said::Notice(Notice::Ready { .. }), _)) => {
                panic!("the runner is ready a second time")
            }
            Err(why) => {
                panic!("the runner says nothing any more ({why}): {:?}", self.child.try_wait())
            }
        }
    }

    pub fn exports(&mut self) -> Result<Vec<ExportState>> {
        Ok(self.ask(ReadExports {})?.exports.exports().collect())
    }

    /// Bytes of a memory, and its pages.
    pub fn read(&mut self, memory: &str, offset: u64, length: u32) -> Result<(Vec<u8>, u64)> {
        let asked = ReadMemory { memory: memory.into(), offset: Address(offset), length };
        let pending = self.post(asked);
        let (MemoryPiece { pages }, bytes) = self.wait_bytes(pending)?;
        Ok((bytes, pages))
    }

    /// Presses Stop; gives whether anything was running.
    pub fn stop(&mut self) -> bool {
        self.ask(Stop {}).unwrap().running
    }

    /// Sends bytes that are not a request.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        use std::io::Write as _;
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// Closes the pipe and waits for the end.
    pub fn close(&mut self) -> ExitStatus {
        drop(self.input.take());
        self.wait_end()
    }

    pub fn wait_end(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "the runner does not end");
            thread::yield_now();
        }
    }

    /// The most memory the process has used so far, in bytes, without what it has only reserved.
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn call(export: &str, arguments: &[&str], limit_ms: u32) -> Call {
    let arguments = arguments.iter().map(|a| (*a).to_owned()).collect();
    Call { export: export.into(), arguments, limit_ms }
}

/// The value of an exported global.
pub fn value(exports: &(impl Listed + ?Sized), name: &str) -> Value {
    exports.named(name).value.expect("a global has a value")
}

/// Pages of an exported memory or elements of an exported table.
pub fn size(exports: &(impl Listed + ?Sized), name: &str) -> u64 {
    exports.named(name).size.expect("a memory and a table have a size")
}

/// Exports, as a list of an answer or one by one.
pub trait Listed {
    /// The export of a name.
    fn named(&self, name: &str) -> ExportState;
}

impl Listed for ExportList {
    fn named(&self, name: &str) -> ExportState {
        self.exports().find(|e| e.export.name == name).expect("the export is there")
    }
}

impl Listed for Vec<ExportState> {
    fn named(&self, name: &str) -> ExportState {
        self.iter().find(|e| e.export.name == name).expect("the export is there").clone()
    }
}

/// The runner of this build. The path is found at run time, because clones that share a folder of
/// executables have other paths.
pub fn runner_program() -> PathBuf {
    std::env::var_os("CARGO_BIN_EXE_watshop-runner").unwrap().into()
}

/// The runner that has WASIX, beside it.
pub fn wasix_program() -> PathBuf {
    runner_program().with_file_name(watshop_protocol::wasi::WASIX_RUNNER)
}

/// The executable of a compiler, beside the runner's.
pub fn compiler_program(by: Compiler) -> PathBuf {
    let name = format!("watshop-compiler-{}", by.as_str());
    runner_program().with_file_name(name)
}

/// The compilers that are built; LLVM is not everywhere.
pub fn compilers() -> impl Iterator<Item = Compiler> {
    Compiler::ALL.into_iter().filter(|by| compiler_program(*by).exists())
}

/// Compiles a binary module into a sealed file.
pub fn compile(by: Compiler, engine: Engine, proposals: Proposals, wasm: &[u8], sealed: &Path) {
    let program = compiler_program(by);
    assert!(
        program.exists(),
        "{} is not there: these tests need the compilers, so build the whole workspace \
         (cargo build --release --workspace --features watshop-compiler/llvm)",
        program.display()
    );
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let job = compiler::CompileJob {
        validated: false,
        measure_functions: false,
        again: false,
        form: engine.into(),
        optimisation: Optimisation::default(),
        proposals,
        count_instructions: false,
        target: None,
        module_hash: "0".repeat(64),
        signing_key: None,
        to: sealed.to_owned(),
    };
    let request = Numbered { id: 1, message: compiler::Request::Compile(job) };
    frame::write(child.stdin.as_mut().unwrap(), &request, wasm).unwrap();
    let mut output = child.stdout.take().unwrap();
    let answer = answer_of(&mut output);
    assert!(
        answer.get("Ok").is_some() || answer.get("ok").is_some(),
        "the compiler refused: {answer}"
    );
    drop(child.stdin.take());
    child.wait().unwrap();
}

fn answer_of(output: &mut impl Read) -> Json {
    while let Some(message) = frame::read(output).expect("the compiler answers") {
        let (json, _) = frame::split(&message).unwrap();
        let said: Json = serde_json::from_slice(json).unwrap();
        if let Some(answer) = said.get("answer") {
            return answer["result"].clone();
        }
    }
    panic!("the compiler ended without an answer");
}
