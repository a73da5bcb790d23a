//! The imports: a function of the store for each of the table's.

use wasmer::{Function, FunctionEnv, FunctionEnvMut, RuntimeError, Store};
use watshop_protocol::wasi::typed;
use watshop_protocol::wasi_functions;
use watshop_wasi::{Call, Errno, Generation, Memory, WasiFailure, WasiResult};

use super::capture::Known;
use super::program::Program;
use crate::ending::{HostStopped, ProgramExit};

macro_rules! imports {
    ($(
        #[doc = $about:literal]
        $name:ident($($parameter:ident: $kind:ident),*) -> $result:ident;
    )*) => {
        /// A function of preview 1; `None` if there is none of this name.
        pub fn make(
            store: &mut Store,
            env: &FunctionEnv<Program>,
            name: &str,
            generation: Generation,
        ) -> Option<Function> {
            let known = Known::find(name)?;
            Some(match name {
                $(stringify!($name) => Function::new_typed_with_env(
                    store,
                    env,
                    move |of: FunctionEnvMut<'_, Program>, $($parameter: typed::$kind),*| {
                        let arguments: &[u64] = &[$(u64::from($parameter)),*];
                        let work = |call: &mut Call<'_>| call.$name($($parameter),*);
                        $result(call(of, (known, arguments), generation, work))
                    },
                ),)*
                _ => return None,
            })
        }
    };
}
wasi_functions!(imports);

/// Calls a function with the program's memory as it is now.
fn call(
    mut of: FunctionEnvMut<'_, Program>,
    (known, arguments): (Known, &[u64]),
    generation: Generation,
    work: impl FnOnce(&mut Call<'_>) -> WasiResult,
) -> Result<Errno, RuntimeError> {
    let (program, mut store) = of.data_and_store_mut();
    let memory = program.memory(&mut store).cloned();
    let view = memory.as_ref().ok().map(|memory| memory.view(&store));
    #[expect(unsafe_code, reason = "the guest's memory is borrowed")]
    // SAFETY: the bytes are borrowed until this call of the guest's returns. The guest's code waits
    // for it, a program here has one thread, and nothing in a function of WASI makes the memory
    // grow. Other threads of this process read and write it through the kernel only
    // (`crate::memory`).
    let mut bytes = view.as_ref().map(|view| unsafe { view.data_unchecked_mut() });
    let observed =
        program.observer.begin(known, arguments, bytes.as_deref(), &program.process, generation);
    let deed = observed.as_ref().and_then(|observed| observed.deed);
    let instead = deed.and_then(|deed| {
        deed.instead(known, arguments, &mut program.process, bytes.as_deref_mut())
    });
    let ended = if let Some(ended) = instead {
        ended
    } else {
        let memory = Memory::new(bytes.as_deref_mut());
        work(&mut Call::new(&mut program.process, memory, generation))
    };
    if let Some(observed) = observed {
        program.observer.end(observed, &ended, bytes.as_deref());
    }
    match ended {
        Ok(()) => Ok(Errno::SUCCESS),
        Err(WasiFailure::Errno(errno)) => Ok(errno),
        Err(WasiFailure::Exit(status)) => {
            Err(RuntimeError::user(Box::new(ProgramExit(status.cast_signed()))))
        }
        Err(WasiFailure::Stopped) => Err(RuntimeError::user(Box::new(HostStopped))),
        Err(WasiFailure::NoMemory) => {
            let why = memory.err().unwrap_or_default();
            Err(RuntimeError::user(Box::new(super::NoMemory {
                function: known.function.name,
                ..why
            })))
        }
    }
}

/// The result of a function that returns a number.
fn errno(ended: Result<Errno, RuntimeError>) -> Result<i32, RuntimeError> {
    ended.map(|errno| errno.0.into())
}

/// The result of a function that does not return.
fn never(ended: Result<Errno, RuntimeError>) -> Result<(), RuntimeError> {
    ended.map(|_| ())
}
