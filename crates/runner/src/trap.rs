//! Explains the end of a guest in words for a learner.

use wasmer::RuntimeError;
use wasmer::sys::vm::TrapCode;
use watshop_protocol::Sentence;
use watshop_protocol::page::{Error, ErrorCode, TrapKind};
use watshop_protocol::say;

use crate::ending::HostRefusal;
use crate::stop::StopReason;

/// The trap of an import that has no provider.
#[derive(Debug, thiserror::Error)]
#[error("The import `{module}.{name}` was called, and nothing provides it")]
pub struct MissingImport {
    /// The module name of the import.
    pub module: String,
    /// The name of the import in that module.
    pub name: String,
}

/// The error of a guest that was ended from outside.
pub fn stopped_error(reason: StopReason) -> Error {
    match reason {
        StopReason::Stopped => Error::new(ErrorCode::Stopped, say!("The program was stopped.")),
        StopReason::CallTime(limit) => Error::new(
            ErrorCode::CallTime,
            say!("The call took longer than the limit of {}.", time(limit)),
        )
        .help(say!("Look for a loop that does not end.")),
    }
}

/// The error of a trap. The values of an uncaught exception are not shown. Wasmer 7.5 reads them
/// back wrongly if there is more than one value (Cranelift lays them out closer than the runtime
/// thinks).
pub fn trap_error(error: &RuntimeError) -> Error {
    let code = error.clone().to_trap();
    let kind = match code {
        Some(code) => kind(code),
        None if error.downcast_ref::<MissingImport>().is_some() => TrapKind::HostFunction,
        None if error.is_exception() => TrapKind::UncaughtException,
        None => TrapKind::HostFunction,
    };
    let (sentence, help) = explain(kind);
    let message = match kind {
        TrapKind::HostFunction => refused(error),
        TrapKind::Other => say!("The runtime ended the program: {}.", error.message()),
        _ => sentence,
    };
    let mut told = Error::new(ErrorCode::Trap, message);
    if let Some(help) = help {
        told = told.help(help);
    }
    told.trap = Some(kind);
    told
}

/// The error of a guest whose stack overflowed within the runtime. It ends the instance.
pub fn cut_short_error() -> Error {
    let (sentence, help) = explain(TrapKind::StackOverflow);
    let message = say!(
        "{sentence} The runtime was in the middle of something that it did for the program, such as throwing an exception. \
         What it left half done could block the next call for ever, so this instance was ended."
    );
    let mut told = Error::new(ErrorCode::Trap, message);
    if let Some(help) = help {
        told = told.help(help);
    }
    told.trap = Some(TrapKind::StackOverflow);
    told
}

/// The sentence of a host function that refused.
fn refused(error: &RuntimeError) -> Sentence {
    if let Some(MissingImport { module, name }) = error.downcast_ref() {
        return say!("The import `{module}.{name}` was called, and nothing provides it.");
    }
    match error.downcast_ref() {
        Some(HostRefusal(why)) if why.ends_with('.') => why.clone(),
        Some(HostRefusal(why)) => say!("{why}."),
        None => say!("{}.", error.message().trim_end_matches('.')),
    }
}

fn kind(code: TrapCode) -> TrapKind {
    match code {
        TrapCode::StackOverflow => TrapKind::StackOverflow,
        TrapCode::HeapAccessOutOfBounds => TrapKind::OutOfBoundsMemoryAccess,
        TrapCode::TableAccessOutOfBounds => TrapKind::OutOfBoundsTableAccess,
        TrapCode::IndirectCallToNull | TrapCode::UninitializedExnRef => TrapKind::NullReference,
        TrapCode::BadSignature => TrapKind::IndirectCallTypeMismatch,
        TrapCode::IntegerOverflow => TrapKind::IntegerOverflow,
        TrapCode::IntegerDivisionByZero => TrapKind::IntegerDivideByZero,
        TrapCode::BadConversionToInteger => TrapKind::InvalidConversionToInteger,
        TrapCode::UnreachableCodeReached => TrapKind::Unreachable,
        TrapCode::UnalignedAtomic | TrapCode::HeapMisaligned => TrapKind::UnalignedAtomic,
        TrapCode::UncaughtException => TrapKind::UncaughtException,
        // An end from outside has a reason, and is reported by that (`stopped`).
        TrapCode::HostInterrupt => TrapKind::WaitOnUnsharedMemory,
        TrapCode::YieldOutsideAsyncContext | TrapCode::ReadonlyTableModified => TrapKind::Other,
    }
}

fn explain(kind: TrapKind) -> (Sentence, Option<Sentence>) {
    match kind {
        TrapKind::Unreachable => (say!("The program executed `unreachable`."), None),
        TrapKind::IntegerDivideByZero => (say!("An integer was divided by zero."), None),
        TrapKind::IntegerOverflow => {
            (say!("A division or a truncation gave an integer that its type cannot hold."), None)
        }
        TrapKind::InvalidConversionToInteger => (
            say!("A float that is not a number, or is out of range, was converted to an integer."),
            None,
        ),
        TrapKind::OutOfBoundsMemoryAccess => {
            (say!("The program reached past the end of its memory."), None)
        }
        TrapKind::OutOfBoundsTableAccess => {
            (say!("The program reached past the end of a table."), None)
        }
        TrapKind::NullReference => (say!("A null reference was called or used."), None),
        TrapKind::IndirectCallTypeMismatch => {
            (say!("`call_indirect` met a function of another type than it names."), None)
        }
        TrapKind::UnalignedAtomic => (say!("An atomic access was not aligned to its size."), None),
        TrapKind::WaitOnUnsharedMemory => (
            say!(
                "`memory.atomic.wait32` or `memory.atomic.wait64` was executed on a memory that is not shared."
            ),
            Some(say!("Declare the memory as shared, with a maximum: `(memory 1 2 shared)`.")),
        ),
        TrapKind::StackOverflow => (
            say!("Calls went deeper than the stack reaches."),
            Some(say!("Look for a recursion that does not end.")),
        ),
        TrapKind::UncaughtException => {
            (say!("An exception was thrown, and nothing caught it."), None)
        }
        TrapKind::HostFunction => (say!("A host function refused."), None),
        TrapKind::Other => (say!("The runtime ended the program."), None),
    }
}

fn time(milliseconds: u32) -> String {
    match milliseconds {
        0..1000 => format!("{milliseconds} ms"),
        _ if milliseconds.is_multiple_of(1000) => format!("{} s", milliseconds / 1000),
        _ => format!("{:.1} s", f64::from(milliseconds) / 1000.0),
    }
}
