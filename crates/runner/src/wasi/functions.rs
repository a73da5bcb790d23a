//! The imports: a function of the store for each of the table's.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use wasmer::sys::vm::{VMContext, VMFunctionBody};
use wasmer::{Extern, FunctionType, RuntimeError, Store, Type};
use wasmer_types::RawValue;
use watshop_protocol::wasi::typed;
use watshop_protocol::wasi_functions;
use watshop_wasi::{Call, Errno, Generation, Memory, WasiFailure, WasiResult};

use super::capture::Known;
use super::import::{Code, Import, Parameter, enter};
use super::program::Program;
use crate::ending::{HostStopped, ProgramExit};
use crate::stop::Stop;

macro_rules! imports {
    ($(
        #[doc = $about:literal]
        $name:ident($($parameter:ident: $kind:ident),*) -> $result:ident;
    )*) => {
        /// A function of preview 1; `None` if there is none of this name.
        pub fn make(
            store: &mut Store,
            (program, stop): (&Rc<RefCell<Program>>, &Arc<Stop>),
            name: &str,
            generation: Generation,
        ) -> Option<Extern> {
            let known = Known::find(name)?;
            let (parameters, results, code): (&[Type], &[Type], Code) = match name {
                $(stringify!($name) => (
                    &[$(<typed::$kind as Parameter>::TYPE),*],
                    $result::TYPES,
                    ($name::code as *const VMFunctionBody, $name::code_in_list),
                ),)*
                _ => return None,
            };
            let kind = FunctionType::new(parameters, results);
            let (program, stop) = (Rc::clone(program), Arc::clone(stop));
            Some(Import { known, generation, program, stop }.make(store, kind, code))
        }

        $(
            #[expect(unsafe_code, reason = "the guest's code calls it")]
            mod $name {
                use super::*;

                const COUNT: usize = <[&str]>::len(&[$(stringify!($parameter)),*]);

                /// The function as the guest's code calls it: the address of its record first, then
                /// its arguments as C passes them.
                pub unsafe extern "C-unwind" fn code(
                    import: &Import,
                    $($parameter: typed::$kind),*
                ) -> $result::Returned {
                    let work = |call: &mut Call<'_>| call.$name($($parameter),*);
                    // SAFETY: the guest's code is the caller, or the function below.
                    $result::returned(unsafe { enter(import, &[$(u64::from($parameter)),*], work) })
                }

                /// The function with its arguments in a list, where it leaves its result.
                pub unsafe extern "C" fn code_in_list(
                    context: *mut VMContext,
                    _: *const VMFunctionBody,
                    values: *mut RawValue,
                ) {
                    // SAFETY: Wasmer passes the context of this function, which is its record, and a
                    // list that is long enough for its parameters and for its result.
                    unsafe {
                        let [$($parameter),*] = *values.cast::<[RawValue; COUNT]>();
                        let given = code(
                            &*context.cast::<Import>(),
                            $(<typed::$kind as Parameter>::of($parameter)),*
                        );
                        $result::put(given, values);
                    }
                }
            }
        )*
    };
}
wasi_functions!(imports);

/// The result of a function that returns a number.
mod errno {
    use super::{RawValue, Type};

    pub const TYPES: &[Type] = &[Type::I32];
    pub type Returned = i32;

    pub fn returned(errno: i32) -> Returned {
        errno
    }

    /// Leaves the number in a list.
    #[expect(unsafe_code, reason = "a list of values is a pointer")]
    pub unsafe fn put(errno: Returned, values: *mut RawValue) {
        // SAFETY: the caller's list has room for a result.
        unsafe { values.write(errno.into()) }
    }
}

/// The result of a function that does not return.
mod never {
    use super::{RawValue, Type};

    pub const TYPES: &[Type] = &[];
    pub type Returned = ();

    pub fn returned(_: i32) -> Returned {}

    /// Leaves nothing.
    #[expect(unsafe_code, reason = "as that of a function that returns a number")]
    pub unsafe fn put((): Returned, _: *mut RawValue) {}
}

impl Program {
    /// Calls a function with the program's memory as it is now.
    pub(super) fn call(
        &mut self,
        import: &Import,
        arguments: &[u64],
        work: impl Fn(&mut Call<'_>) -> WasiResult,
    ) -> Result<Errno, RuntimeError> {
        let &Import { known, generation, .. } = import;
        let memory = self.find_memory();
        #[expect(unsafe_code, reason = "the guest's memory is borrowed")]
        // SAFETY: the runtime keeps the record of a memory where it is, and the store of the guest
        // that called keeps it alive. The bytes are borrowed until this call of the guest's returns.
        // The guest's code waits for it, a program here has one thread, and nothing in a function of
        // WASI makes the memory grow. Other threads of this process read and write it through the
        // kernel only (`crate::memory`).
        let mut bytes = memory.map(|record| unsafe {
            let record = record.as_ref();
            std::slice::from_raw_parts_mut(record.base, record.current_length)
        });
        let observed =
            self.observer.begin(known, arguments, bytes.as_deref(), &self.process, generation);
        let deed = observed.as_ref().and_then(|observed| observed.deed);
        let instead = deed.and_then(|deed| {
            deed.instead(known, arguments, &mut self.process, bytes.as_deref_mut())
        });
        let ended = if let Some(ended) = instead {
            ended
        } else {
            let memory = Memory::new(bytes.as_deref_mut());
            work(&mut Call::new(&mut self.process, memory, generation))
        };
        if let Some(observed) = observed {
            self.observer.end(observed, &ended, bytes.as_deref());
        }
        match ended {
            // The guest's code ends at once then, and not only where Stop reaches it.
            Ok(()) | Err(WasiFailure::Errno(_)) if import.stop.wanted() => {
                Err(RuntimeError::user(Box::new(HostStopped)))
            }
            Ok(()) => Ok(Errno::SUCCESS),
            Err(WasiFailure::Errno(errno)) => Ok(errno),
            Err(WasiFailure::Exit(status)) => {
                Err(RuntimeError::user(Box::new(ProgramExit(status.cast_signed()))))
            }
            Err(WasiFailure::Stopped) => Err(RuntimeError::user(Box::new(HostStopped))),
            Err(WasiFailure::NoMemory) => {
                Err(RuntimeError::user(Box::new(self.no_memory(known.function.name))))
            }
        }
    }
}
