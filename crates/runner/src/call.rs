//! Calls an export.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use watshop_protocol::Sentence;
use watshop_protocol::say;

use wasmer::sys::vm::TrapCode;
use wasmer::{Function, RuntimeError, Value as WasmerValue};
use watshop_protocol::page::{Error, ErrorCode, Result, TrapKind, ValueType};
use watshop_protocol::process::runner::CallEnd;

use crate::ending::{HostStopped, ProgramExit};
use crate::guest_instance::GuestInstance;
use crate::limits::Definitions;
use crate::places::CodePlaces;
use crate::stop::RunningJob;
use crate::wasi::{self, NoMemory};
use crate::{trap, types, values};

/// Calls an export with arguments in text. Gives the time in the guest and the end of the call.
///
/// # Errors
///
/// `unknown_export`, `not_a_function`, `argument_count` or `argument_type`. The guest was not
/// called.
pub fn call(
    live: &mut GuestInstance,
    export: &str,
    arguments: &[String],
    limit_ms: u32,
    running: &RunningJob<'_>,
) -> Result<(Duration, CallEnd)> {
    let (function, arguments) = prepare(live, export, arguments)?;
    // An instance of a program runs once, and its start function belongs to that.
    if !live.command {
        live.reset_counts();
    }
    live.enter(running, limit_ms);
    let begun = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| function.call(&mut live.store, &arguments)));
    let time = begun.elapsed();
    running.leave();
    Ok((time, ended(live, export, outcome, running)))
}

/// The function with a name, and the values of its arguments.
///
/// # Errors
///
/// The errors of [`call`].
pub fn prepare(
    live: &mut GuestInstance,
    export: &str,
    arguments: &[String],
) -> Result<(Function, Vec<WasmerValue>)> {
    let function = find(live, export)?;
    let kind = function.ty(&live.store);
    if live.command && export == "_start" {
        wasi::check_start(&kind)?;
    }
    let params = types::value_types(kind.params());
    values::check_count(export, &params, arguments.len())?;
    let arguments = read(live, export, &params, arguments)?;
    Ok((function, arguments))
}

/// The end of a call that returned, trapped, exited or panicked.
pub fn ended(
    live: &mut GuestInstance,
    export: &str,
    outcome: std::thread::Result<Result<Box<[WasmerValue]>, RuntimeError>>,
    running: &RunningJob<'_>,
) -> CallEnd {
    match outcome {
        // `_start` of a program returns nothing. Its return means success.
        Ok(Ok(_)) if live.command && export == "_start" => CallEnd::Exited(0),
        Ok(Ok(results)) => CallEnd::Returned(print(live, &results)),
        Ok(Err(error)) => match exit_status(&error) {
            Some(status) => CallEnd::Exited(status),
            None => CallEnd::Failed(Box::new(explain(
                &error,
                live.instance.module(),
                &live.definitions,
                running,
            ))),
        },
        Err(panic) => CallEnd::Failed(Box::new(panicked(&*panic))),
    }
}

/// The exported function with this name.
pub fn find(live: &GuestInstance, export: &str) -> Result<Function> {
    if let Ok(function) = live.instance.exports.get_function(export) {
        return Ok(function.clone());
    }
    let exports = live.instance.module().exports();
    if let Some(other) = exports.into_iter().find(|e| e.name() == export) {
        let kind = types::extern_type(other.ty());
        return Err(Error::new(
            ErrorCode::NotAFunction,
            say!("The export `{export}` is a {kind}, not a function."),
        ));
    }
    let names: Vec<_> =
        live.instance.module().exports().functions().map(|f| f.name().to_owned()).collect();
    let message = say!("The module exports no function `{export}`.");
    let help = match near(export, &names) {
        Some(name) => say!("Did you mean `{name}`?"),
        None if names.is_empty() => say!("It exports no functions at all."),
        None => say!("It exports {}.", list(&names)),
    };
    Err(Error::new(ErrorCode::UnknownExport, message).help(help))
}

/// The name most similar to the wanted one, if any is similar.
fn near<'a>(wanted: &str, names: &'a [String]) -> Option<&'a str> {
    // A module can have a hundred thousand names, and one of a hundred thousand letters.
    const MOST: usize = 64;
    let wanted: String = wanted.chars().take(MOST).collect();
    let short = names.iter().filter(|name| name.len() <= 2 * MOST).take(2000);
    let scored = short.map(|name| (strsim::damerau_levenshtein(&wanted, name), name));
    let (distance, name) = scored.min_by_key(|(distance, _)| *distance)?;
    (distance <= 1 + wanted.chars().count() / 3).then_some(name)
}

fn list(names: &[String]) -> Sentence {
    const NAMED: usize = 8;
    let quoted: Vec<_> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(NAMED) {
        0 => say!("{}", quoted.join(", ")),
        more => say!("{} and {more} more", quoted.join(", ")),
    }
}

fn read(
    live: &mut GuestInstance,
    export: &str,
    params: &[ValueType],
    arguments: &[String],
) -> Result<Vec<WasmerValue>> {
    let GuestInstance { store, instance, functions, references, .. } = live;
    let numbered = params.iter().zip(arguments).zip(1..);
    numbered
        .map(|((kind, text), number)| {
            references.parse(store, instance, functions, *kind, text).map_err(|why| {
                let message = say!("Argument {number} of `{export}`, {}: {why}.", kind.sentence());
                Error::new(ErrorCode::ArgumentType, message)
            })
        })
        .collect()
}

fn print(live: &mut GuestInstance, results: &[WasmerValue]) -> Vec<watshop_protocol::page::Value> {
    let GuestInstance { store, functions, references, .. } = live;
    results.iter().map(|value| references.print(store, functions, value)).collect()
}

/// The exit status of a program that ended itself.
pub fn exit_status(error: &RuntimeError) -> Option<i32> {
    error.downcast_ref::<ProgramExit>().map(|ProgramExit(status)| *status)
}

/// The error of a guest that was stopped or trapped.
pub fn explain(
    error: &RuntimeError,
    module: &wasmer::Module,
    definitions: &Mutex<Definitions>,
    running: &RunningJob<'_>,
) -> Error {
    let interrupted = running.landed()
        || error.clone().to_trap() == Some(TrapCode::HostInterrupt)
        || error.is::<HostStopped>();
    let mut told =
        match (running.reason().filter(|_| interrupted), error.downcast_ref::<NoMemory>()) {
            (Some(reason), _) => trap::stopped_error(reason),
            (None, Some(lacking)) => lacking.error(),
            (None, None) => trap::trap_error(error),
        };
    let places =
        CodePlaces::new(module, definitions, told.trap.unwrap_or(TrapKind::Other), running);
    told.frames = places.frames(error);
    if told.frames.is_empty() && told.trap == Some(TrapKind::StackOverflow) {
        told.frames.extend(running.faulted().and_then(|at| places.frame_at(at)));
    }
    told.at = told
        .frames
        .iter()
        .find(|frame| !frame.elsewhere)
        .map(|frame| frame.at)
        .filter(|at| at.offset.is_some());
    told
}

/// The error of a panic in a host function or in the runtime.
pub fn panicked(panic: &(dyn Any + Send)) -> Error {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it left no message");
    let mut told =
        Error::new(ErrorCode::Trap, say!("A host function failed unexpectedly: {words}."));
    told.trap = Some(TrapKind::HostFunction);
    told
}
