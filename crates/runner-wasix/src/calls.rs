//! The functions of WASIX as a guest calls them: each is the one of `wasmer-wasix`, with an end
//! that the runner knows.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use watshop_protocol::say;

use wasmer::{
    Function, FunctionEnv, FunctionEnvMut, FunctionType, Memory, RuntimeError, Store, Value,
};
use wasmer_wasix::WasiError;
use watshop_runner::{HostRefusal, HostStopped, ProgramExit, Stop, Waker};
use watshop_wasi::Errno;
use watshop_wasi::stat::FileType;

use crate::refused;

/// What the calls of a program share.
pub struct CallState {
    stop: Arc<Stop>,
    /// The kinds of input, output and error.
    kinds: [FileType; 3],
    /// True once the program was told to end.
    stopped: Arc<AtomicBool>,
    /// True once the instance is there.
    pub attached: AtomicBool,
    /// The memory of the program.
    pub memory: OnceLock<Memory>,
    /// Cuts its waits short, as long as the program is there.
    _waker: Arc<Waker>,
}

impl CallState {
    /// The state of a program that has not begun.
    pub fn new(
        stop: Arc<Stop>,
        kinds: [FileType; 3],
        stopped: Arc<AtomicBool>,
        waker: Arc<Waker>,
    ) -> Self {
        let (attached, memory) = (AtomicBool::new(false), OnceLock::new());
        Self { stop, kinds, stopped, attached, memory, _waker: waker }
    }
}

/// A function of WASIX.
pub struct Callee {
    /// What it shares with the others.
    pub state: Arc<CallState>,
    /// Its name.
    pub name: String,
    /// The function of `wasmer-wasix`.
    pub function: Function,
}

/// Makes the import of a function.
pub fn make(store: &mut Store, callee: &FunctionEnv<Callee>) -> Function {
    let kind = callee.as_ref(store).function.ty(store);
    if refused::is_refused(&callee.as_ref(store).name) {
        let answer = kind.results().iter().map(|_| Value::I32(Errno::NOTSUP.0.into())).collect();
        return refuse(store, kind, callee.as_ref(store).name.clone(), answer);
    }
    Function::new_with_env(store, callee, kind, call)
}

/// A function that does nothing but answer. One that has no results cannot return from a failure.
fn refuse(store: &mut Store, kind: FunctionType, name: String, answer: Vec<Value>) -> Function {
    Function::new(store, kind, move |_| match answer.as_slice() {
        [] => Err(refusal(say!("`{name}` of WASIX is not supported here."))),
        answer => Ok(answer.to_vec()),
    })
}

fn call(
    mut of: FunctionEnvMut<'_, Callee>,
    arguments: &[Value],
) -> Result<Vec<Value>, RuntimeError> {
    let (callee, mut store) = of.data_and_store_mut();
    let state = Arc::clone(&callee.state);
    if state.stop.wanted() {
        return Err(stopped());
    }
    if !state.attached.load(Ordering::Relaxed) {
        return Err(refusal(say!(
            "`{}` of WASIX needs the instance, and a start function runs before there is one.",
            callee.name
        )));
    }
    if state.stopped.load(Ordering::Relaxed) {
        return Err(refusal(say!("The program was stopped. Only a new instance can use WASIX.")));
    }
    let ended = callee.function.call(&mut store, arguments);
    // Its wait was cut short, whatever it says.
    if state.stop.wanted() {
        return Err(stopped());
    }
    match ended {
        Ok(results) => {
            if callee.name == "fd_fdstat_get" {
                tell_kind(&state, &store, arguments);
            }
            Ok(results.into_vec())
        }
        Err(error) => Err(match error.downcast_ref::<WasiError>() {
            Some(WasiError::Exit(status)) => {
                RuntimeError::user(Box::new(ProgramExit(status.raw())))
            }
            Some(WasiError::ThreadExit) => RuntimeError::user(Box::new(ProgramExit(0))),
            Some(other) => refusal(say!("`{}` of WASIX failed: {other}.", callee.name)),
            None => error,
        }),
    }
}

/// Corrects the kind of a standard stream: `wasmer-wasix` calls each of them a terminal.
fn tell_kind(state: &CallState, store: &impl wasmer::AsStoreRef, arguments: &[Value]) {
    let [fd, at] = arguments else { return };
    let fd = fd.i32().and_then(|fd| usize::try_from(fd).ok());
    let at = match at {
        Value::I64(at) => at.cast_unsigned(),
        at => at.i32().map_or(0, |at| at.cast_unsigned().into()),
    };
    let (Some(kind), Some(memory)) = (fd.and_then(|fd| state.kinds.get(fd)), state.memory.get())
    else {
        return;
    };
    let view = memory.view(store);
    // Another file may have this number by now, which is no terminal.
    if view.read_u8(at).is_ok_and(|told| told == FileType::CharacterDevice as u8) {
        let _ = view.write_u8(at, *kind as u8);
    }
}

fn stopped() -> RuntimeError {
    RuntimeError::user(Box::new(HostStopped))
}

fn refusal(why: watshop_protocol::Sentence) -> RuntimeError {
    RuntimeError::user(Box::new(HostRefusal(why)))
}
