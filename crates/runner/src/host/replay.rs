//! Functions that answer from a record instead of their providers.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use watshop_protocol::say;

use wasmer::{Function, FunctionType, Store, StoreMut, Value as WasmerValue};
use watshop_protocol::page::{HostCall, HostCallEnd, InitContent, MemoryTouch};

use super::frame::{self, HostEnding, HostFrame};
use super::record::Touches;
use super::{HostScope, cells};

/// The calls of a record that were not replayed yet, in order for each import.
pub struct Replay {
    left: Mutex<HashMap<(String, String), VecDeque<HostCall>>>,
}

impl Replay {
    /// A replay of all calls of a record.
    pub fn new(calls: Vec<HostCall>) -> Self {
        let mut left = HashMap::<_, VecDeque<_>>::new();
        for call in calls {
            left.entry((call.module.clone(), call.name.clone())).or_default().push_back(call);
        }
        Self { left: Mutex::new(left) }
    }

    fn next(&self, key: &(String, String)) -> Option<HostCall> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        left.get_mut(key).and_then(VecDeque::pop_front)
    }
}

/// Makes a function that answers as recorded.
pub fn function(
    store: &mut Store,
    frame: HostFrame,
    kind: &FunctionType,
    (module, name): (&str, &str),
) -> Function {
    let key = (module.to_owned(), name.to_owned());
    let from = frame.clone();
    frame::simple(store, frame, kind, move |store, arguments, touches| {
        let Some(call) = from.host.replay.as_ref().and_then(|replay| replay.next(&key)) else {
            return Err(HostEnding::Trap(say!(
                "The record has no further call of `{}`",
                from.title
            )));
        };
        answer(&from, store, arguments, call, touches)
    })
}

fn answer(
    frame: &HostFrame,
    store: &mut StoreMut<'_>,
    arguments: &[WasmerValue],
    call: HostCall,
    touches: &mut Option<Touches>,
) -> Result<Vec<WasmerValue>, HostEnding> {
    let given: Vec<_> = arguments.iter().map(|argument| cells::text(store, argument)).collect();
    if !given.iter().eq(call.arguments.iter().map(|value| &value.value)) {
        let recorded: Vec<_> = call.arguments.iter().map(|value| value.value.as_str()).collect();
        return Err(HostEnding::Trap(say!(
            "Call {} of the record is `{}({})`, and the module calls it with ({})",
            call.sequence,
            frame.title,
            recorded.join(", "),
            given.join(", ")
        )));
    }
    if let Some(memory) = call.unlisted.first() {
        return Err(HostEnding::Trap(say!(
            "Call {} of the record, of `{}`, had `memory.buffer` of `{memory}` in hand or wrote in too many places: what \
             it wrote is not known, so it cannot be answered again; `memory.write` is recorded",
            call.sequence,
            frame.title
        )));
    }
    for write in &call.wrote {
        repeat(&frame.scope, store, write, touches.get_or_insert_default())?;
    }
    match call.ended {
        HostCallEnd::Returned { results } => {
            let texts: Vec<_> = results.into_iter().map(|value| value.value).collect();
            cells::results(&frame.results, &texts).map_err(HostEnding::Trap)
        }
        HostCallEnd::Exited { code } => Err(HostEnding::Exit(code)),
        HostCallEnd::Trapped { message } => Err(HostEnding::Trap(say!("{message}"))),
        HostCallEnd::Running => {
            Err(HostEnding::Trap(say!("Call {} of the record never ended", call.sequence)))
        }
    }
}

fn repeat(
    scope: &HostScope,
    store: &mut StoreMut<'_>,
    write: &MemoryTouch,
    touches: &mut Touches,
) -> Result<(), HostEnding> {
    let bytes = InitContent::Hex(write.bytes.clone()).bytes()?;
    if bytes.len() != write.length as usize {
        return Err(HostEnding::Trap(say!(
            "The recorded call wrote {} bytes at {}, more than a record keeps",
            write.length,
            write.at
        )));
    }
    let at =
        write.at.parse().map_err(|_| HostEnding::Trap(say!("`{}` is not an address", write.at)))?;
    let (name, memory) = scope.memory(Some(&write.memory))?;
    memory.view(store).write(at, &bytes).map_err(|_| {
        HostEnding::Trap(say!("The recorded write at {at} reaches past the end of the memory"))
    })?;
    touches.wrote(name, at, &bytes);
    Ok(())
}
