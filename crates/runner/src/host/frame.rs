//! A host function during a call: its place in the record, and its end.

use std::sync::Arc;
use watshop_protocol::Sentence;

use wasmer::{
    AsStoreMut, Function, FunctionEnv, FunctionEnvMut, FunctionType, RuntimeError, Store, StoreMut,
    Value as WasmerValue,
};
use watshop_protocol::page::{OutputSource, Stream};
use watshop_protocol::process::runner::Notice;
use watshop_protocol::value::ValueTypes;

use super::record::{HostCallOutcome, Touches};
use super::{Host, HostScope, cells};
use crate::ending::{HostRefusal, HostStopped, ProgramExit};

/// One host function, its owner and its name.
#[derive(Clone)]
pub struct HostFrame {
    /// The host, which all functions share.
    pub host: Arc<Host>,
    /// The instance that calls it, as the function sees it.
    pub scope: Arc<HostScope>,
    /// The function's number in the record.
    pub number: u32,
    /// The name `module.name` for messages.
    pub title: String,
    /// The types of its parameters, in order.
    pub params: ValueTypes,
    /// The types of its results, in order.
    pub results: ValueTypes,
}

/// The end of a host function that does not return.
pub enum HostEnding {
    /// It ends the guest with a code.
    Exit(i32),
    /// It traps with a sentence.
    Trap(Sentence),
    /// The guest must end, and the function noticed.
    Stopped,
    /// Code of the module that the function called ended with this error.
    Passed(RuntimeError),
}

/// Makes a function that does not call back into the module. A call is recorded once, at its end.
pub fn simple(
    store: &mut Store,
    frame: HostFrame,
    kind: &FunctionType,
    answer: impl Fn(
        &mut StoreMut<'_>,
        &[WasmerValue],
        &mut Option<Touches>,
    ) -> Result<Vec<WasmerValue>, HostEnding>
    + Send
    + Sync
    + 'static,
) -> Function {
    let nothing = FunctionEnv::new(store, ());
    Function::new_with_env(
        store,
        &nothing,
        kind,
        move |mut env: FunctionEnvMut<'_, ()>, arguments| {
            let mut store = env.as_store_mut();
            let at = frame.host.recorder.begin();
            let mut touches = None;
            let outcome = answer(&mut store, arguments, &mut touches);
            if let Some(at) = at {
                frame.note(&mut store, at, arguments, &outcome, touches);
            }
            outcome.map_err(HostEnding::into_error)
        },
    )
}

impl HostFrame {
    /// Records a call that has ended.
    #[inline]
    fn note(
        &self,
        store: &mut StoreMut<'_>,
        at: u64,
        arguments: &[WasmerValue],
        outcome: &Result<Vec<WasmerValue>, HostEnding>,
        touches: Option<Touches>,
    ) {
        let recorder = &self.host.recorder;
        let mut writer = recorder.open(self.number, at);
        for value in arguments.iter().chain(outcome.iter().flatten()) {
            cells::put(store, value, |word| writer.word(word));
        }
        recorder.close(&mut writer, end(outcome), touches, self.host.replay.is_some());
    }
}

/// The end of a call for the record.
#[inline]
pub fn end(outcome: &Result<Vec<WasmerValue>, HostEnding>) -> HostCallOutcome {
    match outcome {
        Ok(_) => HostCallOutcome::Returned,
        Err(HostEnding::Exit(code)) => HostCallOutcome::Exited(*code),
        Err(HostEnding::Trap(message)) => HostCallOutcome::Trapped(message.text.as_str().into()),
        Err(HostEnding::Stopped) => HostCallOutcome::Trapped("It was stopped.".into()),
        Err(HostEnding::Passed(error)) => match error.downcast_ref::<ProgramExit>() {
            Some(ProgramExit(code)) => HostCallOutcome::Exited(*code),
            None => HostCallOutcome::Trapped(error.message().into()),
        },
    }
}

impl HostEnding {
    /// The error that Wasmer passes through the guest.
    pub fn into_error(self) -> RuntimeError {
        match self {
            Self::Exit(code) => RuntimeError::user(Box::new(ProgramExit(code))),
            Self::Trap(message) => RuntimeError::user(Box::new(HostRefusal(message))),
            Self::Stopped => RuntimeError::user(Box::new(HostStopped)),
            Self::Passed(error) => error,
        }
    }
}

impl From<Sentence> for HostEnding {
    fn from(sentence: Sentence) -> Self {
        Self::Trap(sentence)
    }
}

/// Writes to the tab's console. It waits while too much output is on its way.
pub fn write(host: &Host, stream: Stream, bytes: &[u8]) -> Result<(), HostEnding> {
    let notice = Notice::Output(OutputSource::log(stream));
    let taken = host.outbox.output(&notice, bytes, || host.stop.wanted());
    if taken == bytes.len() { Ok(()) } else { Err(HostEnding::Stopped) }
}
