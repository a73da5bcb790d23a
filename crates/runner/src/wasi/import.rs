//! Functions of WASI as the guest's code calls them.
//!
//! Wasmer's own wrapper of a host function finds the store for it: it searches a list of the
//! thread, and asks a map that all threads share whether the guest was interrupted, each time. A
//! function of WASI needs no store, only the program and its memory, and `Stop` reaches it by other
//! means. So these functions are made of the same parts as Wasmer's, without the wrapper, which
//! took more than half of the time of a look at the clock.

use std::cell::RefCell;
use std::error::Error;
use std::ffi::c_void;
use std::panic::{self, AssertUnwindSafe};
use std::rc::Rc;
use std::sync::Arc;
use std::thread;

use wasmer::sys::vm::{
    InternalStoreHandle, MaybeInstanceOwned, VMCallerCheckedAnyfunc, VMExtern, VMFunction,
    VMFunctionCallback, VMFunctionContext, VMFunctionKind, VMTrampoline, on_host_stack,
    raise_user_trap, resume_panic,
};
use wasmer::{
    AsStoreMut as _, AsStoreRef as _, Extern, FunctionType, Store, Type, VMExternToExtern as _,
};
use wasmer_types::RawValue;
use watshop_wasi::{Call, Errno, Generation, WasiResult};

use super::capture::Known;
use super::program::Program;
use crate::stop::Stop;

/// A function that a guest imports, and the program that it works for. It stays on the thread of its
/// store, as all of an instance does.
pub struct Import {
    /// The function.
    pub known: Known,
    /// The generation whose numbers it has.
    pub generation: Generation,
    /// The program.
    pub program: Rc<RefCell<Program>>,
    /// Tells whether the guest must end.
    pub stop: Arc<Stop>,
}

/// The machine code of a function: for the guest, and for a caller that has its arguments in a list.
pub type Code = (VMFunctionCallback, VMTrampoline);

/// A parameter of a function of WASI.
pub trait Parameter: Copy {
    /// Its type.
    const TYPE: Type;

    /// The value that a caller has put into a list.
    fn of(value: RawValue) -> Self;
}

#[expect(unsafe_code, reason = "a list of values is a list of unions")]
impl Parameter for u32 {
    const TYPE: Type = Type::I32;

    fn of(value: RawValue) -> Self {
        // SAFETY: any bits are a number. Wasmer has checked the types of a list.
        unsafe { value.u32 }
    }
}

#[expect(unsafe_code, reason = "a list of values is a list of unions")]
impl Parameter for u64 {
    const TYPE: Type = Type::I64;

    fn of(value: RawValue) -> Self {
        // SAFETY: any bits are a number. Wasmer has checked the types of a list.
        unsafe { value.u64 }
    }
}

impl Import {
    /// A function of the store, which has this type and this code.
    pub fn make(self, store: &mut Store, kind: FunctionType, (code, in_list): Code) -> Extern {
        let type_signature_hash = store.as_store_ref().engine().as_sys().register_signature(&kind);
        let import = Box::new(self);
        let host_env = std::ptr::from_ref(import.as_ref()).cast_mut().cast::<c_void>();
        let function = VMCallerCheckedAnyfunc {
            func_ptr: code,
            type_signature_hash,
            vmctx: VMFunctionContext { host_env },
            call_trampoline: in_list,
        };
        let function = VMFunction {
            anyfunc: MaybeInstanceOwned::Host(Box::new(function.into())),
            kind: VMFunctionKind::Static,
            signature: kind,
            // The code is given the address of what is in this box, which lives as long.
            host_data: import,
        };
        let handle = InternalStoreHandle::new(store.objects_mut().as_sys_mut(), function);
        VMExtern::Function(handle).to_extern(store)
    }
}

/// Does the work of a function that the guest's code called. The number that it returns to the guest
/// is the error number.
///
/// # Safety
///
/// The caller is the guest's code, without a frame between that has something to drop: if the guest
/// must end, this function does not return.
#[expect(unsafe_code, reason = "a function that guests call may end them")]
pub unsafe fn enter(
    import: &Import,
    arguments: &[u64],
    work: impl Fn(&mut Call<'_>) -> WasiResult,
) -> i32 {
    let mut ended: Ended = Ok(Ok(Errno::SUCCESS));
    let mut on_the_host = || {
        ended = panic::catch_unwind(AssertUnwindSafe(|| {
            let ended = import.program.borrow_mut().call(import, arguments, &work);
            ended.map_err(|why| Box::new(why) as Box<dyn Error + Send + Sync>)
        }));
    };
    // The guest decides how much of its own stack is left, so nothing is done there. What goes to
    // the other stack is copied several times on the way, so it is one address.
    let on_the_host = &mut on_the_host;
    on_host_stack(on_the_host);
    match ended {
        Ok(Ok(errno)) => errno.0.into(),
        // SAFETY: the guest's code is on the stack, as the caller promises, and nothing here is left
        // to be dropped: the box is given away.
        Ok(Err(why)) => unsafe { raise_user_trap(why) },
        // SAFETY: as above.
        Err(panic) => unsafe { resume_panic(panic) },
    }
}

/// The end of a call: the number that it returns, the reason to end the guest, or a panic.
type Ended = thread::Result<Result<Errno, Box<dyn Error + Send + Sync>>>;
