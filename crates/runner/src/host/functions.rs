//! Host functions, one maker for each way to provide one.

use std::sync::Arc;

use wasmer::{
    AsStoreMut, Function, FunctionEnv, FunctionEnvMut, FunctionType, RuntimeError, Store, StoreMut,
    Value as WasmerValue,
};
use watshop_protocol::page::{Provider, Stream, ValueType};
use watshop_protocol::template::Template;

use super::record::{End, Signature, Touches};
use super::{Giver, Host, Refused, Scene, Stopped, cells, numbers, replay, script, text};
use crate::types;
use crate::wasi::Exit;

/// One host function: whom it belongs to, and what it is called.
#[derive(Clone)]
pub struct Frame {
    /// Shared by all.
    pub host: Arc<Host>,
    /// What can be seen of the instance that calls it.
    pub scene: Arc<Scene>,
    /// Its number in the record.
    pub number: u32,
    /// `module.name`, for messages.
    pub title: String,
    /// In order.
    pub params: Vec<ValueType>,
    /// In order.
    pub results: Vec<ValueType>,
}

/// How a host function ends where it does not return.
pub enum Ending {
    /// It ends the guest with a code.
    Exit(i32),
    /// It traps with a sentence.
    Trap(String),
    /// The guest is to end, and the function noticed.
    Stopped,
    /// Code of the module that it called ended so.
    Passed(RuntimeError),
}

/// Makes a function for an import of this type. The provider was found to fit it.
///
/// # Errors
///
/// A sentence if it does not fit.
pub fn make(
    store: &mut Store,
    giver: &Giver<'_>,
    (module, name): (&str, &str),
    kind: &FunctionType,
    provider: &Provider,
) -> Result<Function, String> {
    let (params, results) = (types::value_types(kind.params()), types::value_types(kind.results()));
    let host = Arc::clone(giver.host);
    let number = host.recorder.add(Signature {
        module: module.to_owned(),
        name: name.to_owned(),
        params: params.clone(),
        results: results.clone(),
    });
    let title = format!("{module}.{name}");
    let frame = Frame { host, scene: Arc::clone(giver.scene), number, title, params, results };
    if frame.host.replay.is_some() {
        return Ok(replay::function(store, frame, kind, (module, name)));
    }
    Ok(match provider {
        Provider::Value { results } => {
            let values = cells::results(&frame.results, results)?;
            simple(store, frame, kind, move |_, _, _| Ok(values.clone()))
        }
        Provider::Log { template, stream, results } => {
            let template = Template::parse(template, &frame.params)?;
            let values = cells::results(&frame.results, results)?;
            let (host, stream) = (Arc::clone(&frame.host), *stream);
            simple(store, frame, kind, move |store, arguments, _| {
                write(&host, stream, text::fill(&template, store, arguments).as_bytes())?;
                Ok(values.clone())
            })
        }
        Provider::ReadString { pointer, length, memory, newline, stream, results } => {
            let string = text::Pointer {
                address: *pointer as usize,
                length: length.map(|at| at as usize),
                memory: memory.clone(),
            };
            let values = cells::results(&frame.results, results)?;
            let (host, scene) = (Arc::clone(&frame.host), Arc::clone(&frame.scene));
            let (stream, newline) = (*stream, *newline);
            simple(store, frame, kind, move |store, arguments, touches| {
                let mut bytes = string.read(store, &scene, arguments, touches)?;
                if newline {
                    bytes.push(b'\n');
                }
                write(&host, stream, &bytes)?;
                Ok(values.clone())
            })
        }
        Provider::Counter { start, step } => {
            let next = numbers::counter(&frame.results, start, step)?;
            simple(store, frame, kind, move |_, _, _| Ok(next()))
        }
        Provider::Clock { unit, origin } => {
            let next = numbers::clock(&frame.results, *unit, *origin, frame.host.began);
            simple(store, frame, kind, move |_, _, _| Ok(next()))
        }
        Provider::Random { seed } => {
            let next = numbers::random(&frame.results, seed)?;
            simple(store, frame, kind, move |_, _, _| Ok(next()))
        }
        Provider::Exit { code, parameter } => {
            let (code, parameter) = (*code, parameter.map(|at| at as usize));
            simple(store, frame, kind, move |_, arguments, _| {
                Err(Ending::Exit(match parameter.and_then(|at| arguments.get(at)) {
                    Some(WasmerValue::I32(code)) => *code,
                    Some(WasmerValue::I64(code)) => *code as i32,
                    _ => code,
                }))
            })
        }
        Provider::Trap { message } => {
            let template = Template::parse(message, &frame.params)?;
            simple(store, frame, kind, move |store, arguments, _| {
                Err(Ending::Trap(text::fill(&template, store, arguments)))
            })
        }
        Provider::JavaScript { source } => script::function(store, frame, kind, source)?,
        Provider::ExportOf { .. }
        | Provider::Memory { .. }
        | Provider::Table { .. }
        | Provider::Global { .. }
        | Provider::Tag {} => return Err("It provides no function here.".into()),
    })
}

/// A function that does not call back into the module: it is written down once, when it has ended.
pub fn simple(
    store: &mut Store,
    frame: Frame,
    kind: &FunctionType,
    answer: impl Fn(&mut StoreMut<'_>, &[WasmerValue], &mut Option<Touches>) -> Result<Vec<WasmerValue>, Ending>
    + Send
    + Sync
    + 'static,
) -> Function {
    let nothing = FunctionEnv::new(store, ());
    Function::new_with_env(store, &nothing, kind, move |mut env: FunctionEnvMut<'_, ()>, arguments| {
        let mut store = env.as_store_mut();
        let at = frame.host.recorder.begin();
        let mut touches = None;
        let outcome = answer(&mut store, arguments, &mut touches);
        if let Some(at) = at {
            frame.note(&mut store, at, arguments, &outcome, touches);
        }
        outcome.map_err(Ending::into_error)
    })
}

impl Frame {
    /// Writes down a call that has ended.
    #[inline]
    fn note(
        &self,
        store: &mut StoreMut<'_>,
        at: u64,
        arguments: &[WasmerValue],
        outcome: &Result<Vec<WasmerValue>, Ending>,
        touches: Option<Touches>,
    ) {
        let recorder = &self.host.recorder;
        let mut pen = recorder.open(self.number, at);
        for value in arguments.iter().chain(outcome.iter().flatten()) {
            cells::put(store, value, |word| pen.word(word));
        }
        recorder.close(&mut pen, end(outcome), touches, self.host.replay.is_some());
    }
}

/// How a call ended, for the record.
#[inline]
pub fn end(outcome: &Result<Vec<WasmerValue>, Ending>) -> End {
    match outcome {
        Ok(_) => End::Returned,
        Err(Ending::Exit(code)) => End::Exited(*code),
        Err(Ending::Trap(message)) => End::Trapped(message.as_str().into()),
        Err(Ending::Stopped) => End::Trapped("It was stopped.".into()),
        Err(Ending::Passed(error)) => match error.downcast_ref::<Exit>() {
            Some(Exit(code)) => End::Exited(*code),
            None => End::Trapped(error.message().into()),
        },
    }
}

impl Ending {
    /// As Wasmer carries it through the guest.
    pub fn into_error(self) -> RuntimeError {
        match self {
            Self::Exit(code) => RuntimeError::user(Box::new(Exit(code))),
            Self::Trap(message) => RuntimeError::user(Box::new(Refused(message))),
            Self::Stopped => RuntimeError::user(Box::new(Stopped)),
            Self::Passed(error) => error,
        }
    }
}

impl From<String> for Ending {
    fn from(sentence: String) -> Self {
        Self::Trap(sentence)
    }
}

/// Writes to the tab's console; waits while too much is on its way already.
pub fn write(host: &Host, stream: Stream, bytes: &[u8]) -> Result<(), Ending> {
    let taken = host.outbox.output(stream, bytes, || host.stop.wanted());
    if taken == bytes.len() { Ok(()) } else { Err(Ending::Stopped) }
}

#[cfg(test)]
#[path = "functions_tests.rs"]
mod tests;
