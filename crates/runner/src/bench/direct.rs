//! Calls a function many times from the guest's own stack.
//!
//! Wasmer's own call enters that stack once for each call, which takes longer than a short
//! function. Here one entry serves a batch, and the clock is read behind it.

use std::ptr;
use std::time::{Duration, Instant};

use wasmer::sys::NativeEngineExt as _;
use wasmer::sys::vm::interrupt_registry::{self, InstallError};
use wasmer::sys::vm::{
    Trap, VMExtern, VMFunctionBody, VMFunctionContext, VMTrampoline, catch_traps,
};
use wasmer::{
    AsStoreMut as _, AsStoreRef as _, Extern, Function, RuntimeError, Store, Value as WasmerValue,
};
use wasmer_types::RawValue;

/// A function with its arguments, ready to be called.
pub struct DirectCall {
    context: VMFunctionContext,
    trampoline: VMTrampoline,
    callee: *const VMFunctionBody,
    arguments: Vec<RawValue>,
    /// The place of the arguments before a call, and of the results after it.
    values: Vec<RawValue>,
    results: usize,
}

/// A batch whose calls have all returned.
pub struct Batch {
    /// The time of all its calls.
    pub time: Duration,
    /// The time of its end.
    pub over: Instant,
}

/// The things that the guest's stack writes for the host's.
struct Progress {
    began: Instant,
    over: Instant,
    returned: u32,
}

impl DirectCall {
    /// Prepares the calls of a function of this store. The arguments fit its type. `None` if the
    /// runtime has no record of the function.
    pub fn new(store: &mut Store, function: &Function, arguments: &[WasmerValue]) -> Option<Self> {
        let results = function.ty(store).results().len();
        let arguments: Vec<_> = arguments.iter().map(|value| value.as_raw(store)).collect();
        let VMExtern::Function(handle) =
            Extern::Function(function.clone()).to_vm_extern().unwrap_sys()
        else {
            return None;
        };
        let found = handle.get(store.objects_mut().as_sys()).anyfunc.as_ptr();
        #[expect(unsafe_code, reason = "the runtime's record of a function is read")]
        // SAFETY: the record belongs to the store, which is alive, and is not changed after it was
        // made.
        let (context, trampoline, callee) = unsafe {
            let found = found.as_ref();
            (found.vmctx, found.call_trampoline, found.func_ptr)
        };
        let values = vec![RawValue { u128: 0 }; arguments.len().max(results)];
        Some(Self { context, trampoline, callee, arguments, values, results })
    }

    /// Calls it so many times, which is at least once. `store` is the one that it was made with.
    ///
    /// # Errors
    ///
    /// The number of calls that returned, and the trap of the one that did not.
    pub fn batch(&mut self, store: &mut Store, calls: u32) -> Result<Batch, (u32, RuntimeError)> {
        let engine = store.engine().clone();
        let handler = store.as_store_ref().signal_handler();
        let mut store = store.as_store_mut();
        let _interrupts = match interrupt_registry::install(store.objects_mut().id()) {
            Ok(installed) => installed,
            Err(InstallError::AlreadyInterrupted) => {
                return Err((0, Trap::lib(wasmer::sys::vm::TrapCode::HostInterrupt).into()));
            }
        };
        let now = Instant::now();
        let mut progress = Progress { began: now, over: now, returned: 0 };
        let told = &raw mut progress;
        let (context, trampoline, callee) = (self.context, self.trampoline, self.callee);
        let (arguments, count) = (self.arguments.as_ptr(), self.arguments.len());
        let values = self.values.as_mut_ptr();
        let config = engine.tunables().vmconfig();
        let ended = store.parked(|| {
            #[expect(unsafe_code, reason = "the guest is entered without Wasmer's own call")]
            // SAFETY: this does what `Function::call` of Wasmer does, and in its order: interrupts
            // are installed, the store is lent to host functions (`parked`), and the trampoline of
            // the function gets its own context and code, which live as long as the store. The
            // arguments were made for its type, and `values` has room for them and for the results.
            // `progress`, `arguments` and `values` outlive the call, which ends before this
            // function does. A trap leaves the closure without running destructors, and it has
            // nothing that needs one.
            unsafe {
                catch_traps(handler, config, move || {
                    (*told).began = Instant::now();
                    for call in 1..=calls {
                        // Results lie where the arguments were.
                        ptr::copy_nonoverlapping(arguments, values, count);
                        trampoline(context.vmctx, callee, values);
                        (&raw mut (*told).returned).write_volatile(call);
                    }
                    (*told).over = Instant::now();
                })
            }
        });
        match ended {
            Ok(()) => Ok(Batch { time: progress.over - progress.began, over: progress.over }),
            Err(trap) => Err((progress.returned, trap.into())),
        }
    }

    /// The results of the last call.
    pub fn results(&self, store: &mut Store, function: &Function) -> Box<[WasmerValue]> {
        let kind = function.ty(store);
        let results = kind.results().iter().zip(&self.values);
        let read = |(kind, raw): (&wasmer::Type, &RawValue)| {
            #[expect(unsafe_code, reason = "a raw value becomes one of its type")]
            // SAFETY: the function has this type, and the last call has returned these results in
            // this store.
            unsafe {
                WasmerValue::from_raw(store, *kind, *raw)
            }
        };
        results.map(read).collect()
    }

    /// The bits of the results of the last call.
    pub fn raw_results(&self) -> impl Iterator<Item = u128> {
        #[expect(unsafe_code, reason = "a field of a union is read")]
        // SAFETY: every field is plain data, and all bytes were set to zero at first.
        self.values[..self.results].iter().map(|value| unsafe { value.u128 })
    }
}
